"""Percentages: the sentence with its marks, then value and qualifier."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors.percentages import percentages
from beritaie.records import Percentage
from tagged_amounts import HOSTILE, Alone, in_order, sentences

ALONE = Alone("percentages", Percentage)


@pytest.mark.parametrize(
    "tagged",
    [
        "Ekonomi daerah tumbuh <x v='5.12'>5,12%</x> tahun ini.",
        "Realisasi mencapai <x v='80'>80 %</x> dari target.",
        "Bunga turun <x v='2'>dua persen</x> menjadi <x v='4.75'>4,75 persen</x>.",
        "Kapasitas <x v='30'>30 hingga 80 persen</x> terisi.",
        "Inflasi dijaga <x v='1.5'>2,5±1%</x>.",
        "Inflasi dijaga <x v='1.5'>2,5 plus minus 1%</x>.",
        "Diskon <x v='10'>10%-15%</x> bagi pelajar.",
        "Penumpang <x v='50' q='&lt;='>50 persen</x> saja.".replace("Penumpang", "Maksimal"),
        "Sekitar <x v='70' q='~'>70 persen</x> warga setuju.",
        "Lebih dari <x v='60' q='&gt;'>60%</x> lahan kering.",
        "Tidak kurang dari <x v='25' q='&gt;='>25 persen</x> jalan rusak.",
        "Serapan di bawah <x v='40' q='&lt;'>40 persen</x>.",
    ],
)
def test_percentage_with_value_and_qualifier(tagged: str) -> None:
    ALONE.check(tagged, v="value", q="qualifier")


@pytest.mark.parametrize("text", ["Ada 40 peserta.", "Kepala persen dan tanda % saja.", "persentase 5"])
def test_numbers_without_a_sign_are_no_percentages(text: str) -> None:
    assert ALONE(text) == []


@pytest.mark.parametrize("tagged", sentences("percentages"))
def test_sentence_gives_its_records_and_no_others(tagged: str) -> None:
    ALONE.check(tagged, v="value", h="high", p="points", q="qualifier")


def test_golden() -> None:
    ALONE.check_golden()


@given(st.integers(0, 100), st.integers(0, 99), st.sampled_from(["%", " %", " persen", " Persen"]))
@settings(max_examples=60, deadline=None)
def test_any_percentage_reads_back(whole: int, part: int, sign: str) -> None:
    (found,) = percentages(f"naik {whole},{part:02d}{sign}.")
    assert found["value"] == pytest.approx(whole + part / 100)


@pytest.mark.parametrize("seed", HOSTILE)
def test_hostile_text_gives_spans_in_order_that_never_overlap(seed: str) -> None:
    assert in_order(percentages((seed * 100_000)[:100_000]))


@given(st.text(alphabet="0123456789.,-% persn±\n", max_size=80))
@settings(max_examples=100, deadline=None)
def test_offsets_hold_on_any_text(text: str) -> None:
    ALONE(text)
