"""Takes the article's text and the page's own facts out of HTML."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from beritaie.cleaning.lines import is_paragraph
from beritaie.cleaning.moments import find_moment
from beritaie.errors import InputError
from beritaie.lexicon import settings

DEEPEST_NESTING = 250  # elements inside each other; real pages stay below one hundred
MOST_TAGS = 60_000  # start and end tags; a front page has some ten thousand
MOST_NESTED = 1_000_000  # depths of all tags together; a front page has some hundred thousand

_PAGE = re.compile(r"<(?:!doctype\s{1,5}html|html|head|body)\b", re.IGNORECASE)
_BLOCK = re.compile(r"</(?:p|div|article|section|h[1-6]|ul|ol|li|table|td|blockquote)>|<br ?/?>|<p[ >]", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_CLOSED_BY_OTHERS = frozenset(
    ["p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "html", "head", "body"]
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
_TABLE = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th"])
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
    title = _title(root)
    bylines = tuple(islice(_bylines(root), 5))
    body = (_extracted(root) if _PAGE.search(text[:4096]) else None) or _all_text(root)
    if not body:
        raise InputError("the HTML holds no text")
    body = _from_title(body, title)
    if title and " ".join(title.split()).casefold() not in " ".join(body[:400].split()).casefold():
        body = f"{title}\n\n{body}"
    return Markup(
        body,
        title=title,
        published=_published(root),
        outlet=_first(_metas(root, "og:site_name", "application-name")) or _linked(root, "publisher"),
        authors=tuple(_authors(root)) or bylines,
    )


def _from_title(body: str, title: str | None) -> str:
    """The body without the menu above its title."""
    wanted = " ".join((title or "").split()).casefold()
    at = 0
    for line in body.splitlines(keepends=True)[:_MENU] if wanted else []:
        if " ".join(line.split()).casefold() == wanted:
            return body[at:]
        if is_paragraph(line.strip()):
            break
        at += len(line)
    return body


_MENU = 40  # lines


def _check_size(text: str) -> None:
    depth = work = 0
    for tags, match in enumerate(_TAG.finditer(text), start=1):
        name = match[2].lower()
        if name not in _VOID and name not in _CLOSED_BY_OTHERS:
            depth = max(0, depth - 1) if match[1] else depth + 1
        work += depth
        if work > MOST_NESTED:
            raise InputError("the HTML is nested deeper than a page all over: hand in the page of one article")
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


def _extracted(root: Any) -> str | None:
    """The article as trafilatura finds it: rather too much than too little. Changes the tree."""
    import trafilatura

    _unframe(root)
    _unlink(root)
    try:
        found: str | None = trafilatura.extract(
            root,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            deduplicate=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return "\n".join(map(_row, found.splitlines())).strip() if found else None


def _row(line: str) -> str:
    """A row of a table without the frame that the extractor draws around it."""
    if "|" not in line or not (line.startswith("|") or line.rstrip().endswith("|")):
        return line
    return line.replace("\\|", "|").strip(" |-")


def _unframe(root: Any) -> None:
    """Tables that only lay out the page become plain blocks, so that nobody takes the article for a row."""
    for table in list(islice(root.iter("table"), _MOST_TABLES)):
        if table.tag == "table" and next(table.iter("h1", "h2", "p", "div"), None) is not None:
            for cell in list(islice(table.iter("td"), _MOST_CELLS)):
                if _is_sidebar(cell):
                    cell.drop_tree()
            for element in table.iter(*_TABLE):
                element.tag = "div"


_MOST_TABLES = 200  # looked at in one page
_MOST_CELLS = 60  # of one table


def _is_sidebar(cell: Any) -> bool:
    """Whether a cell of links and lists stands beside a much longer one."""
    row = cell.getparent()
    if row is None or not 1 < len(row) < 7 or any(True for _ in cell.iter("p", "h1")):
        return False
    if next(cell.iter("li", "a"), None) is None:
        return False
    beside = max(len(other.text_content()) for other in row if other is not cell)
    return bool(len(cell.text_content()) < 0.4 * beside)


def _unlink(root: Any) -> None:
    """Lists whose every entry is a link go: menus, tags, other articles."""
    for block in list(islice(root.iter("ul", "ol"), _MOST_LISTS)):
        entries = [entry for entry in block if entry.tag == "li"]
        if len(entries) > 1 and block.getparent() is not None and all(map(_is_link, entries)):
            block.drop_tree()


_MOST_LISTS = 500


def _is_link(entry: Any) -> bool:
    told = len("".join(entry.text_content().split()))
    linked = sum(len("".join(link.text_content().split())) for link in entry.iter("a"))
    return linked > 0.6 * told


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
    return re.split(r" (?:[|–—»-]|::) (?=[^|–—»:-]{2,40}$)", named)[0] or None


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


def _bylines(root: Any) -> Iterator[str]:
    """The lines on the page that its classes call a byline."""
    named = settings("page")["byline_classes"]
    for element in islice(root.iterfind(".//*[@class]"), _MOST_ELEMENTS):
        classes = set(re.split(r"[^a-z]+", (element.get("class") or "")[:200].lower()))
        if classes.isdisjoint(named) or element.tag in ("body", "article", "html"):
            continue
        told = " ".join(element.text_content()[:_LONGEST_BYLINE].split())
        if 3 < len(told) < _LONGEST_BYLINE - 20:
            yield told


_MOST_ELEMENTS = 5_000
_LONGEST_BYLINE = 140  # characters


def _authors(root: Any) -> Iterator[str]:
    names = [name for item in _linked_data(root) for name in _names(item.get("author"))]
    names = names or list(_metas(root, "author", "article:author", "content_author"))
    seen: set[str] = set()
    for name in names:
        if name not in seen and not name.startswith("http") and len(name) < 80:
            seen.add(name)
            yield name
