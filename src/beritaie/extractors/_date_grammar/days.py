"""Days of a month, in words or digits, and days named by how far they are: `9-11 Desember 2024`, `besok`."""

from __future__ import annotations

import datetime as dt
import re

from beritaie.extractors._date_grammar.reading import (
    DAYS,
    MONTH_FIRST,
    NEAR_DAY,
    OTHER_WEEKDAY,
    Context,
    Reading,
    Rules,
    join,
    year_said,
)
from beritaie.extractors._date_grammar.words import (
    AND,
    CLASSES,
    DATE_WORD,
    DAY_PART,
    DEICTIC,
    DEICTICS,
    DIGIT,
    GLUED_MONTH,
    NEAR,
    NEAR_DAYS,
    NOT_IN_NUMBER,
    TO,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    B,
    G,
    month_of,
    plain,
    shift_of,
    weekday_of,
    year_of,
)
from beritaie.language.calendar import Partial, Period, shift_months

RULES = Rules()

_STARTS = (("hari", DIGIT), CLASSES["date"], NEAR_DAYS, WEEKDAYS)
# What may stand before a day: `hari ini, Kamis`, `hari Rabu tanggal`, `Sabtu malam hingga Minggu dini hari`.
_LEAD = (
    rf"(?:(?P<near>{NEAR})(?:{B}(?:menjelang{B})?{DAY_PART})?(?:{G},)?{G})?"
    rf"(?:(?:hari{B})?(?:(?P<weekday0>{WEEKDAY})(?:{B}{DAY_PART})?(?:{TO}|{AND})(?:hari{B})?)?"
    rf"(?P<weekday>{WEEKDAY})(?:{B}{DAY_PART})?(?:{G}[,.])?{G})?"
    rf"(?:(?:{DATE_WORD})(?!\w)\.?{G}(?:[,:]{G})?)?"
)
_TEXT_MONTH = rf"{G}(?:[-/.,]{G})?(?P<month>{GLUED_MONTH})"
_ITS_YEAR = rf"(?:\.?{G}(?:[-/.,]{G})?(?:tahun{B})?(?P<year>{YEAR})|{B}tahun{B}(?P<its>{DEICTIC}))?"
_TAIL = rf"(?:(?P<tail>{B}(?:{DAY_PART}|{DEICTIC}(?:{B}bulan{B}ini)?))?)"
_NUMERIC_YEAR = r"\d{2,4}(?![\w:])(?![.,]\d)"


def _dated(
    match: re.Match[str], context: Context, day: str, month: int, first: Partial | None = None
) -> Reading | None:
    """The reading of a day with month and perhaps year; ``first`` opens a range that ends with it."""
    groups = match.groupdict()
    year = year_said(match, context) if "its" in groups else year_of(groups["year"])
    weekday = weekday_of(groups.get("weekday"))
    end, yesterday = _end(match, bool(year))
    said = Partial(year, month, int(day), weekday, direction=shift_of(groups.get("tail")))
    note = None
    if not said.settle(context.anchor):
        said, note = said._replace(month=int(day), day=month), MONTH_FIRST  # as software writes
    last = said.settle(context.anchor)
    if last is None:
        return None
    if weekday and last.start and last.start.isoweekday() != weekday:
        note = OTHER_WEEKDAY
    opens = weekday_of(groups.get("weekday0"))
    if first is None and opens and weekday and last.start and opens != weekday:
        before = last.start - dt.timedelta(days=(weekday - opens) % 7)
        return Reading(match.start(), end, Period.day(before).until(last), note=note)
    if first is None:
        return Reading(match.start(), end, said, DAYS, bool(weekday) and not yesterday, note=note)
    period = join(first, said, context)
    return Reading(match.start(), end, period, note=note) if period else None


def _end(match: re.Match[str], has_year: bool) -> tuple[int, bool]:
    """Where the expression ends, and whether with `kemarin`: other words stay outside a full or bracketed date."""
    tail = match.groupdict().get("tail")
    if not tail:
        return match.end(), False
    yesterday = DEICTICS.get(plain(tail), {}).get("year") == "bracket"
    outside = (has_year or match.groupdict().get("bracket")) and not yesterday
    return match.end() - len(tail) * bool(outside), yesterday


@RULES.rule(
    rf"{_LEAD}(?P<bracket>\({G})?(?P<first>\d{{1,2}})(?:(?:{TO}|{AND})\d{{1,2}}){{0,4}}(?:{TO}|{AND})(?P<day>\d{{1,2}})"
    rf"{_TEXT_MONTH}{_ITS_YEAR}(?(bracket){G}\)|){_TAIL}",
    *_STARTS,
)
def _days_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """`9-11 Desember 2024`, `tanggal 17 dan 18 Juni`."""
    return _dated(match, context, match["day"], month_of(match["month"]), Partial(day=int(match["first"])))


@RULES.rule(
    rf"{_LEAD}(?P<bracket>\({G})?(?P<day>\d{{1,2}}){_TEXT_MONTH}{_ITS_YEAR}(?(bracket){G}\)|){_TAIL}",
    *_STARTS,
)
def _day_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """`Selasa, 10 Desember 2024`, `18 Juni`."""
    return _dated(match, context, match["day"], month_of(match["month"]))


@RULES.rule(
    rf"{_LEAD}(?P<bracket>\({G})?(?P<first>\d{{1,2}})(?:{G}/{G}(?P<month1>\d{{1,2}})(?:/(?P<year1>{_NUMERIC_YEAR}))?)?"
    rf"(?:{TO}|{AND})(?P<day>\d{{1,2}}){G}/{G}(?P<month>\d{{1,2}})(?:{G}/{G}(?P<year>{_NUMERIC_YEAR}))?(?![\w/])"
    rf"(?(bracket)(?P<closed>{G}\))?|){_TAIL}",
    *_STARTS,
)
def _numeric_days(match: re.Match[str], context: Context) -> Reading | None:
    """`Sabtu-Minggu (7-8/6/2025)`."""
    if not (match["weekday"] or match["year"] or match["bracket"]):
        return None
    first = Partial(year_of(match["year1"]), int(match["month1"]) if match["month1"] else None, int(match["first"]))
    return _dated(match, context, match["day"], int(match["month"]), first)


@RULES.rule(
    rf"{_LEAD}(?P<bracket>\({G})?(?P<day>\d{{1,2}})(?:{G}(?P<mark>[/.-]){{1,2}}{G})(?P<month>\d{{1,2}})"
    rf"(?:{G}[/.-]{{1,2}}{G}(?P<year>{_NUMERIC_YEAR}))?(?![\w/:])(?!,\d)(?(bracket)(?P<closed>{G}\))?|){_TAIL}",
    *_STARTS,
)
def _numeric_day(match: re.Match[str], context: Context) -> Reading | None:
    """`Senin (09/12/2024)`, `Kamis (2/8) petang`, `1/3/2024`."""
    named = match["weekday"] or match["near"]
    full = match["year"] and len(match["year"]) == 4
    enclosed = match["bracket"] and match["closed"]
    if not (full or (named and (enclosed or match["mark"] == "/"))):
        return None
    return _dated(match, context, match["day"], int(match["month"]))


@RULES.rule(r"(?<=\()(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d\d))?(?=\))", DIGIT)
def _bracketed_day(match: re.Match[str], context: Context) -> Reading | None:
    """`(1/6)` alone: the brackets stay outside."""
    return _dated(match, context, match["day"], int(match["month"]))


@RULES.rule(
    rf"{NOT_IN_NUMBER}(?P<year>(?:19|20|21)\d\d)(?P<mark>[-/.])(?P<month>\d{{2}})(?P=mark)(?P<day>\d{{2}})(?!\d)",
    DIGIT,
)
def _iso_day(match: re.Match[str], context: Context) -> Reading | None:
    """`2024-12-09`."""
    return _dated(match, context, match["day"], int(match["month"]))


@RULES.rule(
    rf"(?:{DATE_WORD}){B}(?P<day>\d{{1,2}})(?:(?:{TO}|{AND})(?P<last>\d{{1,2}}))?(?![\w/])(?![.,:]\d)"
    rf"(?:{B}(?P<bulan>bulan{B})?(?P<tail>{DEICTIC}))?",
    CLASSES["date"],
)
def _day_alone(match: re.Match[str], context: Context) -> Reading | None:
    """`tanggal 17 mendatang`, `tanggal 5 bulan depan`."""
    said = Partial(day=int(match["day"]), direction=shift_of(match["tail"]))
    if match["bulan"] and context.anchor:
        year, month = shift_months(context.anchor.year, context.anchor.month, shift_of(match["tail"]))
        said = Partial(year, month, int(match["day"]))
    first = said.settle(context.anchor)
    if first is None:
        return None
    if match["last"] is None:
        return Reading(match.start(), match.end(), first, DAYS)
    if first.start is None:
        return Reading(match.start(), match.end(), first)
    last = Partial(first.start.year, first.start.month, int(match["last"])).settle(context.anchor)
    return Reading(match.start(), match.end(), first.until(last)) if last else None


@RULES.rule(rf"(?:{NEAR})(?!-)", NEAR_DAYS)
def _near_day(match: re.Match[str], context: Context) -> Reading | None:
    """`besok`, `hari ini`."""
    word = plain(match.group())
    if NEAR_DAYS[word] == "text":
        last = context.last("day")
        if last is None or last.start is None:
            return Reading(match.start(), match.end(), Period.unknown())
        return Reading(match.start(), match.end(), Period.day(last.start + dt.timedelta(days=1)))
    today = context.day_spoken(match.start())
    if today is None:
        return Reading(match.start(), match.end(), Period.unknown())
    if NEAR_DAYS[word] == "-1" and context.quoted(match.start()):
        return Reading(match.start(), match.end(), Period.unknown())  # a loose `kemarin` in speech
    return Reading(match.start(), match.end(), Period.day(today + dt.timedelta(days=int(NEAR_DAYS[word]))), NEAR_DAY)
