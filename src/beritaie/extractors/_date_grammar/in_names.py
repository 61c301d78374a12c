"""Which years say nothing of when: those of laws, and those that end the name of an event, a plan or a thing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from beritaie.extractors._date_grammar.words import CLASSES, follows_time_lead
from beritaie.lexicon import alternation, column, rows

_LONGEST_NAME = 120  # characters
_LAW_NUMBER = re.compile(r"\b(?:nomor|no)\b\.?[ \u00a0]{0,2}[\w./-]{1,30}[ \u00a0,]{1,3}\Z", re.IGNORECASE)
_JOINT = rf"{alternation(CLASSES['in_names'])}|ke[ \u00a0-]{{1,2}}\d{{1,4}}|\d{{1,3}}"


def _name(words: Iterable[str]) -> re.Pattern[str]:
    """A name that one of ``words`` opens, up to its end."""
    inside = rf"[ \u00a0/-]{{1,2}}(?:\(?[A-Z][\w.'’&-]{{0,20}}\)?|{_JOINT})"
    return re.compile(rf"(?<!\w)(?:{alternation(words)})(?:{inside}){{0,6}}\)?[ \u00a0]{{0,2}}\Z")


_NAME = _name(column("names_with_year", "word"))
_NAME_WITH_TAHUN = _name(row["word"] for row in rows("names_with_year") if row["tahun"])
_DATED = re.compile(rf"(?<!\w)(?:{alternation(column('dated_words', 'word'))})\)?[ \u00a0]{{1,2}}\Z", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"(?:Tahun[ \u00a0])?\d{4}(?:[/–-]\d{4})?")
_WORD_BEFORE = re.compile(r"(?:^|(?P<before>[^\s\u00a0]))[\s\u00a0]{0,3}\(?(?P<word>[A-Z][\w'’&-]{0,30})\)?[ \u00a0]\Z")
_ENDS_SENTENCE = ".!?:;\"“”'"


def in_a_name(text: str, start: int, end: int) -> bool:
    """Whether the year (with `tahun` or without) from character ``start`` to ``end`` belongs to a name or a law.

    >>> in_a_name("Juara Piala Anggrek 2024", 20, 24), in_a_name("Dibuka pada 2024", 12, 16)
    (True, False)
    """
    before = text[max(0, start - _LONGEST_NAME) : start]
    if _LAW_NUMBER.search(before[-48:]):
        return True
    if _DATED.search(before[-24:]) or follows_time_lead(text, start):
        return False
    if text[start].islower():
        return bool(_NAME_WITH_TAHUN.search(before))
    return bool(_NAME.search(before)) or (bool(_YEAR_ALONE.fullmatch(text, start, end)) and _ends_a_name(before))


def _ends_a_name(before: str) -> bool:
    """Whether a capitalised word that does not open its sentence stands right before the year."""
    word = _WORD_BEFORE.search(before[-40:])
    return word is not None and word["before"] is not None and word["before"] not in _ENDS_SENTENCE
