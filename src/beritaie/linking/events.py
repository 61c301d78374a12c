"""What happened: picks the event that the article is about, and says when, where and who took part."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from beritaie.lexicon import rows, settings
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
from beritaie.linking.event_phrases import Facts, Phrase, Range, Record, phrases, spans, wording
from beritaie.linking.event_setting import (
    SPECIFIC,
    Setting,
    company_features,
    date_features,
    guest_features,
    guests,
    no_date_features,
    place_features,
    roles_near,
    sentences_of,
    within,
)
from beritaie.linking.linear import Features, Linear, Vectors, softmax

Models = Mapping[str, Linear]

_MOST_EVENTS = 6
_REACH = 1  # sentences from where an event is named to where more is told of it
_MOST_BESIDE = 3  # places, persons and institutions of an event that is not the main one
_MOST_PLACES = 40  # looked at twice, the likeliest of the article
_LEAST_SHARE = 1e-4
_MOST_WORDS = 400  # in which an event is pointed at again
_TO_POINTER = 13  # words from its noun to `itu`: `kegiatan yang digelar oleh … itu`
_REGENCY = 5  # characters of a regency's code, `63.10`
_PEOPLE = ("persons", "positions", "institutions")


@cache
def by_rule() -> dict[str, Linear]:
    """The models to use where none are trained: a few weights written by hand.

    >>> sorted(by_rule())
    ['date', 'main', 'participant', 'place', 'role', 'type']
    """
    models = {}
    for name, table in settings("event_rules").items():
        labels = tuple(table)
        features = tuple(sorted({feature for weights in table.values() for feature in weights}))
        weights = np.array(
            [[table[label].get(feature, 0.0) for label in labels] for feature in features], dtype=np.float32
        )
        models[name] = Linear(labels, features, weights)
    return models


def read_topic(facts: Facts, models: Models) -> dict[str, float]:
    """How likely the article is of each type, by its words; empty where no model has learnt it."""
    if "topic" not in models:
        return {}
    shares = softmax(models["topic"].scores(topic_features(facts), topic_vectors(facts)))
    return dict(zip(models["topic"].labels, shares.tolist(), strict=True))


def eventless(facts: Facts, models: Models) -> bool:
    """Whether the article reports nothing that happens: advice, a list, an explanation, an opinion."""
    return "eventless" in models and models["eventless"].score(topic_features(facts), topic_vectors(facts)) > 0


def calibrated(share: float, models: Models, task: str) -> float:
    """A share as the part of such choices that are right, where a model has learnt it.

    >>> calibrated(0.25, {}, "main")
    0.25
    """
    if f"{task} sure" not in models:
        return share
    return 1 / (1 + math.exp(-models[f"{task} sure"].score(odds_features(share))))


def odds_features(share: float) -> Features:
    """The log odds of a share, to learn from how often it is right.

    >>> odds_features(0.5)
    {'bias': 1.0, 'odds': 0.0}
    """
    within = min(max(share, _LEAST_SHARE), 1 - _LEAST_SHARE)
    return {"bias": 1.0, "odds": math.log(within / (1 - within))}


def choose_main(
    facts: Facts, found: Sequence[Phrase], models: Models, topic: Mapping[str, float] | None = None
) -> tuple[int, float]:
    """The index of the phrase that the article is about, and its share of all scores."""
    scores = [
        models["main"].score(phrase_features(facts, found, i, topic), phrase_vectors(facts, phrase))
        for i, phrase in enumerate(found)
    ]
    shares = softmax(np.array(scores, dtype=np.float32))
    best = int(shares.argmax())
    return best, float(shares[best])


def choose_type(facts: Facts, phrase: Phrase, models: Models) -> tuple[str, float]:
    """The type of the main event, and its share."""
    return _likeliest(models["type"], type_features(facts, phrase), type_vectors(facts, phrase))


def other_type(facts: Facts, phrase: Phrase, models: Models) -> str:
    """The type of another event, told from its phrase alone."""
    model = models.get("type alone", models["type"])
    return _likeliest(model, name_features(facts, phrase), name_vectors(facts, phrase))[0]


def _likeliest(model: Linear, features: Features, vectors: Vectors) -> tuple[str, float]:
    shares = softmax(model.scores(features, vectors))
    best = int(shares.argmax())
    return model.labels[best], float(shares[best])


def choose_date(facts: Facts, setting: Setting, models: Models) -> int | None:
    """The index of the date record that says when, None if the article does not say."""
    dates = facts.all("dates")
    usable = [i for i, date in enumerate(dates) if date["value"] != "?"]
    features = [*(date_features(facts, setting, i) for i in usable), no_date_features(facts, setting)]
    shares = softmax(np.array([models["date"].score(each) for each in features], dtype=np.float32))
    by_value: dict[str, float] = {}
    for i, share in zip(usable, shares, strict=False):
        by_value[dates[i]["value"]] = by_value.get(dates[i]["value"], 0.0) + float(share)
    best = max(by_value, key=lambda value: by_value[value], default=None)
    if best is None or by_value[best] < shares[-1]:
        return None
    likely = [(share, i) for i, share in zip(usable, shares, strict=False) if dates[i]["value"] == best]
    return max(likely)[1]


def choose_places(facts: Facts, setting: Setting, models: Models) -> list[Record]:
    """The places of the event, most specific first: each is judged by itself, then beside the others."""
    named = [(i, record) for i, record in enumerate(facts.all("places")) if spans(record)]
    scores = [models["place"].score(place_features(facts, setting, i)) for i, _ in named]
    if "company" in models:
        likeliest = sorted(sorted(range(len(named)), key=lambda i: -scores[i])[:_MOST_PLACES])
        named, scores = [named[i] for i in likeliest], [scores[i] for i in likeliest]
        rows_of_all = company_features(facts, [record for _, record in named], scores)
        scores = [models["company"].score(features) for features in rows_of_all]
    return _specific_first([record for (_, record), score in zip(named, scores, strict=True) if score > 0])


def _specific_first(places: Sequence[Record]) -> list[Record]:
    return sorted(places, key=lambda record: SPECIFIC.index(record.get("kind") or "area"))


def choose_participants(facts: Facts, setting: Setting, models: Models) -> list[dict[str, Any]]:
    """Who took part, in reading order, each with a role."""
    role = models["role"]
    chosen = []
    for guest in guests(facts):
        features = guest_features(facts, setting, guest)
        if models["participant"].score(features) > 0:
            part = role.labels[int(role.scores(features).argmax())]
            one = {"id": guest.record.get("id"), "name": guest.record["name"], "role": part}
            chosen.append((spans(guest.record)[0], one))
    return [one for _, one in sorted(chosen, key=lambda pair: pair[0])]


def _time(facts: Facts, setting: Setting) -> Record | None:
    """The clock time in the sentence of the date, else of the phrase."""
    for place in [*([setting.date[0]] if setting.date else []), setting.phrase.start]:
        for record in facts.all("times"):
            if facts.sentence(spans(record)[0][0]) == facts.sentence(place):
                return record
    return None


def _counts(facts: Facts, phrase: Phrase) -> list[int]:
    """Counts in the headline, in the first sentence and where the event is named or pointed at (`kegiatan itu`)."""
    told_in = sentences_of(facts, phrase.spans) | {facts.opening} | _pointed_at(facts, phrase)
    starts = [spans(record)[0][0] for record in facts.all("counts")]
    return [i for i, start in enumerate(starts) if facts.in_headline(start) or facts.sentence(start) in told_in]


def _pointed_at(facts: Facts, phrase: Phrase) -> set[int]:
    """The sentences that speak of an event named before: `acara tersebut`, `rapat koordinasi itu`."""
    kinds = _column("event_pointers", "noun") | ({phrase.head.word} if phrase.head else set())
    ends = _column("event_pointers", "pointer")
    found = set()
    for at, word in enumerate(facts.words[:_MOST_WORDS]):
        if word.lower in kinds and any(after.lower in ends for after in facts.words[at + 1 : at + _TO_POINTER]):
            found.add(facts.sentence(word.start))
    return found


@cache
def _column(table: str, kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows(table) if row["kind"] == kind)


def _event(facts: Facts, phrase: Phrase, kind: str, score: float) -> dict[str, Any]:
    return {
        "id": "", "main": False, "type": kind, "type_score": None, "what": facts.text[slice(*wording(facts, phrase))],
        "date": None, "time": None,
        "places": [], "organizer": None, "participants": [], "counts": [], "key": None, "arguments": [],
        "spans": [_span(facts, span) for span in phrase.spans],
        "score": round(min(score, 1.0), 4),
    }  # fmt: skip


def _span(facts: Facts, span: Range) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "text": facts.text[slice(*span)]}


def event_key(kind: str, date: str | None, places: Sequence[Record]) -> str | None:
    """Type, first day and regency of an event: the same in every article about it; None without a day and a code.

    >>> event_key("visit", "2024-12-09/2024-12-11", [{"kind": "venue"}, {"code": "63.10.01"}])
    'visit/2024-12-09/63.10'
    """
    codes = (str(code) for place in places if (code := place.get("code") or place.get("within")))
    code = max(codes, key=lambda code: min(len(code), _REGENCY), default=None)
    return f"{kind}/{date.partition('/')[0]}/{code[:_REGENCY]}" if date and code else None


def _argument(facts: Facts, field: str, record: Record, phrase: Phrase) -> dict[str, Any]:
    """The stretch that says what fills a field: where the record is named in a sentence with the event, else first."""
    named_in = sentences_of(facts, phrase.spans)
    found_at = spans(record)
    span = next((span for span in found_at if facts.sentence(span[0]) in named_in), found_at[0])
    return {"field": field, "id": record.get("id"), "span": _span(facts, span)}


def main_event(facts: Facts, phrase: Phrase, score: float, models: Models) -> dict[str, Any]:
    """The record of the event that the article is about."""
    kind, share = choose_type(facts, phrase, models)
    setting = Setting(phrase, kind)
    event = _event(facts, phrase, kind, calibrated(score, models, "main"))
    event["main"] = True
    event["type_score"] = round(calibrated(share, models, "type"), 4)
    told: list[tuple[str, Record]] = []
    if (index := choose_date(facts, setting, models)) is not None:
        date = facts.all("dates")[index]
        event["date"] = date["value"]
        setting = setting._replace(date=spans(date)[0])
        told.append(("date", date))
    if time := _time(facts, setting):
        event["time"] = str(time["value"])
        told.append(("time", time))
    places = choose_places(facts, setting, models)
    event["places"] = [record["id"] for record in places]
    event["participants"] = choose_participants(facts, setting, models)
    people = {record["id"]: record for name in _PEOPLE for record in facts.all(name)}
    bodies = {record["id"] for record in facts.all("institutions")}
    organizers = (one["id"] for one in event["participants"] if one["role"] == "organizer" and one["id"] in bodies)
    event["organizer"] = next(organizers, None)
    event["counts"] = _counts(facts, phrase)
    event["key"] = event_key(kind, event["date"], places)
    told += [("place", record) for record in places]
    told += [("participant", people[one["id"]]) for one in event["participants"] if one["id"] in people]
    told += [("count", facts.all("counts")[i]) for i in event["counts"]]
    event["arguments"] = [_argument(facts, name, record, phrase) for name, record in told]
    return event


def _beside(facts: Facts, phrase: Phrase, name: str, reach: int = 0) -> list[Record]:
    """The records in a sentence with the phrase, or ``reach`` from one, and in no other name; nearest first."""
    named_in = sentences_of(facts, phrase.spans)
    near = []
    for order, record in enumerate(facts.all(name)):
        free = [start for start, end in spans(record) if not within((start, end), facts.hosts)]
        gaps = (min(abs(facts.sentence(start) - at) for at in named_in) for start in free)
        here = [abs(start - phrase.start) for start, gap in zip(free, gaps, strict=True) if gap <= reach]
        if here:
            near.append((min(here), order, record))
    return [record for _, _, record in sorted(near, key=lambda item: item[:2])]


def _reported(facts: Facts, phrase: Phrase) -> bool:
    """Whether two of date, place and people are told of an event, where it is named or a sentence away."""
    told = (
        any(record["value"] != "?" for record in _beside(facts, phrase, "dates", _REACH)),
        any(_beside(facts, phrase, "places", _REACH)),
        any(_beside(facts, phrase, name, _REACH) for name in ("persons", "institutions")),
    )
    return sum(told) > 1


def other_event(facts: Facts, phrase: Phrase, models: Models) -> dict[str, Any] | None:
    """The record of a further named event, None unless two of date, place and people are told of it."""
    if not _reported(facts, phrase):
        return None
    dates = [record["value"] for record in _beside(facts, phrase, "dates") if record["value"] != "?"]
    places = _beside(facts, phrase, "places")[:_MOST_BESIDE]
    people = [record for name in ("persons", "institutions") for record in _beside(facts, phrase, name)[:_MOST_BESIDE]]
    event = _event(facts, phrase, other_type(facts, phrase, models), phrase.score)
    event["date"] = dates[0] if dates else None
    event["places"] = [record["id"] for record in _specific_first(places)]
    event["key"] = event_key(event["type"], event["date"], places)
    for record in people:
        cues = roles_near(facts, spans(record)[:3], facts.offices)
        role = max(cues, key=lambda cue: cues[cue], default="other")
        event["participants"].append({"id": record.get("id"), "name": record["name"], "role": role})
    return event


def find_events(facts: Facts, models: Models | None = None) -> list[dict[str, Any]]:
    """The events of an article in reading order: the main one, others of which two of date, place, people are told.

    ``models`` are trained weights by task, the hand-written ones without. Each event is a dict with the
    fields of `beritaie.records.Event`; offsets count characters of ``facts.text``. Empty where the article reports no
    event: advice, an explanation, a list, an opinion.

    >>> text = "Bupati Meninjau Pasar Lama"
    >>> [(event["type"], event["what"]) for event in find_events(Facts(text, (0, 26), ((0, 26),)))]
    [('visit', 'Meninjau Pasar Lama')]
    """
    models = {**by_rule(), **(models or {})}
    found = phrases(facts)
    if not found or eventless(facts, models):
        return []
    topic = read_topic(facts, models)
    best, score = choose_main(facts, found, models, topic)
    events = [(found[best].start, main_event(facts, found[best], score, models))]
    for i, phrase in enumerate(found):
        if i != best and phrase.score > 0 and len(events) < _MOST_EVENTS:
            event = other_event(facts, phrase, models)
            if event:
                events.append((phrase.start, event))
    ordered = [event for _, event in sorted(events, key=lambda pair: pair[0])]
    for number, event in enumerate(ordered, 1):
        event["id"] = f"e{number}"
    return ordered
