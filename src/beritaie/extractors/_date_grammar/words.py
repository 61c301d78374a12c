"""The words of dates: tables of months, days and units as patterns, and what each of the words says.

All patterns are sources of regular expressions, bounded, and matched in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from beritaie.lexicon import alternation, column, rows, settings

DIGIT = "0"  # stands for any digit among the first words of rules
SHIFTS = ("-1", "0", "1")

CLASSES = settings("date_words")
MONTHS = {row["word"].casefold(): row for row in rows("months")}
WEEKDAYS = {row["word"].casefold(): int(row["number"]) for row in rows("weekdays")}
NEAR_DAYS = {row["word"]: row["days"] for row in rows("near_days")}
DEICTICS = {row["word"]: row for row in rows("deictics")}
THIRDS = {row["word"]: int(row["third"]) for row in rows("period_parts")}
ORDINALS = {row["word"].casefold(): int(row["number"]) for row in rows("ordinals")}
GRAINS = {row["word"]: row["grain"] for row in rows("time_units") if row["grain"]}
ONE_UNIT = {row["word"]: row["unit"] for row in rows("time_one")}

# Blanks: a date may run over one line break, not over an empty line.
B = r"(?:[ \u00a0\t]{1,3}\n?[ \u00a0\t]{0,2}|\n[ \u00a0\t]{0,2})"
G = f"{B}?"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, whole."""
    return f"(?:{alternation(words)})(?!\\w)"


MONTH = any_of(row["word"] for row in rows("months") if row["reader"] == "own")
SHORT_MONTH = any_of(row["word"] for row in rows("months") if row["reader"] != "dateparser")
GLUED_MONTH = SHORT_MONTH.removesuffix("(?!\\w)") + r"(?![^\W\d])"  # `Desember2024`
ANY_MONTH = any_of(row["word"] for row in rows("months"))
ENGLISH_MONTH = any_of(row["word"] for row in rows("months") if row["reader"] == "dateparser")
WEEKDAY = any_of(column("weekdays", "word"))
DAY_PART = any_of(column("day_parts", "word"))
NEAR = any_of(NEAR_DAYS)
DEICTIC = any_of(DEICTICS)
UNIT = any_of(GRAINS)
WEEK = any_of(word for word, grain in GRAINS.items() if grain == "week")
HIJRI_ERA = rf"(?:H(?!\w)|{any_of(CLASSES['hijri_era'])})"
COMMON_ERA = rf"(?:M(?!\w)|{any_of(CLASSES['common_era'])})"
_GLUED = f"(?=(?:{alternation(word for word in DEICTICS if ' ' not in word)})(?!\\w))"  # `2025ini`
YEAR = rf"(?:1\d|20|21)\d\d(?:(?!\w)(?![.,:]\d)(?!-an\b)|{_GLUED})"
THROUGH = alternation(CLASSES["through"])
DATE_WORD = alternation(CLASSES["date"])
TO = rf"(?:{G}[-–—]{{1,2}}{G}|{G}(?:s\.?/?d\.?|{THROUGH})(?!\w){G})"
AND = rf"(?:{B}(?:{alternation(CLASSES['and'])}){B}|{G},{G}(?:dan{B})?)"
NOT_IN_NUMBER = r"(?<![\d.,:/])"


_TIME_LEAD = re.compile(rf"(?<!\w)(?:{alternation(column('time_leads', 'word'))}){B}\Z", re.IGNORECASE)
_LONGEST_LEAD = 24


def follows_time_lead(text: str, at: int) -> bool:
    """Whether a word like `pada` or `sejak` stands before character ``at``.

    >>> follows_time_lead("sejak Mei", 6), follows_time_lead("kata Mei", 5)
    (True, False)
    """
    return _TIME_LEAD.search(text, max(0, at - _LONGEST_LEAD), at) is not None


def plain(written: str) -> str:
    """The words of ``written`` as the tables have them.

    >>> plain("Yang  Lalu")
    'yang lalu'
    """
    return " ".join(written.casefold().split())


def month_of(word: str) -> int:
    """The number of a month's name."""
    return int(MONTHS[word.casefold()]["number"])


def weekday_of(word: str | None) -> int | None:
    """The number of a weekday's name, 1 for Monday."""
    return WEEKDAYS[word.casefold()] if word else None


def year_of(written: str | None) -> int | None:
    """The year of two or four digits, None for none.

    >>> year_of("24"), year_of("98"), year_of("2024"), year_of("024")
    (2024, 1998, 2024, None)
    """
    if not written or len(written) == 3:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written) - (100 if int(written) > 69 else 0)


def shift_of(tail: str | None) -> int:
    """-1 after `lalu`, 1 after `mendatang`, else 0."""
    deictic = DEICTICS.get(plain(tail)) if tail else None
    return int(deictic["shift"]) if deictic and deictic["shift"] in SHIFTS else 0
