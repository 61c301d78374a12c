"""Ray and Spark map the same function; without them the message says what to install."""

import sys

import pyarrow as pa
import pytest

from beritaie.corpus import extract_batch
from beritaie.corpus.batch import results
from beritaie.corpus.on_ray import extract_dataset
from beritaie.corpus.on_spark import extract_frame
from beritaie.errors import BeritaieError

ROWS = [
    {"id": "b1", "raw": "Sebanyak 40 warga Bantul hadir.", "published": "2024-06-04", "suka": 3},
    {"id": "b2", "raw": "", "published": None, "suka": 0},
]


@pytest.mark.parametrize(
    ("extract", "module", "extra"),
    [(extract_dataset, "ray.data", "ray"), (extract_frame, "pyspark.sql.pandas.types", "spark")],
)
def test_a_missing_engine_names_the_extra_to_install(monkeypatch, extract, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(BeritaieError, match=rf"pip install 'beritaie\[{extra}\]'"):
        extract(None)


@pytest.mark.filterwarnings("ignore")
def test_ray_gives_what_a_batch_gives():
    ray = pytest.importorskip("ray")
    data = pytest.importorskip("ray.data")

    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    try:
        tables = ray.get(extract_dataset(data.from_items(ROWS)).to_arrow_refs())
    finally:
        ray.shutdown()
    extracted = [result for table in tables for result in results(table.to_batches())]
    assert extracted == list(results([extract_batch(pa.RecordBatch.from_pylist(ROWS))]))


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_what_a_batch_gives():
    sql = pytest.importorskip("pyspark.sql")
    session = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        columns = "id string, raw string, published string, suka int"
        frame = extract_frame(session.createDataFrame([tuple(row.values()) for row in ROWS], columns))
        extracted = list(results(frame.toArrow().to_batches()))
    finally:
        session.stop()
    assert extracted == list(results([extract_batch(pa.RecordBatch.from_pylist(ROWS))]))
