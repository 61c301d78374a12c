"""How often places get the right official code, measured on articles whose codes were annotated by reading.

    python -m beritaie.training.place_codes GOLD.jsonl… [--errors]

The annotations are stand-off, without text; each is joined with the gold article that has its id.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from beritaie._resources import data_file
from beritaie.errors import InputError
from beritaie.linking.mention import Mention
from beritaie.linking.place_names import candidates
from beritaie.linking.places import resolve_places
from beritaie.training.examples import checksum

CODES = data_file("annotations", "place_codes.jsonl")  # in a checkout; a wheel leaves the annotations out


@dataclass(frozen=True)
class CodedArticle:
    """An article with the mentions of its places and the right code of every administrative one.

    ``codes`` are by start and end in ``text``; None where no code can be right, as for a city abroad. ``mentions`` are
    all places of the gold annotation with their kinds, also streets and venues, which have no code.
    """

    id: str
    text: str
    dateline: str | None
    outlet: str | None
    mentions: tuple[Mention, ...]
    codes: dict[tuple[int, int], str | None]


@dataclass
class Score:
    """Counts of mentions; ``findable`` are those that have a right code, ``covered`` those of them that got any."""

    mentions: int = 0
    findable: int = 0
    given: int = 0
    right: int = 0
    covered: int = 0

    def add(self, right: str | None, found: str | None) -> None:
        """Count one mention whose code is ``right`` and that got ``found``."""
        self.mentions += 1
        self.findable += right is not None
        self.given += found is not None
        self.right += found is not None and found == right
        self.covered += found is not None and right is not None

    @property
    def accuracy(self) -> float:
        """The share of the codes given that are right; 1 if none was given."""
        return self.right / self.given if self.given else 1.0

    @property
    def coverage(self) -> float:
        """The share of the mentions with a right code that got one, right or wrong; 1 if there are none."""
        return self.covered / self.findable if self.findable else 1.0

    def __str__(self) -> str:
        return (
            f"{self.mentions} mentions, {self.findable} with a code: {self.accuracy:.1%} of {self.given} given are"
            f" right, {self.coverage:.1%} covered"
        )


Linker = Callable[[CodedArticle], Sequence[str | None]]


def coded_articles(gold: Iterable[Path], codes: Path = CODES) -> Iterator[CodedArticle]:
    """The articles annotated in ``codes``, in that order, with text and places of the ``gold`` files.

    Annotations of articles that are in no gold file are left out. Raises InputError where an article's text is not the
    one that was annotated, or where a mention with a code is no place of the gold annotation.
    """
    articles: dict[str, dict[str, Any]] = {}
    for path in gold:
        with path.open(encoding="utf-8") as lines:
            articles |= {article["id"]: article for article in map(json.loads, lines)}
    with codes.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if (article := articles.get(row["id"])) is None:
                continue
            text = article["text"]
            if checksum(text) != row["crc32"]:
                raise InputError(f"the text of article {row['id']} is not the one that {codes} annotates")
            mentions = tuple(
                Mention(s["start"], s["end"], text[s["start"] : s["end"]], "LOC", 1.0, s["attrs"].get("k"))
                for s in sorted(article["spans"], key=lambda s: (s["start"], -s["end"]))
                if s["label"] == "LOC"
            )
            annotated = {(start, end): code for start, end, code in row["codes"]}
            if unknown := annotated.keys() - {(m.start, m.end) for m in mentions}:
                raise InputError(f"{codes} annotates in article {row['id']} what is no place there: {min(unknown)}")
            record = article["record"]
            yield CodedArticle(row["id"], text, record["dateline"], record["outlet"], mentions, annotated)


def linked(article: CodedArticle, *, kinds: bool = False) -> list[str | None]:
    """The code that beritaie gives to each mention; it is shown their kinds only if ``kinds``."""
    mentions = [mention if kinds else mention._replace(kind=None) for mention in article.mentions]
    places = resolve_places(mentions, article.text, dateline=article.dateline, outlet=article.outlet)
    code = {m[:2]: place.area.code if place.area else None for place in places for m in place.mentions}
    return [code[m[:2]] for m in article.mentions]


def measure(articles: Iterable[CodedArticle], linker: Linker = linked) -> dict[str, Score]:
    """How well ``linker`` codes the annotated mentions: `all`, and `ambiguous` where several areas are called so.

    ``linker`` takes an article to one code or None for each of its mentions. A name with its level word (`Kota
    Bandung`) is ambiguous only if several areas of that level bear it.
    """
    scores = {"all": Score(), "ambiguous": Score()}
    for article in articles:
        for mention, found in zip(article.mentions, linker(article), strict=True):
            if mention[:2] in article.codes:
                right = article.codes[mention[:2]]
                scores["all"].add(right, found)
                if len(candidates(mention.text)) > 1:
                    scores["ambiguous"].add(right, found)
    return scores


def errors(articles: Iterable[CodedArticle], linker: Linker = linked) -> Iterator[str]:
    """One line for each annotated mention with another code than the right one: what, where, right and found."""
    for article in articles:
        for mention, found in zip(article.mentions, linker(article), strict=True):
            if mention[:2] in article.codes and found != article.codes[mention[:2]]:
                right = article.codes[mention[:2]]
                yield f"{article.id} {mention.start}: {mention.text!r} is {right}, found {found}"


def main() -> None:
    """Print the figures of each gold file, and with ``--errors`` what is wrong or missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--codes", type=Path, default=CODES)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    for path in options.gold:
        articles = list(coded_articles([path], options.codes))
        for name, kinds in (("spans alone", False), ("spans and kinds", True)):
            for part, score in measure(articles, partial(linked, kinds=kinds)).items():
                print(f"{path.stem}, {name}, {part}: {score}")
        if options.errors:
            print(*errors(articles), sep="\n")


if __name__ == "__main__":
    main()
