"""Marks where sentences begin: after full stops, around quotations, at line breaks that end a thought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.attrs import ORTH, SENT_START, SPACY
from spacy.language import Language
from spacy.tokens import Doc

from beritaie.lexicon import rows

_FINAL = frozenset({".", "!", "?", "…", "..", "...", "...."})
_OPENERS = frozenset("“‘([«„")
_CLOSERS = frozenset("”’)]»")
_SINGLE = frozenset("'‘’`")
_QUOTES = frozenset("\"“”«»„") | _SINGLE
_BULLETS = frozenset("-–—•*●▪·")
_UNFINISHED = frozenset(",-–—(/&")
_ABBREVIATIONS = frozenset(row["word"] for row in rows("abbreviations") if row["kind"] == "open")
_DOMAINS = frozenset(row["word"] for row in rows("abbreviations") if row["kind"] == "domain")
_CUES = frozenset(
    form
    for row in rows("quote_cues")
    if row["side"] in {"after", "behind"}
    for form in (row["word"], row["word"] + "nya")
)
# A line of more words than this is running text, not a link's text or a heading.
_LONG_LINE = 8


def starts(tokens: Sequence[str], spaced: Sequence[bool] | None = None) -> list[bool]:
    """Whether each token opens a sentence; blank tokens belong to the sentence before them.

    ``tokens`` are the token texts in order, line breaks as tokens of blanks. ``spaced`` says of each
    whether a blank follows it, which tells opening from closing marks; without it, marks take turns.

    >>> starts(["Ia", "datang", ".", "“", "Baik", ",", "”", "katanya", "."])
    [True, False, False, True, False, False, False, False, False]
    """
    flags = [False] * len(tokens)
    lines = _Lines(tokens)
    opens_next = True  # the next word opens a sentence
    stopped = False  # a full stop stands right before, closing marks in between or not
    quoted = False  # and a closing quotation mark
    inside = {True: False, False: False}  # within quotation marks, single ones (True) and double ones apart
    opening = False  # the token before is an opening mark
    for i, token in enumerate(tokens):
        if token.isspace():
            if "\n" in token:
                opens_next = opens_next or lines.end_sentence(i, stopped, flags)
                opening = False
                if opens_next:
                    inside = {True: False, False: False}
            continue
        closes = False
        if token in _QUOTES or token in _OPENERS or token in _CLOSERS:
            opening = _is_opening(tokens, spaced, i, inside[token in _SINGLE], opening)
            closes = not opening
            if token in _QUOTES:
                inside[token in _SINGLE] = opening
        else:
            opening = False
        if opens_next:
            flags[i] = True
            opens_next = stopped = quoted = False
        elif stopped and not closes and token not in _FINAL:
            word = _next_word(tokens, i)
            if (opening or _is_head(word)) and not (quoted and word.casefold() in _CUES):
                flags[i] = not _is_joined(tokens, spaced, i)
            stopped = quoted = False
        if token in _FINAL:
            stopped = token != "." or not _is_abbreviation(tokens, spaced, i, flags)
        elif closes and stopped:
            quoted = True
    return flags


class _Lines:
    """The lines of a text, to tell breaks in the middle of a sentence from those at its end."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = tokens
        self._breaks = [i for i, token in enumerate(tokens) if "\n" in token]
        self._at = 0

    def end_sentence(self, i: int, stopped: bool, flags: list[bool]) -> bool:
        """Whether the line break at ``i`` ends a sentence; the breaks are asked for in order."""
        start = self._breaks[self._at - 1] + 1 if self._at else 0
        self._at += 1
        end = self._breaks[self._at] if self._at < len(self._breaks) else len(self._tokens)
        if stopped or self._tokens[i].count("\n") > 1 or start == 0:
            return True
        if i + 1 >= end or start >= i:
            return False
        return self._is_item(start, i, end) or self._is_new_thought(start, i, end, flags)

    def _is_item(self, start: int, i: int, end: int) -> bool:
        """Whether the next line is an item of a list."""
        first, long = self._tokens[i + 1], i - start > _LONG_LINE
        introduced = self._tokens[i - 1] == ":"
        if first in _BULLETS:
            return end - i > 2 and (introduced or long or self._tokens[start] == first)
        numbered = (first.isdecimal() and len(first) < 3) or (len(first) == 1 and first.isalpha())
        return numbered and i + 2 < end and self._tokens[i + 2] in {".", ")"}

    def _is_new_thought(self, start: int, i: int, end: int, flags: list[bool]) -> bool:
        first, last = self._tokens[i + 1], self._tokens[i - 1]
        if last in _UNFINISHED or last in _BULLETS:
            return False
        if last == ":" or first in _QUOTES:
            return _is_head(_next_word(self._tokens, i + 1))
        running = end - i - 1 > _LONG_LINE and _is_head(first)
        return running and (i - start > _LONG_LINE or flags[start])


def _is_opening(
    tokens: Sequence[str], spaced: Sequence[bool] | None, i: int, inside: bool, after_opening: bool
) -> bool:
    """Whether the mark at ``i`` opens: by the blanks around it, else by its direction, else by turns."""
    token = tokens[i]
    if token in "([":
        return True
    if token in ")]":
        return False
    if spaced is not None:
        gap_before = i == 0 or spaced[i - 1] or tokens[i - 1].isspace() or tokens[i - 1] in "(["
        last = i + 1 >= len(tokens)
        gap_behind = last or spaced[i] or tokens[i + 1].isspace() or tokens[i + 1] in ".,;:!?)]"
        if gap_before != gap_behind:
            return gap_before
        if not gap_before and after_opening:
            return True
    return token in _OPENERS or (token not in _CLOSERS and not inside)


def _next_word(tokens: Sequence[str], i: int) -> str:
    """The word at ``i``, marks that open something skipped."""
    for token in tokens[i : i + 4]:
        if token not in _QUOTES and token not in _OPENERS and not token.isspace():
            return token
    return ""


def _is_head(word: str) -> bool:
    """Whether a sentence may begin with the word."""
    return word[:1].isupper() or word[:1].isdigit() or word in _BULLETS


def _is_joined(tokens: Sequence[str], spaced: Sequence[bool] | None, i: int) -> bool:
    """Whether the token hangs on the full stop before it: `Kompas.TV`, `Jl. 17`."""
    if spaced is None or tokens[i - 1] != "." or spaced[i - 1]:
        return False
    return tokens[i].casefold() in _DOMAINS or tokens[i][0].isdigit()


def _is_abbreviation(
    tokens: Sequence[str], spaced: Sequence[bool] | None, i: int, flags: list[bool]
) -> bool:
    """Whether the full stop at ``i`` belongs to a rank (`AKP. Budi`) or a number in a list (`1. Rapat`)."""
    if i == 0 or (spaced is not None and spaced[i - 1]):
        return False
    word = tokens[i - 1]
    return word in _ABBREVIATIONS or (flags[i - 1] and len(word) < 3 and word.isalnum())


@Language.factory("beritaie_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_sentences")``."""
    return Sentences()


class Sentences:
    """Sets sentence boundaries by rule.

    >>> import spacy
    >>> nlp = spacy.blank("id")
    >>> _ = nlp.add_pipe("beritaie_sentences")
    >>> [s.text for s in nlp("Acara dibuka. Hadir 40 peserta.").sents]
    ['Acara dibuka.', 'Hadir 40 peserta.']
    """

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        strings = doc.vocab.strings
        facts = doc.to_array([ORTH, SPACY])
        tokens = [strings[orth] for orth in facts[:, 0].tolist()]
        flags = starts(tokens, facts[:, 1].astype(bool).tolist())
        marks: Any = np.where(np.array(flags), 1, -1).astype(np.int64).view(np.uint64)
        return doc.from_array([SENT_START], marks.reshape(-1, 1))
