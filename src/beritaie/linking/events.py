"""What happened: picks the event that the article is about, and says when, where and who took part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from beritaie.lexicon import settings
from beritaie.linking.event_features import phrase_features, type_features
from beritaie.linking.event_phrases import Facts, Phrase, Record, phrases, spans
from beritaie.linking.event_setting import (
    Setting,
    date_features,
    guest_features,
    guests,
    no_date_features,
    place_features,
    roles_near,
    sentences_of,
    within,
)
from beritaie.linking.linear import Linear, softmax

Models = Mapping[str, Linear]

_MOST_EVENTS = 6
_MOST_BESIDE = 3  # places, persons and institutions of an event that is not the main one
_SPECIFIC = (
    "venue",
    "street",
    "village",
    "district",
    "area",
    "geo",
    "city",
    "regency",
    "province",
    "country",
)
_OF_PHRASE = ("p:", "head", "kind:", "lexp:", "bias", "numbered")  # type features of the phrase alone


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


def choose_main(facts: Facts, found: Sequence[Phrase], models: Models) -> tuple[int, float]:
    """The index of the phrase that the article is about, and its share of all scores."""
    scores = [models["main"].score(phrase_features(facts, found, i)) for i in range(len(found))]
    shares = softmax(np.array(scores, dtype=np.float32))
    best = int(shares.argmax())
    return best, float(shares[best])


def choose_type(facts: Facts, phrase: Phrase, models: Models, *, alone: bool = False) -> str:
    """The type of an event, from its phrase ``alone`` where it is not what the article is about."""
    features = type_features(facts, phrase)
    if alone:
        features = {name: value for name, value in features.items() if name.startswith(_OF_PHRASE)}
    model = models["type"]
    return model.labels[int(model.scores(features).argmax())]


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
    """The places of the event, most specific first."""
    chosen = [
        record
        for i, record in enumerate(facts.all("places"))
        if spans(record) and models["place"].score(place_features(facts, setting, i)) > 0
    ]
    return _specific_first(chosen)


def _specific_first(places: Sequence[Record]) -> list[Record]:
    return sorted(places, key=lambda record: _SPECIFIC.index(record.get("kind") or "area"))


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


def _time(facts: Facts, setting: Setting) -> str | None:
    """The clock time in the sentence of the date, else of the phrase."""
    for place in [*([setting.date[0]] if setting.date else []), setting.phrase.start]:
        for record in facts.all("times"):
            if facts.sentence(spans(record)[0][0]) == facts.sentence(place):
                return str(record["value"])
    return None


def _counts(facts: Facts, phrase: Phrase) -> list[int]:
    """Counts in the headline, in the first sentence and where the event is named."""
    told_in = sentences_of(facts, phrase.spans) | {facts.sentence(facts.headline[1] + 1)}
    starts = [spans(record)[0][0] for record in facts.all("counts")]
    return [
        i for i, start in enumerate(starts) if facts.in_headline(start) or facts.sentence(start) in told_in
    ]


def _event(facts: Facts, phrase: Phrase, kind: str, score: float) -> dict[str, Any]:
    return {
        "id": "", "main": False, "type": kind, "what": facts.text[slice(*phrase.name)],
        "date": None, "time": None,
        "places": [], "organizer": None, "participants": [], "counts": [],
        "spans": [{"start": a, "end": b, "text": facts.text[a:b]} for a, b in phrase.spans],
        "score": round(min(score, 1.0), 4),
    }  # fmt: skip


def main_event(facts: Facts, phrase: Phrase, score: float, models: Models) -> dict[str, Any]:
    """The record of the event that the article is about."""
    setting = Setting(phrase, choose_type(facts, phrase, models))
    event = _event(facts, phrase, setting.kind, score)
    event["main"] = True
    if (index := choose_date(facts, setting, models)) is not None:
        date = facts.all("dates")[index]
        event["date"] = date["value"]
        setting = setting._replace(date=spans(date)[0])
    event["time"] = _time(facts, setting)
    event["places"] = [record["id"] for record in choose_places(facts, setting, models)]
    event["participants"] = choose_participants(facts, setting, models)
    bodies = {record["id"] for record in facts.all("institutions")}
    organizers = (
        one["id"] for one in event["participants"] if one["role"] == "organizer" and one["id"] in bodies
    )
    event["organizer"] = next(organizers, None)
    event["counts"] = _counts(facts, phrase)
    return event


def _beside(facts: Facts, phrase: Phrase, name: str) -> list[Record]:
    """The records that stand in a sentence with the phrase and in no other name, nearest first."""
    named_in = sentences_of(facts, phrase.spans)
    near = []
    for order, record in enumerate(facts.all(name)):
        free = [start for start, end in spans(record) if not within((start, end), facts.hosts)]
        here = [abs(start - phrase.start) for start in free if facts.sentence(start) in named_in]
        if here:
            near.append((min(here), order, record))
    return [record for _, _, record in sorted(near, key=lambda item: item[:2])]


def other_event(facts: Facts, phrase: Phrase, models: Models) -> dict[str, Any] | None:
    """The record of a further named event, None unless two of date, place and people stand beside it."""
    event = _event(facts, phrase, choose_type(facts, phrase, models, alone=True), phrase.score)
    dates = [record["value"] for record in _beside(facts, phrase, "dates") if record["value"] != "?"]
    places = _beside(facts, phrase, "places")[:_MOST_BESIDE]
    people = [
        record
        for name in ("persons", "institutions")
        for record in _beside(facts, phrase, name)[:_MOST_BESIDE]
    ]
    if bool(dates) + bool(places) + bool(people) < 2:
        return None
    event["date"] = dates[0] if dates else None
    event["places"] = [record["id"] for record in _specific_first(places)]
    for record in people:
        cues = roles_near(facts, spans(record)[:3], facts.offices)
        role = max(cues, key=lambda cue: cues[cue], default="other")
        event["participants"].append({"id": record.get("id"), "name": record["name"], "role": role})
    return event


def find_events(facts: Facts, models: Models | None = None) -> list[dict[str, Any]]:
    """The events of an article in reading order: the main one, others named with two of date, place, people.

    ``models`` are trained weights by task, the hand-written ones without. Each event is a dict with the
    fields of `beritaie.records.Event`; offsets count characters of ``facts.text``. Empty if nothing happens.

    >>> text = "Bupati Meninjau Pasar Lama"
    >>> [(event["type"], event["what"]) for event in find_events(Facts(text, (0, 26), ((0, 26),)))]
    [('visit', 'Meninjau')]
    """
    models = {**by_rule(), **(models or {})}
    found = phrases(facts)
    if not found:
        return []
    best, score = choose_main(facts, found, models)
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
