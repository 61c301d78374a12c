"""Shows an article in a terminal: records coloured on the source text, officials and events in tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from beritaie.records import Article
from beritaie.view.marks import CUT, KINDS, marks
from beritaie.view.summary import event_rows, heading, official_rows

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

# Text from a page must not steer the terminal; one character for one, so that offsets stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def article_terminal(article: Article) -> Group:
    """One article for ``rich.print``: heading, legend, marked text, officials and events.

    >>> from rich.console import Console
    >>> article = Article(id="a", raw="Banjir surut.", text="Banjir surut.", kept=[(0, 13)])
    >>> Console(width=40).print(article_terminal(article))
    a
    <BLANKLINE>
    Banjir surut.
    """
    from rich.console import Group
    from rich.text import Text

    title, known = heading(article)
    top = Text(_plain(title), style="bold")
    if known != title:
        top.append(f"\n{_plain(known)}", style="dim")
    tables = (
        _table(("official", "position", "status"), official_rows(article)),
        _table(("event", "what", "when", "where", "who"), event_rows(article)),
    )
    return Group(top, _legend(article), marked_text(article), *(table for table in tables if table.row_count))


def marked_text(article: Article) -> Text:
    """The raw text with the style of its records, inner over outer; control characters are shown as U+FFFD.

    >>> marked_text(Article(id="a", raw="a\\x1b[2J", text="a", kept=[(0, 1)])).plain
    'a\\ufffd[2J'
    """
    from rich.text import Text

    text = Text(_plain(article.raw))
    for mark in marks(article):
        text.stylize("dim strike" if mark.kind == CUT else KINDS[mark.kind][2], mark.start, mark.end)
    return text


def _legend(article: Article) -> Text:
    from rich.text import Text

    kinds = {mark.kind for mark in marks(article)}
    shown = [Text(word, style=style) for kind, (word, _, style) in KINDS.items() if kind in kinds]
    return Text("  ").join(shown)


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(*header, box=SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(Text(_plain(cell)) for cell in row))
    return table


def _plain(text: str) -> str:
    return _CONTROL.sub("\ufffd", text.replace("\r\n", " \n"))
