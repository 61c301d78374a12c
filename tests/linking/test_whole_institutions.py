"""Institutions cut at a bracket are made whole, and found wherever they are named again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beritaie.linking.mention import Mention
from beritaie.linking.whole_institutions import with_whole_institutions


def found(text: str, *names: tuple[str, str], score: float = 0.9) -> list[str]:
    """The institutions of a text whose mentions are given as (text, label), each at its first place."""
    kinds = {"LOC": "regency"}
    given = [Mention(text.index(n), text.index(n) + len(n), n, label, score, kinds.get(label)) for n, label in names]
    whole = with_whole_institutions(text, given)
    assert all(text[mention.start : mention.end] == mention.text for mention in whole)
    return [mention.text for mention in whole if mention.label == "ORG"]


@pytest.mark.parametrize(
    ("text", "names", "whole"),
    [
        (
            "Dinas Komunikasi, Informatika, dan Statistik (Diskominfosta) Kota Sukamaju hadir.",
            [("Dinas Komunikasi, Informatika", "ORG"), ("Diskominfosta) Kota Sukamaju", "ORG")],
            ["Dinas Komunikasi, Informatika, dan Statistik (Diskominfosta) Kota Sukamaju"],
        ),
        (
            "Dinas Sosial (Dinsos) Kabupaten Kendal hadir.",
            [("Dinas Sosial", "ORG"), ("Dinsos", "ORG"), ("Kabupaten Kendal", "LOC")],
            ["Dinas Sosial (Dinsos) Kabupaten Kendal"],
        ),
        ("Dinas Sosial (DS) hadir.", [("Dinas Sosial (DS", "ORG")], ["Dinas Sosial", "DS"]),
        ("PT Mawar (persero) untung.", [("PT Mawar (persero", "ORG")], ["PT Mawar (persero)"]),
        ("Satuan Mawar (SM) rapat.", [("Satuan Mawar", "ORG"), ("SM)", "ORG")], ["Satuan Mawar", "SM"]),
        (
            "Gereja Mawar (GM) Kendal.",
            [("Gereja Mawar", "ORG"), ("GM", "ORG"), ("Kendal", "LOC")],
            ["Gereja Mawar", "GM"],
        ),
    ],
)
def test_brackets_do_not_cut_a_name(text: str, names: list[tuple[str, str]], whole: list[str]) -> None:
    assert found(text, *names) == whole


def test_acronym_found_once_is_found_again() -> None:
    assert found("Ketua LPHM hadir. LPHM setuju, warga LPHMX tidak.", ("LPHM", "ORG")) == ["LPHM", "LPHM"]


def test_doubtful_or_everyday_name_is_not_looked_for() -> None:
    assert found("LPHM hadir. LPHM setuju.", ("LPHM", "ORG"), score=0.4) == ["LPHM"]
    assert found("Melati menang. Bunga Melati mekar.", ("Melati", "ORG")) == ["Melati"]


def test_name_inside_another_mention_is_left_alone() -> None:
    text = "BPBD tiba. Kepala BPBD Kendal hadir."
    mentions = [Mention(0, 4, "BPBD", "ORG", 0.9), Mention(11, 29, text[11:29], "POS", 0.9)]
    assert len(with_whole_institutions(text, mentions)) == 2


@given(st.text(alphabet="AB() cd", max_size=60), st.data())
def test_spans_always_fit_the_text(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=8).map(sorted))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    mentions = [Mention(a, b, text[a:b], "ORG", 0.9) for a, b in pairs if text[a:b].strip()]
    assert all(text[m.start : m.end] == m.text for m in with_whole_institutions(text, mentions))
