"""Makes the shipped pipeline from the annotated and the raw articles: one command, each step kept for the next run."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.vectors import Vectors

from beritaie.cleaning import clean
from beritaie.errors import InputError
from beritaie.extractors.mentions import Mentions
from beritaie.language.network import Network
from beritaie.language.tags import INNER, KINDS, OUTER, softmax
from beritaie.language.tokens import split
from beritaie.linking.mention import Mention
from beritaie.pipeline import COMPONENTS
from beritaie.training import examples
from beritaie.training.event_types import train as train_event_types

if TYPE_CHECKING:
    from beritaie.training.student import Item

_Log = Callable[[str], None]


def train(config: Path, data: Path, out: Path, work: Path, log: _Log = print) -> Path:
    """Train from the folder ``data`` (gold/, raw/, ner/) and write the pipeline to ``out``; returns ``out``.

    Each step leaves its result in ``work`` and is skipped if that is there: static vectors, an ensemble of
    networks, its labels of raw articles, the network that learns from both.
    """
    settings = tomllib.loads(config.read_text(encoding="utf-8"))
    work.mkdir(parents=True, exist_ok=True)
    _step(work / "vectors.floret", lambda path: _vectors(data, path, settings["vectors"]), log)
    nlp = blank(read_floret(work / "vectors.floret", settings["vectors"]["scale"]))
    vectors = nlp.vocab.vectors
    items = _annotated(data)
    members = []
    for i, changes in enumerate(settings["ensemble"]["members"]):
        members.append(work / f"member-{i}.npz")
        member = {**settings["ensemble"]["all"], **changes}
        _step(members[-1], partial(_network, items, vectors, member, log), log)
    _step(work / "labels.npz", lambda path: _labels(data, members, vectors, path, settings["labels"]), log)
    _step(
        work / "student.npz",
        lambda path: _network(items + _labelled(work / "labels.npz"), vectors, settings["student"], log, path),
        log,
    )
    _step(work / "unseen.json", lambda path: _unseen(data, nlp, path, settings["folds"], log), log)
    _step(
        work / "event_types.npz",
        lambda path: train_event_types(data / "gold" / "train.jsonl", path, read_unseen(work / "unseen.json")),
        log,
    )
    return assemble(nlp, work, out)


def _step(path: Path, make: Callable[[Path], Any], log: _Log) -> None:
    if path.exists():
        log(f"{path.name}: there already")
        return
    log(f"{path.name}: being made")
    half = path.with_name(f"half-{path.name}")
    make(half)
    half.rename(path)


def _corpus(data: Path) -> list[Path]:
    return [data / "raw" / "news.jsonl.gz", data / "raw" / "local.jsonl.gz"]


def _vectors(data: Path, path: Path, settings: dict[str, Any]) -> None:
    import floret

    corpus = path.with_suffix(".txt")
    with corpus.open("w", encoding="utf-8") as lines:
        for file in _corpus(data):
            for text in examples.raw_texts(file):
                lines.write(" ".join(text[a:b] for a, b in split(text)).lower() + "\n")
    model = floret.train_unsupervised(
        str(corpus),
        model="cbow",
        mode="floret",
        hashCount=settings["hashes"],
        bucket=settings["buckets"],
        minn=settings["shortest"],
        maxn=settings["longest"],
        minCount=settings["least"],
        dim=settings["width"],
        epoch=settings["epochs"],
        lr=settings["rate"],
        neg=settings["negatives"],
        thread=2,
        verbose=0,
    )
    model.save_floret_vectors(str(path))
    corpus.unlink()


def read_floret(path: Path, scale: float) -> Vectors:
    """The static vectors of a .floret file, times ``scale``, in the precision they are shipped in."""
    with path.open(encoding="utf-8") as lines:
        rows, width, shortest, longest, hashes, seed, begin, end = next(lines).split()
        table = np.zeros((int(rows), int(width)), dtype=np.float32)
        for line in lines:
            row, *values = line.split()
            table[int(row)] = np.array(values, dtype=np.float32) * scale
    table = table.astype(np.float16).astype(np.float32)
    return Vectors(
        strings=spacy.blank("id").vocab.strings,
        data=table,
        mode="floret",
        minn=int(shortest),
        maxn=int(longest),
        hash_count=int(hashes),
        hash_seed=int(seed),
        bow=begin,
        eow=end,
        name="id_berita",
    )


def blank(vectors: Vectors) -> Language:
    """An untrained pipeline with our tokens and the static vectors."""
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "beritaie.Tokenizer.v1"}}})
    nlp.vocab.vectors = vectors
    return nlp


def _annotated(data: Path) -> list[Item]:
    """The annotated articles, and the sentences of idner2k, which label PER, ORG and LOC alone."""
    gold = examples.gold(data / "gold" / "train.jsonl")
    sentences = examples.idner2k(data / "ner" / "idner2k" / "train.txt")
    return [_item(example) for example in [*gold, *sentences] if example.tokens]


def _item(example: examples.Example) -> Item:
    from beritaie.training.student import Item

    tags = np.array([example.outer, example.inner, example.kinds])
    return Item(examples.words_of(example.text, example.tokens), tags=tags, partial=example.partial)


def _network(items: list[Item], vectors: Vectors, settings: dict[str, Any], log: _Log, path: Path) -> None:
    from beritaie.training import student

    weights: dict[str, Any] = student.train(
        items, vectors.get_batch, static_width=vectors.shape[1], log=log, **settings
    )
    with path.open("wb") as file:
        np.savez(file, **weights)


def read_network(path: Path, vectors: Vectors) -> Network:
    """The network whose weights lie at ``path``."""
    with np.load(path, allow_pickle=False) as arrays:
        return Network({name: arrays[name] for name in arrays.files}, vectors.get_batch)


def mean_scores(networks: list[Network], articles: list[list[str]]) -> NDArray[np.float32]:
    """Logarithms of the mean probabilities of several networks, each layer by itself: (tokens, tags)."""
    edges = [len(OUTER), len(OUTER) + len(INNER)]
    total: list[NDArray[np.float32]] = []
    for network in networks:
        layers = [softmax(layer) for layer in np.split(network(articles), edges, axis=1)]
        total = [a + b for a, b in zip(total, layers, strict=True)] if total else layers
    return np.concatenate([np.log(layer / len(networks) + 1e-6) for layer in total], axis=1)


def _labels(data: Path, members: list[Path], vectors: Vectors, path: Path, settings: dict[str, Any]) -> None:
    """Raw articles, cleaned, with the ensemble's scores."""
    held_out = _gold_texts(data)
    words: list[list[str]] = []
    for file, count in zip(_corpus(data), (settings["news"], settings["local"]), strict=True):
        fresh = [text for text in examples.raw_texts(file) if text[:200] not in held_out]
        random.Random(0).shuffle(fresh)
        for text in fresh[:count]:
            try:
                article = clean(text).text[: settings["longest"]]
            except InputError:
                continue
            words.append(examples.words_of(article, examples.tokens_of(article)))
    words = [article for article in words if article]
    networks = [read_network(member, vectors) for member in members]
    scores = [mean_scores(networks, words[at : at + 32]).astype(np.float16) for at in range(0, len(words), 32)]
    with path.open("wb") as out:
        np.savez(out, scores=np.concatenate(scores), words=np.array(json.dumps(words)))


def _gold_texts(data: Path) -> set[str]:
    found = set()
    for name in ("train", "dev"):
        with (data / "gold" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            found |= {json.loads(line)["text"][:200] for line in lines}
    return found


def _labelled(path: Path) -> list[Item]:
    from beritaie.training.student import Item

    items, at = [], 0
    with np.load(path, allow_pickle=False) as arrays:
        scores = arrays["scores"]
        for words in json.loads(str(arrays["words"])):
            items.append(Item(words, scores=scores[at : at + len(words)]))
            at += len(words)
    return items


def _unseen(data: Path, nlp: Language, path: Path, settings: dict[str, Any], log: _Log) -> None:
    """Mentions in each annotated article as found by a network that has not seen it: what linking must live with."""
    from beritaie.training import student

    parts = settings["parts"]
    with (data / "gold" / "train.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    sentences = [item for item in _annotated(data) if item.partial]
    found: dict[str, list[Mention]] = {}
    for part in range(parts):
        seen = [
            _item(example)
            for i, article in enumerate(articles)
            if i % parts != part
            for example in examples.of_article(article["text"], article["spans"])
        ]
        weights = student.train(
            seen + sentences,
            nlp.vocab.vectors.get_batch,
            static_width=nlp.vocab.vectors.shape[1],
            log=log,
            **settings["network"],
        )
        finder = Mentions(nlp.vocab)
        finder.use(weights)
        for article in articles[part::parts]:
            found[article["id"]] = [
                mention._replace(start=mention.start + start, end=mention.end + start)
                for start, end in examples.stretches(article["text"], article["spans"])
                for mention in finder.predict([nlp.make_doc(article["text"][start:end])])[0]
            ]
    path.write_text(json.dumps(found), encoding="utf-8")


def read_unseen(path: Path) -> dict[str, list[Mention]]:
    """What ``_unseen`` wrote: mentions by article id, in characters of the raw text."""
    return {
        article: [Mention(*mention) for mention in mentions]
        for article, mentions in json.loads(path.read_text(encoding="utf-8")).items()
    }


def assemble(nlp: Language, work: Path, out: Path) -> Path:
    """Put the trained parts into one spaCy pipeline and save it under ``out``."""
    for name in COMPONENTS:
        nlp.add_pipe(name)
    parts: dict[str, Any] = dict(nlp.pipeline)
    with np.load(work / "student.npz", allow_pickle=False) as weights:
        parts["beritaie_mentions"].use({name: weights[name] for name in weights.files})
    parts["beritaie_events"].from_bytes((work / "event_types.npz").read_bytes())
    nlp.meta.update(
        name="berita_fast",
        description="Persons, positions, institutions, places and events in Indonesian news.",
        license="CC BY-SA 4.0",
        labels={"outer": list(OUTER), "inner": list(INNER), "kinds": list(KINDS)},
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(out)
    return out
