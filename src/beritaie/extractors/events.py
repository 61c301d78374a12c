"""What happened, when, where and to whom: one main event an article, and the other events it names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vectors import Vectors

from beritaie.extractors._store import mentions, records, store
from beritaie.linking.directions import Directions
from beritaie.linking.event_phrases import Facts, Range
from beritaie.linking.events import find_events
from beritaie.linking.linear import Linear, packed, unpacked

_WEIGHTS = "weights.npz"
_VECTORS = "id_berita"  # the static vectors that the weights were learnt with; others would mean other things
_FIELDS = (
    "dates", "times", "counts", "places", "persons", "positions", "institutions", "officials", "quotes",
)  # fmt: skip


@Language.factory("beritaie_events")
def make_events(nlp: Language, name: str) -> Events:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_events")``."""
    return Events()


def read_facts(doc: Doc, directions: Directions | None = None) -> Facts:
    """What the page and the components before this one know of an article; ``directions`` remembers its vectors."""
    text, page, vectors = doc.text, doc._.page or {}, doc.vocab.vectors
    title = _known(text, page.get("title_span"), page.get("title"))
    published = page.get("published")
    return Facts(
        text=text,
        title=title,
        sentences=_sentences(doc, text, title),
        published=str(published) if published else None,
        dateline=_known(text, page.get("dateline_span"), page.get("dateline")),
        mentions=tuple(mentions(doc, "EVT")),
        records={name: [row for row in records(doc, name) if not row.get("indirect")] for name in _FIELDS},
        vectors=(directions or vectors.get_batch) if vectors.name == _VECTORS else None,
    )


def _known(text: str, span: Iterable[int] | None, words: str | None) -> Range | None:
    """A stretch of the page as its span says, else where its words first stand near the top."""
    if span:
        start, end = span
        return start, end
    at = text.find(words, 0, 1500) if words else -1
    return (at, at + len(words)) if words and at >= 0 else None


def _sentences(doc: Doc, text: str, title: Range | None) -> tuple[Range, ...]:
    """The sentences of the doc, lines where none are marked; the title is one of its own."""
    starts, offsets = doc.to_array("SENT_START"), doc.to_array("IDX")
    if (starts[1:] == 1).any():
        edges = [0, *(offsets[1:][starts[1:] == 1].tolist()), len(text)]
        found = list(pairwise(edges))
    else:
        found, at = [], 0
        for line in text.splitlines(keepends=True):
            found.append((at, at + len(line)))
            at += len(line)
    cut = _split_at(found, title[1]) if title else found
    return tuple(part for part in cut if text[slice(*part)].strip())


def _split_at(sentences: list[Range], at: int) -> list[Range]:
    """Sentences cut where one runs over ``at``."""
    cut: list[Range] = []
    for start, end in sentences:
        cut += [(start, at), (at, end)] if start < at < end else [(start, end)]
    return cut


class Events:
    """Leaves event records on a doc; without trained weights it chooses by the lexicon's rules.

    >>> import spacy
    >>> nlp = spacy.blank("id")
    >>> _ = nlp.add_pipe("beritaie_events")
    >>> [event["type"] for event in nlp("Bupati Meninjau Pasar Lama")._.records["events"]]
    ['visit']
    """

    def __init__(self, models: dict[str, Linear] | None = None) -> None:
        self.models = models or {}
        self._remembered: tuple[object, Directions] | None = None  # a table of vectors, and what was read from it

    def __reduce__(self) -> tuple[type[Events], tuple[dict[str, Linear]]]:
        return Events, (self.models,)

    def __call__(self, doc: Doc) -> Doc:
        facts = read_facts(doc, self._directions(doc.vocab.vectors))
        store(doc, "events", find_events(facts, self.models))
        return doc

    def _directions(self, vectors: Vectors) -> Directions:
        remembered = self._remembered
        if remembered is None or remembered[0] is not vectors.data:
            remembered = self._remembered = (vectors.data, Directions(vectors.get_batch))
        return remembered[1]

    def to_bytes(self, **_: Any) -> bytes:
        """The weights as an .npz file of float16 arrays, empty if there are none."""
        return packed(self.models)

    def from_bytes(self, data: bytes, **_: Any) -> Events:
        """Read what `to_bytes` wrote."""
        self.models = unpacked(data)
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the weights under ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _WEIGHTS).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> Events:
        """Read the weights under ``path``; a folder without any leaves the lexicon's rules in force."""
        stored = Path(path) / _WEIGHTS
        return self.from_bytes(stored.read_bytes() if stored.is_file() else b"")
