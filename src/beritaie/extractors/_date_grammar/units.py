"""Units counted from the day of writing: `pekan lalu`, `tiga tahun terakhir`, `minggu ketiga Februari`."""

from __future__ import annotations

import datetime as dt
import re

from beritaie.extractors._date_grammar.reading import DAYS, Context, Reading, Rules
from beritaie.extractors._date_grammar.words import (
    CLASSES,
    DEICTIC,
    DEICTICS,
    DIGIT,
    GRAINS,
    MONTH,
    NOT_IN_NUMBER,
    ONE_UNIT,
    ORDINALS,
    SHIFTS,
    UNIT,
    WEEK,
    YEAR,
    B,
    G,
    any_of,
    month_of,
    plain,
    year_of,
)
from beritaie.language.calendar import Partial, Period, shift_months
from beritaie.language.numbers import DIGITS, WORDS, read_number
from beritaie.lexicon import alternation, rows

RULES = Rules()

_MOST = 1000  # units that a date may be away


def relative(grain: str, shift: int, anchor: dt.date) -> Period:
    """The period ``shift`` units from the one that ``anchor`` is in.

    >>> relative("week", -1, dt.date(2024, 12, 10)).value
    '2024-W49'
    """
    if grain == "year":
        return Period.year(anchor.year + shift)
    if grain == "month":
        return Period.month(*shift_months(anchor.year, anchor.month, shift))
    if grain == "week":
        return Period.week(anchor + dt.timedelta(days=7 * shift))
    return Period.day(anchor + dt.timedelta(days=shift))


def _stretch(grain: str, amount: float, anchor: dt.date, ahead: bool) -> Period:
    """The ``amount`` of units up to the day of writing, or from it on."""
    sign = 1 if ahead else -1
    if grain == "year" and amount < 1:
        grain, amount = "month", 12 * amount
    if grain in ("year", "month"):
        other = relative(grain, sign * max(1, round(amount)), anchor)
        here = relative(grain, 0, anchor)
        return here.until(other) if ahead else other.until(here)
    days = {"week": 7 * amount, "day": amount if ahead else amount - 1, "hour": amount / 24}[grain]
    other_day = anchor + dt.timedelta(days=sign * max(0, round(days)))
    return Period.days(*sorted((anchor, other_day)))


_UNITS = any_of(word for word, grain in GRAINS.items() if grain in ("week", "month", "year"))
_SOME = alternation(CLASSES["some"])


@RULES.rule(
    rf"(?P<unit>{_UNITS})-(?:{_UNITS}){B}(?:{DEICTIC})|(?:{_SOME}){B}(?:{UNIT}){B}(?:{DEICTIC})",
    GRAINS,
    CLASSES["some"],
)
def _vague_units(match: re.Match[str], context: Context) -> Reading | None:
    """`beberapa hari lalu`, `tahun-tahun sebelumnya`."""
    return Reading(match.start(), match.end(), Period.unknown())


_AMOUNT_BEFORE = re.compile(rf"\d{B}\Z")


@RULES.rule(
    rf"(?P<unit>{_UNITS}){B}(?P<tail>{DEICTIC})(?:{B}(?P<month>{MONTH})|{G}(?P<year>\({G}{YEAR}{G}\)))?",
    GRAINS,
)
def _unit_by_deictic(match: re.Match[str], context: Context) -> Reading | None:
    """`pekan lalu`, `tahun depan`, `bulan itu`, `bulan depan September`, `tahun ini (2025)`."""
    deictic = DEICTICS[plain(match["tail"])]
    if _AMOUNT_BEFORE.search(context.text, max(0, match.start() - 4), match.start()):
        return None  # `1-2 tahun ke depan` lasts
    if deictic["shift"] == "back":
        return None
    grain = GRAINS[match["unit"].casefold()]
    if deictic["text"]:
        return _unit_by_text(match, context, grain, int(deictic["shift"]))
    shift = 1 if deictic["shift"] == "ahead" else int(deictic["shift"])
    if match["month"] and grain == "month":
        return Reading(match.start(), match.end(), Partial(month=month_of(match["month"]), direction=shift), DAYS)
    period = relative(grain, shift, context.anchor) if context.anchor else Period.unknown()
    return Reading(match.start(), match.end("year" if match["year"] and grain == "year" else "tail"), period)


def _unit_by_text(match: re.Match[str], context: Context, grain: str, shift: int) -> Reading | None:
    """`bulan itu`, `tahun sebelumnya`: counted from the unit that was named last."""
    base = context.last(grain)
    if base is not None and base.start is not None:
        return Reading(match.start(), match.end("tail"), relative(grain, shift, base.start))
    vague = grain != "week" and shift != 0
    return Reading(match.start(), match.end("tail"), Period.unknown()) if vague else None


@RULES.rule(
    rf"{NOT_IN_NUMBER}(?:(?P<number>{DIGITS}|{WORDS}){B})?(?P<unit>hari|{WEEK}|bulan){B}(?P<side>pertama|terakhir)"
    rf"(?:{B}(?:di|dalam|dari|pada))?{B}(?:(?:bulan{B})?(?P<month>{MONTH})(?:{B}(?:tahun{B})?(?P<year>{YEAR})|{B}{DEICTIC})?"
    rf"|(?:tahun{B})?(?P<only>{YEAR})|(?P<of>bulan|tahun){B}(?P<tail>{DEICTIC}))",
    (DIGIT,),
    (row["word"] for row in rows("number_words")),
    GRAINS,
)
def _end_of_period(match: re.Match[str], context: Context) -> Reading | None:
    """`lima hari pertama Oktober`, `bulan pertama tahun ini`, `tiga bulan terakhir 2024`."""
    grain = GRAINS[match["unit"].casefold()]
    amount = int(read_number(match["number"]) or 0) if match["number"] else 1
    period = _whole(match, context)
    if period is None or (grain == "week" and not match["number"]):
        return None  # `minggu pertama Mei` is a week of the month
    if period.start is None or period.end is None:
        return Reading(match.start(), match.end(), period)
    if grain == "month" and period.grain != "year":
        return None
    first = match["side"].casefold() == "pertama"
    return Reading(match.start(), match.end(), _cut(period.start, period.end, grain, amount, first))


def _whole(match: re.Match[str], context: Context) -> Period | None:
    """The month or year that `lima hari pertama` is of."""
    if match["only"]:
        return Period.year(int(match["only"]))
    if match["month"]:
        return Partial(year_of(match["year"]), month_of(match["month"])).settle(context.anchor)
    deictic = DEICTICS[plain(match["tail"])]
    if deictic["shift"] not in SHIFTS or deictic["text"]:
        return None
    return relative(GRAINS[match["of"]], int(deictic["shift"]), context.anchor) if context.anchor else Period.unknown()


def _cut(start: dt.date, end: dt.date, grain: str, amount: int, first: bool) -> Period:
    """The first or last ``amount`` of days, weeks or months between two days."""
    if grain == "month":
        months = min(max(amount, 1), 12)
        low, high = (1, months) if first else (13 - months, 12)
        return Period.months(start.year, low, high) if months > 1 else Period.month(start.year, low)
    days = min(max(amount, 1) * (7 if grain == "week" else 1), (end - start).days + 1) - 1
    if days == 0:
        return Period.day(start if first else end)
    shift = dt.timedelta(days=days)
    return Period.days(start, start + shift) if first else Period.days(end - shift, end)


@RULES.rule(rf"musim{B}(?P<tail>{DEICTIC})", ("musim",))
def _season(match: re.Match[str], context: Context) -> Reading | None:
    """`musim lalu`: the seasons of football run from summer to summer."""
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    deictic = DEICTICS[plain(match["tail"])]
    if deictic["shift"] not in SHIFTS or deictic["text"]:
        return None
    first = context.anchor.year - (context.anchor.month < 6) + int(deictic["shift"])
    return Reading(match.start(), match.end(), Period.year(first).until(Period.year(first + 1)))


@RULES.rule(
    rf"{NOT_IN_NUMBER}(?:(?P<number>{DIGITS}|{WORDS}){B}(?P<unit>{UNIT})|(?P<one>{any_of(ONE_UNIT)})){B}(?P<tail>{DEICTIC})",
    (DIGIT,),
    (row["word"] for row in rows("number_words")),
    ONE_UNIT,
)
def _amount_by_deictic(match: re.Match[str], context: Context) -> Reading | None:
    """`dua hari lalu`, `tiga tahun terakhir`, `sebulan sebelumnya`; what lasts (`lagi`) is no date."""
    unit = match["unit"] or ONE_UNIT[match["one"].casefold()]
    grain = GRAINS.get(unit.casefold())
    amount = read_number(match["number"]) if match["number"] else 1.0
    deictic = DEICTICS[plain(match["tail"])]
    shift, use = deictic["shift"], deictic["amount"]
    if grain is None or amount is None or use == "lasts" or (grain == "hour" and shift != "back"):
        return Reading(match.start(), match.end(), None)
    if not 0 < amount <= _MOST:
        return None
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    last = context.last(grain) if deictic["text"] and grain != "day" else None
    anchor = last.start if last and last.start else context.anchor
    if use == "stretch":
        period = _stretch(grain, amount, anchor, shift != "back")
    else:
        period = relative(grain, int(shift) * max(1, round(amount)), anchor)
    return Reading(match.start(), match.end(), period)


@RULES.rule(
    rf"(?:{WEEK}){B}(?:(?P<ordinal>{any_of(ORDINALS)})|ke-?{G}?(?P<number>[1-5])(?!\d))"
    rf"(?P<of>{B}(?:di{B})?(?:bulan{B})?(?P<month>{MONTH})(?:{B}(?P<year>{YEAR}))?)?",
    (word for word, grain in GRAINS.items() if grain == "week"),
)
def _week_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """`minggu ketiga Februari 2024`."""
    week = int(match["number"] or ORDINALS[(match["ordinal"] or "").casefold()])
    if week > 5:
        return None
    if match["of"]:
        said = Partial(year_of(match["year"]), month_of(match["month"]), week=week)
        return Reading(match.start(), match.end(), said, DAYS)
    named = context.last("in a month")
    if named is None or named.start is None:
        return None
    return Reading(match.start(), match.end(), Partial(named.start.year, named.start.month, week=week), DAYS)
