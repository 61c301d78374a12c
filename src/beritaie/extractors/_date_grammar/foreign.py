"""Dates in other notations, which dateparser reads: `01-May-19`, `December 9, 2024`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from beritaie.extractors._date_grammar.reading import DAYS, Context, Reading, Rules
from beritaie.extractors._date_grammar.words import ANY_MONTH, DIGIT, ENGLISH_MONTH, MONTHS, NOT_IN_NUMBER, B, G
from beritaie.language.calendar import Period

RULES = Rules()
_ENGLISH_ORDINAL = "(?:st|nd|rd|th)"


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


@RULES.rule(
    rf"{NOT_IN_NUMBER}(?:\d{{1,2}}-(?:{ANY_MONTH})-(?:\d{{4}}|\d{{2}})"
    rf"|\d{{1,2}}(?:{_ENGLISH_ORDINAL}{G}(?:of{B})?(?:{ANY_MONTH})|{G}(?:{ENGLISH_MONTH}))\.?{G},?{G}\d{{4}}"
    rf"|(?:{ANY_MONTH})\.?{B}\d{{1,2}}(?:{_ENGLISH_ORDINAL})?{G},{G}\d{{4}}|(?:{ENGLISH_MONTH})\.?{G},?{G}\d{{4}})(?![\w/])",
    (DIGIT,),
    MONTHS,
)
def _foreign_day(match: re.Match[str], context: Context) -> Reading | None:
    """`01-May-19`, `December 9, 2024`, `May 2019`: what our own grammar does not know dateparser reads."""
    period = read_foreign(match.group())
    return Reading(match.start(), match.end(), period, DAYS) if period else None
