"""Where words point, and how often their vectors are asked for."""

import pickle

import numpy as np
import pytest

from beritaie.linking import directions
from beritaie.linking.directions import Directions

AXES = {"banjir": (3.0, 0.0), "gempa": (0.0, 2.0)}
asked: list[str] = []


def vectors(words: list[str]) -> np.ndarray:
    asked.extend(words)
    return np.array([AXES.get(word, (0.0, 0.0)) for word in words], dtype=np.float32)


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    asked.clear()


def test_mean_counts_every_word_alike_however_long_its_vector() -> None:
    assert Directions(vectors).mean(["banjir", "gempa"]) == pytest.approx([0.5**0.5, 0.5**0.5], abs=1e-5)


def test_a_word_without_vector_points_nowhere() -> None:
    assert Directions(vectors).mean(["entah"]).tolist() == [0.0, 0.0]


def test_each_word_is_looked_up_once() -> None:
    known = Directions(vectors)
    for _ in range(2):
        known.mean(["banjir", "gempa", "banjir"])
    assert asked == ["banjir", "gempa"]


def test_more_words_than_it_may_remember_are_looked_up_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directions, "_REMEMBERED", 2)
    known = Directions(vectors)
    before = known.mean(["banjir", "gempa"])
    assert known.mean(["banjir", "entah"]) == pytest.approx([1.0, 0.0], abs=1e-5)
    assert known.mean(["banjir", "gempa"]).tolist() == before.tolist()
    assert asked == ["banjir", "gempa", "banjir", "entah", "banjir", "gempa"]


def test_what_it_remembers_is_not_pickled() -> None:
    known = Directions(vectors)
    known.mean(["banjir"])
    pickle.loads(pickle.dumps(known)).mean(["banjir"])
    assert asked == ["banjir", "banjir"]
