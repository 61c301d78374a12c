"""Texts and pages made to hurt: offsets stay exact in every form of Unicode, and bombs end in a clear failure."""

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.cleaning import Page, clean
from beritaie.errors import InputError

LINES = (
    "Bupati Melati Meresmikan Pasar",
    "SUKAMAJU – Bupati Melati meresmikan pasar baru di hadapan ratusan warga.",
    "Baca juga: Jembatan Melati Selesai Dibangun",
    "ADVERTISEMENT",
    "Harga beras\u00a0turun, kata pedagang.",
    "Café Melati penuh se\u0301jak pagi.",
    "Penulis: Rina Wati",
    "['Bupati hadir.', 'Warga senang.']",
    "&nbsp;",
    "<p>Warga datang</p>",
)
MARKS = ("\u200b", "\u200d", "\u202e", "\u2066", "\u2069", "\x00", "\ufeff", "\u00ad", "\u0301", "😀", "İ")


def assert_exact(page: Page) -> None:
    assert page.text == "".join(page.raw[start:end] for start, end in page.kept)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(page.kept))
    assert all(before.end <= after.start for before, after in itertools.pairwise(page.cuts))
    for at in range(len(page.text)):
        start, end = page.to_raw(at, at + 1)
        assert page.raw[start:end] == page.text[at]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(MARKS), st.integers(0, 40)), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n", "\r", "\u2028", " "]),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
def test_marks_and_line_breaks_of_every_sort_leave_offsets_exact(
    pieces: list[tuple[str, str, int]], newline: str, form: str
) -> None:
    raw = newline.join(line[:at] + mark + line[at:] for line, mark, at in pieces)
    raw = unicodedata.normalize(form, raw)
    try:
        page = clean(raw)
    except InputError:
        return
    assert_exact(page)
    if "<p>" not in raw and "</p>" not in raw:  # one tag makes it HTML, whose raw text is the text in it
        assert page.raw == raw


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=60),
    st.sampled_from([b"<p>", b"<html><body>", b"['", b"&nbsp;", b"\xff\xfe", b"\xed\xa0\x80", b""]),
)
def test_any_bytes_behind_any_start_give_a_page_or_an_input_error(tail: bytes, start: bytes) -> None:
    try:
        page = clean(start + tail)
    except InputError:
        return
    assert_exact(page)


def test_ten_megabytes_of_one_line_are_refused_by_their_length() -> None:
    with pytest.raises(InputError, match="too long"):
        clean("Bupati Melati hadir di pasar. " * 350_000)


def test_a_line_as_long_as_may_be_is_read_whole() -> None:
    raw = ("Bupati Melati hadir di pasar. " * 66_000).strip()
    assert clean(raw).kept == ((0, len(raw)),)


@pytest.mark.parametrize(
    "bomb",
    [
        "<html><body>" + ("<table><tr><td>" * 80 + "<a>x</a>" * 400 + "</td></tr></table>" * 80) * 60,
        "<html><body>" + ("<ul><li>" * 120 + "<a>x</a>" + "</li></ul>" * 120) * 150,
        "<html><body><p>" + "&amp;" * 3_000_000,
        "<p>" + "<a href=" * 1_000_000,
    ],
    ids=["tables in tables", "lists in lists", "entities", "tags that never end"],
)
def test_pages_that_would_take_long_are_refused(bomb: str) -> None:
    with pytest.raises(InputError, match=r"nested deeper|too long"):
        clean(bomb)


@pytest.mark.parametrize(
    ("bomb", "text"),
    [
        ("<html><body><p class='" + "a " * 500_000 + "'>Bupati hadir.</p>", "Bupati hadir."),
        ("<html><body><p>Bupati hadir.</p>" + "<!-- x -->" * 50_000, "Bupati hadir."),
    ],
    ids=["a giant attribute", "comments"],
)
def test_what_only_swells_a_page_does_not_reach_its_text(bomb: str, text: str) -> None:
    assert clean(bomb).text == text
