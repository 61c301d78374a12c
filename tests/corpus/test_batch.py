"""The function that every engine maps: row for row, article or failure, in Arrow."""

import pyarrow as pa

from articles import SAMPLE
from beritaie.corpus import extract_batch, input_schema, output_schema
from beritaie.corpus.batch import results, to_batch
from beritaie.records import Article, Failure
from beritaie.schema import arrow_schema, to_row

PAGE = "Bupati Bantul melatih 40 kader di Bantul, Senin (3/6/2024)."


def item(**known):
    return {"id": None, "url": None, "title": None, "published": None, "raw": PAGE} | known


def test_each_row_becomes_an_article_or_a_failure_in_order():
    unread = Failure(id="a.jsonl:3", stage="read", error="a.jsonl line 3: no JSON")
    batch = to_batch(
        [item(id="x1", published="2024-06-04"), unread, item(id="x2", raw=" "), item(raw=PAGE.encode())]
    )
    extracted = extract_batch(batch)
    assert extracted.schema == output_schema()
    first, second, third, fourth = results([extracted])
    assert [date.value for date in first.dates] == ["2024-06-03"]
    assert second == unread
    assert (third.id, third.stage) == ("x2", "clean")
    assert fourth.raw == first.raw


def test_a_batch_gives_what_the_pipeline_gives(pipeline):
    [article] = results([extract_batch(to_batch([item(id="x1")]))])
    assert article == pipeline(PAGE, id="x1")


def test_columns_that_are_missing_or_unknown_do_not_matter():
    batch = pa.RecordBatch.from_pylist([{"raw": PAGE, "suka": 12}])
    [article] = results([extract_batch(batch)])
    assert isinstance(article, Article)


def test_an_empty_batch_stays_empty():
    assert extract_batch(to_batch([])).num_rows == 0
    assert to_batch([]).schema == input_schema()


def test_the_article_column_holds_the_columns_of_a_table_of_articles():
    article = output_schema().field("article").type
    assert {field.name: field.type for field in article} == {
        field.name: field.type for field in arrow_schema()
    }
    row = {"article": to_row(SAMPLE), "failure": None}
    assert list(results([pa.RecordBatch.from_pylist([row], schema=output_schema())])) == [SAMPLE]
