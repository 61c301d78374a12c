"""Articles as pandas tables: one table a record type, keyed by article, ready to join and group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from beritaie.records import Article, Failure, Participant, Record, Span
from beritaie.schema import optional

if TYPE_CHECKING:
    import pandas as pd

_SPAN = {"span_start": "Int64", "span_end": "Int64", "text": "string"}
_LEFT_OUT = {"kept", "participants", "arguments"}  # slices say nothing in a table; participants have one of their own


def frames(results: Iterable[Article | Failure]) -> dict[str, pd.DataFrame]:
    """One pandas table a record type, and ``articles``, ``participants`` and ``failures``.

    A table of records goes by its field's name and starts with ``article_id`` and ``n``, the record's place
    in the article's list from 0 (what ``counts`` of an event points to). Ids of records are local to the
    article, so join on both:
    ``officials.merge(persons, left_on=["article_id", "person"], right_on=["article_id", "id"])``.
    A record's span stands as ``span_start``, ``span_end`` (characters of the raw text) and ``text``; where
    there are several it is the first mention, and ``mentions`` counts them. All other columns are the fields
    of the record; lists (``places`` of an event, ``honorifics``) stay lists: ``explode`` them. ``published``
    is the ISO string, ``published_date`` its day. Columns and their types are the same however few articles
    there are. The whole stream is read into memory.

    >>> text = "Sebanyak 40 peserta hadir."
    >>> count = {"span": {"start": 9, "end": 19, "text": "40 peserta"}, "value": 40, "unit": "peserta"}
    >>> article = Article(id="a1", raw=text, text=text, kept=[(0, 26)], counts=[count])
    >>> frames([article])["counts"][["article_id", "text", "unit"]].iloc[0].tolist()
    ['a1', '40 peserta', 'peserta']
    >>> frames([])["officials"].columns.tolist()[:5]
    ['article_id', 'n', 'person', 'name', 'position']
    """
    tables = _tables()
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
    for result in results:
        if isinstance(result, Failure):
            rows["failures"].append(dict(result))
            continue
        rows["articles"].append(_article_row(result))
        for name in _record_types():
            found = enumerate(getattr(result, name))
            rows[name].extend(_record_row(result.id, n, record) for n, record in found)
        rows["participants"].extend(_participant_rows(result))
    return {name: _frame(rows[name], dtypes) for name, dtypes in tables.items()}


@cache
def _record_types() -> dict[str, type[Record]]:
    """The fields of an article that hold records, with the type of the records."""
    listed = {name: get_args(field.annotation)[:1] for name, field in Article.model_fields.items()}
    return {
        name: members[0]
        for name, members in listed.items()
        if members and isinstance(members[0], type) and issubclass(members[0], Record)
    }


@cache
def _tables() -> dict[str, dict[str, str]]:
    """Every table's columns with their dtypes, read off the record types."""
    articles = {name: dtype for name, dtype in _columns(Article).items() if name not in _record_types()}
    key = {"article_id": "string", "n": "int64"}
    return {
        "articles": articles | {"published_date": "datetime64[s]"},
        **{name: key | _columns(record) for name, record in _record_types().items()},
        "participants": {"article_id": "string", "event": "string", "n": "int64"} | _columns(Participant),
        "failures": _columns(Failure),
    }


def _columns(record: type[Record]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, field in record.model_fields.items():
        annotation, nullable = optional(field.annotation)
        if annotation is Span:
            columns |= _SPAN
        elif name == "spans":
            columns |= {**_SPAN, "mentions": "int64"}
        elif name not in _LEFT_OUT:
            columns[name] = _dtype(annotation, nullable)
    return columns


def _dtype(annotation: Any, nullable: bool) -> str:
    if get_origin(annotation) is list:
        return "object"
    if annotation is int:
        return "Int64" if nullable else "int64"
    return {float: "float64", bool: "bool", dt.date: "datetime64[s]"}.get(annotation, "string")


def _frame(rows: list[dict[str, Any]], dtypes: dict[str, str]) -> pd.DataFrame:
    import pandas as pd

    columns = {name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in dtypes.items()}
    return pd.DataFrame(columns)


def _article_row(article: Article) -> dict[str, Any]:
    published = article.published
    return dict(article) | {
        "published": published.isoformat() if published else None,
        "published_date": published.date() if isinstance(published, dt.datetime) else published,
    }


def _record_row(article_id: str, n: int, record: Record) -> dict[str, Any]:
    row: dict[str, Any] = {"article_id": article_id, "n": n}
    for name, value in record:
        if isinstance(value, Span):
            row |= _span_cells(value)
        elif name == "spans":
            row |= _span_cells(value[0] if value else None) | {"mentions": len(value)}
        else:
            row[name] = value
    return row


def _span_cells(span: Span | None) -> dict[str, Any]:
    return dict(zip(_SPAN, (span.start, span.end, span.text) if span else (None, None, None), strict=True))


def _participant_rows(article: Article) -> Iterator[dict[str, Any]]:
    for event in article.events:
        for n, participant in enumerate(event.participants):
            yield {"article_id": article.id, "event": event.id, "n": n, **dict(participant)}
