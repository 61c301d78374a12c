"""The small network that scores each token for the mention tags, in plain numpy: no framework at run time.

Each distinct word gets one vector (floret vector, hashed form, prefix, suffix, shape), computed once and
remembered; window layers with residuals mix a word with its neighbours, and one layer in the middle mixes
it with the other places of the same article where the same word stands, since names repeat. Trained by
``beritaie.training.student``, which holds the same network in torch.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

# rows of the hashed tables: word form, prefix, suffix, shape
TABLES = {"form": 16384, "prefix": 2048, "suffix": 4096, "shape": 512}
WIDTHS = {"form": 64, "prefix": 32, "suffix": 32, "shape": 32}
DILATIONS = (1, 1, 2, 4, 1)
POOL_AFTER = 2  # window layers before the article layer
_REMEMBERED = 200_000  # words; about 150 MB at the most


def shape(word: str) -> str:
    """The casing and digits of a word, runs cut at four: `Kapolres` is `Xxxxx`, `TKKSD` `XXXX`, `12.30` `dd.dd`.

    >>> shape("Kapolres"), shape("TKKSD"), shape("12.30")
    ('Xxxxx', 'XXXX', 'dd.dd')
    """
    found: list[str] = []
    last, run = "", 0
    for letter in word[:40]:
        sort = "d" if letter.isdigit() else "X" if letter.isupper() else "x" if letter.isalpha() else letter
        run = run + 1 if sort == last else 1
        last = sort
        if run <= 4:
            found.append(sort)
    return "".join(found)


def features(word: str) -> tuple[int, int, int, int]:
    """Rows of ``TABLES`` for a word."""
    lower = word.lower()
    keys = (lower, "^" + lower[:3], lower[-3:] + "$", shape(word))
    rows = [zlib.crc32(key.encode("utf-8", "replace")) for key in keys]
    sizes = tuple(TABLES.values())
    return rows[0] % sizes[0], rows[1] % sizes[1], rows[2] % sizes[2], rows[3] % sizes[3]


def _normed(x: Array, weights: Mapping[str, Array], name: str) -> Array:
    centred = x - x.mean(axis=1, keepdims=True)
    scale = np.sqrt(np.einsum("ij,ij->i", centred, centred)[:, None] / x.shape[1] + 1e-5)
    result: Array = centred / scale * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return result


class Network:
    """Scores for the tokens of a batch of articles.

    ``weights`` holds float32 arrays by name; ``vectors`` maps distinct lower-case words to their static vectors.
    """

    def __init__(self, weights: Mapping[str, Array], vectors: Any) -> None:
        self.weights = {name: np.ascontiguousarray(array, dtype=np.float32) for name, array in weights.items()}
        self._vectors = vectors
        self._row_of: dict[str, int] = {}
        self._rows = np.zeros((1024, self.weights["embed.bias"].shape[0]), dtype=np.float32)

    def _embed(self, words: Sequence[str]) -> Array:
        """The vectors of distinct words new to the network: (words, width)."""
        found = np.array([features(word) for word in words])
        parts = [self._vectors([word.lower() for word in words])]
        parts += [self.weights[f"{name}.weight"][found[:, i]] for i, name in enumerate(TABLES)]
        joined = np.concatenate(parts, axis=1)
        return _normed(joined @ self.weights["embed.weight"].T + self.weights["embed.bias"], self.weights, "norm")

    def _rows_of(self, words: Sequence[str]) -> NDArray[np.intp]:
        if len(self._row_of) > _REMEMBERED:
            self._row_of.clear()
        new = [word for word in dict.fromkeys(words) if word not in self._row_of]
        if new:
            first = len(self._row_of)
            if first + len(new) > len(self._rows):
                grown = np.zeros((2 * (first + len(new)), self._rows.shape[1]), dtype=np.float32)
                grown[:first] = self._rows[:first]
                self._rows = grown
            self._rows[first : first + len(new)] = self._embed(new)
            self._row_of.update(zip(new, range(first, first + len(new)), strict=True))
        return np.fromiter((self._row_of[word] for word in words), dtype=np.intp, count=len(words))

    def _window(self, x: Array, inside: NDArray[np.bool_], layer: int, dilation: int) -> Array:
        """A token with its neighbours ``dilation`` away: (padded tokens, width)."""
        w = self.weights
        y = _normed(x, w, f"layers.{layer}.norm") * inside
        width = x.shape[1]
        kernel = w[f"layers.{layer}.mix.weight"]  # (width, 3 * width): before, here, after
        mixed: Array = y @ kernel[:, width : 2 * width].T
        mixed[dilation:] += y[:-dilation] @ kernel[:, :width].T
        mixed[:-dilation] += y[dilation:] @ kernel[:, 2 * width :].T
        mixed += w[f"layers.{layer}.mix.bias"]
        np.maximum(mixed, 0, out=mixed)
        result: Array = x + mixed @ w[f"layers.{layer}.out.weight"].T + w[f"layers.{layer}.out.bias"]
        return result

    def _article(self, x: Array, group: NDArray[np.intp]) -> Array:
        """A token with the mean of all tokens of its article that are the same word."""
        w = self.weights
        y = _normed(x, w, "pool.norm")
        order = np.argsort(group, kind="stable")
        ordered = group[order]
        first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        sums: Array = np.add.reduceat(y[order], first, axis=0)
        counts = np.diff(np.append(first, len(group)))
        means = sums / counts[:, None].astype(np.float32)
        index = np.empty(len(group), dtype=np.intp)
        index[order] = np.repeat(np.arange(len(first)), counts)
        mixed: Array = np.concatenate([y, means[index]], axis=1) @ w["pool.mix.weight"].T + w["pool.mix.bias"]
        np.maximum(mixed, 0, out=mixed)
        result: Array = x + mixed @ w["pool.out.weight"].T + w["pool.out.bias"]
        return result

    def __call__(self, articles: Sequence[Sequence[str]]) -> Array:
        """Scores of all tokens of all articles, stacked: (tokens, tags of both layers and kinds)."""
        gap = max(DILATIONS)  # empty rows between articles: no token sees another article
        words = [word for article in articles for word in article]
        lengths = [len(article) for article in articles]
        width = self._rows.shape[1]
        rows = self._rows_of(words)
        places = np.concatenate(
            [np.arange(n) + start for n, start in zip(lengths, _starts(lengths, gap), strict=True)]
        ).astype(np.intp)
        total = sum(lengths) + gap * (len(lengths) + 1)
        x = np.zeros((total, width), dtype=np.float32)
        inside = np.zeros((total, 1), dtype=np.bool_)
        x[places] = self._rows[rows]
        inside[places] = True
        group = _groups(articles)
        for layer, dilation in enumerate(DILATIONS):
            if layer == POOL_AFTER:
                x[places] = self._article(x[places], group)
            x = self._window(x, inside, layer, dilation)
        final = _normed(x[places], self.weights, "final")
        result: Array = final @ self.weights["head.weight"].T + self.weights["head.bias"]
        return result


def _starts(lengths: Sequence[int], gap: int) -> list[int]:
    found, at = [], gap
    for length in lengths:
        found.append(at)
        at += length + gap
    return found


def _groups(articles: Sequence[Sequence[str]]) -> NDArray[np.intp]:
    """A number for each token that it shares with the same word of the same article only."""
    numbers: list[int] = []
    first = 0
    for article in articles:
        seen: dict[str, int] = {}
        numbers += [first + seen.setdefault(word.lower(), len(seen)) for word in article]
        first += len(seen)
    return np.array(numbers, dtype=np.intp)
