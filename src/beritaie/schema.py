"""The same records for Arrow and JSON: schemas read off the record types, and tables without loss."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from beritaie.errors import InputError
from beritaie.records import Article

if TYPE_CHECKING:
    import pyarrow as pa


@cache
def arrow_schema() -> pa.Schema:
    """The Arrow schema of an ``Article``: one column a field, records as lists of structs.

    Days are ``date32``; ``published`` is its ISO string, as it may be a day or a moment with an
    offset, which no one Arrow type holds; a slice of ``kept`` is a list of two numbers.

    >>> arrow_schema().field("published").type
    DataType(string)
    >>> arrow_schema().field("dates").type.value_type.field("start").type
    DataType(date32[day])
    """
    import pyarrow as pa

    return pa.schema(struct_type(Article))


def struct_type(record: type[BaseModel]) -> pa.StructType:
    """The Arrow struct of one record type, its fields in the order of the class.

    >>> from beritaie.records import Span
    >>> struct_type(Span)
    StructType(struct<start: int64 not null, end: int64 not null, text: string not null>)
    """
    import pyarrow as pa

    return pa.struct([_field(name, field.annotation) for name, field in record.model_fields.items()])


def to_table(articles: Iterable[Article]) -> pa.Table:
    """Articles as an Arrow table of ``arrow_schema()``, one row an article.

    >>> to_table([Article(id="a", raw="Banjir.", text="Banjir.", kept=[(0, 7)])]).num_rows
    1
    """
    import pyarrow as pa

    return pa.Table.from_pylist([to_row(article) for article in articles], schema=arrow_schema())


def from_table(table: pa.Table) -> list[Article]:
    """The articles of a table that ``to_table`` made; other columns are left aside.

    Raises ``InputError`` where a column of the schema is missing.

    >>> article = Article(id="a", raw="Banjir.", text="Banjir.", kept=[(0, 7)])
    >>> from_table(to_table([article])) == [article]
    True
    """
    names = arrow_schema().names
    if missing := [name for name in names if name not in table.column_names]:
        raise InputError(
            f"This table holds no articles: column {', '.join(missing)} is missing. "
            "Read a table that beritaie wrote (beritaie.schema.arrow_schema() lists the columns)."
        )
    return [Article.model_validate(row) for row in table.select(names).to_pylist()]


def to_row(article: Article) -> dict[str, Any]:
    """An article as the plain dict that Arrow takes for a row of ``arrow_schema()``.

    >>> to_row(Article(id="a", published="2024-08-20", raw="x", text="x", kept=[(0, 1)]))["published"]
    '2024-08-20'
    """
    row = article.model_dump()
    if article.published is not None:
        row["published"] = article.published.isoformat()
    return row


def json_schema() -> dict[str, Any]:
    """The JSON schema of an article as ``model_dump_json`` writes it and ``model_validate_json`` reads it.

    >>> json_schema()["properties"]["dateline"]["anyOf"]
    [{'type': 'string'}, {'type': 'null'}]
    """
    return Article.model_json_schema()


def optional(annotation: Any) -> tuple[Any, bool]:
    """An annotation without ``Annotated`` and ``| None``, and whether it may be null.

    >>> optional(int | None)
    (<class 'int'>, True)
    """
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) not in (Union, types.UnionType):
        return annotation, False
    members = [member for member in get_args(annotation) if member is not types.NoneType]
    nullable = len(members) < len(get_args(annotation))
    if len(members) > 1:
        return Union[tuple(members)], nullable  # noqa: UP007 - built at run time
    bare, inner = optional(members[0])
    return bare, nullable or inner


def _field(name: str, annotation: Any) -> pa.Field:
    import pyarrow as pa

    bare, nullable = optional(annotation)
    return pa.field(name, _arrow_type(bare), nullable=nullable)


def _arrow_type(annotation: Any) -> pa.DataType:
    import pyarrow as pa

    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), dt.date: pa.date32()}
    if annotation in plain:
        return plain[annotation]
    origin, members = get_origin(annotation), get_args(annotation)
    if origin is Literal or set(members) == {dt.date, dt.datetime}:
        return pa.string()
    if origin in (list, tuple) and len(set(members)) == 1:
        return pa.list_(_field("item", members[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return struct_type(annotation)
    raise TypeError(f"no Arrow type for {annotation!r}: add one in beritaie.schema")
