"""Money: the sentence with its marks, then the amount in full and its currency."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors.money import money
from beritaie.records import Money
from tagged_amounts import HOSTILE, Alone, in_order, sentences

ALONE = Alone("money", Money)


@pytest.mark.parametrize(
    "tagged",
    [
        "Bantuan <x v='420000000' c='IDR'>Rp 420 juta</x> cair.",
        "Anggaran <x v='1200000000000' c='IDR'>Rp1,2 triliun</x> disetujui.",
        "Tiket <x v='20000' c='IDR'>Rp. 20.000,-</x> per orang.",
        "Telur <x v='9500' c='IDR'>Rp9,500</x> per kg.",
        "Dana <x v='10000000000' c='IDR'>Rp 10 M</x> dan <x v='4300000000000' c='IDR'>Rp 4,3"
        " T</x> disiapkan.",
        "Harga <x v='38000' c='IDR'>Rp 38.000 – 40.000</x> per kilogram.",
        "Gaji <x v='30000000' c='IDR'>Rp 30-40 juta</x> sebulan.",
        "Sewa <x v='500000' c='IDR'>Rp500.000-Rp750.000</x>.",
        "Mulai <x v='5000000' c='IDR'>Rp 5 juta</x> sampai <x v='6000000' c='IDR'>Rp 6 juta</x>.",
        "Investasi <x v='5000000000' c='USD'>US$ 5 miliar</x> atau <x v='2000000' c='USD'>2 juta USD</x>.",
        "Nilainya <x v='107000000000' c='USD'>107 miliar dolar AS</x>.",
        "Setara <x v='11700000000000' c='JPY'>11,7 triliun yen</x>"
        " (<x v='73500000000' c='USD'>$73,5 miliar</x>).",
        "Denda <x v='300' c='SGD'>S$ 300</x> dan <x v='900' c='MYR'>900 ringgit</x> serta"
        " <x v='50' c='MYR'>RM50</x>.",
        "Kurs ditutup di <x v='14500' c='IDR'>Rp 14.500</x>/US$.",
        "Uang <x v='1000' c='IDR'>seribu rupiah</x> itu dipungut.",
        "Kerugian <x v='10000000' c='IDR' q='&gt;='>puluhan juta rupiah</x>.",
        "Lebih dari <x v='5000000' c='IDR' q='&gt;'>Rp 5 juta</x> terkumpul.",
        "Terkumpul <x v='5000000' c='IDR' q='&gt;'>Rp 5 juta</x> lebih.",
        "Pembangunan itu menelan anggaran <x v='160000000000' c='IDR'>160 miliar</x>.",
        "Omzetnya <x v='5000000' c='IDR'>lima sampai enam juta</x> per bulan.",
        "Bawang kini <x v='45000' c='IDR'>45.000</x> per kg.",
        "Senilai<x v='2850000' c='IDR'>Rp 2,85 juta</x>.",
    ],
)
def test_amount_in_full_with_its_currency(tagged: str) -> None:
    ALONE.check(tagged, v="value", c="currency", q="qualifier")


@pytest.mark.parametrize(
    "text",
    [
        "Sebanyak 4,5 juta transaksi tercatat dengan nilai besar.",
        "Ada 300 ribu warga.",
        "Kang Won tiba pukul 10.000 lebih sedikit.",
        "Cadangan 300 juta barel minyak.",
        "Rapat digelar 12 Mei 2024.",
    ],
)
def test_counts_and_other_numbers_are_no_money(text: str) -> None:
    assert ALONE(text) == []


@pytest.mark.parametrize("tagged", sentences("money"))
def test_sentence_gives_its_records_and_no_others(tagged: str) -> None:
    ALONE.check(tagged, v="value", h="high", c="currency", p="per", q="qualifier")


def test_golden() -> None:
    ALONE.check_golden()


def grouped(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


@given(
    st.integers(1, 10**13),
    st.sampled_from(["Rp{}", "Rp {}", "Rp. {}", "RP {}", "Rp {},-", "Rp {},00", "{} rupiah", "IDR {}"]),
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_any_amount_of_rupiah_reads_back(amount: int, style: str, dots: bool) -> None:
    text = style.format(grouped(amount) if dots else amount)
    (found,) = money(f"sebesar {text} diserahkan")
    assert (found["value"], found["currency"], found["span"]["text"]) == (amount, "IDR", text)


@given(st.integers(1, 999), st.sampled_from([("ribu", 3), ("juta", 6), ("miliar", 9), ("triliun", 12)]))
@settings(max_examples=40, deadline=None)
def test_any_scale_reads_back(amount: int, scale: tuple[str, int]) -> None:
    (found,) = money(f"dana Rp{amount} {scale[0]} itu")
    assert found["value"] == amount * 10 ** scale[1]


@pytest.mark.parametrize("seed", HOSTILE)
def test_hostile_text_gives_spans_in_order_that_never_overlap(seed: str) -> None:
    assert in_order(money((seed * 100_000)[:100_000]))


@given(st.text(alphabet="0123456789.,- RpUS$jutamil\n", max_size=80))
@settings(max_examples=100, deadline=None)
def test_offsets_hold_on_any_text(text: str) -> None:
    ALONE(text)
