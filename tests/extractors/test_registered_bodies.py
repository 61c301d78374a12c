"""Bodies that the registry knows, with full name and stable id, and the offices that belong to them."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from beritaie.extractors._store import records, store_mentions
from beritaie.linking.mention import Mention
from tagged import parse

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "registered_bodies.json").read_text(encoding="utf-8"))
NLP = spacy.blank("id")
for component in ("places", "institutions", "people", "positions", "officials"):
    NLP.add_pipe(f"beritaie_{component}")


def read(tagged: str) -> Doc:
    """The document of a text whose tags are the model's mentions."""
    text, tags = parse(tagged)
    doc = NLP.make_doc(text)
    store_mentions(doc, [Mention(tag.start, tag.end, tag.text, tag.tag.upper(), 1.0) for tag in tags])
    return NLP(doc)


@pytest.mark.parametrize("case", GOLDEN, ids=[case["tagged"][:40] for case in GOLDEN])
def test_golden_bodies(case: dict[str, list[list[str]]]) -> None:
    doc = read(str(case["tagged"]))
    fields = ("name", "full_name", "acronym", "kind", "key")
    assert [[body[field] for field in fields] for body in records(doc, "institutions")] == case["institutions"]
    bodies = {body["id"]: body["name"] for body in records(doc, "institutions")}
    people = {person["id"]: person["name"] for person in records(doc, "persons")}
    found = [
        [office["name"], bodies.get(office["institution"]), people.get(office["holder"])]
        for office in records(doc, "positions")
    ]
    assert found == case["positions"]


def test_unnamed_holder_is_the_person_whom_the_article_names() -> None:
    doc = read("<pos>Bupati <loc>Kendal</loc></pos> <per>Anwar</per> hadir. <pos>Bupati</pos> meminta warga tenang.")
    [office] = records(doc, "positions")
    assert (len(office["spans"]), office["holder"]) == (2, "p1")


def test_former_holder_is_no_holder() -> None:
    doc = read("Mantan <pos>Bupati <loc>Kendal</loc></pos> <per>Anwar</per> hadir. <pos>Bupati</pos> tidak hadir.")
    assert [office["holder"] for office in records(doc, "positions")] == [None]


def test_office_is_bound_to_the_body_that_the_article_names() -> None:
    doc = read("<org>Pemkab <loc>Kendal</loc></org> membangun jembatan, kata <pos>Bupati</pos>, <per>Anwar</per>.")
    assert [office["institution"] for office in records(doc, "positions")] == ["i1"]


def test_body_is_not_made_up_from_an_office_that_does_not_name_it() -> None:
    assert records(read("<pos>Bupati <loc>Kendal</loc></pos> <per>Anwar</per> hadir."), "institutions") == []
