"""Measures extracted articles against gold annotations: how many records are right, label by label."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beritaie.errors import InputError
from beritaie.records import Article, Record

Same = Callable[[str, Any], bool]


def _alike(wanted: str, given: Any) -> bool:
    return bool(wanted == given)


def _number(wanted: str, given: float) -> bool:
    low = wanted if wanted.startswith("-") else wanted.partition("-")[0]  # a range is scored by its low end
    try:
        return abs(float(low) - given) <= 1e-6 * max(1.0, abs(given))
    except ValueError:
        return False


def _first_word(wanted: str, given: str) -> bool:
    return wanted.casefold().split()[:1] == given.casefold().split()[:1]


# A gold label: the article's field, and for each gold attribute the record's field and how they are compared.
LABELS: dict[str, tuple[str, dict[str, tuple[str, Same]]]] = {
    "PER": ("persons", {}),
    "POS": ("positions", {}),
    "ORG": ("institutions", {}),
    "LOC": ("places", {"k": ("kind", _alike)}),
    "DATE": ("dates", {"v": ("value", _alike)}),
    "TIME": ("times", {"v": ("value", _alike)}),
    "DUR": ("durations", {"v": ("value", _alike)}),
    "NUM": ("counts", {"v": ("value", _number), "u": ("unit", _first_word)}),
    "QTY": ("measures", {"v": ("value", _number)}),
    "MON": ("money", {"v": ("value", _number), "c": ("currency", _alike)}),
    "PCT": ("percentages", {"v": ("value", _number)}),
    "LAW": ("laws", {}),
    "EVT": ("events", {}),
    "Q": ("quotes", {}),
}
Spanned = tuple[int, int, Any]  # a span and the record or the gold attributes behind it


@dataclass
class Row:
    """How often a label was right: ``hits`` of ``gold`` wanted and ``found`` given."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    def add(self, hits: int, gold: int, found: int) -> None:
        """Count one more article."""
        self.hits += hits
        self.gold += gold
        self.found += found

    @property
    def precision(self) -> float:
        """Hits among those found, in per cent."""
        return 100 * self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Hits among those wanted, in per cent."""
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in per cent.

        >>> Row(hits=1, gold=2, found=1).f1
        66.66666666666667
        """
        return 200 * self.hits / (self.gold + self.found) if self.hits else 0.0


def read_gold(path: str | Path) -> Iterator[dict[str, Any]]:
    """The gold articles of a JSON lines file: ``id``, ``text``, ``spans`` and ``record``.

    Raises ``InputError`` naming the line where one is missing or is no JSON.
    """
    try:
        with Path(path).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    gold = json.loads(line)
                    missing = [name for name in ("id", "text", "spans", "record") if name not in gold]
                except (ValueError, TypeError) as error:
                    raise InputError(f"{path} line {number}: no gold article: {error}") from error
                if missing:
                    raise InputError(f"{path} line {number}: a gold article needs {', '.join(missing)}.")
                yield gold
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def evaluate(golds: Iterable[Mapping[str, Any]], articles: Mapping[str, Article]) -> dict[str, Row]:
    """The rows of the score table, such as ``DATE exact``, ``DATE overlap`` and ``DATE value``.

    Exact: same first and last character. Overlap: pairs one to one that share a character. Value: such a pair
    with the same value (a date's ISO form, a count's number and first word of its unit, a place's kind). An
    article that is not in ``articles`` counts as one with nothing found. An institution inside a position is
    neither wanted nor counted against, as the gold does not tag it.

    >>> gold = {"id": "a", "text": "40 warga", "spans": [
    ...     {"start": 0, "end": 8, "label": "NUM", "attrs": {"v": "40", "u": "warga"}}]}
    >>> span = {"start": 0, "end": 8, "text": "40 warga"}
    >>> count = {"span": span, "value": 40, "unit": "warga"}
    >>> article = Article(id="a", raw="40 warga", text="40 warga", kept=[(0, 8)], counts=[count])
    >>> rows = evaluate([gold], {"a": article})
    >>> rows["NUM exact"].f1, rows["NUM value"].f1
    (100.0, 100.0)
    """
    rows: dict[str, Row] = {}
    for gold in golds:
        article = articles.get(gold["id"])
        offices = [span for span in gold["spans"] if span["label"] == "POS"]
        for label, (field, value) in LABELS.items():
            wanted = [(s["start"], s["end"], s["attrs"]) for s in gold["spans"] if s["label"] == label]
            found = _found(article, field)
            if label == "ORG":
                found = [one for one in found if not any(_inside(one, office) for office in offices)]
            pairs = _pairs(wanted, found)
            exact = {one[:2] for one in wanted} & {one[:2] for one in found}
            scores = {"exact": len(exact), "overlap": len(pairs)}
            if value:
                scores["value"] = sum(_same(wanted[g][2], found[p][2], value) for g, p in pairs)
            for name, hits in scores.items():
                rows.setdefault(f"{label} {name}", Row()).add(hits, len(wanted), len(found))
    return rows


def _found(article: Article | None, field: str) -> list[Spanned]:
    records: Sequence[Record] = getattr(article, field) if article else []
    spans = {
        (span.start, span.end): record
        for record in records
        for span in (getattr(record, "spans", None) or [getattr(record, "span", None)])
        if span is not None
    }
    return [(*span, record) for span, record in spans.items()]


def _inside(one: Spanned, office: Mapping[str, Any]) -> bool:
    return bool(office["start"] <= one[0] and one[1] <= office["end"])


def _pairs(wanted: list[Spanned], found: list[Spanned]) -> list[tuple[int, int]]:
    """Pairs of a wanted and a found span, one to one, those that share most first."""
    shares = []
    for g, (gold_start, gold_end, _) in enumerate(wanted):
        for p, (start, end, _) in enumerate(found):
            shared = min(gold_end, end) - max(gold_start, start)
            if shared > 0:
                shares.append((shared / max(gold_end - gold_start, end - start), g, p))
    taken: dict[int, int] = {}
    for _, g, p in sorted(shares, reverse=True):
        if g not in taken and p not in taken.values():
            taken[g] = p
    return list(taken.items())


def _same(attributes: Mapping[str, str], record: Record, value: Mapping[str, tuple[str, Same]]) -> bool:
    return all(same(attributes[name], getattr(record, field)) for name, (field, same) in value.items())
