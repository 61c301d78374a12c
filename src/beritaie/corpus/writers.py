"""Writes articles as JSON lines or Parquet, each file whole or not at all, and reads them back."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beritaie.errors import InputError
from beritaie.records import Article, Failure
from beritaie.schema import arrow_schema, from_table


def results_folder(folder: Path) -> Path:
    """Where a run keeps its articles."""
    return folder / "articles"


def write_articles(path: Path, articles: list[dict[str, Any]]) -> None:
    """Write rows of ``arrow_schema()`` to ``path``, a `.jsonl` or `.parquet` file."""
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        table = pa.Table.from_pylist(articles, schema=arrow_schema())
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd")
        write_whole(path, sink.getvalue().to_pybytes())
    else:
        lines = (json.dumps(row, ensure_ascii=False, default=dt.date.isoformat) + "\n" for row in articles)
        write_whole(path, "".join(lines).encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and rename it, so that nobody ever sees half of it."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def read_results(out: str | Path) -> Iterator[Article | Failure]:
    """What a run wrote to the folder ``out``: its articles in input order, then its failures.

    Raises ``InputError`` where the folder holds no run.

    >>> list(read_results("no/such/folder"))
    Traceback (most recent call last):
    beritaie.errors.InputError: no/such/folder holds no results: give the folder that an extraction wrote.
    """
    folder = Path(out)
    if not results_folder(folder).is_dir():
        raise InputError(f"{out} holds no results: give the folder that an extraction wrote.")
    for path in sorted(results_folder(folder).glob("[0-9]*.*")):
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            yield from from_table(pq.read_table(path))
        else:
            with path.open(encoding="utf-8") as lines:
                yield from map(Article.model_validate_json, lines)
    failures = folder / "failures.jsonl"
    if failures.exists():
        with failures.open(encoding="utf-8") as lines:
            yield from map(Failure.model_validate_json, lines)
