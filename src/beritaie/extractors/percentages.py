"""Finds percentages: `5,12%`, `20 persen`, `30 hingga 80 persen`, `0,25 persen poin`."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from beritaie.extractors._amounts import DASH, LINKS, Amount, amounts, apart, join, qualifier
from beritaie.extractors._store import RecordDict, component, span_dict, taken
from beritaie.lexicon import alternation, rows

_EARLIER = ("laws", "money")
_WORDS = {
    kind: [row["word"] for row in rows("percent_words") if row["kind"] == kind] for kind in ("sign", "word", "points")
}
# a list's next number may be glued to the word: `20 persen2. Beras`
_ENDS = r"(?:(?!\w)|(?=\d{1,2}\.[ \u00a0]))"
_SIGN = (
    rf"(?:[ \u00a0\t\n]{{0,2}}(?:{alternation(_WORDS['word'])}){_ENDS}|[ \u00a0]?(?:{alternation(_WORDS['sign'])}))"
    rf"(?P<points>[ \u00a0-](?:{alternation(_WORDS['points'])})(?!\w))?"
)
_TURNED = (  # `0,25 poin persentase`
    rf"[ \u00a0](?P<turned>(?:{alternation(_WORDS['points'])})[ \u00a0]"
    rf"(?:{alternation([*_WORDS['word'], 'persentase'])})(?!\w))"
)
_PERCENT = re.compile(rf"{_SIGN}|{_TURNED}", re.IGNORECASE)
_PLUS_MINUS = re.compile(
    rf"[ \u00a0]?(?:Â?±|\+/?-)[ \u00a0]?|[ \u00a0](?:{alternation(LINKS['plus_minus'])})[ \u00a0]",
    re.IGNORECASE,
)


def percentages(text: str) -> list[RecordDict]:
    """The percentages of ``text`` as record dicts; offsets count its characters, of a range the lower bound.

    >>> [(p["span"]["text"], p["value"], p["qualifier"]) for p in percentages("naik sekitar 5,12%")]
    [('5,12%', 5.12, '~')]
    >>> [(p["value"], p["high"], p["points"]) for p in percentages("2,5±1% dan 0,3 persen poin")]
    [(1.5, 3.5, False), (0.3, None, True)]
    """
    found: list[RecordDict] = []
    before: Amount | None = None  # the number right before, which a plus-minus or a dash may link
    for amount in amounts(text):
        sign = _PERCENT.match(text, amount.end)
        if sign and amount.value >= 0:
            record = _record(text, amount, sign, amount.start)
            if before and _PLUS_MINUS.fullmatch(text, before.end, amount.start):
                low, high = round(before.value - amount.value, 9), round(before.value + amount.value, 9)
                record = _record(text, amount, sign, before.start) | {"value": low, "high": high}
            elif found and DASH.fullmatch(text, found[-1]["span"]["end"], amount.start):
                record = join(text, found.pop(), record)
            found.append(record)
        before = amount
    return found


def _record(text: str, amount: Amount, sign: re.Match[str], start: int) -> RecordDict:
    return {
        "span": span_dict(text, start, sign.end()),
        "value": amount.value,
        "high": amount.high,
        "points": bool(sign["points"] or sign["turned"]),
        "qualifier": amount.qualifier or qualifier(text, start, sign.end()),
    }


def _find(doc: Doc) -> list[RecordDict]:
    return apart(percentages(doc.text), taken(doc, _EARLIER))


make_percentages = component("percentages", _find)
