"""The one function that every engine maps: a batch of raw articles in, articles or failures out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beritaie.records import Article, Failure
from beritaie.schema import struct_type, to_row

if TYPE_CHECKING:
    import pyarrow as pa

    from beritaie.corpus.readers import Item
    from beritaie.pipeline import Pipeline


@cache
def input_schema() -> pa.Schema:
    """What ``extract_batch`` takes: the ``raw`` text or the ``bytes`` of a file, and what is known of it.

    ``error`` stands instead of both where the row could not be read. Columns left out count as null.

    >>> input_schema().names
    ['id', 'url', 'title', 'published', 'raw', 'bytes', 'error']
    """
    import pyarrow as pa

    texts = [pa.field(name, pa.string()) for name in ("id", "url", "title", "published", "raw")]
    return pa.schema([*texts, pa.field("bytes", pa.binary()), pa.field("error", pa.string())])


@cache
def output_schema() -> pa.Schema:
    """What ``extract_batch`` gives: in every row either an ``article`` or a ``failure``, the other null.

    >>> output_schema().names
    ['article', 'failure']
    """
    import pyarrow as pa

    # Fields of an article that is null are null themselves, so none of them may refuse it: Spark checks.
    return pa.schema(
        [
            pa.field(name, pa.struct([field.with_nullable(True) for field in struct_type(record)]))
            for name, record in (("article", Article), ("failure", Failure))
        ]
    )


def extract_batch(batch: pa.RecordBatch, *, profile: str = "fast") -> pa.RecordBatch:
    """Extract a batch of ``input_schema()`` into one of ``output_schema()``, row for row in the same order.

    The pipeline is loaded once a process. Raises ``ModelNotFound`` where ``profile`` is none that is
    shipped; a bad row raises nothing, it becomes a ``failure``.

    >>> batch = to_batch([Failure(id="a:3", stage="read", error="a line 3: no JSON")])
    >>> extract_batch(batch).to_pylist()[0]["failure"]["id"]
    'a:3'
    """
    import pyarrow as pa

    rows = batch.to_pylist()
    readable = [_item(row) for row in rows if row.get("error") is None]
    extracted = iter(loaded(profile).stream(readable)) if readable else iter(())
    results = [_failure(row) if row.get("error") is not None else next(extracted) for row in rows]
    columns = {
        "article": [to_row(result) if isinstance(result, Article) else None for result in results],
        "failure": [dict(result) if isinstance(result, Failure) else None for result in results],
    }
    schema = output_schema()
    arrays = [pa.array(column, type=schema.field(name).type) for name, column in columns.items()]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def to_batch(items: Iterable[Item | Failure]) -> pa.RecordBatch:
    """What a reader found as a batch of ``input_schema()``.

    >>> to_batch([{"id": "a", "url": None, "title": None, "published": None, "raw": "Banjir."}]).num_rows
    1
    """
    import pyarrow as pa

    rows: list[dict[str, Any]] = []
    for item in items:
        if isinstance(item, Failure):
            rows.append({"id": item.id, "error": item.error})
        elif isinstance(item["raw"], bytes):
            rows.append({**item, "raw": None, "bytes": item["raw"]})
        else:
            rows.append(dict(item))
    return pa.RecordBatch.from_pylist(rows, schema=input_schema())


def extracting(profile: str) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """``extract_batch`` with its profile filled in, as engines send it to their workers."""
    return partial(extract_batch, profile=profile)


def results(batches: Iterable[pa.RecordBatch]) -> Iterator[Article | Failure]:
    """The articles and failures in batches of ``output_schema()``."""
    for batch in batches:
        for row in batch.to_pylist():
            if row["article"] is not None:
                yield Article.model_validate(row["article"])
            else:
                yield Failure.model_validate(row["failure"])


@cache
def loaded(profile: str) -> Pipeline:
    """The pipeline of that name, or the one in that folder, loaded once a process."""
    from beritaie.pipeline import load

    folder = Path(profile)
    return load(folder if (folder / "config.cfg").is_file() else profile)


def _item(row: dict[str, Any]) -> dict[str, Any]:
    known = {name: row.get(name) for name in ("id", "url", "title", "published")}
    raw = row.get("raw") if row.get("raw") is not None else row.get("bytes")
    return {**known, "raw": "" if raw is None else raw}


def _failure(row: dict[str, Any]) -> Failure:
    return Failure(id=row["id"] or "", stage="read", error=row["error"])
