"""Tables that join and group as an analyst would want them."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from articles import CUT, RAW, SAMPLE, any_article
from beritaie import frames
from beritaie.records import Article, Failure

FAILURE = Failure(id="rusak", stage="clean", error="the input is empty")
OTHER = SAMPLE.model_copy(update={"id": "sumba-2", "published": None})


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return frames(iter([SAMPLE, FAILURE, OTHER]))


def test_there_is_a_table_for_every_type_of_record(tables):
    lists = [
        name for name, field in Article.model_fields.items() if "beritaie.records" in str(field.annotation)
    ]
    assert set(tables) == {"articles", "participants", "failures", *lists}
    assert len(lists) == 15


def test_articles_and_failures_are_all_there_is(tables):
    assert tables["articles"]["id"].tolist() == ["sumba-1", "sumba-2"]
    assert tables["failures"].to_dict("records") == [FAILURE.model_dump()]


def test_the_day_of_publication_is_a_date_column(tables):
    days = tables["articles"]["published_date"]
    assert days[0] == pd.Timestamp(2025, 3, 12)
    assert days.isna().tolist() == [False, True]
    assert tables["articles"]["published"][0] == "2025-03-12T10:05:00+08:00"


def test_a_span_stands_in_three_columns(tables):
    count = tables["counts"].iloc[0]
    assert (count["text"], count["unit"], count["value"]) == ("45 kader", "kader", 45)
    assert RAW[count["span_start"] : count["span_end"]] == "45 kader"


def test_several_spans_are_the_first_mention_and_their_number(tables):
    position = tables["positions"].iloc[0]
    assert (position["text"], position["mentions"], position["span_start"]) == ("Bupati", 2, 0)


def test_days_that_a_date_means_stand_beside_its_span(tables):
    date = tables["dates"].iloc[0]
    assert date["start"] == date["end"] == pd.Timestamp(2025, 3, 11)
    assert date["span_start"] > CUT[1]


def test_officials_join_with_persons_and_positions(tables):
    joined = tables["officials"].merge(
        tables["persons"],
        left_on=["article_id", "person"],
        right_on=["article_id", "id"],
        suffixes=("", "_person"),
    )
    assert joined["article_id"].tolist() == ["sumba-1", "sumba-2"]
    assert joined["score"].tolist() == [0.9, 0.9]
    both = joined.merge(
        tables["positions"], left_on=["article_id", "position_id"], right_on=["article_id", "id"]
    )
    assert both["head"].tolist() == ["Bupati", "Bupati"]


def test_participants_have_a_table_of_their_own(tables):
    assert tables["participants"].iloc[:2][["event", "n", "name", "role"]].to_numpy().tolist() == [
        ["e1", 0, "Yohanes Umbu Raga", "leader"],
        ["e1", 1, "kader", "other"],
    ]
    assert "participants" not in tables["events"]


def test_lists_of_ids_explode_and_counts_are_found_by_number(tables):
    events = tables["events"].explode("counts").rename(columns={"counts": "count"})
    counted = events.merge(tables["counts"], left_on=["article_id", "count"], right_on=["article_id", "n"])
    assert counted["unit"].tolist() == ["kader", "kader"]


def test_a_law_keeps_its_cited_article_apart_from_the_article_it_stands_in():
    span = {"start": 0, "end": 6, "text": "Bupati"}
    laws = [{"span": span, "kind": "UU", "article": "Pasal 3", "key": "UU 1/2020"}]
    law = frames([SAMPLE.model_validate(SAMPLE.model_dump() | {"laws": laws})])["laws"].iloc[0]
    assert (law["article_id"], law["article"]) == ("sumba-1", "Pasal 3")


def test_columns_and_types_do_not_depend_on_the_articles(tables):
    for name, empty in frames([]).items():
        assert len(empty) == 0
        assert empty.dtypes.to_dict() == tables[name].dtypes.to_dict(), name


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_article)
def test_every_record_of_any_article_is_a_row(article):
    tables = frames([article])
    for name, records in article:
        if isinstance(records, list) and name in tables:
            assert len(tables[name]) == len(records)
    assert len(tables["participants"]) == sum(len(event.participants) for event in article.events)
    day = article.published.date() if isinstance(article.published, dt.datetime) else article.published
    found = tables["articles"]["published_date"][0]
    assert (None if pd.isna(found) else found.date()) == day
