"""Offices taken apart and gathered: the wording, then what it means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.linking.mention import Mention
from beritaie.linking.positions import (
    covers,
    fullest,
    gather_positions,
    link_positions,
    read_position,
    trim_position,
)


def offices(*texts: str) -> list[Mention]:
    return [Mention(i * 100, i * 100 + len(text), text, "POS", 1.0) for i, text in enumerate(texts)]


def gathered(*texts: str, holders: list[str] | None = None) -> list[list[str]]:
    found = offices(*texts)
    held = [{holder} if holder else set() for holder in holders or [""] * len(texts)]
    return [[found[i].text for i in members] for members in gather_positions(found, held)]


@pytest.mark.parametrize(
    ("wording", "head"),
    [
        ("Kadis Kominfo Kabupaten Sukamaju", "Kepala Dinas"),
        ("Ka. Dinas Kesehatan", "Kepala Dinas"),
        ("Kepala Bagian Umum Setda Sukamaju", "Kepala Bagian"),
        ("Wawako", "Wakil Wali Kota"),
        ("Wakil Walikota Sukasari", "Wakil Wali Kota"),
        ("Wakil Ketua Komisi III DPRD", "Wakil Ketua Komisi III"),
        ("Menkeu", "Menteri"),
        ("Plt.Sekda Sukamaju", "Sekretaris Daerah"),
        ("GubernurSukamaju", "Gubernur"),
        ("Kepala Kepolisian Resor Sukamaju", "Kapolres"),
        ("sutradara film", "Sutradara"),
    ],
)
def test_head_has_one_form(wording: str, head: str) -> None:
    assert read_position(wording).head == head


@pytest.mark.parametrize(
    "wording", ["Pj Bupati X", "Plt. Kepala Dinas", "Penjabat (Pj) Gubernur X", "Plh Sekda"]
)
def test_stand_in_is_acting(wording: str) -> None:
    assert read_position(wording).acting


def test_procurement_officer_is_not_acting() -> None:
    assert not read_position("Pejabat Pembuat Komitmen").acting


def test_short_form_joins_the_fuller_office() -> None:
    assert gathered("Bupati Sukamaju", "Camat", "Bupati") == [["Bupati Sukamaju", "Bupati"], ["Camat"]]


def test_abbreviation_joins_the_office_written_out() -> None:
    assert len(gathered("Kepala Dinas Komunikasi dan Informatika Sukamaju", "Kadis Kominfo")) == 1
    assert len(gathered("Kepala Badan Pusat Statistik Sukamaju", "Kepala BPS")) == 1


def test_offices_of_two_areas_stay_apart() -> None:
    assert gathered("Bupati Sukamaju", "Bupati Sukasari") == [["Bupati Sukamaju"], ["Bupati Sukasari"]]


def test_deputy_is_another_office() -> None:
    assert len(gathered("Bupati Sukamaju", "Wakil Bupati Sukamaju")) == 2


def test_short_form_follows_its_holder() -> None:
    groups = gathered("Camat Sukasari", "Camat Sukamaju", "Camat", holders=["p1", "p2", "p1"])
    assert groups == [["Camat Sukasari", "Camat"], ["Camat Sukamaju"]]


def test_fullest_wording_prefers_the_office_over_a_byname() -> None:
    assert fullest(offices("Kepala Negara", "Presiden")).text == "Presiden"


@pytest.mark.parametrize(
    ("mention", "trimmed"),
    [
        ("mantan Bupati", "Bupati"),
        ("bakal calon Bupati X", "Bupati X"),
        ("calon legislatif", "calon legislatif"),
    ],
)
def test_status_word_is_no_part_of_the_office(mention: str, trimmed: str) -> None:
    found = trim_position(Mention(5, 5 + len(mention), mention, "POS", 1.0))
    assert (found.text, found.end - found.start) == (trimmed, len(trimmed))


def test_record_links_the_institution_and_place_inside() -> None:
    found = offices("Kepala Dinas Kesehatan Sukamaju", "Kadis Kesehatan")
    institutions = [{"id": "i1", "spans": [{"start": 7, "end": 31}]}]
    places = [
        {"id": "l1", "spans": [{"start": 23, "end": 31}]},
        {"id": "l2", "spans": [{"start": 50, "end": 58}]},
    ]
    (position,) = link_positions(found, [(), ()], institutions, places)
    assert position["name"] == "Kepala Dinas Kesehatan Sukamaju"
    assert (position["head"], position["acting"]) == ("Kepala Dinas", False)
    assert (position["institution"], position["place"]) == ("i1", "l1")


def test_institution_named_elsewhere_is_found_in_the_wording() -> None:
    institutions = [
        {"id": "i1", "spans": [{"start": 200, "end": 204, "text": "DPRD"}]},
        {"id": "i2", "spans": [{"start": 300, "end": 313, "text": "DPRD Sukamaju"}]},
    ]
    (position,) = link_positions(offices("Ketua DPRD  Sukamaju"), [()], institutions)
    assert position["institution"] == "i2"


def test_cover_needs_every_telling_word() -> None:
    assert covers(("jawa", "tengah"), ("jateng",))
    assert not covers(("jawa", "tengah"), ("jawa", "timur"))


WORDING = st.lists(
    st.sampled_from(
        ["Bupati", "Plt", "Kepala", "Dinas", "Wakil", "X", "Sukamaju", "mantan", "(Pj)", "III", "/", "calon"]
    ),
    min_size=1,
    max_size=7,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDING, max_size=8))
def test_every_mention_belongs_to_exactly_one_office(texts: list[str]) -> None:
    found = offices(*texts)
    assert sorted(i for members in gather_positions(found, [()] * len(found)) for i in members) == list(
        range(len(found))
    )


def test_short_form_stays_apart_where_more_offices_are_named_than_in_any_article() -> None:
    many = [f"Kepala Dinas {chr(97 + i % 26) * 3}{chr(97 + i // 26) * 3}" for i in range(401)]
    assert gather_positions(offices(*many, "Kepala Dinas"), [()] * 402)[-1] == [401]
    assert [2] not in gather_positions(offices(*many[:2], "Kepala Dinas"), [()] * 3)
