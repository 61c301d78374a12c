"""Finds the same story printed twice: articles whose text is equal or nearly so, in one pass over a dump."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from beritaie.records import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
_RUN = 4  # words; shorter runs meet by chance in news, longer ones break at every edit
_BANDS, _ROWS = 32, 4


def duplicates(articles: Iterable[Article], *, alike: float = 0.7) -> list[list[str]]:
    """The ids of articles that tell the same text, in groups of two or more, in the order of the input.

    Two articles are the same where they share ``alike`` (0 to 1) of their runs of four words, case and
    punctuation aside, estimated from 128 hashes an article (give or take 0.04); below 0.6 some are missed.
    Half a kilobyte an article is kept, so that a million fit in memory.

    >>> def article(id, text):
    ...     return Article(id=id, raw=text, text=text, kept=[(0, len(text))])
    >>> duplicates([article("a", "Banjir merendam 40 rumah di Masamba."),
    ...             article("b", "Harga cabai naik lagi di Wates."),
    ...             article("c", "BANJIR merendam 40 rumah di Masamba")])
    [['a', 'c']]
    """
    ids: list[str] = []
    signatures: list[Any] = []
    group: list[int] = []  # for each article the first one of its group
    buckets: dict[bytes, int] = {}
    for article in articles:
        runs = _runs(article.text)
        signature = _signature(runs)
        number = len(ids)
        ids.append(article.id)
        signatures.append(signature)
        group.append(number)
        if not runs.size:
            continue
        for band in range(_BANDS):
            key = bytes([band]) + signature[band * _ROWS : (band + 1) * _ROWS].tobytes()
            other = buckets.setdefault(key, number)
            if other != number and (signatures[other] == signature).mean() >= alike:
                group[number] = min(group[number], group[other])
    groups: dict[int, list[str]] = {}
    for id, first in zip(ids, group, strict=True):
        groups.setdefault(first, []).append(id)
    return [members for members in groups.values() if len(members) > 1]


def _runs(text: str) -> NDArray[np.uint64]:
    """A hash of every run of words."""
    import numpy as np

    words = [word.encode() for word in _WORD.findall(text.casefold())]
    starts = range(max(1, len(words) - _RUN + 1)) if words else range(0)
    return np.array([zlib.crc32(b" ".join(words[at : at + _RUN])) for at in starts], dtype=np.uint64)


def _signature(runs: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The least of the runs under each of 128 hash functions: equal as often as the runs are shared."""
    import numpy as np

    if not runs.size:
        return np.zeros(_BANDS * _ROWS, dtype=np.uint32)
    random = np.random.default_rng(1)
    factors, shifts = random.integers(1, 2**63, size=(2, _BANDS * _ROWS, 1), dtype=np.uint64)
    hashed = (runs * (factors | np.uint64(1)) + shifts) >> np.uint64(32)
    least: NDArray[np.uint32] = hashed.min(axis=1).astype(np.uint32)
    return least
