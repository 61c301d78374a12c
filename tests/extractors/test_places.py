"""The component for places: records with code, province, coordinates and spans; the golden file."""

import json
from pathlib import Path
from typing import Any

import spacy

from beritaie.extractors._store import store_mentions
from beritaie.extractors.places import make_places
from beritaie.linking.mention import Mention
from beritaie.records import Place
from tagged import parse

GOLDEN = Path(__file__).parents[1] / "golden" / "places.json"
NLP = spacy.blank("id")
FIND = make_places(NLP, "beritaie_places")


def places(tagged: str, dateline: str | None = None, outlet: str | None = None) -> list[dict[str, Any]]:
    """The place records of a text whose place names are tagged `<loc>`."""
    text, expected = parse(tagged)
    doc = NLP.make_doc(text)
    doc._.page = {"dateline": dateline, "outlet": outlet}
    store_mentions(doc, [Mention(e.start, e.end, e.text, "LOC", 0.8) for e in expected])
    return list(FIND(doc)._.records["places"])


def test_place_record_has_code_province_and_coordinates() -> None:
    [record] = places("Banjir melanda <loc>Kabupaten Tanah Bumbu</loc>.")
    assert (record["id"], record["code"], record["province"]) == ("l1", "63.10", "Kalimantan Selatan")
    assert abs(record["latitude"] + 3.4) < 0.5
    assert abs(record["longitude"] - 115.9) < 0.5
    assert record["spans"] == [{"start": 15, "end": 36, "text": "Kabupaten Tanah Bumbu"}]


def test_place_abroad_has_its_country_and_no_code() -> None:
    country, city = places("Ia terbang ke <loc>Malaysia</loc>, lalu <loc>Mekkah</loc>.")
    assert (country["kind"], country["code"], country["province"], country["country"]) == ("country", None, None, "MY")
    assert (city["kind"], city["code"], city["country"], round(city["latitude"])) == ("city", None, "SA", 21)


def test_venue_has_the_area_that_contains_it_and_no_code() -> None:
    venue, _ = places("Rapat di <loc>Gedung Kenanga</loc>, <loc>Kota Bogor</loc>.")
    assert (venue["code"], venue["within"], venue["province"], venue["country"]) == (None, "32.71", "Jawa Barat", "ID")
    assert venue["latitude"] is None


def test_document_without_mentions_has_no_places() -> None:
    assert places("Banjir melanda kota itu.") == []


def test_spans_are_shown_on_the_document() -> None:
    doc = NLP.make_doc("Warga Kota Bogor.")
    store_mentions(doc, [Mention(6, 16, "Kota Bogor", "LOC", 0.8)])
    assert [(span.text, span.id_) for span in FIND(doc).spans["places"]] == [("Kota Bogor", "l1")]


def test_golden_places() -> None:
    for case in json.loads(GOLDEN.read_text(encoding="utf-8")):
        found = places(case["tagged"], case["dateline"], case["outlet"])
        assert found == case["places"], case["case"]
        assert [Place.model_validate(record).id for record in found] == [record["id"] for record in found]
