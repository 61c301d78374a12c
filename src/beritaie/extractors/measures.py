"""Finds measured amounts: `52 meter`, `2,5 hektare`, `magnitudo 5,6`, `120 km per jam`."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._amounts import Amount, amounts, apart, is_range, qualifier, torn
from beritaie.extractors._store import RecordDict, span_dict, store, taken
from beritaie.lexicon import alternation, rows, settings

_EARLIER = ("laws", "money", "percentages", "dates", "times", "durations")
_WORDS = settings("measure_words")
_NAMES = {row["word"].casefold(): row["name"] for row in rows("units")}


def _written(case: str, after: str) -> list[str]:
    """The units of one sort as the text writes them."""
    return [row["word"] for row in rows("units") if row["case"] == case and row["after"] == after]


def _pattern(*, digits: bool) -> re.Pattern[str]:
    any_case, exact = _written("any", "any"), _written("exact", "any")
    if digits:
        any_case += _written("any", "digits")
        exact += _written("exact", "digits")
    choices = [f"(?i:{alternation(any_case)})"] + ([alternation(exact)] if exact else [])
    per = alternation(_WORDS["per"]["words"])
    rate = rf"(?i:[ \u00a0]?(?:/|per(?![a-z]))[ \u00a0]?(?:{per})(?![\w/]))"
    return re.compile(rf"[ \u00a0\t\n]{{0,3}}(?P<unit>{'|'.join(choices)})(?![\w⋅])(?P<rate>{rate})?")


_AFTER_DIGITS, _AFTER_WORDS = _pattern(digits=True), _pattern(digits=False)
_NAMES_BEFORE = alternation(word for word in _WORDS["before"] if len(word) > 1)
_BEFORE_NUMBER = re.compile(rf"(?<!\w)(?P<unit>(?i:{_NAMES_BEFORE})[ \u00a0\n]{{1,2}}|M[ \u00a0]?)\Z")
_MAGNITUDE, _DECIMAL = re.compile(r"\d(?:[.,]\d)?"), re.compile(r"\d[.,]\d")
_BEFORE_WINDOW = 14


def measures(text: str) -> list[RecordDict]:
    """The measured amounts of ``text`` as record dicts: values in the unit written, under its standard name.

    Offsets count characters of ``text``; of a range the lower bound counts.

    >>> [(m["value"], m["unit"]) for m in measures("lahan 2,5 ha, gempa M 5,6, 120 km per jam")]
    [(2.5, 'hektare'), (5.6, 'magnitudo'), (120.0, 'kilometer per jam')]
    """
    found: list[RecordDict] = []
    for amount in amounts(text):
        if found and amount.start < found[-1]["span"]["end"]:
            continue
        record = _before(text, amount) or _after(text, amount)
        if record is None:
            continue
        last = found[-1] if found else None
        if last and last["unit"] == record["unit"] and is_range(text, last, record):
            record |= {
                "span": span_dict(text, last["span"]["start"], record["span"]["end"]),
                "value": last["value"],
            }
            found.pop()
        found.append(record)
    return found


def _record(text: str, start: int, end: int, amount: Amount, unit: str) -> RecordDict:
    return {
        "span": span_dict(text, start, end),
        "value": amount.value,
        "unit": unit,
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
    return _record(
        text, match.start(), amount.end, amount, _WORDS["before"][match["unit"].strip().casefold()]
    )


def _after(text: str, amount: Amount) -> RecordDict | None:
    """A measure as usual, its unit behind: `52 meter`."""
    if torn(text, amount.start):
        return None
    figures = text[amount.end - 1].isdigit() or text[amount.start].isdigit()
    match = (_AFTER_DIGITS if figures else _AFTER_WORDS).match(text, amount.end)
    if match is None:
        return None
    unit = _NAMES[" ".join(match["unit"].casefold().split())]
    if rate := match["rate"]:
        divisor = re.split(r"/|per", rate.casefold(), maxsplit=1)[1].strip()
        unit = f"{unit} per {_NAMES.get(divisor, divisor)}"
    return _record(text, amount.start, match.end(), amount, unit)


@Language.factory("beritaie_measures")
def make_measures(nlp: Language, name: str) -> Measures:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_measures")``."""
    return Measures()


class Measures:
    """Writes the measured amounts of a Doc to ``doc._.records["measures"]`` and ``doc.spans["measures"]``.

    >>> import spacy
    >>> nlp = spacy.blank("id")
    >>> _ = nlp.add_pipe("beritaie_measures")
    >>> nlp("Lahan 2,5 ha terbakar.")._.records["measures"][0]["unit"]
    'hektare'
    """

    def __call__(self, doc: Doc) -> Doc:
        store(doc, "measures", apart(measures(doc.text), taken(doc, _EARLIER)))
        return doc
