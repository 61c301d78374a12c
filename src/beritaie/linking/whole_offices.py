"""Offices that the network cut short or overlooked, and that the words around them make plain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from beritaie.language.ranges import Ranges
from beritaie.lexicon import alternation, column, rows
from beritaie.linking.mention import Mention

Range = tuple[int, int]

_JOINTS = frozenset(row["word"] for row in rows("name_joints") if row["office"])
_HONORIFICS = frozenset(word.casefold() for word in column("honorifics", "word"))
_SURE = 0.7  # an office surer than this is not touched
_LONGEST = 16  # tokens
_MARKED = re.compile(
    rf"(?i:\bselaku[ \u00a0]+(?P<office>(?:{alternation(column('position_heads', 'word'))})(?![\w-])))"
)
_MARKED_SCORE = 0.6


def with_whole_offices(text: str, tokens: Sequence[Range], found: Iterable[Mention]) -> list[Mention]:
    """The mentions ``found``, with unsure offices drawn out over the capitalised words that follow them.

    Title words behind `selaku` are offices too. ``tokens`` are the character ranges of the text's tokens. An
    office ends before a person, a title of a person, a mark or a small word other than a joining one; lines
    with all words capitalised are left alone.

    >>> text = "Ia adalah Kepala Bagian Kerja Sama Biro Hukum di sini."
    >>> tokens = [(0, 2), (3, 9), (10, 16), (17, 23), (24, 29), (30, 34), (35, 39), (40, 45), (46, 48), (49, 53)]
    >>> office = Mention(10, 29, "Kepala Bagian Kerja", "POS", 0.4)
    >>> [mention.text for mention in with_whole_offices(text, tokens, [office])]
    ['Kepala Bagian Kerja Sama Biro Hukum']
    """
    kept = list(found)
    kept += _marked(text, kept)
    after = {start: i for i, (start, _) in enumerate(tokens)}
    people = Ranges((m.start, m.end) for m in kept if m.label == "PER")
    drawn = []
    for mention in kept:
        end = mention.end
        if mention.label == "POS" and mention.score < _SURE and end + 1 in after and not _is_title(text, end):
            end = _end(text, tokens, after[end + 1], people, end)
        drawn.append(mention if end == mention.end else mention._replace(end=end, text=text[mention.start : end]))
    return list(_outermost(drawn))


def _outermost(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions without offices and institutions that lie in an office."""
    end = 0  # of the office before
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.label in {"POS", "ORG"} and mention.end <= end:
            continue
        if mention.label == "POS":
            end = max(end, mention.end)
        yield mention


def _marked(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Offices behind `selaku` where no mention stands."""
    taken = Ranges((m.start, m.end) for m in found if m.label != "LOC")
    return [
        Mention(*match.span("office"), match["office"], "POS", _MARKED_SCORE)
        for match in _MARKED.finditer(text)
        if not taken.touch(*match.span("office"))
    ]


def _is_title(text: str, at: int) -> bool:
    """Whether the line around ``at`` has hardly a small word: a headline."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    words = [word for word in text[start : end if end >= 0 else len(text)][:400].split() if word[:1].isalpha()]
    return sum(word[0].islower() for word in words) * 4 < len(words)


def _end(text: str, tokens: Sequence[Range], at: int, people: Ranges, end: int) -> int:
    """Where an office that ends at ``end`` ends in truth; ``at`` is the token behind it."""
    for i in range(at, min(at + _LONGEST, len(tokens))):
        start, stop = tokens[i]
        before = tokens[i - 1][1]
        word = text[start:stop]
        if text[before:start] != " " or people.touch(start, stop):
            break
        if word[0].isupper() and word.rstrip(".").casefold() not in _HONORIFICS:
            end = stop
        elif word not in _JOINTS or end != before or i == at:
            break
    return end
