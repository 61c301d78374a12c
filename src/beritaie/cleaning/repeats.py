"""Finds what a page says twice: its title again above the text, a paragraph that an earlier one holds already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from beritaie.cleaning.lines import Line, is_paragraph

_SHORTEST = 40  # characters of a paragraph that comes again by no chance
_FEWEST_WORDS = 12  # of one that comes again in other words
_HEAD = 6  # lines in which the title comes again
_SHARED = 0.85  # of its runs of words that a repeated paragraph has in common with the first
_RUN = 4  # words
_MOST_WORDS = 600  # looked at in one paragraph
_EDGE = 80  # characters that hold the words at either end
_WORD = re.compile(r"\w+")


def repeated(lines: Iterable[Line], reach: int) -> Iterator[Line]:
    """The lines that say again what one of the ``reach`` lines above says: the title, or a whole paragraph.

    Lists and headings may come twice; paragraphs that differ in a number or a name are two.

    >>> from beritaie.cleaning.lines import lines_of
    >>> text = "Pasar Baru Dibuka\\n\\nPASAR BARU DIBUKA\\n\\nWarga senang."
    >>> [line.text for line in repeated(lines_of(text), 2)]
    ['PASAR BARU DIBUKA']
    """
    title = ""
    met: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    for number, line in enumerate(lines):
        if number == 0:
            title = _letters(line.text) if len(line.text) < 250 else ""
        elif number < _HEAD and len(title) > 8 and len(line.text) < 250 and _letters(line.text) == title:
            yield line
            continue
        if len(line.text) < _SHORTEST or not is_paragraph(line.text):
            continue
        edges = _edges(line.text)
        above = [text for edge in edges for at, text in met.get(edge, ()) if number - at <= reach]
        if any(_says_again(line.text, text) for text in above):
            yield line
            continue
        for edge in edges:
            met[edge] = [*met.get(edge, ())[-2:], (number, line.text)]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _edges(text: str) -> list[tuple[str, ...]]:
    """The first and the last words: one of the two stays where an editor shortens a paragraph."""
    first = text[:_EDGE].casefold().split(None, _RUN)[:_RUN]
    last = text[-_EDGE:].casefold().rsplit(None, _RUN)[-_RUN:]
    return [("first", *first), ("last", *last)]


def _says_again(text: str, above: str) -> bool:
    if _letters(text) == _letters(above):
        return True
    words, earlier = _WORD.findall(text)[:_MOST_WORDS], _WORD.findall(above)[:_MOST_WORDS]
    if len(words) < _FEWEST_WORDS or len(words) > 1.15 * len(earlier):
        return False
    known = {word.casefold() for word in earlier}
    if any(word.casefold() not in known for word in words if not word.islower()):
        return False
    runs, runs_above = _runs(words), _runs(earlier)
    return len(runs & runs_above) >= _SHARED * len(runs)


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    folded = [word.casefold() for word in words]
    return {tuple(folded[at : at + _RUN]) for at in range(len(folded) - _RUN + 1)}
