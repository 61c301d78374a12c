"""Annotated codes joined with their articles, and what is measured on them."""

import json
from pathlib import Path

import pytest

from beritaie.errors import InputError
from beritaie.linking.gazetteer import gazetteer
from beritaie.training.examples import checksum
from beritaie.training.place_codes import CodedArticle, Score, coded_articles, errors, linked, measure

TEXT = "Bupati Bandung menyapa warga Sukamaju dan Tokyo di Gedung Mawar."
PLACES = {"Bandung": "regency", "Sukamaju": "village", "Tokyo": "city", "Gedung Mawar": "venue"}


def spans() -> list[dict[str, object]]:
    starts = {name: TEXT.index(name) for name in PLACES}
    return [
        {"start": starts[name], "end": starts[name] + len(name), "label": "LOC", "attrs": {"k": kind}}
        for name, kind in PLACES.items()
    ]


def files(folder: Path, text: str = TEXT, codes: list[list[object]] | None = None) -> tuple[Path, Path]:
    """A gold file with one article and a file with its codes."""
    record = {"dateline": None, "outlet": None}
    article = {"id": "m1", "text": text, "spans": spans(), "record": record}
    (folder / "gold.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    if codes is None:
        right = ["32.04", "32.04.05.2007", None]
        codes = [[s["start"], s["end"], code] for s, code in zip(spans()[:3], right, strict=True)]
    rows = [{"id": "m1", "crc32": checksum(TEXT), "codes": codes}, {"id": "elsewhere", "crc32": 0, "codes": []}]
    (folder / "codes.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder / "gold.jsonl", folder / "codes.jsonl"


@pytest.fixture
def article(tmp_path: Path) -> CodedArticle:
    gold, codes = files(tmp_path)
    [article] = coded_articles([gold], codes)
    return article


def test_codes_are_joined_with_text_and_all_places(article: CodedArticle) -> None:
    assert [mention.text for mention in article.mentions] == list(PLACES)
    assert list(article.codes.values()) == ["32.04", "32.04.05.2007", None]


def test_another_text_is_refused(tmp_path: Path) -> None:
    gold, codes = files(tmp_path, text=TEXT + "!")
    with pytest.raises(InputError, match="not the one"):
        list(coded_articles([gold], codes))


def test_code_of_what_is_no_place_is_refused(tmp_path: Path) -> None:
    gold, codes = files(tmp_path, codes=[[0, 6, "32"]])
    with pytest.raises(InputError, match="no place"):
        list(coded_articles([gold], codes))


def test_accuracy_counts_codes_given_and_coverage_those_to_be_found(article: CodedArticle) -> None:
    def linker(_: CodedArticle) -> list[str | None]:
        return ["32.73", None, "31", None]

    scores = measure([article], linker)
    assert scores["all"] == Score(mentions=3, findable=2, given=2, right=0, covered=1)
    assert (scores["all"].accuracy, scores["all"].coverage) == (0.0, 0.5)
    assert scores["ambiguous"].mentions == 2
    assert len(list(errors([article], linker))) == 3


def test_linker_is_shown_the_spans_and_gives_no_code_abroad(article: CodedArticle) -> None:
    assert linked(article)[0] == "32.04"
    assert linked(article)[2:] == [None, None]


def test_shipped_annotations_hold_known_codes_of_both_sorts_and_no_text() -> None:
    codes = Path(__file__).resolve().parents[2] / "data" / "annotations" / "place_codes.jsonl"
    rows = [json.loads(line) for line in codes.read_text(encoding="utf-8").splitlines()]
    assert {key for row in rows for key in row} == {"id", "crc32", "codes"}
    assert [sum(row["id"].startswith(sort) for row in rows) for sort in "lm"] == [30, 30]
    for row in rows:
        for start, end, code in row["codes"]:
            assert 0 <= start < end
            assert code is None or gazetteer().area(code) is not None, row["id"]
