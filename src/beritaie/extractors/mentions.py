"""Finds the names in an article with the trained network: persons, positions, institutions, places, event phrases."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from beritaie.extractors._store import store_mentions
from beritaie.language.encoder import Encoder
from beritaie.language.network import Array, Network
from beritaie.language.tags import INNER, KINDS, LABELS, OUTER, best_path, blend, read, softmax
from beritaie.linking.mention import Mention

_WEIGHTS = "weights.npz"
# slope and shift of the log odds for each label: a score as the network gives it
AS_IT_IS: Array = np.tile(np.array([1.0, 0.0], dtype=np.float32), (len(LABELS), 1))
_OTHERS = {"calibration", "encoder", "pieces", "share"}  # all other names are weights of the small network


@Language.factory("beritaie_mentions", assigns=["doc.spans", "doc.ents"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_mentions")``; finds nothing before weights are loaded."""
    return Mentions(nlp.vocab)


class Mentions:
    """Sets ``doc.spans["mentions"]`` (outermost mentions and the places nested in them) and ``doc.ents``.

    One network scores the tokens, or the mean of two: the small one in numpy and, in the accurate profile, a
    fine-tuned encoder. A mention's ``score`` is the share of such mentions that are right in annotated articles.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._network: Network | None = None
        self._encoder: Encoder | None = None
        self._share = 0.0  # of the encoder in the mean
        self._calibration = AS_IT_IS

    def use(self, weights: Mapping[str, Array]) -> None:
        """Take trained weights: the small network's (by the names of ``beritaie.training.student.Student``),
        ``calibration`` (labels, 2), and the encoder's ``encoder`` and ``pieces`` (bytes) with its ``share``.

        What is not among them stays as it is. Raises ModelNotFound if there is an encoder and nothing to run it.
        """
        network = {name: array for name, array in weights.items() if name not in _OTHERS}
        if network:
            self._network = Network(network, self._vocab.vectors.get_batch)
        if "calibration" in weights:
            self._calibration = weights["calibration"].astype(np.float32)
        if "encoder" in weights:
            self._encoder = Encoder(weights["encoder"].tobytes(), weights["pieces"].tobytes())
            self._share = float(weights["share"])

    def _scores(self, words: list[list[str]]) -> Array:
        """Scores of the stacked tokens, all layers side by side."""
        assert self._network is not None
        scores = self._network(words)
        if self._encoder is None:
            return scores
        return blend([scores, self._encoder(words)], [1 - self._share, self._share])

    def _calibrated(self, label: str, probability: float) -> float:
        slope, shift = self._calibration[LABELS.index(label)]
        within = min(max(probability, 1e-6), 1 - 1e-6)
        return float(1 / (1 + np.exp(-slope * np.log(within / (1 - within)) - shift)))

    def predict(self, docs: list[Doc]) -> list[list[Mention]]:
        """The mentions of each Doc, in no particular order."""
        if self._network is None:
            return [[] for _ in docs]
        # line breaks are words to the network, other blanks are not
        kept = [[t for t in doc if not t.is_space or "\n" in t.text] for doc in docs]
        words = [["\n" if t.is_space else t.text for t in tokens] for tokens in kept]
        filled = [i for i, tokens in enumerate(words) if tokens]
        found: list[list[Mention]] = [[] for _ in docs]
        if not filled:
            return found
        lengths = [len(words[i]) for i in filled]
        scores = self._scores([words[i] for i in filled])
        outer, inner, kinds = np.split(scores, [len(OUTER), len(OUTER) + len(INNER)], axis=1)
        at = 0
        rows = zip(filled, lengths, best_path(outer, lengths, OUTER), best_path(inner, lengths, INNER), strict=True)
        for i, length, outer_path, inner_path in rows:
            stretch = slice(at, at + length)
            at += length
            text = docs[i].text
            tagged = read(outer_path, softmax(outer[stretch]), OUTER)
            tagged += read(inner_path, softmax(inner[stretch]), INNER)
            for first, last, label, score in tagged:
                start, end = kept[i][first].idx, kept[i][last].idx + len(kept[i][last])
                kind = None
                if label == "LOC":
                    kind = KINDS[int(kinds[stretch][first : last + 1].mean(axis=0).argmax())]
                sure = round(self._calibrated(label, score), 4)
                found[i].append(Mention(start, end, text[start:end], label, sure, kind))
        return found

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Find the mentions of many Docs, ``batch_size`` at a time."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            for doc, found in zip(batch, self.predict(batch), strict=True):
                store_mentions(doc, found)
                yield doc

    def to_bytes(self, **_: Any) -> bytes:
        """All that ``use`` takes as an .npz file, the small network's weights as float16."""
        arrays: dict[str, Any] = {"calibration": self._calibration}
        if self._network is not None:
            arrays |= {name: array.astype(np.float16) for name, array in self._network.weights.items()}
        if self._encoder is not None:
            arrays |= {
                "encoder": np.frombuffer(self._encoder.model, np.uint8),
                "pieces": np.frombuffer(self._encoder.vocabulary, np.uint8),
                "share": np.array(self._share),
            }
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays)
        return buffer.getvalue()

    def from_bytes(self, data: bytes, **_: Any) -> Mentions:
        """Read what ``to_bytes`` wrote; what it does not hold stays as it is."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            self.use({name: arrays[name] for name in arrays.files})
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the weights under ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _WEIGHTS).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> Mentions:
        """Read the weights under ``path``."""
        return self.from_bytes((Path(path) / _WEIGHTS).read_bytes())
