"""How Indonesian news is cut into tokens: the text, then its tokens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vocab import Vocab

from beritaie.language.tokens import Tokenizer, split

TOKENIZER = Tokenizer(Vocab())


def tokens(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BupatiBandung,Dadang", ["Bupati", "Bandung", ",", "Dadang"]),
        ("TNIPolri siaga", ["TNI", "Polri", "siaga"]),
        ("kata Budi.Dalam acara", ["kata", "Budi", ".", "Dalam", "acara"]),
        ("Donal Wiratmengatakan", ["Donal", "Wirat", "mengatakan"]),
        ("Desa Sukamajuuntuk lomba", ["Desa", "Sukamaju", "untuk", "lomba"]),
        ("Teruntuk Sehingga Setelah Gunungterang", ["Teruntuk", "Sehingga", "Setelah", "Gunungterang"]),
        ("Jum'at di Ka'bah", ["Jum'at", "di", "Ka'bah"]),
        ("UMKM-nya maju", ["UMKM", "-", "nya", "maju"]),
        ("anak-anak ke-17", ["anak-anak", "ke-17"]),
        ("Darko Šarić dari Tōkyō", ["Darko", "Šarić", "dari", "Tōkyō"]),
    ],
)
def test_words_glued_by_scrapers_come_apart(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H. Darmo, S.Sos., M.Si hadir", ["H.", "Darmo", ",", "S.Sos.", ",", "M.Si", "hadir"]),
        ("M. Ridwan dan K.H. Umar", ["M.", "Ridwan", "dan", "K.H", ".", "Umar"]),
        ("Jl. Merdeka No. 5", ["Jl.", "Merdeka", "No.", "5"]),
        ("beras, gula, dll.", ["beras", ",", "gula", ",", "dll", "."]),
        ("AKP. Budi", ["AKP", ".", "Budi"]),
    ],
)
def test_abbreviations_keep_their_stop(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["Ramadan 1446 H. Warga", "dana Rp 10 M. Warga", "luas 90 M. Warga"])
def test_unit_behind_a_number_is_no_initial(text: str) -> None:
    assert tokens(text)[-3:] == [text.split()[-2][0], ".", "Warga"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Senin (09/12/2024)", ["Senin", "(", "09/12/2024", ")"]),
        ("pukul 19.30 WIB", ["pukul", "19.30", "WIB"]),
        ("Rp1.500.000,50", ["Rp", "1.500.000,50"]),
        ("lihat https://contoh.id/a?b=1", ["lihat", "https://contoh.id/a?b=1"]),
        ("surel humas@contoh.go.id", ["surel", "humas@contoh.go.id"]),
        ("tunggu.... ya", ["tunggu", "....", "ya"]),
    ],
)
def test_numbers_links_and_marks(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_no_break_spaces_and_line_breaks_are_tokens_of_blanks() -> None:
    doc = TOKENIZER("Kota\u00a0Solo  \n\nhadir")
    assert [token.text for token in doc] == ["Kota", "\u00a0", "Solo", " \n\n", "hadir"]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
        st.text(" \n\t\u00a0aA1.,-'’\"(:/@kwH_é\u0301", max_size=80),
    )
)
def test_tokens_rebuild_the_text(text: str) -> None:
    assert TOKENIZER(text).text == text


def test_half_a_character_is_replaced_and_offsets_stay() -> None:
    doc = TOKENIZER("Kota \ud800 Solo")
    assert doc.text == "Kota \ufffd Solo"
    assert doc[2].idx == 7


@pytest.mark.parametrize(
    "text",
    [
        "." * 100_000,
        '"' * 50_000,
        "([{" * 20_000,
        "a." * 50_000,
        "A" * 100_000 + "a",
        "w-" * 50_000,
        "x@" * 50_000,
    ],
    ids=["dots", "quotes", "brackets", "abbreviations", "capitals", "hyphens", "mail"],
)
def test_hostile_text_is_cut_to_its_end(text: str) -> None:
    assert "".join(tokens(text)) == text
