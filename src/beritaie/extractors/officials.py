"""Notes who holds, held or stands for which office."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._store import records, store
from beritaie.extractors.positions import known_ranges, year_of
from beritaie.linking.officials import link_officials


@Language.factory("beritaie_officials", assigns=["doc.spans"])
def make_officials(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_officials")``."""
    return find_officials


def find_officials(doc: Doc) -> Doc:
    """Store the persons in office as ``officials``; needs the records of ``persons`` and ``positions``.

    >>> import spacy
    >>> from beritaie.extractors._store import records, store
    >>> doc = spacy.blank("id")("Bupati Anwar hadir.")
    >>> spans = [{"start": 7, "end": 12, "text": "Anwar"}]
    >>> store(doc, "persons", [{"id": "p1", "name": "Anwar", "spans": spans}])
    >>> spans = [{"start": 0, "end": 6, "text": "Bupati"}]
    >>> office = {"id": "o1", "name": "Bupati", "institution": None, "place": None, "spans": spans}
    >>> store(doc, "positions", [office])
    >>> [(o["name"], o["position"]) for o in records(find_officials(doc), "officials")]
    [('Anwar', 'Bupati')]
    """
    year = year_of(doc._.page or {})
    found = link_officials(doc.text, records(doc, "persons"), records(doc, "positions"), known_ranges(doc), year=year)
    store(doc, "officials", found)
    return doc
