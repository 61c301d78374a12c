"""The large network that scores each token for the mention tags: a fine-tuned encoder in 8 bits, run by onnxruntime.

The same call as ``beritaie.language.network.Network``, ten times the work: articles are cut into overlapping
windows of tokens, each token into pieces, and the scores of a token's first piece count.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from beritaie.errors import ModelNotFound
from beritaie.language.network import Array

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3  # pieces that every vocabulary starts with
WINDOW = 160  # tokens a window, as in training
_OVERLAP = 40  # tokens that two windows share; each scores its half of them
_PIECES = 400  # pieces a window at the most; the encoder has 512 positions
PIECES_A_WORD = 12  # of a longer word (an address, a run of digits) the first ones tell enough
_REMEMBERED = 200_000  # words


class _Window(NamedTuple):
    pieces: list[int]
    starts: list[int]  # place of the first piece of each token whose scores count


class Encoder:
    """Scores for the tokens of a batch of articles.

    ``model`` is an ONNX graph from ``pieces`` and ``mask`` to ``scores``, ``vocabulary`` the tokenizer's JSON.
    Raises ModelNotFound where onnxruntime or tokenizers is not installed.
    """

    def __init__(self, model: bytes, vocabulary: bytes) -> None:
        try:
            from onnxruntime import InferenceSession, SessionOptions
            from tokenizers import Tokenizer
        except ModuleNotFoundError as error:
            raise ModelNotFound(f'the accurate profile needs {error.name}: pip install "beritaie[accurate]"') from error
        options = SessionOptions()
        options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "0"))  # 0: all cores
        self.model, self.vocabulary = model, vocabulary
        self._session = InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_buffer(vocabulary)
        self._pieces_of: dict[str, list[int]] = {}

    def __call__(self, articles: Sequence[Sequence[str]]) -> Array:
        """Scores of all articles' tokens, stacked: (tokens, tags of all layers)."""
        scores: list[Array] = []
        for words in articles:
            for window in _windows(self._pieces(words)):
                # one at a time: in 8 bits the windows of a batch would change each other's scores
                pieces = np.array([window.pieces], dtype=np.int64)
                (found,) = self._session.run(["scores"], {"pieces": pieces, "mask": np.ones_like(pieces)})
                scores.append(found[0, window.starts])
        return np.concatenate(scores)

    def _pieces(self, words: Sequence[str]) -> list[list[int]]:
        new = [word for word in dict.fromkeys(words) if word not in self._pieces_of]
        if len(self._pieces_of) + len(new) > _REMEMBERED:
            self._pieces_of.clear()
            new = list(dict.fromkeys(words))
        encodings = self._tokenizer.encode_batch(new, add_special_tokens=False)
        for word, encoding in zip(new, encodings, strict=True):
            self._pieces_of[word] = encoding.ids[:PIECES_A_WORD] or [UNKNOWN]
        return [self._pieces_of[word] for word in words]


def _windows(words: Sequence[list[int]]) -> Iterator[_Window]:
    """The windows of one article whose tokens have the pieces ``words``; every token counts in exactly one."""
    begin = wanted_from = 0
    while wanted_from < len(words):
        pieces, starts = [BEGIN], []
        end = begin
        while end < len(words) and end - begin < WINDOW and len(pieces) + len(words[end]) < _PIECES:
            starts.append(len(pieces))
            pieces += words[end]
            end += 1
        overlap = min(_OVERLAP, (end - begin) // 4)
        wanted_to = end if end == len(words) else end - overlap // 2
        yield _Window([*pieces, END], starts[wanted_from - begin : wanted_to - begin])
        wanted_from = wanted_to
        begin = end - overlap

