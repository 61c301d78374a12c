"""Finds the phrases that name what happened: by the model, and by heads of the lexicon in title and lead."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, NamedTuple

from beritaie.lexicon import column, rows
from beritaie.linking.directions import Directions
from beritaie.linking.linear import Vector
from beritaie.linking.mention import Mention

Range = tuple[int, int]
Record = Mapping[str, Any]

_WORD = re.compile(r"\w+(?:[-'’/]\w+){0,4}+")
_PART = re.compile(r"\w+")
_LONGEST_HEAD = 4  # words
_LONGEST_NAME = 9  # words
_SHORTEST_WORDING = 3  # words that tell a reader what happened: a bare verb is told with its object
_SHORTEST_REPEAT = 3  # words of a name that is looked for elsewhere
_LEAD = 700  # characters behind the title in which heads are looked for
_VOWELS = frozenset("aeiou")
_NASAL = {
    "ng": "k",
    "ny": "s",
    "m": "p",
    "n": "t",
}  # the consonant that a prefix's nasal swallows before a vowel
_LONG_NAME = 4  # different words that make a name its own, whatever stands before it
_SHARED = 0.6
# An event's facts stand near the top of an article; no input, however long, may cost more than these.
_MOST_RECORDS = 300
_MOST_SPANS = 30
_MOST_PHRASES = 60
_LONGEST_HEADLINE = 400  # characters


class Word(NamedTuple):
    """A word of the text, lower case in ``lower``."""

    start: int
    end: int
    lower: str


class Head(NamedTuple):
    """A lexicon entry that heads a phrase: ``kind`` is `name noun verb say state`, ``type`` may be empty."""

    word: str
    kind: str
    type: str


def spans(record: Record) -> list[Range]:
    """The character ranges of a record, first one first."""
    found = record.get("spans") or [record.get("span")]
    return sorted((span["start"], span["end"]) for span in found[:_MOST_SPANS] if span)


@dataclass(frozen=True)
class Facts:
    """All that is known of an article before its events: its text, layout, event mentions and records."""

    text: str
    title: Range | None = None
    sentences: tuple[Range, ...] = ()
    published: str | None = None
    dateline: Range | None = None
    mentions: tuple[Mention, ...] = ()
    records: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    vectors: Callable[[list[str]], Vector] | Directions | None = field(default=None, repr=False, compare=False)
    notes: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # computed once

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word of the text."""
        return tuple([Word(m.start(), m.end(), m[0].casefold()) for m in _WORD.finditer(self.text)])

    @cached_property
    def headline(self) -> Range:
        """The title, or the first sentence where there is none."""
        start, end = self.title or (self.sentences[0] if self.sentences else (0, len(self.text)))
        return start, min(end, start + _LONGEST_HEADLINE)

    @cached_property
    def offices(self) -> tuple[Range, ...]:
        """The stretches of all positions."""
        return tuple(sorted({span for record in self.all("positions") for span in spans(record)}))

    @cached_property
    def hosts(self) -> tuple[Range, ...]:
        """The stretches of positions and institutions, inside which a place is only part of a name."""
        bodies = {span for record in self.all("institutions") for span in spans(record)}
        return tuple(sorted(bodies.union(self.offices)))

    @cached_property
    def quoted(self) -> tuple[Range, ...]:
        """The stretches of direct speech."""
        return tuple(span for record in self.all("quotes") for span in spans(record))

    @cached_property
    def speakers(self) -> Counter[str]:
        """How often each id is quoted."""
        return Counter(str(quote["speaker"]) for quote in self.all("quotes") if quote.get("speaker"))

    @cached_property
    def held(self) -> dict[str, str]:
        """Persons who hold an office, by id, with their status."""
        return {str(row["person"]): str(row.get("status", "current")) for row in self.all("officials")}

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def all(self, name: str) -> Sequence[Record]:
        """The records of one field, none where their extractor has not run."""
        return self.records.get(name, ())[:_MOST_RECORDS]

    def sentences_with(self, name: str) -> set[int]:
        """The sentences in which records of one field begin, computed once an article."""
        known: dict[str, set[int]] = self.notes.setdefault("sentences with", {})
        if name not in known:
            known[name] = {self.sentence(start) for record in self.all(name) for start, _ in spans(record)}
        return known[name]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that begin within a stretch."""
        return self.words[bisect_left(self._word_starts, start) : bisect_left(self._word_starts, end)]

    def before(self, start: int, count: int) -> tuple[Word, ...]:
        """The last ``count`` words before a place in the text."""
        at = bisect_left(self._word_starts, start)
        return self.words[max(0, at - count) : at]

    def after(self, end: int, count: int) -> tuple[Word, ...]:
        """The first ``count`` words behind a place in the text."""
        at = bisect_left(self._word_starts, end)
        return self.words[at : at + count]

    def sentence(self, start: int) -> int:
        """The index of the sentence at a place in the text."""
        behind = bisect_right(self._sentence_starts, start)
        return behind - 1 if behind else 0

    def bounds(self, start: int) -> Range:
        """The stretch of the sentence at a place in the text."""
        index = self.sentence(start)
        return self.sentences[index] if index < len(self.sentences) else (0, len(self.text))

    @cached_property
    def opening(self) -> int:
        """The index of the first sentence behind the headline."""
        behind = self.after(self.headline[1], 1)
        return self.sentence(behind[0].start) if behind else len(self.sentences)

    def in_headline(self, start: int) -> bool:
        """Whether a place in the text lies in the headline."""
        return self.headline[0] <= start < self.headline[1]


@dataclass(frozen=True)
class Phrase:
    """One event as named: its spans, its head, the model's ``score`` (0 where only the lexicon found it)."""

    spans: tuple[Range, ...]
    head: Head | None
    score: float

    @property
    def start(self) -> int:
        """Where it is first named."""
        return self.spans[0][0]

    @cached_property
    def name(self) -> Range:
        """The fullest span."""
        return max(self.spans, key=lambda span: (span[1] - span[0], -span[0]))


def unprefixed(word: str) -> str | None:
    """The folded root behind me-, di- or pe-an, None if there is no such prefix.

    >>> unprefixed("meninjau") == unprefixed("ditinjau") == unprefixed("peninjauan") == folded("tinjau")
    True
    """
    rest = None
    if word.startswith(("me", "pe")) and (word[0] == "m" or word.endswith(("an", "annya"))):
        rest = word[2:]
        for nasal, swallowed in _NASAL.items():
            if rest.startswith(nasal) and len(rest) > len(nasal) + 2:
                bare = rest[len(nasal) :]
                if bare[0] in _VOWELS:
                    rest = swallowed + bare
                    break
                if nasal in {"m", "n", "ng"} and bare[0] in "bpfvdtcjzsghk":
                    rest = bare
                    break
    elif word.startswith("di") and len(word) > 5:
        rest = word[2:]
    if rest is None or len(rest) < 3:
        return None
    return folded(rest)


def folded(root: str) -> str:
    """A root without suffixes, a first vowel marked as what ``meng-`` leaves of it.

    >>> folded("resmikan"), folded("ajak")
    ('resmi', 'kajak')
    """
    if root.endswith("nya") and len(root) > 6:
        root = root[:-3]
    for suffix in ("kan", "an", "i"):
        if root.endswith(suffix) and len(root) - len(suffix) >= 4:
            root = root[: -len(suffix)]
            break
    return "k" + root if root[:1] in _VOWELS else root


@cache
def _heads() -> tuple[dict[str, Head], dict[str, Head]]:
    """Lexicon heads by their written form, and verbs by their folded root."""
    written: dict[str, Head] = {}
    by_root: dict[str, Head] = {}
    for row in rows("event_heads"):
        head = Head(row["word"], row["kind"], row["type"])
        written.setdefault(head.word, head)
        if head.kind in {"verb", "say", "state"} and " " not in head.word:
            by_root.setdefault(folded(head.word), head)
    return written, by_root


@cache
def _long_starts() -> frozenset[str]:
    """The first words of heads of several words."""
    return frozenset(word.partition(" ")[0] for word in _heads()[0] if " " in word)


@cache
def _ends() -> frozenset[str]:
    return frozenset(column("event_phrase_ends", "word"))


@cache
def head_of_word(word: str) -> Head | None:
    """The lexicon's entry for one word, however it is prefixed.

    >>> head_of_word("meninjau").type, head_of_word("peninjauan").kind, head_of_word("kursi")
    ('visit', 'name', None)
    """
    written, by_root = _heads()
    if found := written.get(word):
        return found
    root = unprefixed(word)
    if root is None or (found := by_root.get(root)) is None:
        return None
    return Head(found.word, "noun", found.type) if word.startswith("pe") else found


def head_at(words: Sequence[Word], at: int) -> tuple[Head, int] | None:
    """The longest lexicon head that begins with word ``at``, and how many words it takes."""
    first = words[at].lower
    if first in _long_starts():
        written, _ = _heads()
        for length in range(min(_LONGEST_HEAD, len(words) - at), 1, -1):
            if found := written.get(" ".join(word.lower for word in words[at : at + length])):
                return found, length
    one = head_of_word(first)
    return (one, 1) if one else None


def head_of(words: Sequence[Word]) -> Head | None:
    """The first lexicon head among ``words``."""
    return next((found[0] for at in range(len(words)) if (found := head_at(words, at))), None)


def same_event(text: str, one: Range, other: Range) -> bool:
    """Whether two phrases name the same event: equal but for case, or the shorter one's words in the longer.

    >>> text = "Rapat Koordinasi Daerah 2024 … rapat koordinasi daerah … kebakaran"
    >>> same_event(text, (0, 28), (31, 54)), same_event(text, (0, 28), (57, 66))
    (True, False)
    """
    return _same_name(_name_words(text, one), _name_words(text, other))


def _name_words(text: str, span: Range) -> list[str]:
    return [match[0].casefold() for match in _WORD.finditer(text, *span)][:30]


def _same_name(left: Sequence[str], right: Sequence[str]) -> bool:
    if not left or not right:
        return False
    if left == right:
        return True
    short, long = sorted((set(left), set(right)), key=len)
    if len(short) == 1:
        word = next(iter(short))
        initials = "".join(w[0] for w in (left if len(left) > len(right) else right) if w[0].isalpha())
        return len(word) > 2 and (word in initials or (word in {left[0], right[0]} and word in long))
    whole = len(short) >= _LONG_NAME and short <= long
    return whole or (left[0] == right[0] and len(short & long) >= _SHARED * len(short))


def _extent(facts: Facts, words: Sequence[Word], at: int, length: int, head: Head) -> Range:
    """How far the phrase reaches that begins with word ``at``: verbs stand alone, names run on."""
    last = at + length - 1
    if head.kind in {"name", "noun"}:
        while last + 1 < len(words) and last - at + 1 < _LONGEST_NAME:
            following = words[last + 1]
            gap = facts.text[words[last].end : following.start]
            if gap.strip(" \u00a0()") or "\n" in gap or following.lower in _ends():
                break
            found = head_of_word(following.lower)
            if found and found.kind in {"verb", "say", "state"}:
                break
            written = facts.text[following.start : following.end]
            if not (written[0].isupper() or written[0].isdigit()) and last - at + 1 >= length + 2:
                break
            last += 1
    return words[at].start, words[last].end


def wording(facts: Facts, phrase: Phrase) -> Range:
    """What is said to have happened: the fullest span, a short one with the words behind it.

    >>> facts = Facts("Bupati Tinjau Pasar Lama di Kota", (0, 32), ((0, 32),))
    >>> facts.text[slice(*wording(facts, Phrase(((7, 13),), None, 0.0)))]
    'Tinjau Pasar Lama'
    """
    start, end = phrase.name
    length = _parts(facts.text[start:end])
    for word in facts.after(end, _SHORTEST_WORDING - length):
        length += _parts(facts.text[word.start : word.end])
        gap = facts.text[end : word.start]
        if length > _SHORTEST_WORDING or gap.strip(" \u00a0") or word.lower in _ends():
            break
        end = word.end
    return start, end


def _parts(text: str) -> int:
    """How many words there are, those with hyphens taken apart."""
    return len(_PART.findall(text))


def _from_lexicon(facts: Facts) -> list[Phrase]:
    """Heads of the lexicon in the title and the lead, and prefixed verbs of the title beyond it."""
    start = facts.headline[0]
    words = facts.words_in(start, facts.headline[1] + _LEAD)
    found = []
    at = 0
    while at < len(words):
        entry = head_at(words, at)
        if entry is None and facts.in_headline(words[at].start) and unprefixed(words[at].lower):
            entry = Head(words[at].lower, "verb", ""), 1
        if entry is None:
            at += 1
            continue
        head, length = entry
        span = _extent(facts, words, at, length, head)
        found.append(Phrase((span,), head, 0.0))
        at += length
    return found


def _joined(facts: Facts, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases that name the same event made one."""
    words = {span: _name_words(facts.text, span) for phrase in phrases for span in phrase.spans}
    events: list[Phrase] = []
    for phrase in phrases:
        for i, event in enumerate(events[:_MOST_PHRASES]):
            if any(_same_name(words[phrase.spans[0]], words[span]) for span in event.spans[:4]):
                fuller = max(event, phrase, key=lambda one: one.name[1] - one.name[0])
                events[i] = Phrase(
                    event.spans + phrase.spans, fuller.head or event.head, max(event.score, phrase.score)
                )
                break
        else:
            events.append(phrase)
    return events


def _repeated(facts: Facts, events: Sequence[Phrase]) -> list[Phrase]:
    """The events with the stretches where one of their longer names stands again."""
    known: dict[str, int] = {}
    for i, event in enumerate(events):
        for span in event.spans:
            if _SHORTEST_REPEAT <= len(facts.words_in(*span)) <= _LONGEST_NAME and len(known) < _MOST_PHRASES:
                known.setdefault(facts.text[slice(*span)].casefold(), i)
    names: dict[str, list[str]] = {}
    for name in sorted(known, key=len, reverse=True):
        names.setdefault(name.split()[0], []).append(name)
    taken = {word.start for event in events for span in event.spans for word in facts.words_in(*span)}
    again: dict[int, list[Range]] = {}
    for word in facts.words if names else ():
        for name in names.get(word.lower, ()):
            end = word.start + len(name)
            if word.start not in taken and facts.text[word.start : end].casefold() == name:
                again.setdefault(known[name], []).append((word.start, end))
                taken.update(inner.start for inner in facts.words_in(word.start, end))
                break
    return [replace(event, spans=event.spans + tuple(again.get(i, ()))) for i, event in enumerate(events)]


def phrases(facts: Facts) -> list[Phrase]:
    """Every event that the article may report, in the order in which each is first named.

    >>> text = "Bupati Meninjau Pasar Lama"
    >>> [text[slice(*phrase.name)] for phrase in phrases(Facts(text, (0, 26), ((0, 26),)))]
    ['Meninjau']
    """
    by_model = [
        Phrase(
            ((mention.start, mention.end),),
            head_of(facts.words_in(mention.start, mention.end)),
            mention.score,
        )
        for mention in facts.mentions[:_MOST_RECORDS]
    ]
    covered = [phrase.spans[0] for phrase in by_model]
    by_word = [
        phrase
        for phrase in _from_lexicon(facts)
        if not any(phrase.spans[0][0] < end and start < phrase.spans[0][1] for start, end in covered)
    ]
    named = _repeated(facts, _joined(facts, by_model)[:_MOST_PHRASES])
    return sorted([*named, *by_word[:_MOST_PHRASES]], key=lambda phrase: phrase.start)
