"""Follows people across articles: the same name in offices that go together is taken for one person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from beritaie.records import Article

if TYPE_CHECKING:
    import pandas as pd

_WORD = re.compile(r"[^\W_]+")
_COLUMNS = {
    "who": "int64",
    "article_id": "string",
    "person": "string",
    "name": "string",
    "positions": "object",
}


@dataclass
class _Known:
    """A person met so far: a number and the offices held, each as its words."""

    number: int
    offices: list[set[str]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)


def people(articles: Iterable[Article]) -> pd.DataFrame:
    """One row for every person of every article, ``who`` being the same number for the same person.

    Columns: ``who``, ``article_id``, ``person`` (its id there), ``name``, ``positions`` (a list). Two
    mentions are one person where the names are equal, case and punctuation aside, and their offices go
    together: equal, or in the same institution or area (a word shared beyond the office's own), or no office
    known on one side. A name of one word needs an equal office. Join with ``frames`` on ``article_id`` and
    ``person``.

    >>> span = {"start": 0, "end": 4, "text": "Sari"}
    >>> def article(id, office):
    ...     person = {"id": "p1", "name": "Sari Utami", "spans": [span]}
    ...     position = {"id": "j1", "name": office, "head": "Bupati", "spans": [span]}
    ...     official = {"person": "p1", "name": "Sari Utami", "position": office, "position_id": "j1",
    ...                 "evidence": span}
    ...     return Article(id=id, raw="Sari", text="Sari", kept=[(0, 4)], persons=[person],
    ...                    positions=[position], officials=[official])
    >>> offices = {"a": "Bupati Agam", "b": "Bupati Sikka", "c": "Bupati Agam"}
    >>> people([article(id, office) for id, office in offices.items()])["who"].tolist()
    [0, 1, 0]
    """
    import pandas as pd

    known: dict[str, list[_Known]] = {}
    columns: dict[str, list[object]] = {name: [] for name in _COLUMNS}
    number = 0
    for article in articles:
        heads = {position.id: position.head for position in article.positions}
        for person in article.persons:
            held = [official for official in article.officials if official.person == person.id]
            offices = [_words(official.position) for official in held]
            own = set().union(*(_words(heads.get(official.position_id, "")) for official in held))
            key = " ".join(_WORD.findall(person.name.casefold()))
            met = known.setdefault(key, [])
            one = next((other for other in met if _same(other, offices, own, key)), None)
            if one is None:
                one = _Known(number)
                number += 1
                met.append(one)
            one.offices += [office for office in offices if office not in one.offices]
            one.heads |= own
            row = (one.number, article.id, person.id, person.name, [official.position for official in held])
            for column, value in zip(columns.values(), row, strict=True):
                column.append(value)
    return pd.DataFrame({name: pd.Series(columns[name], dtype=dtype) for name, dtype in _COLUMNS.items()})


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _same(one: _Known, offices: list[set[str]], heads: set[str], key: str) -> bool:
    if any(office in one.offices for office in offices):
        return True
    if " " not in key:
        return False
    if not offices or not one.offices:
        return True
    return bool(_areas(one.offices, one.heads) & _areas(offices, heads))


def _areas(offices: Iterable[set[str]], heads: set[str]) -> set[str]:
    """The words of offices that name an institution or area, not the office itself."""
    return set().union(*offices) - heads
