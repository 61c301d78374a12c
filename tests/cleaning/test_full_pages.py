"""Twenty full pages in the manner of Indonesian sites: the article's lines, no more and no less, and the facts."""

import json
from pathlib import Path
from typing import Any

import pytest

from beritaie.cleaning import clean

FOLDER = Path(__file__).parent / "pages"
PAGES = sorted(FOLDER.glob("*.html"))


def expected(page: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def test_there_are_twenty_pages() -> None:
    assert len(PAGES) == 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_article_and_the_facts_come_out(page: Path) -> None:
    want = expected(page)
    found = clean(page.read_bytes(), url=want["url"])
    assert [" ".join(line.split()) for line in found.text.split("\n") if line.strip()] == want["text"]
    facts = {
        "title": found.title,
        "published": found.published.isoformat() if found.published else None,
        "outlet": found.outlet,
        "authors": list(found.authors),
        "dateline": found.dateline,
        "language": found.language,
    }
    assert facts == {name: want[name] for name in facts}
    assert found.text == "".join(found.raw[start:end] for start, end in found.kept)
