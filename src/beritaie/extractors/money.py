"""Finds amounts of money and gives them in full: `Rp 420 juta`, `US$ 5 miliar`, `107 miliar dolar AS`."""

from __future__ import annotations

import re
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc

from beritaie.extractors._amounts import Amount, amounts, apart, is_range, qualifier, torn, whole
from beritaie.extractors._store import RecordDict, span_dict, store, taken
from beritaie.lexicon import alternation, column, rows, settings

_EARLIER = ("laws",)
_WORDS = settings("money_words")
_LETTERS: dict[str, float] = _WORDS["letters"]
_CUES = frozenset(_WORDS["bare"]["cues"])
_CUE_WINDOW = 70  # characters before a bare amount
_CLAUSE = re.compile(r"[.;:!?\n(]\s|\n")
_WORD = re.compile(r"[a-z]+")
_ENDS = frozenset(column("phrase_ends", "word"))
_NEXT_WORD = re.compile(r"[ \u00a0]{0,3}([A-Za-z][\w-]{0,40})")
_VERB = re.compile(r"(?:di|me[mnlr]|ber|ter)[a-z]{3}")
_PERIOD = re.compile(rf"[ \u00a0](?:{alternation(_WORDS['bare']['often'])})(?!\w)", re.IGNORECASE)
_MILLION, _MILLIARD = 1e6, 1e9


def _names(place: str, exact: bool) -> dict[str, str]:
    return {
        row["word"]: row["code"]
        for row in rows("currencies")
        if row["place"] in (place, "both") and (row["case"] == "exact") is exact
    }


_BEFORE, _AFTER = _names("before", False), _names("after", False)
_BEFORE_EXACT, _AFTER_EXACT = _names("before", True), _names("after", True)
_BEFORE_PATTERN = re.compile(
    r"(?:(?<![A-Za-z])|(?<=[a-z])(?=Rp))"
    rf"(?:(?P<any>(?i:{alternation(_BEFORE)}))|(?P<exact>{alternation(_BEFORE_EXACT)}))"
    r"[ \u00a0\t\n]{0,3}\Z"
)
_AFTER_PATTERN = re.compile(
    r"[ \u00a0\t\n]{0,3}"
    rf"(?:(?P<any>(?i:{alternation(_AFTER)}))|(?P<exact>{alternation(_AFTER_EXACT)}))(?!\w)"
)
_LONGEST_BEFORE = 9  # characters of a currency before its number, blanks included
_SCALE_LETTER = re.compile(rf"[ \u00a0]?({alternation(_LETTERS)})(?![\w/])")
_RUPIAH_TAIL = re.compile(r"(?:,-+|,--|\.-|,=)|[ \u00a0\n]{1,2}rupiah(?!\w)", re.IGNORECASE)
_SPLIT_THOUSANDS = re.compile(r"\.[ \u00a0](\d{3})(?![\d.,]\d|\d)")
_PER = re.compile(
    rf"[ \u00a0]?(?:/|per(?![a-z])[ \u00a0-]{{0,2}})[ \u00a0]?(?:{alternation(_WORDS['bare']['per'])})(?!\w)",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\d{1,3}\.\d{3}")


def money(text: str) -> list[RecordDict]:
    """The amounts of money in ``text`` as record dicts: values in full, currencies by ISO 4217.

    Offsets count characters of ``text``; of a range the lower bound counts.

    >>> [(m["value"], m["currency"]) for m in money("Rp1,2 triliun, US$ 5 miliar dan 21.673 dong")]
    [(1200000000000.0, 'IDR'), (5000000000.0, 'USD'), (21673.0, 'VND')]
    """
    found: list[RecordDict] = []
    for amount in amounts(text):
        if found and amount.start < found[-1]["span"]["end"]:
            continue
        record = _before(text, amount) or _after(text, amount) or _bare(text, amount)
        if record is None:
            continue
        last = found[-1] if found else None
        if last and last["currency"] == record["currency"] and is_range(text, last, record):
            record |= {
                "span": span_dict(text, last["span"]["start"], record["span"]["end"]),
                "value": last["value"],
            }
            found.pop()
        found.append(record)
    return found


def _record(text: str, amount: Amount, span: tuple[int, int], value: float, currency: str) -> RecordDict:
    return {
        "span": span_dict(text, *span),
        "value": value,
        "currency": currency,
        "qualifier": amount.qualifier or qualifier(text, *span),
    }


def _code(match: re.Match[str], spelt: dict[str, str], exact: dict[str, str]) -> str:
    written = " ".join((match["any"] or match["exact"]).split())
    return spelt[written.casefold()] if match["any"] else exact[written]


def _before(text: str, amount: Amount) -> RecordDict | None:
    """Money with its currency before the number: `Rp 9.500`."""
    window = max(0, amount.start - _LONGEST_BEFORE)
    match = _BEFORE_PATTERN.search(text, window, amount.start)
    if match is None:
        return None
    currency = _code(match, _BEFORE, _BEFORE_EXACT)
    value, end = whole(text, amount), amount.end
    if split := _SPLIT_THOUSANDS.match(text, end):
        value, end = value * 1000 + float(split[1]), split.end()
    elif not amount.scaled and (letter := _SCALE_LETTER.match(text, end)):
        value, end = value * _LETTERS[letter[1]], letter.end()
    if currency == "IDR" and (tail := _RUPIAH_TAIL.match(text, end)):
        end = tail.end()
    return _record(text, amount, (match.start(), end), value, currency)


def _after(text: str, amount: Amount) -> RecordDict | None:
    """Money with its currency behind the number: `107 miliar dolar AS`."""
    match = _AFTER_PATTERN.match(text, amount.end)
    if match is None or torn(text, amount.start):
        return None
    currency = _code(match, _AFTER, _AFTER_EXACT)
    return _record(text, amount, (amount.start, match.end()), whole(text, amount), currency)


def _bare(text: str, amount: Amount) -> RecordDict | None:
    """Rupiah that nobody wrote: `anggaran 160 miliar`, `45.000 per kg`."""
    record = partial(_record, text, amount, (amount.start, amount.end), amount.value, "IDR")
    if _PRICE.fullmatch(text, amount.start, amount.end):
        return record() if _PER.match(text, amount.end) else None
    if not amount.scaled or amount.value < _MILLION or not _nothing_counted(text, amount.end):
        return None
    return (
        record()
        if amount.value >= _MILLIARD or _spoken_of(text, amount) or _PERIOD.match(text, amount.end)
        else None
    )


def _nothing_counted(text: str, position: int) -> bool:
    """Whether no noun follows that the number would count: `4,5 juta transaksi` is no money."""
    word = _NEXT_WORD.match(text, position)
    return word is None or word[1].casefold() in _ENDS or _VERB.match(word[1]) is not None


def _spoken_of(text: str, amount: Amount) -> bool:
    """Whether the clause before the amount speaks of money."""
    before = text[max(0, amount.start - _CUE_WINDOW) : amount.start]
    clause = _CLAUSE.split(before)[-1].casefold()
    return not _CUES.isdisjoint(_WORD.findall(clause))


@Language.factory("beritaie_money")
def make_money(nlp: Language, name: str) -> MoneyAmounts:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_money")``."""
    return MoneyAmounts()


class MoneyAmounts:
    """Writes the amounts of money of a Doc to ``doc._.records["money"]`` and ``doc.spans["money"]``.

    >>> import spacy
    >>> nlp = spacy.blank("id")
    >>> _ = nlp.add_pipe("beritaie_money")
    >>> nlp("Dana Rp 420 juta cair.")._.records["money"][0]["value"]
    420000000.0
    """

    def __call__(self, doc: Doc) -> Doc:
        store(doc, "money", apart(money(doc.text), taken(doc, _EARLIER)))
        return doc
