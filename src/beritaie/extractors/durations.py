"""Finds how long things last and how old people are: `tiga hari`, `5-10 tahun`, `Ani (25)`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from beritaie.extractors._date_grammar import may_begin
from beritaie.extractors._date_grammar.words import MONTH, WEEKDAY, B, G
from beritaie.extractors._store import RecordDict, component, mentions, span_dict, taken
from beritaie.language.numbers import DIGITS, NUMBER, WORDS, read_number
from beritaie.language.ranges import Ranges
from beritaie.lexicon import alternation, column, rows, settings

_EARLIER = ("laws", "money", "percentages", "dates", "times")
_UNITS = {row["word"]: (row["designator"], int(row["factor"])) for row in rows("time_units")}
_ONE = {row["word"]: row["unit"] for row in rows("time_one")}
_UNIT = rf"(?:{alternation(_UNITS)})(?!\w)(?!-\w)"
_RANGE = rf"(?:{G}[-–—]{G}|{B}(?:{alternation(settings('date_words')['through'])}){B})"
_LONGEST_LIFE = 120
_DURATION = re.compile(
    rf"(?:(?:(?:{DIGITS}|{WORDS}){_RANGE})?(?P<amount>{NUMBER}){G}(?P<unit>{_UNIT})"
    rf"(?:{B}(?:dan{B}|lebih{B})?(?P<more>{DIGITS}|{WORDS}){B}(?P<smaller>{_UNIT}))?"
    rf"|(?P<one>{alternation(_ONE)})(?![\w-]))",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"{B}(?:(?:{alternation(row['word'] for row in rows('deictics') if row['shift'] == '-1')}|sekali)(?!\w)"
    r"|(?:19|20)\d\d(?!\d))",
    re.IGNORECASE,
)
_WORD = re.compile(r"\d{1,20}|[^\W\d_]+")
_STARTS = frozenset(word.split()[0].casefold() for word in (*column("number_words", "word"), *_ONE))
_AGE_WORD, _NO_NAME_WORD = (
    alternation(row["word"] for row in rows("age_words") if row["kind"] == kind) for kind in ("age", "none")
)
_AGED = re.compile(
    rf"(?<!\w)(?:{_AGE_WORD}){B}(?P<age>\d{{1,3}})(?![\w%])(?![.,:/]\d)(?!{G}[-–]{G}\d)(?!{B}(?:{_UNIT}))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([ \u00a0]?(?P<age>\d{1,3})(?=[ \u00a0]?(?:\)|[.,](?!\d)))")
_BEHIND_COMMA = re.compile(r",[ \u00a0](?P<age>\d{2})(?=[,;)])")
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w'’.-]{0,30}|[A-Z])[\"”’']?[ \u00a0]?\Z")
_NO_NAME = re.compile(rf"(?<!\w)(?:{_NO_NAME_WORD}|{WEEKDAY}|{MONTH})[ \u00a0]?\Z", re.IGNORECASE)


def find_durations(
    text: str, *, people: Iterable[tuple[int, int]] = (), taken: Iterable[tuple[int, int]] = ()
) -> list[RecordDict]:
    """The durations and ages of ``text`` as record dicts, in reading order; offsets count characters.

    ``people`` are the character ranges of persons' names: a number in brackets right after one is an age, as
    it is after any capitalised word that may be a name. Nothing is found inside the ranges ``taken``.

    >>> found = find_durations("Sutini (56) menunggu 2 tahun 6 bulan.")
    >>> [(duration["span"]["text"], duration["value"]) for duration in found]
    [('56', 'P56Y'), ('2 tahun 6 bulan', 'P2Y6M')]
    """
    ranges = Ranges(taken)
    found = [*_amounts(text), *_ages(text, [end for _, end in people])]
    kept: list[RecordDict] = []
    for start, end, value in sorted(found):
        apart = not kept or kept[-1]["span"]["end"] <= start
        if apart and not ranges.touch(start, end):
            kept.append({"span": span_dict(text, start, end), "value": value})
    return kept


def _amounts(text: str) -> Iterable[tuple[int, int, str]]:
    """Amounts of a unit of time, where they are not said of when."""
    at = 0
    for word in _WORD.finditer(text):
        if word.start() < at or not (word.group()[0].isdigit() or word.group().casefold() in _STARTS):
            continue
        match = _DURATION.match(text, word.start()) if may_begin(text, word.start()) else None
        if match is None or _WHEN.match(text, match.end()):
            continue
        value = _value(match)
        if value:
            at = match.end()
            yield match.start(), match.end(), value


def _value(match: re.Match[str]) -> str | None:
    """ISO 8601 of an amount, the upper bound of a range."""
    if match["one"]:
        return iso_duration([(1.0, _ONE[match["one"].casefold()])])
    parts = [(read_number(match["amount"]), match["unit"].casefold())]
    if match["more"] and _UNITS[match["smaller"].casefold()][0] != _UNITS[match["unit"].casefold()][0]:
        parts.append((read_number(match["more"]), match["smaller"].casefold()))
    return iso_duration([(amount, unit) for amount, unit in parts if amount is not None])


def iso_duration(parts: list[tuple[float, str]]) -> str | None:
    """ISO 8601 of amounts of Indonesian units of time, None if there is nothing of any.

    >>> iso_duration([(1, "hari"), (1.5, "jam")]), iso_duration([(2, "dekade")])
    ('P1DT1.5H', 'P20Y')
    """
    days = hours = ""
    for amount, unit in parts:
        designator, factor = _UNITS[unit]
        number = f"{amount * factor:f}".rstrip("0").rstrip(".")
        if designator.startswith("T"):
            hours += number + designator[1]
        else:
            days += number + designator
    if not any(amount for amount, _ in parts):
        return None
    return f"P{days}" + (f"T{hours}" if hours else "")


def _ages(text: str, name_ends: list[int]) -> Iterable[tuple[int, int, str]]:
    """Ages without a unit: `berusia 25`, `Ani (25)`, `Ani, 25,`."""
    found = list(_AGED.finditer(text))
    ends = set(name_ends)
    for match in _BRACKETED.finditer(text):
        before = text[max(0, match.start() - 34) : match.start()]
        if any(match.start() - gap in ends for gap in range(3)) or (
            _NAME_BEFORE.search(before) and not _NO_NAME.search(before)
        ):
            found.append(match)
    for end in name_ends:
        behind = _BEHIND_COMMA.match(text, end)
        if behind:
            found.append(behind)
    for match in found:
        if 0 < int(match["age"]) <= _LONGEST_LIFE:
            yield *match.span("age"), f"P{int(match['age'])}Y"


def _find(doc: Doc) -> list[RecordDict]:
    people = [(mention.start, mention.end) for mention in mentions(doc, "PER")]
    names = [(mention.start, mention.end) for mention in mentions(doc, "ORG", "LOC", "EVT")]
    return find_durations(doc.text, people=people, taken=names + taken(doc, _EARLIER))


make_durations = component("durations", _find)
