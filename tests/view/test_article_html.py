"""An article as HTML: the whole source text, every record marked on it, nothing from outside."""

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings

from articles import RAW, SAMPLE, any_article
from beritaie.records import Article
from beritaie.view import article_html


def text_shown(html: str) -> str:
    [shown] = re.findall(r'<div class="text">(.*?)</div>', html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", shown))


class Balanced(HTMLParser):
    """Fails where a tag is closed that is not the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.opened.append(tag)

    def handle_endtag(self, tag):
        assert self.opened.pop() == tag


def test_the_source_text_is_shown_whole():
    assert text_shown(article_html(SAMPLE)) == RAW


def test_records_are_marked_with_their_values_as_tooltips():
    html = article_html(SAMPLE)
    assert '<mark class="counts" title="count\nvalue: 45.0\nunit: kader">45 kader</mark>' in html
    assert '<mark class="dates" title="date\nvalue: 2025-03-11' in html


def test_a_place_inside_a_position_is_marked_inside_it():
    place = r'<mark class="places" title="[^"]*53\.17[^"]*">Sumba Tengah</mark>'
    assert re.search(rf'<mark class="positions" title="[^"]*">Bupati {place}</mark>', article_html(SAMPLE))


def test_furniture_is_grey_and_so_in_the_legend():
    html = article_html(SAMPLE)
    assert re.search(r'<mark class="cut"[^>]*>Bagikan: Facebook\n</mark>', html)
    assert '<span class="cut">not the article</span>' in html
    assert '<span class="places">place 2</span>' in html


def test_spans_that_cross_are_split_not_broken():
    counts = [
        {"span": {"start": 0, "end": 6, "text": "abcdef"}, "value": 1, "unit": "a"},
        {"span": {"start": 3, "end": 9, "text": "defghi"}, "value": 2, "unit": "b"},
    ]
    html = article_html(Article(id="a", raw="abcdefghi", text="abcdefghi", kept=[(0, 9)], counts=counts))
    assert text_shown(html) == "abcdefghi"
    assert html.count('<mark class="counts"') == 3
    Balanced().feed(html)


def test_all_text_is_escaped():
    hostile = '<script>alert("x")</script>\' onmouseover="'
    counts = [{"span": {"start": 0, "end": 8, "text": hostile[:8]}, "value": 1, "unit": hostile}]
    article = Article(
        id=hostile, title=hostile, raw=hostile, text=hostile, kept=[(0, len(hostile))], counts=counts
    )
    html = article_html(article)
    assert "<script" not in html
    assert not re.search(r'<[^>]*"[^">]*" onmouseover=', html)
    assert text_shown(html) == hostile
    Balanced().feed(html)


def test_nothing_is_loaded_from_outside():
    assert not re.search(r"\b(?:src|href)=|url\(|@import|https?:", article_html(SAMPLE))


def test_officials_and_events_stand_below_the_text():
    html = article_html(SAMPLE)
    assert "<td>Yohanes Umbu Raga</td><td>Bupati Sumba Tengah</td><td>current</td>" in html
    assert "<td>training (main)</td><td>melatih 45 kader</td><td>2025-03-11</td><td>Waibakul</td>" in html


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_article)
def test_any_article_is_shown_whole_and_well_formed(article):
    html = article_html(article)
    assert text_shown(html) == article.raw
    Balanced().feed(html)
