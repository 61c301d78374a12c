"""Makes a stanza model of Indonesian (tags, features, lemmas, dependencies) with stanza's own trainers.

It learns from what teaches the shipped parser too: the treebanks in the one-token view and, where they are there,
sentences of raw news that the teacher parsed. stanza is needed here and nowhere else in training.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray

from beritaie._resources import models_directory
from beritaie.errors import ModelNotFound
from beritaie.language.tokens import split
from beritaie.training import syntax
from beritaie.training.examples import raw_files, raw_texts
from beritaie.training.steps import Log, step
from beritaie.training.treebanks import Sentence

_ENTRIES_A_SENTENCE = 50


def train(config: Path, data: Path, work: Path, out: Path, *, silver: Path | None = None, log: Log = print) -> Path:
    """Train from the folder ``data`` (ud/, raw/); pos.pt, lemma.pt, depparse.pt and pretrain.pt go to ``out``.

    ``config`` is the .toml, ``silver`` the silver.jsonl in the working folder of `beritaie.training.syntax`. Each step
    leaves its result in ``work`` or ``out`` and is skipped if that is there. Returns ``out``; raises ModelNotFound
    where stanza is missing.
    """
    try:
        from stanza.models import lemmatizer, parser, tagger
    except ImportError as error:
        raise ModelNotFound('stanza is not installed: pip install "beritaie[stanza]"') from error
    settings = tomllib.loads(config.read_text(encoding="utf-8"))
    for folder in (work, out):
        folder.mkdir(parents=True, exist_ok=True)
    learnt, looked_at = syntax.treebanks_of(data)
    gold = [s for s in learnt if s.complete]
    check = [s for s in looked_at if s.treebank == settings["manner"]]
    parsed = sampled(syntax.read(silver) if silver else (), settings["silver"]["words"])
    log(f"{len(gold)} sentences annotated, {len(parsed)} parsed by the teacher, {len(check)} to look at")
    lessons, checked, tagged, checked_tagged, words = (
        work / f"{name}.conllu" for name in ("lessons", "check", "lessons-tagged", "check-tagged", "words")
    )
    named = {"shorthand": settings["treebank"]}
    reading = {**named, "lang": settings["language"], "wordvec_pretrain_file": out / "pretrain.pt"}

    def fit(trainer: Any, section: str, path: Path, **options: Any) -> None:
        trainer.main(arguments({**options, "save_dir": path.parent, "save_name": path.name, **settings[section]}))

    def tag(sentences: Path, path: Path) -> None:
        model = {"mode": "predict", "no_gold_labels": True, "save_dir": out, "save_name": "pos.pt"}
        tagger.main(arguments({**reading, **model, "eval_file": sentences, "output_file": path}))

    steps: dict[Path, Callable[[Path], Any]] = {
        lessons: lambda path: _write(path, mixed(gold, parsed, **settings["lessons"])),
        checked: lambda path: _write(path, check),
        words: lambda path: _write(path, dictionary(_lemma_sources(gold, parsed, settings["lemmas"]))),
        out / "pretrain.pt": lambda path: _vectors(path, data, [*gold, *parsed], settings["vectors"]),
        out / "pos.pt": lambda path: fit(tagger, "tagger", path, train_file=lessons, eval_file=checked, **reading),
        tagged: lambda path: tag(lessons, path),  # the parser is to see the tags it will get
        checked_tagged: lambda path: tag(checked, path),
        out / "depparse.pt": lambda path: fit(
            parser, "parser", path, train_file=tagged, eval_file=checked_tagged, **reading
        ),
        out / "lemma.pt": lambda path: fit(
            lemmatizer, "lemmatizer", path, train_file=words, eval_file=checked, **named
        ),
        out / "meta.json": lambda path: path.write_text(_meta(settings, gold, parsed), encoding="utf-8"),
    }
    for path, make in steps.items():
        step(path, make, log)
    return out


def conllu(sentences: Iterable[Sentence]) -> Iterator[str]:
    """Sentences in CoNLL-U, tokens as they are: the feature Clitic stays, no clitic becomes a word of its own.

    >>> book = Sentence("csui", ["Bukunya"], [False], ["NOUN"], ["Clitic=Poss"], ["buku"], [0], ["root"])
    >>> next(conllu([book])).split()
    ['1', 'Bukunya', 'buku', 'NOUN', '_', 'Clitic=Poss', '0', 'root', '_', 'SpaceAfter=No']
    """
    for s in sentences:
        lines = []
        for i, word in enumerate(s.words):
            head = 0 if s.heads[i] == i else s.heads[i] + 1
            space = "_" if s.spaces[i] else "SpaceAfter=No"
            row = (i + 1, word, s.lemmas[i] or "_", s.tags[i], "_", s.feats[i] or "_", head, s.relations[i], "_", space)
            lines.append("\t".join(map(str, row)) + "\n")
        yield "".join(lines) + "\n"


def arguments(options: Mapping[str, Any]) -> list[str]:
    """Options as stanza's trainers take them on a command line; what is True has no value.

    >>> arguments({"lr": 0.003, "no_xpos": True})
    ['--lr', '0.003', '--no_xpos']
    """
    return [
        part
        for name, value in options.items()
        for part in ([f"--{name}"] if value is True else [f"--{name}", str(value)])
    ]


def sampled(sentences: Iterable[Sentence], words: int) -> list[Sentence]:
    """Of a long row of sentences as many, picked evenly at random, as have about ``words`` words."""
    everything = list(sentences)
    random.Random(0).shuffle(everything)
    found = []
    for sentence in everything:
        if words <= 0:
            break
        found.append(sentence)
        words -= len(sentence.words)
    return found


def mixed(gold: Sequence[Sentence], parsed: Sequence[Sentence], *, repeats: int, longest: int) -> list[Sentence]:
    """The sentences of a pass: those annotated ``repeats`` times, none of more than ``longest`` words."""
    sentences = [s for s in [*parsed, *(s for _ in range(repeats) for s in gold)] if len(s.words) <= longest]
    random.Random(0).shuffle(sentences)
    return sentences


def dictionary(sources: Iterable[Iterable[Sentence]]) -> Iterator[Sentence]:
    """Every word once a tag, with its usual lemma in the first source that has it, as sentences of such words."""
    known: dict[tuple[str, str], str] = {}
    for source in sources:
        counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for s in source:
            for word, tag, lemma in zip(s.words, s.tags, s.lemmas, strict=True):
                if lemma not in {"", "_"} or word == "_":
                    counts[word, tag][lemma] += 1
        for pair, found in counts.items():
            known.setdefault(pair, found.most_common(1)[0][0])
    entries = list(known.items())
    for at in range(0, len(entries), _ENTRIES_A_SENTENCE):
        part = entries[at : at + _ENTRIES_A_SENTENCE]
        n = len(part)
        words, tags = [word for (word, _), _ in part], [tag for (_, tag), _ in part]
        lemmas, relations = [lemma for _, lemma in part], ["root", *["dep"] * (n - 1)]
        yield Sentence("words", words, [True] * n, tags, [""] * n, lemmas, [0] * n, relations)


def write_vectors(path: Path, words: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Vectors (words, width) as the text that stanza reads them from: the size, then a word a line."""
    with path.open("w", encoding="utf-8") as lines:
        lines.write(f"{len(words)} {vectors.shape[1]}\n")
        for word, row in zip(words, vectors, strict=True):
            lines.write(" ".join([word, *(f"{value:.4f}" for value in row)]) + "\n")


def _lemma_sources(
    gold: Sequence[Sentence], parsed: Sequence[Sentence], names: Iterable[str]
) -> Iterator[Iterable[Sentence]]:
    for name in names:
        yield parsed if name == "silver" else [s for s in gold if s.treebank == name]


def _vectors(path: Path, data: Path, sentences: Iterable[Sentence], settings: Mapping[str, Any]) -> None:
    from stanza.models.common.pretrain import Pretrain

    counts: Counter[str] = Counter()
    for file in raw_files(data):
        for text in raw_texts(file):
            counts.update(text[a:b].lower() for a, b in split(text))
    seen = Counter(word.lower() for s in sentences for word in s.words)
    frequent = [word for word, _ in counts.most_common(settings["words"])]
    repeated = [word for word, count in seen.items() if count >= settings["least"]]
    words = [word for word in dict.fromkeys([*frequent, *repeated]) if word.split() == [word]]
    rows = path.with_suffix(".txt")
    fast = spacy.load(models_directory() / "id_berita" / "fast")
    write_vectors(rows, words, fast.vocab.vectors.get_batch(words))
    Pretrain(str(path), str(rows)).load()
    rows.unlink()


def _meta(settings: Mapping[str, Any], gold: Sequence[Sentence], parsed: Sequence[Sentence]) -> str:
    def size(sentences: Sequence[Sentence]) -> dict[str, int]:
        return {"sentences": len(sentences), "words": sum(len(s.words) for s in sentences)}

    names = dict.fromkeys(s.treebank for s in gold)
    meta = {
        "description": "Tags, features, lemmas and dependencies of Indonesian news for stanza.",
        "license": "CC BY-SA 4.0",
        "stanza": importlib.metadata.version("stanza"),
        "annotated": {name: size([s for s in gold if s.treebank == name]) for name in names},
        "parsed by the teacher": size(parsed),
        "settings": settings,
    }
    return json.dumps(meta, indent=2) + "\n"


def _write(path: Path, sentences: Iterable[Sentence]) -> None:
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(conllu(sentences))


def main() -> None:
    """``python -m beritaie.training.stanza_models``: make a stanza model from the treebanks and parsed news."""
    options = argparse.ArgumentParser(description=main.__doc__)
    for name, value in (
        ("config", "models/id_berita/stanza.toml"),
        ("data", "../shared/data"),
        ("work", "work/stanza"),
        ("out", "work/stanza/model"),
    ):
        options.add_argument(f"--{name}", type=Path, default=Path(value))
    options.add_argument("--silver", type=Path, help="work/syntax/silver.jsonl, once beritaie.training.syntax made it")
    train(**vars(options.parse_args()))


if __name__ == "__main__":
    main()
