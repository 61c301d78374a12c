"""Reads amounts as news writes them: digits in Indonesian notation, number words to any size, vague words.

``DIGITS``, ``WORDS``, ``VAGUE``, ``GLUED`` and ``NUMBER`` (any of the first three) are sources of regular
expressions, without groups and linear in time, to build patterns of; whatever one of them matches,
``read_number`` reads. They hold their own flags and look at both of their ends, so that no number is cut
out of a longer one or a word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from beritaie.lexicon import alternation, rows

_WORDS = {row["word"]: (row["kind"], float(row["value"])) for row in rows("number_words")}
_LONGEST = 300  # characters; more is no number
_CACHED = 4096

BLANK = r"[ \u00a0\t\n]"


def _any(*kinds: str) -> str:
    return f"(?:{alternation(word for word, (kind, _) in _WORDS.items() if kind in kinds)})"


_GAP = rf"{BLANK}{{0,3}}"  # none: `duabelas`, `limaratus`
_UNIT, _TEEN, _TEN, _HUNDRED, _SCALE = (_any(kind) for kind in ("unit", "teen", "ten", "hundred", "scale"))
_BELOW_100 = f"(?:{_any('whole')}|{_UNIT}(?:{_GAP}{_TEEN}|{_GAP}{_TEN}(?:{_GAP}{_UNIT})?)?)"
_BELOW_1000 = f"(?:(?:{_any('one_hundred')}|{_UNIT}{_GAP}{_HUNDRED})(?:{_GAP}{_BELOW_100})?|{_BELOW_100})"
_SCALED = f"(?:{_any('scaled')}|{_BELOW_1000}{_GAP}{_SCALE})(?:{_GAP}{_SCALE})?"
_POINT = f"{_GAP}{_any('point')}(?:{_GAP}{_any('unit', 'digit')}){{1,6}}"
_SPELT = (
    f"(?:(?:{_SCALED}(?:{_GAP}{_SCALED}){{0,5}}(?:{_GAP}{_BELOW_1000})?|{_BELOW_1000})"
    f"(?:(?:{_GAP}{_any('half')}|{_POINT}|{_GAP}{_any('denominator')})(?:{_GAP}{_SCALE})?)?"
    f"|{_any('half', 'part')}(?:{_GAP}{_SCALE})?)"
)
_FIGURES = (
    r"(?:\d{1,3}(?:\.\d{3}){1,6}(?:,\d{1,9})?"  # Indonesian
    r"|\d{1,3}(?:,\d{3}){2,6}(?:\.\d{1,9})?"  # English
    r"|\d{1,18}(?:[.,]\d{1,9})?)"
)
_FRACTION = "(?:[½¼¾⅓⅔])"
_AFTER_DIGITS = f"{_GAP}{_any('scale', 'short')}(?!\\w)(?:{_GAP}{_SCALE}(?!\\w))?"

_NOT_INSIDE = r"(?<![\w])(?<!\d[.,])"
_ENDS = r"(?![\w])(?![.,]\d)"

WORDS = rf"(?i:{_NOT_INSIDE}{_SPELT}(?!\w))"
"""Number words: `dua puluh lima`, `seratus ribu`, `setengah`, `dua koma lima juta`."""

DIGITS = (
    rf"(?i:{_NOT_INSIDE}(?:{_FIGURES}{_FRACTION}?|{_FRACTION})"
    rf"(?:{_AFTER_DIGITS}(?:{_GAP}{_FIGURES}{_AFTER_DIGITS}){{0,3}}|{_ENDS})"
    rf"(?:{BLANK}?\({BLANK}?{_SPELT}{BLANK}?\))?)"
)
"""Digits, with a scale (`1,2 juta`, `1 juta 200 ribu`, `5 jt`) or spelt out behind (`2 (dua)`)."""

VAGUE = rf"(?i:{_NOT_INSIDE}(?:(?:{_BELOW_1000}{_GAP})?{_any('vague')})(?:{_GAP}{_SCALE}){{0,2}}(?!\w))"
"""Vague words, read as the least they mean: `belasan`, `puluhan ribu`, `ratusan juta`."""

GLUED = (
    rf"(?i:(?<!\d)(?<!\d[.,])(?:{_FIGURES}{_FRACTION}?|{_FRACTION})"
    rf"(?:{_AFTER_DIGITS}(?:{_GAP}{_FIGURES}{_AFTER_DIGITS}){{0,3}}|(?!\d)(?![.,]\d))"
    rf"(?:{BLANK}?\({BLANK}?{_SPELT}{BLANK}?\))?)"
)
"""Digits that letters may touch: `Rp10`, `3Kg`, `235.800siswa`."""

NUMBER = f"(?:{VAGUE}|{DIGITS}|{WORDS})"
"""Any of the three."""

_NUMBER = re.compile(NUMBER)
_VAGUE = re.compile(VAGUE)
_PIECE = re.compile(rf"(?i:{_FIGURES}|{_FRACTION}|{_any(*{kind for kind, _ in _WORDS.values()})})")
_BRACKETED = re.compile(r"\([^()]*\)\Z")
_FRACTIONS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}


def is_vague(text: str) -> bool:
    """Whether ``text`` is a number that means "at least": `ratusan`, `belasan ribu`.

    >>> is_vague("ratusan ribu"), is_vague("seratus ribu")
    (True, False)
    """
    return len(text) <= _LONGEST and _VAGUE.fullmatch(text.strip()) is not None


def read_figures(text: str) -> float | None:
    """The value of digits alone: a dot parts thousands, a comma decimals; English notation if it must be.

    >>> read_figures("235.800"), read_figures("2,5"), read_figures("1,234,567"), read_figures("2.5")
    (235800.0, 2.5, 1234567.0, 2.5)
    """
    if not re.fullmatch(_FIGURES, text):
        return None
    if text.count(",") > 1:
        return float(text.replace(",", ""))
    if "," in text:
        return float(text.replace(".", "").replace(",", "."))
    thousands = text.count(".") > 1 or re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text)
    return float(text.replace(".", "")) if thousands else float(text)


@lru_cache(maxsize=_CACHED)
def read_number(text: str) -> float | None:
    """The number that the whole of ``text`` writes, None if it is none; vague words give the least they mean.

    >>> read_number("1,2 juta"), read_number("seratus dua puluh lima ribu"), read_number("dua setengah")
    (1200000.0, 125000.0, 2.5)
    >>> read_number("belasan"), read_number("2 (dua)"), read_number("bukan angka")
    (11.0, 2.0, None)
    """
    text = text.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    pieces = _PIECE.findall(_BRACKETED.sub("", text).casefold())
    return _sum(pieces)


def _sum(pieces: list[str]) -> float:
    """Add up the pieces of a well-formed number."""
    total = hundreds = rest = 0.0
    scaled: float | None = None  # what the scale word right before gave, so that `ribu triliun` multiplies
    decimals = 0
    for piece in pieces:
        kind, value = _WORDS.get(piece, ("figures", 0.0))
        if kind in ("scale", "short"):
            amount = (scaled if scaled is not None else hundreds + rest) or 1.0
            total += amount * value - (scaled or 0.0)
            scaled, hundreds, rest, decimals = amount * value, 0.0, 0.0, 0
            continue
        if kind == "scaled":
            total, scaled = total + value, value
            continue
        scaled = None
        if kind == "point":
            decimals = 1
        elif decimals:
            rest += value / 10**decimals
            decimals += 1
        elif kind == "ten":
            rest *= value
        elif kind == "hundred":
            hundreds, rest = rest * value, 0.0
        elif kind == "one_hundred":
            hundreds = value
        elif kind == "denominator":
            rest /= value
        elif kind == "vague":
            hundreds, rest = 0.0, max(hundreds + rest, 1.0) * value
        else:
            rest += _figures(piece) if kind == "figures" else value
    return round(total + hundreds + rest, 9)


def _figures(piece: str) -> float:
    if piece in _FRACTIONS:
        return _FRACTIONS[piece]
    return read_figures(piece) or 0.0
