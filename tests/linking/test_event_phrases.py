"""Phrases that name events: the text, then what names the event in it."""

import pytest

from beritaie.linking.event_phrases import Facts, head_of_word, phrases, same_event, unprefixed
from beritaie.linking.mention import Mention


@pytest.mark.parametrize(
    "forms",
    [
        ("meninjau", "ditinjau", "peninjauan"),
        ("menangkap", "ditangkap", "penangkapan"),
        ("meresmikan", "diresmikan", "peresmian"),
        ("mengukuhkan", "dikukuhkan", "pengukuhan"),
        ("membagikan", "dibagikan", "pembagian"),
        ("menyerahkan", "diserahkan", "penyerahan"),
        ("memantau", "dipantau", "pemantauan"),
        ("mengajar", "diajar", "pengajaran"),
    ],
)
def test_forms_of_a_verb_share_their_root(forms: tuple[str, ...]) -> None:
    assert len({unprefixed(form) for form in forms}) == 1


@pytest.mark.parametrize("word", ["bupati", "kursi", "meja", "dia", "pesan"])
def test_plain_noun_heads_no_event(word: str) -> None:
    assert head_of_word(word) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rapat Koordinasi Pangan 2024", "rapat koordinasi pangan", True),
        ("Focus Group Discussion", "FGD", True),
        ("Vaksinasi Serentak Sukarame", "vaksinasi", True),
        ("Rapat Koordinasi Pangan", "Rapat Paripurna Dewan", False),
        ("Kebakaran", "Banjir", False),
        ("", "Banjir", False),
    ],
)
def test_same_event(one: str, other: str, same: bool) -> None:
    text = f"{one} | {other}"
    assert same_event(text, (0, len(one)), (len(one) + 3, len(text))) is same


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Upacara Hari Pramuka di Sukarame", ["Upacara Hari Pramuka"]),
        ("Bupati Buka Pelatihan Kopi", ["Buka", "Pelatihan Kopi"]),
        ("Sekda: Lomba Perahu Sukses", ["Lomba Perahu Sukses"]),
    ],
)
def test_name_runs_to_the_next_preposition_verb_or_mark(title: str, names: list[str]) -> None:
    found = phrases(Facts(title, (0, len(title)), ((0, len(title)),)))
    assert [title[slice(*phrase.name)] for phrase in found] == names


def test_lexicon_leaves_the_stretches_of_the_model_alone() -> None:
    title = "Bupati Hadiri Rapat Besar Tani"
    found = phrases(Facts(title, (0, 30), ((0, 30),), mentions=(Mention(14, 30, title[14:], "EVT", 0.8),)))
    assert [(title[slice(*phrase.name)], phrase.score) for phrase in found] == [
        ("Hadiri", 0.0),
        ("Rapat Besar Tani", 0.8),
    ]


def test_longer_name_counts_wherever_it_stands_again() -> None:
    text = "Rapat Besar Tani Dibuka\n\nPeserta rapat besar tani pulang. Rapat besar usai."
    mentions = (Mention(0, 16, text[:16], "EVT", 0.8),)
    named = phrases(Facts(text, (0, 23), ((0, 23), (25, 57), (58, 75)), mentions=mentions))[0]
    assert [text[slice(*span)] for span in named.spans] == ["Rapat Besar Tani", "rapat besar tani"]
