"""The component for institutions: records with kind, area and spans; the golden file."""

import json
from pathlib import Path
from typing import Any

import spacy

from beritaie.extractors._store import store_mentions
from beritaie.extractors.institutions import make_institutions
from beritaie.extractors.places import make_places
from beritaie.linking.mention import Mention
from beritaie.records import Institution
from tagged import parse

GOLDEN = Path(__file__).parents[1] / "golden" / "institutions.json"
NLP = spacy.blank("id")
PLACES = make_places(NLP, "beritaie_places")
GROUP = make_institutions(NLP, "beritaie_institutions")


def institutions(tagged: str, *, with_places: bool = True) -> list[dict[str, Any]]:
    """The institution records of a text whose names are tagged `<org>` and `<loc>`."""
    text, expected = parse(tagged)
    doc = NLP.make_doc(text)
    store_mentions(doc, [Mention(e.start, e.end, e.text, e.tag.upper(), 0.8) for e in expected])
    if with_places:
        doc = PLACES(doc)
    return list(GROUP(doc)._.records["institutions"])


def test_institution_record_points_at_the_place_inside_its_name() -> None:
    [record] = institutions("<org>Dinas PUPR <loc>Kabupaten Kendal</loc></org> memperbaiki jalan.")
    assert (record["id"], record["kind"], record["place"]) == ("i1", "agency", "l1")
    assert record["spans"][0]["text"] == "Dinas PUPR Kabupaten Kendal"


def test_institution_works_without_places() -> None:
    tagged = "<org>Pemkab Kendal</org> rapat; <org>Pemerintah Kabupaten Kendal</org> setuju."
    [record] = institutions(tagged, with_places=False)
    assert record["place"] is None
    assert len(record["spans"]) == 2


def test_document_without_mentions_has_no_institutions() -> None:
    assert institutions("Rapat itu bubar.", with_places=False) == []


def test_golden_institutions() -> None:
    for case in json.loads(GOLDEN.read_text(encoding="utf-8")):
        found = institutions(case["tagged"])
        assert found == case["institutions"], case["tagged"]
        assert [Institution.model_validate(record).id for record in found] == [
            record["id"] for record in found
        ]
