"""Character ranges that are taken, to be asked often."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable


class Ranges:
    """The union of character ranges.

    >>> names = Ranges([(5, 9), (0, 3)])
    >>> names.cover(6, 9), names.cover(2, 6), names.touch(2, 6)
    (True, False, True)
    """

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def cover(self, start: int, end: int) -> bool:
        """Whether all characters from ``start`` to ``end`` are in one range."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._ends[index]

    def touch(self, start: int, end: int) -> bool:
        """Whether any character from ``start`` to ``end`` is in a range."""
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and start < self._ends[index]
