"""Years, decades, centuries and the numbered parts of years: `periode 2019-2024`, `triwulan III 2024`."""

from __future__ import annotations

import re

from beritaie.extractors._date_grammar.reading import YEARS, Context, Reading, Rules
from beritaie.extractors._date_grammar.words import (
    COMMON_ERA,
    DEICTIC,
    DEICTICS,
    DIGIT,
    ORDINALS,
    THIRDS,
    TO,
    YEAR,
    B,
    G,
    any_of,
    plain,
    shift_of,
    year_of,
)
from beritaie.language.calendar import Partial, Period
from beritaie.lexicon import alternation, column, rows

RULES = Rules()

_PARTS_OF_YEAR = {row["word"]: row for row in rows("calendar_periods")}

_YEAR_LEAD = rf"(?P<lead>(?:{alternation(column('year_leads', 'word'))})(?![\w])){G}(?:tahun{B})?"
_SECOND_YEAR = rf"(?:(?:{TO}|{G}/{G})(?:tahun{B})?(?P<last>{YEAR}))"


@RULES.rule(
    rf"{_YEAR_LEAD}(?P<first>(?:1\d|20|21)\d\d)(?:(?P<decade>-?an(?!\w))|(?![\w])(?![.,:]\d)){_SECOND_YEAR}?"
    rf"(?:{B}(?P<masehi>{COMMON_ERA}))?(?P<tail>{B}(?:{DEICTIC}))?",
    column("year_leads", "word"),
)
def _led_year(match: re.Match[str], context: Context) -> Reading | None:
    """`tahun 2024`, `periode 2021-2026`, `tahun 1970-an silam`."""
    tail, end = match["tail"], match.end()
    if tail and not match["decade"] and not DEICTICS[plain(tail)]["year"]:
        end -= len(tail)
    first = int(match["first"])
    if match["decade"]:
        return Reading(match.start(), end, Period.decade(first))
    if match["last"] is None:
        return Reading(match.start(), end, Partial(first), YEARS, years=True)
    last = int(match["last"])
    if not first <= last <= first + 200:
        return None
    return Reading(match.start(), end, Period.year(first).until(Period.year(last)), years=True)


@RULES.rule(rf"tahun{B}(?P<first>\d{{1,3}})(?:{TO}(?P<last>\d{{1,4}}))?{B}{COMMON_ERA}", ("tahun",))
def _early_year(match: re.Match[str], context: Context) -> Reading | None:
    """`tahun 363 Masehi`."""
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if not 0 < first <= last:
        return None
    said = Period.year(first) if first == last else Period.year(first).until(Period.year(last))
    return Reading(match.start(), match.end(), said)


@RULES.rule(
    rf"(?<![\w.,:/+–-])(?P<first>(?:19|20)\d\d)(?P<decade>-?an(?!\w))?(?:{_SECOND_YEAR}|(?!\w)(?![.,:/]\d)(?![-–]\d))"
    rf"(?P<tail>{B}ke{B}?depan(?!\w))?(?:{B}mendatang(?!\w))?(?![%°])",
    (DIGIT,),
)
def _bare_year(match: re.Match[str], context: Context) -> Reading | None:
    """`2024`, `2019-2024`, `2024 ke depan`."""
    first = int(match["first"])
    if match["decade"]:
        return Reading(match.start(), match.end(), Period.decade(first))
    if match["last"] is None and not _looks_like_year(context.text, match.start(), match.end("first")):
        return None
    if match["last"] is None:
        said = Period.year(first).onwards() if match["tail"] else Partial(first)
        return Reading(match.start(), match.end(), said, years=True)
    last = int(match["last"])
    if not first <= last <= first + 100:
        return None
    return Reading(match.start(), match.end(), Period.year(first).until(Period.year(last)), years=True)


_BEFORE, _AFTER = (
    alternation(row["word"] for row in rows("year_context") if row["side"] == side) for side in ("before", "after")
)
_NUMBER_LEAD = re.compile(rf"(?<!\w)(?:{_BEFORE}){B}?\Z", re.IGNORECASE)
_COUNTED = re.compile(rf"{B}(?:{_AFTER})(?!\w)", re.IGNORECASE)


def _looks_like_year(text: str, start: int, end: int) -> bool:
    return not _NUMBER_LEAD.search(text[max(0, start - 16) : start]) and not _COUNTED.match(text, end)


@RULES.rule(
    rf"(?P<unit>{any_of(_PARTS_OF_YEAR)})(?:{B}|-)(?:ke-?{G}?)?(?P<number>{any_of(ORDINALS)}|[1-4](?!\d))"
    rf"(?:(?:{G}[-/]{G}|{B}(?:tahun{B}|di{B})?)(?P<year>{YEAR}))?(?:{B}(?P<tail>tahun{B}{DEICTIC}))?",
    _PARTS_OF_YEAR,
)
def _part_of_a_year(match: re.Match[str], context: Context) -> Reading | None:
    """`triwulan III 2024`, `semester I`."""
    part = _PARTS_OF_YEAR[plain(match["unit"])]
    months = int(part["months"])
    number = int(match["number"]) if match["number"].isdigit() else ORDINALS[match["number"].casefold()]
    if number * months > 12 or not (part["alone"] or match["year"] or match["tail"]):
        return None
    year = year_of(match["year"])
    if year is None:
        if context.anchor is None:
            return Reading(match.start(), match.end(), Period.unknown())
        tail = match["tail"].split(None, 1)[1] if match["tail"] else None
        year = context.anchor.year + shift_of(tail)
        if tail is None and (last := context.last("year")) and last.start and abs(last.start.year - year) == 1:
            year = last.start.year
    return Reading(match.start(), match.end(), Period.part(year, number, months))


_CENTURY = rf"abad{B}(?:ke-?{G}?)?(?P<number>{any_of(ORDINALS)}|\d{{1,2}}(?!\d))(?:{B}{COMMON_ERA})?"
_OF_TEN, _OF_HUNDRED = ((0, 2), (3, 6), (7, 9)), ((0, 32), (33, 65), (66, 99))  # years of the thirds


@RULES.rule(rf"(?:(?P<part>{any_of(THIRDS)}){B})?{_CENTURY}", ("abad",), THIRDS)
def _century(match: re.Match[str], context: Context) -> Reading | None:
    """`abad ke-21`, `awal abad ke-20`."""
    number = int(match["number"]) if match["number"].isdigit() else ORDINALS[match["number"].casefold()]
    if not 0 < number <= 22:
        return None
    if match["part"] is None:
        return Reading(match.start(), match.end(), Period.century(number))
    first, last = _OF_HUNDRED[THIRDS[plain(match["part"])] - 1]
    years = Period.year(100 * number - 99 + first).until(Period.year(100 * number - 99 + last))
    return Reading(match.start(), match.end(), years)


@RULES.rule(
    rf"(?P<part>{any_of(THIRDS)}){B}(?:(?:{alternation(column('year_leads', 'word'))}){B})?"
    rf"(?P<decade>(?:1\d|20)\d0)-?an(?!\w)",
    THIRDS,
)
def _part_of_decade(match: re.Match[str], context: Context) -> Reading | None:
    """`awal 1990-an`, `akhir era 1980-an`."""
    first, last = _OF_TEN[THIRDS[plain(match["part"])] - 1]
    decade = int(match["decade"])
    return Reading(match.start(), match.end(), Period.year(decade + first).until(Period.year(decade + last)))
