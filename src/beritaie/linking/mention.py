"""A mention: a stretch of text that names a person, position, institution, place or event."""

from typing import NamedTuple


class Mention(NamedTuple):
    """Characters ``start`` to ``end`` of the text; ``label``: `PER POS ORG LOC EVT`, ``kind``: that of a place."""

    start: int
    end: int
    text: str
    label: str
    score: float
    kind: str | None = None
