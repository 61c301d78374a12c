"""How extractors leave their records on a spaCy Doc: plain dicts by field, and one span group a field.

A record dict has the fields of its class in ``beritaie.records``; its offsets count characters of
``doc.text`` (the pipeline carries them over to the raw text).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from beritaie.linking.mention import Mention

RecordDict = dict[str, Any]

if not Doc.has_extension("records"):
    Doc.set_extension("records", getter=lambda doc: doc.user_data.setdefault("records", {}))
    Doc.set_extension(
        "page",
        getter=lambda doc: doc.user_data.get("page", {}),
        setter=lambda doc, page: doc.user_data.__setitem__("page", page),
    )


def span_dict(text: str, start: int, end: int) -> RecordDict:
    """The span ``text[start:end]`` as a record dict.

    >>> span_dict("Kata KPUD", 5, 9)
    {'start': 5, 'end': 9, 'text': 'KPUD'}
    """
    return {"start": start, "end": end, "text": text[start:end]}


def store(doc: Doc, field: str, records: list[RecordDict]) -> None:
    """Keep ``records`` as ``doc._.records[field]`` and show their spans as ``doc.spans[field]``."""
    doc._.records[field] = records
    doc.spans[field] = _token_spans(
        doc,
        [
            (span["start"], span["end"], field, record.get("id", ""))
            for record in records
            for span in record.get("spans") or [record.get("span") or record["evidence"]]
        ],
    )


class Extractor:
    """A spaCy component: what ``find`` gives for a Doc goes to ``doc._.records[field]`` and ``doc.spans[field]``."""

    def __init__(self, field: str, find: Callable[[Doc], list[RecordDict]]) -> None:
        self.field, self.find = field, find

    def __call__(self, doc: Doc) -> Doc:
        store(doc, self.field, self.find(doc))
        return doc


def component(field: str, find: Callable[[Doc], list[RecordDict]]) -> Callable[[Language, str], Extractor]:
    """Register the spaCy component ``beritaie_FIELD`` and return its factory.

    ``find`` gives the records of a Doc, offsets in characters of its text; it must be a function of a
    module, so that the component can be sent to other processes.

    >>> import spacy
    >>> from beritaie.extractors import percentages
    >>> nlp = spacy.blank("id")
    >>> _ = nlp.add_pipe("beritaie_percentages")
    >>> nlp("Naik 5,12%.")._.records["percentages"][0]["value"]
    5.12
    """

    def make(nlp: Language, name: str) -> Extractor:
        return Extractor(field, find)

    Language.factory(f"beritaie_{field}", func=make)
    return make


def _token_spans(doc: Doc, stretches: list[tuple[int, int, str, str]]) -> list[Span]:
    """Character stretches with label and id as the tokens they touch; `Doc.char_span` walks the Doc for each."""
    if not stretches or not len(doc):
        return []
    starts = doc.to_array("IDX").astype(np.int64)
    firsts = np.searchsorted(starts, [stretch[0] for stretch in stretches], side="right") - 1
    lasts = np.searchsorted(starts, [stretch[1] - 1 for stretch in stretches], side="right")
    return [
        Span(doc, max(int(first), 0), max(int(last), int(first) + 1), label=label, span_id=span_id)
        for first, last, (_, _, label, span_id) in zip(firsts, lasts, stretches, strict=True)
    ]


def records(doc: Doc, field: str) -> list[RecordDict]:
    """The records of ``field``, empty if their extractor has not run."""
    found: list[RecordDict] = doc._.records.get(field, [])
    return found


def taken(doc: Doc, fields: Iterable[str]) -> list[tuple[int, int]]:
    """The character ranges that records of ``fields`` already cover, sorted."""
    return sorted(
        (span["start"], span["end"])
        for field in fields
        for record in records(doc, field)
        for span in record.get("spans") or [record["span"]]
    )


def mentions(doc: Doc, *labels: str) -> list[Mention]:
    """The mentions of the given labels (all if none is given), in reading order, outer before inner."""
    kept: list[Mention] = [
        Mention(*mention) for mention in doc._.records.get("mentions", []) if not labels or mention[3] in labels
    ]
    return kept


def store_mentions(doc: Doc, found: Iterable[Mention]) -> None:
    """Keep mentions for the extractors behind; show all in ``doc.spans["mentions"]``, the outermost in ``doc.ents``."""
    ordered = sorted(found, key=lambda mention: (mention.start, -mention.end))
    doc._.records["mentions"] = [list(mention) for mention in ordered]
    spans = _token_spans(doc, [(mention.start, mention.end, mention.label, "") for mention in ordered])
    doc.spans["mentions"] = spans
    outermost: list[Span] = []
    for span in spans:
        if not outermost or span.start >= outermost[-1].end:
            outermost.append(span)
    doc.ents = outermost
