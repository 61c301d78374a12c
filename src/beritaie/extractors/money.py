"""Finds amounts of money and gives them in full: `Rp 420 juta`, `US$ 5 miliar`, `107 miliar dolar AS`."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from beritaie.extractors._amounts import Amount, amounts, apart, clause, is_range, join, qualifier, torn, whole
from beritaie.extractors._store import RecordDict, component, span_dict, taken
from beritaie.lexicon import alternation, column, rows, settings

_EARLIER = ("laws",)
_WORDS = settings("money_words")
_LETTERS: dict[str, float] = _WORDS["letters"]
_CUES = frozenset(_WORDS["bare"]["cues"])
_PRICE_CUES, _SUMS, _SUM_OF, _SOLD_BY, _PAID_PER = (
    frozenset(_WORDS["bare"][key]) for key in ("price_cues", "sums", "sum_of", "sold_by", "paid_per")
)
_WORD = re.compile(r"[a-z]+")
_ENDS = frozenset(column("phrase_ends", "word"))
_NEXT_WORD = re.compile(r"[ \u00a0]{0,3}([A-Za-z][\w-]{0,40})")
_VERB = re.compile(r"(?:di|me[mnlr]|ber|ter)[a-z]{3}")
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
_PER_NAMES: dict[str, str] = (
    {row["word"].casefold(): row["name"] for row in rows("units") if row["case"] == "any"}
    | {row["word"].casefold(): row["code"] for row in rows("currencies")}
    | _WORDS["per"]
)
_AS_OF = _WORDS["as_of"]
_PER = re.compile(
    r"(?:(?:[ \u00a0]?/[ \u00a0]?|[ \u00a0]per[ \u00a0-]{1,2}|[ \u00a0](?:se)?tiap[ \u00a0])"
    rf"(?:(?P<known>(?i:{alternation(_PER_NAMES)}))(?!\w)"
    rf"|(?!(?:{alternation(_AS_OF['never'])})(?!\w))(?P<other>[a-z]{{3,20}})(?!\w))"
    rf"|[ \u00a0](?:per|se)(?P<glued>{alternation([*_WORDS['per'], *_WORDS['glued']['units']])})(?!\w))"
    rf"(?![ \u00a0](?:(?i:{alternation(_AS_OF['followed_by'])})(?!\w)|(?:19|20)\d\d))"
)
_TOWARDS_RUPIAH = re.compile(rf"[ \u00a0](?:{alternation(_WORDS['bare']['towards'])})[ \u00a0]Rp", re.IGNORECASE)
_ONE_SOLD = alternation(_WORDS["bare"]["sold_as_one"])
_PRICE_LIST = re.compile(rf",[ \u00a0][A-Za-z][A-Za-z \u00a0]{{1,30}}(?:1 (?:{_ONE_SOLD})[ \u00a0])?", re.IGNORECASE)
_PRICE = re.compile(r"\d{1,3}\.\d{3}")


def money(text: str) -> list[RecordDict]:
    """The amounts of money in ``text`` as record dicts: values in full, currencies by ISO 4217.

    Offsets count characters of ``text``; of a range ``value`` is the lower bound, ``high`` the upper one;
    ``per`` is what a price buys or how often it is paid, outside the span.

    >>> [(m["value"], m["currency"]) for m in money("Rp1,2 triliun, US$ 5 miliar dan 21.673 dong")]
    [(1200000000000.0, 'IDR'), (5000000000.0, 'USD'), (21673.0, 'VND')]
    >>> [(m["value"], m["high"], m["per"]) for m in money("Rp 15.000-Rp 17.000/kg")]
    [(15000.0, 17000.0, 'kilogram')]
    """
    found: list[RecordDict] = []
    for amount in amounts(text):
        last = found[-1] if found else None
        if last and amount.start < last["span"]["end"]:
            continue
        record = _before(text, amount) or _after(text, amount) or _bare(text, amount, last)
        if record is None:
            continue
        if last and last["currency"] == record["currency"] and is_range(text, last, record):
            record = join(text, found.pop(), record)
        found.append(record)
    return found


def _record(text: str, amount: Amount, span: tuple[int, int], currency: str) -> RecordDict:
    return {
        "span": span_dict(text, *span),
        "value": amount.value,
        "high": amount.high,
        "currency": currency,
        "per": _per(text, span[1]),
        "qualifier": amount.qualifier or qualifier(text, *span),
    }


def _per(text: str, position: int) -> str | None:
    """What a price ending at ``position`` buys: the standard name of its unit, the noun, the time."""
    match = _PER.match(text, position)
    if match is None:
        return None
    written = " ".join((match["known"] or match["glued"] or match["other"]).casefold().split())
    return _PER_NAMES.get(written, written)


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
    value, high, end = whole(text, amount), amount.high, amount.end
    if split := _SPLIT_THOUSANDS.match(text, end):
        value, end = value * 1000 + float(split[1]), split.end()
    elif not amount.scaled and (letter := _SCALE_LETTER.match(text, end)):
        scale, end = _LETTERS[letter[1]], letter.end()
        value, high = value * scale, high and high * scale
    if currency == "IDR" and (tail := _RUPIAH_TAIL.match(text, end)):
        end = tail.end()
    return _record(text, amount._replace(value=value, high=high), (match.start(), end), currency)


def _after(text: str, amount: Amount) -> RecordDict | None:
    """Money with its currency behind the number: `107 miliar dolar AS`."""
    match = _AFTER_PATTERN.match(text, amount.end)
    if match is None or torn(text, amount.start):
        return None
    currency = _code(match, _AFTER, _AFTER_EXACT)
    return _record(text, amount._replace(value=whole(text, amount)), (amount.start, match.end()), currency)


def _bare(text: str, amount: Amount, last: RecordDict | None) -> RecordDict | None:
    """Rupiah that nobody wrote: `anggaran 160 miliar`, `45.000 per kg`."""
    price = _PRICE.fullmatch(text, amount.start, amount.end) is not None
    if _is_price(text, amount, last) if price else _is_sum(text, amount):
        return _record(text, amount, (amount.start, amount.end), "IDR")
    return None


def _is_price(text: str, amount: Amount, last: RecordDict | None) -> bool:
    """Whether a figure like `45.000` is a price by the words around it, or one of a list of prices."""
    if per := _per(text, amount.end):
        return per in _SOLD_BY
    if not _nothing_counted(text, amount.end):
        return False
    words = _WORD.findall(clause(text, amount.start))
    if words and (words[-1] in _PRICE_CUES or (words[-1] in _SUMS and not _SUM_OF.isdisjoint(words))):
        return True
    if last is None or last["currency"] != "IDR" or last["value"] >= _MILLION:
        return False
    listed = _PRICE_LIST.fullmatch(text, last["span"]["end"], amount.start)
    return listed is not None and _ENDS.isdisjoint(_WORD.findall(listed[0].casefold()))


def _is_sum(text: str, amount: Amount) -> bool:
    """Whether millions of nothing are rupiah: thousands of millions are, less where the words speak of money."""
    if not amount.scaled or amount.value < _MILLION or not _nothing_counted(text, amount.end):
        return False
    return (
        amount.value >= _MILLIARD
        or not _CUES.isdisjoint(_WORD.findall(clause(text, amount.start)))
        or _per(text, amount.end) in _PAID_PER
        or _TOWARDS_RUPIAH.match(text, amount.end) is not None
    )


def _nothing_counted(text: str, position: int) -> bool:
    """Whether no noun follows that the number would count: `4,5 juta transaksi` is no money."""
    word = _NEXT_WORD.match(text, position)
    return word is None or word[1].casefold() in _ENDS or _VERB.match(word[1]) is not None


def _find(doc: Doc) -> list[RecordDict]:
    return apart(money(doc.text), taken(doc, _EARLIER))


make_money = component("money", _find)
