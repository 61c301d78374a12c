"""Articles for tests: one written by hand, with a record of nearly every type, and any that may exist."""

import datetime as dt
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from beritaie.records import Article

RAW = (
    "Bupati Latih Kader\n\nBagikan: Facebook\n"
    "Bupati Sumba Tengah Yohanes Umbu Raga melatih 45 kader di Waibakul, Selasa (11/3). "
    '"Ayo <mulai> & maju," katanya.'
)


def span(text: str, occurrence: int = 1) -> dict[str, Any]:
    """The span of ``text`` in RAW, its first occurrence unless told."""
    start = -1
    for _ in range(occurrence):
        start = RAW.index(text, start + 1)
    return {"start": start, "end": start + len(text), "text": text}


CUT = (RAW.index("Bagikan"), RAW.index("Bupati Sumba"))
SAMPLE = Article.model_validate(
    {
        "id": "sumba-1",
        "title": "Bupati Latih Kader",
        "published": "2025-03-12T10:05:00+08:00",
        "raw": RAW,
        "text": RAW[: CUT[0]] + RAW[CUT[1] :],
        "kept": [(0, CUT[0]), (CUT[1], len(RAW))],
        "persons": [
            {
                "id": "p1",
                "name": "Yohanes Umbu Raga",
                "honorifics": ["H."],
                "spans": [span("Yohanes Umbu Raga")],
                "score": 0.9,
            }
        ],
        "positions": [
            {
                "id": "j1",
                "name": "Bupati Sumba Tengah",
                "head": "Bupati",
                "place": "l1",
                "spans": [span("Bupati"), span("Bupati Sumba Tengah")],
            }
        ],
        "officials": [
            {
                "person": "p1",
                "name": "Yohanes Umbu Raga",
                "position": "Bupati Sumba Tengah",
                "position_id": "j1",
                "evidence": span("Bupati Sumba Tengah Yohanes Umbu Raga"),
            }
        ],
        "places": [
            {
                "id": "l1",
                "name": "Sumba Tengah",
                "kind": "regency",
                "code": "53.17",
                "spans": [span("Sumba Tengah")],
            },
            {"id": "l2", "name": "Waibakul", "kind": "area", "spans": [span("Waibakul")]},
        ],
        "dates": [
            {"span": span("Selasa (11/3)"), "value": "2025-03-11", "start": "2025-03-11", "end": "2025-03-11"}
        ],
        "counts": [{"span": span("45 kader"), "value": 45, "unit": "kader"}],
        "quotes": [
            {"span": span('"Ayo <mulai> & maju,"'), "speaker": "p1", "speaker_name": "Yohanes Umbu Raga"}
        ],
        "events": [
            {
                "id": "e1",
                "main": True,
                "type": "training",
                "what": "melatih 45 kader",
                "date": "2025-03-11",
                "places": ["l2"],
                "counts": [0],
                "spans": [span("melatih")],
                "participants": [
                    {"id": "p1", "name": "Yohanes Umbu Raga", "role": "leader"},
                    {"name": "kader"},
                ],
            }
        ],
    }
)

_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
_MOMENTS = st.dates() | st.datetimes() | st.datetimes(timezones=st.just(dt.timezone(dt.timedelta(hours=8))))
_PLAIN = {
    str: _TEXT,
    int: st.integers(0, 2**40),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    dt.date: st.dates(),
}


def records(record: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Any record of a type, read off its annotations."""
    fields = {name: _values(field.annotation) for name, field in record.model_fields.items()}
    return st.fixed_dictionaries(fields).map(record.model_validate)


def _values(annotation: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one line a type
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    origin, members = get_origin(annotation), get_args(annotation)
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if set(members) >= {dt.date, dt.datetime}:
        return st.none() | _MOMENTS
    if origin in (Union, types.UnionType):
        [bare] = [member for member in members if member is not types.NoneType]
        bounded = get_origin(bare) is Annotated or bare is float  # scores, latitudes, longitudes
        return st.none() | (st.floats(0, 1) if bounded else _values(bare))
    if origin is Literal:
        return st.sampled_from(members)
    if origin is tuple:
        return st.tuples(*map(_values, members))
    if origin is list:
        return st.lists(_values(members[0]), max_size=2)
    return records(annotation)


any_article = records(Article)
