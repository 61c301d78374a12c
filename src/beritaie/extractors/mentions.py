"""Finds the names in an article with the trained network: persons, positions, institutions, places, event phrases."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from beritaie.extractors._store import store_mentions
from beritaie.language.network import Array, Network
from beritaie.language.tags import INNER, KINDS, OUTER, best_path, read, softmax
from beritaie.linking.mention import Mention

_WEIGHTS = "weights.npz"


@Language.factory("beritaie_mentions", assigns=["doc.spans", "doc.ents"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_mentions")``; finds nothing before weights are loaded."""
    return Mentions(nlp.vocab)


class Mentions:
    """Sets ``doc.spans["mentions"]`` (outermost mentions and the places nested in them) and ``doc.ents``."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._network: Network | None = None

    def use(self, weights: dict[str, Array]) -> None:
        """Take trained weights (by the names of ``beritaie.training.student.Student``)."""
        self._network = Network(weights, self._vocab.vectors.get_batch)

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
        scores = self._network([words[i] for i in filled])
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
                found[i].append(Mention(start, end, text[start:end], label, round(score, 4), kind))
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
        """The weights as an .npz file of float16 arrays."""
        buffer = io.BytesIO()
        weights = self._network.weights if self._network else {}
        halved: dict[str, Any] = {name: array.astype(np.float16) for name, array in weights.items()}
        np.savez_compressed(buffer, **halved)
        return buffer.getvalue()

    def from_bytes(self, data: bytes, **_: Any) -> Mentions:
        """Read what ``to_bytes`` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            if arrays.files:
                self.use({name: arrays[name] for name in arrays.files})
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the weights under ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _WEIGHTS).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> Mentions:
        """Read the weights under ``path``."""
        return self.from_bytes((Path(path) / _WEIGHTS).read_bytes())
