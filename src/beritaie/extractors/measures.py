"""Finds measured amounts and makes them comparable: `52 meter`, `2,5 hektare`, `magnitudo 5,6`, `120 km per jam`."""

from __future__ import annotations

import re
from typing import NamedTuple

from spacy.tokens import Doc

from beritaie.extractors._amounts import Amount, amounts, apart, clause, is_range, join, qualifier, torn
from beritaie.extractors._store import RecordDict, component, span_dict, taken
from beritaie.lexicon import alternation, rows, settings

_EARLIER = ("laws", "money", "percentages", "dates", "times", "durations")
_WORDS = settings("measure_words")
_BASE: dict[str, str] = _WORDS["base"]
_RATES: dict[str, str] = _WORDS["rates"]
_TIMES: dict[str, tuple[str, float]] = _WORDS["times"]


class Unit(NamedTuple):
    """A unit of measure; a value in it is ``(value + offset) * factor`` in the base unit."""

    name: str
    quantity: str | None
    base: str | None
    factor: float = 1.0
    offset: float = 0.0

    def to_base(self, value: float | None) -> float | None:
        """``value`` in the base unit, to twelve digits."""
        return None if value is None or self.base is None else float(f"{(value + self.offset) * self.factor:.12g}")


def _unit(row: dict[str, str]) -> Unit:
    quantity = row["quantity"]
    return Unit(row["name"], quantity, _BASE[quantity], float(row["factor"]), float(row["offset"] or 0))


_ANY = {row["word"].casefold(): _unit(row) for row in rows("units") if row["case"] == "any"}
_EXACT = {row["word"]: _unit(row) for row in rows("units") if row["case"] == "exact"}
_MEANT = {
    name: (frozenset(meant["cues"]), Unit(meant["name"], meant["quantity"], _BASE[meant["quantity"]], meant["factor"]))
    for name, meant in _WORDS["meant"].items()
}
_ONLY_MEANT = frozenset({"poin"})
_WORDS_OF_CLAUSE = re.compile(r"\w+")


def _pattern(*, digits: bool) -> re.Pattern[str]:
    after = ("any", "digits") if digits else ("any",)
    written = {
        case: alternation(row["word"] for row in rows("units") if row["case"] == case and row["after"] in after)
        for case in ("any", "exact")
    }
    units = rf"(?P<any>(?i:{written['any']}))"
    if written["exact"]:
        units += rf"|(?P<exact>{written['exact']})"
    per = alternation([*_TIMES, *_WORDS["per"]["words"]])
    rate = rf"(?i:[ \u00a0]?(?:/|per(?![a-z]))[ \u00a0]?(?P<per>{per})(?![\w/]))"
    return re.compile(rf"[ \u00a0\t\n]{{0,3}}(?:-(?=[a-z]{{3}}))?(?:{units})(?![\w⋅])(?:{rate})?")


_AFTER_DIGITS, _AFTER_WORDS = _pattern(digits=True), _pattern(digits=False)
_NAMES_BEFORE = alternation(word for word in _WORDS["before"] if len(word) > 1)
_BEFORE_NUMBER = re.compile(rf"(?<!\w)(?P<unit>(?i:{_NAMES_BEFORE})[ \u00a0\n]{{1,2}}|M[ \u00a0]?)\Z")
_MAGNITUDE, _DECIMAL = re.compile(r"\d(?:[.,]\d)?"), re.compile(r"\d[.,]\d")
_BEFORE_WINDOW = 14


def measures(text: str) -> list[RecordDict]:
    """The measured amounts of ``text`` as record dicts: in the unit written and in the quantity's base unit.

    Offsets count characters of ``text``; of a range ``value`` is the lower bound, ``high`` the upper one.

    >>> [(m["value"], m["unit"]) for m in measures("lahan 2,5 ha, gempa M 5,6, 120 km per jam")]
    [(2.5, 'hektare'), (5.6, 'magnitudo'), (120.0, 'kilometer per jam')]
    >>> [(m["quantity"], m["base_value"], m["base_unit"]) for m in measures("lahan 2,5 ha dan 18 km per jam")]
    [('area', 25000.0, 'm^2'), ('speed', 5.0, 'm/s')]
    """
    found: list[RecordDict] = []
    for amount in amounts(text):
        if found and amount.start < found[-1]["span"]["end"]:
            continue
        record = _before(text, amount) or _after(text, amount)
        if record is None:
            continue
        if found and found[-1]["unit"] == record["unit"] and is_range(text, found[-1], record):
            low = found.pop()
            record = join(text, low, record) | {"base_value": low["base_value"], "base_high": record["base_value"]}
        found.append(record)
    return found


def _record(text: str, start: int, end: int, amount: Amount, unit: Unit) -> RecordDict:
    return {
        "span": span_dict(text, start, end),
        "value": amount.value,
        "high": amount.high,
        "unit": unit.name,
        "quantity": unit.quantity,
        "base_value": unit.to_base(amount.value),
        "base_high": unit.to_base(amount.high),
        "base_unit": unit.base,
        "qualifier": amount.qualifier or qualifier(text, start, end),
    }


def _before(text: str, amount: Amount) -> RecordDict | None:
    """A measure whose unit comes first: `magnitudo 5,6`."""
    match = _BEFORE_NUMBER.search(text, max(0, amount.start - _BEFORE_WINDOW), amount.start)
    if match is None:
        return None
    # a lone M names much else: `M1` is a tank, a league, a road
    figure = _DECIMAL if match["unit"].strip() == "M" else _MAGNITUDE
    if not figure.fullmatch(text, amount.start, amount.end):
        return None
    unit = _ANY[_WORDS["before"][match["unit"].strip().casefold()]]
    return _record(text, match.start(), amount.end, amount, unit)


def _after(text: str, amount: Amount) -> RecordDict | None:
    """A measure as usual, its unit behind: `52 meter`."""
    if torn(text, amount.start):
        return None
    figures = text[amount.end - 1].isdigit() or text[amount.start].isdigit()
    match = (_AFTER_DIGITS if figures else _AFTER_WORDS).match(text, amount.end)
    if match is None:
        return None
    unit = _named(match["any"], match["exact"] if figures else None)
    if unit.name in _MEANT:
        cues, meant = _MEANT[unit.name]
        if not cues.isdisjoint(_WORDS_OF_CLAUSE.findall(clause(text, amount.start))):
            unit = meant
        elif unit.name in _ONLY_MEANT:
            return None
    return _record(text, amount.start, match.end(), amount, _rate(unit, match["per"]) if match["per"] else unit)


def _named(any_case: str | None, exact: str | None) -> Unit:
    if any_case:
        return _ANY[" ".join(any_case.casefold().split())]
    return _EXACT[exact or ""]


def _rate(unit: Unit, per: str) -> Unit:
    """``unit`` counted by another unit or a time: kilometres `per jam`."""
    written = " ".join(per.casefold().split())
    if written in _TIMES:
        name, seconds = _TIMES[written]
        divisor = Unit(name, None, "s", seconds)
    else:
        divisor = _ANY.get(written) or _EXACT.get(per) or Unit(written, None, None)
    name = f"{unit.name} per {divisor.name}"
    if unit.base is None or divisor.base is None or unit.offset:
        return Unit(name, None, None)
    base = f"{unit.base}/{divisor.base}"
    return Unit(name, _RATES.get(base), base, unit.factor / divisor.factor)


def _find(doc: Doc) -> list[RecordDict]:
    return apart(measures(doc.text), taken(doc, _EARLIER))


make_measures = component("measures", _find)
