"""Cuts Indonesian news text into tokens, glued words and abbreviations included."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from beritaie.language.noun_chunks import noun_chunks
from beritaie.lexicon import column, rows

_APART = {"end", "open", "domain"}  # kinds whose full stop stays a token of its own
_TITLES = "|".join(
    sorted(
        (re.escape(row["word"]) for row in rows("abbreviations") if row["kind"] not in _APART),
        key=len,
        reverse=True,
    )
)
# Letters of one casing run: `BupatiBandung` and `TNIPolri` are two words each; combining marks stay with
# their letter. Of the letters beyond Latin-1 (`Šarić`) all count as small.
_BIG, _SMALL = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿĀ-ɏḀ-ỿ"
_RUN = rf"(?:[{_BIG}]{{2,}}(?![{_SMALL}])|[{_BIG}]?[{_SMALL}]+|[{_BIG}]|[^\W\d_{_BIG}{_SMALL}]+)"
_TOKEN = re.compile(
    r"(?P<link>https?://[^\s<>\"”]{1,2000}|www\.[^\s<>\"”]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5})"
    # `1442 H.` and `Rp 10 M.` end in a unit, not in a title
    rf"|(?P<short>(?<![\w.])(?!(?<=\d )[A-Z]\.)(?:{_TITLES})\.(?!\.))"
    # degrees and initials: S.Sos, M.Si., A.Md.Kep, K.H.; a last full stop only where the sentence goes on
    r"|(?P<degree>(?<![\w.])(?:[A-Z]|Ph|Sp|Amd)(?:\.[A-Z][A-Za-z]{0,4}){1,4}(?![A-Za-z])(?:\.(?=\s{0,2}[,)a-z]))?"
    r"|(?<![\w.])(?<!\d )[A-Z]\.(?=\s?[A-Z][a-z'’]))"
    r"|(?P<ordinal>[Kk]e-\d{1,6}(?!\d))"
    r"|(?P<number>\d{1,20}(?:[.,:/]\d{1,20}){0,8})"
    rf"|(?P<word>{_RUN}(?:['’`]{_RUN}){{0,4}}(?:-[a-zß-öø-ÿ]+|-\d{{1,4}}(?!\d)){{0,3}})"
    r"|(?P<dots>\.{2,50}|-{2,50}|_{1,50}|={2,50}|\*{2,50})"
    r"|(?P<blank>\s+)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
# Half a character cannot be stored as UTF-8: a full one takes its place, offsets stay.
_HALF = re.compile("[\ud800-\udfff]")
# Clitics that news writes behind a hyphen are tokens of their own: `KPK-nya`.
_CLITIC = re.compile(r"-(?:nya|ku|mu|lah|kah|pun|an)\Z")
# Scrapers lose the blank where a link ended: `Trumpmengatakan`.
_GLUED = frozenset(column("glued_words", "word"))
_PREFIXES = {"Ter", "Ber", "Per", "Mem", "Men", "Pem", "Pen"}  # `Teruntuk` is one word
_SHORTEST_NAME = 3
_SHORTEST_GLUED = _SHORTEST_NAME + min(map(len, _GLUED))


def split(text: str) -> Iterator[tuple[int, int]]:
    """The tokens of ``text`` as character ranges, blanks left out.

    >>> [text[a:b] for text in ["BupatiBandung,Dadang"] for a, b in split(text)]
    ['Bupati', 'Bandung', ',', 'Dadang']
    >>> [text[a:b] for text in ["Ujar Trumpmengatakan"] for a, b in split(text)]
    ['Ujar', 'Trump', 'mengatakan']
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "blank":
            continue
        start, end = match.span()
        if kind == "word" and end - start >= _SHORTEST_GLUED and (length := _name_length(text[start:end])):
            yield start, start + length
            yield start + length, end
        elif kind == "word" and (clitic := _CLITIC.search(text, start, end)):
            yield start, clitic.start()
            yield clitic.start(), clitic.start() + 1
            yield clitic.start() + 1, end
        else:
            yield start, end


@lru_cache(maxsize=65536)
def _name_length(word: str) -> int:
    """How much of a word is a name with another word glued to it; 0 for almost every word."""
    if not (word[0].isupper() and word[1:].islower() and word.isalpha()):
        return 0
    lengths = (length for length in range(_SHORTEST_NAME, len(word) - 3) if word[length:] in _GLUED)
    return next((length for length in lengths if word[:length] not in _PREFIXES), 0)


class Tokenizer:
    """The spaCy tokenizer of beritaie; it keeps no state, so a saved pipeline holds nothing of it.

    >>> from spacy.vocab import Vocab
    >>> [token.text for token in Tokenizer(Vocab())("H. Ismail membuka 17 SKPD, Senin (09/12/2024).")]
    ['H.', 'Ismail', 'membuka', '17', 'SKPD', ',', 'Senin', '(', '09/12/2024', ')', '.']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        text = _HALF.sub("\ufffd", text)
        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in split(text):
            if start > at:
                if words and text[at] == " ":
                    spaces[-1] = True
                    at += 1
                if start > at:
                    words.append(text[at:start])
                    spaces.append(False)
            words.append(text[start:end])
            spaces.append(False)
            at = end
        if at < len(text):
            if words and text[at] == " ":
                spaces[-1] = True
                at += 1
            if at < len(text):
                words.append(text[at:])
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """One Doc a text; ``batch_size`` is spaCy's and changes nothing here."""
        return map(self, texts)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to save."""
        return b""

    def from_bytes(self, _data: bytes, **__: Any) -> Tokenizer:
        """Nothing to read."""
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Nothing to save."""

    def from_disk(self, path: str | Path, **_: Any) -> Tokenizer:
        """Nothing to read."""
        return self


@registry.tokenizers("beritaie.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """The tokenizer as spaCy's config asks for it: ``@tokenizers = "beritaie.Tokenizer.v1"``.

    With it comes our reading of noun phrases, behind ``doc.noun_chunks``.
    """

    def made(nlp: Language) -> Tokenizer:
        nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # spaCy's stub says Span
        return Tokenizer(nlp.vocab)

    return made


def blank() -> Language:
    """An empty pipeline with the library's tokenizer.

    >>> [token.text for token in blank()("Rp5 juta")]
    ['Rp', '5', 'juta']
    """
    return spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "beritaie.Tokenizer.v1"}}})
