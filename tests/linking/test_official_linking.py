"""Who holds which office: the tagged sentence, then the pairs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.linking.mention import Mention
from beritaie.linking.officials import pair_mentions
from tagged import parse


def pairs(tagged: str, year: int | None = 2024) -> list[tuple[str, str, str]]:
    """(name, office, status) of the `per` and `pos` tags; `loc` and `org` tags are places and bodies."""
    text, tags = parse(tagged)
    names = [(tag.start, tag.end, tag.text) for tag in tags if tag.tag == "per"]
    offices = [Mention(tag.start, tag.end, tag.text, "POS", 1.0) for tag in tags if tag.tag == "pos"]
    known = [(tag.start, tag.end) for tag in tags if tag.tag in ("loc", "org")]
    found = pair_mentions(text, names, offices, known, year=year)
    return sorted((names[p.name][2], offices[p.office].text, p.status) for p in found)


@pytest.mark.parametrize(
    "tagged",
    [
        "<pos>Bupati Sukamaju</pos> <per>Anwar</per> hadir.",
        "<pos>Bupati Sukamaju</pos>, <per>Anwar</per>, hadir.",
        "<pos>Bupati Sukamaju</pos>(BSM) <per>Anwar</per> hadir.",
        "<pos>Bupati Sukamaju</pos> setempat, <per>Anwar</per>, hadir.",
        "<pos>Bupati</pos> <loc>Sukamaju</loc> <per>Anwar</per> hadir.",
        "<pos>Bupati Sukamaju</pos> yakni <per>Anwar</per> hadir.",
        "<pos>Bupati Sukamaju</pos> dijabat oleh <per>Anwar</per>.",
        "<per>Anwar</per>, <pos>Bupati Sukamaju</pos>, hadir.",
        "<per>Anwar</per> (<pos>Bupati Sukamaju</pos>) hadir.",
        "<per>Anwar</per> (45), <pos>Bupati Sukamaju</pos>, hadir.",
        "<per>Anwar</per> selaku <pos>Bupati Sukamaju</pos> hadir.",
        "<per>Anwar</per> yang juga <pos>Bupati Sukamaju</pos> hadir.",
        "<per>Anwar</per> yang kini menjabat sebagai <pos>Bupati Sukamaju</pos> hadir.",
        "<per>Anwar</per>, hari ini, resmi dilantik sebagai <pos>Bupati Sukamaju</pos>.",
        "<pos>Bupati Sukamaju</pos>. <per>AKBP Anwar</per> hadir.",
    ],
)
def test_one_holder_of_one_office(tagged: str) -> None:
    ((name, office, status),) = pairs(tagged)
    assert name.endswith("Anwar")
    assert office.startswith("Bupati")
    assert status == "current"


@pytest.mark.parametrize(
    "tagged",
    [
        "<pos>Bupati Sukamaju</pos> bertemu <per>Anwar</per>.",
        "<per>Anwar</per> mewakili <pos>Bupati Sukamaju</pos>.",
        "<pos>Bupati Sukamaju</pos> diwakili oleh <per>Anwar</per>.",
        "kata <pos>Bupati Sukamaju</pos>. <per>Anwar</per> setuju.",
        "<pos>Bupati Sukamaju</pos>\n\n<per>Anwar</per> setuju.",
    ],
)
def test_no_holder_is_made_up(tagged: str) -> None:
    assert pairs(tagged) == []


@pytest.mark.parametrize(
    ("tagged", "status"),
    [
        ("mantan <pos>Bupati X</pos> <per>Anwar</per>", "former"),
        ("Eks <pos>Bupati X</pos>, <per>Anwar</per>,", "former"),
        ("<per>Anwar</per> pernah menjabat <pos>Bupati X</pos>", "former"),
        ("<per>Anwar</per>, <pos>Bupati X</pos> periode 2013-2018, hadir", "former"),
        ("bakal calon <pos>Bupati X</pos> <per>Anwar</per>", "candidate"),
        ("<pos>Capres</pos> <per>Anwar</per>", "candidate"),
        ("<per>Anwar</per> maju sebagai <pos>Bupati X</pos>", "candidate"),
        ("<pos>Bupati X</pos> terpilih <per>Anwar</per>", "elect"),
        ("<pos>Pj Bupati X</pos> <per>Anwar</per>", "acting"),
        ("<per>Anwar</per>, <pos>Bupati X</pos> periode 2020-2030, hadir", "current"),
    ],
)
def test_status_is_read_from_the_words_around(tagged: str, status: str) -> None:
    assert pairs(tagged) == [("Anwar", tagged[tagged.index("<pos>") + 5 : tagged.index("</pos>")], status)]


def test_list_of_guests_keeps_each_with_the_office_before() -> None:
    tagged = (
        "Hadir <pos>Kapolres X</pos> <per>AKBP Darma</per>, <pos>Dandim Y</pos> <per>Letkol Joni</per>, "
        "<pos>Camat</pos>, dan <pos>Sekda</pos> <per>Hasan</per>."
    )
    assert [pair[:2] for pair in pairs(tagged)] == [
        ("AKBP Darma", "Kapolres X"),
        ("Hasan", "Sekda"),
        ("Letkol Joni", "Dandim Y"),
    ]


def test_list_that_starts_with_a_name_keeps_each_with_the_office_behind() -> None:
    tagged = "Hadir <per>Darma</per>, <pos>Kapolres X</pos>, dan <per>Joni</per>, <pos>Dandim Y</pos>."
    assert [pair[:2] for pair in pairs(tagged)] == [("Darma", "Kapolres X"), ("Joni", "Dandim Y")]


def test_message_through_another_officer() -> None:
    tagged = "<pos>Bupati X</pos>, <per>Anwar</per>, melalui <pos>Kabag Umum</pos>, <per>Siti</per>, hadir."
    assert [pair[:2] for pair in pairs(tagged)] == [("Anwar", "Bupati X"), ("Siti", "Kabag Umum")]


def test_two_offices_of_one_person() -> None:
    tagged = "<pos>Ketua KONI</pos> sekaligus <pos>Wakil Bupati X</pos>, <per>Rusdi</per>, hadir."
    assert [pair[:2] for pair in pairs(tagged)] == [("Rusdi", "Ketua KONI"), ("Rusdi", "Wakil Bupati X")]
    tagged = "<pos>Bupati X</pos> <per>Anwar</per> yang juga <pos>Ketua KONI</pos> hadir."
    assert [pair[:2] for pair in pairs(tagged)] == [("Anwar", "Bupati X"), ("Anwar", "Ketua KONI")]


def test_office_with_its_abbreviation_in_brackets() -> None:
    tagged = "<pos>Menteri Keuangan</pos> (<pos>Menkeu</pos>) <per>Ratna</per> hadir."
    assert pairs(tagged) == [("Ratna", "Menteri Keuangan", "current")]


def test_plural_heads_are_shared_out_with_their_status() -> None:
    tagged = (
        "calon <pos>Bupati</pos> dan <pos>Wakil Bupati X</pos>, <per>Anwar</per> dan <per>Rusdi</per>, hadir."
    )
    assert pairs(tagged) == [("Anwar", "Bupati", "candidate"), ("Rusdi", "Wakil Bupati X", "candidate")]
    tagged = "<per>Anwar</per>-<per>Rusdi</per> jadi <pos>Bupati</pos> dan <pos>Wakil Bupati X</pos>."
    assert pairs(tagged) == [("Anwar", "Bupati", "current"), ("Rusdi", "Wakil Bupati X", "current")]


def test_rival_ticket_stands_for_the_same_offices() -> None:
    tagged = (
        "calon <pos>Bupati</pos> dan <pos>Wakil Bupati X</pos> nomor urut 1 "
        "<per>Anwar</per>-<per>Rusdi</per> unggul dari nomor urut 2 <per>Joni</per>-<per>Malik</per>."
    )
    assert [pair[:2] for pair in pairs(tagged)] == [
        ("Anwar", "Bupati"),
        ("Joni", "Bupati"),
        ("Malik", "Wakil Bupati X"),
        ("Rusdi", "Wakil Bupati X"),
    ]


def test_office_in_the_plural_is_held_by_every_name_of_the_list() -> None:
    tagged = "Para mantan <pos>anggota DPRD</pos>, <per>Anwar</per>, <per>Rusdi</per> dan <per>Joni</per>."
    assert {pair[0] for pair in pairs(tagged)} == {"Anwar", "Rusdi", "Joni"}
    assert {pair[2] for pair in pairs(tagged)} == {"former"}


def test_counsel_is_not_the_client() -> None:
    tagged = "<pos>kuasa hukum</pos> <per>Anwar</per>, <per>Budi</per>, membantah."
    assert pairs(tagged) == [("Budi", "kuasa hukum", "current")]


def test_office_takes_up_the_person_of_the_sentence_before() -> None:
    tagged = "<per>Anwar</per> bertemu <per>Rusdi</per> kemarin. Mantan <pos>Bupati X</pos> itu gembira."
    assert pairs(tagged) == [("Anwar", "Bupati X", "former")]


def test_name_in_a_quotation_is_not_taken_up() -> None:
    said = '"Kami hormati <per>Rusdi</per>," kata <per>Anwar</per> di sini.'
    tagged = f"Berita.\n{said}\nMantan <pos>Bupati X</pos> itu gembira."
    assert pairs(tagged) == [("Anwar", "Bupati X", "former")]


PIECES = st.one_of(
    st.sampled_from(["<per>A B</per>", "<pos>Bupati X</pos>", "<pos>Plt Camat</pos>"]),
    st.sampled_from(
        [", ", " dan ", " (", ") ", " sebagai ", ". ", " itu ", "mantan ", " yang juga ", "-", "\n\n"]
    ),
    st.sampled_from([" 2013-2018 ", '"', "para "]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_pairs_point_at_names_and_offices_that_are_there(tagged: str) -> None:
    text, tags = parse(tagged)
    names = [(tag.start, tag.end, f"p{tag.start}") for tag in tags if tag.tag == "per"]
    offices = [Mention(tag.start, tag.end, tag.text, "POS", 1.0) for tag in tags if tag.tag == "pos"]
    for pair in pair_mentions(text, names, offices):
        assert 0 <= pair.name < len(names)
        assert 0 <= pair.office < len(offices)
        assert 0 < pair.weight <= 1
