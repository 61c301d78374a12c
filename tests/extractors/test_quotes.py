"""Direct quotations and who said them: the text with its marks, then the record."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors._store import store, store_mentions
from beritaie.extractors.quotes import quotations, reported
from beritaie.linking.mention import Mention
from tagged import Expected, parse

GOLDEN = Path(__file__).parents[1] / "golden" / "quotes.json"
NLP = spacy.blank("id")
NLP.add_pipe("beritaie_quotes")


Fields = list[dict[str, Any]]


def quotes(text: str, tags: list[Expected] | None = None, **fields: Fields) -> Fields:
    """The quotes of ``text``; `per`, `pos` and `org` tags are mentions, ``fields`` are earlier records."""
    doc = NLP.make_doc(text)
    if tags:
        named = [tag for tag in tags if tag.tag in {"per", "pos", "org"}]
        store_mentions(doc, [Mention(tag.start, tag.end, tag.text, tag.tag.upper(), 1.0) for tag in named])
    for field, records in fields.items():
        store(doc, field, records)
    for _, component in NLP.pipeline:
        doc = component(doc)
    return list(doc._.records["quotes"])


def check(tagged: str) -> None:
    """Every `q` tag and nothing else is found, with its speaker `s` and cue `c` where it gives them."""
    text, tags = parse(tagged)
    wanted = [tag for tag in tags if tag.tag == "q"]
    found = quotes(text, tags)
    assert [quote["span"]["text"] for quote in found] == [tag.text for tag in wanted]
    assert [quote["span"]["start"] for quote in found] == [tag.start for tag in wanted]
    for quote, tag in zip(found, wanted, strict=True):
        for attribute, key in (("s", "speaker_name"), ("c", "cue")):
            if attribute in tag.attributes:
                assert (quote[key] or "-") == tag.attributes[attribute]


@pytest.mark.parametrize(
    "tagged",
    [
        '<q c="kata">"Kami siap membantu warga,"</q> kata Darmo, Senin.',
        "<q c='ujar'>“Kami siap membantu warga,”</q> ujar Darmo.",
        "<q c='katanya'>‘’Kami siap membantu warga,’’</q> katanya.",
        "<q c='katanya'>''Kami siap membantu warga,''</q> katanya.",
        "<q c='tutur'>«Kami siap membantu warga»</q>, tutur Darmo.",
        "<q c='kata'>‘Kami siap membantu warga,’</q> kata Darmo.",
        "<q c='ujar'>'Kami rapat setiap Jum'at di balai desa,'</q> ujar Darmo.",
        "<q c='jelas'>&quot;Kami siap membantu warga\"</q> jelas Darmo.",
        "<q c='jelas'>&amp;ldquo;Kami siap membantu,&amp;rdquo;</q> jelas Darmo.",
    ],
)
def test_marks_of_every_kind(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "<q c='ujarnya'>?Kami siap membantu warga,?</q> ujarnya.",
        "<q c='ujar'>?? Kami siap membantu warga,??</q> ujar Darmo.",
        "<q c='ujarnya'>\"Kami siap membantu warga,?</q> ujarnya.",
        "<q c='kata'>\"Kami siap membantu warga,”</q> kata Darmo.",
        "<q c='kata'>” Kami siap membantu warga,”</q> kata Darmo.",
        "<q c='kata'>“Kami siap membantu warga, “</q>kata Darmo.",
        "<q c='ujar'>\"Kami siap membantu warga, \"</q> ujar Darmo.",
        "Warga antre.<q c='ujarnya'>\"Kami siap membantu,\"</q>ujarnya.Acara usai.",
        "<q c='kata'>\"Kami siap membantu warga,\"</q> kataKetua panitia.",
        "Ia menambahkan<q c='menambahkan'>\"kami akan datang lagi besok\"</q>.",
        "<q c='ujarmya'>\"Kami siap membantu warga,\"</q> ujarmya.",
    ],
)
def test_garbled_and_glued_marks(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "<q c='-'>“Kami siap membantu warga desa sampai tuntas</q>\n\nAcara ditutup doa.",
        "Bupati hadir.\n\n<q>\"Kami siap membantu warga desa,</q> katanya.\n\nAcara ditutup doa.",
        "Bupati hadir.\n\n<q c='ujar'>Kami siap membantu semua warga,”</q> ujar Darmo.\n\nAcara usai.",
    ],
)
def test_a_mark_is_missing(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "<q>\"Warga ikut\ncar free day\ndi alun-alun,\"</q> ujar Darmo.",
        "<q>“Kami bersyukur.\n\nSemoga tahun depan lebih baik,”</q> ujar Darmo.",
        "<q>\"Anak itu bilang \"takut\" kepada kami,\"</q> ujar Darmo.",
        "<q>“Ia berkata ‘saya pulang’ lalu pergi,”</q> ujar Darmo.",
        "<q>\"Mau ke mana?\"</q> tanya Darmo.",
        "<q>\"Tidak,\"</q> jawabnya.",
        "<q>\"Semua hadir,\"</q> kata Darmo. <q>\"Rapat dimulai pukul 09.00,\"</q>",
    ],
)
def test_span_covers_the_whole_quotation(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "text",
    [
        'Lomba bertema "Bersama Membangun Desa yang Maju dan Hijau" dibuka Senin.',
        'Tema kegiatan tahun ini yakni "bersama kita jaga sungai dan laut".',
        'Ia membaca buku berjudul "Jalan Pulang yang Panjang Sekali".',
        "Ia disebut 'raja durian' oleh warga.",
        'Program "Satu Desa Satu Sarjana" dimulai.',
        "Apa kabar desa? Warga menjawab baik-baik saja.",
        "Jum'at pagi warga Ma'rang membersihkan masjid.",
        'Papan setinggi 6" itu roboh.',
        "",
    ],
)
def test_slogans_titles_and_scare_quotes_are_none(text: str) -> None:
    assert quotations(text) == []


@pytest.mark.parametrize(
    "tagged",
    [
        """<q s='Darmo W'>"Kami siap,"</q> kata <per>Darmo W</per> kepada <per>Sri</per>.""",
        """<q s='Darmo W'>"Kami siap,"</q> ujar <pos>Camat Sukarame</pos>, <per>Darmo W</per>, Senin.""",
        """<per>Darmo W</per> hadir. <q s='Darmo W'>"Kami siap,"</q> ujar <per>Darmo</per>.""",
        """<per>Darmo W</per> mengatakan, <q s='Darmo W' c='mengatakan'>"Kami siap membantu warga."</q>""",
        """Menurut <per>Darmo W</per>, <q s='Darmo W' c='Menurut'>"warga sudah siap membantu."</q>""",
        """<q s='Camat Sukarame'>"Kami siap,"</q> ujar <pos>Camat Sukarame</pos> di balai desa.""",
        """<q s='Dinas Sosial'>"Bantuan sudah tiba,"</q> tulis <org>Dinas Sosial</org>.""",
        """<q s='@darmo_w'>"Jalan rusak lagi,"</q> tulis akun @darmo_w.""",
        """<q s='netizen'>"Jalan rusak lagi,"</q> komentar salah satu netizen.""",
    ],
)
def test_speaker_stands_beside_the_cue(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        """<per>Darmo</per> menyebut warga siap. <q s='Darmo'>"Kami antre,"</q> katanya.""",
        """<q>"Kami siap,"</q> kata <per>Darmo</per>.
        <q s='Darmo'>"Semua hadir,"</q> ucap dia kepada <per>Sri</per>.""",
        """<q>"Kami siap,"</q> kata <per>Darmo</per>. <q s='Darmo'>"Semua sudah hadir di sini."</q>""",
        """<q>"Kami siap,"</q> kata <per>Darmo</per>.
        Sementara itu, <per>Sri</per> menjelaskan jalan rusak. <q s='Sri'>"Sudah lama,"</q> ujarnya.""",
        """<q>"Kami siap,"</q> kata <per>Darmo</per>.
        Ia menyebut <per>Sri</per> hadir. <q s='Darmo'>"Semua senang,"</q> ujarnya.""",
        """<q>"Kami siap,"</q> kata <per>Darmo</per>.
        <pos>Kadis Prov. Sukarame</pos> <per>Sri</per> tertawa. <q s='Sri'>"Semua senang,"</q> ujarnya.""",
        """<pos>Bupati</pos> <per>Darmo</per> didampingi <pos>Sekda</pos> <per>Sri</per> menyebut jalan rusak.
        <q s='Darmo'>"Sudah lama,"</q> ujarnya.""",
        """<pos>Kapolres</pos> <per>Darmo</per> melalui <pos>Kasat</pos> <per>Sri</per> menyebut ia ditahan.
        <q s='Sri'>"Sudah kami tahan,"</q> ujarnya.""",
        """<per>Darmo</per> menyebut jalan rusak. <q s='Darmo'>"Lama,"</q> ujar <pos>legislator</pos> itu.""",
    ],
)
def test_speaker_is_the_one_the_text_goes_on_about(tagged: str) -> None:
    check(tagged)


def holding(status: str) -> dict[str, Fields]:
    """The records of `Darmo Wiyono hadir. "Kami siap," kata Bupati.`, where Darmo is, or was, the Bupati."""
    name = {"start": 0, "end": 12, "text": "Darmo Wiyono"}
    office = {"start": 38, "end": 44, "text": "Bupati"}
    return {
        "persons": [{"id": "p1", "name": "Darmo Wiyono", "spans": [name]}],
        "positions": [{"id": "o1", "name": "Bupati Sukarame", "spans": [office]}],
        "officials": [{"person": "p1", "position_id": "o1", "status": status, "evidence": office}],
    }


@pytest.mark.parametrize(
    ("status", "speaker"),
    [("current", "p1"), ("acting", "p1"), ("former", "o1"), ("candidate", "o1")],
)
def test_unnamed_office_speaks_as_the_person_who_holds_it(status: str, speaker: str) -> None:
    (quote,) = quotes('Darmo Wiyono hadir. "Kami siap," kata Bupati.', **holding(status))
    assert quote["speaker"] == speaker
    assert quote["speaker_name"] == {"p1": "Darmo Wiyono", "o1": "Bupati Sukarame"}[speaker]


def test_without_records_the_capitalised_words_behind_the_cue_speak() -> None:
    (quote,) = quotes('"Kami siap membantu," ujar Darmo Wiyono di balai desa.')
    assert (quote["speaker"], quote["speaker_name"]) == (None, "Darmo Wiyono")


def indirect(tagged: str) -> list[tuple[str, str | None, str | None]]:
    """What is reported without marks: the words, who said them, the cue."""
    text, tags = parse(tagged)
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_quotes", config={"indirect": True})
    doc = nlp.make_doc(text)
    store_mentions(doc, [Mention(t.start, t.end, t.text, t.tag.upper(), 1.0) for t in tags])
    found = nlp.get_pipe("beritaie_quotes")(doc)._.records["quotes"]
    return [(q["span"]["text"], q["speaker_name"], q["cue"]) for q in found if q["indirect"]]


@pytest.mark.parametrize(
    ("tagged", "wanted"),
    [
        (
            "<per>Darmo</per> mengatakan bahwa pasar dibuka lagi besok.",
            ("pasar dibuka lagi besok", "Darmo", "mengatakan"),
        ),
        (
            "<per>Darmo</per> mengaku kepada wartawan bahwa ia belum dibayar.",
            ("ia belum dibayar", "Darmo", "mengaku"),
        ),
        (
            "<per>Darmo</per> menambahkan, stok beras masih aman.",
            ("stok beras masih aman", "Darmo", "menambahkan"),
        ),
        (
            "Menurut <per>Sri Lestari</per>, air mulai keruh sejak Senin.",
            ("air mulai keruh sejak Senin", "Sri Lestari", "Menurut"),
        ),
        ("Harga cabai naik lagi, kata <per>Bagas</per>.", ("Harga cabai naik lagi", "Bagas", "kata")),
    ],
)
def test_reported_speech_is_read_where_it_is_asked_for(tagged: str, wanted: tuple[str, str, str]) -> None:
    assert indirect(tagged) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "Warga yang mengatakan itu pulang ke rumah.",
        "Darmo meminta warga tenang.",
        '"Pasar dibuka besok," kata Darmo.',
        "Darmo menyatakan di balai desa.",
    ],
)
def test_what_nobody_is_reported_to_say_is_no_reported_speech(text: str) -> None:
    assert indirect(text) == []


def test_reported_speech_is_left_out_where_nobody_asks_for_it() -> None:
    assert quotes("Darmo mengatakan bahwa pasar dibuka lagi besok.") == []


CASES = json.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_golden(case: dict[str, Any]) -> None:
    text, tags = parse(case["text"])
    assert quotes(text, tags) == case["quotes"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="\"“”‘’'?«»,. \nkatauj.BS�`&;", max_size=120))
def test_quotations_are_apart_in_order_and_hold_words(text: str) -> None:
    found = quotations(text)
    assert all(re.search(r"\w", text[quote.start : quote.end]) for quote in found)
    ends = [0, *(quote.end for quote in found)]
    assert all(end <= quote.start for end, quote in zip(ends, found, strict=False))


@pytest.mark.parametrize(
    "text",
    [
        '"' * 20_000,
        "“a, kata " * 4_000,
        '"a, katanya b\n' * 4_000,
        "?a " * 8_000,
        "\ud800“Kami siap,” kata \udfff" * 500,
    ],
    ids=["marks", "unclosed", "torn", "queries", "surrogates"],
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    direct = quotations(text)
    assert all(quote.end <= len(text) for quote in [*direct, *reported(text, direct)])
