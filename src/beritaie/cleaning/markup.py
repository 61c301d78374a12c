"""Takes the article's text and the page's own facts out of HTML."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from beritaie.cleaning.moments import find_moment
from beritaie.errors import InputError

DEEPEST_NESTING = 250  # elements inside each other; real pages stay below one hundred
MOST_TAGS = 100_000  # a front page has some five thousand

_PAGE = re.compile(r"<(?:!doctype\s{1,5}html|html|head|body)\b", re.IGNORECASE)
_BLOCK = re.compile(
    r"</(?:p|div|article|section|h[1-6]|ul|ol|li|table|td|blockquote)>|<br ?/?>|<p[ >]", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_CLOSED_BY_OTHERS = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "html",
        "head",
        "body",
    ]
)
_BREAKING = frozenset(
    [
        "p",
        "div",
        "article",
        "section",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "address",
        "hr",
        "body",
        "center",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "head",
        "select",
        "button",
        "svg",
        "object",
        "textarea",
        "title",
    ]
)
_CELLS = re.compile(r"^\|[ |-]*|[ |]*\|$", re.MULTILINE)  # how the extractor draws tables
_BLANKS = re.compile(r"[ \t\r\f\n]+")
_SPACED = re.compile(r"[ \t]{0,4}\n[ \t]{0,4}")


@dataclass(frozen=True)
class Markup:
    """The text of a page, and what its head says of it."""

    text: str
    title: str | None = None
    published: dt.date | dt.datetime | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None


def is_html(text: str) -> bool:
    """Whether ``text`` is HTML: a page, or the body of one as editors store it.

    >>> is_html("<p>Bupati hadir.</p>"), is_html("Harga < Rp 5.000 dan > Rp 2.000")
    (True, False)
    """
    return "<" in text and (bool(_PAGE.search(text[:4096])) or bool(_BLOCK.search(text)))


def read_html(text: str) -> Markup:
    """The article in the HTML ``text`` with the facts that the page states.

    Raises ``InputError`` for a page that is nested too deeply, has too many tags, or holds no words.

    >>> read_html("<div>Bupati hadir.<br>Warga senang.</div>").text
    'Bupati hadir.\\nWarga senang.'
    """
    _check_size(text)
    root = _parsed(text)
    if root is None:
        raise InputError("the HTML holds no text")
    body = (_extracted(text) if _PAGE.search(text[:4096]) else None) or _all_text(root)
    title = _title(root)
    if not body:
        raise InputError("the HTML holds no text")
    if title and " ".join(title.split()).casefold() not in " ".join(body[:400].split()).casefold():
        body = f"{title}\n\n{body}"
    return Markup(
        body,
        title=title,
        published=_published(root),
        outlet=_first(_metas(root, "og:site_name", "application-name")) or _linked(root, "publisher"),
        authors=tuple(_authors(root)),
    )


def _check_size(text: str) -> None:
    depth = 0
    for tags, match in enumerate(_TAG.finditer(text), start=1):
        name = match[2].lower()
        if name not in _VOID and name not in _CLOSED_BY_OTHERS:
            depth = max(0, depth - 1) if match[1] else depth + 1
        if tags > MOST_TAGS:
            raise InputError(f"the HTML has over {MOST_TAGS:,} tags: hand in the page of one article")
        if depth > DEEPEST_NESTING:
            raise InputError(f"the HTML is nested deeper than {DEEPEST_NESTING} elements: mend its end tags")


def _parsed(text: str) -> Any:
    from lxml import etree, html  # type: ignore[import-untyped]

    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", " ", text)
    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        return html.document_fromstring(clean.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _extracted(text: str) -> str | None:
    """The article as trafilatura finds it: rather too much than too little."""
    import trafilatura

    try:
        found: str | None = trafilatura.extract(
            text,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            deduplicate=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return _CELLS.sub("", found).strip() if found else None


def _all_text(root: Any) -> str:
    """Every visible word below ``root``, a line for each block."""
    pieces: list[str] = []
    for event, element in _walk(root):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BREAKING:
                pieces.append("\n")
            pieces.append(_BLANKS.sub(" ", element.text or ""))
        else:
            if tag in _BREAKING:
                pieces.append("\n\n" if tag in {"p", "div", "h1", "h2", "h3", "blockquote"} else "\n")
            elif tag == "br":
                pieces.append("\n")
            pieces.append(_BLANKS.sub(" ", element.tail or ""))
    lines = _SPACED.sub("\n", "".join(pieces))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Start and end of every element that shows, in reading order."""
    stack: list[tuple[str, Any]] = [("start", root)]
    while stack:
        event, element = stack.pop()
        silent = not isinstance(element.tag, str) or element.tag in _SILENT
        if event == "end" or silent:
            yield "end", element
            continue
        yield event, element
        stack.append(("end", element))
        stack.extend(("start", child) for child in reversed(element))


def _metas(root: Any, *names: str) -> Iterator[str]:
    """The contents of the meta elements called one of ``names``, in the order of ``names``."""
    for name in names:
        for element in root.iterfind(".//meta"):
            called = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if called.casefold() == name.casefold() and (element.get("content") or "").strip():
                yield " ".join(element.get("content").split())


def _first(values: Iterable[str]) -> str | None:
    return next(iter(values), None)


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that describe an article."""
    for element in root.iterfind(".//script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            data = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(data)


def _articles_in(data: Any) -> Iterator[dict[str, Any]]:
    queue = [data]
    for _ in range(_MOST_OBJECTS):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, list):
            queue.extend(item[:_MOST_OBJECTS])
        elif isinstance(item, dict):
            queue.append(item.get("@graph"))
            if "Article" in str(item.get("@type")) or "datePublished" in item:
                yield item


_MOST_OBJECTS = 100  # looked at in one block of JSON-LD


def _linked(root: Any, key: str) -> str | None:
    for item in _linked_data(root):
        names = list(_names(item.get(key)))
        if names:
            return names[0]
    return None


def _names(value: Any) -> Iterator[str]:
    for item in value[:20] if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            yield " ".join(name.split())


def _title(root: Any) -> str | None:
    heading = next((element for element in root.iterfind(".//h1") if element.text_content().strip()), None)
    titles = [*_metas(root, "og:title", "twitter:title"), *filter(None, [_linked(root, "headline")])]
    if heading is not None:
        shown = " ".join(heading.text_content().split())
        if not titles or shown.casefold() in titles[0].casefold() or len(shown) > 25:
            return shown
    if titles:
        return titles[0]
    element = root.find(".//title")
    named = " ".join((element.text or "").split()) if element is not None else ""
    return re.split(r" [|–—-] (?=[^|–—-]{2,40}$)", named)[0] or None


_DATED = (
    "article:published_time",
    "datePublished",
    "publishdate",
    "pubdate",
    "content_PublishedDate",
    "date",
    "dc.date",
    "dc.date.issued",
    "parsely-pub-date",
    "dtk:publishdate",
)


def _published(root: Any) -> dt.date | dt.datetime | None:
    stated = [*(str(item.get("datePublished")) for item in _linked_data(root)), *_metas(root, *_DATED)]
    return next((found[2] for text in stated if (found := find_moment(text[:200]))), None)


def _authors(root: Any) -> Iterator[str]:
    names = [name for item in _linked_data(root) for name in _names(item.get("author"))]
    names = names or list(_metas(root, "author", "article:author", "content_author"))
    seen: set[str] = set()
    for name in names:
        if name not in seen and not name.startswith("http") and len(name) < 80:
            seen.add(name)
            yield name
