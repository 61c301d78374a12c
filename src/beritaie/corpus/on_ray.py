"""Extracts a Ray Data dataset over a cluster, with the same function as every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beritaie.corpus.batch import extracting, output_schema
from beritaie.errors import BeritaieError

if TYPE_CHECKING:
    import pyarrow as pa
    import ray.data


def extract_dataset(
    dataset: ray.data.Dataset, *, profile: str = "fast", batch_size: int = 200
) -> ray.data.Dataset:
    """Map a dataset with the columns of ``batch.input_schema()`` to one of ``batch.output_schema()``.

    Columns other than those are left aside; nothing runs before the dataset is used, as always with Ray.
    Raises ``BeritaieError`` where Ray is not installed.
    """
    try:
        import ray.data  # noqa: F401
    except ImportError as error:
        raise BeritaieError("Ray is not installed: pip install 'beritaie[ray]'") from error
    one = extracting(profile)

    def extract_table(table: pa.Table) -> pa.Table:
        import pyarrow as pa

        return pa.Table.from_batches(
            [one(batch) for batch in table.combine_chunks().to_batches()], output_schema()
        )

    return dataset.map_batches(extract_table, batch_format="pyarrow", batch_size=batch_size)
