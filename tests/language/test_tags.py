"""Tags of two layers and the best well-formed reading of their scores."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.language.tags import INNER, LABELS, OUTER, best_path, encode, read


@st.composite
def spans(draw) -> tuple[int, list[tuple[int, int, str]]]:
    length = draw(st.integers(1, 30))
    found, at = [], 0
    while at < length:
        at += draw(st.integers(0, 4))
        last = at + draw(st.integers(0, 3))
        if last >= length:
            break
        found.append((at, last, draw(st.sampled_from(LABELS))))
        at = last + 1
    return length, found


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(spans(), min_size=1, max_size=5))
def test_spans_come_back_from_their_tags(texts):
    tags = [encode(length, found, OUTER) for length, found in texts]
    scores = np.concatenate([np.eye(len(OUTER), dtype=np.float32)[row] for row in tags]) * 5
    paths = best_path(scores, [length for length, _ in texts], OUTER)
    for path, (_, found) in zip(paths, texts, strict=True):
        probabilities = np.ones((len(path), len(OUTER)), dtype=np.float32)
        assert [(t.first, t.last, t.label) for t in read(path, probabilities, OUTER)] == found


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), lengths=st.lists(st.integers(1, 12), min_size=1, max_size=4))
def test_any_scores_read_as_well_formed_mentions(seed, lengths):
    scores = np.random.default_rng(seed).normal(size=(sum(lengths), len(INNER))).astype(np.float32)
    for path, length in zip(best_path(scores, lengths, INNER), lengths, strict=True):
        mentions = read(path, np.ones((length, len(INNER)), dtype=np.float32), INNER)
        rebuilt = encode(length, [(t.first, t.last, t.label) for t in mentions], INNER)
        assert rebuilt == path.tolist()


def test_a_mention_is_as_sure_as_its_least_sure_token():
    path = np.array(encode(2, [(0, 1, "PER")], OUTER))
    probabilities = np.full((2, len(OUTER)), 0.01, dtype=np.float32)
    probabilities[0, path[0]], probabilities[1, path[1]] = 0.9, 0.6
    assert [round(t.score, 3) for t in read(path, probabilities, OUTER)] == [0.6]
