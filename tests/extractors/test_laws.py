"""Laws: the sentence with its marks, then the key and the parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors.laws import laws
from beritaie.records import Law
from tagged_amounts import HOSTILE, Alone, in_order, sentences

ALONE = Alone("laws", Law)
KEYS = {"k": "key", "n": "number", "y": "year", "a": "article", "t": "title", "kind": "kind"}


@pytest.mark.parametrize(
    "tagged",
    [
        "Sesuai"
        " <x k='UU 23/2014' kind='UU' n='23' y='2014' t='Pemerintahan Daerah'>"
        "Undang-Undang Nomor 23 Tahun 2014"
        " tentang Pemerintahan Daerah</x>, wewenang itu ada.",
        "<x k='UU 23/2014' n='23' y='2014'>UU No. 23/2014</x> berlaku.",
        "Berdasarkan <x k='Perda 3/2020'>Perda Nomor 3 Tahun 2020</x> dan"
        " <x k='Perda 6/2011'>Perda no 6 Tahun 2011</x>.",
        "Melanggar <x k='UU ITE' a='Pasal 27 ayat 3'>Pasal 27 ayat 3 UU ITE</x>.",
        "Dijerat <x k='KUHP' a='Pasal 340 juncto Pasal 55 ayat (1) ke-1'>Pasal 340 juncto"
        " Pasal 55 ayat (1) ke-1 KUHP</x>.",
        "Amanat <x k='UUD 1945' a='Pasal 31 ayat 2'>Pasal 31 ayat 2 UUD 1945</x>.",
        "Lihat <x k='PP 47/2008' a='pasal 9 ayat 3'>Peraturan Pemerintah nomor 47 tahun"
        " 2008 pasal 9 ayat 3</x>.",
        "Ancaman <x k='Pasal 187' kind='Pasal' a='Pasal 187'>Pasal 187</x> tetap ada.",
        "Menurut <x k='Perbup 38/2020'>Perbup 38 2020</x> warga wajib hadir.",
        "<x k='Permendagri 5/2021' kind='Permendagri'>Permendagri Nomor 5 Tahun 2021</x> dicabut.",
        "<x k='SK 188/45/KPTS/2023' y='2023'>SK Bupati Sukarame Nomor 188/45/KPTS/2023</x> terbit.",
        "<x k='POJK 77/2016'>Peraturan Otoritas Jasa Keuangan (POJK) Nomor 77 Tahun 2016</x>.",
        "Membahas <x k='Raperda Kawasan Tanpa Rokok'>Raperda Kawasan Tanpa Rokok</x> di rapat.",
        "Mengesahkan <x k='RUU Pertanahan'>RUU tentang Pertanahan</x> itu.",
        "Lewat <x k='SE 7/2022' t='jam malam bagi pelajar'>surat edaran nomor 7 tahun 2022"
        " tentang jam malam bagi"
        " pelajar</x> yang diteken bupati.",
        "<x k='UU 43/2009' t='Arsip, Pustaka, dan Naskah Kuno'>UU Nomor 43 Tahun"
        " 2009 tentang Arsip,"
        " Pustaka, dan Naskah Kuno</x>, kata dia.",
        "<x k='Inpres 1/2025'>Inpres 1/2025</x> diteken.",
        "Demikian <x k='KUHAP'>KUHAP</x> mengatur.",
    ],
)
def test_law_with_its_key_and_parts(tagged: str) -> None:
    ALONE.check(tagged, **KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "Rapat membahas peraturan daerah bersama warga.",
        "Kang Uu hadir.",
        "Surat edaran itu dibagikan.",
        "PPh Pasal 21 naik.",
        "Sebuah undang-undang baru diperlukan.",
        "Instruksi bupati jelas.",
        "Jumlah PP muda bertambah.",
    ],
)
def test_law_words_that_name_no_law(text: str) -> None:
    assert ALONE(text) == []


def test_headline_verbs_end_a_law_s_name() -> None:
    ALONE.check("<x k='UU Kepariwisataan'>UU Kepariwisataan</x> Perlu Segera Disusun", k="key")


def test_body_is_no_law_s_name() -> None:
    ALONE.check("Tim Peraturan Daerah <org>Satpol PP</org> Sukarame")


@pytest.mark.parametrize("tagged", sentences("laws"))
def test_sentence_gives_its_records_and_no_others(tagged: str) -> None:
    ALONE.check(tagged, **KEYS)


def test_golden() -> None:
    ALONE.check_golden()


@given(
    st.integers(1, 400),
    st.integers(1950, 2030),
    st.sampled_from(["UU", "PP", "Perpres", "Perda", "Pergub", "Perbup", "Perwali"]),
    st.sampled_from(["{} Nomor {} Tahun {}", "{} No. {} Tahun {}", "{} No {}/{}", "{} {}/{}"]),
)
@settings(max_examples=80, deadline=None)
def test_any_number_and_year_read_back(number: int, year: int, kind: str, style: str) -> None:
    written = style.format(kind, number, year)
    (found,) = laws(f"sesuai {written}.")
    assert (found["span"]["text"], found["key"]) == (written, f"{kind} {number}/{year}")
    assert (found["number"], found["year"]) == (str(number), year)


@pytest.mark.parametrize("seed", [*HOSTILE, "UU 1/2020 tentang a, ", "Perda A dan ", "Keputusan Menteri "])
def test_hostile_text_gives_spans_in_order_that_never_overlap(seed: str) -> None:
    assert in_order(laws((seed * 100_000)[:100_000]))


@given(st.text(alphabet="0123456789.,-()/ UPasltenomrN\n", max_size=80))
@settings(max_examples=100, deadline=None)
def test_offsets_hold_on_any_text(text: str) -> None:
    ALONE(text)
