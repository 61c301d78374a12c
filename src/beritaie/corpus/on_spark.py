"""Extracts a Spark data frame over a cluster, with the same function as every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from beritaie.corpus.batch import extracting, output_schema
from beritaie.errors import BeritaieError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame


def extract_frame(frame: DataFrame, *, profile: str = "fast") -> DataFrame:
    """Map a data frame with the columns of ``batch.input_schema()`` to one of ``batch.output_schema()``.

    Columns other than those are left aside; ``select("article.*")`` gives the articles flat.
    Raises ``BeritaieError`` where Spark is not installed.
    """
    try:
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError as error:
        raise BeritaieError("Spark is not installed: pip install 'beritaie[spark]'") from error
    one = extracting(profile)

    def extract_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map(one, batches)

    return frame.mapInArrow(extract_batches, schema=from_arrow_schema(output_schema()))
