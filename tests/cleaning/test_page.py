"""Whole pages: golden ones in the manner of real ones, offsets that hold for any text, the notebook view."""

import datetime as dt
import itertools
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beritaie.cleaning import Cut, Page, clean
from beritaie.errors import InputError

GOLDEN: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "golden" / "pages.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: golden["name"])
def test_golden_pages_come_out_right(golden: dict[str, Any]) -> None:
    page = clean(golden["raw"], url=golden.get("url"))
    found = {
        "text": page.text,
        "cuts": [[cut.rule, page.raw[cut.start : cut.end].strip()] for cut in page.cuts],
        "title": page.title,
        "published": page.published.isoformat() if page.published else None,
        "outlet": page.outlet,
        "authors": list(page.authors),
        "dateline": page.dateline,
        "language": page.language,
    }
    assert found == golden["page"]


PIECES = st.sampled_from(
    [
        "Bupati Melati hadir. ",
        "Baca juga: Jembatan Selesai ",
        "\n",
        "\r\n",
        "\u2028",
        " ",
        "\u00a0",
        "ADVERTISEMENT",
        "Berita Terkait\n",
        "Penulis: Rina\n",
        "Penulis: Rina",
        'Simak Video "',
        '"',
        "Daftar Isi\n",
        "\x00",
        "\u202e",
        "\u200b",
        "\ufeff",
        "e\u0301",
        "SUKAMAJU – ",
        "Kompas.com - 10/06/2025, 21:23 WIB\n",
        "Halaman 2 dari 2",
        "(*)",
        "(abc/def)",
        "<p>",
        "<br>",
        "<",
        "&nbsp;",
        "😀",
        "Kendari, 28 Agustus 2021\n",
        "28 Agustus 2021 di Kendari\n",
        "Copyright © 2024",
        "[Gambas:Video]",
        "Video: A B C D E F Video: A B C D E F",
        "İ",
        "Judul Berita Pasar\n\n",
    ]
)
TEXTS = st.text(max_size=80) | st.lists(PIECES | st.text(max_size=6), max_size=14).map("".join)


def checked(raw: str | bytes, **known: str) -> Page | None:
    try:
        page = clean(raw, **known)
    except InputError:
        return None
    slices = page.kept
    assert page.text == "".join(page.raw[start:end] for start, end in slices)
    assert all(start < end for start, end in slices)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(slices))
    left = set(range(len(page.raw))) - {at for start, end in slices for at in range(start, end)}
    cut = {at for start, end, _ in page.cuts for at in range(start, end)}
    assert all(page.raw[at].isspace() for at in left - cut)
    assert all(rule for _, _, rule in page.cuts)
    for span in (page.title_span, page.dateline_span):
        assert span is None or 0 <= span[0] < span[1] <= len(page.text)
    if page.dateline_span:
        assert page.text[slice(*page.dateline_span)] == page.dateline
    return page


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("Baca juga: \n\n")
@example("ADVERTISEMENT\n\ufeff")
@example("Judul Berita Pasar\n\n(abc/def)\n(*)\n(*)\n(*)")
def test_any_text_gives_exact_offsets_or_an_input_error(raw: str) -> None:
    page = checked(raw)
    if page and page.raw == raw:
        for at in range(len(page.text)):
            start, end = page.to_raw(at, at + 1)
            assert raw[start:end] == page.text[at]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=120))
def test_any_bytes_give_a_page_or_an_input_error(raw: bytes) -> None:
    checked(raw)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_known_facts_give_a_page_or_an_input_error(
    raw: str, url: str, title: str, published: str
) -> None:
    checked(raw, url=url, title=title)
    checked("Bupati hadir.", published=published)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_golden_pages_keep_their_cuts_in_every_form_of_unicode(form: str, newline: str) -> None:
    for golden in GOLDEN:
        if not golden["raw"].startswith("<"):
            raw = unicodedata.normalize(form, golden["raw"]).replace("\n", newline)
            page = checked(raw)
            assert page is not None
            assert [cut.rule for cut in page.cuts] == [rule for rule, _ in golden["page"]["cuts"]]


def test_invisible_marks_inside_prose_stay_where_they_are() -> None:
    raw = "Bupati\u200b \u202eMelati\u202c hadir\x00 di pasar\u2060 itu."
    assert clean(raw).text == raw


def test_a_range_that_crosses_a_cut_keeps_its_first_part() -> None:
    page = Page(raw="Bupati [iklan]hadir.", kept=((0, 7), (14, 20)), cuts=(Cut(7, 14, "advertisement"),))
    assert page.text == "Bupati hadir."
    assert page.to_raw(0, 13) == (0, 7)
    assert page.to_raw(7, 12) == (14, 19)


def test_the_notebook_view_strikes_out_cuts_and_escapes_everything() -> None:
    page = Page(
        raw="<b>Bupati</b> <i>iklan</i> hadir & senang", kept=((0, 14), (26, 41)), cuts=(Cut(14, 26, 'x"y'),)
    )
    assert page._repr_html_() == (
        '<div style="white-space: pre-wrap">&lt;b&gt;Bupati&lt;/b&gt; '
        '<del title="x&quot;y">&lt;i&gt;iklan&lt;/i&gt;</del> hadir &amp; senang</div>'
    )


def test_a_page_is_frozen() -> None:
    page = clean("Bupati hadir.", published=dt.date(2024, 12, 9))
    with pytest.raises(AttributeError):
        page.title = "lain"  # type: ignore[misc]
