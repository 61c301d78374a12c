"""Makes the syntax model: a teacher learns the treebanks and parses raw news, spaCy's small parser learns from both."""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
import srsly
from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from beritaie.cleaning import clean
from beritaie.errors import InputError
from beritaie.language.tokens import blank
from beritaie.training import examples, treebanks
from beritaie.training.steps import Log, step
from beritaie.training.treebanks import Sentence

if TYPE_CHECKING:
    from beritaie.training import biaffine

_SHORTEST, _LONGEST = 4, 70  # words of a sentence of raw news


def treebanks_of(data: Path) -> tuple[list[Sentence], list[Sentence]]:
    """The treebanks' sentences in the folder ``data`` (ud/): to learn from, and to look at.

    The latter are a tenth of CSUI train and a fifth of PUD.
    """
    learnt: list[Sentence] = []
    looked_at: list[Sentence] = []
    for name, file, every in (
        ("csui", "csui/id_csui-ud-train.conllu.gz", 10),
        ("gsd", "gsd/id_gsd-ud-dev.conllu.gz", None),
        ("pud", "pud/id_pud-ud-test.conllu.gz", 5),
        ("old", "gsd/id-ud-train.v2.0-2017-02.conllu.gz", None),
    ):
        for i, sentence in enumerate(treebanks.read(data / "ud" / file, name)):
            (looked_at if every and i % every == 0 else learnt).append(sentence)
    return learnt, looked_at


def raw_sentences(files: Iterable[Path], words: int, seed: int) -> list[Sentence]:
    """Sentences of raw news as our tokens and sentence ends give them, about ``words`` words, not analysed yet."""
    nlp = blank()
    nlp.add_pipe("beritaie_sentences")
    texts = [text for file in files for text in examples.raw_texts(file)]
    random.Random(seed).shuffle(texts)
    found: list[Sentence] = []
    for text in texts:
        if words <= 0:
            break
        try:
            page = clean(text)
        except InputError:
            continue
        for sentence in nlp(page.text[:8000]).sents:
            tokens = [token for token in sentence if not token.is_space]
            if not _SHORTEST <= len(tokens) <= _LONGEST:
                continue
            n = len(tokens)
            spaces = [bool(token.whitespace_) for token in tokens]
            found.append(
                Sentence("raw", [t.text for t in tokens], spaces, ["X"] * n, [""] * n, [""] * n, [0] * n, ["dep"] * n)
            )
            words -= n
    return found


def write(sentences: Iterable[Sentence], path: Path) -> None:
    """Sentences as JSON lines."""
    with path.open("w", encoding="utf-8") as lines:
        for sentence in sentences:
            lines.write(json.dumps(sentence._asdict(), ensure_ascii=False, separators=(",", ":")) + "\n")


def read(path: Path) -> Iterator[Sentence]:
    """What `write` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Sentence(**json.loads(line))


def as_doc(sentences: Sequence[Sentence], vocab: Vocab) -> Doc:
    """Sentences one after the other as one spaCy doc."""
    heads, at = [], 0
    for sentence in sentences:
        heads += [at + head for head in sentence.heads]
        at += len(sentence.words)
    ends = [[*spaces[:-1], True] for spaces in (sentence.spaces for sentence in sentences)]
    return Doc(
        vocab,
        words=[word for s in sentences for word in s.words],
        spaces=[space for spaces in ends for space in spaces],
        pos=[tag for s in sentences for tag in s.tags],
        morphs=[feats for s in sentences for feats in s.feats],
        lemmas=[lemma for s in sentences for lemma in s.lemmas],
        heads=heads,
        deps=["ROOT" if relation == "root" else relation for s in sentences for relation in s.relations],
    )


def docs(sentences: Sequence[Sentence], seed: int, together: int = 4) -> DocBin:
    """Sentences as training docs of one to ``together`` sentences each."""
    vocab = spacy.blank("id").vocab
    some, packed = random.Random(seed), DocBin(store_user_data=False)
    at = 0
    while at < len(sentences):
        count = some.randint(1, together)
        packed.add(as_doc(sentences[at : at + count], vocab))
        at += count
    return packed


def train(config: Path, data: Path, work: Path, out: Path, log: Log = print) -> Path:
    """Train from the folder ``data`` (ud/, raw/) and write the pipeline to ``out``; returns ``out``.

    ``config`` is the .toml; spaCy's own settings lie beside it (.cfg). Each step leaves its result in ``work`` and is
    skipped if that is there.
    """
    from beritaie.training import biaffine

    settings = tomllib.loads(config.read_text(encoding="utf-8"))
    work.mkdir(parents=True, exist_ok=True)
    gold, check = treebanks_of(data)
    teacher, silver = work / "teacher.pt", work / "silver.jsonl"
    teach: dict[str, Any] = {"check": check, "log": log, **settings["teacher"]}
    step(teacher, lambda path: biaffine.saved(biaffine.train(gold, **teach), path), log)
    step(silver, lambda path: write(_silver(biaffine.loaded(teacher), data, gold, settings), path), log)
    _docs(gold, list(read(silver)), check, settings, work)
    return _fit(config.with_suffix(".cfg"), work, out, log)


def _silver(
    parser: biaffine.Parser, data: Path, gold: Sequence[Sentence], settings: dict[str, dict[str, Any]]
) -> Iterator[Sentence]:
    """Raw news, and the old treebank with its heads, as the teacher reads them in one manner."""
    from beritaie.training import biaffine

    manner = settings["silver"]["manner"]
    old = [s for s in gold if not s.complete]
    yield from biaffine.parse(parser, old, manner, bonus=settings["student"]["old_bonus"])
    raw = raw_sentences(examples.raw_files(data), settings["silver"]["words"], settings["silver"]["seed"])
    for at in range(0, len(raw), 5000):
        yield from biaffine.parse(parser, raw[at : at + 5000], manner)


def _docs(
    gold: Sequence[Sentence],
    silver: Sequence[Sentence],
    check: Sequence[Sentence],
    settings: dict[str, dict[str, Any]],
    work: Path,
) -> None:
    repeated = [s for s in gold if s.complete] * settings["student"]["gold_repeats"]
    sentences = [*silver, *repeated]
    random.Random(0).shuffle(sentences)
    docs(sentences, 0).to_disk(work / "train.spacy")
    docs(check, 0, together=1).to_disk(work / "dev.spacy")


def _fit(config: Path, work: Path, out: Path, log: Log) -> Path:
    """spaCy's own training; the last model is kept."""
    from spacy.cli.init_config import fill_config
    from spacy.cli.train import train as spacy_train

    fill_config(work / "filled.cfg", config)  # with what spaCy takes where config is silent
    paths = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
    spacy_train(work / "filled.cfg", work / "student", overrides=paths)
    nlp = spacy.load(work / "student" / "model-best")
    nlp.meta.update(
        name="berita_syntax",
        description="Parts of speech, morphological features, lemmas and dependencies of Indonesian news.",
        license="CC BY-SA 4.0",
    )
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # they are of this machine
    nlp.to_disk(out)
    strings = StringStore(needed_strings(nlp))  # not every word of the news it was trained on
    strings.to_disk(out / "vocab" / "strings.json")
    log(f"written to {out}")
    return out


def needed_strings(nlp: Language) -> list[str]:
    """The labels of the components, and what the lemmatizer's rules cut and add."""
    parts: dict[str, Any] = dict(nlp.pipeline)
    found = {label for part in parts.values() for label in getattr(part, "labels", ())}
    if "trainable_lemmatizer" in parts:
        trees = srsly.msgpack_loads(parts["trainable_lemmatizer"].trees.to_bytes())["trees"]
        found |= {nlp.vocab.strings[tree[side]] for tree in trees for side in ("orig", "subst") if side in tree}
    return sorted(map(str, found))


def main() -> None:
    """``python -m beritaie.training.syntax``: make the syntax model from the treebanks and raw news."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name, value in (
        ("config", "models/id_berita/syntax.toml"),
        ("data", "../shared/data"),
        ("work", "work/syntax"),
        ("out", "models/id_berita/syntax"),
    ):
        parser.add_argument(f"--{name}", type=Path, default=Path(value))
    train(**vars(parser.parse_args()))


if __name__ == "__main__":
    main()
