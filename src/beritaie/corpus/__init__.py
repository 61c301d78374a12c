"""Dumps of news: read, extracted over workers or a cluster, written whole, and compared across articles."""

from beritaie.corpus.batch import extract_batch, input_schema, output_schema
from beritaie.corpus.duplicates import duplicates
from beritaie.corpus.local import Summary, extract
from beritaie.corpus.people import people
from beritaie.corpus.readers import Item, read
from beritaie.corpus.writers import read_results

__all__ = [
    "Item",
    "Summary",
    "duplicates",
    "extract",
    "extract_batch",
    "input_schema",
    "output_schema",
    "people",
    "read",
    "read_results",
]
