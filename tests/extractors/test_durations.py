"""Durations and ages: the sentence with them marked, then their ISO 8601 values."""

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors._store import store_mentions
from beritaie.extractors.durations import find_durations
from beritaie.linking.mention import Mention
from beritaie.records import Duration
from tagged import parse

GOLDEN = Path(__file__).parents[1] / "golden" / "durations.json"


def check(tagged: str) -> None:
    """Every `dur` tag and nothing else is found, with its value `v`; `per` tags are persons' names."""
    text, tags = parse(tagged)
    people = [(tag.start, tag.end) for tag in tags if tag.tag == "per"]
    found = find_durations(text, people=people)
    for duration in found:
        Duration.model_validate(duration)
    assert [(one["span"]["start"], one["span"]["text"], one["value"]) for one in found] == [
        (tag.start, tag.text, tag.attributes["v"]) for tag in tags if tag.tag == "dur"
    ]


@pytest.mark.parametrize(
    "tagged",
    [
        "Pelatihan selama <dur v='P3D'>tiga hari</dur> di balai desa.",
        "Pelatihan selama <dur v='P2D'>2 (dua) hari</dur>.",
        "Perjalanan <dur v='PT1.5H'>1,5 jam</dur>, lalu <dur v='PT0.5H'>setengah jam</dur>.",
        "Ia dihukum <dur v='P2Y6M'>2 tahun 6 bulan</dur> penjara.",
        "Rapat berlangsung <dur v='PT1H30M'>satu jam 30 menit</dur>.",
        "Wisata <dur v='P3D'>3 hari 2 malam</dur>.",
        "Menunggu <dur v='P10Y'>puluhan tahun</dur>, bahkan <dur v='P1000000Y'>jutaan tahun</dur>.",
        "Panen dalam <dur v='P1Y'>setahun</dur> atau <dur v='P1W'>seminggu</dur>.",
        "Bertahan <dur v='P20Y'>dua dekade</dur>.",
        "Selesai <dur v='P1M'>satu bulan</dur> lagi, <dur v='P5Y'>5 tahun</dur> ke depan.",
        "Api padam <dur v='PT4H'>4 jam</dur> kemudian.",
    ],
)
def test_amounts_of_time_are_durations(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "Bantuan untuk usia <dur v='P64Y'>15-64 tahun</dur>.",
        "Telur menetas <dur v='P5D'>3 – 5 hari</dur>.",
        "Menunggu <dur v='P3D'>dua hingga tiga hari</dur>.",
    ],
)
def test_ranges_take_the_upper_bound(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "<per>Sutini</per> (<dur v='P56Y'>56</dur>), warga, dan <per>Budi</per> ( <dur v='P7Y'>7</dur> ).",
        "Pelaku berinisial MR (<dur v='P22Y'>22</dur>) dan K (<dur v='P43Y'>43</dur>).",
        "<per>Sutini</per>, <dur v='P56Y'>56</dur>, warga desa.",
        "Anak berusia <dur v='P5Y'>5</dur> ikut, juga yang berumur <dur v='P12Y'>12 tahun</dur>.",
    ],
)
def test_a_number_behind_a_name_is_an_age(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "text",
    [
        "Ia datang dua hari lalu, sebulan sekali.",
        "Keputusan Nomor 23 Tahun 2014 tentang desa.",
        "Ia bekerja sehari-hari, tahun ke-3, hari ke 5.",
        "Pasal 5 Ayat (2) dan Senin (27) serta anggota (12,5 persen) Kota (4.500).",
        "Kecepatan 60 km per jam, 20 orang per hari.",
        "Butir (3) dihapus; Ridwan (150) hadir.",
    ],
)
def test_what_does_not_last_is_no_duration(text: str) -> None:
    assert find_durations(text) == []


def test_dates_found_before_are_no_durations() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_dates")
    nlp.add_pipe("beritaie_durations")
    doc = nlp("Naik tiga tahun terakhir, turun selama dua tahun.")
    assert [one["span"]["text"] for one in doc._.records["durations"]] == ["dua tahun"]


def test_component_takes_persons_from_the_mentions() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_durations")
    doc = nlp.make_doc("dr. sulastri (41) hadir.")
    store_mentions(doc, [Mention(0, 12, "dr. sulastri", "PER", 1.0)])
    found = nlp.get_pipe("beritaie_durations")(doc)._.records["durations"]  # type: ignore[operator]
    assert found == [{"span": {"start": 14, "end": 16, "text": "41"}, "value": "P41Y"}]


@pytest.mark.parametrize(
    "sample", json.loads(GOLDEN.read_text(encoding="utf-8")), ids=lambda one: one["about"]
)
def test_golden_durations(sample: dict[str, Any]) -> None:
    assert find_durations(sample["text"]) == sample["durations"]


@given(
    st.integers(1, 400),
    st.sampled_from([("hari", "P{}D"), ("tahun", "P{}Y"), ("jam", "PT{}H"), ("menit", "PT{}M")]),
)
@settings(max_examples=60, deadline=None)
def test_any_number_of_units_reads_back(number: int, unit: tuple[str, str]) -> None:
    [found] = find_durations(f"Berlangsung {number} {unit[0]} di sana.")
    assert found["value"] == unit[1].format(number)


@pytest.mark.parametrize("length", [100_000, 200_000])
@pytest.mark.parametrize(
    "piece", ["1", "1-", "dua ", "1 hari ", "(1", "A (1) ", "usia ", "1 jam 1 ", "seratus juta "]
)
def test_hostile_text_comes_to_an_end(piece: str, length: int) -> None:
    text = piece * (length // len(piece))
    ranges = [(at, at + 2) for at in range(0, len(text), 9)]
    assert len(find_durations(text, people=ranges, taken=ranges)) <= len(text)
