"""Counts, measures, money and percentages beside quantulum3's on annotated articles.

    python tests/benchmarks/compare_amounts.py GOLD.jsonl

GOLD.jsonl holds one annotated article a line: ``text`` and ``spans`` with ``start``, ``end``, ``label`` and
``attrs``. A gold amount is found where a span of the tool overlaps it, one to one; its value is right where
the numbers are the same (the lower bound of a range). Furniture (label ``X``) is cut out for both. Each
tool is asked for quantities alone, without names or any other record.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import spacy

COMPONENTS = ("laws", "money", "percentages", "dates", "times", "durations", "measures", "counts")
FIELDS = ("counts", "measures", "money", "percentages")
LABELS = {"NUM", "QTY", "MON", "PCT"}


class Found(NamedTuple):
    """An amount at characters ``start`` to ``end``."""

    start: int
    end: int
    value: float


def article(row: dict) -> tuple[str, list[Found]]:
    """The article's text, furniture blanked out, and its gold amounts."""
    text = row["text"]
    for span in row["spans"]:
        if span["label"] == "X":
            text = text[: span["start"]] + "\n" * (span["end"] - span["start"]) + text[span["end"] :]
    spans = [span for span in row["spans"] if span["label"] in LABELS]
    return text, [Found(span["start"], span["end"], float(span["attrs"]["v"].split("-")[0])) for span in spans]


def ours() -> Callable[[str], list[Found]]:
    nlp = spacy.blank("id")
    for name in COMPONENTS:
        import_module(f"beritaie.extractors.{name}")
        nlp.add_pipe(f"beritaie_{name}")

    def read(text: str) -> list[Found]:
        records = nlp(text)._.records
        return [Found(r["span"]["start"], r["span"]["end"], r["value"]) for f in FIELDS for r in records[f]]

    return read


def quantulum() -> Callable[[str], list[Found]]:
    from quantulum3 import parser

    def read(text: str) -> list[Found]:
        return [Found(*quantity.span, quantity.value) for quantity in parser.parse(text)]

    return read


def score(read: Callable[[str], list[Found]], articles: list[tuple[str, list[Found]]]) -> dict[str, float]:
    hits = right = wanted = given = 0
    began = time.process_time()
    answers = [read(text) for text, _ in articles]
    seconds = time.process_time() - began
    for found, (_, gold) in zip(answers, articles, strict=True):
        pairs = list(pair_up(gold, found))
        hits += len(pairs)
        right += sum(abs(a.value - b.value) <= 1e-6 * max(1.0, abs(a.value)) for a, b in pairs)
        wanted, given = wanted + len(gold), given + len(found)
    return {
        "precision": 100 * hits / max(given, 1),
        "recall": 100 * hits / wanted,
        "value of found": 100 * right / max(hits, 1),
        "value of all": 100 * right / wanted,
        "characters/s": sum(len(text) for text, _ in articles) / seconds,
    }


def pair_up(gold: list[Found], found: list[Found]) -> Iterator[tuple[Found, Found]]:
    """One-to-one pairs that share a character, largest overlap first."""
    shared = [
        (min(a.end, b.end) - max(a.start, b.start), g, f) for g, a in enumerate(gold) for f, b in enumerate(found)
    ]
    left, right = set(range(len(gold))), set(range(len(found)))
    for overlap, g, f in sorted(shared, reverse=True):
        if overlap > 0 and g in left and f in right:
            left.remove(g)
            right.remove(f)
            yield gold[g], found[f]


def main(path: str) -> None:
    articles = [article(json.loads(line)) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    tools = {"beritaie": ours()}
    try:
        tools["quantulum3"] = quantulum()
    except ImportError:
        print("quantulum3 is not installed (pip install quantulum3): showing beritaie alone", file=sys.stderr)
    for name, read in tools.items():
        print(name, {key: round(value, 1) for key, value in score(read, articles).items()})


if __name__ == "__main__":
    main(sys.argv[1])
