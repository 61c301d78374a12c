"""A page as read: the raw text, the slices of it that are the article, and what the page says of itself."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from html import escape
from itertools import accumulate
from typing import NamedTuple

from beritaie.records import Moment


class Cut(NamedTuple):
    """A slice of the raw text that is not the article, and the rule that says so."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Page:
    """The raw text with its kept slices; ``text`` is their concatenation, character for character.

    >>> page = Page(raw="Baca Juga: X\\nBupati hadir.", kept=((13, 26),))
    >>> page.text, page.to_raw(0, 6)
    ('Bupati hadir.', (13, 19))
    """

    raw: str
    kept: tuple[tuple[int, int], ...]
    cuts: tuple[Cut, ...] = ()
    title: str | None = None
    title_span: tuple[int, int] | None = None  # characters of ``text``
    published: Moment | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    dateline_span: tuple[int, int] | None = None  # characters of ``text``
    language: str | None = None
    text: str = field(init=False, repr=False)
    _offsets: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(self.raw[a:b] for a, b in self.kept))
        lengths = accumulate((b - a for a, b in self.kept), initial=0)
        object.__setattr__(self, "_offsets", list(lengths)[:-1])

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Carry a range of ``text`` over to the raw text; one that crosses a cut keeps its first part."""
        index = max(0, bisect_right(self._offsets, start) - 1)
        slice_start, slice_end = self.kept[index]
        shift = slice_start - self._offsets[index]
        return start + shift, min(end + shift, slice_end)

    def _repr_html_(self) -> str:
        """The page for a notebook: the cuts struck through, each with its rule as tooltip."""
        pieces = []
        at = 0
        for cut in self.cuts:
            pieces.append(escape(self.raw[at : cut.start]))
            pieces.append(f'<del title="{escape(cut.rule)}">{escape(self.raw[cut.start : cut.end])}</del>')
            at = cut.end
        pieces.append(escape(self.raw[at:]))
        return f'<div style="white-space: pre-wrap">{"".join(pieces)}</div>'
