"""What speaks for a date, a place or a participant being an event's, as named features."""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from beritaie.lexicon import rows
from beritaie.linking.event_features import bucket, context, first_words, flags, groups, root, root_sentences
from beritaie.linking.event_phrases import Facts, Phrase, Range, Record, head_at, spans
from beritaie.linking.linear import Features

_NEAR = 5  # words before or after a name in which a cue speaks for it
_CLAUSE = 25  # words before a date in which a verb of speech claims it
_NESTED = 8  # ranges that may begin before another and still hold it
_SPOKEN = frozenset(
    {"statement", "policy", "economy"}
)  # types whose date and place are often those of the talk
_QUOTATION_MARKS = '"“”’'
_WIDE = frozenset({"country", "province"})
_CHAIN = " ,(\u00a0"  # what may stand between two places of a chain
_GRADES = (-2, -1, -0.3, 0.3, 1, 2)
SPECIFIC = ("venue", "street", "village", "district", "area", "geo", "city", "regency", "province", "country")


class Setting(NamedTuple):
    """An event whose phrase and type are known, and the stretch of its date where it has one."""

    phrase: Phrase
    kind: str
    date: Range | None = None

    @property
    def camp(self) -> str:
        """What was said, or what happened."""
        return "said" if self.kind in _SPOKEN else "done"


@cache
def _roles() -> dict[tuple[str, str], tuple[str, ...]]:
    """Cue and side to the roles they speak for."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows("participant_roles"):
        key = (row["word"], row["side"])
        found[key] = (*found.get(key, ()), row["role"])
    return found


@cache
def _role_starts() -> frozenset[str]:
    return first_words(word for word, _ in _roles())


def within(span: Range, others: Sequence[Range]) -> bool:
    """Whether a range lies in one of the others, which are sorted, and is not that one.

    >>> within((3, 5), [(0, 9), (3, 5)]), within((3, 5), [(3, 5), (6, 9)])
    (True, False)
    """
    last = bisect_right(others, (span[0], sys.maxsize))
    around = others[max(0, last - _NESTED) : last]
    return any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in around)


def sentences_of(facts: Facts, found_at: Iterable[Range]) -> set[int]:
    """The sentences in which ranges begin."""
    return {facts.sentence(start) for start, _ in found_at}


def _gap(facts: Facts, found_at: Iterable[Range], phrase: Phrase) -> str:
    """How many sentences lie between a record and where the event is named."""
    named_in = sentences_of(facts, phrase.spans)
    gap = min(abs(a - b) for a in sentences_of(facts, found_at) for b in named_in)
    return f"gap:{bucket(gap, 0, 1, 3)}"


# -- when --


def date_features(facts: Facts, setting: Setting, index: int) -> Features:
    """What speaks for date record ``index`` being the event's."""
    record = facts.all("dates")[index]
    span, value = spans(record)[0], str(record["value"])
    found = flags(_of_date_context(facts, setting, span))
    found |= flags(_of_date_layout(facts, setting, span))
    found |= flags(_of_talk(facts, setting, span))
    found |= flags(_of_age(facts, setting, value))
    shape = _shape(value)
    if shape == "day":
        found |= flags(_of_days(facts, index))
    found |= {
        f"rank:{bucket(index, 0, 1, 2)}": 1.0,
        f"shape:{shape}": 1.0,
        f"shape:{shape} {setting.kind}": 0.5,
    }
    return found


def _of_date_context(facts: Facts, setting: Setting, span: Range) -> Iterator[str]:
    before, after = facts.before(span[0], _NEAR), facts.after(span[1], 1)
    for cue in context(before):
        yield f"before:{cue}"
        yield f"before:{cue} {setting.camp}"
    index = facts.sentence(span[0])
    sentence = facts.sentences[index] if index < len(facts.sentences) else span
    cues = context(facts.words_in(*sentence))
    if "report" in cues:
        yield f"report {setting.camp}"
    if "holding" in cues:
        yield "holding"
    if before:
        yield f"prev:{before[-1].lower}"
    if "future" in context(after):
        yield "after:future"


def _of_date_layout(facts: Facts, setting: Setting, span: Range) -> Iterator[str]:
    start, end = span
    yield _gap(facts, [span], setting.phrase)
    yield f"sentence:{bucket(facts.sentence(start), 0, 1, 2, 4)}"
    line_end = facts.text.find("\n", end)
    line = (len(facts.text) if line_end < 0 else line_end) - facts.text.rfind("\n", 0, start) - 1
    if line - (end - start) < 30:
        yield "alone on its line"
    if facts.text[start - 1 : start] == "(" or facts.text[start:end].endswith(")"):
        yield "bracketed"
    if any(a <= start < b for a, b in facts.quoted):
        yield "quoted"
    if any(a < end and start < b for a, b in setting.phrase.spans):
        yield "in name"


def _of_talk(facts: Facts, setting: Setting, span: Range) -> Iterator[str]:
    """Whether a date is that of the talk (`kata Bupati, Senin`), or the event is named in its sentence."""
    index = facts.sentence(span[0])
    start = facts.sentences[index][0] if index < len(facts.sentences) else span[0]
    quote = max(facts.text.rfind(mark, start, span[0]) for mark in _QUOTATION_MARKS)
    words = facts.words_in(max(start, quote + 1), span[0])[-_CLAUSE:]
    heads = (head_at(words, at) for at in range(len(words)))
    head = setting.phrase.head
    if "report" in context(words) or any(found and found[0].kind == "say" for found in heads):
        yield "talk"
        yield f"talk {setting.camp}"
        yield f"talk {setting.kind}"
        yield f"talk kind:{head.kind if head else 'none'}"
    else:
        yield f"no talk {setting.camp}"
    if quote > start:
        yield "behind quotation"
    if head and index in root_sentences(facts).get(root(head.word.split()[-1]), ()):
        yield "head in sentence"


def _of_days(facts: Facts, index: int) -> Iterator[str]:
    """Whether a day is the first that the article names, and the only one."""
    days = [i for i, date in enumerate(facts.all("dates")) if _shape(str(date["value"])) == "day"]
    yield "first day" if days[0] == index else "later day"
    yield "only day" if len(days) == 1 else "one of days"


def _shape(value: str) -> str:
    """How fine a date is."""
    if "/" in value:
        return "span"
    return {10: "day", 4: "year"}.get(len(value), "part")


def _of_age(facts: Facts, setting: Setting, value: str) -> Iterator[str]:
    """How long before the publication a day is."""
    if facts.published and _shape(value) == "day":
        try:
            days = (dt.date.fromisoformat(facts.published[:10]) - dt.date.fromisoformat(value)).days
        except ValueError:
            return
        ago = "ahead" if days < 0 else bucket(days, 0, 1, 3, 7, 31)
        yield f"ago:{ago}"
        yield f"ago:{ago} {setting.camp}"


def no_date_features(facts: Facts, setting: Setting) -> Features:
    """What speaks for the article not saying when the event is."""
    dates = facts.all("dates")
    named_in = sentences_of(facts, setting.phrase.spans)
    written_in = {facts.sentence(spans(date)[0][0]) for date in dates}
    near = any(abs(a - b) <= 1 for a in written_in for b in named_in)
    return flags(
        [
            "none",
            f"none {setting.kind}",
            f"none {setting.camp}",
            f"none of {bucket(len(dates), 1, 3)}",
            "none though near" if near else "none near",
        ]
    )


# -- where --


def place_features(facts: Facts, setting: Setting, index: int) -> Features:
    """What speaks for place record ``index`` being where the event is."""
    places = facts.all("places")
    record = places[index]
    found_at = spans(record)
    level = _level(record)
    free = [span for span in found_at if not within(span, facts.hosts)]
    look = free or found_at
    found = flags(_of_place(facts, setting, level, found_at, free))
    found |= flags(_of_place_words(facts, setting, places, look))
    found |= {"bias": 1.0, f"rank:{bucket(index, 0, 1, 3, 6)}": 1.0}
    if setting.date:
        found |= flags(_beside_date(facts, setting.date, level, look))
    if level in _WIDE:
        finer = any(other.get("kind") not in _WIDE | {"geo"} for other in places)
        found[f"{level} {'of finer' if finer else 'alone'}"] = 1.0
    return found


def _of_place(
    facts: Facts, setting: Setting, level: str, found_at: Sequence[Range], free: Sequence[Range]
) -> Iterator[str]:
    """Where a place is named, and whether on its own or only inside other names."""
    sort, look = ("free", free) if free else ("name", found_at)
    yield f"level:{level}"
    yield f"named:{sort}"
    yield f"named:{sort} {level}"
    gap = _gap(facts, look, setting.phrase)
    yield gap
    yield f"{gap} {sort}"
    yield f"first:{bucket(min(sentences_of(facts, look)), 0, 1, 2, 4)} {sort}"
    if any(facts.in_headline(start) for start, _ in look):
        yield f"headline {sort}"
    yield f"mentions:{bucket(len(found_at), 1, 2, 4)}"
    yield f"{setting.kind} {'venue' if level == 'venue' else 'place'}"
    if facts.dateline and any(facts.dateline[0] <= start < facts.dateline[1] for start, _ in found_at):
        yield "dateline"
        yield f"dateline {setting.camp}"
        if len(found_at) == 1:
            yield "only dateline"
    if any(a <= start and end <= b for start, end in found_at for a, b in setting.phrase.spans):
        yield "in phrase"


def _of_place_words(
    facts: Facts, setting: Setting, places: Sequence[Record], look: Sequence[Range]
) -> Iterator[str]:
    """The words around a place, and the places in a chain with it."""
    for span in look[:3]:
        for word in facts.before(span[0], 1):
            yield f"prev:{word.lower}"
        if chained := _chained(facts, places, span):
            yield f"chain:{chained}"
    for cue in context(facts.before(look[0][0], _NEAR)):
        yield f"before:{cue} {setting.camp}"


def _beside_date(facts: Facts, date: Range, level: str, look: Sequence[Range]) -> Iterator[str]:
    close = min(min(abs(start - date[1]), abs(date[0] - end)) for start, end in look)
    yield f"date:{bucket(close, 4, 40, 120)}"
    if facts.sentence(date[0]) in sentences_of(facts, look):
        yield f"with date {level}"


def _chained(facts: Facts, places: Sequence[Record], span: Range) -> str:
    """Whether another place stands right before or behind, as in `Desa A, Kecamatan B`."""
    before, after = _neighbours(facts, places, span)
    return "both" if before and after else "left" if before else "right" if after else ""


def _neighbours(facts: Facts, places: Sequence[Record], span: Range) -> tuple[set[str], set[str]]:
    """The ids of the places that end right before a name, and of those that begin right behind it."""
    if "place edges" not in facts.notes:
        begun: dict[int, set[str]] = {}
        ended: dict[int, set[str]] = {}
        for place in places:
            for start, end in spans(place):
                begun.setdefault(start, set()).add(str(place.get("id")))
                ended.setdefault(end, set()).add(str(place.get("id")))
        facts.notes["place edges"] = (begun, ended)
    begun, ended = facts.notes["place edges"]
    start, end = span
    before, after = facts.text[max(0, start - 3) : start], facts.text[end : end + 3]
    left = (ended.get(start - k, set()) for k in (1, 2, 3) if not before[-k:].strip(_CHAIN))
    right = (begun.get(end + k, set()) for k in (1, 2, 3) if not after[:k].strip(_CHAIN))
    return set().union(*left), set().union(*right)


def company_features(facts: Facts, places: Sequence[Record], scores: Sequence[float]) -> list[Features]:
    """What the ``places`` in question speak for one another being where the event is, by the ``scores`` of each.

    Each is named somewhere. Where one is the event's, those that it lies in or that stand in a chain with it tend to
    be, and its rivals not.
    """
    spots = [
        _Spot(
            score,
            SPECIFIC.index(_level(place)),
            str(place.get("code") or ""),
            str(place.get("code") or place.get("within") or ""),
            sentences_of(facts, spans(place)),
        )
        for place, score in zip(places, scores, strict=True)
    ]
    by_id = {str(place.get("id")): score for place, score in zip(places, scores, strict=True)}
    found = []
    for i, (place, spot) in enumerate(zip(places, spots, strict=True)):
        level = SPECIFIC[spot.rank]
        features = flags(_of_company(spot, spots[:i] + spots[i + 1 :], level))
        features |= {"bias": 1.0, "score": spot.score, f"score {level}": spot.score, f"level:{level}": 1.0}
        chained = [
            (by_id[other], side)
            for span in spans(place)[:6]
            for side, ids in zip(("before", "behind"), _neighbours(facts, facts.all("places"), span), strict=True)
            for other in ids
            if other in by_id and other != str(place.get("id"))
        ]
        if chained:
            best, side = max(chained)
            features |= {"chained": best, f"chained {side} {_grade(best)}": 1.0}
        found.append(features)
    return found


class _Spot(NamedTuple):
    """A place as its company sees it: its score, how far its level is from a venue, its code, where it is named."""

    score: float
    rank: int
    code: str
    within: str  # its code, or that of the area a venue lies in
    named_in: set[int]

    def holds(self, other: _Spot) -> bool:
        """Whether another place is part of this one."""
        return bool(self.code) and other.within.startswith(self.code) and other.code != self.code


def _of_company(spot: _Spot, others: Sequence[_Spot], level: str) -> Iterator[str]:
    yield f"score:{_grade(spot.score)}"
    rivals = [other.score for other in others if other.rank == spot.rank]
    if rivals:
        yield f"rival:{_grade(max(rivals) - spot.score)}"
    yield f"holds:{_best(other.score for other in others if spot.holds(other))} {level}"
    yield f"within:{_best(other.score for other in others if other.holds(spot))}"
    yield f"finer:{_best(other.score for other in others if other.rank < spot.rank)} {level}"
    yield f"chosen:{bucket(sum(other.score > 0 for other in others), 0, 1, 2, 3)}"
    yield f"beside:{_best(other.score for other in others if spot.named_in & other.named_in)}"


def _level(place: Record) -> str:
    return str(place.get("kind") or "area")


def _grade(score: float) -> str:
    """A score as the limit that it does not exceed."""
    return next((str(limit) for limit in _GRADES if score <= limit), "more")


def _best(scores: Iterable[float]) -> str:
    """The grade of the highest score."""
    best = max(scores, default=None)
    return "none" if best is None else _grade(best)


# -- who --


class Guest(NamedTuple):
    """Somebody who may take part: a `person`, `position` or `institution`, the how manieth of its sort."""

    sort: str
    rank: int
    record: Record


def guests(facts: Facts) -> Iterator[Guest]:
    """Everyone who may take part: persons, institutions, and positions that no named person holds."""
    held = {official.get("position_id") for official in facts.all("officials")}
    for sort, name in (("person", "persons"), ("position", "positions"), ("institution", "institutions")):
        free = (r for r in facts.all(name) if spans(r) and not (sort == "position" and r.get("id") in held))
        for rank, record in enumerate(free):
            yield Guest(sort, rank, record)


def guest_features(facts: Facts, setting: Setting, guest: Guest) -> Features:
    """What speaks for somebody taking part, and in which role."""
    found_at = spans(guest.record)
    hosts = facts.offices if guest.sort == "institution" else facts.hosts if guest.sort == "position" else ()
    nested = all(within(span, hosts) for span in found_at)
    label = f"{guest.sort}{' in name' if nested else ''}"
    found = flags(_of_guest(facts, guest))
    found |= flags(_of_guest_place(facts, setting, guest.sort, label, found_at))
    found |= flags(_of_guest_words(facts, guest.sort, found_at))
    found |= flags(_of_speech(facts, setting, guest, found_at))
    found |= {"bias": 1.0, f"{label} rank:{bucket(guest.rank, 0, 1, 2, 4, 8)}": 1.0}
    return found


def _of_guest(facts: Facts, guest: Guest) -> Iterator[str]:
    """The office or sort of body."""
    record = guest.record
    if status := facts.held.get(str(record.get("id"))):
        yield "holds office"
        yield f"office:{status}"
    if guest.sort == "position":
        yield f"office:{str(record.get('head') or record.get('name', '')).split(' ')[0].casefold()}"
    if guest.sort == "institution" and record.get("kind"):
        yield f"institution:{record['kind']}"


def _of_guest_place(
    facts: Facts, setting: Setting, sort: str, label: str, found_at: Sequence[Range]
) -> Iterator[str]:
    """Where somebody is named."""
    yield label
    yield f"{label} {setting.kind}"
    yield f"{label} mentions:{bucket(len(found_at), 1, 2, 4)}"
    yield f"{label} {_gap(facts, found_at, setting.phrase)}"
    yield f"{label} first:{bucket(facts.sentence(found_at[0][0]), 0, 1, 2, 4, 8)}"
    if any(facts.in_headline(start) for start, _ in found_at):
        yield f"{sort} headline"
    if setting.date and facts.sentence(setting.date[0]) in sentences_of(facts, found_at):
        yield f"{sort} with date"


def _of_guest_words(facts: Facts, sort: str, found_at: Sequence[Range]) -> Iterator[str]:
    """The words around somebody's name."""
    for role in roles_near(facts, found_at[:6], facts.offices if sort == "person" else ()):
        yield f"cue:{role}"
        yield f"{sort} cue:{role}"
    if any(_listed(facts, span) for span in found_at[:4]):
        yield f"{sort} listed"
    for word in facts.before(found_at[0][0], 1):
        yield f"prev:{word.lower}"
    for word in facts.after(found_at[0][1], 1):
        yield f"{sort} next:{word.lower}"


def _of_speech(facts: Facts, setting: Setting, guest: Guest, found_at: Sequence[Range]) -> Iterator[str]:
    """Whether somebody is quoted, or only spoken of in quotations."""
    said = facts.speakers[str(guest.record.get("id"))]
    yield f"{guest.sort} said:{bucket(said, 0, 1, 3)}"
    if said:
        yield f"said {setting.kind}"
    if all(any(a <= start < b for a, b in facts.quoted) for start, _ in found_at):
        yield f"{guest.sort} only quoted"


def roles_near(facts: Facts, found_at: Sequence[Range], titles: Sequence[Range] = ()) -> dict[str, int]:
    """The roles that words beside a name in its sentence speak for, with how often; a title at it is stepped over."""
    table = _roles()
    found: dict[str, int] = {}
    for start, end in found_at:
        left = min((a for a, b in titles if 0 <= start - b <= 4), default=start)
        right = max((b for a, b in titles if 0 <= a - end <= 4), default=end)
        first, last = facts.bounds(start)
        before, after = facts.words_in(first, left)[-_NEAR:], facts.words_in(right, last)[:_NEAR]
        for side, words in (("before", before), ("after", after)):
            cues = dict.fromkeys(group for group in groups(words, _role_starts()) if (group, side) in table)
            for cue in cues:
                if not any(longer != cue and f" {cue} " in f" {longer} " for longer in cues):
                    for role in table[cue, side]:
                        found[role] = found.get(role, 0) + 1
    return found


def _listed(facts: Facts, span: Range) -> bool:
    """Whether a name stands in an enumeration."""
    before, after = facts.text[max(0, span[0] - 60) : span[0]], facts.text[span[1] : span[1] + 40]
    return "," in before and "," in after
