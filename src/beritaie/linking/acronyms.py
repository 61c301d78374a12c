"""Institutions that are written out before their acronym in brackets: `Dewan Adat Sumba Raya (DASR)`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from beritaie.lexicon import alternation, column
from beritaie.linking.mention import Mention

_BRACKET = re.compile(r"(?<=[\w”\"])[ \u00a0]?\(([A-Z]{2,10})\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REACH = 120  # characters before the bracket
_SMALL = frozenset(column("name_joints", "word"))
_HEADS = re.compile(rf"(?:{alternation(column('institution_heads', 'head'))})(?!\w)", re.IGNORECASE)


def with_expansions(text: str, found: Iterable[Mention]) -> list[Mention]:
    """The mentions ``found``, with every institution whole that its acronym in brackets spells out.

    The words before an institution's acronym must open as institutions do and begin with its letters in order
    (small joining words are free); mentions of institutions inside the whole name give way to it.

    >>> text = "Warga ikut Dewan Adat Sumba Raya (DASR)."
    >>> acronym = Mention(34, 38, "DASR", "ORG", 0.9)
    >>> [mention.text for mention in with_expansions(text, [acronym])]
    ['Dewan Adat Sumba Raya', 'DASR']
    """
    kept = sorted(found, key=lambda mention: (mention.start, -mention.end))
    starts = [mention.start for mention in kept]
    acronyms = {mention.start: mention for mention in kept if mention.label == "ORG"}
    dropped: set[int] = set()
    added = []
    for match in _BRACKET.finditer(text):
        acronym = acronyms.get(match.start(1))
        if acronym is None or acronym.end != match.end(1):
            continue
        start, end = _beginning(text, match.start(), match[1]), match.start()
        if start is None or not _HEADS.match(text, start):
            continue
        near = range(bisect_left(starts, start - _REACH), bisect_left(starts, end))
        touching = [i for i in near if kept[i].end > start]
        inside = all(start <= kept[i].start and kept[i].end <= end for i in touching)
        whole = any((kept[i].start, kept[i].end) == (start, end) for i in touching)
        if whole or not inside or any(kept[i].label not in {"ORG", "LOC"} for i in touching):
            continue
        dropped.update(i for i in touching if kept[i].label == "ORG" or kept[i].kind == "venue")
        added.append(Mention(start, end, text[start:end], "ORG", acronym.score))
    stayed = [mention for i, mention in enumerate(kept) if i not in dropped]
    return sorted([*stayed, *added], key=lambda mention: (mention.start, -mention.end))


def _beginning(text: str, end: int, acronym: str) -> int | None:
    """Where the words begin whose first letters spell the acronym; none if they do not."""
    left = len(acronym)
    for start, word in _backwards(text, end):
        if word[0] == acronym[left - 1]:
            left -= 1
            if not left:
                return start
        elif word.casefold() not in _SMALL:
            return None
    return None


def _backwards(text: str, end: int) -> Iterator[tuple[int, str]]:
    """The words of one phrase before ``end``, the last first."""
    found = list(_WORD.finditer(text, max(0, end - _REACH), end))
    after = end
    for match in reversed(found):
        if text[match.end() : after].strip(" \u00a0"):
            return
        yield match.start(), match[0]
        after = match.start()
