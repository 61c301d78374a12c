"""What a line of a news page looks like: a headline, a paragraph, or neither."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from beritaie.lexicon import settings

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\s]{1,60}")
_SENTENCE_BREAK = re.compile(r"[a-z\d)”\"][.!?][\"”’)]?\s+[\"“(]?[A-Z]")
_SPEECH_START = ("“", '"', "‟", "”")


class Line(NamedTuple):
    """A line that holds more than blanks, from its first to its last visible character."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that hold more than blanks.

    >>> [line.text for line in lines_of(" Judul \\r\\n\\n Isi.")]
    ['Judul', 'Isi.']
    """
    found = []
    for match in _LINE.finditer(text):
        content = match[0].strip()
        if content:
            start = match.start() + match[0].index(content[0])
            found.append(Line(start, start + len(content), content))
    return found


@cache
def headline_small_words() -> frozenset[str]:
    """The words that stay in lower case in a title-cased headline."""
    return frozenset(settings("page")["headline_small_words"])


def is_headline(line: str) -> bool:
    """Whether ``line`` is title-cased as headlines are: no full stop, all but small words with a capital.

    >>> is_headline("Bupati Resmikan Pasar Baru di Sukamaju"), is_headline("Bupati meresmikan pasar itu")
    (True, False)
    """
    if len(line) > 220 or line.endswith((".", ",", ";", '."', ".”")) or line.startswith(_SPEECH_START):
        return False
    words = [word.strip("'\"“”‘’()[]:,!?|-–") for word in _WORD.findall(line)]
    telling = [word for word in words if word and word.casefold() not in headline_small_words()]
    if len(words) < 2 or not telling:
        return False
    capital = sum(not word[0].islower() for word in telling)
    return capital >= max(2, 0.8 * len(telling))


def is_paragraph(line: str) -> bool:
    """Whether ``line`` is running text: sentences that end, or more words than a headline has.

    >>> is_paragraph("Warga Desa Sukamaju memadati balai desa sejak pagi."), is_paragraph("Berita Terkait")
    (True, False)
    """
    if len(line) > 260:
        return True
    if len(line) < 40:
        return False
    return line.rstrip("\"”’') ").endswith((".", ",", ":")) or bool(_SENTENCE_BREAK.search(line))
