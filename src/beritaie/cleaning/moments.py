"""Reads the publication dates that sites print: worded, numeric or ISO, the day always before the month."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from beritaie.errors import InputError
from beritaie.lexicon import alternation, rows, settings

_LONGEST = 200  # characters of a published field
_OFFSET = r"Z\b|[+-]\d{2}:?\d{2}\b"
_TIME = (
    r"(?:[\s,|/·•@–—-]{0,60}?(?:pukul |jam |pkl\.? ?|at )?"
    r"(?<!\d)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:\.\d{1,9})?)?(?!\d)"
    r"(?:\s?(?P<half>[ap]m)\b)?(?:\s{0,3}(?P<zone>ZONES|OFFSET))?)?"
)


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{alternation(_months())})\.?"
    time = _TIME.replace("ZONES", alternation(_zones())).replace("OFFSET", _OFFSET)
    days = (
        r"(?<![\d/.-])(?P<year>\d{4})([-/.])(?P<number>\d{1,2})\2(?P<day>\d{1,2})(?!\d)T?" + time,
        rf"(?<!\d)(?P<day>\d{{1,2}})[\s.+-]{{1,3}}{month}[\s.,+-]{{1,3}}(?P<year>\d{{4}}|\d{{2}})(?![\d:])"
        + time,
        rf"(?<!\w){month} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})(?!\d)" + time,
        r"(?<![\d/.-])(?P<day>\d{1,2})([-/.])(?P<number>\d{1,2})\2(?P<year>\d{4}|\d{2})(?![\d/])" + time,
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in days)


@cache
def _months() -> dict[str, int]:
    return {row["word"].casefold(): int(row["number"]) for row in rows("months")}


@cache
def _zones() -> dict[str, dt.timezone]:
    return {row["word"].casefold(): _offset(row["offset"]) for row in rows("time_zones")}


def _offset(written: str) -> dt.timezone:
    if written.casefold() == "z":
        return dt.UTC
    sign = -1 if written[0] == "-" else 1
    return dt.timezone(sign * dt.timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))


def read_moment(published: str | dt.date | dt.datetime) -> dt.date | dt.datetime:
    """The date or datetime that a ``published`` field states; aware where a zone is written.

    The day stands before the month: `10/06/2025` is 10 June. Only where no month has that number is it the
    other way round: `10/21/2025` is 21 October. Raises ``InputError`` where no date is.

    >>> read_moment("Sukamaju.com - 10/06/2025, 21:23 WIB").isoformat()
    '2025-06-10T21:23:00+07:00'
    >>> read_moment("01-May-19")
    datetime.date(2019, 5, 1)
    """
    if isinstance(published, dt.date):
        return published
    if not isinstance(published, str):
        raise InputError(f"published must be a str, date or datetime, not {type(published).__name__}")
    for read in (dt.date.fromisoformat, dt.datetime.fromisoformat):
        with suppress(ValueError):
            return read(published.strip())
    found = find_moment(published[:_LONGEST])
    if found is None:
        shown = published[:60] + ("…" if len(published) > 60 else "")
        raise InputError(
            f"published {shown!r} holds no date that can be read: write 2024-12-09 or 2024-12-09T14:18+08:00,"
            " or the day before the month"
        )
    return found[2]


_AMERICAN = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})(?!\d).{0,40}", re.DOTALL)


def month_stands_first(published: Iterable[str]) -> bool:
    """Whether a column of dates was saved in the American order: a day above 12 stands second, never first.

    >>> month_stands_first(["10/7/2025 20:51", "10/21/2025 9:00"]), month_stands_first(["10/7/2025 20:51"])
    (True, False)
    """
    found = [match for text in published if (match := _AMERICAN.fullmatch(text[:_LONGEST]))]
    return any(int(match[2]) > 12 for match in found) and all(int(match[1]) <= 12 for match in found)


def day_first(published: str) -> str:
    """A date in the American order with its day and month in the order that ``read_moment`` reads.

    >>> day_first("10/7/2025 20:51")
    '7/10/2025 20:51'
    """
    match = _AMERICAN.fullmatch(published[:_LONGEST])
    if match is None or len(published) > _LONGEST:
        return published
    return f"{match[2]}/{match[1]}{published[match.end(2):]}"


def find_moment(text: str) -> tuple[int, int, dt.date | dt.datetime] | None:
    """The first date in ``text`` with its range of characters, or None.

    >>> find_moment("Sukamaju, 2 Januari 2025")
    (10, 24, datetime.date(2025, 1, 2))
    """
    matches = [match for form in _forms() if (match := form.search(text))]
    for match in sorted(matches, key=lambda match: match.start()):
        moment = _moment(match.groupdict())
        if moment is not None:
            return match.start(), match.end(), moment
    return None


def _moment(parts: dict[str, str | None]) -> dt.date | dt.datetime | None:
    """The moment that the parts of a match make; None where the calendar has no such day."""
    year = int(parts["year"] or 0)
    if year < 100:
        year += 2000 if year < 50 else 1900
    word = parts.get("month")
    month = _months()[" ".join(word.casefold().split())] if word else int(parts.get("number") or 0)
    try:
        number = int(parts["day"] or 0)
        if not word and month > 12 >= number:  # only the American order makes a day of it
            month, number = number, month
        day = dt.date(year, month, number)
        if parts["hour"] is None:
            return day
        hour = int(parts["hour"])
        if parts["half"]:
            hour = hour % 12 + 12 * (parts["half"].casefold() == "pm")
        clock = dt.time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))
        zone = parts["zone"]
        offset = None if zone is None else _zones().get(zone.casefold()) or _offset(zone)
        return dt.datetime.combine(day, clock, offset)
    except ValueError:
        return None


_BESIDE_DATE = re.compile(r"[\w'’`.]+")
_SITE = re.compile(r"(?<![\w@])[\w-]{2,30}\.(?:com|co\.id|co|id|net|tv|news|go\.id)\b\.?", re.IGNORECASE)


def date_line(line: str, *, place: bool = True, clock: bool = False) -> dt.date | dt.datetime | None:
    """The moment of a line that is nothing but a date with its weekday, labels or an outlet.

    With ``place`` a place may stand before the date, as in a letter; with ``clock`` a clock time must follow.

    >>> date_line("Diperbarui 18 Jun 2025"), date_line("Rapat 18 Juni 2025 di Sukamaju")
    (datetime.date(2025, 6, 18), None)
    """
    found = find_moment(line)
    if found is None or (clock and not isinstance(found[2], dt.datetime)):
        return None
    before, behind = line[: found[0]], line[found[1] :]
    beside = f"{_SITE.sub(' ', before)} {behind}"
    words = [word.casefold().strip(".") for word in _BESIDE_DATE.findall(beside)]
    strange = [word for word in words if word not in _date_words()]
    if strange and not (place and _is_place(before, strange) and not behind.strip(" .)")):
        return None
    return found[2]


_NAME = r"[A-Z][\w.'’]{0,24}(?: [A-Z][\w.'’]{0,24}){0,4}"
_NAMED, _NAMED_CLOCK = (
    re.compile(
        rf"(?:{_NAME} ?[-–—|•·,/] ?){{0,2}}{_NAME} {{0,2}}(?:[|•·/]|[-–—]{ahead}) {{0,2}}"
        r"(?:[A-Z][\w']{2,8},? {0,2})?"
    )
    for ahead in ("(?= {0,2}[A-Z])", "")
)


def named_date_line(line: str) -> dt.date | dt.datetime | None:
    """The moment of a line that tells who wrote or where it appeared, then a mark, then when.

    >>> named_date_line("Kabar Melati | Selasa, 10 Desember 2024")
    datetime.date(2024, 12, 10)
    >>> named_date_line("Rapat 10 Desember 2024")
    """
    found = find_moment(line)
    if found is None:
        return None
    pattern = _NAMED_CLOCK if isinstance(found[2], dt.datetime) else _NAMED
    if not pattern.fullmatch(line[: found[0]]):
        return None
    told = all(word.casefold().strip(".") in _date_words() for word in _BESIDE_DATE.findall(line[found[1] :]))
    return found[2] if told else None


def _is_place(before: str, words: list[str]) -> bool:
    return len(words) <= 3 and before[:1].isupper() and before.rstrip().endswith((",", "-", "–", "—", "|"))


@cache
def _date_words() -> frozenset[str]:
    labels = [part for label in settings("page")["date_labels"] for part in label.split()]
    days = [row["word"].casefold() for row in rows("weekdays")]
    return frozenset([*labels, *days, *_zones()])
