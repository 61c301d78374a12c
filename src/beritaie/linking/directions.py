"""Where words point in the space of static vectors, remembered from one article to the next."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from beritaie.linking.linear import Vector

_REMEMBERED = 200_000  # words; about 150 MB at the most
_TINY = 1e-6


class Directions:
    """The unit vectors of words; each is worked out once, for a static vector is the mean of some fifty others.

    ``vectors`` maps distinct words to their static vectors, (words, width). What is remembered is not pickled.

    >>> directions = Directions(lambda words: np.array([[0.0, 4.0]], dtype=np.float32))
    >>> directions.mean(["banjir", "banjir"]).round(3).tolist()
    [0.0, 1.0]
    """

    def __init__(self, vectors: Callable[[list[str]], Vector]) -> None:
        self.vectors = vectors
        self._known: dict[str, Vector] = {}

    def __reduce__(self) -> tuple[type[Directions], tuple[Callable[[list[str]], Vector]]]:
        return Directions, (self.vectors,)

    def of(self, words: Sequence[str]) -> list[Vector]:
        """The unit vector of each word."""
        known = self._known
        if missing := [word for word in words if word not in known]:
            if len(known) + len(missing) > _REMEMBERED:
                known = self._known = {}  # a new one: another thread may still read the old one
                missing = list(words)
            missing = list(dict.fromkeys(missing))
            found = self.vectors(missing)
            known.update(zip(missing, found / (np.linalg.norm(found, axis=1, keepdims=True) + _TINY), strict=True))
        return [known[word] for word in words]

    def mean(self, words: Sequence[str]) -> Vector:
        """The mean direction of one or more words."""
        known = self.of(words)
        total: Vector = np.sum(known, axis=0) if len(known) > 1 else known[0]
        mean: Vector = total / (math.sqrt(total @ total) + _TINY)
        return mean
