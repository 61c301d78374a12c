"""Shows an article as HTML: its records marked on the source text, for notebooks and reports."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from beritaie.records import Article
from beritaie.view.marks import CUT, KINDS, Mark, marks, pieces
from beritaie.view.summary import event_rows, heading, official_rows

_STYLE = """
.beritaie{font:16px/1.65 Georgia,'Noto Serif',serif;color:#212529;background:#fff;max-width:46em;padding:1em}
.beritaie h3{font-size:1.25em;line-height:1.3;margin:0 0 .3em}
.beritaie .known,.beritaie .legend,.beritaie table{font:13px/1.5 system-ui,sans-serif;color:#495057}
.beritaie .legend span{padding:0 .45em;margin:0 .35em .35em 0;border-radius:3px;
display:inline-block;color:#212529}
.beritaie .text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.8em 0}
.beritaie mark{color:inherit;padding:0 .1em;border-radius:3px;cursor:help}
.beritaie mark mark{box-shadow:0 0 0 1px rgba(0,0,0,.18)}
.beritaie mark.cut,.beritaie .legend .cut{background:none;color:#adb5bd}
.beritaie mark.events{border-bottom:2px solid #e8590c}
.beritaie table{border-collapse:collapse;margin:.4em 0;background:none}
.beritaie td,.beritaie th{text-align:left;vertical-align:top;padding:.15em .8em .15em 0;
border-top:1px solid #dee2e6}
""" + "".join(f".beritaie .{kind}{{background:{colour}}}\n" for kind, (_, colour, _) in KINDS.items())


def article_html(article: Article) -> str:
    """One article as HTML that needs nothing else: no script, no font, no picture from outside.

    The raw text is shown whole, with every record's span in the colour of its type, its values as a tooltip,
    and what is not the article in grey; below it stand the officials and the events. All text is escaped.

    >>> html = article_html(Article(id="a", title="A & B", raw="A & B", text="A & B", kept=[(0, 5)]))
    >>> "<h3>A &amp; B</h3>" in html, "<script" in html
    (True, False)
    """
    title, known = heading(article)
    return (
        f'<meta charset="utf-8"><style>{_STYLE}</style><article class="beritaie" lang="id">'
        f'<h3>{escape(title)}</h3><div class="known">{escape(known)}</div>'
        f'<div class="legend">{_legend(article)}</div><div class="text">{_marked(article)}</div>'
        + _table(("official", "position", "status"), official_rows(article))
        + _table(("event", "what", "when", "where", "who"), event_rows(article))
        + "</article>"
    )


def _marked(article: Article) -> str:
    html: list[str] = []
    opened: list[Mark] = []
    for piece in pieces(article):
        stay = 0
        while stay < min(len(opened), len(piece.marks)) and opened[stay] is piece.marks[stay]:
            stay += 1
        html.append("</mark>" * (len(opened) - stay))
        for mark in piece.marks[stay:]:
            html.append(f'<mark class="{mark.kind}" title="{escape(mark.note)}">')
        opened = list(piece.marks)
        html.append(escape(article.raw[piece.start : piece.end], quote=False))
    html.append("</mark>" * len(opened))
    return "".join(html)


def _legend(article: Article) -> str:
    kinds = [mark.kind for mark in marks(article)]
    shown = [(kind, word) for kind, (word, _, _) in KINDS.items() if kind in kinds]
    entries = [f'<span class="{kind}">{word} {kinds.count(kind)}</span>' for kind, word in shown]
    return "".join(entries) + ('<span class="cut">not the article</span>' if CUT in kinds else "")


def _table(header: Iterable[str], rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
