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
DateNote = Literal["other weekday", "month first"]
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
    """An office (jabatan): ``head`` is its title word (`Kepala Bagian`), ``institution`` and ``place`` are ids.

    ``holder`` is the id of the one person whom the article names as holding it now: who a bare `Bupati` is.
    """

    id: str
    name: str
    head: str
    acting: bool = False
    institution: str | None = None
    place: str | None = None
    holder: str | None = None
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
    """A named body; ``place`` is the id of its area.

    ``full_name`` is its name in full where it is known (`Dinas Kesehatan Kabupaten Wonosobo`), ``key`` an id that is
    the same in all articles: root, Kemendagri code of the area or `id`, and short name (`gov/33.07/dinkes`).
    """

    id: str
    name: str
    full_name: str | None = None
    acronym: str | None = None
    kind: str | None = None
    place: str | None = None
    key: str | None = None
    spans: list[Span]
    score: Score | None = None


class Place(Record):
    """A named place; ``code`` is Kemendagri's (`63.10`), latitude and longitude are degrees (WGS 84).

    ``within`` is the code of the area that contains a venue, street, river or quarter, which has no code of its own.
    ``country`` is ISO 3166-1 alpha-2 (`MY`), null where the article does not tell.
    """

    id: str
    name: str
    kind: PlaceKind
    code: str | None = None
    within: str | None = None
    province: str | None = None
    country: str | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    spans: list[Span]
    score: Score | None = None


class DateExpression(Record):
    """When: ``value`` is ISO 8601 (a day, month, year, week, quarter or interval, `?` if unresolved).

    ``start`` and ``end`` are the first and last day meant, null where unknown. ``note`` says where the words
    contradict each other: `other weekday` than the date's is written (the date stands), or `month first`,
    as the day would be none of the calendar's.
    """

    span: Span
    value: str
    start: dt.date | None = None
    end: dt.date | None = None
    note: DateNote | None = None


class ClockTime(Record):
    """A clock time: ``value`` is `T09:00+08:00`, an interval with `/`, without a zone if none is written."""

    span: Span
    value: str


class Duration(Record):
    """A duration or an age: ``value`` is an ISO 8601 duration (`P3D`)."""

    span: Span
    value: str


class Count(Record):
    """How many of what: ``unit`` is the counted noun as written, without classifier, lower case.

    Of a range (`20-30 orang`) ``value`` is the lower bound and ``high`` the upper one, else ``high`` is null;
    so it is for measures, money and percentages.
    """

    span: Span
    value: float
    high: float | None = None
    unit: str
    qualifier: Qualifier | None = None


class Measure(Record):
    """An amount with a unit of measure: ``value`` in the unit written, ``unit`` as its standard name.

    ``quantity`` says what is measured (`length`, `mass`, `rainfall`), and ``base_value`` gives it in
    ``base_unit``, the one unit of that quantity, so that all amounts of it compare and add up: `2,5 hektare`
    is 25000 `m^2`. Base units are SI units in ASCII, which pint reads, or the quantity's own (`magnitude`).
    Of a rate that has no name of its own (`1,5 ton per megawatt`) ``quantity`` is null.
    """

    span: Span
    value: float
    high: float | None = None
    unit: str
    quantity: str | None = None
    base_value: float | None = None
    base_high: float | None = None
    base_unit: str | None = None
    qualifier: Qualifier | None = None


class Money(Record):
    """An amount of money in full (`Rp 420 juta` is 420000000), ``currency`` by ISO 4217.

    Of a price ``per`` is what it buys or how often it is paid: `Rp 15.000 per kilogram` has `kilogram`.
    """

    span: Span
    value: float
    high: float | None = None
    currency: str
    per: str | None = None
    qualifier: Qualifier | None = None


class Percentage(Record):
    """A percentage: `5,12%` is 5.12; ``points`` where percentage points are meant (`0,25 persen poin`)."""

    span: Span
    value: float
    high: float | None = None
    points: bool = False
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
    """A direct quotation with its marks; ``speaker`` is a person's or a position's id.

    ``indirect`` is speech in the reporter's words (`mengatakan bahwa …`), which is read only where it is asked for.
    """

    span: Span
    speaker: str | None = None
    speaker_name: str | None = None
    cue: str | None = None
    indirect: bool = False


class Participant(Record):
    """Who took part in an event: the id of a person, institution or position, its name, its role."""

    id: str | None = None
    name: str
    role: ParticipantRole = "other"


class Argument(Record):
    """Where the article says what fills a field of an event: the date, a place, a participant (by ``id``), a count."""

    field: Literal["date", "time", "place", "participant", "count"]
    id: str | None = None
    span: Span


class Event(Record):
    """What happened: ``places`` are ids, ``organizer`` an institution's id, ``counts`` indexes into the counts.

    ``type_score`` says how sure ``type`` is, ``score`` how sure it is that this is the event. ``key`` is the same in
    all articles about an event whose day and area they tell: type, first day, Kemendagri code of the regency
    (`visit/2024-12-09/63.10`).
    """

    id: str
    main: bool = False
    type: EventType
    type_score: Score | None = None
    what: str
    date: str | None = None
    time: str | None = None
    places: list[str] = []
    organizer: str | None = None
    participants: list[Participant] = []
    counts: list[int] = []
    key: str | None = None
    arguments: list[Argument] = []
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
