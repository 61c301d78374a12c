"""What amounts of all kinds share: numbers with their ranges, and the words that make them inexact."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from beritaie.extractors._store import RecordDict, span_dict
from beritaie.language.numbers import GLUED, VAGUE, WORDS, is_vague, read_number
from beritaie.language.ranges import Ranges
from beritaie.lexicon import alternation, rows, settings
from beritaie.records import Qualifier

BLANK = r"[ \u00a0\t]"
DASH = re.compile(r"[ \u00a0]?[-–—][ \u00a0]?")
LINKS = settings("qualifier_links")
_SOFT = r"[ \u00a0\t\n]"


def openings(words: Iterable[str], length: int) -> list[str]:
    """The first ``length`` letters of ``words``, in the three usual casings: quick to find.

    >>> openings(["dua", "duabelas"], 3)
    ['DUA', 'Dua', 'dua']
    """
    first = {re.escape(word[:length].lower()) for word in words}
    return sorted(first | {word.capitalize() for word in first} | {word.upper() for word in first})


_NUMBER_WORDS = {row["word"]: (row["kind"], float(row["value"])) for row in rows("number_words")}
_SCALES = {word: value for word, (kind, value) in _NUMBER_WORDS.items() if kind in ("scale", "short")}
_ABOUT = {row["word"]: float(row["value"]) for row in rows("about_numbers")}

_NUMBER = re.compile(rf"{GLUED}|(?<!\w)(?i:(?:{alternation(_ABOUT)})(?!\w))|{VAGUE}|{WORDS}")
# cheap to look for everywhere: where a number may begin
_START = re.compile(rf"[0-9]+|[½¼¾⅓⅔]|\b(?:{'|'.join(openings((*_NUMBER_WORDS, *_ABOUT), 3))})")
_BRACKETED = re.compile(rf"{_SOFT}?\({BLANK}?(?:(?P<digits>\d{{1,7}})|(?P<roman>[IVXL]{{1,7}})){BLANK}?\)")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ABOUT_ENDING = re.compile(r"-?an(?!\w)")
_LINK = re.compile(
    rf"{BLANK}?[-–—]{BLANK}?|{_SOFT}(?:{alternation(LINKS['ranges'])}){_SOFT}",
    re.IGNORECASE,
)
_LONGEST_LINK = 16
_LAST_WORD = re.compile(r"(?:\A|[^\w])([a-z]{2,12})\Z|\d([a-z]{2,12})\Z", re.IGNORECASE)
_ENGLISH_THOUSANDS = re.compile(r"[1-9]\d{0,2},\d{3}")

_LONGEST_QUALIFIER = 4  # words
_QUALIFIER_WINDOW = 60  # characters
_BEFORE = {row["phrase"]: row["qualifier"] for row in rows("qualifiers") if row["place"] == "before"}
_TO = frozenset(LINKS["between"])
_AFTER = {row["phrase"]: row["qualifier"] for row in rows("qualifiers") if row["place"] == "after"}
_BEHIND = re.compile(rf"{_SOFT}{{1,3}}({alternation(_AFTER)})(?!\w)", re.IGNORECASE)


class Amount(NamedTuple):
    """A number or a range of numbers at characters ``start`` to ``end``; ``high`` only of a range."""

    start: int
    end: int
    value: float
    high: float | None
    qualifier: Qualifier | None  # what the number itself says: `ratusan` is >=, `100-an` is ~
    scaled: bool  # it ends in `ribu`, `juta`, …


@lru_cache(maxsize=8)
def amounts(text: str) -> tuple[Amount, ...]:
    """All numbers of ``text`` in reading order, ranges joined (`20-30`, `lima sampai enam juta`).

    >>> [(amount.value, amount.high) for amount in amounts("20-30 orang, lima sampai enam juta, 100-an")]
    [(20.0, 30.0), (5000000.0, 6000000.0), (100.0, None)]
    """
    found: list[Amount] = []
    for start in _START.finditer(text):
        if found and start.start() < found[-1].end:
            continue
        match = _NUMBER.match(text, start.start())
        if match is None:
            continue
        number = _read(text, *match.span())
        if number is None:
            continue
        if found and found[-1].high is None and number.start - found[-1].end <= _LONGEST_LINK:
            joined = _join(text, found[-1], number)
            if joined:
                found[-1] = joined
                continue
        found.append(number)
    return tuple(found)


def _read(text: str, start: int, end: int) -> Amount | None:
    written = text[start:end]
    qualifier: Qualifier | None = None
    value = _ABOUT.get(written.casefold())
    if value is not None:
        qualifier = "~"
    else:
        value = read_number(written)
        if value is None:
            return None
        if is_vague(written):
            qualifier = ">="
    if bracketed := _BRACKETED.match(text, end):
        if value == (float(bracketed["digits"]) if bracketed["digits"] else _roman(bracketed["roman"])):
            end = bracketed.end()
    elif written[-1].isdigit() and (ending := _ABOUT_ENDING.match(text, end)):
        end, qualifier = ending.end(), "~"
    return Amount(start, end, value, None, qualifier, _scale(written) > 1)


def _roman(letters: str) -> int:
    """The value of Roman digits."""
    values = [_ROMAN[letter] for letter in letters]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _scale(written: str) -> float:
    match = _LAST_WORD.search(written[-14:])
    return _SCALES.get((match[1] or match[2]).casefold(), 1.0) if match else 1.0


def _join(text: str, low: Amount, high: Amount) -> Amount | None:
    """The range from ``low`` to ``high`` if only a dash or `hingga` stands between them."""
    if high.qualifier == ">=" or not _LINK.fullmatch(text, low.end, high.start):
        return None
    value = low.value
    if high.scaled and not low.scaled:
        value *= _scale(text[high.start : high.end])
    if value >= high.value:
        return None
    return Amount(low.start, high.end, value, high.value, high.qualifier, high.scaled)


def whole(text: str, amount: Amount) -> float:
    """The value where only whole numbers make sense: `1,000 pelari` are a thousand.

    >>> whole("1,000 pelari", amounts("1,000 pelari")[0])
    1000.0
    """
    if not amount.scaled and _ENGLISH_THOUSANDS.fullmatch(text, amount.start, amount.end):
        return round(amount.value * 1000, 6)
    return amount.value


def qualifier(text: str, start: int, end: int) -> Qualifier | None:
    """How exact the words around ``text[start:end]`` say that it is, None where they say nothing.

    >>> text = "tidak kurang dari 40 warga"
    >>> qualifier(text, 18, 26)
    '>='
    """
    words = text[max(0, start - _QUALIFIER_WINDOW) : start].casefold().split()[-_LONGEST_QUALIFIER:]
    for first in range(len(words)):
        phrase = " ".join(words[first:])
        if phrase in _BEFORE and not (phrase in _TO and first and _is_amount(words[first - 1])):
            return _BEFORE[phrase]  # type: ignore[return-value]
    if behind := _BEHIND.match(text, end):
        return _AFTER[" ".join(behind[1].casefold().split())]  # type: ignore[return-value]
    return None


_CLAUSE_END = re.compile(r"[.;:!?\n(]\s|\n")
_CLAUSE_WINDOW = 70  # characters
_GLUED_WORD = re.compile(r"[a-z]{3}\Z")


def torn(text: str, start: int) -> bool:
    """Whether the number at ``start`` belongs to a code (`H5N1`); a glued word (`ada183 ha`) is no code.

    >>> torn("H5 N1", 1), torn("ada183 ha", 3), torn("183 ha", 0)
    (True, False, False)
    """
    if not start or not text[start - 1].isalpha():
        return False
    return not _GLUED_WORD.search(text, max(0, start - 3), start)


def _is_amount(word: str) -> bool:
    return word in _NUMBER_WORDS or any(letter.isdigit() for letter in word)


def apart(records: list[RecordDict], spans: Iterable[tuple[int, int]]) -> list[RecordDict]:
    """The ``records`` whose spans touch none of ``spans``.

    >>> found = [{"span": {"start": 0, "end": 2}}, {"span": {"start": 5, "end": 9}}]
    >>> apart(found, [(8, 12)])
    [{'span': {'start': 0, 'end': 2}}]
    """
    ranges = Ranges(spans)
    return [record for record in records if not ranges.touch(record["span"]["start"], record["span"]["end"])]


def is_range(text: str, low: RecordDict, high: RecordDict) -> bool:
    """Whether only a dash stands between two records whose values rise: `Rp 5 juta-Rp 6 juta`.

    >>> low, high = {"span": {"end": 4}, "value": 5.0}, {"span": {"start": 5}, "value": 6.0}
    >>> is_range("5 kg-6 kg", low, high), is_range("5 kg, 6 kg", low, high)
    (True, False)
    """
    linked = DASH.fullmatch(text, low["span"]["end"], high["span"]["start"])
    return linked is not None and bool(low["value"] < high["value"])


def join(text: str, low: RecordDict, high: RecordDict) -> RecordDict:
    """One record for the range from ``low`` to ``high``.

    >>> low = {"span": {"start": 0, "end": 2}, "value": 5.0, "qualifier": "~"}
    >>> join("5%-6%", low, {"span": {"start": 3, "end": 5}, "value": 6.0, "qualifier": None})["high"]
    6.0
    """
    return high | {
        "span": span_dict(text, low["span"]["start"], high["span"]["end"]),
        "value": low["value"],
        "high": high["value"],
        "qualifier": low["qualifier"] or high["qualifier"],
    }


def clause(text: str, position: int) -> str:
    """The clause that leads up to ``position``, as far as 70 characters back, in small letters.

    >>> clause("Ia pulang. Dana itu 5 juta", 20)
    'dana itu '
    """
    return _CLAUSE_END.split(text[max(0, position - _CLAUSE_WINDOW) : position])[-1].casefold()
