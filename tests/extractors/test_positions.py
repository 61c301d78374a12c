"""Offices of an article: the tagged text, then one record an office."""

import json
from pathlib import Path

import pytest
import spacy

from beritaie.extractors._store import RecordDict, records, store, store_mentions
from beritaie.linking.mention import Mention
from tagged import parse

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "positions.json").read_text(encoding="utf-8"))
NLP = spacy.blank("id")
for component in ("beritaie_people", "beritaie_positions"):
    NLP.add_pipe(component)


def positions(
    tagged: str, components: spacy.language.Language = NLP, **fields: list[RecordDict]
) -> list[RecordDict]:
    """The offices of a text whose tags are the model's mentions; ``fields`` are earlier records."""
    text, tags = parse(tagged)
    doc = components.make_doc(text)
    store_mentions(doc, [Mention(tag.start, tag.end, tag.text, tag.tag.upper(), 1.0) for tag in tags])
    for field, found in fields.items():
        store(doc, field, found)
    return records(components(doc), "positions")


@pytest.mark.parametrize("case", GOLDEN, ids=range(len(GOLDEN)))
def test_golden_article(case: dict[str, object]) -> None:
    assert positions(str(case["tagged"])) == case["records"]


def test_works_without_persons() -> None:
    alone = spacy.blank("id")
    alone.add_pipe("beritaie_positions")
    found = positions("<pos>Bupati Sukamaju</pos> <per>Anwar</per> hadir, kata <pos>Bupati</pos>.", alone)
    assert [(p["name"], len(p["spans"])) for p in found] == [("Bupati Sukamaju", 2)]


def test_nested_place_gives_the_area() -> None:
    place = {"id": "l1", "spans": [{"start": 7, "end": 15, "text": "Sukamaju"}]}
    (found,) = positions("<pos>Bupati Sukamaju</pos> hadir.", places=[place])
    assert found["place"] == "l1"


def test_status_word_that_the_model_took_in_is_left_out() -> None:
    (found,) = positions("<pos>mantan Bupati Sukamaju</pos> hadir.")
    assert found["spans"] == [{"start": 7, "end": 22, "text": "Bupati Sukamaju"}]


def test_short_form_follows_the_person() -> None:
    tagged = (
        "<pos>Camat Sukasari</pos> <per>Anwar</per> dan <pos>Camat Sukamulya</pos> <per>Rusdi</per> hadir. "
        "<pos>Camat</pos> <per>Anwar</per> gembira."
    )
    assert [(p["name"], len(p["spans"])) for p in positions(tagged)] == [
        ("Camat Sukasari", 2),
        ("Camat Sukamulya", 1),
    ]
