"""Our dates beside dateparser's search on the annotated dev articles: a table of found, right and fast.

    python tests/benchmarks/compare_dates.py [GOLD.jsonl]

GOLD.jsonl is a file of `../shared/data/gold`; the script says so and ends where there is none. Both readers get
the same text without page furniture and the same day of publication, and no names or laws from other extractors.
A date is found where the spans overlap, its value right where both days agree (of what is one day in the gold).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from dateparser.search import search_dates

from beritaie.extractors.dates import find_dates

GOLD = Path(__file__).resolve().parents[3] / "shared" / "data" / "gold" / "dev.jsonl"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Found = tuple[int, int, str]  # first and last character, ISO value
Reader = Callable[[str, dt.date | None], list[Found]]


class Article(NamedTuple):
    """An annotated article: its text without furniture, when it was published, the dates in it."""

    text: str
    published: dt.date | None
    dates: list[Found]


def load(path: Path) -> list[Article]:
    """The annotated articles of a file; furniture is blanked so that characters keep their places."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, published = row["text"], row["record"]["published"]
        for span in row["spans"]:
            if span["label"] == "X":
                text = text[: span["start"]] + " " * (span["end"] - span["start"]) + text[span["end"] :]
        dates = [(one["start"], one["end"], one["attrs"]["v"]) for one in row["spans"] if one["label"] == "DATE"]
        found.append(Article(text, published and dt.date.fromisoformat(published[:10]), dates))
    return found


def ours(text: str, published: dt.date | None) -> list[Found]:
    """The dates that beritaie finds."""
    dates = find_dates(text, published=published)
    return [(one["span"]["start"], one["span"]["end"], one["value"]) for one in dates]


def theirs(text: str, published: dt.date | None) -> list[Found]:
    """The dates that dateparser's search finds, told what it can be told: the language and the day of writing."""
    settings: dict[str, Any] = {"DATE_ORDER": "DMY"}
    if published:
        settings["RELATIVE_BASE"] = dt.datetime.combine(published, dt.time(12))
    found, at = [], 0
    for written, moment in search_dates(text, languages=["id"], settings=settings) or []:
        start = text.find(written, at)
        if start >= 0:
            at = start + len(written)
            found.append((start, at, moment.date().isoformat()))
    return found


def score(articles: list[Article], read: Reader) -> dict[str, float]:
    """Recall, precision, share of right values and characters a second of one reader."""
    wanted = found = paired = days = right = 0
    began = time.process_time()
    results = [read(article.text, article.published) for article in articles]
    seconds = time.process_time() - began
    for article, dates in zip(articles, results, strict=True):
        wanted, found, left = wanted + len(article.dates), found + len(dates), list(dates)
        for start, end, value in article.dates:
            match = next((one for one in left if one[0] < end and start < one[1]), None)
            if match is not None:
                left.remove(match)
            paired += match is not None
            if DAY.fullmatch(value):
                days += 1
                right += match is not None and match[2] == value
    return {
        "recall %": 100 * paired / wanted,
        "precision %": 100 * paired / max(found, 1),
        "days right %": 100 * right / days,
        "characters/s": sum(len(article.text) for article in articles) / seconds,
    }


def main() -> None:
    """Print the table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD
    if not path.exists():
        sys.exit(f"no annotated articles at {path}; give a file of them as the first argument")
    articles = load(path)
    for read in (ours, theirs):  # warm up what is loaded on first use
        read("Rapat digelar Senin (9/12/2024).", dt.date(2024, 12, 10))
    rows = {"beritaie": score(articles, ours), "dateparser.search_dates": score(articles, theirs)}
    print(f"{len(articles)} articles, {sum(len(article.dates) for article in articles)} dates")
    print(f"{'':26}" + "".join(f"{name:>14}" for name in rows["beritaie"]))
    for name, figures in rows.items():
        print(f"{name:26}" + "".join(f"{figure:14,.1f}" for figure in figures.values()))


if __name__ == "__main__":
    main()
