"""The institutions of an article, each once under all its names, with its kind and its area."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._store import RecordDict, mentions, records, span_dict, store
from beritaie.linking.institutions import Institution, NamedPlace, group_institutions


def record(institution: Institution, number: int, text: str) -> RecordDict:
    """The record of ``institution`` as the ``number``-th of the article whose text is ``text``."""
    return {
        "id": f"i{number}",
        "name": institution.name,
        "full_name": institution.full_name,
        "acronym": institution.acronym,
        "kind": institution.kind,
        "place": institution.place,
        "key": institution.key,
        "spans": [span_dict(text, mention.start, mention.end) for mention in institution.mentions],
        "score": round(max(mention.score for mention in institution.mentions), 4),
    }


def named_places(doc: Doc) -> list[NamedPlace]:
    """Every span of the places that ``beritaie_places`` found, none if it has not run."""
    return [
        NamedPlace(span["start"], span["end"], place["id"], place.get("kind", ""), span["text"], place.get("code"))
        for place in records(doc, "places")
        for span in place["spans"]
    ]


@Language.factory("beritaie_institutions", assigns=["doc.spans"])
def make_institutions(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_institutions")``; it needs mentions of the label ORG.

    >>> import spacy
    >>> from beritaie.extractors._store import store_mentions
    >>> from beritaie.linking.mention import Mention
    >>> nlp = spacy.blank("id")
    >>> find = nlp.add_pipe("beritaie_institutions")
    >>> doc = nlp.make_doc("Komisi Pemberantasan Korupsi menahan dua orang, kata KPK.")
    >>> store_mentions(doc, [Mention(0, 28, doc.text[:28], "ORG", 0.9), Mention(53, 56, "KPK", "ORG", 0.8)])
    >>> [(body["name"], body["acronym"], body["kind"]) for body in find(doc)._.records["institutions"]]
    [('Komisi Pemberantasan Korupsi', 'KPK', 'commission')]
    """

    def institutions(doc: Doc) -> Doc:
        dateline = (doc._.page or {}).get("dateline")
        found = group_institutions(
            mentions(doc, "ORG"), named_places(doc), doc.text, dateline=dateline, offices=mentions(doc, "POS")
        )
        store(doc, "institutions", [record(body, i, doc.text) for i, body in enumerate(found, 1)])
        return doc

    return institutions
