"""Measured amounts: the sentence with its marks, then value and unit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors.measures import measures
from beritaie.lexicon import rows
from beritaie.records import Measure
from tagged_amounts import HOSTILE, Alone, in_order, sentences

ALONE = Alone("measures", Measure)


@pytest.mark.parametrize(
    "tagged",
    [
        "Jalan sepanjang <x v='52' u='meter'>52 meter</x> rusak.",
        "Lahan <x v='2.5' u='hektare'>2,5 hektare</x> dan <x v='3' u='hektare'>3 (tiga) Ha</x>.",
        "Gempa <x v='5.6' u='magnitudo'>magnitudo 5,6</x>, lalu <x v='4.1' u='magnitudo'>M 4,1</x>.",
        "Gempa <x v='5.2' u='magnitudo'>5,2 SR</x>.",
        "Melaju <x v='120' u='kilometer per jam'>120 km per jam</x> atau"
        " <x v='90' u='kilometer per jam'>90 km/jam</x>.",
        "Gas <x v='3' u='kilogram'>3Kg</x> langka.",
        "Suhu <x v='27' u='derajat Celsius'>27-30°C</x>.",
        "Banjir setinggi <x v='30' u='sentimeter'>30 hingga 50 sentimeter</x>.",
        "Mesin <x v='50' u='kilovolt ampere'>50 KVA</x>, berat <x v='5' u='kilogram'>5 kg-10 kg</x>.",
        "Panen <x v='100000' u='ton'>100 ribu ton</x> padi.",
        "Sekitar <x v='1.5' u='meter' q='~'>satu setengah meter</x>.",
        "Kecepatan unduh <x v='100' u='megabit per detik'>100 Mbps</x>.",
        "Bunga naik <x v='25' u='basis poin'>25 basis poin</x>.",
        "Curah hujan <x v='150' u='milimeter per jam'>150 milimeter per jam</x>.",
        "Luas <x v='4161' u='kilometer persegi'>4.161 kilometer persegi</x>.",
        "Sudah tiba ada<x v='18' u='ton'>18 ton</x> bantuan.",
    ],
)
def test_value_with_the_unit_s_standard_name(tagged: str) -> None:
    ALONE.check(tagged, v="value", u="unit", q="qualifier")


@pytest.mark.parametrize(
    "text",
    ["Hadir 40 peserta.", "Anak itu punya dua kaki.", "Meter air rusak.", "Juara M1 dan M2.", "5 Wanita"],
)
def test_numbers_without_a_unit_are_no_measures(text: str) -> None:
    assert ALONE(text) == []


@pytest.mark.parametrize("tagged", sentences("measures"))
def test_sentence_gives_its_records_and_no_others(tagged: str) -> None:
    ALONE.check(tagged, v="value", h="high", u="unit", q="qualifier", k="quantity", b="base_value", s="base_unit")


def test_golden() -> None:
    ALONE.check_golden()


@given(st.sampled_from(rows("units")), st.integers(2, 999))
@settings(max_examples=150, deadline=None)
def test_every_unit_of_the_table_is_read(row: dict[str, str], amount: int) -> None:
    written = row["word"]
    if row["case"] == "exact" and written in {"w", "dk", "ps", "sr", "mp", "gt"}:
        written = written.upper()
    subject = "indeks " if row["quantity"] == "index" else ""  # elsewhere a point is a score
    (found,) = measures(f"{subject}tercatat {amount} {written}.")
    assert (found["value"], found["unit"]) == (amount, row["name"])


@pytest.mark.parametrize("seed", HOSTILE)
def test_hostile_text_gives_spans_in_order_that_never_overlap(seed: str) -> None:
    assert in_order(measures((seed * 100_000)[:100_000]))


@given(st.text(alphabet="0123456789.,- kmgM/per\n", max_size=80))
@settings(max_examples=100, deadline=None)
def test_offsets_hold_on_any_text(text: str) -> None:
    ALONE(text)
