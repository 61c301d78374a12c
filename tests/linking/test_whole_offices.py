"""Offices are drawn out over the words that belong to them."""

import pytest

from beritaie.language.tokens import split
from beritaie.linking.mention import Mention
from beritaie.linking.whole_offices import with_whole_offices


def offices(text: str, *given: tuple[str, str], score: float = 0.4) -> list[str]:
    found = [Mention(text.index(name), text.index(name) + len(name), name, label, score) for name, label in given]
    return [m.text for m in with_whole_offices(text, list(split(text)), found) if m.label == "POS"]


def test_an_unsure_office_takes_the_capitalised_words_behind_it():
    text = "Menurut Kepala Bagian Kerja Sama Biro Hukum dan Organisasi, acara itu penting bagi warga desa."
    assert offices(text, ("Kepala Bagian Kerja", "POS")) == ["Kepala Bagian Kerja Sama Biro Hukum dan Organisasi"]


def test_a_sure_office_stays_as_it_is():
    text = "Menurut Kepala Bagian Kerja Sama Biro Hukum, acara itu penting bagi warga desa."
    assert offices(text, ("Kepala Bagian Kerja", "POS"), score=0.95) == ["Kepala Bagian Kerja"]


@pytest.mark.parametrize("behind", ["Dewi Lestariani", "Iptu Dewi Lestariani"])
def test_an_office_ends_before_a_person_and_her_titles(behind):
    text = f"Menurut Kapolsek Sabu {behind} acara itu penting bagi warga desa."
    assert offices(text, ("Kapolsek Sabu", "POS"), ("Dewi Lestariani", "PER")) == ["Kapolsek Sabu"]


def test_a_headline_in_capitals_is_left_alone():
    text = "Kapolsek Sabu Tinjau Pasar Baru"
    assert offices(text, ("Kapolsek Sabu", "POS")) == ["Kapolsek Sabu"]


def test_an_institution_inside_the_whole_office_gives_way():
    text = "Menurut Kepala Bagian Biro Hukum, acara itu penting bagi warga desa."
    found = [Mention(8, 21, "Kepala Bagian", "POS", 0.4), Mention(22, 32, "Biro Hukum", "ORG", 0.6)]
    drawn = with_whole_offices(text, list(split(text)), found)
    assert [(m.text, m.label) for m in drawn] == [("Kepala Bagian Biro Hukum", "POS")]


def test_title_words_behind_selaku_are_an_office():
    text = "Sartini Lodo, selaku panitia penyelenggara, menjelaskan tujuan acara."
    assert offices(text) == ["panitia penyelenggara"]
