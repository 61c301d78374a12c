"""Gathers all mentions of an office in an article into one record, short forms with their fuller one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._store import mentions, records, store, taken
from beritaie.extractors.institutions import named_places
from beritaie.linking.institutions import bodies_of_offices
from beritaie.linking.mention import Mention
from beritaie.linking.officials import TAKEN_UP, pair_mentions
from beritaie.linking.positions import link_positions, trim_position


@Language.factory("beritaie_positions", assigns=["doc.spans"])
def make_positions(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_positions")``."""
    return find_positions


def find_positions(doc: Doc) -> Doc:
    """Store the offices that ``doc`` names as ``positions``; needs the model's mentions.

    >>> import spacy
    >>> from beritaie.extractors._store import records, store_mentions
    >>> doc = spacy.blank("id")("Bupati Sukamaju hadir.")
    >>> store_mentions(doc, [Mention(0, 15, "Bupati Sukamaju", "POS", 0.9)])
    >>> [(position["name"], position["head"]) for position in records(find_positions(doc), "positions")]
    [('Bupati Sukamaju', 'Bupati')]
    """
    offices = [trim_position(office) for office in _outermost(mentions(doc, "POS"))]
    holders: list[set[str]] = [set() for _ in offices]
    names = sorted(
        (span["start"], span["end"], person["id"])
        for person in records(doc, "persons")
        for span in person["spans"]
    )
    incumbents: list[set[str]] = [set() for _ in offices]
    page = doc._.page or {}
    for pair in pair_mentions(doc.text, names, offices, known_ranges(doc), year=year_of(page)):
        if pair.weight > TAKEN_UP:
            holders[pair.office].add(names[pair.name][2])
            if pair.status in ("current", "acting"):
                incumbents[pair.office].add(names[pair.name][2])
    institutions = records(doc, "institutions")
    bodies = bodies_of_offices(
        offices,
        {record["key"]: record["id"] for record in institutions if record.get("key")},
        named_places(doc),
        mentions(doc, "ORG", "POS"),
        dateline=page.get("dateline"),
    )
    found = link_positions(
        offices, holders, institutions, records(doc, "places"), bodies=bodies, incumbents=incumbents
    )
    store(doc, "positions", found)
    return doc


def year_of(page: Mapping[str, Any]) -> int | None:
    """The year of publication that the page says, if any."""
    published = page.get("published")
    return int(published[:4]) if published and published[:4].isdigit() else None


def known_ranges(doc: Doc) -> list[tuple[int, int]]:
    """The character ranges of institutions and places, from their records and the model's mentions."""
    return sorted(
        {*taken(doc, ("institutions", "places")), *((m.start, m.end) for m in mentions(doc, "ORG", "LOC"))}
    )


def _outermost(offices: list[Mention]) -> list[Mention]:
    """The mentions that no other one contains."""
    kept: list[Mention] = []
    for office in offices:
        if office.text.strip() and (not kept or office.start >= kept[-1].end):
            kept.append(office)
    return kept
