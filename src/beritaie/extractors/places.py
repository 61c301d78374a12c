"""The places of an article, each once, with its kind, official code, province and coordinates."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._store import RecordDict, mentions, span_dict, store
from beritaie.linking.gazetteer import gazetteer
from beritaie.linking.places import Place, resolve_places


def record(place: Place, number: int, text: str) -> RecordDict:
    """The record of ``place`` as the ``number``-th of the article whose text is ``text``."""
    area, within = place.area, place.within
    around = area or within
    province = gazetteer().area(around.province) if around else None
    point = area or place.abroad
    return {
        "id": f"l{number}",
        "name": place.name,
        "kind": place.kind,
        "code": area.code if area else None,
        "within": within.code if within else None,
        "province": province.name if province else None,
        "country": "ID" if around else place.abroad.code if place.abroad else None,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "spans": [span_dict(text, mention.start, mention.end) for mention in place.mentions],
        "score": round(max(mention.score for mention in place.mentions), 4),
    }


@Language.factory("beritaie_places", assigns=["doc.spans"])
def make_places(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_places")``; it needs mentions of the label LOC.

    >>> import spacy
    >>> from beritaie.extractors._store import store_mentions
    >>> from beritaie.linking.mention import Mention
    >>> nlp = spacy.blank("id")
    >>> find = nlp.add_pipe("beritaie_places")
    >>> doc = nlp.make_doc("Banjir melanda Kabupaten Tanah Bumbu.")
    >>> store_mentions(doc, [Mention(15, 36, "Kabupaten Tanah Bumbu", "LOC", 0.9)])
    >>> [(place["code"], place["province"]) for place in find(doc)._.records["places"]]
    [('63.10', 'Kalimantan Selatan')]
    """

    def places(doc: Doc) -> Doc:
        page = doc._.page or {}
        found = resolve_places(
            mentions(doc, "LOC"), doc.text, dateline=page.get("dateline"), outlet=page.get("outlet")
        )
        store(doc, "places", [record(place, i, doc.text) for i, place in enumerate(found, 1)])
        return doc

    return places
