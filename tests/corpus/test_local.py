"""A dump is extracted whole: nothing lost, nothing twice, whatever stops the run."""

import json
import multiprocessing

import pandas as pd
import pytest

from beritaie import frames
from beritaie.corpus import Summary, extract, read_results
from beritaie.errors import InputError, ModelNotFound
from beritaie.records import Article, Failure


@pytest.fixture
def dump(tmp_path):
    """Seven rows: five articles, two of them with the same id, an empty one and a broken one."""
    rows = [{"id": f"b{n}", "isi": f"Sebanyak {n} warga Bantul hadir."} for n in (2, 3, 4, 3)]
    lines = [*map(json.dumps, rows), "{broken", json.dumps({"isi": " "}), json.dumps({"isi": "Hujan turun."})]
    path = tmp_path / "dump.jsonl"
    path.write_text("\n".join(lines))
    return path


def contents(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_articles_and_failures_together_are_the_input(dump, tmp_path):
    out = tmp_path / "out"
    assert extract([dump], out, chunk_size=3) == Summary(articles=5, failures=2, repeated_ids=1)
    assert sorted(path.name for path in (out / "articles").iterdir()) == [
        "00000.jsonl",
        "00001.jsonl",
        "00002.jsonl",
    ]
    found = list(read_results(out))
    assert [result.id for result in found if isinstance(result, Article)] == [
        "b2",
        "b3",
        "b4",
        "b3-2",
        "dump.jsonl:7",
    ]
    failures = [json.loads(line) for line in (out / "failures.jsonl").read_text().splitlines()]
    assert [(failure["id"], failure["stage"]) for failure in failures] == [
        ("dump.jsonl:5", "read"),
        ("dump.jsonl:6", "clean"),
    ]
    assert found[5:] == [Failure.model_validate(failure) for failure in failures]
    assert frames(found)["counts"]["value"].tolist() == [2, 3, 4, 3]


def test_each_line_is_the_article_that_the_pipeline_gives(dump, tmp_path, pipeline):
    extract([dump], tmp_path / "out")
    first = (tmp_path / "out" / "articles" / "00000.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert Article.model_validate_json(first) == pipeline("Sebanyak 2 warga Bantul hadir.", id="b2")


def test_parquet_holds_the_same_articles_as_json_lines(dump, tmp_path):
    extract([dump], tmp_path / "lines", chunk_size=4)
    extract([dump], tmp_path / "tables", chunk_size=4, format="parquet")
    assert list(read_results(tmp_path / "tables")) == list(read_results(tmp_path / "lines"))
    assert pd.read_parquet(tmp_path / "tables" / "articles")["id"].tolist()[0] == "b2"


def test_workers_write_the_same_files_and_leave_no_process_behind(dump, tmp_path):
    extract([dump], tmp_path / "one", chunk_size=3)
    summary = extract([dump], tmp_path / "two", chunk_size=3, workers=2)
    assert summary == Summary(articles=5, failures=2, repeated_ids=1)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("chunks_before", [1, 2])
def test_a_stopped_run_goes_on_where_it_was(dump, tmp_path, chunks_before):
    def stop(done):
        if done >= 3 * chunks_before:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        extract([dump], out, chunk_size=3, progress=stop)
    assert not (out / "failures.jsonl").exists()
    written = {path: path.stat().st_ino for path in (out / "articles").iterdir()}
    assert len(written) == chunks_before

    extract([dump], out, chunk_size=3)
    assert {path: path.stat().st_ino for path in written} == written  # not written again
    extract([dump], tmp_path / "whole", chunk_size=3)
    assert contents(out) == contents(tmp_path / "whole")


def test_a_chunk_killed_halfway_is_done_again(dump, tmp_path):
    out = tmp_path / "out"
    extract([dump], out, chunk_size=3)
    whole = contents(out)
    (out / ".progress" / "00001.json").unlink()
    (out / "articles" / "00001.jsonl").write_bytes(b"half a li")
    extract([dump], out, chunk_size=3)
    assert contents(out) == whole


def test_a_finished_run_only_says_again_what_it_made(dump, tmp_path):
    first = extract([dump], tmp_path / "out")
    before = contents(tmp_path / "out")
    assert extract([dump], tmp_path / "out", workers=2) == first
    assert contents(tmp_path / "out") == before


def test_another_run_may_not_mix_with_this_one(dump, tmp_path):
    extract([dump], tmp_path / "out")
    with pytest.raises(InputError, match=r"holds another run \(other chunk_size\)"):
        extract([dump], tmp_path / "out", chunk_size=1)
    dump.write_text('{"isi": "Berita lain."}')
    with pytest.raises(InputError, match=r"holds another run \(other inputs\)"):
        extract([dump], tmp_path / "out")


def test_a_folder_with_other_results_is_left_alone(dump, tmp_path):
    (tmp_path / "out" / "articles").mkdir(parents=True)
    with pytest.raises(InputError, match="holds results of something else"):
        extract([dump], tmp_path / "out")
    with pytest.raises(InputError, match="is a file"):
        extract([dump], dump)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_unknown_profile_stops_the_run_at_once(dump, tmp_path, workers):
    with pytest.raises(ModelNotFound):
        extract([dump], tmp_path / "out", profile="slow", workers=workers)


def test_an_id_that_was_numbered_by_hand_stays_unique(tmp_path):
    ids = ["a", "a-2", "a", "a"]
    (tmp_path / "dump.jsonl").write_text("\n".join(json.dumps({"id": one, "isi": "Hujan."}) for one in ids))
    assert extract([tmp_path / "dump.jsonl"], tmp_path / "out").repeated_ids == 2
    assert [result.id for result in read_results(tmp_path / "out")] == ["a", "a-2", "a-3", "a-4"]
