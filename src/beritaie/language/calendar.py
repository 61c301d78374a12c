"""Periods of the calendar as ISO 8601 values: days, weeks, thirds of a month, Hijri months."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from beritaie.lexicon import rows

_FIRST_YEAR, _LAST_YEAR = 1, 9998
_HIJRI_YEARS = range(1343, 1501)  # what hijridate knows
_MONTHS_IN_A_YEAR = 12


class Period(NamedTuple):
    """A stretch of days: its ISO 8601 ``value``, its first and last day, and the calendar unit it is one of.

    >>> Period.month(2024, 2)
    Period(value='2024-02', start=datetime.date(2024, 2, 1), end=datetime.date(2024, 2, 29), grain='month')
    """

    value: str
    start: dt.date | None
    end: dt.date | None
    grain: str = "span"

    @classmethod
    def unknown(cls) -> Period:
        """When is not known: the value `?`."""
        return cls("?", None, None, "unknown")

    @classmethod
    def day(cls, day: dt.date) -> Period:
        """One day."""
        return cls(day.isoformat(), day, day, "day")

    @classmethod
    def days(cls, first: dt.date, last: dt.date) -> Period:
        """The days from ``first`` to ``last``."""
        return cls(f"{first}/{last}", first, last)

    @classmethod
    def week(cls, day: dt.date) -> Period:
        """The ISO week that ``day`` is in."""
        year, week, weekday = day.isocalendar()
        monday = day - dt.timedelta(days=weekday - 1)
        return cls(f"{year:04}-W{week:02}", monday, monday + dt.timedelta(days=6), "week")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """One month."""
        return cls(f"{year:04}-{month:02}", dt.date(year, month, 1), month_end(year, month), "month")

    @classmethod
    def months(cls, year: int, first: int, last: int) -> Period:
        """The months ``first`` to ``last`` of ``year``."""
        return cls.month(year, first).until(cls.month(year, last))

    @classmethod
    def year(cls, year: int) -> Period:
        """One year."""
        return cls(f"{year:04}", dt.date(year, 1, 1), dt.date(year, 12, 31), "year")

    @classmethod
    def decade(cls, year: int) -> Period:
        """The ten years that begin with ``year``."""
        return cls(f"{year}s", dt.date(year, 1, 1), dt.date(year + 9, 12, 31), "decade")

    @classmethod
    def century(cls, number: int) -> Period:
        """The century of that number: 21 is 2001 to 2100."""
        return cls.year(100 * number - 99).until(cls.year(100 * number))

    @classmethod
    def part(cls, year: int, number: int, months: int) -> Period:
        """The ``number``-th part of a year in parts of ``months`` months; quarters have their own value.

        >>> Period.part(2024, 3, 3).value, Period.part(2025, 1, 6).value
        ('2024-Q3', '2025-01/2025-06')
        """
        found = cls.months(year, months * (number - 1) + 1, months * number)
        return found._replace(value=f"{year:04}-Q{number}", grain="quarter") if months == 3 else found

    @classmethod
    def third_of_month(cls, year: int, month: int, third: int) -> Period:
        """The 1st to 10th, 11th to 20th, or the rest of a month.

        >>> Period.third_of_month(2025, 2, 3).value
        '2025-02-21/2025-02-28'
        """
        last = month_end(year, month) if third == 3 else dt.date(year, month, 10 * third)
        return cls.days(dt.date(year, month, 10 * third - 9), last)

    @classmethod
    def third_of_year(cls, year: int, third: int) -> Period:
        """January to April, May to August, or September to December."""
        return cls.months(year, 4 * third - 3, 4 * third)

    def until(self, last: Period) -> Period:
        """From the beginning of this period to the end of ``last``.

        >>> Period.month(2024, 6).until(Period.month(2025, 1)).value
        '2024-06/2025-01'
        """
        if self.start is None or last.end is None:
            return Period.unknown()
        return Period(f"{self.value.split('/')[0]}/{last.value.split('/')[-1]}", self.start, last.end)

    def onwards(self) -> Period:
        """From the beginning of this period on, without an end."""
        return Period(f"{self.value.split('/')[0]}/..", self.start, None)


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """That day, None if the calendar has none such."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month, ``by`` months on.

    >>> shift_months(2025, 1, -1)
    (2024, 12)
    """
    years, zero_based = divmod(12 * year + month - 1 + by, _MONTHS_IN_A_YEAR)
    return years, zero_based + 1


_FAVOUR = 75  # days by which another year must be nearer than that of writing


def nearest(
    days: Iterable[dt.date], anchor: dt.date, direction: int = 0, *, favoured: int | None = None
) -> dt.date | None:
    """The day nearest to ``anchor``, on the side of ``direction`` (-1 before, 1 after) if there is one.

    Days of the year ``favoured`` count as nearer than they are.

    >>> nearest([dt.date(2024, 1, 1), dt.date(2024, 3, 1)], dt.date(2024, 2, 20), -1)
    datetime.date(2024, 1, 1)
    """
    ordered = sorted(days, key=lambda day: (abs((day - anchor).days) - _FAVOUR * (day.year == favoured), day))
    asked = [day for day in ordered if (day - anchor).days * direction > 0] if direction else ordered
    return next(iter(asked or ordered), None)


@cache
def _decided() -> dict[tuple[int, int], dt.date]:
    """First days of Hijri months as the Indonesian government set them."""
    found = {}
    for row in rows("hijri_months"):
        for pair in row["first"].split():
            year, day = pair.split("=")
            found[int(year), int(row["number"])] = dt.date.fromisoformat(day)
    return found


@cache
def _hijri_month_start(year: int, month: int) -> dt.date | None:
    if (year, month) in _decided():
        return _decided()[year, month]
    if year not in _HIJRI_YEARS:
        return None
    from hijridate import Hijri

    first: dt.date = Hijri(year, month, 1).to_gregorian()
    return dt.date(first.year, first.month, first.day)


def hijri_day(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day of a Hijri date, by the Indonesian government's decisions where the table has them.

    >>> hijri_day(1446, 10, 1), hijri_day(1443, 12, 10)
    (datetime.date(2025, 3, 31), datetime.date(2022, 7, 10))
    """
    first = _hijri_month_start(year, month)
    return first + dt.timedelta(days=day - 1) if first else None


def hijri_month(year: int, month: int) -> tuple[dt.date, dt.date] | None:
    """The first and last Gregorian day of a Hijri month.

    >>> [str(day) for day in hijri_month(1445, 9)]
    ['2024-03-12', '2024-04-09']
    """
    first = _hijri_month_start(year, month)
    after = _hijri_month_start(*shift_months(year, month, 1))
    return (first, after - dt.timedelta(days=1)) if first and after else None


def hijri_years(first: dt.date, last: dt.date) -> range:
    """The Hijri years that may touch the days ``first`` to ``last``."""
    return range(int((first.year - 622) * 1.0307) - 1, int((last.year - 622) * 1.0307) + 3)


def easter(year: int) -> dt.date:
    """Easter Sunday of a year, by the Gregorian computus.

    >>> easter(2025), easter(2024)
    (datetime.date(2025, 4, 20), datetime.date(2024, 3, 31))
    """
    golden, century = year % 19 + 1, year // 100 + 1
    skipped, moon = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - skipped - 10
    epact = (11 * golden + 20 + moon - skipped) % 30
    epact += epact == 24 or (epact == 25 and golden > 11)
    full_moon = 44 - epact + 30 * (epact > 23)
    days = full_moon + 7 - (sunday + full_moon) % 7  # from the first of March
    return dt.date(year, 3, 1) + dt.timedelta(days=days - 1)


class Partial(NamedTuple):
    """A date as far as it is written; ``settle`` fills in the rest from the day of writing.

    ``third`` is the part of a month or year (1 to 3), ``week`` the week of a month, ``direction`` -1 or 1
    where the text says `lalu` or `mendatang`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    third: int | None = None
    week: int | None = None
    direction: int = 0

    def settle(self, anchor: dt.date | None) -> Period | None:
        """The period meant by one who writes on the day ``anchor``; None if the calendar has none such.

        >>> Partial(month=12, day=9, weekday=1).settle(dt.date(2025, 1, 3)).value
        '2024-12-09'
        """
        if self.year is not None and not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            return None
        if self.day is not None:
            return self._settle_day(anchor)
        if self.month is not None:
            return self._settle_month(anchor)
        if self.year is not None:
            return Period.third_of_year(self.year, self.third) if self.third else Period.year(self.year)
        if self.weekday is not None:
            return _settle_weekday(self.weekday, self.direction, anchor)
        return None

    def _settle_day(self, anchor: dt.date | None) -> Period | None:
        day = self.day or 0
        if self.year is not None and self.month is not None:
            found = make_day(self.year, self.month, day)
            return Period.day(found) if found else None
        if not 1 <= day <= 31 or (self.month and not make_day(2024, self.month, day)):
            return None
        if anchor is None:
            return Period.unknown()
        if self.month is not None:
            dated = [make_day(anchor.year + years, self.month, day) for years in range(-4, 5)]
            near = [found for found in dated if found and abs((found - anchor).days) < 550] or [
                f for f in dated if f
            ]
            return _day_or_unknown(self._by_weekday(near, anchor))
        months = [shift_months(anchor.year, anchor.month, by) for by in (-2, -1, 0, 1, 2)]
        dated = [make_day(year, month, day) for year, month in months]
        return _day_or_unknown(self._by_weekday([found for found in dated if found], anchor))

    def _by_weekday(self, days: list[dt.date], anchor: dt.date) -> dt.date | None:
        """The nearest of ``days``; a weekday decides between those that are not close by."""
        closest = nearest(days, anchor, self.direction, favoured=None if self.weekday else anchor.year)
        if closest is None or self.weekday is None or -30 <= (closest - anchor).days <= 7:
            return closest
        return (
            nearest([day for day in days if day.isoweekday() == self.weekday], anchor, self.direction)
            or closest
        )

    def _settle_month(self, anchor: dt.date | None) -> Period | None:
        month, year = self.month or 1, self.year
        if not 1 <= month <= _MONTHS_IN_A_YEAR:
            return None
        if year is None:
            if anchor is None:
                return Period.unknown()
            middles = [dt.date(anchor.year + years, month, 15) for years in (-1, 0, 1)]
            if self.direction and not self.third:  # `Desember lalu` in a December is last year's
                middles = [day for day in middles if (day.year, day.month) != (anchor.year, anchor.month)]
            today = anchor.replace(day=14 if self.direction > 0 else 16)
            found = nearest(middles, today, self.direction, favoured=anchor.year)
            year = found.year if found else anchor.year
        if self.third:
            return Period.third_of_month(year, month, self.third)
        if self.week:
            last = min(dt.date(year, month, 1) + dt.timedelta(days=7 * self.week - 1), month_end(year, month))
            first = dt.date(year, month, 1) + dt.timedelta(days=7 * (self.week - 1))
            return Period.days(first, last) if first <= last else None
        return Period.month(year, month)


def _day_or_unknown(day: dt.date | None) -> Period:
    return Period.day(day) if day else Period.unknown()


def _settle_weekday(weekday: int, direction: int, anchor: dt.date | None) -> Period:
    """The last such day up to the day of writing; before or after it where the text says so."""
    if anchor is None:
        return Period.unknown()
    back = (anchor.isoweekday() - weekday) % 7
    if direction > 0:
        return Period.day(anchor + dt.timedelta(days=7 - back))
    return Period.day(anchor - dt.timedelta(days=back or 7 if direction else back))
