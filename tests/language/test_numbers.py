"""Numbers as news writes them, and what they read as."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.language.numbers import DIGITS, NUMBER, VAGUE, WORDS, is_vague, read_number

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
SCALES = [
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (10**3, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
]


def spell(number: int) -> str:
    """A whole number in words."""
    if number < 10:
        return ONES[number]
    if number in {10, 11}:
        return "sepuluh" if number == 10 else "sebelas"
    if number < 20:
        return f"{ONES[number - 10]} belas"
    size, name = next((size, name) for size, name in SCALES if size <= number)
    many, rest = divmod(number, size)
    one = many == 1 and name in ("ribu", "ratus")
    head = f"se{name}" if one else f"{spell(many)} {name}"
    return f"{head} {spell(rest)}" if rest else head


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234", 1234),
        ("235.800", 235800),
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("1.200.000,50", 1200000.5),
        ("1,234,567", 1234567),
        ("0.500.000", 500000),
        ("1,2 juta", 1200000),
        ("1 juta 200 ribu", 1200000),
        ("5 jt", 5000000),
        ("10rb", 10000),
        ("2½", 2.5),
        ("2 (dua)", 2),
        ("seratus dua puluh lima ribu", 125000),
        ("Duapuluh  lima", 25),
        ("dua ribu triliun", 2e15),
        ("setengah", 0.5),
        ("dua setengah juta", 2500000),
        ("tiga perempat", 0.75),
        ("satu koma dua lima", 1.25),
        ("belasan", 11),
        ("puluhan ribu", 10000),
        ("ratusan juta", 1e8),
    ],
)
def test_numbers_read_as_meant(text: str, number: float) -> None:
    assert read_number(text) == pytest.approx(number)


@pytest.mark.parametrize(
    "text", ["", "dua tiga", "satuan", "12.5.2020", "5 orang", "juta", "seribu bukan", "1" * 400]
)
def test_what_is_no_number_reads_as_none(text: str) -> None:
    assert read_number(text) is None


def test_vague_words_are_told_apart() -> None:
    assert is_vague("ratusan ribu")
    assert not is_vague("seratus ribu")


def test_patterns_cut_no_number_out_of_a_longer_one() -> None:
    text = "Ada 1.234 ekor, dua puluhan kambing, ke-79, 12.30.45 dan dua belas ekor di 3persimpangan."
    assert re.findall(NUMBER, text) == ["1.234", "dua puluhan", "79", "dua belas"]
    assert re.findall(DIGITS, text) == ["1.234", "79"]
    assert re.findall(VAGUE, text) == ["dua puluhan"]
    assert re.findall(WORDS, "sedua belas, dua belasan") == ["dua"]


@given(st.integers(0, 10**15 - 1))
@settings(max_examples=200, deadline=None)
def test_any_whole_number_spelt_out_reads_back(number: int) -> None:
    words = spell(number)
    assert read_number(words) == number
    assert re.fullmatch(NUMBER, words)
    assert read_number(words.title()) == number


@given(st.integers(0, 10**12))
@settings(max_examples=100, deadline=None)
def test_any_whole_number_in_indonesian_digits_reads_back(number: int) -> None:
    assert read_number(f"{number:,}".replace(",", ".")) == number


@given(st.text(alphabet="0123456789.,½ ()", max_size=30) | st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_whatever_a_pattern_matches_can_be_read(text: str) -> None:
    for match in re.finditer(NUMBER, text):
        assert read_number(match.group()) is not None


@pytest.mark.parametrize(
    "piece", ["1", "1.", "1,000.", "dua ", "seratus ", "juta ", "1 juta ", "dua puluh ", "(", "\n", "koma "]
)
def test_hostile_text_comes_to_an_end(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert sum(1 for _ in re.finditer(NUMBER, text)) <= len(text)
