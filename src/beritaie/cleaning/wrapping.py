"""Finds what a scraper wrapped an article in: the marks of a printed list, blanks left over as entities."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from beritaie.cleaning.page import Cut

_OPENING = re.compile(r"\s{0,20}\[\s{0,20}(?=['\"])")
_ITEM = re.compile(r"'(?:[^'\\]++|\\.)*+'|\"(?:[^\"\\]++|\\.)*+\"", re.DOTALL)
_NEXT = re.compile(r"\s{0,20},\s{0,20}(?=['\"])")
_CLOSING = re.compile(r"\s{0,20},?\s{0,20}\]\s{0,20}\Z")
_ESCAPE = re.compile(r"\\(?:[nrt]|(?=['\"]))")
_ENTITY = r"&(?:amp;)?(?:nbsp|#160|#xa0);"
_BLANK = re.compile(
    rf"(?:(?<=\s)|^){_ENTITY}(?: {{0,3}}{_ENTITY}){{0,20}}+|(?:{_ENTITY}){{1,20}}+(?=\s|$)",
    re.IGNORECASE | re.MULTILINE,
)


def wrapping(text: str) -> tuple[Cut, ...]:
    """The marks around and between the paragraphs of a list printed as text, and blanks written as entities.

    >>> text = "['Bupati hadir.', 'Warga&nbsp; senang.']"
    >>> [text[cut.start : cut.end] for cut in wrapping(text)]
    ["['", "',", "'", '&nbsp;', "']"]
    """
    marks = list(_list_marks(text)) if _OPENING.match(text) else []
    blanks = [Cut(match.start(), match.end(), "entity") for match in _BLANK.finditer(text)] if "&" in text else []
    return tuple(sorted([*marks, *blanks]))


_MOST_MARKS = 5_000  # of a list that is an article
_WRITTEN_OUT = re.compile(
    r"&(?:amp;)?(?:[lr][ds]quo|[nm]dash|hellip|bull|middot|[ae]acute|#(?:8\d{3}|x20[0-9a-f]{2}|0?3[49]))(?:;|\b)", re.I
)  # fmt: skip


def written_in(text: str) -> str:
    """The text with its entities as characters, where it is HTML that only lost its tags; else as it is.

    Quotation marks and ampersands alone do not tell: many a scraper escapes them in plain text.

    >>> written_in("Bupati:&nbsp;&ldquo;Hadir&rdquo;"), written_in("Toko Budi &amp; Anak")
    ('Bupati:\xa0“Hadir”', 'Toko Budi &amp; Anak')
    """
    if "&" not in text or not _WRITTEN_OUT.search(text):
        return text
    return html.unescape(html.unescape(text))


def _list_marks(text: str) -> Iterator[Cut]:
    """The marks of a list that is one from its first character to its last; none of anything else."""
    marks: list[Cut] = []
    opening = _OPENING.match(text)
    at, begin = (opening.end(), 0) if opening else (0, 0)
    while len(marks) < _MOST_MARKS and (item := _ITEM.match(text, at)):
        marks.append(_mark(begin, at + 1))
        escapes = islice(_ESCAPE.finditer(text, at + 1, item.end() - 1), _MOST_MARKS)
        marks.extend(_mark(found.start(), found.end()) for found in escapes)
        end = item.end()
        if _CLOSING.match(text, end):
            yield from (*marks, _mark(end - 1, len(text)))
            return
        if (following := _NEXT.match(text, end)) is None:
            return
        blank = next((place for place in range(end, following.end()) if text[place].isspace()), following.end())
        marks.append(_mark(end - 1, blank))
        at, begin = following.end(), min(blank + 1, following.end())


def _mark(start: int, end: int) -> Cut:
    return Cut(start, end, "list marks")


def without_wrapping(text: str, marks: tuple[Cut, ...]) -> str:
    """The text with blanks where ``marks`` stand, and line breaks between the paragraphs; as long as it was."""
    pieces, at = [], 0
    for mark in marks:
        blanks = " " * (mark.end - mark.start)
        pieces += [text[at : mark.start], "\n" + blanks[1:] if mark.rule == "list marks" and blanks else blanks]
        at = mark.end
    return "".join([*pieces, text[at:]])
