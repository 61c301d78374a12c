"""Persons of an article: the tagged text, then one record a person."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from beritaie.extractors._store import RecordDict, records, store_mentions
from beritaie.linking.mention import Mention
from tagged import parse

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "persons.json").read_text(encoding="utf-8"))
NLP = spacy.blank("id")
NLP.add_pipe("beritaie_people")


def persons(tagged: str) -> list[RecordDict]:
    """The persons of a text whose `per` and `pos` tags are the model's mentions."""
    text, tags = parse(tagged)
    doc = NLP.make_doc(text)
    store_mentions(doc, [Mention(tag.start, tag.end, tag.text, tag.tag.upper(), 1.0) for tag in tags])
    return records(NLP(doc), "persons")


@pytest.mark.parametrize("case", GOLDEN, ids=range(len(GOLDEN)))
def test_golden_article(case: dict[str, object]) -> None:
    assert persons(str(case["tagged"])) == case["records"]


def test_text_without_mentions_has_no_persons() -> None:
    assert records(NLP("Tidak ada nama di sini."), "persons") == []


def test_every_mention_is_shown_as_a_span_with_the_id() -> None:
    text, tags = parse("<per>H. Anwar Hidayat</per> hadir, kata <per>Anwar</per>.")
    doc: Doc = NLP.make_doc(text)
    store_mentions(doc, [Mention(tag.start, tag.end, tag.text, "PER", 1.0) for tag in tags])
    assert [(span.text, span.id_) for span in NLP(doc).spans["persons"]] == [
        ("H. Anwar Hidayat", "p1"),
        ("Anwar", "p1"),
    ]


NAMES = json.loads((Path(__file__).parents[1] / "golden" / "person_names.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", NAMES, ids=[case["way"] for case in NAMES])
def test_every_way_to_name_somebody_again_leads_to_one_person(case: dict[str, str]) -> None:
    found = [[p["name"], p["honorifics"], p["degrees"], len(p["spans"])] for p in persons(case["tagged"])]
    assert found == case["persons"]
