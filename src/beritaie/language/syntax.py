"""Parts of speech, features, lemmas and dependencies for a Doc: from the shipped spaCy model, or from stanza."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import spacy
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc

from beritaie._resources import models_directory
from beritaie.errors import InputError, ModelNotFound
from beritaie.language.noun_chunks import noun_chunks
from beritaie.language.sentences import Sentences
from beritaie.language.tokens import blank

_PROCESSORS = ("pos", "lemma", "depparse")
_INSTALL = 'pip install "beritaie[stanza]"'
_DOWNLOAD = "python -c \"import stanza; stanza.download('id')\""
# What a hostile page may ask of stanza at once: its memory grows with the square of a sentence's length.
_LONGEST_SENTENCE = 300
_LONGEST_WORD = 60
_WORDS_AT_ONCE = 20_000

Parse = Callable[[list[list[str]]], Any]


def add_syntax(nlp: Language, model: str | Path) -> None:
    """Put a model's components for syntax at the end of ``nlp``; its tokens and sentence ends stay as they are.

    ``model`` is `spacy` (the shipped model), `stanza` (stanza's own Indonesian package), or the folder of a spaCy
    pipeline or of stanza models (pos.pt, lemma.pt, depparse.pt, pretrain.pt). Raises ModelNotFound if it is not
    there, InputError for another word.
    """
    if model == "stanza":
        nlp.add_pipe("beritaie_stanza")
        return
    if model != "spacy" and not isinstance(model, Path):
        raise InputError(f"syntax is 'spacy', 'stanza' or a pathlib.Path to a folder, not {model!r}")
    folder = model if isinstance(model, Path) else models_directory() / "id_berita" / "syntax"
    if (folder / "depparse.pt").is_file():
        nlp.add_pipe("beritaie_stanza", config={"model": str(folder)})
        return
    if not (folder / "config.cfg").is_file():
        raise ModelNotFound(f"no spaCy pipeline (config.cfg) and no stanza models (depparse.pt) in {folder}")
    for text in StringStore().from_disk(folder / "vocab" / "strings.json"):
        nlp.vocab.strings.add(text)
    # What the folder says of its own vocab would take the place of our vectors and their name.
    source = spacy.load(folder, vocab=nlp.vocab, exclude=["vocab", "meta"])
    for name in source.pipe_names:
        if name not in nlp.pipe_names:
            nlp.add_pipe(name, source=source)


def syntax_pipeline(model: str | Path) -> Language:
    """A pipeline of tokens, sentences and syntax alone; ``model`` and errors as in `add_syntax`."""
    nlp = blank()
    nlp.add_pipe("beritaie_sentences")
    add_syntax(nlp, model)
    return nlp


@Language.factory(
    "beritaie_stanza",
    default_config={"model": None},
    assigns=["token.pos", "token.tag", "token.morph", "token.lemma", "token.dep", "token.head"],
)
def make_stanza(nlp: Language, name: str, model: str | None) -> Stanza:
    """The spaCy factory behind ``nlp.add_pipe("beritaie_stanza")``; ``model`` is a folder of stanza models.

    Without a folder it takes stanza's own Indonesian package, if the user has it. Raises ModelNotFound where stanza
    or the models are missing; nothing is fetched from the network.
    """
    nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # spaCy's stub says Span
    return Stanza(_own_models(Path(model)) if model else _official_models())


def _official_models() -> Parse:
    try:
        return _stanza()
    except FileNotFoundError as error:
        raise ModelNotFound(f"stanza's Indonesian models are not on this machine, get them by: {_DOWNLOAD}") from error


def _own_models(folder: Path) -> Parse:
    missing = [f"{one}.pt" for one in _PROCESSORS if not (folder / f"{one}.pt").is_file()]
    if missing:
        raise ModelNotFound(f"no {', '.join(missing)} in {folder}")
    options = {f"{one}_model_path": str(folder / f"{one}.pt") for one in _PROCESSORS}
    if (folder / "pretrain.pt").is_file():
        options |= {f"{one}_pretrain_path": str(folder / "pretrain.pt") for one in ("pos", "depparse")}
    with tempfile.TemporaryDirectory() as place:  # stanza asks for its list of packages even where it needs none
        packages = Path(place) / "resources.json"
        packages.write_text("{}", encoding="utf-8")
        return _stanza(resources_filepath=str(packages), allow_unknown_language=True, **options)


def _stanza(**options: Any) -> Parse:
    try:
        import stanza
    except ImportError as error:
        raise ModelNotFound(f"stanza is not installed: {_INSTALL}") from error
    pipeline: Parse = stanza.Pipeline(
        lang="id",
        processors=",".join(("tokenize", *_PROCESSORS)),
        tokenize_pretokenized=True,
        download_method=None,
        logging_level="ERROR",
        **options,
    )
    return pipeline


class Stanza:
    """Writes what a stanza pipeline says of a Doc's sentences into the Doc.

    The sentences are those that are set (by beritaie's rules, where none are); those of many Docs are parsed at
    once. A sentence of more than 300 words is parsed in pieces of 300, whose roots hang on the first one's as
    `parataxis`; of a word of more than 60 characters stanza sees the first 60. Blank tokens hang on a word beside.
    """

    def __init__(self, parse: Parse) -> None:
        self._parse = parse

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """The Docs of ``stream``, parsed, ``batch_size`` of them together."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            cut = [_cut(doc) for doc in docs]
            parsed = self._parsed(
                [[doc[i].text for i in piece] for doc, its in zip(docs, cut, strict=True) for piece in chain(*its)]
            )
            for doc, its in zip(docs, cut, strict=True):
                yield _written(doc, [[(piece, next(parsed)) for piece in pieces] for pieces in its])

    def _parsed(self, pieces: Sequence[list[str]]) -> Iterator[list[Any]]:
        """stanza's words of each piece, some thousand words at a time."""
        for some in _by_size(pieces):
            result = self._parse([[word[:_LONGEST_WORD] for word in piece] for piece in some])
            yield from (sentence.words for sentence in result.sentences)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Nothing to save: the folder's name is in the config."""

    def from_disk(self, path: str | Path, **_: Any) -> Stanza:
        """Nothing to read."""
        return self


def _cut(doc: Doc) -> list[list[list[int]]]:
    """The words (no blanks) of each sentence, as one piece or, of long ones, several."""
    if not len(doc):
        return []
    if not doc.has_annotation("SENT_START"):
        Sentences()(doc)
    sentences = [[token.i for token in span if not token.is_space] for span in doc.sents]
    return [
        [words[at : at + _LONGEST_SENTENCE] for at in range(0, len(words), _LONGEST_SENTENCE)] for words in sentences
    ]


def _by_size(pieces: Sequence[list[str]]) -> Iterator[list[list[str]]]:
    some: list[list[str]] = []
    size = 0
    for piece in pieces:
        if some and size + len(piece) > _WORDS_AT_ONCE:
            yield some
            some, size = [], 0
        some.append(piece)
        size += len(piece)
    if some:
        yield some


class _Analysis(NamedTuple):
    """What a token gets."""

    tag: str
    xpos: str
    feats: str
    lemma: str
    relation: str


def _written(doc: Doc, sentences: Sequence[Sequence[tuple[list[int], list[Any]]]]) -> Doc:
    """``doc`` with the analyses of its sentences' pieces: the places of their words, and stanza's words."""
    analyses = [_Analysis("SPACE", "_SP", "", "", "dep")] * len(doc)
    heads = list(range(len(doc)))
    for span, pieces in zip(doc.sents if len(doc) else (), sentences, strict=True):
        root = pieces[0][0][_root(pieces[0][1])] if pieces else span.start
        for places, words in pieces:
            for place, word in zip(places, words, strict=True):
                relation = word.deprel if word.head else "ROOT" if place == root else "parataxis"
                heads[place] = places[word.head - 1] if word.head else root
                tag, xpos, feats, lemma = (_said(it) for it in (word.upos, word.xpos, word.feats, word.lemma))
                if not lemma or len(doc[place]) > _LONGEST_WORD:
                    lemma = doc[place].text
                analyses[place] = _Analysis(tag or "X", xpos, feats, lemma, relation)
        beside = root
        for token in span:
            if not token.is_space:
                beside = token.i
            elif pieces or token.i != root:
                heads[token.i] = beside
            else:
                analyses[token.i] = analyses[token.i]._replace(relation="ROOT")
    return _set(doc, analyses, heads)


def _said(value: str | None) -> str:
    """What stanza says of a word, "" where it says nothing."""
    return "" if value is None or value == "_" else value


def _root(words: Sequence[Any]) -> int:
    """The place of the first root, counted from 0."""
    return next((i for i, word in enumerate(words) if not word.head), 0)


def _set(doc: Doc, analyses: Sequence[_Analysis], heads: Sequence[int]) -> Doc:
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    starts: Any = doc.to_array([SENT_START])
    table: Any = np.zeros((len(doc), 6), dtype=np.uint64)
    for i, one in enumerate(analyses):
        texts = (one.tag, one.xpos, one.lemma, one.relation)
        table[i, :5] = [*(strings.add(text) for text in texts), morphology.add(one.feats)]
    table[:, 5] = (np.array(heads, dtype=np.int64) - np.arange(len(doc))).view(np.uint64)
    doc.from_array([POS, TAG, LEMMA, DEP, MORPH, HEAD], table)
    return doc.from_array([SENT_START], starts.reshape(-1, 1))  # heads that cross each other may have moved them
