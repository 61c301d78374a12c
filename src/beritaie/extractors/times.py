"""Finds clock times with their zone: `pukul 09.00 WITA`, `jam 7 malam`, `08.00-10.00 WIB`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from beritaie.extractors._date_grammar.words import DAY_PART, TO, B, G
from beritaie.extractors._store import RecordDict, component, span_dict, taken
from beritaie.language.numbers import WORDS, read_number
from beritaie.language.ranges import Ranges
from beritaie.lexicon import alternation, column, rows, settings

_EARLIER = ("laws", "money", "percentages")
_LAST_HOUR = 24
_OFFSETS = {row["word"].casefold(): row["offset"] for row in rows("time_zones")}
_AFTERNOONS = {row["word"]: (int(row["from"]), int(row["to"])) for row in rows("day_parts") if row["from"]}
_LEAD = rf"(?:(?:{alternation(column('approximations', 'word'))}){B})?"
_OCLOCK = rf"(?:{alternation(column('clock_leads', 'word'))})(?![^\W\d_])"
_FULL = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?![\d%])(?![.,:]\d)"
_ZONE = rf"(?:{alternation(_OFFSETS)})(?!\w)"


def _clock(number: int) -> str:
    """One time, with minutes or not, in digits or words; groups are numbered to stand twice in a pattern."""
    hours = rf"\d{{1,2}}(?![\w%])(?![.,:/]\d)|(?:(?P<half{number}>setengah){B})?(?:{WORDS})"
    return rf"(?:(?P<full{number}>{_FULL})|(?P<hour{number}>{hours}))(?:{G}(?P<zone{number}>{_ZONE}))?"


_TIME = re.compile(
    rf"{_LEAD}(?<![\d.,:])(?:(?P<oclock>{_OCLOCK}){G}(?:[:.]{G})?{_clock(1)}(?:{TO}(?:{_OCLOCK}{G})?{_clock(2)})?"
    rf"|(?P<bare>{_FULL})(?:{G}(?P<bare_zone>{_ZONE}))?(?:{TO}(?:{_OCLOCK}{G})?(?P<last>{_FULL})(?:{G}(?P<last_zone>{_ZONE}))?)?)"
    rf"(?P<part>{B}(?:{DAY_PART}))?",
    re.IGNORECASE,
)
# A cheap look for where a time may begin.
_STARTS = re.compile(rf"(?<![\w.,:])(?:{_LEAD}(?:{_OCLOCK}|(?=\d{{1,2}}[.:]\d\d(?!\d))))", re.IGNORECASE)
_COUNTED_HOURS = re.compile(rf"(?:\d|(?:{WORDS})){B}\Z")
_DURATION = re.compile(rf"{B}(?:{alternation(settings('date_words')['lasting'])})(?!\w)", re.IGNORECASE)


def find_times(text: str, *, taken: Iterable[tuple[int, int]] = ()) -> list[RecordDict]:
    """The clock times of ``text`` as record dicts, in reading order; offsets count its characters.

    A bare time without `pukul` or `jam` needs a zone. Nothing is found inside the character ranges ``taken``.

    >>> [time["value"] for time in find_times("Mulai pukul 19.30 WITA, lalu jam 7 malam.")]
    ['T19:30+08:00', 'T19:00']
    """
    ranges = Ranges(taken)
    found: list[RecordDict] = []
    at = 0
    for start in _STARTS.finditer(text):
        if start.start() < at:
            continue
        match = _TIME.match(text, start.start())
        read = _read(match, text) if match else None
        if read and not ranges.cover(start.start(), read[0]):
            at, value = read
            found.append({"span": span_dict(text, start.start(), at), "value": value})
    return found


def _read(match: re.Match[str], text: str) -> tuple[int, str] | None:
    """Where the time ends and its value, None if it is no time of day."""
    if match["oclock"]:
        if match["oclock"].casefold() == "jam" and _COUNTED_HOURS.search(
            text[max(0, match.start() - 24) : match.start()]
        ):
            return None  # `2 jam 30 menit`
        zones = [match["zone1"], match["zone2"]]
        clocks = [_hour_and_minute(match, 1), _hour_and_minute(match, 2)]
    else:
        zones = [match["bare_zone"], match["last_zone"]]
        if not any(zones):
            return None
        clocks = [_digits(match["bare"]), _digits(match["last"])]
    end = match.start("part") if match["part"] else match.end()
    if clocks[0] is None or _DURATION.match(text, end):
        return None
    if clocks[1] is None and match.groupdict().get("hour2"):
        return None
    part = " ".join(match["part"].casefold().split()) if match["part"] else ""
    offsets = [_OFFSETS[zone.casefold()] if zone else "" for zone in zones]
    if clocks[1] is not None:
        offsets = [offsets[0] or offsets[1], offsets[1] or offsets[0]]
    if part and not any(zones) and not (match["oclock"] and match["full2"]):
        end = match.end()
    timed = [(clock, offset) for clock, offset in zip(clocks, offsets, strict=True) if clock is not None]
    return end, "/".join(_value(*clock, part, offset) for clock, offset in timed)


def _hour_and_minute(match: re.Match[str], number: int) -> tuple[int, int] | None:
    if match[f"full{number}"]:
        return _digits(match[f"full{number}"])
    if match[f"hour{number}"] is None:
        return None
    half = match[f"half{number}"]
    written = match[f"hour{number}"][len(half or "") :].strip()
    hour = read_number(written)
    if hour is None or hour != int(hour) or not 0 <= hour <= _LAST_HOUR:
        return None
    if half:  # `setengah tujuh` is half past six
        return (int(hour) - 1) % _LAST_HOUR, 30
    return int(hour), 0


def _digits(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    hour, minute = (int(number) for number in re.split("[.:]", text)[:2])
    return (
        (hour, minute) if hour <= _LAST_HOUR and minute < 60 and (hour < _LAST_HOUR or not minute) else None
    )


def _value(hour: int, minute: int, part: str, offset: str) -> str:
    """ISO 8601, on the twenty-four-hour clock: `jam 7 malam` is 19:00."""
    first, last = _AFTERNOONS.get(part, (1, 0))
    if first <= hour <= last:
        hour += 12
    if part == "malam" and hour == 12:
        hour = 0
    return f"T{hour:02}:{minute:02}{offset}"


def _find(doc: Doc) -> list[RecordDict]:
    return find_times(doc.text, taken=taken(doc, _EARLIER))


make_times = component("times", _find)
