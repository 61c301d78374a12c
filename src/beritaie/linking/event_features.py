"""What speaks for a phrase being the news, and for a type of event, as named features."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from beritaie.lexicon import rows
from beritaie.linking.directions import Directions
from beritaie.linking.event_phrases import (
    Facts,
    Phrase,
    Range,
    Word,
    folded,
    head_at,
    head_of_word,
    unprefixed,
)
from beritaie.linking.linear import Features, Vector, Vectors

_LEAD_WORDS = 60
_BODY_WORDS = 150  # behind the lead
_LONGEST_GROUP = 4  # words
_QUOTATION_MARKS = "\"“'‘"
_OF_MEANING, _OF_BODY, _OF_HEAD = 3.0, 1.5, 2.0  # lengths of vectors among features of 0 and 1
_LEAST_SHARE = 0.01


@cache
def _evidence() -> dict[str, list[tuple[str, float]]]:
    """Words and word groups to the types they speak for."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in rows("event_types"):
        found.setdefault(row["word"], []).append((row["type"], float(row["weight"])))
    return found


@cache
def _context() -> dict[str, frozenset[str]]:
    """Words and word groups to the kinds of context they make."""
    found: dict[str, set[str]] = {}
    for row in rows("event_context"):
        found.setdefault(row["word"], set()).add(row["kind"])
    return {word: frozenset(kinds) for word, kinds in found.items()}


@cache
def _evidence_starts() -> frozenset[str]:
    return first_words(_evidence())


@cache
def _context_starts() -> frozenset[str]:
    return first_words(_context())


@cache
def root(word: str) -> str:
    """A word without its verbal prefix and suffixes, so that `meninjau` and `peninjauan` count as one.

    >>> root("peninjauan") == root("tinjau")
    True
    """
    return unprefixed(word) or folded(word)


def first_words(groups: Iterable[str]) -> frozenset[str]:
    """The words with which word groups begin.

    >>> sorted(first_words(["kepada wartawan", "kata"]))
    ['kata', 'kepada']
    """
    return frozenset(group.partition(" ")[0] for group in groups)


def groups(words: Sequence[Word], starts: frozenset[str]) -> Iterator[str]:
    """Every run of one to four words that begins with one of ``starts``."""
    for at, word in enumerate(words):
        group = word.lower
        if group in starts:
            yield group
            for following in words[at + 1 : at + _LONGEST_GROUP]:
                group = f"{group} {following.lower}"
                yield group


def context(words: Sequence[Word]) -> set[str]:
    """The kinds of context (`report past future holding subordinate`) that ``words`` make."""
    table = _context()
    return {kind for group in groups(words, _context_starts()) for kind in table.get(group, ())}


def bucket(number: int, *limits: int) -> str:
    """A number as the first limit that it does not exceed.

    >>> bucket(3, 0, 1, 4), bucket(9, 0, 1, 4)
    ('4', 'more')
    """
    for limit in limits:
        if number <= limit:
            return str(limit)
    return "more"


def flags(names: Iterable[str]) -> Features:
    """Features that hold."""
    return dict.fromkeys(names, 1.0)


# -- the type --


def type_evidence(facts: Facts, stretch: Range) -> Features:
    """Lexicon scores of the types that a stretch of text speaks for, computed once an article."""
    known: dict[Range, Features] = facts.notes.setdefault("type evidence", {})
    if stretch not in known:
        known[stretch] = _type_evidence(facts.words_in(*stretch))
    return known[stretch]


def _type_evidence(words: Sequence[Word]) -> Features:
    table = _evidence()
    found: Features = {}
    for group in set(groups(words, _evidence_starts())):
        for kind, strength in table.get(group, ()):
            found[kind] = found.get(kind, 0.0) + strength
    at = 0
    while at < len(words):
        entry = head_at(words, at)
        if entry and entry[0].type:
            found[entry[0].type] = found.get(entry[0].type, 0.0) + 1.0
        at += entry[1] if entry else 1
    return found


def lead(facts: Facts) -> Range:
    """The first words behind the headline."""
    words = facts.after(facts.headline[1], _LEAD_WORDS)
    return (words[0].start, words[-1].end) if words else (facts.headline[1], facts.headline[1])


def body(facts: Facts) -> tuple[Word, ...]:
    """The words that follow the lead."""
    return facts.after(lead(facts)[1], _BODY_WORDS)


def meaning(facts: Facts, words: Sequence[Word]) -> Vector | None:
    """The mean direction of the words' vectors, None where there are no words or no vectors.

    >>> import numpy as np
    >>> facts = Facts("Banjir", (0, 6), ((0, 6),), vectors=lambda words: np.array([[0.0, 4.0]], dtype=np.float32))
    >>> meaning(facts, facts.words).round(3).tolist()
    [0.0, 1.0]
    """
    if facts.vectors is None or not words:
        return None
    known = facts.vectors
    if not isinstance(known, Directions):
        known = facts.notes.setdefault("directions", Directions(known))
    return known.mean([word.lower for word in words])


def topic_features(facts: Facts) -> Features:
    """What the words of title, lead and body speak for, whatever phrase names the event; computed once an article."""
    known: Features | None = facts.notes.get("topic features")
    if known is not None:
        return known
    found: Features = {"bias": 1.0}
    facts.notes["topic features"] = found
    for sign, stretch, of_word in (("t", facts.headline, 0.5), ("w", lead(facts), 0.3)):
        found |= dict.fromkeys((f"{sign}:{root(word.lower)}" for word in facts.words_in(*stretch)), of_word)
        for kind, strength in type_evidence(facts, stretch).items():
            found[f"lex{sign}:{kind}"] = min(strength, 3.0)
    words = body(facts)
    found |= dict.fromkeys((f"b:{root(word.lower)}" for word in words), 0.15)
    for kind, strength in _type_evidence(words).items():
        found[f"lexb:{kind}"] = 0.3 * min(strength, 4.0)
    found[f"quotes:{bucket(len(facts.all('quotes')), 0, 2, 5)}"] = 0.7
    found["titled" if facts.title else "untitled"] = 0.7
    return found


def topic_vectors(facts: Facts) -> Vectors:
    """Where the words of title, lead and body point, computed once an article."""
    known: Vectors | None = facts.notes.get("topic vectors")
    if known is None:
        title, opening = (facts.words_in(*stretch) for stretch in (facts.headline, lead(facts)))
        parts = (("vt", title, _OF_MEANING), ("vw", opening, _OF_MEANING), ("vb", body(facts), _OF_BODY))
        known = facts.notes["topic vectors"] = {
            sign: weight * vector
            for sign, words, weight in parts
            if (vector := meaning(facts, words)) is not None
        }
    return known


def name_features(facts: Facts, phrase: Phrase) -> Features:
    """What the phrase alone speaks for as type of an event."""
    found: Features = {"bias": 1.0}
    if phrase.head:
        found[f"head:{root(phrase.head.word.split()[0])}"] = 1.0
        found[f"kind:{phrase.head.kind}"] = 1.0
        found[f"headtype:{phrase.head.type or 'none'}"] = 1.0
    words = facts.words_in(*phrase.name)
    found |= dict.fromkeys((f"p:{root(word.lower)}" for word in words), 0.7)
    for kind, strength in type_evidence(facts, phrase.name).items():
        found[f"lexp:{kind}"] = 1.5 * min(strength, 3.0)
    if any(map(str.isdigit, facts.text[slice(*phrase.name)])):
        found["numbered"] = 0.5
    return found


def name_vectors(facts: Facts, phrase: Phrase) -> Vectors:
    """Where the words of the phrase point."""
    vector = meaning(facts, facts.words_in(*phrase.name))
    return {} if vector is None else {"vp": vector}


def type_features(facts: Facts, phrase: Phrase) -> Features:
    """What speaks for the type of the main event: the article's words and the phrase that names it."""
    return topic_features(facts) | name_features(facts, phrase)


def type_vectors(facts: Facts, phrase: Phrase) -> Vectors:
    """Where the article's words and those of the phrase point."""
    return {**topic_vectors(facts), **name_vectors(facts, phrase)}


# -- the phrase that the article is about --


def phrase_features(
    facts: Facts, candidates: Sequence[Phrase], index: int, topic: Mapping[str, float] | None = None
) -> Features:
    """What speaks for candidate ``index`` being what the article is about, whose ``topic`` is type to share."""
    phrase = candidates[index]
    found = flags(_of_finding(facts, candidates, index))
    found |= flags(_of_name(facts, phrase))
    found |= flags(_of_neighbours(facts, phrase))
    found |= flags(_of_sentence(facts, phrase))
    if facts.in_headline(phrase.start):
        found |= flags(_of_title(facts, candidates, index))
    if phrase.score > 0:
        found["model score"] = phrase.score
    return found | _of_topic(phrase, topic) if topic else found


def phrase_vectors(facts: Facts, phrase: Phrase) -> Vectors:
    """Where the first word of the phrase points."""
    vector = meaning(facts, facts.words_in(*phrase.name)[:1])
    return {} if vector is None else {"h": _OF_HEAD * vector}


def _of_topic(phrase: Phrase, topic: Mapping[str, float]) -> Features:
    """Whether the phrase's head is of the type that the article seems to be of."""
    kind, source = _kind(phrase), "model" if phrase.score > 0 else "lexicon"
    likely = max(topic, key=lambda name: topic[name])
    found = flags([f"likely {likely} kind:{kind}", f"likely {likely} {source}"])
    if phrase.head and phrase.head.type:
        share = topic.get(phrase.head.type, 0.0)
        found |= {"agrees": share, f"agrees kind:{kind}": share, "agrees log": math.log(share + _LEAST_SHARE) / 3}
    if kind == "say":
        found["speech agrees"] = topic.get("statement", 0.0)
    return found


def _kind(phrase: Phrase) -> str:
    return phrase.head.kind if phrase.head else "none"


def _of_finding(facts: Facts, candidates: Sequence[Phrase], index: int) -> Iterator[str]:
    """Who found the phrase, where, and after how many others."""
    phrase = candidates[index]
    source = "model" if phrase.score > 0 else "lexicon"
    rank = sum((other.score > 0) == (phrase.score > 0) for other in candidates[:index])
    yield source
    yield f"{source} rank:{bucket(rank, 0, 1, 2)}"
    if source == "model":
        yield f"model spans:{bucket(len(phrase.spans), 1, 2)}"
    elif any(other.score > 0 and facts.in_headline(other.start) for other in candidates):
        yield "lexicon beside model"
    in_lead = facts.sentence(phrase.start) <= facts.opening
    where = "title" if facts.in_headline(phrase.start) else "lead" if in_lead else "body"
    yield f"{source} in {where}"
    yield f"{source} kind:{_kind(phrase)}"
    yield f"{where} kind:{_kind(phrase)}"


def _of_name(facts: Facts, phrase: Phrase) -> Iterator[str]:
    """What the phrase itself says."""
    name = facts.text[slice(*phrase.name)]
    yield f"length:{bucket(len(name.split()), 1, 2, 4)}"
    if any(map(str.isdigit, name)):
        yield "numbered"
    if phrase.head:
        yield f"root:{root(phrase.head.word.split()[0])}"
        yield f"type:{phrase.head.type or 'none'}"
        if phrase.head.kind == "name" and phrase.head.type == "election":
            yield "vote"


def _of_neighbours(facts: Facts, phrase: Phrase) -> Iterator[str]:
    """The words and marks around the phrase."""
    if after := facts.after(phrase.spans[0][1], 1):
        yield f"next:{after[0].lower}"
    before = facts.before(phrase.start, 1)
    if not before:
        yield "very first"
        return
    gap = facts.text[before[0].end : phrase.start]
    if "\n" not in gap:
        yield f"prev:{before[0].lower}"
        if "subordinate" in context(before):
            yield "subordinate"
        head = head_of_word(before[0].lower)
        if head and head.kind in {"verb", "say"}:
            yield "object of verb"
    if ":" in gap:
        yield "behind colon"
    if "," in gap:
        yield "behind comma"
    if any(mark in gap for mark in _QUOTATION_MARKS):
        yield "quoted"


def _of_sentence(facts: Facts, phrase: Phrase) -> Iterator[str]:
    """What else stands in the sentence, and whether the head comes again."""
    sentence = facts.sentence(phrase.start)
    for name, sign in (("dates", "dated"), ("places", "placed")):
        if sentence in facts.sentences_with(name):
            yield sign
    if phrase.head:
        again = root_sentences(facts).get(root(phrase.head.word.split()[-1]), set())
        yield f"repeated:{bucket(len(again), 1, 2, 4)}"
        if facts.in_headline(phrase.start) and facts.opening in again:
            yield "again in lead"
            yield f"again in lead kind:{phrase.head.kind}"


def root_sentences(facts: Facts) -> dict[str, set[int]]:
    """The sentences in which each root stands, computed once an article.

    >>> root_sentences(Facts("Rapat ditunda", (0, 13), ((0, 13),)))
    {'rapat': {0}, 'tunda': {0}}
    """
    found: dict[str, set[int]] | None = facts.notes.get("roots")
    if found is None:
        found = facts.notes["roots"] = {}
        edges = [0, *(start for start, _ in facts.sentences[1:]), len(facts.text)]
        for index, stretch in enumerate(pairwise(edges)):
            for word in facts.words_in(*stretch):
                found.setdefault(root(word.lower), set()).add(index)
    return found


def _of_title(facts: Facts, candidates: Sequence[Phrase], index: int) -> Iterator[str]:
    """Where in the title the phrase stands, and between which other phrases."""
    phrase, kind = candidates[index], _kind(candidates[index])
    start, end = facts.headline
    before, after = facts.text[start : phrase.start], facts.text[phrase.spans[0][1] : end]
    left, right = (sum(part.count(mark) for mark in ",:;!?") for part in (before, after.rstrip("!?")))
    clause = f"clause:{min(left, 2)} of {min(left + right, 2) + 1}"
    yield clause
    yield f"{clause} kind:{kind}"
    if not before.strip():
        yield f"opens title kind:{kind}"
    titled = [other for other in candidates if other.head and facts.in_headline(other.start)]
    kinds = [other.head.kind for other in titled if other.head]
    if kind == "say" and any(other != "say" for other in kinds):
        yield "speech beside others"
    earlier = [other.head for other in titled if other.head and other.start < phrase.start]
    yield f"kind:{kind} number {min(sum(head.kind == kind for head in earlier), 2)}"
    if earlier:
        yield f"behind {earlier[-1].kind} {earlier[-1].type or 'none'}"
        yield f"kind:{kind} behind kind:{earlier[-1].kind}"
    following = next((other for other in titled if other.start > phrase.start), None)
    if following and following.head and not facts.words_in(phrase.spans[0][1], following.start):
        yield f"right before kind:{following.head.kind}"
        yield f"kind:{kind} right before kind:{following.head.kind}"
