"""Months and the parts of months, years and weeks: `Desember 2024`, `akhir Mei`, `akhir pekan ini`."""

from __future__ import annotations

import datetime as dt
import re

from beritaie.extractors._date_grammar.reading import DAYS, YEARS, Context, Reading, Rules, join, year_said
from beritaie.extractors._date_grammar.words import (
    DEICTIC,
    DEICTICS,
    MONTH,
    MONTHS,
    SHORT_MONTH,
    THIRDS,
    TO,
    WEEK,
    YEAR,
    B,
    G,
    any_of,
    follows_time_lead,
    month_of,
    plain,
    shift_of,
    year_of,
)
from beritaie.language.calendar import Partial, Period, shift_months
from beritaie.lexicon import alternation, column

RULES = Rules()


@RULES.rule(
    rf"(?P<bulan>bulan{B})?(?P<month>{SHORT_MONTH})(?:\.(?={G}\d))?(?:{TO}(?P<last>{SHORT_MONTH}))?"
    rf"(?:(?:{B}|,{B}?|-)(?:tahun{B})?(?P<year>{YEAR})|{B}tahun{B}(?P<its>{DEICTIC}))?(?P<tail>{B}{DEICTIC})?",
    ("bulan",),
    MONTHS,
)
def _month(match: re.Match[str], context: Context) -> Reading | None:
    """`Desember 2024`, `bulan April-Mei 2025`, `April lalu`; alone only after words like `pada`."""
    word, year, tail, end = match["month"], year_said(match, context), match["tail"], match.end()
    if year and tail and not (match["bulan"] or DEICTICS[plain(tail)]["year"]):
        end, tail = end - len(tail), None
    written = match["bulan"] or (word[0].isupper() and (tail or _calls_for_time(context.text, match.start(), end)))
    abbreviated = MONTHS[word.casefold()]["reader"] == "short"
    if not year and (not written or abbreviated or (tail and DEICTICS[plain(tail)]["text"])):
        return None
    said = Partial(year, month_of(match["last"] or word), direction=shift_of(tail))
    if match["last"] is None:
        return Reading(match.start(), end, said, DAYS)
    period = join(Partial(month=month_of(word), direction=shift_of(tail)), said, context)
    return Reading(match.start(), end, period) if period else None


def _calls_for_time(text: str, start: int, end: int) -> bool:
    """Whether a month's name follows a word like `pada` and is not the first of a name."""
    return follows_time_lead(text, start) and not re.match(r"[ \u00a0](?:[A-Z]|\d)", text[end : end + 2])


@RULES.rule(
    rf"(?P<part>{any_of(THIRDS)}){B}(?:bulan{B})?(?P<month>{MONTH})"
    rf"(?:{B}(?:tahun{B})?(?P<year>{YEAR})|{B}tahun{B}(?P<its>{DEICTIC}))?(?P<tail>{B}{DEICTIC})?",
    THIRDS,
)
def _part_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """`akhir Februari 2025`, `awal September lalu`."""
    year, tail, end = year_said(match, context), match["tail"], match.end()
    if year and tail:
        end, tail = end - len(tail), None
    third = THIRDS[plain(match["part"])]
    return Reading(
        match.start(),
        end,
        Partial(year, month_of(match["month"]), third=third, direction=shift_of(tail)),
        DAYS,
    )


@RULES.rule(
    rf"(?P<part>{any_of(THIRDS)}){B}(?:(?:di{B})?(?:tahun|thn){B})?(?P<year>{YEAR})(?:{B}(?P<tail>mendatang))?",
    THIRDS,
)
def _part_of_year(match: re.Match[str], context: Context) -> Reading | None:
    """`akhir 2025`, `awal tahun 2020`."""
    third = THIRDS[plain(match["part"])]
    return Reading(match.start(), match.end(), Partial(year_of(match["year"]), third=third), YEARS)


@RULES.rule(
    rf"(?P<part>{any_of(THIRDS)}){B}(?P<unit>tahun|bulan)(?!\w)(?:{B}(?P<tail>{DEICTIC})(?:{B}(?P<month>{MONTH}))?)?"
    rf"(?!{B}(?:{alternation(column('year_kinds', 'word'))})(?!\w))",
    THIRDS,
)
def _part_of_this(match: re.Match[str], context: Context) -> Reading | None:
    """`akhir tahun`, `awal bulan depan`."""
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    third = THIRDS[plain(match["part"])]
    shift = shift_of(match["tail"])
    if match["unit"].casefold() == "tahun":
        end = match.end("tail") if match["tail"] else match.end("unit")
        return Reading(match.start(), end, Partial(context.anchor.year + shift, third=third), YEARS)
    year, month = shift_months(context.anchor.year, context.anchor.month, shift)
    if match["month"]:
        month = month_of(match["month"])
    return Reading(match.start(), match.end(), Partial(year, month, third=third), DAYS)


@RULES.rule(rf"akhir{B}(?:{WEEK})(?:{B}(?P<tail>{DEICTIC}))?", ("akhir",))
def _weekend(match: re.Match[str], context: Context) -> Reading | None:
    """`akhir pekan ini`; alone the one nearest to the day of writing."""
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    weekday = context.anchor.isoweekday()
    shift = shift_of(match["tail"])
    if not match["tail"] and weekday <= 2:
        shift = -1
    saturday = context.anchor + dt.timedelta(days=6 - weekday + 7 * shift)
    return Reading(match.start(), match.end(), Period.days(saturday, saturday + dt.timedelta(days=1)))


@RULES.rule(rf"(?P<part>{any_of(THIRDS)}){B}(?P<unit>{WEEK})(?:{B}(?P<tail>{DEICTIC}))?", THIRDS)
def _part_of_week(match: re.Match[str], context: Context) -> Reading | None:
    """`awal pekan ini`: Monday and Tuesday, then Wednesday and Thursday."""
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    third = THIRDS[plain(match["part"])]
    monday = (
        context.anchor - dt.timedelta(days=context.anchor.weekday()) + dt.timedelta(days=7 * shift_of(match["tail"]))
    )
    first = monday + dt.timedelta(days=2 * (third - 1))
    return Reading(match.start(), match.end(), Period.days(first, first + dt.timedelta(days=1)))
