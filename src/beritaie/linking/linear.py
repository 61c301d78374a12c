"""Small linear models over named features: a few hundred weights that choose where rules stop."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from operator import mul
from typing import Any

import numpy as np
from numpy.typing import NDArray

Features = dict[str, float]
Vector = NDArray[np.float32]
Vectors = Mapping[str, Vector]  # features of many dimensions, each of which has weights of its own
_NONE: Vectors = {}


@dataclass(frozen=True)
class Linear:
    """One weight for each feature and label; features it does not know count nothing.

    The weights of a vector are those of the features `spread` makes of it.

    >>> model = Linear(("crime", "aid"), ("tersangka", "v0"), np.array([[2.0, 0.0], [0.0, 3.0]], dtype=np.float32))
    >>> model.scores({"tersangka": 1.0, "unknown": 5.0}).tolist()
    [2.0, 0.0]
    >>> model.scores({"tersangka": 1.0}, {"v": np.array([0.5], dtype=np.float32)}).tolist()
    [2.0, 1.5]
    """

    labels: tuple[str, ...]
    features: tuple[str, ...]
    weights: Vector  # features × labels
    _index: dict[str, int] = field(init=False, repr=False, compare=False)
    _firsts: dict[str, float] = field(init=False, repr=False, compare=False)  # weights of the first label
    _blocks: dict[str, Vector] = field(init=False, repr=False, compare=False, default_factory=dict)  # of vectors

    def __post_init__(self) -> None:
        if self.weights.shape != (len(self.features), len(self.labels)):
            wanted = f"{len(self.features)} features × {len(self.labels)} labels"
            raise ValueError(f"weights of shape {self.weights.shape} for {wanted}")
        object.__setattr__(self, "_index", {name: i for i, name in enumerate(self.features)})
        firsts = self.weights[:, 0].tolist() if self.labels else []
        object.__setattr__(self, "_firsts", dict(zip(self.features, firsts, strict=False)))

    def scores(self, features: Mapping[str, float], vectors: Vectors = _NONE) -> Vector:
        """One score a label, the weighted sum of the features."""
        total = np.zeros(len(self.labels), dtype=np.float32)
        if known := [(self._index[name], value) for name, value in features.items() if name in self._index]:
            rows, values = zip(*known, strict=True)
            total += np.array(values, dtype=np.float32) @ self.weights[list(rows)]
        for name, vector in vectors.items():
            total += vector @ self._block(name, len(vector))
        return total

    def score(self, features: Mapping[str, float], vectors: Vectors = _NONE) -> float:
        """The score of the first label, for models that have only one."""
        weights = map(self._firsts.get, features, repeat(0.0))
        total: float = sum(map(mul, weights, features.values()))
        for name, vector in vectors.items():
            total += float(vector @ self._block(name, len(vector))[:, 0])
        return total

    def _block(self, name: str, width: int) -> Vector:
        """The weights of a vector, width × labels."""
        if name not in self._blocks:
            rows = np.zeros((width, len(self.labels)), dtype=np.float32)
            for i, feature in enumerate(_dimensions(name, width)):
                if feature in self._index:
                    rows[i] = self.weights[self._index[feature]]
            self._blocks[name] = rows
        return self._blocks[name]


def _dimensions(name: str, width: int) -> Iterator[str]:
    return (f"{name}{i}" for i in range(width))


def spread(vectors: Vectors) -> Features:
    """Vectors as one feature for each of their dimensions, as models are trained.

    >>> spread({"v": np.array([0.5, 1.0], dtype=np.float32)})
    {'v0': 0.5, 'v1': 1.0}
    """
    return {
        feature: value
        for name, vector in vectors.items()
        for feature, value in zip(_dimensions(name, len(vector)), vector.tolist(), strict=True)
    }


def softmax(scores: Vector) -> Vector:
    """Scores as probabilities.

    >>> softmax(np.zeros(2, dtype=np.float32)).tolist()
    [0.5, 0.5]
    """
    powers = np.exp(scores - scores.max())
    shares: Vector = powers / powers.sum()
    return shares


def packed(models: Mapping[str, Linear]) -> bytes:
    """Models as an .npz file: weights in half precision, names as UTF-8; empty if there are no models.

    >>> model = Linear(("yes",), ("a", "b"), np.array([[1.0], [2.0]], dtype=np.float32))
    >>> unpacked(packed({"main": model}))["main"].score({"b": 1.0})
    2.0
    """
    if not models:
        return b""
    arrays: dict[str, NDArray[Any]] = {}
    for name, model in models.items():
        arrays[f"{name}.labels"] = np.frombuffer("\n".join(model.labels).encode(), dtype=np.uint8)
        arrays[f"{name}.features"] = np.frombuffer("\n".join(model.features).encode(), dtype=np.uint8)
        arrays[f"{name}.weights"] = model.weights.astype(np.float16)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, Linear]:
    """The models that `packed` wrote; nothing in the bytes is executed."""
    if not data:
        return {}
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        return {
            name: Linear(
                tuple(stored[f"{name}.labels"].tobytes().decode().splitlines()),
                tuple(stored[f"{name}.features"].tobytes().decode().splitlines()),
                stored[f"{name}.weights"].astype(np.float32),
            )
            for name in sorted({key.rpartition(".")[0] for key in stored.files})
        }
