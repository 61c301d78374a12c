"""Scores that mean what they say: fitted on judged mentions, measured in tenths."""

import random

import pytest

from beritaie.language.tags import LABELS
from beritaie.training.calibration import expected_error, fit, reliability


def overconfident(label: str, claimed: float, true: float, count: int = 2000) -> list[tuple[str, float, bool]]:
    chance = random.Random(7)
    return [(label, claimed, chance.random() < true) for _ in range(count)]


def calibrated(score: float, slope: float, shift: float) -> float:
    odds = (score / (1 - score)) ** slope * 2.718281828**shift
    return odds / (1 + odds)


def test_an_overconfident_label_is_brought_down_and_others_stay():
    rows = overconfident("ORG", 0.95, 0.8) + overconfident("ORG", 0.6, 0.3)
    fitted = dict(zip(LABELS, fit(rows), strict=True))
    assert calibrated(0.95, *fitted["ORG"]) == pytest.approx(0.8, abs=0.03)
    assert calibrated(0.6, *fitted["ORG"]) == pytest.approx(0.3, abs=0.03)
    assert fitted["PER"] == pytest.approx([1, 0])


def test_the_expected_error_falls_when_the_fit_is_applied():
    rows = overconfident("PER", 0.99, 0.9) + overconfident("PER", 0.7, 0.5)
    slope, shift = fit(rows)[LABELS.index("PER")]
    better = [(label, calibrated(score, slope, shift), right) for label, score, right in rows]
    assert expected_error(better) < 0.02 < expected_error(rows)


def test_reliability_counts_each_tenth_that_has_mentions():
    rows = [("LOC", 0.05, False), ("LOC", 0.95, True), ("LOC", 0.97, False)]
    assert reliability(rows) == [(0.05, 0.0, 1), (0.96, 0.5, 2)]
