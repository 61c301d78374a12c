"""Writes a parsed Doc as CoNLL-U, the text format of Universal Dependencies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from beritaie.language.clitics import Word, expanded
from beritaie.language.noun_chunks import word_above

_BLANK = re.compile(r"\s+")
_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_ROOT = {"ROOT", "root", ""}


def conllu(doc: Doc, *, id: str | None = None) -> str:
    r"""The sentences of ``doc`` as CoNLL-U, clitics as words of their own; "" for a Doc without words.

    Blank tokens are no words: what hangs on them hangs on their head instead, and blanks that are not one space stand
    in the last column (``SpacesAfter=\n``). Every sentence has one root. ``id`` names the text; its sentences are
    then ``id-1``, ``id-2``, without it ``1``, ``2``. What was not predicted is `_`.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), ["Bukunya", "mahal"], pos=["NOUN", "ADJ"], morphs=["Clitic=Poss", ""],
    ...           lemmas=["buku", "mahal"], heads=[1, 1], deps=["nsubj", "ROOT"])
    >>> for line in conllu(doc).splitlines()[2:6]: print(line.replace("\t", " "))
    1-2 Bukunya _ _ _ _ _ _ _ _
    1 Buku buku NOUN _ _ 3 nsubj _ _
    2 nya nya PRON _ Number=Sing|Person=3|PronType=Prs 1 nmod:poss _ _
    3 mahal mahal ADJ _ _ 0 root _ _
    """
    text, parsed = doc.text, doc.has_annotation("DEP")
    spans = doc.sents if doc.has_annotation("SENT_START") else iter([doc[:]])
    name = _BLANK.sub(" ", id) if id else ""
    blocks: list[str] = []
    for span in spans:
        tokens = [token for token in span if not token.is_space]
        if not tokens:
            continue
        number = len(blocks) + 1
        heading = [f"# newdoc id = {name}"] if name and number == 1 else []
        heading.append(f"# sent_id = {name}-{number}" if name else f"# sent_id = {number}")
        words = _words(tokens)
        gaps = _gaps(tokens, span, text)
        shown = "".join(word.form + " " * bool(gap) for word, gap in zip(words, gaps, strict=True))
        heading.append(f"# text = {shown.strip()}")
        blocks.append("\n".join([*heading, *_lines(words, [t.tag_ for t in tokens], gaps, parsed)]) + "\n\n")
    return "".join(blocks)


def _words(tokens: Sequence[Token]) -> list[Word]:
    """The tokens of a sentence as one tree; heads count them from 1."""
    numbers = {token.i: number for number, token in enumerate(tokens, 1)}
    above = [word_above(token) for token in tokens]
    heads = [0 if head.i == token.i else numbers.get(head.i, 0) for token, head in zip(tokens, above, strict=True)]
    root = heads.index(0) + 1
    found = []
    for number, (token, head) in enumerate(zip(tokens, heads, strict=True), 1):
        relation = "dep" if token.dep_ in _ROOT else token.dep_
        if not head:
            relation = "root" if number == root else "parataxis"
        hung = head or (0 if number == root else root)
        form, lemma = _BLANK.sub(" ", token.text), _BLANK.sub(" ", token.lemma_)
        found.append(Word(form, lemma or "_", token.pos_ or "_", str(token.morph) or "_", hung, relation, True))
    return found


def _gaps(tokens: Sequence[Token], span: Span, text: str) -> list[str]:
    """The blanks after each token; those after the last reach to the next sentence."""
    ends = [token.idx + len(token) for token in tokens]
    behind = span.end_char + len(span[-1].whitespace_)
    starts = [*(token.idx for token in tokens[1:]), behind]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def _lines(words: Sequence[Word], tags: Sequence[str], gaps: Sequence[str], parsed: bool) -> Iterator[str]:
    number = 1
    for whole, parts, tag, gap in zip(words, expanded(words), tags, gaps, strict=True):
        spaces = _spaces_after(gap)
        if len(parts) > 1:
            yield "\t".join((f"{number}-{number + len(parts) - 1}", whole.form, *"_______", spaces))
        for place, word in enumerate(parts):
            head, relation = (str(word.head), word.relation) if parsed else ("_", "_")
            xpos = tag if tag and place == 0 else "_"
            last = "_" if len(parts) > 1 else spaces
            yield "\t".join((str(number), word.form, word.lemma, word.tag, xpos, word.feats, head, relation, "_", last))
            number += 1


def _spaces_after(gap: str) -> str:
    if gap == " ":
        return "_"
    return "SpacesAfter=" + "".join(_ESCAPES.get(blank, r"\s") for blank in gap) if gap else "SpaceAfter=No"
