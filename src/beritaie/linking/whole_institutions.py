"""Institutions that the network cut at a bracket or overlooked at a second mention, made whole and found again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from beritaie.language.ranges import Ranges
from beritaie.linking.institution_names import LONGEST_HEAD, heads, short_forms
from beritaie.linking.institution_names import words as words_of
from beritaie.linking.mention import Mention

_SURE = 0.6  # a mention less sure than this tells nothing of others
_PASSED_ON = 0.8  # how much of its sureness a mention passes on to a repeat
_MOST_NAMES = 200  # names looked for again
_BRACKETED = re.compile(r"[ \u00a0]?\((?P<short>[^\W\d_][\w/&-]{1,19})\)")
_AREA_GAP = re.compile(r"\)[ \u00a0]\Z")
_CUT = re.compile(r"[\w ,\u00a0-]{0,40}\(\Z")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]{0,6}[A-Z]\d?")
_PUBLIC = frozenset({"government", "agency", "council", "commission", "court", "prosecution", "police"})
_ADMINISTRATIVE = frozenset({"province", "regency", "city", "district", "village"})


def with_whole_institutions(text: str, found: Iterable[Mention]) -> list[Mention]:
    """The mentions ``found``, institutions whole where a bracket stands in their name, and wherever named again.

    `Dinas X (Disx) Kabupaten Y` is one name. A name or an acronym that was found surely is found wherever it stands
    again in the same letters, outside other mentions.

    >>> text = "Dewan Adat Bumi (DAB) rapat. Menurut DAB, semua hadir."
    >>> names = [Mention(0, 15, "Dewan Adat Bumi", "ORG", 0.9), Mention(17, 20, "DAB", "ORG", 0.9)]
    >>> [mention.text for mention in with_whole_institutions(text, names)]
    ['Dewan Adat Bumi', 'DAB', 'DAB']
    """
    whole = list(_joined(text, list(_balanced(text, found))))
    added = list(_again(text, whole))
    return sorted([*whole, *added], key=lambda mention: (mention.start, -mention.end)) if added else whole


def _balanced(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions, institutions that end inside a bracket parted from what the bracket holds."""
    for mention in found:
        opened = mention.text.rfind("(")
        if mention.label == "ORG" and opened < 0 and mention.text.endswith(")") and len(mention.text) > 1:
            yield _of(text, mention, mention.start, mention.end - 1)
            continue
        if mention.label != "ORG" or opened <= 0:
            yield mention
            continue
        closed = mention.text.find(")", opened)
        inside = mention.text[opened + 1 : closed if closed > 0 else None]
        if closed < 0 and text.startswith(")", mention.end) and not inside[:1].isupper():
            yield _of(text, mention, mention.start, mention.end + 1)
        elif (closed < 0 or closed == len(mention.text) - 1) and _ACRONYM.match(inside) and " " not in inside:
            name = len(mention.text[:opened].rstrip())
            yield _of(text, mention, mention.start, mention.start + name)
            at = mention.start + opened + 1
            yield _of(text, mention, at, at + len(inside))
        else:
            yield mention


def _of(text: str, mention: Mention, start: int, end: int) -> Mention:
    return mention._replace(start=start, end=end, text=text[start:end])


def _joined(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, with the parts of `Dinas X (Disx) Kabupaten Y` joined."""
    ordered = sorted(found, key=lambda mention: (mention.start, -mention.end))
    areas = {m.start: m for m in ordered if m.label == "LOC" and m.kind in _ADMINISTRATIVE}
    taken: set[int] = set()
    for i, mention in enumerate(ordered):
        if i in taken:
            continue
        if mention.label == "ORG" and mention.text[:1] != "(":
            end = _end(text, mention, areas, ordered, i)
            if end > mention.end:
                inside = range(i + 1, bisect_left(ordered, end, key=lambda m: m.start))
                taken.update(j for j in inside if ordered[j].label == "ORG" and ordered[j].end <= end)
                yield _of(text, mention, mention.start, end)
                continue
        yield mention


def _end(text: str, mention: Mention, areas: dict[int, Mention], ordered: Sequence[Mention], at: int) -> int:
    """Where a name ends whose short form in brackets stands in its middle."""
    following = next((m for m in ordered[at + 1 : at + 4] if m.label == "ORG" and m.start >= mention.end), None)
    if following:
        closed = following.text.find(")")
        if closed > 1 and "(" not in following.text[:closed] and _CUT.fullmatch(text, mention.end, following.start):
            return following.end
    bracket = _BRACKETED.match(text, mention.end) if _is_public(mention.text) else None
    if bracket and (area := areas.get(bracket.end() + 1)) and _AREA_GAP.fullmatch(text, bracket.end() - 1, area.start):
        return area.end
    return mention.end


def _is_public(name: str) -> bool:
    """Whether the name opens as bodies of the state do, whose area belongs to the name."""
    plain = tuple(word.casefold() for word in words_of(name)[:LONGEST_HEAD])
    return any(heads().get(plain[:size], ("",))[0] in _PUBLIC for size in range(len(plain), 0, -1))


def _again(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Repeats of the institutions found, where no other mention stands."""
    sureness: dict[str, float] = {}
    for mention in found:
        if mention.label == "ORG" and mention.score >= _SURE and _tells(mention.text):
            sureness[mention.text] = max(sureness.get(mention.text, 0.0), _PASSED_ON * mention.score)
    others = {mention.text for mention in found if mention.label != "ORG"}
    names = sorted((name for name in sureness if name not in others), key=lambda name: (-len(name), name))[:_MOST_NAMES]
    if not names:
        return
    named = Ranges((mention.start, mention.end) for mention in found)
    pattern = re.compile(rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, names))})(?![\w@/]|\.\w|-\w)")
    for match in pattern.finditer(text):
        if not named.touch(*match.span()):
            yield Mention(*match.span(), match[0], "ORG", round(sureness[match[0]], 4))


def _tells(name: str) -> bool:
    """Whether a name means the institution wherever it stands: an acronym, or one that opens as institutions do."""
    if _ACRONYM.fullmatch(name):
        return True
    plain = tuple(word.casefold() for word in words_of(name)[:LONGEST_HEAD])
    if len(plain) == 1:
        return plain in short_forms() and name[:1].isupper()
    return name[:1].isupper() and any(plain[:size] in heads() or plain[:size] in short_forms() for size in (3, 2, 1))
