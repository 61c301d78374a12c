"""The typed records that a careful reader would note down from an article; frozen, and free of spaCy.

Offsets count characters of the raw text the user gave (for HTML: of the text taken from the page,
kept as ``Article.raw``): ``raw[span.start:span.end] == span.text`` always holds.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

PlaceKind = Literal[
    "country", "province", "regency", "city", "district", "village", "area", "geo", "street", "venue"
]
OfficialStatus = Literal["current", "acting", "former", "candidate", "elect"]
Qualifier = Literal["~", ">", ">=", "<", "<="]
EventType = Literal[
    "meeting", "outreach", "training", "ceremony", "appointment", "inauguration", "agreement", "aid",
    "visit", "competition", "culture", "religion", "election", "policy", "statement", "crime", "trial",
    "accident", "disaster", "conflict", "health", "economy", "infrastructure", "other",
]  # fmt: skip
ParticipantRole = Literal[
    "organizer", "opener", "speaker", "leader", "attendee", "recipient", "officer", "suspect", "victim",
    "witness", "party", "other",
]  # fmt: skip
Score = Annotated[float, Field(ge=0, le=1)]


def _moment(value: Any) -> Any:
    """Keep a bare date a date: a date is not midnight."""
    if isinstance(value, str):
        parse = dt.date.fromisoformat if len(value) == 10 else dt.datetime.fromisoformat
        return parse(value)
    return value


Moment = Annotated[dt.datetime | dt.date, BeforeValidator(_moment)]


class Record(BaseModel):
    """The base of all records: frozen, closed, and read back from its own JSON without loss.

    >>> Span.model_validate_json(Span(start=0, end=4, text="KPUD").model_dump_json()).text
    'KPUD'
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Span(Record):
    """A stretch of the raw text: ``raw[start:end] == text``."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    text: str


class Person(Record):
    """A named person with every mention; ``name`` is the fullest, without honorifics and degrees."""

    id: str
    name: str
    honorifics: list[str] = []
    degrees: list[str] = []
    spans: list[Span]
    score: Score | None = None


class Position(Record):
    """An office (jabatan): ``head`` is its title word (`Kepala Bagian`), ``institution`` and ``place`` are ids."""

    id: str
    name: str
    head: str
    acting: bool = False
    institution: str | None = None
    place: str | None = None
    spans: list[Span]
    score: Score | None = None


class Official(Record):
    """A named person in an office; ``person``, ``position_id``, ``institution`` and ``place`` are ids."""

    person: str
    name: str
    position: str
    position_id: str
    institution: str | None = None
    place: str | None = None
    status: OfficialStatus = "current"
    evidence: Span


class Institution(Record):
    """A named body; ``place`` is the id of its area."""

    id: str
    name: str
    acronym: str | None = None
    kind: str | None = None
    place: str | None = None
    spans: list[Span]
    score: Score | None = None


class Place(Record):
    """A named place; ``code`` is Kemendagri's (`63.10`), latitude and longitude are degrees (WGS 84)."""

    id: str
    name: str
    kind: PlaceKind
    code: str | None = None
    province: str | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    spans: list[Span]
    score: Score | None = None


class DateExpression(Record):
    """When: ``value`` is ISO 8601 (a day, month, year, week, quarter or interval, `?` if unresolved).

    ``start`` and ``end`` are the first and last day meant, null where unknown.
    """

    span: Span
    value: str
    start: dt.date | None = None
    end: dt.date | None = None


class ClockTime(Record):
    """A clock time: ``value`` is `T09:00+08:00`, an interval with `/`, without a zone if none is written."""

    span: Span
    value: str


class Duration(Record):
    """A duration or an age: ``value`` is an ISO 8601 duration (`P3D`)."""

    span: Span
    value: str


class Count(Record):
    """How many of what: ``unit`` is the counted noun as written, without classifier, lower case."""

    span: Span
    value: float
    unit: str
    qualifier: Qualifier | None = None


class Measure(Record):
    """An amount with a unit of measure, ``unit`` as the unit's standard name."""

    span: Span
    value: float
    unit: str
    qualifier: Qualifier | None = None


class Money(Record):
    """An amount of money in full (`Rp 420 juta` is 420000000), ``currency`` by ISO 4217."""

    span: Span
    value: float
    currency: str
    qualifier: Qualifier | None = None


class Percentage(Record):
    """A percentage: `5,12%` is 5.12."""

    span: Span
    value: float
    qualifier: Qualifier | None = None


class Law(Record):
    """A legal instrument: ``key`` names it shortly (`UU 23/2014`), ``article`` the part cited (`Pasal 27 ayat 3`)."""

    span: Span
    kind: str
    number: str | None = None
    year: int | None = None
    article: str | None = None
    title: str | None = None
    key: str


class Quote(Record):
    """A direct quotation with its marks; ``speaker`` is a person's or a position's id."""

    span: Span
    speaker: str | None = None
    speaker_name: str | None = None
    cue: str | None = None


class Participant(Record):
    """Who took part in an event: the id of a person, institution or position, its name, its role."""

    id: str | None = None
    name: str
    role: ParticipantRole = "other"


class Event(Record):
    """What happened: ``places`` are ids, ``organizer`` an institution's id, ``counts`` indexes into the counts."""

    id: str
    main: bool = False
    type: EventType
    what: str
    date: str | None = None
    time: str | None = None
    places: list[str] = []
    organizer: str | None = None
    participants: list[Participant] = []
    counts: list[int] = []
    spans: list[Span]
    score: Score | None = None


class Article(Record):
    """One article: what is known of the page, and its records in reading order."""

    id: str
    url: str | None = None
    title: str | None = None
    published: Moment | None = None
    outlet: str | None = None
    authors: list[str] = []
    dateline: str | None = None
    language: str | None = None
    raw: str
    text: str
    kept: list[tuple[int, int]]
    persons: list[Person] = []
    positions: list[Position] = []
    officials: list[Official] = []
    institutions: list[Institution] = []
    places: list[Place] = []
    dates: list[DateExpression] = []
    times: list[ClockTime] = []
    durations: list[Duration] = []
    counts: list[Count] = []
    measures: list[Measure] = []
    money: list[Money] = []
    percentages: list[Percentage] = []
    laws: list[Law] = []
    quotes: list[Quote] = []
    events: list[Event] = []

    def _repr_html_(self) -> str:
        from beritaie.view import article_html

        return article_html(self)


class Failure(Record):
    """An article that could not be read: its id, the stage that failed, and why."""

    id: str
    stage: Literal["read", "clean", "extract"]
    error: str
