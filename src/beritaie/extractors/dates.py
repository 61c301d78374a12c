"""Finds date expressions with their ISO 8601 values, settled from the day of writing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from spacy.tokens import Doc

from beritaie.extractors._date_grammar import may_begin, read_at, starts_date
from beritaie.extractors._date_grammar.in_names import in_a_name
from beritaie.extractors._date_grammar.reading import DAYS, NEAR_DAY, Context, Reading, join
from beritaie.extractors._date_grammar.words import DIGIT, TO
from beritaie.extractors._store import RecordDict, component, mentions, span_dict, taken
from beritaie.language.calendar import Partial, Period
from beritaie.language.ranges import Ranges

# Words, and the words of glued ones: `KotaSelasa`.
_WORD = re.compile(r"\d{1,20}|[A-ZÀ-Þ]?[^\W\d_A-ZÀ-Þ]+|[A-ZÀ-Þ]+(?![^\W\d_A-ZÀ-Þ])")
_TO = re.compile(TO, re.IGNORECASE)
_EARLIER = ("laws", "money", "percentages")
_NAMES = ("PER", "ORG", "LOC", "EVT")
_STALE = dt.timedelta(days=120)  # a page with no full date newer than this carries the date of its import
_YEARS = range(1900, 2200)  # of a publication date to be believed
_COMMEMORATES = re.compile(r"[ \u00a0]sebagai[ \u00a0][Hh]ari[ \u00a0]")


def find_dates(
    text: str, *, published: dt.date | None = None, taken: Iterable[tuple[int, int]] = ()
) -> list[RecordDict]:
    """The date expressions of ``text`` as record dicts, in reading order; offsets count its characters.

    ``published`` is the day of writing that short and relative dates are settled from; without it the first
    full date in the text serves. Nothing is found inside the character ranges ``taken`` (names, laws).

    >>> found = find_dates("Rapat digelar Senin (9/12) dan besok.", published=dt.date(2024, 12, 10))
    >>> [(date["span"]["text"], date["value"]) for date in found]
    [('Senin (9/12)', '2024-12-09'), ('besok', '2024-12-11')]
    """
    ranges = Ranges(taken)
    found = list(_scan(Context(text, published), ranges))
    written = _day_of_writing(found, published)
    if written != published:
        found = list(_scan(Context(text, written), ranges))
    return [
        {
            "span": span_dict(text, reading.start, reading.end),
            "value": period.value,
            "start": period.start.isoformat() if period.start else None,
            "end": period.end.isoformat() if period.end else None,
            "note": reading.note,
        }
        for reading, period in found
    ]


def _day_of_writing(found: list[tuple[Reading, Period]], published: dt.date | None) -> dt.date | None:
    """The day of publication, unless it is unknown or long after all dates of the text: then one of them."""
    full = [(period.start, reading.named) for reading, period in found if period.start and reading.full]
    if published is None:
        return full[0][0] if full else None
    named = [day for day, named in full if named]
    return max(named) if named and max(day for day, _ in full) < published - _STALE else published


def _scan(context: Context, taken: Ranges) -> Iterable[tuple[Reading, Period]]:
    """Every date expression with its period, from left to right."""
    at = 0
    for match in _WORD.finditer(context.text):
        if match.start() < at:
            continue
        word = match.group().casefold()
        word = DIGIT if word[0].isdigit() else word
        if not starts_date(word) or not may_begin(context.text, match.start()):
            continue
        reading = read_at(context, word, match.start())
        if reading is None:
            continue
        reading = _joined(reading, context)
        at = reading.end
        period = reading.said.settle(context.anchor) if isinstance(reading.said, Partial) else reading.said
        if period is None or taken.cover(reading.start, reading.end):
            continue
        if reading.years and in_a_name(context.text, reading.start, reading.end):
            continue
        period = _as_meant(context.text, reading, period)
        context.remember(reading, period)
        yield reading, period


def _joined(reading: Reading, context: Context) -> Reading:
    """The reading, with the one that `hingga` joins to it."""
    link = _TO.match(context.text, reading.end) if reading.joins else None
    word = _WORD.match(context.text, link.end()) if link else None
    if word is None:
        return reading
    first = word.group().casefold()
    last = read_at(context, DIGIT if first[0].isdigit() else first, word.start())
    wanted = DAYS if reading.joins == NEAR_DAY else reading.joins
    if last is None or last.joins != wanted or reading.said is None or last.said is None:
        return reading
    period = join(reading.said, last.said, context)
    return Reading(reading.start, last.end, period, note=reading.note or last.note) if period else reading


def _as_meant(text: str, reading: Reading, period: Period) -> Period:
    """The day of a commemoration (`22 Oktober sebagai Hari …`) is no day in particular."""
    if period.grain == "day" and reading.said is not period and _COMMEMORATES.match(text, reading.end):
        return Period.unknown()
    return period


def published_on(page: dict[str, Any]) -> dt.date | None:
    """The day of publication among what is known of a page, None if it is missing or not to be believed.

    >>> published_on({"published": "2024-12-10T14:18:00+08:00"}), published_on({"published": "0001-01-01"})
    (datetime.date(2024, 12, 10), None)
    """
    try:
        day = dt.date.fromisoformat(str(page.get("published") or "")[:10])
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _is_date(name: str) -> bool:
    """Whether what was taken for a name is nothing but a date: `T.A 2016`."""
    word = _WORD.match(name) if name[-1:].isdigit() else None
    first = word.group().casefold() if word else ""
    reading = read_at(Context(name, None), DIGIT if first[:1].isdigit() else first, 0)
    return reading is not None and reading.end == len(name)


def _find(doc: Doc) -> list[RecordDict]:
    names = [(name.start, name.end) for name in mentions(doc, *_NAMES) if not _is_date(name.text)]
    return find_dates(doc.text, published=published_on(doc._.page), taken=names + taken(doc, _EARLIER))


make_dates = component("dates", _find)
