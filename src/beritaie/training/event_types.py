"""Trains the small models that choose the main event, its type, date, places and participants."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.vectors import Vectors

from beritaie.extractors._store import store_mentions
from beritaie.extractors.events import read_facts
from beritaie.language.tokens import Tokenizer
from beritaie.linking.directions import Directions
from beritaie.linking.event_features import (
    name_features,
    name_vectors,
    phrase_features,
    phrase_vectors,
    topic_features,
    topic_vectors,
    type_features,
    type_vectors,
)
from beritaie.linking.event_phrases import Facts, Phrase, Range, phrases, spans, wording
from beritaie.linking.event_setting import (
    Setting,
    company_features,
    date_features,
    guest_features,
    guests,
    no_date_features,
    place_features,
)
from beritaie.linking.events import odds_features
from beritaie.linking.linear import Features, Linear, packed, softmax, spread
from beritaie.linking.mention import Mention
from beritaie.pipeline import COMPONENTS, page_doc
from beritaie.records import EventType, ParticipantRole
from beritaie.training.examples import joined, page_of, stretches

TYPES: tuple[str, ...] = EventType.__args__  # type: ignore[attr-defined]
ROLES: tuple[str, ...] = ParticipantRole.__args__  # type: ignore[attr-defined]
Array = NDArray[np.float32]

_PAGE = ("title", "published", "dateline", "outlet", "authors")
_FOLDS = 3
_STEPS = 100
_READ_IN_FULL = 4  # times that such an article counts beside one of which title and lead were read


class Lesson(NamedTuple):
    """An article with its facts as the pipeline reads them, and its main event as annotated."""

    facts: Facts
    main: Mapping[str, Any]


class Opening(NamedTuple):
    """An article of which title and lead were annotated: type and phrase of its main event, as far as known.

    The type is None where it reports no event.
    """

    facts: Facts
    kind: str | None
    what: str | None


class Choice(NamedTuple):
    """Candidates of which some are right; where none is, nothing can be learnt."""

    candidates: list[Features]
    right: list[bool]


# -- names as the ruler compares them --


def plain(text: str | None) -> str:
    """A name without case, brackets, quotation marks and outer punctuation.

    >>> plain(" Kantor Bupati, (Lama)")
    'kantor bupati lama'
    """
    text = unicodedata.normalize("NFKC", text or "").casefold()
    return re.sub(r"\s+", " ", re.sub(r"[\"'“”‘’()\[\],;]", " ", text)).strip(" .-–—")


def match(one: str, other: str) -> bool:
    """Whether a plain name is the other or stands in it as whole words.

    >>> match("kota bogor", "bogor"), match("bogor", "bogo")
    (True, False)
    """
    return bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def shared_words(one: str, other: str) -> float:
    """How far two phrases share their words, 0 to 1 (F1).

    >>> shared_words("Rapat Koordinasi", "rapat")
    0.6666666666666666
    """
    left, right = (Counter(re.findall(r"\w+", plain(text))) for text in (one, other))
    both = sum((left & right).values())
    return 2 * both / (sum(left.values()) + sum(right.values())) if both else 0.0


# -- fitting --


class Table(NamedTuple):
    """Feature dicts as a sparse matrix over the features seen in at least ``least`` of them."""

    names: tuple[str, ...]
    row: NDArray[np.int64]  # of each value
    column: NDArray[np.int64]
    value: Array
    height: int

    def dense(self) -> Array:
        """The whole matrix, rows × features."""
        values = np.zeros((self.height, len(self.names)), dtype=np.float32)
        values[self.row, self.column] = self.value
        return values

    def scores(self, weights: Array) -> Array:
        """One score a row."""
        total: Array = np.bincount(self.row, self.value * weights[self.column], self.height).astype(np.float32)
        return total

    def back(self, slopes: Array) -> Array:
        """What the rows' slopes say of each feature's weight."""
        total: Array = np.bincount(self.column, self.value * slopes[self.row], len(self.names)).astype(np.float32)
        return total


def tabulate(rows: Sequence[Features], least: int) -> Table:
    """The rows as a matrix; rare features are left out."""
    seen = Counter(name for row in rows for name in row)
    names = tuple(sorted(name for name, count in seen.items() if count >= least))
    index = {name: i for i, name in enumerate(names)}
    cells = [
        (i, j, value) for i, row in enumerate(rows) for name, value in row.items() if (j := index.get(name)) is not None
    ]
    row, column, value = zip(*cells, strict=True) if cells else ((), (), ())
    return Table(
        names,
        np.array(row, dtype=np.int64),
        np.array(column, dtype=np.int64),
        np.array(value, dtype=np.float32),
        len(rows),
    )


def descend(shape: tuple[int, ...], slope: Callable[[Array], Array], rate: float, penalty: float) -> Array:
    """Weights at the foot of a convex slope (Adam with a falling rate, L2 ``penalty``)."""
    weights = np.zeros(shape, dtype=np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        down = slope(weights) + penalty * weights
        first += 0.1 * (down - first)
        second += 0.01 * (down * down - second)
        pace = rate * (1 - step / (_STEPS + 1))
        weights -= pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def fit_labels(
    rows: Sequence[Features], gold: Sequence[str], labels: tuple[str, ...], *, least: int, penalty: float
) -> Linear:
    """A multinomial logistic regression."""
    table = tabulate(rows, least)
    values = table.dense()
    wanted = np.zeros((len(rows), len(labels)), dtype=np.float32)
    wanted[np.arange(len(rows)), [labels.index(label) for label in gold]] = 1.0

    def slope(weights: Array) -> Array:
        scores = values @ weights
        powers: Array = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        down: Array = values.T @ (shares - wanted)
        return down

    weights = descend((len(table.names), len(labels)), slope, 0.1, penalty)
    return Linear(labels, table.names, weights)


def fit_choices(choices: Sequence[Choice], *, least: int, penalty: float) -> Linear:
    """Weights by which the right candidates of each choice outscore the wrong ones."""
    usable = [choice for choice in choices if any(choice.right) and len(choice.right) > 1]
    rows = [features for choice in usable for features in choice.candidates]
    table = tabulate(rows, least)
    of = np.repeat(np.arange(len(usable)), [len(choice.right) for choice in usable])
    right = np.array([flag for choice in usable for flag in choice.right], dtype=np.float32)

    def within(scores: Array) -> Array:
        top = np.full(len(usable), -np.inf, dtype=np.float32)
        np.maximum.at(top, of, scores)
        powers: Array = np.exp(scores - top[of])
        shares: Array = powers / np.bincount(of, powers, len(usable)).astype(np.float32)[of]
        return shares

    def slope(weights: Array) -> Array:
        shares = within(table.scores(weights))
        held = shares * right
        good = held / np.bincount(of, held, len(usable)).astype(np.float32)[of]
        return table.back(shares - good)

    return Linear(("score",), table.names, descend((len(table.names),), slope, 0.05, penalty)[:, None])


def fit_flags(
    rows: Sequence[Features], gold: Sequence[bool], *, least: int, penalty: float, bar: float
) -> Linear:
    """A logistic regression whose score is above 0 where yes is likelier than ``bar``."""
    table = tabulate(rows, least)
    wanted = np.array(gold, dtype=np.float32)

    def slope(weights: Array) -> Array:
        shares = (1.0 / (1.0 + np.exp(-table.scores(weights)))).astype(np.float32)
        return table.back(shares - wanted)

    weights = descend((len(table.names),), slope, 0.05, penalty)
    weights[table.names.index("bias")] -= np.log(bar / (1 - bar))
    return Linear(("score",), table.names, weights[:, None])


# -- lessons --


def right_phrase(facts: Facts, what: str, phrase: Phrase) -> bool:
    """Whether a phrase, worded for the reader, names the annotated main event."""
    return shared_words(facts.text[slice(*wording(facts, phrase))], what) >= 0.5


def topical_row(facts: Facts) -> Features:
    """All that speaks for the topic of an article."""
    return topic_features(facts) | spread(topic_vectors(facts))


def main_choice(facts: Facts, what: str, topic: Mapping[str, float]) -> Choice:
    """Which phrase is what the article is about."""
    found = phrases(facts)
    return Choice(
        [
            phrase_features(facts, found, i, topic) | spread(phrase_vectors(facts, phrase))
            for i, phrase in enumerate(found)
        ],
        [right_phrase(facts, what, phrase) for phrase in found],
    )


def date_choice(lesson: Lesson, setting: Setting) -> Choice:
    """Which date is the event's, or none."""
    facts, wanted = lesson.facts, lesson.main["date"]
    dates = facts.all("dates")
    usable = [i for i, date in enumerate(dates) if date["value"] != "?"]
    right = [dates[i]["value"] == wanted for i in usable]
    rows = [date_features(facts, setting, i) for i in usable]
    return Choice([*rows, no_date_features(facts, setting)], [*right, not any(right)])


def dated(lesson: Lesson, setting: Setting) -> Setting:
    """The setting with the stretch of the annotated date."""
    right = (date for date in lesson.facts.all("dates") if date["value"] == lesson.main["date"])
    return setting._replace(date=next((spans(date)[0] for date in right), None))


def place_flags(lesson: Lesson, setting: Setting) -> Iterator[tuple[Features, bool]]:
    """Whether each place is one of the event's."""
    wanted = [plain(name) for name in lesson.main["places"]]
    for i, record in enumerate(lesson.facts.all("places")):
        if spans(record):
            features = place_features(lesson.facts, dated(lesson, setting), i)
            yield features, any(match(plain(record["name"]), name) for name in wanted)


def guest_flags(lesson: Lesson, setting: Setting) -> Iterator[tuple[Features, str | None]]:
    """The annotated role of everyone who may take part, None for those who did not."""
    wanted = {plain(one["name"]): one["role"] for one in lesson.main["participants"]}
    for guest in guests(lesson.facts):
        name = plain(guest.record["name"])
        role = wanted.get(name) or next((r for other, r in wanted.items() if match(name, other)), None)
        yield guest_features(lesson.facts, dated(lesson, setting), guest), role


# -- training --

SETTINGS: dict[str, dict[str, float]] = {
    "topic": {"least": 4, "penalty": 6.0},
    "eventless": {"least": 4, "penalty": 3.0, "bar": 0.8},
    "type": {"least": 4, "penalty": 6.0},
    "type alone": {"least": 3, "penalty": 3.0},
    "main": {"least": 6, "penalty": 6.0},
    "date": {"least": 3, "penalty": 5.0},
    "place": {"least": 5, "penalty": 5.0, "bar": 0.5},
    "company": {"least": 5, "penalty": 3.0, "bar": 0.47},
    "participant": {"least": 8, "penalty": 6.0, "bar": 0.36},
    "role": {"least": 5, "penalty": 3.0},
}


def _set(task: str) -> dict[str, Any]:
    return {key: int(value) if key == "least" else value for key, value in SETTINGS[task].items()}


def _unseen(count: int) -> Iterator[tuple[list[int], range]]:
    """Ways to part ``count`` lessons in those to learn from and those to guess."""
    for fold in range(_FOLDS):
        yield [i for i in range(count) if i % _FOLDS != fold], range(fold, count, _FOLDS)


Rows = list[Features]


def guessed_topics(rows: Rows, kinds: Sequence[str]) -> list[dict[str, float]]:
    """The shares of the types as told by classifiers that have not seen the article."""
    guesses: list[dict[str, float]] = [{}] * len(rows)
    for seen, unseen in _unseen(len(rows)):
        model = fit_labels([rows[i] for i in seen], [kinds[i] for i in seen], TYPES, **_set("topic"))
        for i in unseen:
            guesses[i] = dict(zip(TYPES, softmax(model.scores(rows[i])).tolist(), strict=True))
    return guesses


Flagged = list[tuple[Features, bool]]


def fit_pairs(flagged: Iterable[Flagged], task: str) -> Linear:
    """Which candidates are right, over all articles."""
    rows = [row for of_article in flagged for row in of_article]
    return fit_flags([features for features, _ in rows], [flag for _, flag in rows], **_set(task))


def company_flags(lessons: Sequence[Lesson], flagged: Sequence[Flagged]) -> Iterator[Flagged]:
    """Whether each place is one of the event's, beside the others as scored by weights that have not seen it."""
    for seen, unseen in _unseen(len(lessons)):
        model = fit_pairs([flagged[i] for i in seen], "place")
        for i in unseen:
            facts, scores = lessons[i].facts, [model.score(features) for features, _ in flagged[i]]
            places = [record for record in facts.all("places") if spans(record)]
            right = (flag for _, flag in flagged[i])
            yield list(zip(company_features(facts, places, scores), right, strict=True))


class Guess(NamedTuple):
    """What a model that has not seen the article chose, how sure it was, and whether it was right."""

    chosen: int
    share: float
    right: bool


def fit_main(choices: Sequence[Choice], seen: Iterable[int], full: int) -> Linear:
    """Which phrase is the main event, from the ``seen`` choices; the first ``full`` are of articles read in full."""
    return fit_choices([choices[i] for i in seen for _ in range(_READ_IN_FULL if i < full else 1)], **_set("main"))


def guessed_phrases(choices: Sequence[Choice], full: int) -> list[Guess | None]:
    """The main phrase as chosen by weights that have not seen the article: what later models will be told."""
    guesses: list[Guess | None] = [None] * len(choices)
    for seen, unseen in _unseen(len(choices)):
        model = fit_main(choices, seen, full)
        for i in unseen:
            scores = [model.score(candidate) for candidate in choices[i].candidates]
            if scores:
                shares = softmax(np.array(scores, dtype=np.float32))
                best = int(shares.argmax())
                guesses[i] = Guess(best, float(shares[best]), choices[i].right[best])
    return guesses


def guessed_types(rows: Rows, kinds: list[str]) -> list[Guess]:
    """The types as told by classifiers that have not seen the article."""
    guesses = [Guess(0, 0.0, False)] * len(rows)
    for seen, unseen in _unseen(len(rows)):
        model = fit_labels([rows[i] for i in seen], [kinds[i] for i in seen], TYPES, **_set("type"))
        for i in unseen:
            shares = softmax(model.scores(rows[i]))
            best = int(shares.argmax())
            guesses[i] = Guess(best, float(shares[best]), TYPES[best] == kinds[i])
    return guesses


def fit_sureness(guesses: Iterable[Guess]) -> Linear:
    """How often a choice is right that a model gives this share."""
    known = list(guesses)
    rows = [odds_features(guess.share) for guess in known]
    return fit_flags(rows, [guess.right for guess in known], least=1, penalty=0.1, bar=0.5)


def fit(lessons: Sequence[Lesson], openings: Sequence[Opening] = ()) -> dict[str, Linear]:
    """All models from annotated articles, each learnt from what the models before it get right and wrong.

    ``openings`` are further articles of which type and phrase alone are known.
    """
    typed = [opening for opening in openings if opening.kind]
    facts = [*(lesson.facts for lesson in lessons), *(opening.facts for opening in typed)]
    kinds = [*(lesson.main["type"] for lesson in lessons), *(opening.kind or "" for opening in typed)]
    names = [*(lesson.main["what"] for lesson in lessons), *(opening.what for opening in typed)]
    topical = [topical_row(one) for one in facts]
    topics = guessed_topics(topical, kinds)
    choices = [
        main_choice(one, name, topic) if name else Choice([], [])
        for one, name, topic in zip(facts, names, topics, strict=True)
    ]
    guesses = guessed_phrases(choices, len(lessons))
    named = [i for i, guess in enumerate(guesses) if guess]
    found = {i: phrases(facts[i])[guess.chosen] for i, guess in enumerate(guesses) if guess}
    rows = [type_features(facts[i], found[i]) | spread(type_vectors(facts[i], found[i])) for i in named]
    kinds_named = [kinds[i] for i in named]
    types = guessed_types(rows, kinds_named)
    pairs = [
        (lessons[i], Setting(found[i], TYPES[guess.chosen]))
        for i, guess in zip(named, types, strict=True)
        if i < len(lessons)
    ]
    alone = [name_features(facts[i], found[i]) | spread(name_vectors(facts[i], found[i])) for i in named]
    models = {
        "topic": fit_labels(topical, kinds, TYPES, **_set("topic")),
        "main": fit_main(choices, range(len(choices)), len(lessons)),
        "main sure": fit_sureness(guess for guess in guesses if guess),
        "type": fit_labels(rows, kinds_named, TYPES, **_set("type")),
        "type sure": fit_sureness(types),
        "type alone": fit_labels(alone, kinds_named, TYPES, **_set("type alone")),
        "date": fit_choices([date_choice(*pair) for pair in pairs], **_set("date")),
    }
    if len(typed) < len(openings):
        empty = [topical_row(opening.facts) for opening in openings if not opening.kind]
        models["eventless"] = fit_flags(
            [*topical, *empty], [False] * len(topical) + [True] * len(empty), **_set("eventless")
        )
    at = [list(place_flags(*pair)) for pair in pairs]
    if any(at):
        models["place"] = fit_pairs(at, "place")
        models["company"] = fit_pairs(list(company_flags([lesson for lesson, _ in pairs], at)), "company")
    who = [row for pair in pairs for row in guest_flags(*pair)]
    if who:
        models["participant"] = fit_flags([f for f, _ in who], [bool(role) for _, role in who], **_set("participant"))
        taking = [(f, role) for f, role in who if role]
        models["role"] = fit_labels([f for f, _ in taking], [role for _, role in taking], ROLES, **_set("role"))
    return models


_ALL = tuple(name for name in COMPONENTS if name not in {"beritaie_mentions", "beritaie_events"})


def _reader(vectors: Vectors | None) -> Language:
    """A pipeline of the library's extractors, without the network and without what is to be trained."""
    nlp = spacy.blank("id")
    nlp.tokenizer = Tokenizer(nlp.vocab)
    if vectors is not None:
        nlp.vocab.vectors = vectors
    for name in _ALL:
        nlp.add_pipe(name)
    return nlp


def openings(labels: Path, raw: Iterable[Path], nlp: Language) -> Iterator[Opening]:
    """The articles of which title and lead were annotated, stand-off in ``labels``, as the pipeline ``nlp`` reads them.

    A line of ``labels`` is ``{"id", "crc32", "type", "what"}``, the type null where nothing happens, ``what`` the
    characters of the raw text (or left out). Raises InputError where a text of the raw news files ``raw`` is missing or
    is not the one that was annotated.
    """
    directions = Directions(nlp.vocab.vectors.get_batch)
    for row, article in joined(labels, raw):
        what = article["text"][slice(*row["what"])] if "what" in row else None
        yield Opening(read_facts(nlp(page_doc(nlp, page_of(article))), directions), row["type"], what)


def lessons(
    articles: Iterable[Mapping[str, Any]],
    mentions: Mapping[str, Sequence[Mention]] | None = None,
    vectors: Vectors | None = None,
) -> Iterator[Lesson]:
    """Annotated articles as the library's extractors read them from the ``mentions`` of a network.

    ``mentions`` are given for every article by its id, in characters of its raw text; without them the
    annotated ones count.
    """
    nlp = _reader(vectors)
    directions = Directions(nlp.vocab.vectors.get_batch)
    for article in articles:
        main = next((event for event in article["record"]["events"] if event["main"]), None)
        if main is None:
            continue
        kept = list(stretches(article["text"], article["spans"]))
        doc = nlp.make_doc("".join(article["text"][start:end] for start, end in kept))
        doc._.page = {name: article["record"][name] for name in _PAGE}
        found = _annotated(article) if mentions is None else mentions[article["id"]]
        store_mentions(doc, _moved(found, kept))
        for _, component in nlp.pipeline:
            doc = component(doc)
        yield Lesson(read_facts(doc, directions), main)


def _annotated(article: Mapping[str, Any]) -> list[Mention]:
    """The annotated mentions."""
    return [
        Mention(
            s["start"], s["end"], article["text"][s["start"] : s["end"]], s["label"], 1.0, s["attrs"].get("k")
        )
        for s in article["spans"]
        if s["label"] in {"PER", "POS", "ORG", "LOC", "EVT"}
    ]


def _moved(found: Iterable[Mention], kept: Sequence[Range]) -> list[Mention]:
    """Mentions in characters of the kept stretches put together."""
    moved, length = [], 0
    ordered = sorted(found)
    for start, end in kept:
        inside = (mention for mention in ordered if start <= mention.start and mention.end <= end)
        moved += [m._replace(start=m.start - start + length, end=m.end - start + length) for m in inside]
        length += end - start
    return moved


def train(
    articles: Iterable[Mapping[str, Any]],
    out: Path,
    mentions: Mapping[str, Sequence[Mention]] | None = None,
    *,
    vectors: Vectors | None = None,
    further: Iterable[Opening] = (),
) -> dict[str, Linear]:
    """Train on annotated articles and write the weights to ``out`` (.npz).

    Best learnt from the ``mentions`` that a network finds in each article without having learnt from it (by article
    id, in characters of the raw text), with the static word ``vectors`` of the pipeline, and from ``further`` articles
    of which only type and phrase are known (see `openings`).
    """
    models = fit(list(lessons(articles, mentions, vectors)), list(further))
    out.write_bytes(packed(models))
    return models
