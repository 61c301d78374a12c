"""An acronym in brackets spells out the institution before it."""

from beritaie.linking.acronyms import with_expansions
from beritaie.linking.mention import Mention


def institutions(text: str, *given: str) -> list[str]:
    found = [Mention(text.index(name), text.index(name) + len(name), name, "ORG", 0.9) for name in given]
    return [mention.text for mention in with_expansions(text, found)]


def test_the_words_before_an_acronym_are_the_institution():
    text = "Hadir Tim Koordinasi Adat Sabu (TKAS) dan warga."
    assert institutions(text, "TKAS") == ["Tim Koordinasi Adat Sabu", "TKAS"]


def test_small_joining_words_are_free():
    text = "Kantor Dinas Pertanian dan Pangan (DPP) ditutup."
    assert institutions(text, "DPP") == ["Dinas Pertanian dan Pangan", "DPP"]


def test_a_mention_cut_short_gives_way_to_the_whole():
    text = "Hadir Komite Percepatan Pembangunan Sabu (KPPS) kemarin."
    assert institutions(text, "Komite Percepatan", "KPPS") == ["Komite Percepatan Pembangunan Sabu", "KPPS"]


def test_letters_must_fit():
    text = "Hadir Tim Koordinasi Adat Sabu (XYZ) dan warga."
    assert institutions(text, "XYZ") == ["XYZ"]


def test_what_does_not_open_like_an_institution_is_left():
    text = "Mereka belum menerima Surat Keterangan Lulus (SKL) kemarin."
    assert institutions(text, "SKL") == ["SKL"]


def test_an_acronym_that_is_no_institution_tells_nothing():
    assert institutions("Hadir Tim Koordinasi Adat Sabu (TKAS) dan warga.") == []
