"""Where sentences end: the text with `|` between its sentences."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.language.sentences import make_sentences, starts
from beritaie.language.tokens import Tokenizer

NLP = spacy.blank("id")
NLP.tokenizer = Tokenizer(NLP.vocab)
SENTENCES = make_sentences(NLP, "beritaie_sentences")


def sentences(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in SENTENCES(NLP.make_doc(text)).sents]


def check(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert sentences(marked.replace("|", "")) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "Acara dibuka. |Hadir 40 peserta! |Siapa lagi? |Entah… |Semua pulang.",
        "Ia datang. |17 warga menyusul.",
        "Kegiatan dihadiri Darmo.|Dalam sambutannya ia berterima kasih.",
        "Warga membeli beras, gula, dll. |Pasar ramai.",
        "Ia bilang begini ... lalu pergi.",
    ],
)
def test_full_stops_end_sentences(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "text",
    [
        "Hadir H. M. Ridwan, S.Sos., M.Si dari Jl. Merdeka No. 5.",
        "Turut hadir AKP. Budi, Kombes. Pol. Darmo, dan Plt. Kepala Dinas.",
        "Rapat mulai pukul 19.30 WIB di Kec. Sukarame Kab. Lampung Selatan.",
        "Dikutip dari Contoh.com dan Contoh.TV kemarin.",
        "Permen Nomor 34/PMK.011/2007 berlaku.",
        "Anggaran Rp1.500.000 dan 2.5 hektare.",
    ],
)
def test_abbreviations_and_numbers_end_none(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "marked",
    [
        '"Mau ke mana?" tanya dia. |"Ke pasar!" jawab Ani.',
        '"Kami siap," kata Darmo. |"Semua hadir."',
        '"Kami siap. |Semua hadir," kata Darmo.',
        "“Kami siap.” Ujar Darmo. |Acara usai.",
        'Darmo pulang. |"Kami siap," katanya.',
        'Darmo pulang.|"Kami siap," katanya.|"Semua hadir," kata dia.',
        "Ia menyebut 'siap'. |'Kami datang,' katanya.",
        'Darmo berkata: "Kami siap." |Warga senang.',
        "‘’Kami siap,’’ katanya. |‘’Semua hadir,’’ imbuhnya.",
        "Ia hadir (Senin). |(Kontributor: Ani)",
    ],
)
def test_quotations(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "Bupati Buka Pasar Murah\n|Bupati membuka pasar.\n|Warga senang",
        "Judul\n\n|Sukarame - Bupati hadir\n\n|Warga senang",
        "Judul\n\n|Hal itu disampaikan Gubernur Jakarta\nDarmo Wiyono\nmenyatakan siap.",
        "Judul\n\n|Sampah diolah dengan\nwaste to energy\n. |Warga senang.",
        "Judul\n\n|Jakarta\n-\nBupati membuka pasar.",
        "Judul\n\n|Syaratnya:\n|1. Warga Sukarame\n|2. Berusia 17 tahun\n|3) Sehat",
        "Judul\n\n|Yang hadir:\n|- Darmo Wiyono\n|- Ani Lestari",
        "Judul\n\n|Pukul polisi\n|Setelah menabrak mobil itu, pelaku yang mabuk memukul dua polisi.",
    ],
)
def test_line_breaks(marked: str) -> None:
    check(marked)


def test_blank_line_always_ends_a_sentence() -> None:
    assert sentences("Judul\nBupati membuka\n\npasar murah") == ["Judul", "Bupati membuka", "pasar murah"]


def test_marks_take_turns_where_blanks_are_unknown() -> None:
    tokens = ["Ia", "pulang", ".", '"', "Kami", "siap", ".", '"', "Semua", "senang", "."]
    assert [i for i, start in enumerate(starts(tokens)) if start] == [0, 3, 8]


def test_empty_text_has_no_sentence() -> None:
    assert sentences("") == []


@settings(max_examples=200, deadline=None)
@given(st.text("aB1.,?!\"'“”‘’()-:… \n\u00a0", max_size=80))
def test_sentences_cover_the_text_in_order(text: str) -> None:
    doc = SENTENCES(NLP.make_doc(text))
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text


@pytest.mark.parametrize(
    "text",
    [
        "." * 100_000,
        '"' * 50_000,
        '." ' * 30_000,
        "(" * 50_000,
        "a.\n" * 30_000,
        "\n" * 50_000,
        "\ud800. A" * 5_000,
    ],
    ids=["dots", "quotes", "stops", "brackets", "lines", "breaks", "surrogates"],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    doc = SENTENCES(NLP.make_doc(text))
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)
