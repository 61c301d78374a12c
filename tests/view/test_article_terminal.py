"""An article in a terminal: coloured, with its tables, and harmless."""

from io import StringIO

from hypothesis import HealthCheck, given, settings
from rich.console import Console

from articles import RAW, SAMPLE, any_article
from beritaie.view.terminal import article_terminal, marked_text


def shown(article) -> str:
    console = Console(width=120, record=True, file=StringIO())
    console.print(article_terminal(article))
    return console.export_text()


def styles_of(part: str) -> set[str]:
    text, start = marked_text(SAMPLE), RAW.index(part)
    return {span.style for span in text.spans if span.start <= start and start + len(part) <= span.end}


def test_each_type_of_record_has_its_style():
    assert styles_of("45 kader") == {"bright_red"}
    assert styles_of("Bupati Sumba Tengah") == {"bright_blue"}
    assert styles_of("Facebook") == {"dim strike"}
    assert styles_of("di Waibakul") == set()


def test_title_text_officials_and_events_are_printed():
    lines = shown(SAMPLE)
    for part in ("Bupati Latih Kader", "melatih 45 kader di Waibakul", "current", "training (main)", "place"):
        assert part in lines


def test_a_page_cannot_steer_the_terminal():
    raw = "aman\x1b[2J\x07\r\nbaris"
    article = SAMPLE.model_validate(
        {"id": "a", "title": "\x1b]0;judul\x07", "raw": raw, "text": raw, "kept": [(0, len(raw))]}
    )
    assert marked_text(article).plain == "aman\ufffd[2J\ufffd \nbaris"
    assert "\x1b" not in shown(article)


def test_square_brackets_are_text_not_markup():
    article = SAMPLE.model_validate(
        {"id": "[red]x[/red]", "raw": "[bold]y", "text": "[bold]y", "kept": [(0, 7)]}
    )
    assert "[red]x[/red]" in shown(article)
    assert "[bold]y" in shown(article)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_article)
def test_offsets_hold_in_the_text_shown(article):
    assert len(marked_text(article).plain) == len(article.raw)
