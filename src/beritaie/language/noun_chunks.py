"""Finds base noun phrases in a parsed Doc: `tiga kepala desa baru`, `Rapat Koordinasi Daerah`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.errors import Errors
from spacy.tokens import Doc, Span, Token

_BLANKS_IN_A_ROW = 100  # more of them hang on each other in no tree of a parser
_NOUNS = {"NOUN", "PROPN", "PRON"}
# A noun in one of these roles is a function word of another phrase: `di dalam rumah`.
_NO_PHRASE = {
    "advmod",
    "aux",
    "case",
    "case:adv",
    "cc",
    "compound:a",
    "cop",
    "det",
    "discourse",
    "fixed",
    "mark",
    "nmod:lmod",
    "punct",
}
# What belongs to the noun that it stands next to.
_INNER = {
    "amod",
    "appos",
    "clf",
    "compound",
    "compound:plur",
    "det",
    "flat",
    "flat:foreign",
    "flat:name",
    "goeswith",
    "nmod",
    "nmod:poss",
    "nmod:tmod",
    "nummod",
}
# And to a number, a determiner or an adjective: `sekitar tiga ratus`, `sangat besar`.
_INNER_OF_OTHERS = _INNER | {"advmod", "advmod:emph", "fixed"}


class Node(NamedTuple):
    """A token of a tree; ``head`` counts tokens from 0, a root is its own head; ``relative`` is for `yang`."""

    tag: str
    relation: str
    head: int
    relative: bool = False


def base_phrases(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """The base noun phrases of the trees as token ranges (start, end), in reading order, none within another.

    A phrase is a noun, name or pronoun with what belongs to it and stands unbroken around it: numbers, classifiers,
    determiners, adjectives, names, and nouns without a preposition. Clauses, prepositions and commas end it.

    >>> words = [Node("NUM", "nummod", 1), Node("NOUN", "obj", 1), Node("NOUN", "nmod", 1), Node("ADJ", "amod", 1)]
    >>> base_phrases(words)  # tiga kepala desa baru
    [(0, 4)]
    """
    first, last = list(range(len(nodes))), list(range(len(nodes)))
    children: list[list[int]] = [[] for _ in nodes]
    for i, node in enumerate(nodes):
        if node.head != i:
            children[node.head].append(i)
    order = _downwards(nodes, children)
    joined = [False] * len(nodes)  # to the head's phrase
    for i in reversed(order):
        inner = _INNER if nodes[i].tag in _NOUNS else _INNER_OF_OTHERS
        for child in reversed(children[i]):
            if child < i and nodes[child].relation in inner and last[child] == first[i] - 1:
                first[i], joined[child] = first[child], True
        for child in children[i]:
            if child > i and nodes[child].relation in inner and first[child] == last[i] + 1:
                last[i], joined[child] = last[child], True
    heads = [_is_phrase(node) for node in nodes]
    inside = [False] * len(nodes)
    for i in order:
        inside[i] = joined[i] and (inside[nodes[i].head] or heads[nodes[i].head])
    return sorted((first[i], last[i] + 1) for i in order if heads[i] and not inside[i])


def _downwards(nodes: Sequence[Node], children: Sequence[Sequence[int]]) -> list[int]:
    """The tokens in an order in which heads come before what hangs on them."""
    order = [i for i, node in enumerate(nodes) if node.head == i]
    for i in order:
        order.extend(children[i])
    return order


def _is_phrase(node: Node) -> bool:
    return node.tag in _NOUNS and node.relation not in _NO_PHRASE and not node.relative


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """What spaCy asks for behind ``doc.noun_chunks``: start, end and label of each base noun phrase.

    Raises ValueError where no dependencies were set.
    """
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError(Errors.E029)
    label = doc.vocab.strings.add("NP")
    words = [token for token in doclike if not token.is_space]
    places = {token.i: place for place, token in enumerate(words)}
    nodes = [
        Node(word.pos_, word.dep_, places.get(word_above(word).i, place), "Rel" in word.morph.get("PronType", []))
        for place, word in enumerate(words)
    ]
    for start, end in base_phrases(nodes):
        yield words[start].i, words[end - 1].i + 1, label


def word_above(token: Token) -> Token:
    """The head of a token, blank tokens passed over; the token itself if it is a root."""
    above = token
    for _ in range(_BLANKS_IN_A_ROW):
        if above.head.i == above.i:
            return token
        above = above.head
        if not above.is_space:
            return above
    return token
