"""The grammar of written dates: which words make a date expression, and what they say of when.

A rule is a pattern that is tried only where one of its first words stands, and a function from its match to
what it says: a ``Partial`` date to be settled from the day of writing, or a ``Period``. All patterns are
bounded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from beritaie.language.calendar import (
    Partial,
    Period,
    hijri_day,
    hijri_month,
    hijri_years,
    nearest,
    shift_months,
)
from beritaie.language.numbers import DIGITS, WORDS, read_number
from beritaie.language.quotation import in_quotation
from beritaie.lexicon import alternation, column, rows, settings

Said = Partial | Period
_RECENT = 7  # days before the day of writing in which what is quoted was said
_IN_A_MONTH = 31
_MOST = 1000  # units that a date may be away
_SHIFTS = ("-1", "0", "1")
DIGIT = "0"  # stands for any digit among the first characters of rules

_TABLE = settings("date_words")
_MONTHS = {row["word"].casefold(): row for row in rows("months")}
_WEEKDAYS = {row["word"].casefold(): int(row["number"]) for row in rows("weekdays")}
_NEAR = {row["word"]: row["days"] for row in rows("near_days")}
_DEICTICS = {row["word"]: row for row in rows("deictics")}
_THIRDS = {row["word"]: int(row["third"]) for row in rows("period_parts")}
_ORDINALS = {row["word"].casefold(): int(row["number"]) for row in rows("ordinals")}
_PARTS_OF_YEAR = {row["word"]: int(row["months"]) for row in rows("calendar_periods")}
_GRAINS = {row["word"]: row["grain"] for row in rows("time_units") if row["grain"]}
_ONE = {row["word"]: row["unit"] for row in rows("time_one")}
_FEASTS = {row["word"].casefold(): row for row in rows("feasts")}
_HIJRI = {
    word.casefold(): int(row["number"]) for row in rows("hijri_months") for word in row["words"].split("|")
}

# Blanks: a date may run over one line break, not over an empty line.
B = r"(?:[ \u00a0\t]{1,3}\n?[ \u00a0\t]{0,2}|\n[ \u00a0\t]{0,2})"
G = f"{B}?"


def _any(words: Iterable[str]) -> str:
    return f"(?:{alternation(words)})(?!\\w)"


MONTH = _any(row["word"] for row in rows("months") if row["reader"] == "own")
_SHORT = _any(row["word"] for row in rows("months") if row["reader"] != "dateparser")
_ANY_MONTH = _any(row["word"] for row in rows("months"))
_ENGLISH = _any(row["word"] for row in rows("months") if row["reader"] == "dateparser")
_ENGLISH_ORDINAL = "(?:st|nd|rd|th)"
WEEKDAY = _any(column("weekdays", "word"))
DAY_PART = _any(column("day_parts", "word"))
NEAR = _any(_NEAR)
DEICTIC = _any(_DEICTICS)
_UNIT = _any(_GRAINS)
_WEEK = _any(word for word, grain in _GRAINS.items() if grain == "week")
_HIJRI_MONTH = _any(_HIJRI)
_HIJRI_ERA = rf"(?:H(?!\w)|{_any(_TABLE['hijri_era'])})"
_CE = rf"(?:M(?!\w)|{_any(_TABLE['common_era'])})"
YEAR = r"(?:1\d|20|21)\d\d(?![\w])(?![.,:]\d)"
_THROUGH = alternation(_TABLE["through"])
_DATE = alternation(_TABLE["date"])
TO = rf"(?:{G}[-–—]{{1,2}}{G}|{G}(?:s\.?/?d\.?|{_THROUGH})(?!\w){G})"
AND = rf"(?:{B}(?:{alternation(_TABLE['and'])}){B}|{G},{G}(?:dan{B})?)"
_NOT_IN_NUMBER = r"(?<![\d.,:/])"

# What may stand before a day: `hari ini, Kamis`, `hari Rabu tanggal`, `Sabtu malam hingga Minggu dini hari`.
_LEAD = (
    rf"(?:(?P<near>{NEAR})(?:{B}(?:menjelang{B})?{DAY_PART})?(?:{G},)?{G})?"
    rf"(?:(?:hari{B})?(?:(?P<weekday0>{WEEKDAY})(?:{B}{DAY_PART})?(?:{TO}|{AND})(?:hari{B})?)?"
    rf"(?P<weekday>{WEEKDAY})(?:{B}{DAY_PART})?(?:{G}[,.])?{G})?"
    rf"(?:(?:{_DATE})(?!\w)\.?{G}(?:[,:]{G})?)?"
)
_TEXT_MONTH = rf"{G}(?:[-/.,]{G})?(?P<month>{_SHORT})"
_ITS_YEAR = rf"(?:\.?{G}(?:[-/.,]{G})?(?:tahun{B})?(?P<year>{YEAR})|{B}tahun{B}(?P<its>{DEICTIC}))?"
_TAIL = rf"(?:(?P<tail>{B}(?:{DAY_PART}|{DEICTIC}(?:{B}bulan{B}ini)?))?)"
_NUMERIC_YEAR = r"\d{2,4}(?![\w:])(?![.,]\d)"


@dataclass(frozen=True)
class Context:
    """What a rule may know: the text, the day of writing, and the periods found before in the text."""

    text: str
    anchor: dt.date | None
    seen: dict[str, Period] = field(default_factory=dict)
    spoken: list[dt.date] = field(default_factory=list)

    def note(self, reading: Reading, period: Period) -> None:
        """Remember a date expression for the words behind it that count from it."""
        if period.start is None:
            return
        self.seen[period.grain] = period
        if (
            period.end
            and (period.end - period.start).days < _IN_A_MONTH
            and period.grain in ("span", "month")
        ):
            self.seen["in a month"] = period
        if reading.named and self.anchor and 0 <= (self.anchor - period.start).days <= _RECENT:
            self.spoken.append(period.start)

    def last(self, grain: str) -> Period | None:
        """The period of that grain that was named last."""
        return self.seen.get(grain)

    def quoted(self, at: int) -> bool:
        """Whether quotation marks are open before character ``at``."""
        return in_quotation(self.text, at)

    def day_spoken(self, at: int) -> dt.date | None:
        """Today for the words at ``at``: the anchor, but in speech the dated weekday that was named last."""
        if self.spoken and self.quoted(at):
            return self.spoken[-1]
        return self.anchor


def may_begin(text: str, at: int) -> bool:
    """Whether an expression may begin at ``at``: not in the middle of a number, a link or a word (`ke-79`).

    >>> may_begin("ke-79", 3), may_begin("Bandung,12 Mei", 8)
    (False, True)
    """
    if at == 0:
        return True
    before = text[at - 1]
    if before in "/_@#=+&" or before.isdigit():
        return False
    if before in "-–":
        return at > 1 and text[at - 2].isspace()
    if before in ".,:":
        return not (text[at].isdigit() and at > 1 and text[at - 2].isdigit())
    return not before.isalpha() or (before.islower() and text[at].isupper())


class Reading(NamedTuple):
    """A date expression as read: its characters, what it says, whether `hingga` may join it to another such.

    ``said`` is None for what looks like a date and is none; ``named`` holds for a weekday with its date.
    """

    start: int
    end: int
    said: Said | None
    joins: str = ""
    named: bool = False

    @property
    def full(self) -> bool:
        """Whether day, month and year are all written."""
        return isinstance(self.said, Partial) and None not in self.said[:3]


# What `hingga` may join: like with like, a near day as the first.
DAYS, YEARS, NEAR_DAY = "days", "years", "near day"

Read = Callable[[re.Match[str], Context], "Reading | None"]


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    read: Read


_RULES: dict[str, list[_Rule]] = defaultdict(list)


def _first_words(words: Iterable[str]) -> set[str]:
    return {re.split(r"[\s'’`.-]", word.casefold())[0] for word in words}


def _rule(pattern: str, *starts: Iterable[str]) -> Callable[[Read], Read]:
    """Register a rule, to be tried at any of the words ``starts`` (``DIGIT`` for digits)."""
    compiled = re.compile(pattern, re.IGNORECASE)
    words = {word for some in starts for word in (_first_words(some))}

    def register(read: Read) -> Read:
        for word in words:
            _RULES[word].append(_Rule(compiled, read))
        return read

    return register


def starts_date(word: str) -> bool:
    """Whether a date expression may begin with ``word`` (casefolded, or ``DIGIT``).

    >>> starts_date("kemarin"), starts_date("bupati")
    (True, False)
    """
    return word in _RULES


def read_at(context: Context, word: str, at: int) -> Reading | None:
    """The date expression that begins at character ``at`` with ``word``, by the first rule that reads it.

    >>> read_at(Context("digelar Senin (9/12)", dt.date(2024, 12, 10)), "senin", 8)[:2]
    (8, 20)
    """
    for rule in _RULES.get(word, ()):
        match = rule.pattern.match(context.text, at)
        try:
            reading = rule.read(match, context) if match else None
        except (OverflowError, ValueError):  # before the year 1 or after 9999
            continue
        if reading:
            return reading
    return None


_DAY_STARTS = (("hari", DIGIT), _TABLE["date"], _NEAR, _WEEKDAYS)


def _year_of(written: str | None) -> int | None:
    if not written or len(written) == 3:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written) - (100 if int(written) > 69 else 0)


def _year_said(match: re.Match[str], context: Context) -> int | None:
    """The year behind a day or month, in digits or as `tahun lalu`."""
    if match["its"] and context.anchor:
        return context.anchor.year + _shift(match["its"])
    return _year_of(match["year"])


def _month_of(word: str) -> int:
    return int(_MONTHS[word.casefold()]["number"])


def _weekday_of(word: str | None) -> int | None:
    return _WEEKDAYS[word.casefold()] if word else None


def _shift(tail: str | None) -> int:
    """-1 after `lalu`, 1 after `mendatang`, else 0."""
    deictic = _DEICTICS.get(_plain(tail)) if tail else None
    return int(deictic["shift"]) if deictic and deictic["shift"] in _SHIFTS else 0


def _plain(written: str) -> str:
    """The words of ``written`` as the tables have them."""
    return " ".join(written.casefold().split())


def _dated(
    match: re.Match[str], context: Context, day: str, month: int, first: Partial | None = None
) -> Reading | None:
    """The reading of a day with month and perhaps year; ``first`` opens a range that ends with it."""
    groups = match.groupdict()
    year = _year_said(match, context) if "its" in groups else _year_of(groups["year"])
    tail, end = groups.get("tail"), match.end()
    weekday = _weekday_of(groups.get("weekday"))
    direction = _shift(tail)
    yesterday = bool(tail) and _DEICTICS.get(_plain(tail or ""), {}).get("year") == "bracket"
    if tail and (year or groups.get("bracket")) and not yesterday:
        end -= len(tail)  # outside a full date and behind a bracket
    said = Partial(year, month, int(day), weekday, direction=direction)
    if not said.settle(context.anchor):
        said = said._replace(month=int(day), day=month)  # month before day, as software writes
    last = said.settle(context.anchor)
    if last is None:
        return None
    opens = _weekday_of(groups.get("weekday0"))
    if first is None and opens and weekday and last.start and opens != weekday:
        before = last.start - dt.timedelta(days=(weekday - opens) % 7)
        return Reading(match.start(), end, Period.day(before).until(last))
    if first is None:
        return Reading(match.start(), end, said, DAYS, bool(weekday) and not yesterday)
    period = join(first, said, context)
    return Reading(match.start(), end, period) if period else None


def join(first: Said, last: Said, context: Context) -> Period | None:
    """From ``first`` to ``last``: what one lacks is taken from the other; None if they are no range.

    >>> join(Partial(day=9), Partial(2024, 12, 11), Context("9-11 Desember 2024", None)).value
    '2024-12-09/2024-12-11'
    """
    end = last.settle(context.anchor) if isinstance(last, Partial) else last
    if isinstance(first, Partial) and end and end.end:
        if isinstance(last, Partial) and last.year is None and first.year is not None and last.month:
            end = last._replace(year=first.year).settle(context.anchor)
            if (
                end
                and end.end
                and (start := first.settle(context.anchor))
                and start.start
                and end.end < start.start
            ):
                end = last._replace(year=first.year + 1).settle(context.anchor)
        if end is None or end.end is None:
            return None
        if first.year is None and (first.month or first.day):
            month = first.month or end.end.month
            year = end.end.year - (month > end.end.month)
            first = first._replace(year=year, month=month)
    begin = first.settle(context.anchor) if isinstance(first, Partial) else first
    if isinstance(last, Partial) and last.weekday and not last.day and begin and begin.end:
        end = last._replace(direction=1).settle(begin.end)
    if begin is None or end is None or begin.value == "?" or end.value == "?":
        return Period.unknown() if begin and end else None
    if begin.start is None or end.end is None or begin.start > end.end:
        return None
    return begin.until(end)


# Dates in other notations -----------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _foreign_reader() -> Callable[[str], tuple[dt.datetime | None, str]]:
    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=["id", "en"],
        settings={
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
            "RELATIVE_BASE": dt.datetime(2000, 1, 1),
        },
    )

    def read(text: str) -> tuple[dt.datetime | None, str]:
        found = parser.get_date_data(text)
        return found.date_obj, found.period

    return read


@lru_cache(maxsize=1024)
def read_foreign(text: str) -> Period | None:
    """A plain absolute date in another notation, by dateparser, None if it is none.

    >>> read_foreign("01-May-19").value, read_foreign("March 2024").value
    ('2019-05-01', '2024-03')
    """
    found, grain = _foreign_reader()(text.replace("'", " "))
    if found is None:
        return None
    return Period.month(found.year, found.month) if grain == "month" else Period.day(found.date())


@_rule(
    rf"{_NOT_IN_NUMBER}(?:\d{{1,2}}-(?:{_ANY_MONTH})-(?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:{_ENGLISH_ORDINAL}{G}(?:of{B})?(?:{_ANY_MONTH})|{G}(?:{_ENGLISH}))\.?{G},?{G}\d{{4}}"
    rf"|(?:{_ANY_MONTH})\.?{B}\d{{1,2}}(?:{_ENGLISH_ORDINAL})?{G},{G}\d{{4}}|(?:{_ENGLISH})\.?{G},?{G}\d{{4}})(?![\w/])",
    (DIGIT,),
    _MONTHS,
)
def _foreign_day(match: re.Match[str], context: Context) -> Reading | None:
    """`01-May-19`, `December 9, 2024`, `May 2019`: what our own grammar does not know dateparser reads."""
    period = read_foreign(match.group())
    return Reading(match.start(), match.end(), period, DAYS) if period else None


# Days -------------------------------------------------------------------------------------------------------


@_rule(
    rf"{_LEAD}(?P<bracket>\({G})?(?P<first>\d{{1,2}})(?:(?:{TO}|{AND})\d{{1,2}}){{0,4}}(?:{TO}|{AND})(?P<day>\d{{1,2}})"
    rf"{_TEXT_MONTH}{_ITS_YEAR}(?(bracket){G}\)|){_TAIL}",
    *_DAY_STARTS,
)
def _days_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """`9-11 Desember 2024`, `tanggal 17 dan 18 Juni`."""
    return _dated(match, context, match["day"], _month_of(match["month"]), Partial(day=int(match["first"])))


@_rule(
    rf"{_LEAD}(?P<bracket>\({G})?(?P<day>\d{{1,2}}){_TEXT_MONTH}{_ITS_YEAR}(?(bracket){G}\)|){_TAIL}",
    *_DAY_STARTS,
)
def _day_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """`Selasa, 10 Desember 2024`, `18 Juni`."""
    return _dated(match, context, match["day"], _month_of(match["month"]))


@_rule(
    rf"{_LEAD}(?P<bracket>\({G})?(?P<first>\d{{1,2}})(?:{G}/{G}(?P<month1>\d{{1,2}})(?:/(?P<year1>{_NUMERIC_YEAR}))?)?"
    rf"(?:{TO}|{AND})(?P<day>\d{{1,2}}){G}/{G}(?P<month>\d{{1,2}})(?:{G}/{G}(?P<year>{_NUMERIC_YEAR}))?(?![\w/])"
    rf"(?(bracket)(?P<closed>{G}\))?|){_TAIL}",
    *_DAY_STARTS,
)
def _numeric_days(match: re.Match[str], context: Context) -> Reading | None:
    """`Sabtu-Minggu (7-8/6/2025)`."""
    if not (match["weekday"] or match["year"] or match["bracket"]):
        return None
    first = Partial(
        _year_of(match["year1"]), int(match["month1"]) if match["month1"] else None, int(match["first"])
    )
    return _dated(match, context, match["day"], int(match["month"]), first)


@_rule(
    rf"{_LEAD}(?P<bracket>\({G})?(?P<day>\d{{1,2}})(?:{G}(?P<mark>[/.-]){{1,2}}{G})(?P<month>\d{{1,2}})"
    rf"(?:{G}[/.-]{{1,2}}{G}(?P<year>{_NUMERIC_YEAR}))?(?![\w/:])(?!,\d)(?(bracket)(?P<closed>{G}\))?|){_TAIL}",
    *_DAY_STARTS,
)
def _numeric_day(match: re.Match[str], context: Context) -> Reading | None:
    """`Senin (09/12/2024)`, `Kamis (2/8) petang`, `1/3/2024`."""
    named = match["weekday"] or match["near"]
    full = match["year"] and len(match["year"]) == 4
    enclosed = match["bracket"] and match["closed"]
    if not (full or (named and (enclosed or match["mark"] == "/"))):
        return None
    return _dated(match, context, match["day"], int(match["month"]))


@_rule(r"(?<=\()(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d\d))?(?=\))", DIGIT)
def _bracketed_day(match: re.Match[str], context: Context) -> Reading | None:
    """`(1/6)` alone: the brackets stay outside."""
    return _dated(match, context, match["day"], int(match["month"]))


@_rule(
    rf"{_NOT_IN_NUMBER}(?P<year>(?:19|20|21)\d\d)(?P<mark>[-/.])(?P<month>\d{{2}})(?P=mark)(?P<day>\d{{2}})(?!\d)",
    DIGIT,
)
def _iso_day(match: re.Match[str], context: Context) -> Reading | None:
    """`2024-12-09`."""
    return _dated(match, context, match["day"], int(match["month"]))


@_rule(
    rf"(?:{_DATE}){B}(?P<day>\d{{1,2}})(?:(?:{TO}|{AND})(?P<last>\d{{1,2}}))?(?![\w/])(?![.,:]\d)"
    rf"(?:{B}(?P<bulan>bulan{B})?(?P<tail>{DEICTIC}))?",
    _TABLE["date"],
)
def _day_alone(match: re.Match[str], context: Context) -> Reading | None:
    """`tanggal 17 mendatang`, `tanggal 5 bulan depan`."""
    said = Partial(day=int(match["day"]), direction=_shift(match["tail"]))
    if match["bulan"] and context.anchor:
        year, month = shift_months(context.anchor.year, context.anchor.month, _shift(match["tail"]))
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


@_rule(rf"(?:{NEAR})(?!-)", _NEAR)
def _near_day(match: re.Match[str], context: Context) -> Reading | None:
    """`besok`, `hari ini`."""
    word = _plain(match.group())
    if _NEAR[word] == "text":
        last = context.last("day")
        if last is None or last.start is None:
            return Reading(match.start(), match.end(), Period.unknown())
        return Reading(match.start(), match.end(), Period.day(last.start + dt.timedelta(days=1)))
    today = context.day_spoken(match.start())
    if today is None:
        return Reading(match.start(), match.end(), Period.unknown())
    if _NEAR[word] == "-1" and context.quoted(match.start()):
        return Reading(match.start(), match.end(), Period.unknown())  # a loose `kemarin` in speech
    return Reading(
        match.start(), match.end(), Period.day(today + dt.timedelta(days=int(_NEAR[word]))), NEAR_DAY
    )


# Weekdays ---------------------------------------------------------------------------------------------------


@_rule(
    rf"(?:{alternation(_TABLE['recurring'])}){B}(?:hari{B})?(?:{WEEKDAY}(?:(?:{TO}|{AND})(?:hari{B})?{WEEKDAY})"
    rf"{{0,6}}|akhir{B}(?:{_WEEK}))",
    _TABLE["recurring"],
)
def _recurring_day(match: re.Match[str], context: Context) -> Reading | None:
    """`setiap hari Senin`, `malam Minggu`: no day in particular."""
    word = match.group().split()[-1]
    if word == "minggu" and "akhir" not in match.group():
        return None  # `setiap minggu`: every week
    return Reading(match.start(), match.end(), Period.unknown())


@_rule(rf"(?:hari{B})?{WEEKDAY}{TO}(?:hari{B})?{WEEKDAY}", ("hari",), _WEEKDAYS)
def _span_of_weekdays(match: re.Match[str], context: Context) -> Reading | None:
    """`Senin sampai Jumat`: opening hours, no days in particular."""
    return Reading(match.start(), match.end(), Period.unknown())


@_rule(
    rf"(?P<hari>hari{B})?(?P<weekday>{WEEKDAY})(?P<tail>(?:{B}{DAY_PART})?{B}{DEICTIC})?(?![\w-])",
    ("hari",),
    _WEEKDAYS,
)
def _weekday_alone(match: re.Match[str], context: Context) -> Reading | None:
    """`Senin`, `Rabu besok`, `hari Senin kemarin`; with a small letter `minggu` is a week."""
    word, tail = match["weekday"], match["tail"]
    if not match["hari"] and not word[0].isupper():
        return None
    inside = _INSIDE_SENTENCE.search(context.text[max(0, match.start() - 3) : match.start()])
    if word.casefold() == "minggu" and tail and not (match["hari"] or inside or DAY_PART_IN.search(tail)):
        return None  # left to the weeks
    if (
        not tail
        and not match["hari"]
        and re.match(r"[ \u00a0][A-Z]", context.text[match.end() : match.end() + 2])
    ):
        follows = re.match(
            rf"[ \u00a0](?:{DAY_PART})", context.text[match.end() : match.end() + 12], re.IGNORECASE
        )
        if not follows:
            return None  # a name: `Jumat Berkah`
    if not match["hari"] and _NAMED_AFTER_DAY.search(context.text[max(0, match.start() - 8) : match.start()]):
        return None
    if _OPENING_DAYS.match(context.text, match.end()):
        return Reading(match.start(), match.end(), Period.unknown())
    part = DAY_PART_IN.match(tail.strip()) if tail else None
    deictic = tail.strip()[part.end() :] if tail and part else tail
    direction = _shift(deictic) or int(
        bool(_UP_TO.search(context.text[max(0, match.start() - 12) : match.start()]))
    )
    return Reading(match.start(), match.end(), Partial(weekday=_weekday_of(word), direction=direction), DAYS)


_OPENING_DAYS = re.compile(rf"(?:(?:{AND})(?:{WEEKDAY}))?(?:{AND})(?:hari{B})?libur(?!\w)", re.IGNORECASE)
_INSIDE_SENTENCE = re.compile(rf"[,a-z]{B}\Z")
_UP_TO = re.compile(rf"(?<!\w)(?:{_THROUGH}){B}\Z", re.IGNORECASE)
DAY_PART_IN = re.compile(DAY_PART, re.IGNORECASE)
_NAMED_AFTER_DAY = re.compile(
    rf"(?<!\w)(?:{alternation(column('weekday_names', 'word'))}){B}\Z", re.IGNORECASE
)

# Weeks, months, years ---------------------------------------------------------------------------------------


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


_UNITS = _any(word for word, grain in _GRAINS.items() if grain in ("week", "month", "year"))
_SOME = alternation(_TABLE["some"])


@_rule(
    rf"(?P<unit>{_UNITS})-(?:{_UNITS}){B}(?:{DEICTIC})|(?:{_SOME}){B}(?:{_UNIT}){B}(?:{DEICTIC})",
    _GRAINS,
    _TABLE["some"],
)
def _vague_units(match: re.Match[str], context: Context) -> Reading | None:
    """`beberapa hari lalu`, `tahun-tahun sebelumnya`."""
    return Reading(match.start(), match.end(), Period.unknown())


_AMOUNT_BEFORE = re.compile(rf"\d{B}\Z")


@_rule(rf"(?P<unit>{_UNITS}){B}(?P<tail>{DEICTIC})(?:{B}(?P<month>{MONTH}))?", _GRAINS)
def _unit_by_deictic(match: re.Match[str], context: Context) -> Reading | None:
    """`pekan lalu`, `tahun depan`, `bulan itu`, `bulan depan September`."""
    if _AMOUNT_BEFORE.search(context.text[max(0, match.start() - 4) : match.start()]):
        return None  # `1-2 tahun ke depan` lasts
    grain = _GRAINS[match["unit"].casefold()]
    deictic = _DEICTICS[_plain(match["tail"])]
    if deictic["text"]:
        base = context.last(grain)
        if base is None or base.start is None:
            vague = grain != "week" and deictic["shift"] != "0"
            return Reading(match.start(), match.end(), Period.unknown()) if vague else None
        return Reading(match.start(), match.end(), relative(grain, int(deictic["shift"]), base.start))
    shift = "1" if deictic["shift"] == "ahead" else deictic["shift"]
    if shift == "back":
        return None
    if match["month"] and grain == "month":
        said = Partial(month=_month_of(match["month"]), direction=int(shift))
        return Reading(match.start(), match.end(), said, DAYS)
    period = relative(grain, int(shift), context.anchor) if context.anchor else Period.unknown()
    return Reading(match.start(), match.end("tail"), period)


@_rule(rf"musim{B}(?P<tail>{DEICTIC})", ("musim",))
def _season(match: re.Match[str], context: Context) -> Reading | None:
    """`musim lalu`: the seasons of football run from summer to summer."""
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    deictic = _DEICTICS[_plain(match["tail"])]
    if deictic["shift"] not in _SHIFTS or deictic["text"]:
        return None
    first = context.anchor.year - (context.anchor.month < 6) + int(deictic["shift"])
    return Reading(match.start(), match.end(), Period.year(first).until(Period.year(first + 1)))


@_rule(
    rf"{_NOT_IN_NUMBER}(?:(?P<number>{DIGITS}|{WORDS}){B}(?P<unit>{_UNIT})|(?P<one>{_any(_ONE)})){B}(?P<tail>{DEICTIC})",
    (DIGIT,),
    (row["word"] for row in rows("number_words")),
    _ONE,
)
def _amount_by_deictic(match: re.Match[str], context: Context) -> Reading | None:
    """`dua hari lalu`, `tiga tahun terakhir`, `sebulan sebelumnya`; what lasts (`lagi`) is no date."""
    unit = match["unit"] or _ONE[match["one"].casefold()]
    grain = _GRAINS.get(unit.casefold())
    amount = read_number(match["number"]) if match["number"] else 1.0
    deictic = _DEICTICS[_plain(match["tail"])]
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


@_rule(
    rf"(?:{_WEEK}){B}(?:(?P<ordinal>{_any(_ORDINALS)})|ke-?{G}?(?P<number>[1-5])(?!\d))"
    rf"(?P<of>{B}(?:di{B})?(?:bulan{B})?(?P<month>{MONTH})(?:{B}(?P<year>{YEAR}))?)?",
    (word for word, grain in _GRAINS.items() if grain == "week"),
)
def _week_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """`minggu ketiga Februari 2024`."""
    week = int(match["number"] or _ORDINALS[(match["ordinal"] or "").casefold()])
    if week > 5:
        return None
    if match["of"]:
        said = Partial(_year_of(match["year"]), _month_of(match["month"]), week=week)
        return Reading(match.start(), match.end(), said, DAYS)
    named = context.last("in a month")
    if named is None or named.start is None:
        return None
    return Reading(match.start(), match.end(), Partial(named.start.year, named.start.month, week=week), DAYS)


@_rule(
    rf"(?P<bulan>bulan{B})?(?P<month>{_SHORT})(?:\.(?={G}\d))?(?:{TO}(?P<last>{_SHORT}))?"
    rf"(?:(?:{B}|,{B}?|-)(?:tahun{B})?(?P<year>{YEAR})|{B}tahun{B}(?P<its>{DEICTIC}))?(?P<tail>{B}{DEICTIC})?",
    ("bulan",),
    _MONTHS,
)
def _month(match: re.Match[str], context: Context) -> Reading | None:
    """`Desember 2024`, `bulan April-Mei 2025`, `April lalu`; alone only after words like `pada`."""
    word, year, tail, end = match["month"], _year_said(match, context), match["tail"], match.end()
    if year and tail and not (match["bulan"] or _DEICTICS[_plain(tail)]["year"]):
        end, tail = end - len(tail), None
    written = match["bulan"] or (
        word[0].isupper() and (tail or _calls_for_time(context.text, match.start(), end))
    )
    abbreviated = _MONTHS[word.casefold()]["reader"] == "short"
    if not year and (not written or abbreviated or (tail and _DEICTICS[_plain(tail)]["text"])):
        return None
    said = Partial(year, _month_of(match["last"] or word), direction=_shift(tail))
    if match["last"] is None:
        return Reading(match.start(), end, said, DAYS)
    period = join(Partial(month=_month_of(word), direction=_shift(tail)), said, context)
    return Reading(match.start(), end, period) if period else None


_TIME_LEAD = re.compile(rf"(?<!\w)(?:{alternation(column('time_leads', 'word'))}){B}\Z", re.IGNORECASE)
_NO_TIME_LEAD = re.compile(rf"(?<!\w)(?:{alternation(column('no_time_leads', 'word'))}){B}\Z", re.IGNORECASE)


def _calls_for_time(text: str, start: int, end: int) -> bool:
    """Whether a month's name follows a word like `pada` and is not the first of a name."""
    lead = _TIME_LEAD.search(text[max(0, start - 24) : start])
    return lead is not None and not re.match(r"[ \u00a0](?:[A-Z]|\d)", text[end : end + 2])


@_rule(
    rf"(?P<part>{_any(_THIRDS)}){B}(?:bulan{B})?(?P<month>{MONTH})"
    rf"(?:{B}(?:tahun{B})?(?P<year>{YEAR})|{B}tahun{B}(?P<its>{DEICTIC}))?(?P<tail>{B}{DEICTIC})?",
    _THIRDS,
)
def _part_of_month(match: re.Match[str], context: Context) -> Reading | None:
    """`akhir Februari 2025`, `awal September lalu`."""
    year, tail, end = _year_said(match, context), match["tail"], match.end()
    if year and tail:
        end, tail = end - len(tail), None
    third = _THIRDS[_plain(match["part"])]
    return Reading(
        match.start(),
        end,
        Partial(year, _month_of(match["month"]), third=third, direction=_shift(tail)),
        DAYS,
    )


@_rule(
    rf"(?P<part>{_any(_THIRDS)}){B}(?:(?:di{B})?(?:tahun|thn){B})?(?P<year>{YEAR})(?:{B}(?P<tail>mendatang))?",
    _THIRDS,
)
def _part_of_year(match: re.Match[str], context: Context) -> Reading | None:
    """`akhir 2025`, `awal tahun 2020`."""
    third = _THIRDS[_plain(match["part"])]
    return Reading(match.start(), match.end(), Partial(_year_of(match["year"]), third=third), YEARS)


@_rule(
    rf"(?P<part>{_any(_THIRDS)}){B}(?P<unit>tahun|bulan)(?!\w)(?:{B}(?P<tail>{DEICTIC})(?:{B}(?P<month>{MONTH}))?)?"
    rf"(?!{B}(?:{alternation(column('year_kinds', 'word'))})(?!\w))",
    _THIRDS,
)
def _part_of_this(match: re.Match[str], context: Context) -> Reading | None:
    """`akhir tahun`, `awal bulan depan`."""
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    third = _THIRDS[_plain(match["part"])]
    shift = _shift(match["tail"])
    if match["unit"].casefold() == "tahun":
        end = match.end("tail") if match["tail"] else match.end("unit")
        return Reading(match.start(), end, Partial(context.anchor.year + shift, third=third), YEARS)
    year, month = shift_months(context.anchor.year, context.anchor.month, shift)
    if match["month"]:
        month = _month_of(match["month"])
    return Reading(match.start(), match.end(), Partial(year, month, third=third), DAYS)


@_rule(rf"akhir{B}(?:{_WEEK})(?:{B}(?P<tail>{DEICTIC}))?", ("akhir",))
def _weekend(match: re.Match[str], context: Context) -> Reading | None:
    """`akhir pekan ini`; alone the one nearest to the day of writing."""
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    weekday = context.anchor.isoweekday()
    shift = _shift(match["tail"])
    if not match["tail"] and weekday <= 2:
        shift = -1
    saturday = context.anchor + dt.timedelta(days=6 - weekday + 7 * shift)
    return Reading(match.start(), match.end(), Period.days(saturday, saturday + dt.timedelta(days=1)))


@_rule(rf"(?P<part>{_any(_THIRDS)}){B}(?P<unit>{_WEEK})(?:{B}(?P<tail>{DEICTIC}))?", _THIRDS)
def _part_of_week(match: re.Match[str], context: Context) -> Reading | None:
    """`awal pekan ini`: Monday and Tuesday, then Wednesday and Thursday."""
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    third = _THIRDS[_plain(match["part"])]
    monday = (
        context.anchor
        - dt.timedelta(days=context.anchor.weekday())
        + dt.timedelta(days=7 * _shift(match["tail"]))
    )
    first = monday + dt.timedelta(days=2 * (third - 1))
    return Reading(match.start(), match.end(), Period.days(first, first + dt.timedelta(days=1)))


_YEAR_LEAD = rf"(?P<lead>(?:{alternation(column('year_leads', 'word'))})(?![\w])){G}(?:tahun{B})?"
_SECOND_YEAR = rf"(?:(?:{TO}|{G}/{G})(?:tahun{B})?(?P<last>{YEAR}))"


@_rule(
    rf"{_YEAR_LEAD}(?P<first>(?:1\d|20|21)\d\d)(?:(?P<decade>-?an(?!\w))|(?![\w])(?![.,:]\d)){_SECOND_YEAR}?"
    rf"(?:{B}(?P<masehi>{_CE}))?(?P<tail>{B}(?:{DEICTIC}))?",
    column("year_leads", "word"),
)
def _led_year(match: re.Match[str], context: Context) -> Reading | None:
    """`tahun 2024`, `periode 2021-2026`, `tahun 1970-an silam`."""
    tail, end = match["tail"], match.end()
    if tail and not match["decade"] and not _DEICTICS[_plain(tail)]["year"]:
        end -= len(tail)
    first = int(match["first"])
    if match["decade"]:
        return Reading(match.start(), end, Period.decade(first))
    if match["last"] is None:
        return Reading(match.start(), end, Partial(first), YEARS)
    last = int(match["last"])
    if not first <= last <= first + 200:
        return None
    return Reading(match.start(), end, Period.year(first).until(Period.year(last)))


@_rule(rf"tahun{B}(?P<first>\d{{1,3}})(?:{TO}(?P<last>\d{{1,4}}))?{B}{_CE}", ("tahun",))
def _early_year(match: re.Match[str], context: Context) -> Reading | None:
    """`tahun 363 Masehi`."""
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if not 0 < first <= last:
        return None
    said = Period.year(first) if first == last else Period.year(first).until(Period.year(last))
    return Reading(match.start(), match.end(), said)


@_rule(
    rf"(?<![\w.,:/+–-])(?P<first>(?:19|20)\d\d)(?P<decade>-?an(?!\w))?(?:{_SECOND_YEAR}|(?!\w)(?![.,:/]\d)(?![-–]\d))"
    rf"(?P<tail>{B}ke{B}depan)?(?![%°])",
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
        return Reading(match.start(), match.end(), said)
    last = int(match["last"])
    if not first <= last <= first + 100:
        return None
    return Reading(match.start(), match.end(), Period.year(first).until(Period.year(last)))


_BEFORE, _AFTER = (
    alternation(row["word"] for row in rows("year_context") if row["side"] == side)
    for side in ("before", "after")
)
_NUMBER_LEAD = re.compile(rf"(?<!\w)(?:{_BEFORE}){B}?\Z", re.IGNORECASE)
_COUNTED = re.compile(rf"{B}(?:{_AFTER})(?!\w)", re.IGNORECASE)


def _looks_like_year(text: str, start: int, end: int) -> bool:
    return not _NUMBER_LEAD.search(text[max(0, start - 16) : start]) and not _COUNTED.match(text, end)


@_rule(
    rf"(?P<unit>{_any(_PARTS_OF_YEAR)})(?:{B}|-)(?:ke-?{G}?)?(?P<number>{_any(_ORDINALS)}|[1-4](?!\d))"
    rf"(?:(?:{G}[-/]{G}|{B}(?:tahun{B}|di{B})?)(?P<year>{YEAR}))?(?:{B}(?P<tail>tahun{B}{DEICTIC}))?",
    _PARTS_OF_YEAR,
)
def _part_of_a_year(match: re.Match[str], context: Context) -> Reading | None:
    """`triwulan III 2024`, `semester I`."""
    months = _PARTS_OF_YEAR[match["unit"].casefold()]
    number = int(match["number"]) if match["number"].isdigit() else _ORDINALS[match["number"].casefold()]
    if number * months > 12:
        return None
    year = _year_of(match["year"])
    if year is None:
        if context.anchor is None:
            return Reading(match.start(), match.end(), Period.unknown())
        tail = match["tail"].split(None, 1)[1] if match["tail"] else None
        year = context.anchor.year + _shift(tail)
        if (
            tail is None
            and (last := context.last("year"))
            and last.start
            and abs(last.start.year - year) == 1
        ):
            year = last.start.year
    return Reading(match.start(), match.end(), Period.part(year, number, months))


@_rule(rf"abad{B}(?:ke-?{G}?)?(?P<number>{_any(_ORDINALS)}|\d{{1,2}}(?!\d))(?:{B}{_CE})?", ("abad",))
def _century(match: re.Match[str], context: Context) -> Reading | None:
    """`abad ke-21`."""
    number = int(match["number"]) if match["number"].isdigit() else _ORDINALS[match["number"].casefold()]
    return Reading(match.start(), match.end(), Period.century(number)) if 0 < number <= 22 else None


# The Hijri calendar and feasts ------------------------------------------------------------------------------


def _days(days: tuple[dt.date, dt.date] | None) -> Period:
    return Period.days(*days) if days else Period.unknown()


@_rule(
    rf"(?:tanggal{B})?(?:(?P<day>\d{{1,2}})|bulan(?:{B}suci)?|(?={_HIJRI_MONTH}{B}1[34]\d\d)){G}(?P<month>{_HIJRI_MONTH})"
    rf"(?:{B}(?P<year>1[34]\d\d)(?:{B}?{_HIJRI_ERA})?)?(?P<tail>{B}{DEICTIC})?",
    ("tanggal", "bulan", DIGIT),
    _HIJRI,
)
def _hijri(match: re.Match[str], context: Context) -> Reading | None:
    """`1 Muharam 1446 H`, `bulan Syawal`."""
    month, day = _HIJRI[_plain(match["month"])], int(match["day"] or 0)
    if match["year"] and day:
        found = hijri_day(int(match["year"]), month, day) if day <= 30 else None
        return Reading(match.start(), match.end(), Period.day(found) if found else Period.unknown(), DAYS)
    if match["year"]:
        return Reading(match.start(), match.end(), _days(hijri_month(int(match["year"]), month)))
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    near = _near_hijri_month(month, context.anchor, _shift(match["tail"]))
    if day and near:
        return Reading(match.start(), match.end(), Period.day(near[0] + dt.timedelta(days=day - 1)))
    return Reading(match.start(), match.end(), _days(near))


def _near_hijri_month(month: int, anchor: dt.date, direction: int = 0) -> tuple[dt.date, dt.date] | None:
    years = hijri_years(anchor, anchor)
    found = [days for year in years if (days := hijri_month(year, month))]
    first = nearest([days[0] for days in found], anchor, direction)
    return next((days for days in found if days[0] == first), None)


_AROUND_FEAST = alternation(_TABLE["around_feast"])
_FEAST = (
    rf"(?P<feast>{_any(_FEASTS)})(?:{B}(?P<hijri>1[34]\d\d)(?:{B}?{_HIJRI_ERA})?(?:{G}/{G}\d{{4}}(?:{B}?{_CE})?)?"
    rf"|{B}(?:tahun{B})?(?P<year>20\d\d)(?:{B}?{_CE})?(?:{G}/{G}(?P<hijri2>1[34]\d\d)(?:{B}?{_HIJRI_ERA})?)?)?"
    rf"(?(hijri)|(?(year)|(?P<tail>{B}(?:tahun{B})?{DEICTIC})?))"
)


@_rule(
    rf"(?:(?:hari{B}raya|hari|(?P<whole>bulan(?:{B}suci)?|libur(?:an)?(?={B}natal))){B})?{_FEAST}",
    _FEASTS,
    ("hari", "bulan", "libur", "liburan"),
)
def _feast(match: re.Match[str], context: Context) -> Reading | None:
    """`Hari Raya Idul Adha 1443 H`, `Lebaran lalu`, `bulan Ramadan`."""
    if match["feast"].casefold() == "puasa" and not match.group().casefold().startswith("bulan"):
        return None
    before = context.text[max(0, match.start() - 24) : match.start()]
    dated = match["year"] or match["hijri"] or match["tail"]
    if _NO_TIME_LEAD.search(before) or not (dated or match["whole"] or _TIME_LEAD.search(before)):
        return None
    return Reading(match.start(), match.end(), _feast_days(match, context.anchor))


@_rule(
    rf"(?P<part>{_any(_THIRDS)}){B}(?:bulan(?:{B}suci)?{B})?{_FEAST}",
    _THIRDS,
)
def _part_of_feast(match: re.Match[str], context: Context) -> Reading | None:
    """`pertengahan Ramadan 1445 Hijriah`."""
    days = _feast_days(match, context.anchor)
    third = _THIRDS[_plain(match["part"])]
    if days.start is None or days.end is None:
        return Reading(match.start(), match.end(), Period.unknown())
    if days.end - days.start < dt.timedelta(days=28):
        return None  # only months have thirds
    first = days.start + dt.timedelta(days=10 * (third - 1))
    last = days.end if third == 3 else first + dt.timedelta(days=9)
    return Reading(match.start(), match.end(), Period.days(first, last))


@_rule(
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


@_rule(rf"tahun{B}baru{B}(?P<year>{YEAR})", ("tahun",))
def _new_year(match: re.Match[str], context: Context) -> Reading | None:
    """`Tahun Baru 2025`."""
    return Reading(match.start(), match.end(), Period.day(dt.date(int(match["year"]), 1, 1)))


def _feast_days(match: re.Match[str], anchor: dt.date | None) -> Period:
    """When a feast is or was: in the year written, else nearest to the day of writing."""
    feast = _FEASTS[_plain(match["feast"])]
    month, day = int(feast["month"]), int(feast["day"])
    hijri = match["hijri"] or match["hijri2"]
    tail = (match["tail"] or "").strip()
    direction = _shift(tail)
    year = int(match["year"]) if match["year"] else None
    if year is None and anchor and tail.casefold().startswith("tahun"):
        year, direction = anchor.year + _shift(tail.split(None, 1)[1]), 0
    if year is not None:
        anchor = dt.date(year, 7, 1)
    if feast["calendar"] == "solar":
        return _solar_feast(feast, year, anchor, direction)
    if hijri:
        starts = [int(hijri)]
    elif anchor is None:
        return Period.unknown()
    else:
        starts = list(hijri_years(anchor, anchor))
    dated = {found: year for year in starts if (found := hijri_day(year, month, day))}
    first = nearest(dated, anchor or dt.date(2000, 1, 1), direction)
    if first is None:
        return Period.unknown()
    return _days(hijri_month(dated[first], month)) if feast["last_day"] else Period.day(first)


def _solar_feast(feast: dict[str, str], year: int | None, anchor: dt.date | None, direction: int) -> Period:
    if anchor is None:
        return Period.unknown()
    month, day = int(feast["month"]), int(feast["day"])
    years = (anchor.year - 1, anchor.year, anchor.year + 1) if year is None else (year,)
    first = nearest([dt.date(around, month, day) for around in years], anchor, direction)
    if first is None or not feast["last_day"]:
        return Period.day(first) if first else Period.unknown()
    last_month, last_day = int(feast["last_month"]), int(feast["last_day"])
    return Period.days(first, dt.date(first.year + (last_month < month), last_month, last_day))
