"""Institutions: which names mean the same body, of what kind it is and where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.linking.institutions import Institution, NamedPlace, group_institutions
from beritaie.linking.mention import Mention
from beritaie.linking.places import resolve_places
from tagged import parse


def group(tagged: str) -> list[Institution]:
    """The institutions of a sentence whose names are tagged `<org>` and places `<loc>`."""
    text, expected = parse(tagged)
    found = {
        tag: [Mention(e.start, e.end, e.text, tag, 1.0) for e in expected if e.tag == tag]
        for tag in ("org", "loc")
    }
    places = [
        NamedPlace(m.start, m.end, f"l{i}", place.kind, m.text, place.area.code if place.area else None)
        for i, place in enumerate(resolve_places(found["loc"], text), 1)
        for m in place.mentions
    ]
    return group_institutions(found["org"], places, text)


def names(tagged: str) -> list[list[str]]:
    return [[mention.text for mention in body.mentions] for body in group(tagged)]


@pytest.mark.parametrize(
    "tagged",
    [
        "<org>Tim Koordinasi Kerja Sama Daerah</org> (<org>TKKSD</org>) bertemu.",
        "<org>Pemkab <loc>Kendal</loc></org>, yakni <org>Pemerintah <loc>Kabupaten Kendal</loc></org>, .",
        "<org>Pemerintah Provinsi (Pemprov) <loc>Bali</loc></org> dan <org>Pemprov <loc>Bali</loc></org> .",
        "<org>Polres <loc>Kendal</loc></org> atau <org>Kepolisian Resor <loc>Kendal</loc></org> hadir.",
        "<org>Komisi Pemberantasan Korupsi</org> menahan; <org>KPK</org> menyita.",
        "<org>Diskominfo <loc>Wonosobo</loc></org>, <org>Dinas Kominfo <loc>Wonosobo</loc></org>, hadir.",
        "<org>Kementerian Sosial RI</org> menyalurkan, kata <org>Kemensos</org>.",
        "<org>PT Melati Abadi Tbk</org> untung; <org>Melati Abadi</org> membagi dividen.",
        "<org>Partai Golkar</org> menang; <org>Golkar</org> bersyukur.",
        "<org>Paguyuban Petani Mawar Sejahtera</org> panen. <org>PPMS</org> bersyukur.",
        "<org>Koperasi Bunga Lintas Nusa</org> bangkrut; <org>Koperasi BLN</org> digugat.",
        "<org>SMA Negeri 4</org> juara; <org>SMAN 4</org> senang.",
        "<org>Senat <loc>Amerika Serikat</loc></org> bersidang; <org>Senat <loc>AS</loc></org> sepakat.",
    ],
)
def test_two_names_of_one_body_are_one_institution(tagged: str) -> None:
    assert len(names(tagged)) == 1


@pytest.mark.parametrize(
    "tagged",
    [
        "<org>Pemkab <loc>Wonosobo</loc></org> dan <org>Pemkab <loc>Kendal</loc></org> sepakat.",
        "<org>Pemkab</org> dan <org>Pemprov</org> sepakat.",
        "<org>Pemkot <loc>Bandung</loc></org> dan <org>Pemkab <loc>Bandung</loc></org> sepakat.",
        "<org>SMAN 4</org> melawan <org>SMAN 5</org>.",
        "<org>Kementerian Agama</org> dan <org>Kemenag <loc>Depok</loc></org> sepakat.",
        "<org>Partai Golkar</org> dan <org>Golkar <loc>Jawa Timur</loc></org> sepakat.",
        "<org>Universitas Indonesia</org> dan <org>Universitas Indonesia Maju</org> sepakat.",
        "<org>Garda Mawar</org> (<org>Persatuan</org>) hadir.",
    ],
)
def test_different_bodies_stay_apart(tagged: str) -> None:
    assert len(names(tagged)) == 2


def test_bare_name_inherits_the_only_area_of_the_article() -> None:
    tagged = (
        "<org>Polres <loc>Kendal</loc></org> datang. <org>Polres <loc>Wonosobo</loc></org> pergi."
        " Kata <org>Polres</org>, situasi aman."
    )
    assert names(tagged) == [["Polres Kendal"], ["Polres Wonosobo", "Polres"]]


def test_name_is_the_fullest_and_the_acronym_beside_it() -> None:
    [body] = group("Kata <org>KPAI</org>, <org>Komisi Perlindungan Anak Indonesia</org> mendampingi.")
    assert (body.name, body.acronym, body.kind) == (
        "Komisi Perlindungan Anak Indonesia",
        "KPAI",
        "commission",
    )


def test_acronym_inside_the_name_is_taken() -> None:
    [body] = group("<org>Badan Penanggulangan Bencana Daerah (BPBD) <loc>Kabupaten Kendal</loc></org> siaga.")
    assert (body.acronym, body.kind, body.place) == ("BPBD", "agency", "l1")


def test_body_without_an_area_takes_that_of_the_article() -> None:
    [body] = group("Di <loc>Kabupaten Kendal</loc>, <org>DPRD</org> bersidang.")
    assert (body.place, body.kind) == ("l1", "council")


def test_national_body_takes_no_area_of_the_article() -> None:
    [body] = group("Di <loc>Kabupaten Kendal</loc>, <org>Kementerian Agama</org> membuka acara.")
    assert body.place is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Pemkab Melati", "government"),
        ("Kementerian Kebun", "ministry"),
        ("Dinas Taman", "agency"),
        ("DPRD Melati", "council"),
        ("Bawaslu", "commission"),
        ("Pengadilan Negeri Melati", "court"),
        ("Kejari Melati", "prosecution"),
        ("Polsek Melati", "police"),
        ("Kodim 0999", "military"),
        ("Partai Melati", "party"),
        ("PT Melati", "company"),
        ("Universitas Melati", "school"),
        ("RSUD Melati", "hospital"),
        ("Melati.com", "media"),
        ("PSSI", "sports"),
        ("MUI", "religious"),
        ("Paguyuban Melati", "association"),
        ("PBB", "international"),
        ("Melati", None),
    ],
)
def test_head_of_the_name_gives_the_kind(name: str, kind: str | None) -> None:
    [body] = group_institutions([Mention(0, len(name), name, "ORG", 1.0)], [], name)
    assert body.kind == kind


_PIECES = st.sampled_from(
    ["Pemkab ", "Dinas ", "KPK", "(", ")", "PT ", "Melati ", "RI", "B2", ".", " dan ", "\n", "DPRD "]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=15), st.data())
def test_every_mention_comes_back_in_exactly_one_institution(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    cut = st.integers(0, len(text))
    ranges = data.draw(st.lists(st.tuples(cut, cut).filter(lambda r: r[0] < r[1]), max_size=6, unique=True))
    given_mentions = [Mention(a, b, text[a:b], "ORG", 0.5) for a, b in ranges]
    back = [mention for body in group_institutions(given_mentions, [], text) for mention in body.mentions]
    assert sorted(back) == sorted(given_mentions)
