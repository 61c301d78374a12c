"""The Hijri calendar and the feasts: `1 Muharam 1446 H`, `Lebaran lalu`, `H-2 Natal`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from beritaie.extractors._date_grammar.reading import DAYS, Context, Reading, Rules
from beritaie.extractors._date_grammar.words import (
    CLASSES,
    COMMON_ERA,
    DEICTIC,
    DIGIT,
    HIJRI_ERA,
    THIRDS,
    YEAR,
    B,
    G,
    any_of,
    follows_time_lead,
    plain,
    shift_of,
)
from beritaie.language.calendar import Period, easter, hijri_day, hijri_month, hijri_years, nearest
from beritaie.lexicon import alternation, column, rows

RULES = Rules()

_FEASTS = {row["word"].casefold(): row for row in rows("feasts")}
_HIJRI = {word.casefold(): int(row["number"]) for row in rows("hijri_months") for word in row["words"].split("|")}
_HIJRI_MONTH = any_of(_HIJRI)
_NO_TIME_LEAD = re.compile(rf"(?<!\w)(?:{alternation(column('no_time_leads', 'word'))}){B}\Z", re.IGNORECASE)


def _days(days: tuple[dt.date, dt.date] | None) -> Period:
    return Period.days(*days) if days else Period.unknown()


@RULES.rule(
    rf"(?:tanggal{B})?(?:(?P<day>\d{{1,2}})|bulan(?:{B}suci)?|(?={_HIJRI_MONTH}{B}1[34]\d\d)){G}(?P<month>{_HIJRI_MONTH})"
    rf"(?:{B}(?P<year>1[34]\d\d)(?:{B}?{HIJRI_ERA})?)?(?P<tail>{B}{DEICTIC})?",
    ("tanggal", "bulan", DIGIT),
    _HIJRI,
)
def _hijri(match: re.Match[str], context: Context) -> Reading | None:
    """`1 Muharam 1446 H`, `bulan Syawal`."""
    month, day = _HIJRI[plain(match["month"])], int(match["day"] or 0)
    if match["year"] and day:
        found = hijri_day(int(match["year"]), month, day) if day <= 30 else None
        return Reading(match.start(), match.end(), Period.day(found) if found else Period.unknown(), DAYS)
    if match["year"]:
        return Reading(match.start(), match.end(), _days(hijri_month(int(match["year"]), month)))
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    near = _near_hijri_month(month, context.anchor, shift_of(match["tail"]))
    if day and near:
        return Reading(match.start(), match.end(), Period.day(near[0] + dt.timedelta(days=day - 1)))
    return Reading(match.start(), match.end(), _days(near))


def _near_hijri_month(month: int, anchor: dt.date, direction: int = 0) -> tuple[dt.date, dt.date] | None:
    years = hijri_years(anchor, anchor)
    found = [days for year in years if (days := hijri_month(year, month))]
    first = nearest([days[0] for days in found], anchor, direction)
    return next((days for days in found if days[0] == first), None)


_AROUND_FEAST = alternation(CLASSES["around_feast"])
_FEAST = (
    rf"(?P<feast>{any_of(_FEASTS)})(?:{B}(?P<hijri>1[34]\d\d)(?:{B}?{HIJRI_ERA})?(?:{G}/{G}\d{{4}}(?:{B}?{COMMON_ERA})?)?"
    rf"|{B}(?:tahun{B})?(?P<year>20\d\d)(?:{B}?{COMMON_ERA})?(?:{G}/{G}(?P<hijri2>1[34]\d\d)(?:{B}?{HIJRI_ERA})?)?)?"
    rf"(?(hijri)|(?(year)|(?P<tail>{B}(?:tahun{B})?{DEICTIC})?))"
)


@RULES.rule(
    rf"(?:(?:hari{B}raya|hari|(?P<whole>bulan(?:{B}suci)?|libur(?:an)?(?={B}natal))){B})?{_FEAST}",
    _FEASTS,
    ("hari", "bulan", "libur", "liburan"),
)
def _feast(match: re.Match[str], context: Context) -> Reading | None:
    """`Hari Raya Idul Adha 1443 H`, `Lebaran lalu`, `bulan Ramadan`."""
    if match["feast"].casefold() == "puasa" and not match.group().casefold().startswith("bulan"):
        return None
    if _NO_TIME_LEAD.search(context.text, max(0, match.start() - 24), match.start()):
        return Reading(match.start(), match.end(), None)
    dated = match["year"] or match["hijri"] or match["tail"]
    if not (dated or match["whole"] or follows_time_lead(context.text, match.start())):
        return None
    return Reading(match.start(), match.end(), _feast_days(match, context.anchor))


@RULES.rule(
    rf"(?P<part>{any_of(THIRDS)}){B}(?:bulan(?:{B}suci)?{B})?{_FEAST}",
    THIRDS,
)
def _part_of_feast(match: re.Match[str], context: Context) -> Reading | None:
    """`pertengahan Ramadan 1445 Hijriah`."""
    days = _feast_days(match, context.anchor)
    third = THIRDS[plain(match["part"])]
    if days.start is None or days.end is None:
        return Reading(match.start(), match.end(), Period.unknown())
    if days.end - days.start < dt.timedelta(days=28):
        return None  # only months have thirds
    first = days.start + dt.timedelta(days=10 * (third - 1))
    last = days.end if third == 3 else first + dt.timedelta(days=9)
    return Reading(match.start(), match.end(), Period.days(first, last))


@RULES.rule(
    rf"H(?P<sign>[-–+])(?P<days>\d{{1,2}})(?!\d){B}(?:(?:{_AROUND_FEAST}){B})?{_FEAST}",
    ("h",),
)
def _days_from_feast(match: re.Match[str], context: Context) -> Reading | None:
    """`H-2 Lebaran`."""
    days = _feast_days(match, context.anchor)
    if days.start is None:
        return Reading(match.start(), match.end(), days)
    shift = int(match["days"]) * (1 if match["sign"] == "+" else -1)
    return Reading(match.start(), match.end(), Period.day(days.start + dt.timedelta(days=shift)))


@RULES.rule(rf"tahun{B}baru{B}(?P<year>{YEAR})", ("tahun",))
def _new_year(match: re.Match[str], context: Context) -> Reading | None:
    """`Tahun Baru 2025`."""
    return Reading(match.start(), match.end(), Period.day(dt.date(int(match["year"]), 1, 1)))


def _feast_days(match: re.Match[str], anchor: dt.date | None) -> Period:
    """When a feast is or was: in the year written, else nearest to the day of writing."""
    feast = _FEASTS[plain(match["feast"])]
    hijri = match["hijri"] or match["hijri2"]
    tail = (match["tail"] or "").strip()
    direction = shift_of(tail)
    year = int(match["year"]) if match["year"] else None
    if year is None and anchor and tail.casefold().startswith("tahun"):
        year, direction = anchor.year + shift_of(tail.split(None, 1)[1]), 0
    if hijri and feast["calendar"] == "hijri":
        return _in_year(feast, int(hijri))
    if year is not None:
        anchor = dt.date(year, 7, 1)
    if anchor is None:
        return Period.unknown()
    dated = {days.start: days for days in _around(feast, anchor.year) if days.start and year in (None, days.start.year)}
    first = nearest(dated, anchor, direction)
    return dated[first] if first else Period.unknown()


def _around(feast: dict[str, str], year: int) -> Iterable[Period]:
    """The feast in the years around ``year``."""
    if feast["calendar"] == "hijri":
        return [_in_year(feast, hijri) for hijri in hijri_years(dt.date(year - 1, 1, 1), dt.date(year + 1, 12, 31))]
    return [_in_year(feast, around) for around in (year - 1, year, year + 1)]


def _in_year(feast: dict[str, str], year: int) -> Period:
    """The feast in a year of its calendar."""
    return _CALENDARS[feast["calendar"]](feast, year)


def _hijri_feast(feast: dict[str, str], year: int) -> Period:
    if feast["last_day"]:
        return _days(hijri_month(year, int(feast["month"])))
    first = hijri_day(year, int(feast["month"]), int(feast["day"]))
    return Period.day(first) if first else Period.unknown()


def _solar_feast(feast: dict[str, str], year: int) -> Period:
    first = dt.date(year, int(feast["month"]), int(feast["day"]))
    if not feast["last_day"]:
        return Period.day(first)
    last_month = int(feast["last_month"])
    return Period.days(first, dt.date(year + (last_month < first.month), last_month, int(feast["last_day"])))


def _easter_feast(feast: dict[str, str], year: int) -> Period:
    return Period.day(easter(year) + dt.timedelta(days=int(feast["day"])))


def _listed_feast(feast: dict[str, str], year: int) -> Period:
    days = (day for day in feast["days"].split() if day.startswith(f"{year:04}-"))
    return next((Period.day(dt.date.fromisoformat(day)) for day in days), Period.unknown())


_CALENDARS: dict[str, Callable[[dict[str, str], int], Period]] = {
    "hijri": _hijri_feast,
    "solar": _solar_feast,
    "easter": _easter_feast,
    "listed": _listed_feast,
}
