"""Universal Dependencies treebanks as sentences of surface tokens, one token a word and its clitic."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from beritaie.language.clitics import Word, merged

_OLD = "old"  # GSD of 2017: no lemmas, no features, other relations


class Sentence(NamedTuple):
    """One sentence; lists are aligned, ``heads`` count tokens from 0, the root is its own head."""

    treebank: str
    words: list[str]
    spaces: list[bool]
    tags: list[str]  # UPOS
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]

    @property
    def complete(self) -> bool:
        """Whether features and lemmas were annotated."""
        return self.treebank != _OLD


def read(path: Path, treebank: str) -> Iterator[Sentence]:
    """The sentences of a .conllu or .conllu.gz file."""
    opened = gzip.open if path.suffix == ".gz" else open
    rows: list[list[str]] = []
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                if rows:
                    yield _sentence(rows, treebank)
                rows = []
            elif not line.startswith("#"):
                rows.append(line.rstrip("\n").split("\t"))
    if rows:
        yield _sentence(rows, treebank)


def _sentence(rows: Iterable[list[str]], treebank: str) -> Sentence:
    words: list[Word] = []
    ranges: dict[int, tuple[int, str, bool]] = {}  # first word of a token of several: last word, form, space
    for row in rows:
        spaced = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            ranges[first] = (last, row[1], spaced)
        elif "." not in row[0]:
            words.append(Word(row[1], row[2], row[3], row[5], int(row[6]), row[7], spaced))
    token_of: list[int] = []  # of each word, counted from 0
    tokens: list[Word] = []
    at = 1
    while at <= len(words):
        last, form, spaced = ranges.get(at, (at, words[at - 1].form, words[at - 1].spaced))
        part = words[at - 1 : last]
        tokens.append(merged(part, at)._replace(form=form, spaced=spaced) if len(part) > 1 else part[0])
        token_of += [len(tokens) - 1] * len(part)
        at = last + 1
    return Sentence(
        treebank,
        [token.form for token in tokens],
        [token.spaced for token in tokens],
        [token.tag for token in tokens],
        ["" if token.feats == "_" else token.feats for token in tokens],
        [token.lemma for token in tokens],
        [i if token.head == 0 else token_of[token.head - 1] for i, token in enumerate(tokens)],
        [_HARMONISED.get(token.relation, token.relation) for token in tokens],
    )


# GSD calls a noun that modifies a noun `compound` where CSUI and PUD say `nmod`.
_HARMONISED = {"compound": "nmod"}
