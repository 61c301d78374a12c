"""What to mark on an article's text: every span of every record, with what the record says of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from beritaie.records import Article, Record

# Record type: its word in the legend, its colour on white paper, its style in a terminal.
KINDS = {
    "quotes": ("quotation", "#eef1f4", "italic"),
    "events": ("event", "#ffd8a8", "bold yellow"),
    "positions": ("position", "#d0ebff", "bright_blue"),
    "persons": ("person", "#c5f6c7", "bold green"),
    "institutions": ("institution", "#e5dbff", "magenta"),
    "places": ("place", "#c3fae8", "cyan"),
    "laws": ("law", "#e6d3c1", "bright_magenta"),
    "dates": ("date", "#fff3a3", "yellow"),
    "times": ("time", "#ffec99", "yellow"),
    "durations": ("duration", "#f4e7b0", "yellow"),
    "counts": ("count", "#ffdeeb", "bright_red"),
    "measures": ("measure", "#ffc9de", "bright_red"),
    "money": ("money", "#d8f5a2", "bright_green"),
    "percentages": ("percentage", "#fcc2d7", "bright_red"),
}
CUT = "cut"


class Mark(NamedTuple):
    """Characters ``start`` to ``end`` of the raw text, marked as ``kind``; ``note`` is for the tooltip."""

    start: int
    end: int
    kind: str
    note: str


class Piece(NamedTuple):
    """A stretch of the raw text under the same marks, the outermost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks(article: Article) -> list[Mark]:
    """All spans of an article's records and all that was cut, in reading order, outer before inner.

    >>> text = "Sebanyak 40 peserta hadir. Bagikan"
    >>> count = {"span": {"start": 9, "end": 19, "text": "40 peserta"}, "value": 40, "unit": "peserta"}
    >>> for mark in marks(Article(id="a", raw=text, text=text[:26], kept=[(0, 26)], counts=[count])):
    ...     print(mark)
    Mark(start=9, end=19, kind='counts', note='count\\nvalue: 40.0\\nunit: peserta')
    Mark(start=26, end=34, kind='cut', note='not the article')
    """
    found = [
        mark for kind in KINDS for record in getattr(article, kind) for mark in _record_marks(kind, record)
    ]
    found += [Mark(start, end, CUT, "not the article") for start, end in _cuts(article)]
    length = len(article.raw)
    whole = [mark for mark in found if mark.start < mark.end <= length]
    order = {kind: n for n, kind in enumerate((CUT, *KINDS))}
    return sorted(whole, key=lambda mark: (mark.start, -mark.end, order[mark.kind]))


def pieces(article: Article) -> Iterator[Piece]:
    """The raw text cut wherever a mark begins or ends, first to last character, nothing left out.

    >>> article = Article(id="a", raw="Bagikan Banjir", text="Banjir", kept=[(8, 14)])
    >>> [(piece.start, piece.end, [mark.kind for mark in piece.marks]) for piece in pieces(article)]
    [(0, 8, ['cut']), (8, 14, [])]
    """
    waiting = marks(article)[::-1]
    edges = {0, len(article.raw)}.union(*((mark.start, mark.end) for mark in waiting))
    ordered = sorted(edges)
    active: list[Mark] = []
    for start, end in pairwise(ordered):
        active = [mark for mark in active if mark.end > start]
        while waiting and waiting[-1].start <= start:
            active.append(waiting.pop())
        yield Piece(start, end, tuple(active))


def _cuts(article: Article) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in article.kept:
        if start > at:
            yield at, start
        at = max(at, end)
    if at < len(article.raw):
        yield at, len(article.raw)


def _record_marks(kind: str, record: Record) -> Iterator[Mark]:
    spans = getattr(record, "spans", None) or [getattr(record, "span", None)]
    values = record.model_dump(mode="json", exclude={"span", "spans", "participants"}, exclude_defaults=True)
    lines = [KINDS[kind][0], *(f"{name}: {_words(value)}" for name, value in values.items())]
    for span in spans:
        if span is not None:
            yield Mark(span.start, span.end, kind, "\n".join(lines))


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
