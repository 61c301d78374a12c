"""Reads a page as it was found: decodes it, takes text out of HTML, cuts the furniture, reads the facts."""

from __future__ import annotations

import datetime as dt

from beritaie.cleaning.facts import facts_of
from beritaie.cleaning.furniture import furniture
from beritaie.cleaning.markup import Markup, is_html, read_html
from beritaie.cleaning.moments import read_moment
from beritaie.cleaning.page import Cut, Page
from beritaie.cleaning.reading import LONGEST_TEXT, checked_text
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
    taken from the page. Raises ``InputError`` if there is nothing to read: empty or binary input, lone
    surrogates, over ``LARGEST_INPUT`` characters or ``LONGEST_TEXT`` of text, HTML nested too deeply or with
    too many tags, a ``published`` that is no date.

    >>> raw = "Pasar Dibuka\\n\\nSenin, 9 Desember 2024 - 14:18 WITA\\n\\nSUKAMAJU - Bupati membuka pasar."
    >>> page = clean(raw)
    >>> page.title, page.dateline, page.published.isoformat()
    ('Pasar Dibuka', 'SUKAMAJU', '2024-12-09T14:18:00+08:00')
    """
    for name, value in (("url", url), ("title", title)):
        if value is not None and not isinstance(value, str):
            raise InputError(f"{name} must be a str, not {type(value).__name__}")
    known = read_moment(published) if published is not None else None
    text = checked_text(raw)
    markup = read_html(text) if is_html(text) else Markup(text)
    text = markup.text
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"the text is too long: {len(text):,} of at most {LONGEST_TEXT:,} characters; hand in one article"
        )
    cuts = furniture(text)
    kept = kept_slices(text, cuts)
    if not kept:
        raise InputError("the page holds no article: everything in it is page furniture")
    facts = facts_of(text, kept, cuts, url=url, title=title, published=known, markup=markup)
    return Page(raw=text, kept=kept, cuts=cuts, **facts)


def kept_slices(text: str, cuts: tuple[Cut, ...]) -> tuple[tuple[int, int], ...]:
    """What ``cuts`` leave of ``text``, without the blanks at both ends and without slices of mere blanks."""
    ends = [len(text), *(cut.start for cut in reversed(cuts))][::-1]
    starts = [0, *(cut.end for cut in cuts)]
    left = [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]
    if not left:
        return ()
    first, last = left[0], left[-1]
    left[0] = (first[0] + len(text[first[0] : first[1]]) - len(text[first[0] : first[1]].lstrip()), first[1])
    left[-1] = (left[-1][0], last[0] + len(text[last[0] : last[1]].rstrip()))
    return tuple(left)
