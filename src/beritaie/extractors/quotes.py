"""Finds direct quotations and who said them: `"Kami siap," kata Budi.`, garbled marks included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._store import RecordDict, mentions, records, span_dict, store
from beritaie.lexicon import rows
from beritaie.linking.mention import Mention

Family = Literal["double", "single", "query"]
Side = Literal["before", "after"]
Kind = Literal["person", "office", "holder", "institution"]

_SIDES: dict[str, set[str]] = {}
for _row in rows("quote_cues"):
    _SIDES.setdefault(_row["side"], set()).add(_row["word"])
_AFTER, _BEFORE = _SIDES["after"] | _SIDES["behind"], _SIDES["before"]
_NAMING = _SIDES["after"] | _SIDES["begins"]
_LABELS = _SIDES["label"] | _SIDES["slogan"]
_BREAKS = _SIDES["hearer"] | _SIDES["company"] | _SIDES["definite"] | _SIDES["pronoun"] | _BEFORE

# How far things may reach, in characters: a quotation, one that lost a mark, the words that name its speaker.
_LONGEST, _LONGEST_TORN, _CLAUSE, _NARRATIVE = 3000, 900, 220, 1500
_LINES, _MARKS_AHEAD = 12, 30
_LEAST_SAID, _TO_THAT = 3, 6  # words of a reported clause, and from its verb to `bahwa`
_ACCORDING = "menurut"

_MARK = re.compile(
    r"(?P<double>&(?:amp;)?(?:quot|[lrb]dquo|laquo|raquo|#34|#822[012]);|['‘’`´]{2}|[\"“”„‟«»＂]|(?<!\w)�|�(?!\w))"
    r"|(?P<query>\?\?|(?<!\S)\?(?=[\w(])|\?(?![\w?]))"
    r"|(?P<single>&(?:amp;)?(?:[lr]squo|#39|#821[67]);|['‘’`´])"
)
_DIRECTION = {"“": 1, "„": 1, "‘": 1, "«": 1, "”": -1, "’": -1, "»": -1}
_LEFT_EDGE = frozenset("([{—–-:;/|\u200b\u200e\ufeff")
_RIGHT_EDGE = frozenset(".,;:!?)]}—–-/|…*[\u200b\ufeff")
_NEXT_WORD = re.compile(r"[\s.,\u200b]{0,4}([A-Z]?[a-z]{2,20}|[A-Z]{2,20})")
_WORD = re.compile(r"\w[\w'’-]{0,60}")
_TORN_CUE = re.compile(r"[,.][\"'”]?\s{0,2}([A-Z]?[a-z]{3,14})\b")
_SENTENCE_END = re.compile(r"[.!?][\"”’']?(?:\s|(?=[A-Z]))|\n")
_ABBREVIATED = re.compile(r"[^\W\d][\w.]{0,11}\Z")
_ABBREVIATIONS = {row["word"] for row in rows("abbreviations") if row["kind"] not in {"end", "domain"}}
_HANDLE = re.compile(r"@\w[\w.]{0,38}\w")
_CAPITALS = re.compile(r"[A-Z][\w'’.-]{0,30}(?:[ \u00a0][A-Z][\w'’.-]{0,30}){0,6}")


class Mark(NamedTuple):
    """A quotation mark, and whether it can open and close a quotation where it stands."""

    start: int
    end: int
    family: Family
    opens: bool
    closes: bool
    line: int


class Quotation(NamedTuple):
    """A direct quotation; ``cue`` binds it to its speaker and stands on that ``side`` of it."""

    start: int
    end: int
    cue: str | None = None
    cue_start: int = -1
    cue_end: int = -1
    side: Side | None = None


class Voice(NamedTuple):
    """A place in the text that names somebody who can speak; ``id`` is a person's or a position's.

    ``kind`` is holder where the text names an office and ``name`` is who holds it.
    """

    start: int
    end: int
    id: str | None
    name: str
    kind: Kind


# --- the marks


def quotations(text: str) -> list[Quotation]:
    """The direct quotations of ``text``, marks included, in reading order; no slogans, no titles.

    >>> text = 'Lomba bertema "Maju Terus Desaku" dibuka. "Kami siap sekali," kata Budi.'
    >>> [(text[q.start : q.end], q.cue) for q in quotations(text)]
    [('"Kami siap sekali,"', 'kata')]
    """
    marks = _marks(text)
    torn = _torn_ends(text) if marks else []
    found: list[Quotation] = []
    last_end = at = 0
    while at < len(marks):
        mark = marks[at]
        span: tuple[int, int] | None = None
        if mark.opens:
            span = _closed(text, marks, at, torn) or _unclosed(text, marks, at, torn)
        elif mark.closes and mark.family == "double":
            span = _unopened(text, last_end, mark)
        quotation = _judged(text, *span) if span else None
        if span is None:
            at += 1
            continue
        if quotation:
            found.append(quotation)
        last_end = span[1]
        at = max(at + 1, bisect_left(marks, last_end, key=lambda m: m.start))
    return found


def _marks(text: str) -> list[Mark]:
    found: list[Mark] = []
    line = at = 0
    for match in _MARK.finditer(text):
        family = match.lastgroup
        start, end = match.span()
        opens, closes = _roles(text, start, end, family or "")
        if opens or closes:
            line += text.count("\n", at, start)
            at = start
            found.append(Mark(start, end, family, opens, closes, line))  # type: ignore[arg-type]
    return found


def _roles(text: str, start: int, end: int, family: str) -> tuple[bool, bool]:
    """Whether a mark can open and can close a quotation, by what stands around it."""
    left = text[start - 1] if start else "\n"
    right = text[end] if end < len(text) else "\n"
    blank_left = left.isspace() or left in _LEFT_EDGE
    blank_right = right.isspace() or right in _RIGHT_EDGE
    if family == "single":
        return blank_left and not blank_right, not blank_left and blank_right
    if family == "query":
        opens = blank_left and (not blank_right or left == "\n")
        return opens, not blank_left or _cue_at(text, end) is not None
    if blank_left != blank_right:
        # `nanti, "kata Budi`: the blank belongs behind the closing mark
        slipped = left == " " and text[max(0, start - 2)] in ",." and bool(_cue_at(text, end, lower=True))
        return blank_left and not slipped, blank_right or slipped
    direction = _DIRECTION.get(text[start], 0)
    if not blank_left:
        return direction >= 0 or (left in ".:!?" and right.isupper()), direction <= 0
    return _loose_roles(text, start, end, direction)


def _loose_roles(text: str, start: int, end: int, direction: int) -> tuple[bool, bool]:
    """What a double mark between blanks can do."""
    if start == 0 or text[start - 1] == "\n":
        return True, False
    if text[max(0, start - 2)] == "," or text[end : end + 1] in {"", "\n"} or _cue_at(text, end):
        return False, True
    return direction >= 0, direction < 0 or text[end + 1 : end + 2].islower()


def _closes(opener: Mark, mark: Mark, text: str) -> bool:
    """Whether ``mark`` closes what ``opener`` opened."""
    if not mark.closes or not text[opener.end : mark.start].strip():
        return False
    if opener.family == "single":
        return mark.family == "single" or (mark.family == "double" and not mark.opens)
    if mark.family == "query" and opener.family == "double":
        return text[mark.start - 1] == ","
    return mark.family != "single"


def _closed(text: str, marks: list[Mark], at: int, torn: list[int]) -> tuple[int, int] | None:
    """The quotation that the mark at ``at`` opens, up to its closing mark; None if that mark is missing."""
    opener = marks[at]
    single = opener.family == "single"
    reach, lines = (_LONGEST_TORN, 0) if single else (_LONGEST, _LINES)
    depth = 0
    closed: int | None = None
    for mark in marks[at + 1 : at + 1 + _MARKS_AHEAD]:
        if mark.start - opener.start > reach or mark.line - opener.line > lines:
            break
        if mark.opens and not mark.closes:
            if single or mark.family == "single":
                continue
            if mark.line > opener.line or _torn_end(torn, opener.end, mark.start) is not None:
                break
            depth += 1
        elif _closes(opener, mark, text):
            if mark.line > opener.line and _torn_end(torn, opener.end, mark.start) is not None:
                break
            if not depth:
                return opener.start, mark.end
            if _cue_at(text, mark.end, lower=True):
                break
            closed = mark.end
            depth -= 1
    # an inner mark is missing: taken whole where it stands at the head of a sentence
    whole = closed is not None and opener.family == "double" and not _words_before(text, opener.start)
    return (opener.start, closed) if whole and closed else None


def _torn_ends(text: str) -> list[int]:
    """Where a cue after a comma says that a quotation has ended, mark or no mark: `nanti, katanya`."""
    return [match.start() + 1 for match in _TORN_CUE.finditer(text) if _is_torn(text, match)]


def _is_torn(text: str, match: re.Match[str]) -> bool:
    word = match[1].casefold()
    bound = word.endswith("nya") or _speaker_follows(text, match.end())
    return bound and word.removesuffix("nya") in _AFTER


def _torn_end(torn: list[int], start: int, end: int) -> int | None:
    at = bisect_left(torn, start)
    return torn[at] if at < len(torn) and torn[at] < end else None


def _speaker_follows(text: str, at: int) -> bool:
    match = _WORD.search(text, at, at + 20)
    return match is not None and (match[0][0].isupper() or match[0] in _SIDES["pronoun"])


def _unclosed(text: str, marks: list[Mark], at: int, torn: list[int]) -> tuple[int, int] | None:
    """The quotation that a mark opens and nothing closes: up to its cue, else to the end of the line."""
    mark = marks[at]
    if mark.family == "single" or text[mark.start] in "'`":
        return None
    reach = mark.start + _LONGEST_TORN
    line_end = text.find("\n", mark.end, reach)
    if line_end < 0:
        line_end = len(text) if len(text) <= reach else -1
    ahead = marks[at + 1 : at + 1 + _MARKS_AHEAD]
    following = next((m.start for m in ahead if m.opens and m.family == "double"), len(text))
    end = _torn_end(torn, mark.end, min(following, line_end if line_end >= 0 else reach))
    if end is None and 0 <= line_end <= following:
        end = line_end
    if end is None or len(_WORD.findall(text, mark.end, end)) < 5:
        return None
    return mark.start, mark.start + len(text[mark.start : end].rstrip(" *_[]\n"))


def _unopened(text: str, last_end: int, mark: Mark) -> tuple[int, int] | None:
    """The quotation that a mark closes and nothing opens: the line up to there, if a cue follows."""
    start = text.rfind("\n", max(0, mark.start - _LONGEST_TORN), mark.start) + 1
    stopped = text[mark.start - 1] in ",.!?" or text.startswith(",", mark.end)
    if start < last_end or not stopped or not 20 < mark.start - start < _LONGEST_TORN:
        return None
    return (start, mark.end) if _cue_at(text, mark.end, lower=True) else None


# --- speech or not


def _cue_at(text: str, at: int, *, lower: bool = False) -> tuple[str, int, int] | None:
    """The cue that stands at ``at``, after blanks and stops, with its characters."""
    match = _NEXT_WORD.match(text, at)
    if not match or (match[1][0].isupper() and (lower or "\n" in text[at : match.start(1)])):
        return None
    word = match[1].casefold()
    if word in _AFTER or word.removesuffix("nya") in _AFTER:
        return match[1], match.start(1), match.end(1)
    # misspelt: `ujarmya`, `jelasny`
    if match[1].islower() and any(word[:size] in _AFTER for size in range(max(4, len(word) - 4), len(word))):
        return (match[1], match.start(1), match.end(1)) if "ny" in word or word.endswith("ya") else None
    return None


def _judged(text: str, start: int, end: int) -> Quotation | None:
    """The quotation if what stands between the marks was said; None for titles, slogans and scare quotes."""
    inner = text[start:end].strip("\"'“”‘’«»„`´?& ;").replace("quot;", "")
    words = _WORD.findall(inner)
    if not words:
        return None
    stopped = text[start:end].rstrip("\"'“”‘’«»„`´ ")[-1:] in {",", ".", "!", "?", "…"}
    ahead = _words_before(text, start)
    leads = not ahead
    label = any(word.casefold().removesuffix("nya") in _LABELS for word, _, _ in ahead[-3:]) or any(
        word.casefold() in _SIDES["slogan"] for word, _, _ in ahead[-6:]
    )
    cue = _cue_at(text, end)
    if cue is None and stopped:
        cue = _narrated_cue(text, end)
    if cue and (stopped or leads or len(words) > 2) and not (label and not stopped):
        return Quotation(start, end, *cue, "after")
    if label and not (leads and stopped):
        return None
    announced = text[max(0, start - 3) : start].rstrip(" \u00a0")[-1:] in {",", ":", ";"}
    for word, a, b in reversed(ahead if announced else ahead[-4:]):
        if word.casefold() in _BEFORE or word.casefold() in _NAMING:
            if len(words) > 3 or (stopped and len(words) > 1):
                return Quotation(start, end, word, a, b, "before")
            break
    titled = len(words) < 13 and sum(word[0].isupper() for word in words) * 2 >= len(words)
    bare = leads and stopped and len(words) > 1
    if bare or (len(words) > 4 and not titled and text[start] not in "'‘’`"):
        return Quotation(start, end)
    return None


def _narrated_cue(text: str, at: int) -> tuple[str, int, int] | None:
    """The verb of `"…," Budi menambahkan`, close behind the closing mark."""
    for match in list(_WORD.finditer(text, at, min(len(text), at + 60)))[:5]:
        if match[0] in _BEFORE:
            return match[0], match.start(), match.end()
    return None


def _sentence_ends(text: str, start: int, end: int, *, lines: bool = True) -> list[int]:
    """Where sentences end between ``start`` and ``end``; not behind initials and abbreviations (`Prov.`)."""
    return [
        match.end()
        for match in _SENTENCE_END.finditer(text, start, end)
        if (match[0] != "\n" or lines) and (match[0][0] != "." or not _abbreviated(text, match.start()))
    ]


def _abbreviated(text: str, stop: int) -> bool:
    word = _ABBREVIATED.search(text[max(0, stop - 13) : stop])
    if word is None:
        return False
    short = len(word[0]) < 3 and word[0][0].isupper()
    return short or word[0] in _ABBREVIATIONS or ("." in word[0] and len(word[0]) < 7)


def _words_before(text: str, start: int) -> list[tuple[str, int, int]]:
    """The words of the same sentence before ``start``, with their characters, at most the last twelve."""
    begin = max(0, start - 160)
    begin = max(_sentence_ends(text, begin, start), default=begin)
    return [(m[0], m.start(), m.end()) for m in _WORD.finditer(text, begin, start)][-12:]


# --- who spoke


def speakers(text: str, found: Sequence[Quotation], voices: Sequence[Voice]) -> list[Voice | None]:
    """Who said each quotation: named beside the cue, else the speaker that the text before it goes on about.

    >>> text = '"Kami siap sekali," kata Budi. "Semua hadir," ujarnya.'
    >>> [v and v.name for v in speakers(text, quotations(text), [Voice(25, 29, "p1", "Budi", "person")])]
    ['Budi', 'Budi']
    """
    chosen: list[Voice | None] = []
    current: Voice | None = None
    starts = [voice.start for voice in voices]
    limits = [*(quotation.start for quotation in found[1:]), len(text)]
    behind = 0
    for quotation, limit in zip(found, limits, strict=False):
        voice = None
        if quotation.side == "after":
            voice = _named_after(text, quotation.cue_end, limit, voices, starts)
            if voice is None and quotation.cue and not quotation.cue.endswith("nya"):
                voice = _unlisted(text, quotation.cue_end, limit, bool(voices))
        elif quotation.side == "before":
            voice = _named_before(text, quotation, voices, starts)
        if voice is None:
            voice = _going_on(text, behind, quotation.start, voices, starts) or current
        current = voice or _latest(quotation.start, voices, starts)
        chosen.append(current)
        behind = quotation.end
    return chosen


def _within(voices: Sequence[Voice], starts: list[int], start: int, end: int) -> list[Voice]:
    return list(voices[bisect_left(starts, start) : bisect_left(starts, end)])


def _named_after(
    text: str, start: int, limit: int, voices: Sequence[Voice], starts: list[int]
) -> Voice | None:
    """The first voice behind a cue, as long as nothing says that it is another's: `kata dia kepada Ani`."""
    for voice in _within(voices, starts, start, min(limit, start + _CLAUSE)):
        between = text[start : voice.start]
        words = _WORD.findall(between)
        ended = _sentence_ends(text, start, voice.start + 1, lines=False)
        if "\n\n" in between or ended or len(words) > 14:
            return None
        if any(word in _BREAKS for word in words) or (voice.kind == "institution" and len(words) > 3):
            return None
        holder = _holder(text, voice, voices, starts)
        return None if _described(text, holder) else holder
    return None


def _holder(text: str, voice: Voice, voices: Sequence[Voice], starts: list[int]) -> Voice:
    """The person named right behind an office or institution, or who speaks for it; else the voice itself."""
    if voice.kind != "person":
        voice = _appointed(text, voice, voices, starts)
    through = _WORD.search(text, voice.end, voice.end + 24)
    if through and through[0] in _SIDES["through"]:
        spokesman = _within(voices, starts, through.end(), through.end() + 3)
        if spokesman and spokesman[0].kind != "institution":
            return _appointed(text, spokesman[0], voices, starts)
    return voice


def _appointed(text: str, voice: Voice, voices: Sequence[Voice], starts: list[int]) -> Voice:
    if voice.kind == "person":
        return voice
    for other in _within(voices, starts, voice.start, voice.end + 60):
        if other.kind == "person" and other.start >= voice.end:
            between = text[voice.end : other.start]
            words = _WORD.findall(between)
            if len(words) > 4 or "." in between or any(word in _BREAKS for word in words):
                break
            return other
    return voice


def _unlisted(text: str, start: int, limit: int, listed: bool) -> Voice | None:
    """A speaker that no record names: an account, `warga`, or without any records a run of capitals."""
    end = min(limit, start + 60)
    if handle := _HANDLE.search(text, start, end):
        return Voice(*handle.span(), None, handle[0], "institution")
    words = [match[0] for match in _WORD.finditer(text, start, end)]
    if not listed and words and (run := _CAPITALS.match(text, text.find(words[0], start))):
        return Voice(*run.span(), None, run[0].rstrip(".-"), "person")
    if any(word in _SIDES["definite"] for word in words[:6]):
        return None
    someone = next((word for word in words[:3] if word in _SIDES["someone"] | _BREAKS), None)
    return Voice(start, end, None, someone, "institution") if someone in _SIDES["someone"] else None


def _named_before(
    text: str, quotation: Quotation, voices: Sequence[Voice], starts: list[int]
) -> Voice | None:
    """The subject of `Budi mengatakan, "…"`, or the name in `kata Budi, "…"`."""
    if quotation.cue and quotation.cue.casefold() in _NAMING:
        voice = _named_after(text, quotation.cue_end, quotation.start, voices, starts)
        if voice is not None:
            return voice
    begin = max(0, quotation.cue_start - _CLAUSE)
    begin = max(_sentence_ends(text, begin, quotation.cue_start), default=begin)
    return _first(text, begin, quotation.cue_start, voices, starts)


def _first(text: str, start: int, end: int, voices: Sequence[Voice], starts: list[int]) -> Voice | None:
    """The first speaker named between ``start`` and ``end``."""
    inside = [voice for voice in _within(voices, starts, start, end) if voice.kind != "institution"]
    return _holder(text, inside[0], voices, starts) if inside else None


def _going_on(
    text: str, behind: int, start: int, voices: Sequence[Voice], starts: list[int]
) -> Voice | None:
    """The speaker that the narrative before a quotation goes on about: the last who says something there."""
    begin = max(behind, start - _NARRATIVE)
    bounds = [begin, *_sentence_ends(text, begin, start), start]
    for a, b in reversed(list(pairwise(bounds))):
        if voice := _subject(text, a, b, voices, starts) or _leading(text, a, b, voices, starts):
            return voice
    return None


def _latest(start: int, voices: Sequence[Voice], starts: list[int]) -> Voice | None:
    """The last person named before ``start``."""
    at = bisect_left(starts, start)
    return next((voice for voice in reversed(voices[max(0, at - 40) : at]) if voice.kind == "person"), None)


def _subject(
    text: str, start: int, end: int, voices: Sequence[Voice], starts: list[int]
) -> Voice | None:
    """Who says something in the sentence; nobody if it is a mere `ia` or `pria itu`."""
    words = [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text, start, end)]
    for i, (word, a, b) in enumerate(words):
        near = words[max(0, i - 5) : i]
        if word in _BEFORE and not (near and near[-1][0] in _SIDES["hearer"] | _SIDES["relative"]):
            pronoun = next((at for near_word, at, _ in near if near_word in _SIDES["pronoun"]), None)
            inside = [
                voice
                for voice in _within(voices, starts, start, a)
                if voice.kind != "institution" and _word_before(words, voice.start) not in _SIDES["hearer"]
            ]
            if pronoun is not None and not any(voice.start > pronoun for voice in inside):
                return None
            aside = words[0][0] in _SIDES["hearer"] or words[0][0] in _BEFORE
            if inside:
                beside = not _WORD.search(text, inside[-1].end, a) and inside[-1].kind == "person"
                if any(between in _SIDES["company"] for between, at, _ in words if inside[0].end <= at < a):
                    aside = beside = False
                voice = _holder(text, inside[-1 if aside or beside else 0], voices, starts)
                return None if _described(text, voice) else voice
            if any(
                then[0] in _SIDES["definite"] and first[0] not in _SIDES["linking"] | _SIDES["relative"]
                for first, then in pairwise(near)
            ):
                return None
        elif word in _NAMING and (named := _named_after(text, b, min(end, b + 80), voices, starts)):
            return named
    return None


def _word_before(words: list[tuple[str, int, int]], at: int) -> str | None:
    return next((word for word, start, _ in reversed(words) if start < at), None)


def _leading(text: str, start: int, end: int, voices: Sequence[Voice], starts: list[int]) -> Voice | None:
    """The person whom the sentence introduces by office at its head, whatever it says of them."""
    inside = _within(voices, starts, start, min(end, start + 40))
    if not inside or inside[0].kind in {"person", "institution"}:
        return None
    before = [match[0].casefold() for match in _WORD.finditer(text, start, inside[0].start)]
    if len(before) > 2 or not all(word in _SIDES["linking"] | _SIDES["definite"] for word in before):
        return None
    voice = _holder(text, inside[0], voices, starts)
    return voice if voice.kind == "person" else None


def _described(text: str, voice: Voice) -> bool:
    """Whether an office only describes somebody named before: `anggota DPRD itu`."""
    following = _WORD.search(text, voice.end, voice.end + 24)
    return voice.kind == "office" and following is not None and following[0] in _SIDES["definite"]


# --- speech in the reporter's words


def reported(text: str, direct: Sequence[Quotation]) -> list[Quotation]:
    """What sentences without a ``direct`` quotation report of speech: `Budi mengatakan bahwa …`, `…, kata Budi`.

    >>> text = "Budi mengatakan bahwa stok beras aman. Harga turun sejak Senin, kata dia."
    >>> [(text[q.start : q.end], q.cue) for q in reported(text, [])]
    [('stok beras aman', 'mengatakan'), ('Harga turun sejak Senin', 'kata')]
    """
    found: list[Quotation] = []
    taken = [quotation.end for quotation in direct]
    for start, end in pairwise([0, *_sentence_ends(text, 0, len(text)), len(text)]):
        at = bisect_left(taken, start + 1)
        beside = at < len(direct) and direct[at].start < end
        if not beside and end - start <= _LONGEST and (said := _said(text, start, end)):
            found.append(said)
    return found


def _said(text: str, start: int, end: int) -> Quotation | None:
    """The clause of a sentence that somebody said, with its cue."""
    words = [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text, start, end)]
    for i, (word, a, b) in enumerate(words):
        ahead = [before for before, _, _ in words[max(0, i - 1) : i]]
        if word in _AFTER and i >= _LEAST_SAID and text[words[i - 1][2] : a].strip() == ",":
            if _speaker_follows(text, b):
                return Quotation(words[0][1], words[i - 1][2], text[a:b], a, b, "after")
        elif word == _ACCORDING and not i and (comma := text.find(",", b, min(end, b + _CLAUSE))) >= 0:
            if len(_WORD.findall(text, comma, end)) >= _LEAST_SAID:
                return Quotation(*_trimmed(text, comma + 1, end), text[a:b], a, b, "before")
        elif word in _BEFORE and i and not (ahead and ahead[-1] in _SIDES["hearer"] | _SIDES["relative"]):
            rest = words[i + 1 :]
            that = next((n for n, (then, _, _) in enumerate(rest[:_TO_THAT]) if then in _SIDES["that"]), None)
            if that is None and (word not in _SIDES["clause"] or (rest and rest[0][0] in _SIDES["hearer"])):
                continue
            clause = rest[that + 1 :] if that is not None else rest
            if len(clause) >= _LEAST_SAID:
                return Quotation(*_trimmed(text, clause[0][1], end), text[a:b], a, b, "before")
    return None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A clause without the blanks around it and the full stop behind it."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip(" \u00a0\n.,;"))


# --- the component


def _voices(doc: Doc) -> list[Voice]:
    """Everything in ``doc`` that names a possible speaker; an office counts as its holder if known."""
    persons, positions = records(doc, "persons"), records(doc, "positions")
    named = {person["id"]: person["name"] for person in persons}
    holders: dict[str, str] = {}
    for official in records(doc, "officials"):
        if official["status"] in {"current", "acting"}:
            holders.setdefault(official["position_id"], official["person"])
    found = [
        Voice(span["start"], span["end"], person["id"], person["name"], "person")
        for person in persons
        for span in person["spans"]
    ]
    for position in positions:
        holder = holders.get(position["id"])
        spans = [(span["start"], span["end"]) for span in position["spans"]]
        if holder in named:
            found += [Voice(start, end, holder, named[holder], "holder") for start, end in spans]
        else:
            found += [Voice(start, end, position["id"], position["name"], "office") for start, end in spans]
    if not persons:
        people = [(m.start, m.end, m.text) for m in mentions(doc, "PER")]
        fullest = _fullest([name for _, _, name in people])
        found += [Voice(start, end, None, fullest[name], "person") for start, end, name in people]
    if not positions:
        found += _offices(doc.text, mentions(doc, "POS"), found)
    found += [Voice(m.start, m.end, None, m.text, "institution") for m in mentions(doc, "ORG")]
    return sorted(found, key=lambda voice: (voice.start, -voice.end))


def _fullest(names: Iterable[str]) -> dict[str, str]:
    """Each name with the longest one that has all its words."""
    words = {name: set(_WORD.findall(name.casefold())) for name in names}
    by_word: dict[str, list[str]] = {}
    for name in sorted(words, key=lambda name: -len(words[name])):
        for word in words[name]:
            by_word.setdefault(word, []).append(name)
    fullest = {name: name for name in words}
    for name, parts in words.items():
        if parts:
            alike = min((by_word[word] for word in parts), key=len)
            fullest[name] = next(other for other in [*alike[:50], name] if parts <= words[other])
    return fullest


def _offices(text: str, found: Iterable[Mention], people: Iterable[Voice]) -> list[Voice]:
    """Position mentions as voices: their holder's where the text names one right behind the same office."""
    ordered = sorted((voice for voice in people if voice.kind == "person"), key=lambda voice: voice.start)
    starts = [person.start for person in ordered]
    held: dict[tuple[str, ...], Voice] = {}
    offices = [(mention, tuple(_WORD.findall(mention.text.casefold()))) for mention in found]
    for mention, words in offices:
        at = bisect_left(starts, mention.end)
        if at < len(ordered) and not text[mention.end : ordered[at].start].strip(" ,\u00a0\n"):
            for size in range(1, len(words) + 1):
                held.setdefault(words[:size], ordered[at])
    voices = []
    for mention, words in offices:
        if holder := held.get(words):
            voices.append(Voice(mention.start, mention.end, holder.id, holder.name, "holder"))
        else:
            voices.append(Voice(mention.start, mention.end, None, mention.text, "office"))
    return voices


@Language.factory("beritaie_quotes", assigns=["doc.spans"], default_config={"indirect": False})
def make_quotes(nlp: Language, name: str, indirect: bool) -> Quotes:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_quotes", config={"indirect": True})``."""
    return Quotes(indirect=indirect)


class Quotes:
    """Stores the direct quotations of a Doc as ``quotes`` records (`beritaie.records.Quote`).

    With ``indirect`` it also stores what is reported without quotation marks, marked as such.

    >>> import spacy
    >>> nlp = spacy.blank("id")
    >>> _ = nlp.add_pipe("beritaie_quotes")
    >>> doc = nlp('"Kami siap membantu warga," ujar Budi Santoso, Senin.')
    >>> [(q["span"]["text"], q["speaker_name"], q["cue"]) for q in doc._.records["quotes"]]
    [('"Kami siap membantu warga,"', 'Budi Santoso', 'ujar')]
    """

    def __init__(self, *, indirect: bool = False) -> None:
        self.indirect = indirect

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        direct = quotations(text)
        others = reported(text, direct) if self.indirect else []
        voices = _voices(doc) if direct or others else []
        found = [_record(text, *pair) for pair in zip(direct, speakers(text, direct, voices), strict=True)]
        for pair in zip(others, speakers(text, others, voices), strict=True):
            found.append(_record(text, *pair, indirect=True))
        store(doc, "quotes", sorted(found, key=lambda record: record["span"]["start"]))
        return doc


def _record(text: str, quotation: Quotation, voice: Voice | None, *, indirect: bool = False) -> RecordDict:
    return {
        "span": span_dict(text, quotation.start, quotation.end),
        "speaker": voice.id if voice else None,
        "speaker_name": voice.name if voice else None,
        "cue": quotation.cue,
        "indirect": indirect,
    }
