"""Weekdays without a date: `Senin`, `Rabu besok`, `setiap Jumat`."""

from __future__ import annotations

import datetime as dt
import re

from beritaie.extractors._date_grammar.reading import DAYS, Context, Reading, Rules
from beritaie.extractors._date_grammar.words import (
    AND,
    CLASSES,
    DAY_PART,
    DEICTIC,
    DEICTICS,
    SHIFTS,
    THROUGH,
    TO,
    WEEK,
    WEEKDAY,
    WEEKDAYS,
    B,
    plain,
    shift_of,
    weekday_of,
)
from beritaie.language.calendar import Partial, Period
from beritaie.lexicon import alternation, column

RULES = Rules()

_OPENING_DAYS = re.compile(rf"(?:(?:{AND})(?:{WEEKDAY}))?(?:{AND})(?:hari{B})?libur(?!\w)", re.IGNORECASE)
_INSIDE_SENTENCE = re.compile(rf"[,a-z]{B}\Z")
_UP_TO = re.compile(rf"(?<!\w)(?:{THROUGH}){B}\Z", re.IGNORECASE)
_DAY_PART = re.compile(DAY_PART, re.IGNORECASE)
_NAMED_AFTER_DAY = re.compile(rf"(?<!\w)(?:{alternation(column('weekday_names', 'word'))}){B}\Z", re.IGNORECASE)


@RULES.rule(
    rf"(?:{alternation(CLASSES['recurring'])}){B}(?:hari{B})?(?:{WEEKDAY}(?:(?:{TO}|{AND})(?:hari{B})?{WEEKDAY})"
    rf"{{0,6}}|akhir{B}(?:{WEEK}))",
    CLASSES["recurring"],
)
def _recurring_day(match: re.Match[str], context: Context) -> Reading | None:
    """`setiap hari Senin`, `malam Minggu`: no day in particular."""
    word = match.group().split()[-1]
    if word == "minggu" and "akhir" not in match.group():
        return None  # `setiap minggu`: every week
    return Reading(match.start(), match.end(), Period.unknown())


@RULES.rule(rf"(?:hari{B})?{WEEKDAY}{TO}(?:hari{B})?{WEEKDAY}", ("hari",), WEEKDAYS)
def _span_of_weekdays(match: re.Match[str], context: Context) -> Reading | None:
    """`Senin sampai Jumat`: opening hours, no days in particular."""
    return Reading(match.start(), match.end(), Period.unknown())


@RULES.rule(
    rf"(?:hari{B})?(?P<weekday>{WEEKDAY})(?:{B}{DAY_PART})?{B}(?:{WEEK}){B}(?P<deictic>{DEICTIC})",
    ("hari",),
    WEEKDAYS,
)
def _day_of_week(match: re.Match[str], context: Context) -> Reading | None:
    """`Senin pekan depan`: the Monday of next week."""
    deictic = DEICTICS[plain(match["deictic"])]
    if deictic["shift"] not in SHIFTS or deictic["text"]:
        return None
    if context.anchor is None:
        return Reading(match.start(), match.end(), Period.unknown())
    monday = context.anchor - dt.timedelta(days=context.anchor.weekday() - 7 * int(deictic["shift"]))
    weekday = WEEKDAYS[match["weekday"].casefold()]
    return Reading(match.start(), match.end(), Period.day(monday + dt.timedelta(days=weekday - 1)), DAYS)


@RULES.rule(
    rf"(?P<hari>hari{B})?(?P<weekday>{WEEKDAY})(?P<tail>(?P<part>{B}{DAY_PART})?{B}(?P<deictic>{DEICTIC}))?(?![\w-])",
    ("hari",),
    WEEKDAYS,
)
def _weekday_alone(match: re.Match[str], context: Context) -> Reading | None:
    """`Senin`, `Rabu besok`, `hari Senin kemarin`; with a small letter `minggu` is a week."""
    if not match["hari"] and _is_no_day(match, context.text):
        return None
    if _OPENING_DAYS.match(context.text, match.end()):
        return Reading(match.start(), match.end(), Period.unknown())
    up_to = bool(_UP_TO.search(context.text, max(0, match.start() - 12), match.start()))
    direction = shift_of(match["deictic"]) or int(up_to)
    return Reading(match.start(), match.end(), Partial(weekday=weekday_of(match["weekday"]), direction=direction), DAYS)


def _is_no_day(match: re.Match[str], text: str) -> bool:
    """Whether a weekday without `hari` is a week, or the name of something: `Minggu lalu`, `Jumat Berkah`."""
    word = match["weekday"]
    if not word[0].isupper() or _NAMED_AFTER_DAY.search(text, max(0, match.start() - 12), match.start()):
        return True
    if word.casefold() == "minggu" and match["tail"] and not match["part"]:
        return not _INSIDE_SENTENCE.search(text, max(0, match.start() - 3), match.start())
    return not match["tail"] and _names_more(text, match.end())


def _names_more(text: str, at: int) -> bool:
    """Whether a capitalised word that is no part of the day goes on behind character ``at``."""
    capital = text[at : at + 1] in (" ", "\u00a0") and text[at + 1 : at + 2].isupper()
    return capital and not _DAY_PART.match(text, at + 1)
