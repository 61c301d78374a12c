"""Gathers all mentions of a person in an article into one record."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._store import mentions, store
from beritaie.linking.persons import link_persons


@Language.factory("beritaie_people", assigns=["doc.spans"])
def make_people(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_people")``."""
    return find_people


def find_people(doc: Doc) -> Doc:
    """Store the persons that ``doc`` names as ``persons``; needs the model's mentions.

    >>> import spacy
    >>> from beritaie.extractors._store import records, store_mentions
    >>> from beritaie.linking.mention import Mention
    >>> doc = spacy.blank("id")("H. Anwar hadir.")
    >>> store_mentions(doc, [Mention(0, 8, "H. Anwar", "PER", 0.9)])
    >>> [(person["name"], person["honorifics"]) for person in records(find_people(doc), "persons")]
    [('Anwar', ['H'])]
    """
    store(doc, "persons", link_persons(doc.text, mentions(doc, "PER"), mentions(doc, "POS")))
    return doc
