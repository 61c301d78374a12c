"""How sure the mention networks may say they are: their raw scores against articles annotated by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from beritaie.extractors.mentions import Mentions
from beritaie.language.tags import LABELS
from beritaie.training import examples

Judged = tuple[str, float, bool]  # label, score, and whether the mention is in the gold to the character


def judged(golds: Iterable[Mapping[str, Any]], nlp: Language, finder: Mentions) -> list[Judged]:
    """Every mention that ``finder`` finds in gold articles, furniture left out: its score and whether it is right."""
    found: list[Judged] = []
    for gold in golds:
        right = {(s["start"], s["end"], s["label"]) for s in gold["spans"]}
        for start, end in examples.stretches(gold["text"], gold["spans"]):
            (mentions,) = finder.predict([nlp.make_doc(gold["text"][start:end])])
            found += [(m.label, m.score, (m.start + start, m.end + start, m.label) in right) for m in mentions]
    return found


def fit(rows: Sequence[Judged]) -> NDArray[np.float32]:
    """Slope and shift of the log odds for each label, (labels, 2), by logistic regression; 1 and 0 change nothing.

    >>> rows = [("PER", 0.99, i % 2 == 0) for i in range(100)]
    >>> slope, shift = fit(rows)[0]
    >>> bool(abs(slope * np.log(99) + shift) < 0.2)
    True
    """
    return np.array([_fit([row for row in rows if row[0] == label]) for label in LABELS], dtype=np.float32)


def _fit(rows: Sequence[Judged]) -> NDArray[np.float64]:
    prior = np.array([1.0, 0.0])
    scores = np.clip(np.array([score for _, score, _ in rows], dtype=np.float64), 1e-6, 1 - 1e-6)
    features = np.stack([np.log(scores / (1 - scores)), np.ones(len(rows))], axis=1)
    right = np.array([verdict for *_, verdict in rows], dtype=np.float64)
    weights = prior.copy()
    for _ in range(50):  # Newton's steps, none too long, with one row's worth of faith in the raw score
        shares = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (shares - right) + (weights - prior)
        curve = features.T @ (features * (shares * (1 - shares))[:, None]) + np.eye(2)
        step = np.linalg.solve(curve, slope)
        weights -= step / max(1.0, float(np.abs(step).max()))
    return weights


def reliability(rows: Sequence[Judged], bins: int = 10) -> list[tuple[float, float, int]]:
    """Mean score, share of right ones and number of the mentions in each tenth of the scores that has any."""
    table = []
    for low in range(bins):
        inside = [row for row in rows if min(int(row[1] * bins), bins - 1) == low]
        if inside:
            scores, rights = [row[1] for row in inside], [row[2] for row in inside]
            table.append((sum(scores) / len(inside), sum(rights) / len(inside), len(inside)))
    return table


def expected_error(rows: Sequence[Judged]) -> float:
    """The expected calibration error: how far score and share of right ones lie apart on average, 0 to 1.

    >>> expected_error([("PER", 0.75, True), ("PER", 0.75, False)])
    0.25
    """
    table = reliability(rows)
    return sum(abs(score - right) * count for score, right, count in table) / max(1, len(rows))
