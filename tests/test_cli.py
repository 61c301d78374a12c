"""The command line: what each command prints and writes, and its exit code."""

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from beritaie.cli import app
from beritaie.corpus import read_results
from beritaie.records import Article

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
PAGE = "Bupati Bantul melatih 40 kader di Bantul, Senin (3/6/2024).\n"


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "kader.txt"
    path.write_text(
        f"{PAGE}\nBaca Juga: Harga Jagung Naik\n\nPelatihan berlangsung dua hari.\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def half_broken(tmp_path):
    path = tmp_path / "dump.jsonl"
    path.write_text(json.dumps({"id": "b1", "isi": PAGE}) + "\n{broken\n")
    return path


def test_the_samples_are_twenty_articles_without_a_failure(run, tmp_path):
    done = run("extract", SAMPLES, "-o", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"20 articles in {tmp_path / 'out' / 'articles'}\n"
    articles = list(read_results(tmp_path / "out"))
    assert len({article.id for article in articles}) == 20
    for article in articles:
        assert isinstance(article, Article)
        assert article.dates, article.id
        assert article.counts, article.id
        assert not re.search(r"(?i)baca juga", article.text), article.id


def test_extract_writes_parquet_when_asked(run, page, tmp_path):
    done = run("extract", page, "-o", tmp_path / "out", "--format", "parquet")
    assert done.exit_code == 0
    assert (tmp_path / "out" / "articles" / "00000.parquet").exists()


def test_extract_ends_with_1_where_failures_were_recorded(run, half_broken, tmp_path):
    done = run("extract", half_broken, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert f"1 failures in {tmp_path / 'out' / 'failures.jsonl'}" in done.stdout
    [failure] = map(json.loads, (tmp_path / "out" / "failures.jsonl").read_text().splitlines())
    assert failure["id"] == "dump.jsonl:2"


def test_repeated_ids_are_told(run, tmp_path):
    (tmp_path / "dump.jsonl").write_text((json.dumps({"id": "b1", "isi": PAGE}) + "\n") * 2)
    done = run("extract", tmp_path / "dump.jsonl", "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert "1 repeated ids" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tidak-ada.jsonl"], "tidak-ada.jsonl: no such file"),
        ([SAMPLES / "samples.jsonl", "--field", "raw"], "--field raw: write FIELD=COLUMN"),
        ([SAMPLES / "samples.jsonl", "--field", "isi=x"], "unknown field isi"),
        ([SAMPLES / "samples.jsonl", "--profile", "slow"], "no trained pipeline"),
        ([SAMPLES / "samples.jsonl", "--workers", "0"], "--workers"),
        ([SAMPLES / "samples.jsonl", "--format", "xml"], "--format"),
    ],
)
def test_unusable_arguments_end_with_2_and_a_message(run, tmp_path, arguments, message):
    done = run("extract", *arguments, "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert message in done.stderr


def test_a_csv_without_text_names_file_line_and_remedy(run, tmp_path):
    (tmp_path / "a.csv").write_text("judul,konten\nA,B\n")
    done = run("extract", tmp_path / "a.csv", "-o", tmp_path / "out")
    assert done.exit_code == 2
    assert "a.csv line 1: no text in judul, konten" in done.stderr
    assert run("extract", tmp_path / "a.csv", "-o", tmp_path / "out", "--field", "raw=konten").exit_code == 0


def test_clean_prints_the_article_alone(run, page):
    done = run("clean", page)
    assert done.exit_code == 0
    assert "melatih 40 kader" in done.stdout
    assert "Harga Jagung" not in done.stdout


def test_clean_as_json_tells_the_slices(run, page):
    line = json.loads(run("clean", page, "--json").stdout)
    assert line["id"] == "kader"
    assert line["text"] == "".join(line["raw"][start:end] for start, end in line["kept"])
    [cut] = [cut for cut in line["cuts"] if "Harga Jagung" in cut["text"]]
    assert line["raw"][cut["start"] : cut["end"]] == cut["text"]


def test_clean_goes_on_after_a_bad_row_and_ends_with_1(run, half_broken):
    done = run("clean", half_broken)
    assert done.exit_code == 1
    assert "melatih 40 kader" in done.stdout
    assert "dump.jsonl:2: dump.jsonl line 2: no JSON" in done.stderr


def test_show_prints_text_and_records(run, half_broken):
    done = run("show", half_broken)
    assert done.exit_code == 1
    assert "melatih 40 kader di Bantul" in done.stdout
    assert "count" in done.stdout
    assert "dump.jsonl:2" in done.stderr


def test_show_writes_a_page_when_asked(run, page, tmp_path):
    done = run("show", page, "--html", tmp_path / "kader.html")
    assert done.exit_code == 0
    html = (tmp_path / "kader.html").read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert re.search(r'<mark class="counts"[^>]*>40 kader</mark>', html)


def test_schema_prints_json_or_arrow(run):
    assert json.loads(run("schema").stdout) == Article.model_json_schema()
    assert "dates: list<item: struct<span: struct<start: int64 not null" in run("schema", "--arrow").stdout


def test_evaluate_prints_the_score_table_and_writes_the_articles(run, tmp_path):
    start = PAGE.index("40 kader")
    spans = [{"start": start, "end": start + 8, "label": "NUM", "attrs": {"v": "40", "u": "kader"}}]
    gold = {"id": "g1", "text": PAGE, "spans": spans, "record": {"published": "2024-06-04"}}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n")
    done = run("evaluate", tmp_path / "gold.jsonl", "-o", tmp_path / "articles.jsonl")
    assert done.exit_code == 0
    assert re.search(r"^NUM value +100\.0 +100\.0 +100\.0 +1$", done.stdout, flags=re.MULTILINE)
    assert Article.model_validate_json((tmp_path / "articles.jsonl").read_text()).id == "g1"


def test_evaluate_names_the_bad_line_of_gold(run, tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"id": "g1"}\n')
    done = run("evaluate", tmp_path / "gold.jsonl")
    assert done.exit_code == 2
    assert "gold.jsonl line 1: a gold article needs text, spans, record" in done.stderr


def test_version_and_help(run):
    assert run("--version").stdout == f"beritaie {version('beritaie')}\n"
    usage = run("--help").stdout
    for command in ("extract", "clean", "show", "schema", "evaluate", "train"):
        assert command in usage


def test_help_brings_in_nothing_heavy():
    script = "import sys, beritaie.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    ).stdout.split()
    assert {"spacy", "pandas", "pyarrow", "numpy", "pydantic"}.isdisjoint(loaded)


def test_syntax_prints_conllu_of_every_article(run, page):
    done = run("syntax", page)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[:2] == ["# newdoc id = kader", "# sent_id = kader-1"]
    assert "Harga Jagung" not in done.stdout
    words = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert {len(word) for word in words} == {10}
    assert [word[3] for word in words if word[1] == "melatih"] == ["VERB"]


def test_syntax_writes_to_a_file(run, page, tmp_path):
    done = run("syntax", page, "-o", tmp_path / "kader.conllu")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "kader.conllu").read_text(encoding="utf-8") == run("syntax", page).stdout


def test_syntax_draws_trees(run, page):
    done = run("syntax", page, "--html")
    assert done.exit_code == 0, done.output
    assert done.stdout.count("<svg") == 2


def test_syntax_ends_with_1_where_an_article_could_not_be_read(run, half_broken):
    done = run("syntax", half_broken)
    assert done.exit_code == 1
    assert "# newdoc id = b1\n" in done.stdout
    assert "beritaie: dump.jsonl:2:" in done.stderr


def test_syntax_ends_with_2_without_a_model(run, page, tmp_path):
    done = run("syntax", page, "--model", tmp_path / "tidak-ada")
    assert done.exit_code == 2
    assert "no spaCy pipeline (config.cfg) and no stanza models (depparse.pt)" in done.stderr
