"""Content F1 and speed of the cleaner beside trafilatura alone, jusText and resiliparse, on pages with known text.

    python tests/benchmarks/compare_cleaning.py [CMS.jsonl.gz] [--bodies 1000]

The pages are those of tests/cleaning/pages; CMS.jsonl.gz holds bodies as editors stored them, one a line, with
`html` and its `text` (title in the first line). A tool that is not installed is left out. F1 counts words with
their repetitions, averaged over pages; titles are left out of both sides, for some tools drop them by design.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

PAGES = Path(__file__).resolve().parents[1] / "cleaning" / "pages"
Tool = Callable[[str], str]


def tools() -> Iterator[tuple[str, Tool]]:
    """The tools that can be imported here."""
    try:
        from beritaie.cleaning import clean

        yield "beritaie", lambda html: clean(html).text
    except ImportError:
        pass
    try:
        import trafilatura

        yield "trafilatura", lambda html: trafilatura.extract(html, include_comments=False) or ""
    except ImportError:
        pass
    try:
        import justext

        words = justext.get_stoplist("Indonesian")

        def paragraphs(html: str) -> str:
            found = justext.justext(html.encode("utf-8"), words, encoding="utf-8")
            return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)

        yield "jusText", paragraphs
    except ImportError:
        pass
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree

        yield (
            "resiliparse",
            lambda html: extract_plain_text(HTMLTree.parse(html), main_content=True, list_bullets=False) or "",
        )
    except ImportError:
        pass


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def scores(found: str, wanted: str, title: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words, those of the title taken off once on both sides."""
    left, right = words_of(found), words_of(wanted) - words_of(title)
    if " ".join(title.split()).casefold() in " ".join(found.split()).casefold():
        left -= words_of(title)
    shared = sum((left & right).values())
    precision = shared / sum(left.values()) if left else 0.0
    recall = shared / sum(right.values()) if right else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if shared else 0.0


def full_pages() -> list[tuple[str, str, str]]:
    """HTML, text and title of the pages of the tests."""
    rows = []
    for page in sorted(PAGES.glob("*.html")):
        want = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
        raw = page.read_bytes()
        html = raw.decode("cp1252" if b"windows-1252" in raw else "utf-8")
        rows.append((html, "\n".join(want["text"]), want["title"]))
    return rows


def bodies(path: Path, most: int) -> list[tuple[str, str, str]]:
    """HTML, text and title of CMS bodies."""
    rows = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row.get("html"):
                rows.append((row["html"], row["text"], row["text"].split("\n", maxsplit=1)[0]))
            if len(rows) == most:
                break
    return rows


def measure(name: str, rows: list[tuple[str, str, str]]) -> None:
    print(f"\n{name}: {len(rows)} pages\n{'':14}{'P':>7}{'R':>7}{'F1':>7}{'empty':>7}{'pages/s':>9}")
    for label, tool in tools():
        tool(rows[0][0])
        began, outputs = time.process_time(), []
        for html, _, _ in rows:
            try:
                outputs.append(tool(html))
            except Exception:  # a tool that fails on a page has found nothing
                outputs.append("")
        seconds = time.process_time() - began
        found = [scores(output, text, title) for output, (_, text, title) in zip(outputs, rows, strict=True)]
        mean = [100 * sum(column) / len(found) for column in zip(*found, strict=True)]
        empty = sum(not output.strip() for output in outputs)
        print(f"{label:14}{mean[0]:7.1f}{mean[1]:7.1f}{mean[2]:7.1f}{empty:7}{len(rows) / seconds:9.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cms", nargs="?", type=Path)
    parser.add_argument("--bodies", type=int, default=1_000)
    args = parser.parse_args()
    measure("full pages", full_pages())
    if args.cms:
        measure("CMS bodies", bodies(args.cms, args.bodies))


if __name__ == "__main__":
    main()
