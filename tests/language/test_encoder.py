"""How articles are cut into windows for the large network, and what happens where nothing can run it."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie import ModelNotFound
from beritaie.language import encoder
from beritaie.language.encoder import Encoder


@settings(max_examples=60)
@given(st.lists(st.integers(1, encoder.PIECES_A_WORD), max_size=700))
def test_every_token_counts_in_exactly_one_window_that_fits(lengths):
    words = [[100 + i] * length for i, length in enumerate(lengths)]
    counted: list[int] = []
    for window in encoder._windows(words):
        assert len(window.pieces) <= 512
        counted += (window.pieces[start] for start in window.starts)
    assert counted == [100 + i for i in range(len(words))]


def test_a_token_inside_an_article_sees_words_on_both_sides():
    windows = list(encoder._windows([[7]] * 1000))
    assert all(window.starts[0] >= 10 for window in windows[1:])
    assert all(len(window.pieces) - window.starts[-1] >= 10 for window in windows[:-1])


def test_without_onnxruntime_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelNotFound, match=r'pip install "beritaie\[accurate\]"'):
        Encoder(b"", b"")
