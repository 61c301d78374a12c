"""One declaration of the records makes the Arrow schema, the JSON schema, and tables without loss."""

import datetime as dt
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from articles import SAMPLE, any_article
from beritaie.errors import InputError
from beritaie.records import Article
from beritaie.schema import arrow_schema, from_table, json_schema, to_table

quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def test_every_field_of_an_article_is_a_column():
    assert arrow_schema().names == list(Article.model_fields)


def test_records_are_lists_of_structs_with_their_own_fields():
    counts = arrow_schema().field("counts").type.value_type
    assert [field.name for field in counts] == ["span", "value", "high", "unit", "qualifier"]
    assert counts.field("value") == pa.field("value", pa.float64(), nullable=False)
    assert counts.field("qualifier").nullable


def test_days_are_dates_and_the_moment_of_publication_is_text():
    assert arrow_schema().field("dates").type.value_type.field("start").type == pa.date32()
    assert arrow_schema().field("published").type == pa.string()


def test_the_participants_of_an_event_lie_inside_it():
    participants = arrow_schema().field("events").type.value_type.field("participants").type
    assert [field.name for field in participants.value_type] == ["id", "name", "role"]


def test_an_article_comes_back_from_parquet():
    file = io.BytesIO()
    pq.write_table(to_table([SAMPLE]), file)
    assert from_table(pq.read_table(file)) == [SAMPLE]


def test_a_table_keeps_a_day_apart_from_midnight():
    day, midnight = dt.date(2024, 12, 10), dt.datetime(2024, 12, 10)
    articles = [SAMPLE.model_copy(update={"published": published}) for published in (day, midnight, None)]
    published = [article.published for article in from_table(to_table(articles))]
    assert published == [day, midnight, None]
    assert type(published[0]) is dt.date


def test_no_articles_are_a_table_with_all_columns():
    assert to_table([]).schema == arrow_schema()
    assert from_table(to_table([])) == []


def test_further_columns_do_not_matter_but_missing_ones_are_named():
    table = to_table([SAMPLE])
    assert from_table(table.append_column("cluster", pa.array([3]))) == [SAMPLE]
    with pytest.raises(InputError, match="column money is missing"):
        from_table(table.drop_columns(["money"]))


def test_the_json_schema_names_all_that_is_written():
    written = json.loads(SAMPLE.model_dump_json())
    assert set(json_schema()["properties"]) == set(written)
    assert json_schema()["required"] == ["id", "raw", "text", "kept"]
    assert json_schema()["additionalProperties"] is False


@quick
@given(any_article)
def test_any_article_comes_back_from_a_table(article):
    assert from_table(to_table([article])) == [article]
