"""Records are frozen, closed, and come back from their own JSON as they were."""

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from articles import SAMPLE, any_article
from beritaie.records import Article, Count, Span


def bare(**fields) -> Article:
    return Article(id="a", raw="x", text="x", kept=[(0, 1)], **fields)


def test_a_day_of_publication_stays_a_day():
    assert bare(published="2024-12-10").published == dt.date(2024, 12, 10)
    assert type(bare(published="2024-12-10").published) is dt.date
    assert json.loads(bare(published="2024-12-10").model_dump_json())["published"] == "2024-12-10"


def test_a_moment_of_publication_keeps_its_offset():
    published = bare(published="2024-12-10T14:18:00+08:00").published
    assert published.utcoffset() == dt.timedelta(hours=8)
    assert bare(published="2024-12-10T00:00:00").published == dt.datetime(2024, 12, 10)


@pytest.mark.parametrize("published", ["kemarin", "2024-13-01", "10/12/2024"])
def test_what_is_no_date_is_refused(published):
    with pytest.raises(ValidationError, match="published"):
        bare(published=published)


def test_records_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        SAMPLE.title = "Judul lain"


def test_an_unknown_field_is_refused_with_its_path():
    with pytest.raises(ValidationError, match=r"counts\.0\.jumlah"):
        bare(counts=[{"span": {"start": 0, "end": 1, "text": "x"}, "value": 1, "unit": "x", "jumlah": 2}])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_count_is_a_finite_number(value):
    with pytest.raises(ValidationError, match="finite"):
        Count(span=Span(start=0, end=1, text="x"), value=value, unit="warga")


def test_an_office_holder_has_one_of_five_states():
    wrong = SAMPLE.officials[0].model_dump() | {"status": "retired"}
    with pytest.raises(ValidationError, match="'current', 'acting', 'former', 'candidate' or 'elect'"):
        bare(officials=[wrong])


def test_a_notebook_shows_the_records_on_the_text():
    assert 'class="counts"' in SAMPLE._repr_html_()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_article)
def test_any_article_comes_back_from_its_json(article):
    assert Article.model_validate_json(article.model_dump_json()) == article
