"""From a raw page to an Article: cleaning, the spaCy pipeline, and the records carried back to the raw text."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import ValidationError

from beritaie._resources import models_directory
from beritaie.cleaning import Page, clean
from beritaie.errors import InputError, ModelNotFound
from beritaie.records import Article, Failure

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The order matters: mentions before what links them, laws before places inside them, values before counts.
COMPONENTS = (
    "beritaie_sentences",
    "beritaie_mentions",
    "beritaie_laws",
    "beritaie_second_look",
    "beritaie_money",
    "beritaie_percentages",
    "beritaie_dates",
    "beritaie_times",
    "beritaie_durations",
    "beritaie_measures",
    "beritaie_counts",
    "beritaie_places",
    "beritaie_institutions",
    "beritaie_people",
    "beritaie_positions",
    "beritaie_officials",
    "beritaie_quotes",
    "beritaie_events",
)
Published = str | dt.date | dt.datetime | None
Item = str | bytes | Mapping[str, Any]
_ITEM_KEYS = ("raw", "id", "url", "title", "published")


def load(
    profile: str | Path = "fast",
    *,
    exclude: Iterable[str] = (),
    syntax: Literal["spacy", "stanza"] | Path | None = None,
) -> Pipeline:
    """The shipped pipeline of that name (`fast` or `accurate`), or the one in a folder.

    ``exclude`` names extractors to leave out (``{"events", "quotes"}``), for speed where they are not needed.
    ``syntax`` adds parts of speech, features, lemmas and dependencies to the Docs of ``nlp``: of the shipped model
    (``"spacy"``), of stanza's Indonesian package (``"stanza"``), or of a folder with a spaCy pipeline or stanza models.
    Raises ModelNotFound if there is no such pipeline or model.

    >>> article = load()("Bupati Bantul Sutarno Wibawa membuka lomba di Bantul, Senin (3/6).", published="2024-06-04")
    >>> [place.code for place in article.places], article.dates[0].value
    (['34.02'], '2024-06-03')
    """
    shipped = models_directory() / "id_berita"
    path = profile if isinstance(profile, Path) else shipped / profile
    base = path if (path / "config.cfg").is_file() else shipped / "fast"
    laid_over = sorted(file.parent for file in path.glob("*/weights.npz")) if base != path else []
    if base != path and not laid_over:
        there = sorted(folder.name for folder in shipped.iterdir() if folder.is_dir()) if shipped.is_dir() else []
        raise ModelNotFound(f"no trained pipeline at {path}; shipped with this package: {', '.join(there) or 'none'}")
    import spacy

    names = [name if name.startswith("beritaie_") else f"beritaie_{name}" for name in exclude]
    if unknown := sorted(set(names) - set(COMPONENTS)):
        raise InputError(f"no extractor {', '.join(unknown)}; there are: {', '.join(COMPONENTS)}")
    nlp = spacy.load(base, exclude=names)
    parts: dict[str, Any] = dict(nlp.pipeline)
    for folder in laid_over:  # `accurate` is `fast` with other weights for some components
        if folder.name in parts:
            parts[folder.name].from_disk(folder)
    if syntax is not None:
        from beritaie.language.syntax import add_syntax

        add_syntax(nlp, syntax)
    return Pipeline(nlp)


class Pipeline:
    """Reads articles; ``nlp`` is the spaCy pipeline inside."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def __call__(
        self,
        raw: str | bytes,
        *,
        id: str | None = None,
        url: str | None = None,
        title: str | None = None,
        published: Published = None,
    ) -> Article:
        """Read one article, given as text, HTML or bytes; raises InputError if it cannot be read.

        ``published`` (ISO or as newspapers write it) and ``title`` win over what the page says; without an ``id``
        the article gets one from a hash of ``raw``.
        """
        ready = _prepare(_Given(raw, id, url, title, published))
        return self._article(ready, self.nlp(page_doc(self.nlp, ready.page)))

    def stream(self, items: Iterable[Item], *, batch_size: int = 64) -> Iterator[Article | Failure]:
        """Read many articles: one Article or Failure for each item, in the order given.

        An item is the raw page (str or bytes), or a dict with ``raw`` and any of ``id``, ``url``, ``title``,
        ``published``. A bad item never stops the stream.
        """
        batch: list[_Ready | Failure] = []
        for number, item in enumerate(items):
            batch.append(_ready_or_failure(item, number))
            if len(batch) == batch_size:
                yield from self._read(batch)
                batch = []
        yield from self._read(batch)

    def _read(self, batch: list[_Ready | Failure]) -> Iterator[Article | Failure]:
        ready = [item for item in batch if isinstance(item, _Ready)]
        try:
            pages = [page_doc(self.nlp, item.page) for item in ready]
            docs = iter(list(self.nlp.pipe(pages, batch_size=len(ready) or 1)))
        except Exception:  # one article broke the batch: read them singly, so that it alone fails
            docs = iter(())
        for item in batch:
            if isinstance(item, Failure):
                yield item
                continue
            try:
                doc = next(docs, None)
                yield self._article(item, doc if doc is not None else self.nlp(page_doc(self.nlp, item.page)))
            except Exception as error:
                yield Failure(id=item.given.id or _hash(item.given.raw), stage="extract", error=_said(error))

    def _article(self, ready: _Ready, doc: Doc) -> Article:
        page, given = ready
        fields = set(Article.model_fields)
        found = {name: rows for name, rows in doc._.records.items() if name in fields}
        return Article.model_validate(
            {
                "id": given.id or _hash(given.raw),
                "url": given.url,
                "title": page.title,
                "published": page.published,
                "outlet": page.outlet,
                "authors": list(page.authors),
                "dateline": page.dateline,
                "language": page.language,
                "raw": page.raw,
                "text": page.text,
                "kept": page.kept,
                **{name: [_in_raw(row, page) for row in rows] for name, rows in found.items()},
            }
        )


def page_doc(nlp: Language, page: Page) -> Doc:
    """The tokens of a cleaned page with its facts, ready for the components of ``nlp``."""
    doc = nlp.make_doc(page.text)
    doc._.page = {
        "title": page.title,
        "title_span": page.title_span,
        "published": page.published.isoformat() if page.published else None,
        "outlet": page.outlet,
        "authors": list(page.authors),
        "dateline": page.dateline,
        "dateline_span": page.dateline_span,
    }
    return doc


class _Given(NamedTuple):
    """What the user gave."""

    raw: str | bytes
    id: str | None
    url: str | None
    title: str | None
    published: Published


class _Ready(NamedTuple):
    """A cleaned page with what the user gave."""

    page: Page
    given: _Given


def _prepare(given: _Given) -> _Ready:
    return _Ready(clean(given.raw, url=given.url, title=given.title, published=given.published), given)


def _ready_or_failure(item: Item, number: int) -> _Ready | Failure:
    name = f"item-{number}"
    stage: Any = "read"
    try:
        given = _given(item)
        name = given.id or _hash(given.raw)
        stage = "clean"
        return _prepare(given)
    except Exception as error:
        return Failure(id=name, stage=stage, error=_said(error))


def _given(item: Item) -> _Given:
    if isinstance(item, str | bytes):
        return _Given(item, None, None, None, None)
    if not isinstance(item, Mapping):
        raise InputError(f"an item is str, bytes or a dict with 'raw', not {type(item).__name__}")
    if unknown := sorted(map(str, set(item) - set(_ITEM_KEYS))):
        raise InputError(f"unknown keys {', '.join(unknown)}; an item has {', '.join(_ITEM_KEYS)}")
    if not isinstance(item.get("raw"), str | bytes):
        raise InputError("an item needs 'raw': the page as str or bytes")
    for key in ("id", "url", "title"):
        if item.get(key) is not None and not isinstance(item[key], str):
            raise InputError(f"{key!r} must be text, not {type(item[key]).__name__}")
    return _Given(item["raw"], item.get("id"), item.get("url"), item.get("title"), item.get("published"))


def _hash(raw: str | bytes) -> str:
    data = raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def _said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"record {'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error) or type(error).__name__


def _in_raw(record: dict[str, Any], page: Page) -> dict[str, Any]:
    """A record with its spans counted in the raw text."""
    moved = dict(record)
    for key in ("span", "evidence"):
        if key in moved:
            moved[key] = _span_in_raw(moved[key], page)
    if "spans" in moved:
        moved["spans"] = [_span_in_raw(span, page) for span in moved["spans"]]
    if "arguments" in moved:
        moved["arguments"] = [_in_raw(argument, page) for argument in moved["arguments"]]
    return moved


def _span_in_raw(span: dict[str, Any], page: Page) -> dict[str, Any]:
    start, end = page.to_raw(span["start"], span["end"])
    return {"start": start, "end": end, "text": page.raw[start:end]}
