"""What the rules of the grammar share: the text so far, a date expression as read, and how a rule is made."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from beritaie.extractors._date_grammar.words import shift_of, year_of
from beritaie.language.calendar import Partial, Period
from beritaie.language.quotation import in_quotation

Said = Partial | Period
_RECENT = 7  # days before the day of writing in which what is quoted was said
_IN_A_MONTH = 31


@dataclass(frozen=True)
class Context:
    """What a rule may know: the text, the day of writing, and the periods found before in the text."""

    text: str
    anchor: dt.date | None
    seen: dict[str, Period] = field(default_factory=dict)
    spoken: list[dt.date] = field(default_factory=list)

    def remember(self, reading: Reading, period: Period) -> None:
        """Keep a date expression for the words behind it that count from it."""
        if period.start is None:
            return
        self.seen[period.grain] = period
        short = period.end is not None and (period.end - period.start).days < _IN_A_MONTH
        if short and period.grain in ("span", "month"):
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


class Reading(NamedTuple):
    """A date expression as read: its characters, what it says, whether `hingga` may join it to another such.

    ``said`` is None for what looks like a date and is none; ``named`` holds for a weekday with its date,
    ``years`` where nothing but years is written; ``note`` is that of the record.
    """

    start: int
    end: int
    said: Said | None
    joins: str = ""
    named: bool = False
    years: bool = False
    note: str | None = None

    @property
    def full(self) -> bool:
        """Whether day, month and year are all written."""
        return isinstance(self.said, Partial) and None not in self.said[:3]


# What `hingga` may join: like with like, a near day as the first.
DAYS, YEARS, NEAR_DAY = "days", "years", "near day"

# What a record notes where its words contradict each other.
OTHER_WEEKDAY, MONTH_FIRST = "other weekday", "month first"

Read = Callable[[re.Match[str], Context], "Reading | None"]


class Rule(NamedTuple):
    """A pattern, and the function from its match to what it says."""

    pattern: re.Pattern[str]
    read: Read


class Rules:
    """The rules of one module, each to be tried only where one of its first words stands."""

    def __init__(self) -> None:
        self.by_word: dict[str, list[Rule]] = defaultdict(list)

    def rule(self, pattern: str, *starts: Iterable[str]) -> Callable[[Read], Read]:
        """Register a rule, to be tried at any of the words ``starts`` (``DIGIT`` for digits)."""
        compiled = re.compile(pattern, re.IGNORECASE)
        words = {_first_word(word) for some in starts for word in some}

        def register(read: Read) -> Read:
            for word in words:
                self.by_word[word].append(Rule(compiled, read))
            return read

        return register


def _first_word(words: str) -> str:
    return re.split(r"[\s'’`.-]", words.casefold())[0]


def year_said(match: re.Match[str], context: Context) -> int | None:
    """The year behind a day or month, in digits or as `tahun lalu`."""
    if match["its"] and context.anchor:
        return context.anchor.year + shift_of(match["its"])
    return year_of(match["year"])


def join(first: Said, last: Said, context: Context) -> Period | None:
    """From ``first`` to ``last``: what one lacks is taken from the other; None if they are no range.

    >>> join(Partial(day=9), Partial(2024, 12, 11), Context("9-11 Desember 2024", None)).value
    '2024-12-09/2024-12-11'
    """
    end = last.settle(context.anchor) if isinstance(last, Partial) else last
    if isinstance(first, Partial) and end and end.end:
        if isinstance(last, Partial):
            end = _year_from_first(first, last, end, context)
        if end is None or end.end is None:
            return None
        if first.year is None and (first.month or first.day):
            month = first.month or end.end.month
            first = first._replace(year=end.end.year - (month > end.end.month), month=month)
    begin = first.settle(context.anchor) if isinstance(first, Partial) else first
    if isinstance(last, Partial) and last.weekday and not last.day and begin and begin.end:
        end = last._replace(direction=1).settle(begin.end)
    if begin is None or end is None or begin.value == "?" or end.value == "?":
        return Period.unknown() if begin and end else None
    if begin.start is None or end.end is None or begin.start > end.end:
        return None
    return begin.until(end)


def _year_from_first(first: Partial, last: Partial, end: Period, context: Context) -> Period | None:
    """The end of a range whose year stands at its beginning: `28 Desember 2023 - 3 Januari`."""
    if last.year is not None or first.year is None or not last.month:
        return end
    same_year = last._replace(year=first.year).settle(context.anchor)
    start = first.settle(context.anchor)
    if same_year and same_year.end and start and start.start and same_year.end < start.start:
        return last._replace(year=first.year + 1).settle(context.anchor)
    return same_year
