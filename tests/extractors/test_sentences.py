"""Every form of dates, times and durations, and what only looks like one: tables of sentences in `sentences/`.

A line is a tagged sentence. `# …` says what the lines below have in common, `@ 2024-12-10` the day they were
written on, `@ ?` that nobody knows it.
"""

import datetime as dt
from pathlib import Path

import pytest

from beritaie.extractors.dates import find_dates
from beritaie.extractors.durations import find_durations
from beritaie.extractors.times import find_times
from tagged import parse

SENTENCES = Path(__file__).parent / "sentences"


def table(name: str) -> list[object]:
    """Each sentence of a table with the day it was written on, named after its heading."""
    written: dt.date | None = None
    heading, found = "", list[object]()
    for number, line in enumerate((SENTENCES / f"{name}.txt").read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("# "):
            heading = line[2:]
        elif line.startswith("@ "):
            written = None if line == "@ ?" else dt.date.fromisoformat(line[2:])
        elif line:
            found.append(pytest.param(line, written, id=f"line {number}: {heading}"))
    return found


@pytest.mark.parametrize(("tagged", "written"), table("dates"))
def test_dates(tagged: str, written: dt.date | None) -> None:
    text, tags = parse(tagged)
    found = find_dates(text, published=written)
    assert [(one["span"]["start"], one["span"]["text"], one["value"], one["note"]) for one in found] == [
        (tag.start, tag.text, tag.attributes["v"], tag.attributes.get("note")) for tag in tags
    ]


@pytest.mark.parametrize(("tagged", "written"), table("times"))
def test_times(tagged: str, written: None) -> None:
    text, tags = parse(tagged)
    found = find_times(text)
    assert [(one["span"]["start"], one["span"]["text"], one["value"]) for one in found] == [
        (tag.start, tag.text, tag.attributes["v"]) for tag in tags
    ]


@pytest.mark.parametrize(("tagged", "written"), table("durations"))
def test_durations(tagged: str, written: None) -> None:
    text, tags = parse(tagged)
    found = find_durations(text, people=[(tag.start, tag.end) for tag in tags if tag.tag == "per"])
    assert [(one["span"]["start"], one["span"]["text"], one["value"]) for one in found] == [
        (tag.start, tag.text, tag.attributes["v"]) for tag in tags if tag.tag == "dur"
    ]
