"""Finds counts and what is counted: `40 peserta`, `tiga unit mobil`, `ratusan warga`, `3 (tiga) unit`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc

from beritaie.extractors._amounts import LINKS, Amount, amounts, qualifier, torn, whole
from beritaie.extractors._store import RecordDict, component, mentions, span_dict, taken
from beritaie.language.ranges import Ranges
from beritaie.lexicon import alternation, column, settings
from beritaie.linking.mention import Mention

_EARLIER = ("laws", "money", "percentages", "dates", "times", "durations", "measures")
_NAMES = ("PER", "POS", "ORG", "LOC", "EVT")

_TABLE = settings("counts")
_LABELS = frozenset(_TABLE["before"])
_NAME_LABELS = frozenset(_TABLE["before_capital"])
_UNCOUNTED = frozenset(_TABLE["heads"])
_UNCOUNTED_ALONE = frozenset(_TABLE["heads_named"])
_VOIDS = re.compile(rf"[ \u00a0](?:{alternation(_TABLE['voids'])})(?!\w)", re.IGNORECASE)
_AFTER_ONE = frozenset(_TABLE["satu"])
_CLASSIFIERS = frozenset(_TABLE["classifiers"])
_BEFORE_CAPITALS = _CLASSIFIERS | frozenset(_TABLE["before_capitals"])
_PERSON = _TABLE["person"]
_SORTS_OF_PEOPLE = frozenset(_TABLE["sorts_of_people"])
_MEMBERS = frozenset(_TABLE["members"])
_CITIZENS = frozenset(_TABLE["citizens"])
_VERB_LIKE = frozenset(column("verb_like_names", "word"))
_ENDS = frozenset(column("phrase_ends", "word"))
_NO_HEADS = (_ENDS - frozenset(_TABLE["heads_too"])) | _UNCOUNTED
_INNER_ENDS = (_ENDS | _UNCOUNTED | frozenset(_TABLE["inner_ends"])) - frozenset(_TABLE["sorts"])


def _openings(phrases: list[str]) -> dict[str, re.Pattern[str]]:
    """A pattern for ``phrases`` by their first word, so that few words cost a match."""
    by_word: dict[str, list[str]] = {}
    for phrase in phrases:
        by_word.setdefault(phrase.split()[0], []).append(phrase)
    return {
        word: re.compile(rf"(?:{alternation(group)})(?![\w-])", re.IGNORECASE)
        for word, group in by_word.items()
    }


_NAMING = _openings(_TABLE["names"]["phrases"])
_TOLD = {noun: _openings(phrases) for noun, phrases in _TABLE["told"].items()}

_OWNERS = frozenset(_TABLE["owners"])
_LEVELS = frozenset(word.casefold() for word in column("place_levels", "word"))
_SURE = 0.3  # score of a name below which a number in it may still count
_LONGEST_NAME = 6  # words of a body that is counted itself

_LONGEST_PHRASE = 7  # words
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"
# a capital right behind a small letter begins a glued word: `WargaMengungsi`
_LETTER_RUN = rf"[{_LETTERS}](?:[a-zß-öø-ÿ0-9]|(?<![a-zß-öø-ÿ])[A-ZÀ-ÖØ-Þ]){{0,40}}"
_WORD = re.compile(
    r"([ \u00a0]{0,3}(?:\n(?=[a-z]))?)"
    rf"({_LETTER_RUN}(?:(?:[/'’](?=[{_LETTERS}])|-(?=\w))[{_LETTERS}0-9]{{1,40}}){{0,3}})"
)
_VERB = re.compile(r"(?:me(?:m[bpf]?|n[cdjstyz]?|ng|[lrwy])|di|ber|ter)[a-z]{3,}(?:-[a-z]+)?\Z")
_HEADLINE_VERB = re.compile(r"[A-Z][a-z]+[bcdfghjlmnpqrstwz]kan\Z")  # `Lumpuhkan`; a noun has a vowel there
_REACHING = "se-"  # `se-Sulawesi`
_MORE = re.compile(rf"[ \u00a0](?:{alternation(LINKS['more'])})(?=[ \u00a0][a-z])")
_LABEL = re.compile(r"(?<![A-Za-z])([A-Za-z][A-Za-z-]{0,15}\.?)[ \u00a0]{0,2}\Z")
_LABEL_WINDOW = 20
_JOINED = re.compile(r"(?:\w-|[\d.]/|[+:#=&_%])\Z")
_LARGE = 1000  # no school or edition has such a number
_NO_NUMBER = re.compile(r"(?:19|20)\d\d|\d{1,2}\.\d{1,2}|0\d.{0,300}", re.DOTALL)  # a year, a version, a code
_WORDY = re.compile(r"[a-z]", re.IGNORECASE)
_ORDINAL_LABEL = re.compile(rf"(?<!\w)(?:{alternation(_TABLE['ranks'])})[ \u00a0]ke[ \u00a0]\Z", re.IGNORECASE)
_POSSESSIVE = re.compile(r"-?nya\Z")
_LIST_NUMBER = re.compile(r"\d{1,2}\.[ \u00a0]")
_GLUED_LIST_NUMBER = re.compile(r"[A-Za-z][a-z]{2,40}(?=\d{1,2}\.[ \u00a0])")
_PROPER = re.compile(r"[ \u00a0][A-Z][a-z]")
_OR = re.compile(rf"[ \u00a0]/[ \u00a0](?=[{_LETTERS}])")
_TIMES = re.compile(r"x\d")  # `1x125cc`
_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{1,8}\Z")
_ONE_NAME = re.compile(r"\w+(?: \w+)?\Z")


class Word(NamedTuple):
    """A word of the noun phrase behind a number."""

    start: int
    end: int
    text: str


def counts(
    text: str, names: Iterable[Mention] = (), spoken_for: Iterable[tuple[int, int]] = ()
) -> list[RecordDict]:
    """The counts of ``text`` as record dicts; offsets count its characters.

    ``names`` are its mentions, where a phrase stops; ``spoken_for`` are ranges of characters that belong to
    other records: dates, money and the like.

    >>> [(c["span"]["text"], c["value"], c["unit"]) for c in counts("Sekitar tiga ekor sapi di 17 desa.")]
    [('tiga ekor sapi', 3.0, 'sapi'), ('17 desa', 17.0, 'desa')]
    """
    named = list(names)
    borders = {name.start: name for name in reversed(named)}
    inside = Ranges((name.start, name.end) for name in named if name.score >= _SURE)
    other = Ranges(spoken_for)
    found: list[RecordDict] = []
    for amount in amounts(text):
        if found and amount.start < found[-1]["span"]["end"]:
            continue
        if inside.touch(amount.start, amount.end) or other.touch(amount.start, amount.end):
            continue
        if not _counts_something(text, amount):
            continue
        more = _MORE.match(text, amount.end)
        phrase = _phrase(text, more.end() if more else amount.end, borders, other)
        if not phrase or _idle(text, amount, phrase):
            continue
        end = phrase[-1].end
        found.append(
            {
                "span": span_dict(text, amount.start, end),
                "value": whole(text, amount),
                "high": amount.high,
                "unit": _unit(text, phrase),
                "qualifier": ">" if more else amount.qualifier or qualifier(text, amount.start, end),
            }
        )
    return found


def _counts_something(text: str, amount: Amount) -> bool:
    """Whether the number itself can be a count: no year, score, rank, label or part of a code."""
    written = text[amount.start : amount.end]
    if torn(text, amount.start) or _NO_NUMBER.fullmatch(written):
        return False
    if amount.value < 1 or amount.value % 1:
        return False
    before = text[max(0, amount.start - _LABEL_WINDOW) : amount.start]
    if _JOINED.search(before) or (_WORDY.match(written) and _ORDINAL_LABEL.search(before)):
        return False
    label = _LABEL.search(before)
    if label is None:
        return True
    word, following = label[1].casefold(), text[amount.end : amount.end + 2].strip()
    if word in _LABELS or (len(word) == 1 and word.isalpha()):
        return False
    return word not in _NAME_LABELS or amount.value >= _LARGE or not following[:1].isupper()


def _idle(text: str, amount: Amount, phrase: list[Word]) -> bool:
    """Whether nothing is counted: `satu` is an article, `poin` alone a score."""
    head = phrase[0].text.casefold()
    if (len(phrase) == 1 and head in _UNCOUNTED_ALONE) or _VOIDS.match(text, phrase[-1].end):
        return True
    return head in _AFTER_ONE and text[amount.start : amount.end].casefold() == "satu"


def _phrase(text: str, position: int, borders: dict[int, Mention], other: Ranges) -> list[Word]:
    """The words of the noun phrase that begins at ``position``, none if no noun stands there."""
    words: list[Word] = []
    while len(words) < _LONGEST_PHRASE:
        word = _next_word(text, position, words)
        if word is None or other.touch(word.start, word.end):
            break
        name = borders.get(word.start)
        if name is not None and name.label != "EVT":
            if not words and name.label == "LOC" and word.text.casefold() in _LEVELS and text[position - 1].isalpha():
                words.append(word)  # `dua Desa` of two that are named
            elif _takes_name(words, name):
                words.append(Word(name.start, name.end, name.text))
            break
        more = _naming(text, word, words[-1]) if words else None
        if more is None and _ends(word, words):
            break
        words.append(more or word)
        position = words[-1].end
        if _LIST_NUMBER.match(text, position):
            break
    return words


def _next_word(text: str, position: int, words: list[Word]) -> Word | None:
    """The word at ``position``, or behind a slash there; none if it cannot belong to the phrase of ``words``."""
    either = _OR.match(text, position) if words else None
    match = _WORD.match(text, either.end() if either else position)
    if match is None or (words and not match[1] and not either):
        return None
    word = Word(match.start(2), match.end(2), match[2])
    if glued := _GLUED_LIST_NUMBER.match(text, word.start):  # `419 unit7. Sedan biru`
        word = Word(word.start, glued.end(), glued[0])
    if words:
        named_next = word.text in _LEVELS and _PROPER.match(text, word.end)  # `11 kecamatan | kabupaten Sukarame`
        return None if named_next or (either and _ends(word, words)) else word
    code = not match[1] and any(letter.isdigit() for letter in word.text)  # `5on5`
    return None if code else word


def _takes_name(words: list[Word], name: Mention) -> bool:
    """Whether a name goes on the phrase: behind a noun for its people, or as the counted (`17 SKPD`)."""
    if not words:
        return name.label == "POS" or (name.label == "ORG" and len(name.text.split()) <= _LONGEST_NAME)
    last = words[-1].text.casefold()
    if name.label == "LOC":
        return (
            last in _CITIZENS
            and name.kind in ("country", "province", "city")
            and bool(_ONE_NAME.match(name.text))
        )
    return name.label in ("ORG", "POS") and last in _MEMBERS


def _naming(text: str, word: Word, last: Word) -> Word | None:
    """A phrase at ``word`` that names the thing counted, though by its words it would end."""
    first = word.text.casefold()
    for openings in (_TOLD.get(last.text.casefold(), {}), _NAMING):
        pattern = openings.get(first)
        if pattern and (match := pattern.match(text, word.start)):
            return Word(match.start(), match.end(), match[0])
    return None


def _ends(word: Word, words: list[Word]) -> bool:
    """Whether ``word`` cannot go on the phrase of ``words``."""
    lower = word.text.casefold()
    if _HEADLINE_VERB.match(word.text):
        return True
    if not words:
        return lower in _NO_HEADS or len(lower) == 1 or _is_verb(lower) or _TIMES.match(lower) is not None
    if len(words) > 1 and lower in _OWNERS:
        return True
    if lower in _INNER_ENDS or len(lower) == 1 or lower.startswith(_REACHING) or _is_verb(lower):
        return True
    last = words[-1].text
    # a capital after a small letter begins a name, but for acronyms: `unit kegiatan UKM`, `ekor Sapi`
    if not word.text[0].isupper() or last[0].isupper() or _ACRONYM.match(word.text):
        return False
    return last.casefold() not in _BEFORE_CAPITALS


def _is_verb(word: str) -> bool:
    return word not in _VERB_LIKE and _VERB.match(word) is not None


def _unit(text: str, phrase: list[Word]) -> str:
    """What is counted: the phrase without its classifier, in small letters, `-nya` dropped."""
    words = phrase
    if len(phrase) > 1 and phrase[0].text.casefold() in _CLASSIFIERS:
        second = phrase[1].text.casefold()
        sort_of_people = second in _SORTS_OF_PEOPLE or " " in second
        words = phrase if phrase[0].text.casefold() == _PERSON and sort_of_people else phrase[1:]
    unit = " ".join(text[words[0].start : words[-1].end].casefold().split())
    stem = _POSSESSIVE.sub("", unit)
    return stem if len(stem) > 2 else unit


def _find(doc: Doc) -> list[RecordDict]:
    return counts(doc.text, mentions(doc, *_NAMES), taken(doc, _EARLIER))


make_counts = component("counts", _find)
