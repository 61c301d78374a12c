"""Lemma rules: learnt from one word, used on others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beritaie.training.lemma_scripts import apply_script, script


@pytest.mark.parametrize(
    ("word", "lemma", "other", "its_lemma"),
    [
        ("mengambil", "ambil", "mengantar", "antar"),
        ("menurut", "turut", "menari", "tari"),  # the swallowed consonant comes back
        ("pembangunan", "bangun", "pembaruan", "baru"),
        ("Diberikan", "beri", "Dikatakan", "kata"),
    ],
)
def test_a_rule_serves_other_words_of_the_same_build(word, lemma, other, its_lemma):
    assert apply_script(other, script(word, lemma)) == its_lemma


def test_a_word_too_short_for_the_rule_stays():
    assert apply_script("di", script("mengambil", "ambil")) == "di"


@given(st.text("abkdnmg", min_size=1, max_size=12), st.text("abkdnmg", min_size=1, max_size=12))
def test_a_rule_gives_back_the_lemma_it_was_made_from(word, lemma):
    if set(word) & set(lemma):
        assert apply_script(word, script(word, lemma)) == lemma
