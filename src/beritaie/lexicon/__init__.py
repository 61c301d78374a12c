"""The tables of words that the grammars read: one place for a new word, a row with the reason why."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_ROOM = Path(__file__).resolve().parent


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of ``table``.csv as dicts; lines that start with `#` are comments.

    >>> rows("months")[0]["number"]
    '1'
    """
    with (_ROOM / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def column(table: str, name: str) -> tuple[str, ...]:
    """One column of ``table``, in order, empty cells left out.

    >>> column("months", "word")[:2]
    ('Januari', 'Februari')
    """
    return tuple(row[name] for row in rows(table) if row[name])


@cache
def settings(table: str) -> dict[str, Any]:
    """The content of ``table``.toml.

    >>> settings("date_words")["date"][0]
    'tanggal'
    """
    with (_ROOM / f"{table}.toml").open("rb") as file:
        return tomllib.load(file)


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first, spaces as any run of up to three blanks.

    >>> alternation(["Pj", "Pj Bupati"])
    'Pj[ \\\\u00a0\\\\n]{1,3}Bupati|Pj'
    """
    blank = r"[ \u00a0\n]{1,3}"
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(blank.join(re.escape(part) for part in word.split()) for word in ordered)
