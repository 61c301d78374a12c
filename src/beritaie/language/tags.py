"""The tag scheme of the mention models, and the best well-formed reading of their scores.

Two layers over the tokens: ``outer`` tags the outermost mentions of all labels, ``inner`` the places
nested inside them. A third row of scores names a place's kind. All are plain numpy arrays, so
every encoder (the fast and the accurate one) is read by the same few functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beritaie.records import PlaceKind

Scores = NDArray[np.float32]

LABELS = ("PER", "POS", "ORG", "LOC", "EVT")
KINDS: tuple[str, ...] = PlaceKind.__args__  # type: ignore[attr-defined]
OUTER = ("O", *(f"{part}-{label}" for label in LABELS for part in "BILU"))
INNER = ("O", "B-LOC", "I-LOC", "L-LOC", "U-LOC")


class Tagged(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive) form a mention of ``label`` with probability ``score``."""

    first: int
    last: int
    label: str
    score: float


def encode(length: int, spans: list[tuple[int, int, str]], tags: tuple[str, ...]) -> list[int]:
    """Tag indexes for non-overlapping ``(first, last, label)`` token spans.

    >>> [OUTER[i] for i in encode(4, [(1, 2, "PER"), (3, 3, "LOC")], OUTER)]
    ['O', 'B-PER', 'L-PER', 'U-LOC']
    """
    found = [0] * length
    for first, last, label in spans:
        if first == last:
            found[first] = tags.index(f"U-{label}")
        else:
            found[first:last] = [tags.index(f"I-{label}")] * (last - first)
            found[first] = tags.index(f"B-{label}")
            found[last] = tags.index(f"L-{label}")
    return found


def _transitions(tags: tuple[str, ...]) -> Scores:
    """0 where tag j may follow tag i, a large negative number elsewhere; last row: the start of a text."""
    size = len(tags)
    allowed = np.full((size + 1, size), -1e4, dtype=np.float32)
    for j, tag in enumerate(tags):
        opens = tag[0] in "OBU"
        allowed[size, j] = 0 if opens else -1e4
        for i, before in enumerate(tags):
            inside = before[0] in "BI"
            if (opens and not inside) or (not opens and inside and before[2:] == tag[2:]):
                allowed[i, j] = 0
    return allowed


_ALLOWED = {tags: _transitions(tags) for tags in (OUTER, INNER)}


def best_path(logits: Scores, lengths: list[int], tags: tuple[str, ...]) -> list[NDArray[np.intp]]:
    """The best well-formed tag sequence of each text: ``logits`` is all texts' tokens stacked, (sum(lengths), tags)."""
    allowed = _ALLOWED[tags]
    size = len(tags)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    longest = lengths[order[0]] if order else 0
    starts = offsets[order]
    sizes = np.array([lengths[i] for i in order])
    back = np.zeros((longest, len(order), size), dtype=np.int8)
    closing = np.array([0 if tag[0] in "OLU" else -1e4 for tag in tags], dtype=np.float32)
    state = np.zeros((len(order), size), dtype=np.float32)
    for t in range(longest):
        alive = int(np.searchsorted(-sizes, -t, side="left"))  # texts longer than t
        emitted = logits[starts[:alive] + t]
        if t == 0:
            state[:alive] = allowed[size] + emitted
            continue
        candidates = state[:alive, :, None] + allowed[:size]
        back[t, :alive] = candidates.argmax(axis=1)
        state[:alive] = candidates.max(axis=1) + emitted
    paths: list[NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)] * len(lengths)
    for row, i in enumerate(order):
        path = np.zeros(lengths[i], dtype=np.intp)
        if lengths[i]:
            tag = int((state[row] + closing).argmax())
            for t in range(lengths[i] - 1, -1, -1):
                path[t] = tag
                tag = int(back[t, row, tag])
        paths[i] = path
    return paths


def read(path: NDArray[np.intp], probabilities: Scores, tags: tuple[str, ...]) -> list[Tagged]:
    """The mentions that a tag sequence spells; a mention is as sure as its least sure token."""
    found = []
    first = 0
    for i in np.flatnonzero(path):
        part, label = tags[path[i]].split("-")
        if part in "BU":
            first = int(i)
        if part in "LU":
            score = float(probabilities[np.arange(first, i + 1), path[first : i + 1]].min())
            found.append(Tagged(first, int(i), label, min(score, 1.0)))
    return found


def blend(scores: Sequence[Scores], weights: Sequence[float]) -> Scores:
    """Logarithms of the weighted mean of several networks' probabilities, each layer by itself: (tokens, tags).

    ``weights`` should sum to 1.
    """
    edges = [len(OUTER), len(OUTER) + len(INNER)]
    layers = [
        sum(weight * softmax(layer) for weight, layer in zip(weights, several, strict=True))
        for several in zip(*(np.split(one, edges, axis=1) for one in scores), strict=True)
    ]
    result: Scores = np.log(np.concatenate(layers, axis=1) + 1e-6)
    return result


def softmax(logits: Scores) -> Scores:
    """Rows of scores as probabilities."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Scores = shifted / shifted.sum(axis=1, keepdims=True)
    return result
