"""Clitics: `bukunya` is one token here and the two words `buku` and `nya` in the treebanks.

A token with a clitic carries the analysis of its host, and the feature ``Clitic`` says what the clitic does. The
treebanks' words can be told from that: `merged` goes one way, `expanded` the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# What the clitic does, as the feature says it, and the relation it has in the treebanks.
KINDS = {
    "Poss": "nmod:poss",
    "Def": "det",
    "Subj": "nsubj",
    "Obj": "obj",
    "Obl": "obl",
    "Agent": "obl:agent",
    "Emph": "advmod:emph",
}
_KIND_OF = {relation: kind for kind, relation in KINDS.items()} | {"nsubj:pass": "Subj", "iobj": "Obj"}
_PARTICLES = frozenset({"lah", "kah", "pun", "tah"})
_PERSON = "Number=Sing|Person={}|PronType=Prs"
_PRONOUNS = {"nya": _PERSON.format(3), "ku": _PERSON.format(1), "mu": _PERSON.format(2)}
_ARTICLE = "Definite=Def|PronType=Art"
# Where the clitic is what the sentence sees, its host hangs on it: `menurutnya`, `semuanya`, `di dalamnya`.
_LED = {"ADP": ("case", None), "DET": ("det", {"Subj"}), "NOUN": ("nmod:lmod", {"Obl", "Obj"})}
# Relations of a host whose clitic belongs to the head of the two: `laba bersihnya`, `Apakah ia datang`.
_SHARED = {
    "Poss": {"amod", "acl", "acl:relcl"},
    "Def": {"amod"},
    "Emph": {"advmod", "aux", "cc"},
}
_SHARED_TAGS = {"Emph": {"ADV", "AUX", "CCONJ"}}
_NEXT_TO_HEAD = {"Poss", "Def"}  # `kerja samanya`, but `kerja sama antara warganya`


class Word(NamedTuple):
    """A word of a treebank; ``head`` counts words from 1, 0 is the root; ``feats`` is `_` where there are none."""

    form: str
    lemma: str
    tag: str
    feats: str
    head: int
    relation: str
    spaced: bool


def merged(parts: Sequence[Word], first: int) -> Word:
    """A host and its clitic as one token; ``first`` is the number of the host among the sentence's words.

    >>> book = Word("buku", "buku", "NOUN", "Number=Sing", 2, "obj", False)
    >>> merged([book, Word("nya", "nya", "PRON", "_", 3, "nmod:poss", False)], 3).feats
    'Clitic=Poss|Number=Sing'
    """
    host, clitic = parts[0], parts[1]
    inside = range(first, first + len(parts))
    led = host.head in inside  # `menurutnya`: the pronoun is what the sentence sees
    head, relation = (clitic.head, clitic.relation) if led else (host.head, host.relation)
    kind = _KIND_OF.get(clitic.relation, "Emph" if clitic.tag == "PART" else "Obj")
    feats = [] if host.feats == "_" else host.feats.split("|")
    return Word(host.form, host.lemma, host.tag, "|".join(sorted([*feats, f"Clitic={kind}"])), head, relation, False)


def expanded(tokens: Sequence[Word]) -> list[tuple[Word, ...]]:
    """The words of each token, a host and its clitic apart; ``tokens`` are one sentence, heads count its tokens.

    The heads of what comes out count words. What is no host and clitic stays one word and loses its `Clitic`.

    >>> tokens = [Word("Menurutnya", "turut", "ADP", "Clitic=Obl", 2, "obl", True)]
    >>> tokens += [Word("mahal", "mahal", "ADJ", "_", 0, "root", True)]
    >>> [[(word.form, word.head, word.relation) for word in words] for words in expanded(tokens)]
    [[('Menurut', 2, 'case'), ('nya', 3, 'obl')], [('mahal', 0, 'root')]]
    """
    kinds = [_kind(token) for token in tokens]
    numbers: list[int] = []  # of each token's first word
    at = 1
    for kind in kinds:
        numbers.append(at)
        at += 2 if kind else 1
    leads = [_led(token, kind) for token, kind in zip(tokens, kinds, strict=True)]
    seen = [0] + [number + bool(led) for number, led in zip(numbers, leads, strict=True)]
    words: list[tuple[Word, ...]] = []
    for i, (token, kind, led) in enumerate(zip(tokens, kinds, leads, strict=True)):
        feats = "|".join(one for one in token.feats.split("|") if not one.startswith("Clitic=")) or "_"
        host = token._replace(feats=feats, head=seen[token.head])
        if not kind:
            words.append((host,))
            continue
        form = clitic_of(token.form)
        clitic = _clitic(token, kind, token.form[-len(form) :])
        host = host._replace(form=token.form[: -len(form)], spaced=False)
        if led:
            clitic = clitic._replace(head=host.head, relation=token.relation)
            host = host._replace(head=numbers[i] + 1, relation=led)
        else:
            clitic = clitic._replace(head=host.head if _is_shared(token, kind, i + 1) else numbers[i])
        words.append((host, clitic))
    return words


def _kind(token: Word) -> str:
    """What the clitic does, "" where the form ends in none that could."""
    kind = next((one.removeprefix("Clitic=") for one in token.feats.split("|") if one.startswith("Clitic=")), "")
    clitic = clitic_of(token.form)
    return kind if clitic and kind in KINDS and (kind == "Emph") == (clitic in _PARTICLES) else ""


def _led(token: Word, kind: str) -> str:
    """The relation of a host that hangs on its clitic, "" of any other."""
    relation, kinds = _LED.get(token.tag, ("", None))
    return relation if kind and (kinds is None or kind in kinds) else ""


def _is_shared(token: Word, kind: str, number: int) -> bool:
    """Whether the clitic hangs on the head of its host."""
    if token.head == 0:
        return False
    if kind in _NEXT_TO_HEAD and token.relation == "nmod":
        return token.tag == "NOUN" and token.head == number - 1
    return token.relation in _SHARED.get(kind, ()) and token.tag in _SHARED_TAGS.get(kind, {token.tag})


def _clitic(token: Word, kind: str, form: str) -> Word:
    low = form.lower()
    relation = KINDS[kind]
    if kind == "Emph":
        return Word(form, low, "PART", "_", 0, relation, token.spaced)
    if kind == "Def":
        return Word(form, low, "DET", _ARTICLE, 0, relation, token.spaced)
    return Word(form, low, "PRON", _PRONOUNS[low], 0, relation, token.spaced)


def clitic_of(form: str) -> str:
    """What a word ends in that could be a clitic (`buku` does, too), or "" where nothing can be cut off.

    >>> clitic_of("bukunya"), clitic_of("buku"), clitic_of("rumah")
    ('nya', 'ku', '')
    """
    low = form.lower()
    return next((one for one in (*_PRONOUNS, *_PARTICLES) if low.endswith(one) and len(low) > len(one)), "")
