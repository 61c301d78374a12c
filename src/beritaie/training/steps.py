"""Steps of a training: each leaves its result for the next run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Log = Callable[[str], None]


def step(path: Path, make: Callable[[Path], Any], log: Log) -> None:
    """Have ``make`` write what belongs at ``path``, unless it is there already.

    It writes beside it first: what is found at ``path`` is whole.
    """
    if path.exists():
        log(f"{path.name}: there already")
        return
    log(f"{path.name}: being made")
    half = path.with_name(f"half-{path.name}")
    make(half)
    half.rename(path)
