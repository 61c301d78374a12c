"""Names taken apart and gathered: the mentions, then who is one person."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.linking.mention import Mention
from beritaie.linking.persons import is_nickname, link_persons, name_words, read_name, same_name
from tagged import parse


def groups(tagged: str) -> list[list[str]]:
    """The `per` tags of each person, `pos` tags being offices."""
    text, tags = parse(tagged)
    found = {
        label: [Mention(tag.start, tag.end, tag.text, label.upper(), 1.0) for tag in tags if tag.tag == label]
        for label in ("per", "pos")
    }
    return [[span["text"] for span in p["spans"]] for p in link_persons(text, found["per"], found["pos"])]


@pytest.mark.parametrize(
    ("mention", "name", "honorifics", "degrees"),
    [
        ("dr. H. Anwar Hidayat, M.Si", "Anwar Hidayat", ("dr", "H"), ("M.Si",)),
        ("Prof. Dr. Hj. Siti Rahma, SE., M.M.", "Siti Rahma", ("Prof", "Dr", "Hj"), ("SE.", "M.M.")),
        ("H.Burhan,SP", "Burhan", ("H",), ("SP",)),
        ("Letkol Inf Joni Malik S.I.P", "Joni Malik", ("Letkol", "Inf"), ("S.I.P",)),
        ("Brigjen TNI (Purn) Darma Putra", "Darma Putra", ("Brigjen", "TNI", "Purn"), ()),
        ("Drs Kusno Wiryo M.Si", "Kusno Wiryo", ("Drs",), ("M.Si",)),
        ("Pak Rahmat", "Rahmat", ("Pak",), ()),
        ("Gus Mul", "Gus Mul", (), ()),
        ("Gus Mulyadi Hasan", "Mulyadi Hasan", ("Gus",), ()),
        ("Budi M. Wee", "Budi M. Wee", (), ()),
        ("H", "H", (), ()),
    ],
)
def test_name_is_taken_apart(
    mention: str, name: str, honorifics: tuple[str, ...], degrees: tuple[str, ...]
) -> None:
    read = read_name(mention)
    assert mention[read.start : read.end] == name
    assert read.honorifics == honorifics
    assert read.degrees == degrees


def test_full_name_titles_and_first_name_are_one_person() -> None:
    tagged = (
        "<per>dr. H. Anwar Hidayat, MSc</per> dan <per>Anwar</per>, "
        "<per>ANWAR HIDAYAT</per>, <per>Pak Anwar</per>"
    )
    assert groups(tagged) == [["dr. H. Anwar Hidayat, MSc", "Anwar", "ANWAR HIDAYAT", "Pak Anwar"]]


def test_two_people_sharing_a_part_stay_apart() -> None:
    assert groups("<per>Budi Santosa</per> bertemu <per>Budi Wijaya</per>") == [
        ["Budi Santosa"],
        ["Budi Wijaya"],
    ]


def test_shared_short_name_means_the_one_last_spoken_of() -> None:
    tagged = "<per>Budi Santosa</per>. <per>Budi</per>. <per>Budi Wijaya</per>. <per>Budi</per>."
    assert groups(tagged) == [["Budi Santosa", "Budi"], ["Budi Wijaya", "Budi"]]


def test_spouse_bearing_the_name_is_another_person() -> None:
    tagged = (
        "<pos>Bupati</pos> <per>Hidayat</per> hadir. <per>Hidayat</per> senang. <per>Hidayat</per> pulang. "
        "<pos>Ketua PKK</pos> <per>Rina Wulan Hidayat</per> ikut."
    )
    assert groups(tagged) == [["Hidayat", "Hidayat", "Hidayat"], ["Rina Wulan Hidayat"]]


@pytest.mark.parametrize(
    "tagged",
    [
        "<per>Anwar Hidayat</per> yang akrab disapa <per>Wawan</per>",
        "<per>Anwar Hidayat</per> alias <per>Wawan</per>",
        "<per>Anwar Hidayat</per> (<per>Wawan</per>)",
        "<per>Anwar Hidayat</per> atau <per>Cak Wawan</per>",
        "<per>Wawan</per>, sapaan akrab <pos>Bupati Sukamaju</pos> <per>Anwar Hidayat</per>",
        "<per>Anwar Hidayat</per> hadir. Pria yang akrab disapa <per>Wawan</per> itu gembira.",
        "<per>Anwar Hidayat</per> hadir. <per>Wawan</per>, sapaan akrabnya, gembira.",
    ],
)
def test_nickname_that_the_text_explains(tagged: str) -> None:
    assert len(groups(tagged)) == 1


def test_choice_between_two_is_no_nickname() -> None:
    assert len(groups("memilih <per>Anwar Hidayat</per> atau <per>Rusdi</per>")) == 2


@pytest.mark.parametrize(
    ("nick", "name"),
    [
        ("bamsas", "Bambang Sasongko"),
        ("rifqi", "Rifqinizar Karya"),
        ("jokowi", "Joko Widodo"),
    ],
)
def test_nickname_is_seen_in_the_name(nick: str, name: str) -> None:
    assert is_nickname((nick,), name_words(name), capitals=False)


def test_initials_in_capitals_are_a_nickname() -> None:
    assert is_nickname(("hnk",), name_words("Hasan Nur Karim"), capitals=True)
    assert not is_nickname(("hnk",), name_words("Hasan Nur Karim"), capitals=False)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Muhammad Rusdi", "Moh. Rusdi", True),
        ("Bambang Prakoso", "Bambang Prakosa", True),
        ("Ahmad Fauzi", "Ahmad Fauzan", False),
        ("Siti A Rahma", "Siti Rahma", True),
        ("A", "Anwar Hidayat", False),
    ],
)
def test_spelling_of_one_name(left: str, right: str, same: bool) -> None:
    assert same_name(name_words(left), name_words(right)) is same


def test_record_keeps_titles_and_the_fullest_name() -> None:
    text = "Rahma tiba. dr. Siti Rahma, M.Kes pulang."
    found = [Mention(0, 5, "Rahma", "PER", 0.5), Mention(12, 33, text[12:33], "PER", 1.0)]
    (person,) = link_persons(text, found)
    assert person == {
        "id": "p1",
        "name": "Siti Rahma",
        "honorifics": ["dr"],
        "degrees": ["M.Kes"],
        "spans": [
            {"start": 0, "end": 5, "text": "Rahma"},
            {"start": 12, "end": 33, "text": "dr. Siti Rahma, M.Kes"},
        ],
        "score": 0.75,
    }


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet="abHdrSM ., ()-'\n", min_size=1, max_size=25), max_size=8))
def test_every_mention_belongs_to_exactly_one_person(texts: list[str]) -> None:
    found, at = [], 0
    for text in texts:
        found.append(Mention(at, at + len(text), text, "PER", 0.5))
        at += len(text) + 2
    persons = link_persons("  ".join(texts), found)
    spans = [(span["start"], span["end"]) for person in persons for span in person["spans"]]
    assert sorted(spans) == sorted((m.start, m.end) for m in found if m.text.strip())
    assert all(any(person["name"] in span["text"] for span in person["spans"]) for person in persons)
    json.dumps(persons)
