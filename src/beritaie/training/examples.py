"""Annotated and raw articles as training examples: tokens with two layers of tags and the kinds of places."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beritaie.cleaning import Page, clean
from beritaie.errors import InputError
from beritaie.language.tags import INNER, KINDS, LABELS, OUTER, encode
from beritaie.language.tokens import split

Stretch = tuple[int, int, str, str | None]  # start, end, label, kind of place


@dataclass
class Example:
    """One text with its tokens and gold tags; ``partial`` means that only PER, ORG and LOC were labelled."""

    text: str
    tokens: list[tuple[int, int]]
    outer: list[int]
    inner: list[int]
    kinds: list[int]  # -1 outside places
    partial: bool = False


def raw_files(data: Path) -> list[Path]:
    """The files of raw news in the folder ``data``, the local ones last."""
    return [data / "raw" / "news.jsonl.gz", data / "raw" / "local.jsonl.gz"]


def tokens_of(text: str) -> list[tuple[int, int]]:
    """The tokens of ``text`` and those blanks between them that break the line: to the models a break is a word.

    >>> tokens_of("Judul\\n\\nIsi")
    [(0, 5), (5, 7), (7, 10)]
    """
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in split(text):
        if "\n" in text[at:start]:
            found.append((at, start))
        found.append((start, end))
        at = end
    return found


def words_of(text: str, tokens: Iterable[tuple[int, int]]) -> list[str]:
    """The tokens as strings, a line break as one newline."""
    return [text[a:b] if not text[a].isspace() else "\n" for a, b in tokens]


def example(text: str, stretches: Iterable[Stretch], *, partial: bool = False) -> Example:
    """Align character stretches to the tokens they touch; of crossing ones the longer stays."""
    tokens = tokens_of(text)
    first_at = {start: i for i, (start, _) in enumerate(tokens)}
    last_at = {end: i for i, (_, end) in enumerate(tokens)}

    def covered(start: int, end: int) -> tuple[int, int] | None:
        if start in first_at and end in last_at:
            return first_at[start], last_at[end]
        touched = [i for i, (a, b) in enumerate(tokens) if a < end and b > start]
        return (touched[0], touched[-1]) if touched else None

    outer: list[tuple[int, int, str]] = []
    inner: list[tuple[int, int, str]] = []
    kinds = [-1] * len(tokens)
    spans = sorted(stretches, key=lambda s: (s[0], -s[1]))
    for start, end, label, kind in spans:
        if (place := covered(start, end)) is None:
            continue
        if kind is not None:
            kinds[place[0] : place[1] + 1] = [KINDS.index(kind)] * (place[1] - place[0] + 1)
        layer = outer if not outer or place[0] > outer[-1][1] else inner
        if layer is outer or (label == "LOC" and place[1] <= outer[-1][1] and (not inner or place[0] > inner[-1][1])):
            layer.append((*place, label))
    return Example(
        text, tokens, encode(len(tokens), outer, OUTER), encode(len(tokens), inner, INNER), kinds, partial
    )


def annotated(path: Path, raw: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The articles annotated stand-off in ``path``, joined with their texts in the raw news files ``raw``.

    They come in the order of the annotations and in the form of a gold article: ``id``, ``text``, ``spans`` (mentions,
    and furniture as `X`) and ``record``, with the main event as annotated and the page's facts as cleaning reads them.
    Raises InputError where a text is missing or is not the one that was annotated.
    """
    for row, article in joined(path, raw):
        spans = [
            {"start": start, "end": end, "label": label, "attrs": {"k": kind[0]} if kind else {}}
            for start, end, label, *kind in row["spans"]
        ]
        spans += [{"start": start, "end": end, "label": "X", "attrs": {}} for start, end in row["furniture"]]
        yield {"id": row["id"], "text": article["text"], "spans": spans, "record": _record(article, row["event"])}


def joined(path: Path, raw: Iterable[Path]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each line of stand-off annotations (with `id` and `crc32`) and its article from the raw news files ``raw``.

    They come in the order of the annotations. Raises InputError where a text is missing or is not the one that was
    annotated.
    """
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    wanted = {row["id"] for row in rows}
    texts: dict[str, dict[str, Any]] = {}
    for file in raw:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            articles = (json.loads(line) for line in lines)
            texts |= {article["id"]: article for article in articles if article["id"] in wanted}
    for row in rows:
        article = texts.get(row["id"])
        if article is None or checksum(article["text"]) != row["crc32"]:
            what = "is missing in" if article is None else "is not the text that was annotated, in"
            raise InputError(f"article {row['id']} {what} {', '.join(map(str, raw))}")
        yield row, article


def page_of(article: dict[str, Any]) -> Page:
    """A raw article (`text`, `url`, `published`), cleaned."""
    try:
        return clean(article["text"], url=article.get("url"), published=article.get("published"))
    except InputError:  # a publication date in no known form
        return clean(article["text"], url=article.get("url"))


def _record(article: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """The page's facts, and the main event with its phrases in words."""
    text = article["text"]
    page = page_of(article)
    main = {
        "id": "e1",
        "main": True,
        "type": event["type"],
        "what": text[slice(*event["what"])],
        "date": event["date"],
        "places": [text[start:end] for start, end in event["places"]],
        "participants": [{"name": text[start:end], "role": role} for start, end, role in event["participants"]],
    }
    return {
        "title": page.title,
        "published": page.published.isoformat() if page.published else None,
        "dateline": page.dateline,
        "outlet": page.outlet,
        "authors": list(page.authors),
        "events": [main],
    }


def checksum(text: str) -> int:
    """Tells one version of an article's text from another.

    >>> checksum("Judul")
    3507627111
    """
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def stretches(text: str, spans: Iterable[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """The stretches of an annotated article between its furniture (`X`), blank ones left out."""
    at = 0
    cuts = sorted((s["start"], s["end"]) for s in spans if s["label"] == "X")
    for start, end in [*cuts, (len(text), len(text))]:
        if text[at:start].strip():
            yield at, start
        at = max(at, end)


def of_article(text: str, spans: Sequence[dict[str, Any]]) -> Iterator[Example]:
    """An annotated article as examples, one for each of its stretches."""
    for start, end in stretches(text, spans):
        inside = [
            (s["start"] - start, s["end"] - start, s["label"], s["attrs"].get("k"))
            for s in spans
            if s["label"] in LABELS and start <= s["start"] and s["end"] <= end
        ]
        yield example(text[start:end], inside)


def idner2k(path: Path) -> Iterator[Example]:
    """The sentences of idner2k (MIT): PER, ORG and LOC labelled, the other labels unknown."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 2) for line in block.splitlines() if line.count(" ") >= 2]
        if not rows:
            continue
        text = ""
        stretches: list[Stretch] = []
        for word, _, tag in rows:
            glue = not text or word in set(",.;:!?)]%") or text[-1] in "(["
            text += "" if glue else " "
            start = len(text)
            text += word
            if tag.startswith("I-") and stretches and stretches[-1][2] == tag[2:]:
                stretches[-1] = (stretches[-1][0], len(text), tag[2:], None)
            elif tag != "O":
                stretches.append((start, len(text), tag[2:], None))
        yield example(text, stretches, partial=True)


def raw_texts(path: Path) -> Iterator[str]:
    """The texts of a raw news file (JSON lines, gzipped)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]
