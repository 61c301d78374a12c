"""Finds percentages: `5,12%`, `20 persen`, `30 hingga 80 persen`."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._amounts import DASH, LINKS, Amount, amounts, apart, qualifier
from beritaie.extractors._store import RecordDict, span_dict, store, taken
from beritaie.lexicon import alternation, column

_EARLIER = ("laws", "money")
_WORDS = column("percent_words", "word")
_SIGNS = [word for word in _WORDS if not word[0].isalpha()]
_SIGN = (
    rf"(?:[ \u00a0\t\n]{{0,2}}(?:{alternation(set(_WORDS) - set(_SIGNS))})(?!\w)"
    rf"|[ \u00a0]?(?:{alternation(_SIGNS)}))"
)
_PERCENT = re.compile(_SIGN, re.IGNORECASE)
_PLUS_MINUS = re.compile(
    rf"[ \u00a0]?(?:Â?±|\+/?-)[ \u00a0]?|[ \u00a0](?:{alternation(LINKS['plus_minus'])})[ \u00a0]",
    re.IGNORECASE,
)


def percentages(text: str) -> list[RecordDict]:
    """The percentages of ``text`` as record dicts; offsets count its characters, of a range the lower bound.

    >>> [(p["span"]["text"], p["value"], p["qualifier"]) for p in percentages("naik sekitar 5,12%")]
    [('5,12%', 5.12, '~')]
    """
    found: list[RecordDict] = []
    before: Amount | None = None  # the number right before, which a plus-minus or a dash may link
    for amount in amounts(text):
        sign = _PERCENT.match(text, amount.end)
        if sign and amount.value >= 0:
            start, value = amount.start, amount.value
            if before and _PLUS_MINUS.fullmatch(text, before.end, start):
                start, value = before.start, before.value - value
            elif found and DASH.fullmatch(text, found[-1]["span"]["end"], start):
                start, value = found[-1]["span"]["start"], found[-1]["value"]
                found.pop()
            found.append(
                {
                    "span": span_dict(text, start, sign.end()),
                    "value": round(value, 9),
                    "qualifier": amount.qualifier or qualifier(text, start, sign.end()),
                }
            )
        before = amount
    return found


@Language.factory("beritaie_percentages")
def make_percentages(nlp: Language, name: str) -> Percentages:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_percentages")``."""
    return Percentages()


class Percentages:
    """Writes a Doc's percentages to ``doc._.records["percentages"]`` and ``doc.spans["percentages"]``.

    >>> import spacy
    >>> nlp = spacy.blank("id")
    >>> _ = nlp.add_pipe("beritaie_percentages")
    >>> nlp("Naik 5,12%.")._.records["percentages"][0]["value"]
    5.12
    """

    def __call__(self, doc: Doc) -> Doc:
        store(doc, "percentages", apart(percentages(doc.text), taken(doc, _EARLIER)))
        return doc
