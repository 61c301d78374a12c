"""Officials of an article: the tagged text, then who holds which office."""

import json
from pathlib import Path

import pytest
import spacy

from beritaie.extractors._store import RecordDict, records, store_mentions
from beritaie.linking.mention import Mention
from beritaie.records import Official
from tagged import parse

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "officials.json").read_text(encoding="utf-8"))
NLP = spacy.blank("id")
for component in ("beritaie_people", "beritaie_positions", "beritaie_officials"):
    NLP.add_pipe(component)


def officials(tagged: str, published: str | None = None) -> list[RecordDict]:
    """The officials of a text whose tags are the model's mentions."""
    text, tags = parse(tagged)
    doc = NLP.make_doc(text)
    if published:
        doc._.page = {"published": published}
    store_mentions(doc, [Mention(tag.start, tag.end, tag.text, tag.tag.upper(), 1.0) for tag in tags])
    return records(NLP(doc), "officials")


def rows(found: list[RecordDict]) -> list[tuple[str, str, str]]:
    return [(official["name"], official["position"], official["status"]) for official in found]


@pytest.mark.parametrize("case", GOLDEN, ids=range(len(GOLDEN)))
def test_golden_article(case: dict[str, object]) -> None:
    found = officials(str(case["tagged"]))
    assert found == case["records"]
    assert all(Official.model_validate(record) for record in found)


def test_later_short_office_counts_as_the_fuller_one() -> None:
    tagged = (
        "<pos>Kapolres</pos> <per>AKBP Darma</per> hadir. "
        "<pos>Kapolres Sukamaju</pos> <per>Darma Putra</per> pulang."
    )
    assert rows(officials(tagged)) == [("Darma Putra", "Kapolres Sukamaju", "current")]


def test_office_named_in_full_elsewhere_gives_the_wording() -> None:
    tagged = "Undangan <pos>Bupati Sukamaju</pos> tiba. <pos>Bupati</pos> <per>Anwar</per> hadir."
    assert rows(officials(tagged)) == [("Anwar", "Bupati Sukamaju", "current")]


def test_two_holders_of_one_office_keep_their_own_status() -> None:
    tagged = (
        "<pos>Bupati Sukamaju</pos> <per>Anwar</per> bertemu "
        "mantan <pos>Bupati Sukamaju</pos> <per>Rusdi</per>."
    )
    assert rows(officials(tagged)) == [
        ("Anwar", "Bupati Sukamaju", "current"),
        ("Rusdi", "Bupati Sukamaju", "former"),
    ]


def test_term_that_ended_before_publication_is_over() -> None:
    tagged = "<per>Anwar</per>, <pos>Bupati Sukamaju</pos> periode 2013-2018, hadir."
    assert rows(officials(tagged, "2024-12-10T10:00:00+07:00")) == [("Anwar", "Bupati Sukamaju", "former")]
    assert rows(officials(tagged, "2016-12-10")) == [("Anwar", "Bupati Sukamaju", "current")]


def test_definite_office_gives_way_to_its_named_holder() -> None:
    tagged = (
        "<pos>Bupati Sukamaju</pos> <per>Anwar</per> hadir. <per>Rusdi</per> mengeluh. "
        "<pos>Bupati Sukamaju</pos> itu menjawab."
    )
    assert rows(officials(tagged)) == [("Anwar", "Bupati Sukamaju", "current")]


def test_evidence_runs_from_the_first_to_the_last_of_the_two() -> None:
    (official,) = officials("Kata <per>Anwar</per> selaku <pos>Camat</pos> di sini.")
    assert official["evidence"] == {"start": 5, "end": 23, "text": "Anwar selaku Camat"}


def test_works_without_earlier_components() -> None:
    alone = spacy.blank("id")
    alone.add_pipe("beritaie_officials")
    assert records(alone("Bupati Anwar hadir."), "officials") == []


CONSTRUCTIONS = json.loads(
    (Path(__file__).parents[1] / "golden" / "office_constructions.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CONSTRUCTIONS, ids=[case["construction"] for case in CONSTRUCTIONS])
def test_every_construction_of_the_news_binds_person_and_office(case: dict[str, str]) -> None:
    found = rows(officials(case["tagged"], case.get("published")))
    assert found == [tuple(official) for official in case["officials"]]
