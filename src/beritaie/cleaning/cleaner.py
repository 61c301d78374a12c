"""Reads a page as it was found: decodes it, takes text out of HTML, cuts the furniture, reads the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from beritaie.cleaning.facts import facts_of
from beritaie.cleaning.furniture import furniture
from beritaie.cleaning.markup import Markup, is_html, read_html
from beritaie.cleaning.moments import read_moment
from beritaie.cleaning.page import Cut, Page
from beritaie.cleaning.reading import LONGEST_TEXT, checked_text
from beritaie.cleaning.wrapping import written_in
from beritaie.errors import InputError


def clean(
    raw: str | bytes,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | dt.date | dt.datetime | None = None,
) -> Page:
    """The page behind ``raw``: its text without furniture, and what it says of itself.

    ``raw`` is a text, a page copied from a browser, or HTML; bytes are read in the encoding they declare,
    else as UTF-8, else as Windows-1252. ``title`` and ``published`` (a date, a datetime or any form that
    sites print, the day before the month) win over what the page says; ``url`` names the outlet.

    Offsets of ``kept`` and ``cuts`` count characters of ``Page.raw``: ``raw`` itself, or for HTML the text
    taken from the page (for HTML that lost its tags the text with its entities as characters). Raises
    ``InputError`` if there is nothing to read: empty or binary input, lone surrogates, over ``LARGEST_INPUT``
    characters or ``LONGEST_TEXT`` of text, HTML nested too deeply or with too many tags, a ``published`` that
    is no date.

    >>> raw = "Pasar Dibuka\\n\\nSenin, 9 Desember 2024 - 14:18 WITA\\n\\nSUKAMAJU - Bupati membuka pasar."
    >>> page = clean(raw)
    >>> page.title, page.dateline, page.published.isoformat()
    ('Pasar Dibuka', 'SUKAMAJU', '2024-12-09T14:18:00+08:00')
    """
    return _cleaned(*_read(raw), url=url, title=title, published=published)


def clean_pages(
    raws: Sequence[str | bytes],
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | dt.date | dt.datetime | None = None,
) -> Page:
    """The page behind one article that its site spread over several: as ``clean``, the texts one after another.

    ``Page.raw`` is the texts of all pages with an empty line between, without the title that each repeats; the
    facts are those of the first page that states them. Raises ``InputError`` as ``clean`` does, and for no page.

    >>> pages = ["<h1>Pasar Dibuka</h1><p>Bupati hadir.</p>", "<h1>Pasar Dibuka</h1><p>Warga senang.</p>"]
    >>> clean_pages(pages).text
    'Pasar Dibuka\\n\\nBupati hadir.\\n\\nWarga senang.'
    """
    if isinstance(raws, str | bytes) or not raws:
        raise InputError("raws must be a list of at least one page; hand a single page to clean()")
    read = [_read(raw) for raw in raws]
    first = read[0][0]
    heading = title or first.title or first.text.split("\n", maxsplit=1)[0]
    texts = [first.text, *(_without_heading(markup.text, heading) for markup, _ in read[1:])]
    joined = replace(
        first,
        text="\n\n".join(texts),
        title=next((markup.title for markup, _ in read if markup.title), None),
        published=next((markup.published for markup, _ in read if markup.published), None),
        outlet=next((markup.outlet for markup, _ in read if markup.outlet), None),
    )
    return _cleaned(joined, any(marked_up for _, marked_up in read), url=url, title=title, published=published)


def _without_heading(text: str, heading: str) -> str:
    first, _, rest = text.partition("\n")
    return rest.lstrip() if rest.strip() and first.split() == heading.split() else text


def _read(raw: str | bytes) -> tuple[Markup, bool]:
    """The text of ``raw`` with what its HTML states, and whether it is HTML."""
    text = checked_text(raw)
    return (read_html(text), True) if is_html(text) else (Markup(written_in(text)), False)


def _cleaned(
    markup: Markup,
    marked_up: bool,
    *,
    url: str | None,
    title: str | None,
    published: str | dt.date | dt.datetime | None,
) -> Page:
    for name, value in (("url", url), ("title", title)):
        if value is not None and not isinstance(value, str):
            raise InputError(f"{name} must be a str, not {type(value).__name__}")
    known = read_moment(published) if published is not None else None
    text = markup.text
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"the text is too long: {len(text):,} of at most {LONGEST_TEXT:,} characters; hand in one article"
        )
    cuts = furniture(text, marked_up=marked_up)
    kept = kept_slices(text, cuts)
    if not kept:
        raise InputError("the page holds no article: everything in it is page furniture")
    facts = facts_of(text, kept, cuts, url=url, title=title, published=known, markup=markup)
    return Page(raw=text, kept=kept, cuts=cuts, **facts)


def kept_slices(text: str, cuts: tuple[Cut, ...]) -> tuple[tuple[int, int], ...]:
    """What ``cuts`` leave of ``text``, no blanks at both ends; of blanks between two cuts one that parts words."""
    ends = [len(text), *(cut.start for cut in reversed(cuts))][::-1]
    starts = [0, *(cut.end for cut in cuts)]
    left: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        if text[start:end].strip() or (start < end and left and not text[left[-1][1] - 1].isspace()):
            left.append((start, end))
    while left and not text[left[-1][0] : left[-1][1]].strip():
        left.pop()
    if not left:
        return ()
    first = left[0]
    left[0] = (first[0] + len(text[first[0] : first[1]]) - len(text[first[0] : first[1]].lstrip()), first[1])
    last = left[-1]
    left[-1] = (last[0], last[0] + len(text[last[0] : last[1]].rstrip()))
    return tuple(left)
