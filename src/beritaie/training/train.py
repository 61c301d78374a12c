"""Makes the shipped pipeline from the annotated and the raw articles: one command, each step kept for the next run."""

from __future__ import annotations

import json
import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.vectors import Vectors

from beritaie.cleaning import clean
from beritaie.errors import InputError
from beritaie.extractors.mentions import AS_IT_IS, Mentions
from beritaie.language.encoder import Encoder
from beritaie.language.network import Network
from beritaie.language.tags import INNER, KINDS, OUTER, blend
from beritaie.language.tokens import blank, split
from beritaie.linking.mention import Mention
from beritaie.pipeline import COMPONENTS
from beritaie.training import examples
from beritaie.training.calibration import fit, judged
from beritaie.training.evaluate import read_gold
from beritaie.training.event_types import Opening, openings
from beritaie.training.event_types import train as train_event_types
from beritaie.training.steps import Log, step

if TYPE_CHECKING:
    from beritaie.training.student import Item

def train(config: Path, data: Path, out: Path, work: Path, log: Log = print) -> Path:
    """Train from the folder ``data`` (gold/, raw/, ner/) and write the pipeline to ``out``; returns ``out``.

    Each step leaves its result in ``work`` and is skipped if that is there: static vectors, the fine-tuned encoder,
    an ensemble of small networks, the labels of raw articles by all of them, the small network that learns from
    everything. What the encoder adds to the pipeline goes to the folder `accurate` beside ``out``.
    """
    settings = tomllib.loads(config.read_text(encoding="utf-8"))
    work.mkdir(parents=True, exist_ok=True)
    step(work / "vectors.floret", lambda path: _vectors(data, path, settings["vectors"]), log)
    nlp = with_vectors(read_floret(work / "vectors.floret", settings["vectors"]["scale"]))
    vectors = nlp.vocab.vectors
    golds = list(read_gold(data / "gold" / "train.jsonl"))
    articles = [*golds, *examples.annotated(config.parent / settings["annotations"], examples.raw_files(data))]
    sentences = _sentences(data)
    items = _items(articles)
    tuning: dict[str, Any] = {"settings": settings["encoder"], "log": log}
    step(work / "encoder.npz", lambda path: _encoder(data, path, items, sentences, **tuning), log)
    members = []
    for i, changes in enumerate(settings["ensemble"]["members"]):
        members.append(work / f"member-{i}.npz")
        member = {**settings["ensemble"]["all"], **changes}
        step(members[-1], partial(_network, items + sentences, vectors, member, log), log)
    teachers: dict[str, Any] = {"encoder": work / "encoder.npz", "members": members, "vectors": vectors}
    step(work / "labels.npz", lambda path: _labels(data, path, **teachers, settings=settings["labels"]), log)
    step(
        work / "student.npz",
        lambda path: _network(
            [*items, *sentences, *_labelled(work / "labels.npz")], vectors, settings["student"], log, path
        ),
        log,
    )
    folds: dict[str, Any] = {"nlp": nlp, "settings": settings["folds"], "log": log}
    step(work / "unseen.json", lambda path: _unseen(path, articles, sentences, **folds), log)
    step(
        work / "event_types.npz",
        lambda path: train_event_types(
            articles,
            path,
            read_unseen(work / "unseen.json"),
            vectors=vectors,
            further=_openings(data, config.parent / settings["event_types"], vectors, work),
        ),
        log,
    )
    return assemble(nlp, work, out, list(read_gold(data / "gold" / "dev.jsonl")))


def _vectors(data: Path, path: Path, settings: dict[str, Any]) -> None:
    import floret

    corpus = path.with_suffix(".txt")
    with corpus.open("w", encoding="utf-8") as lines:
        for file in examples.raw_files(data):
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
        strings=blank().vocab.strings,
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


def with_vectors(vectors: Vectors) -> Language:
    """An untrained pipeline with our tokens and the static vectors."""
    nlp = blank()
    nlp.vocab.vectors = vectors
    return nlp


def _items(articles: Iterable[Mapping[str, Any]]) -> list[Item]:
    """Annotated articles for training, one for each stretch between furniture."""
    stretches = (part for article in articles for part in examples.of_article(article["text"], article["spans"]))
    return [_item(example) for example in stretches if example.tokens]


def _sentences(data: Path) -> list[Item]:
    """The sentences of idner2k, which label PER, ORG and LOC alone."""
    return [_item(one) for one in examples.idner2k(data / "ner" / "idner2k" / "train.txt") if one.tokens]


def _encoder(
    data: Path, path: Path, items: list[Item], sentences: list[Item], *, settings: dict[str, Any], log: Log
) -> None:
    from beritaie.training import encoder

    fitting = {name: settings[name] for name in ("stages", "sentences_an_epoch", "seed")}
    model = encoder.train(items, sentences, log=log, **fitting)
    texts = (text for file in examples.raw_files(data) for text in examples.raw_texts(file))
    words = Counter(text[a:b] for text in texts for a, b in split(text))
    pieces = encoder.common_pieces(words, settings["pieces"])
    weights: dict[str, Any] = encoder.packed(model, pieces, settings["share"])
    with path.open("wb") as file:
        np.savez(file, **weights)


def read_encoder(path: Path) -> Encoder:
    """The fine-tuned encoder at ``path``."""
    with np.load(path, allow_pickle=False) as arrays:
        return Encoder(arrays["encoder"].tobytes(), arrays["pieces"].tobytes())


def _item(example: examples.Example) -> Item:
    from beritaie.training.student import Item

    tags = np.array([example.outer, example.inner, example.kinds])
    return Item(examples.words_of(example.text, example.tokens), tags=tags, partial=example.partial)


def _network(items: list[Item], vectors: Vectors, settings: dict[str, Any], log: Log, path: Path) -> None:
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


def _labels(
    data: Path, path: Path, *, encoder: Path, members: list[Path], vectors: Vectors, settings: dict[str, Any]
) -> None:
    """Raw articles, cleaned, with the mean scores of the encoder and the small networks."""
    held_out = _gold_texts(data)
    words: list[list[str]] = []
    for file, count in zip(examples.raw_files(data), (settings["news"], settings["local"]), strict=True):
        fresh = [text for text in examples.raw_texts(file) if text[:200] not in held_out]
        random.Random(0).shuffle(fresh)
        for text in fresh[:count]:
            try:
                article = clean(text).text[: settings["longest"]]
            except InputError:
                continue
            words.append(examples.words_of(article, examples.tokens_of(article)))
    words = [article for article in words if article]
    teachers: list[Network | Encoder] = [read_encoder(encoder), *(read_network(member, vectors) for member in members)]
    weights = [settings["share"]] + [(1 - settings["share"]) / len(members)] * len(members)
    scores = [
        blend([teacher(words[at : at + 32]) for teacher in teachers], weights).astype(np.float16)
        for at in range(0, len(words), 32)
    ]
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


def _unseen(
    path: Path,
    articles: list[dict[str, Any]],
    sentences: list[Item],
    *,
    nlp: Language,
    settings: dict[str, Any],
    log: Log,
) -> None:
    """Mentions in each annotated article as found by a network that has not seen it: what linking must live with."""
    from beritaie.training import student

    parts = settings["parts"]
    found: dict[str, list[Mention]] = {}
    for part in range(parts):
        weights = student.train(
            _items(article for i, article in enumerate(articles) if i % parts != part) + sentences,
            nlp.vocab.vectors.get_batch,
            static_width=nlp.vocab.vectors.shape[1],
            log=log,
            **settings["network"],
        )
        finder = Mentions(nlp.vocab)
        finder.use(weights)
        finder.use({"calibration": fit(judged(articles[part::parts], nlp, finder))})
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


def _openings(data: Path, labels: Path, vectors: Vectors, work: Path) -> Iterator[Opening]:
    """The articles of which title and lead were annotated, as the shipped network reads them."""
    reader = _with_network(with_vectors(vectors), work, exclude="beritaie_events")
    return openings(labels, examples.raw_files(data), reader)


def _with_network(nlp: Language, work: Path, exclude: str = "") -> Language:
    """``nlp`` with the library's components, the shipped network's weights from ``work`` among them."""
    for name in COMPONENTS:
        if name != exclude:
            nlp.add_pipe(name)
    parts: dict[str, Any] = dict(nlp.pipeline)
    with np.load(work / "student.npz", allow_pickle=False) as weights:
        parts["beritaie_mentions"].use({name: weights[name] for name in weights.files})
    return nlp


def assemble(nlp: Language, work: Path, out: Path, golds: list[dict[str, Any]]) -> Path:
    """Put the trained parts into one spaCy pipeline and save it under ``out``, what the encoder adds beside it.

    The scores of both are calibrated on ``golds``.
    """
    _with_network(nlp, work)
    parts: dict[str, Any] = dict(nlp.pipeline)
    finder: Mentions = parts["beritaie_mentions"]
    finder.use({"calibration": fit(judged(golds, nlp, finder))})
    parts["beritaie_events"].from_bytes((work / "event_types.npz").read_bytes())
    nlp.meta.update(
        name="berita_fast",
        description="Persons, positions, institutions, places and events in Indonesian news.",
        license="CC BY-SA 4.0",
        labels={"outer": list(OUTER), "inner": list(INNER), "kinds": list(KINDS)},
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(out)

    with np.load(work / "encoder.npz", allow_pickle=False) as arrays:
        added = {name: arrays[name] for name in arrays.files}
    finder.use({**added, "calibration": AS_IT_IS})
    calibration = fit(judged(golds, nlp, finder))
    beside = out.parent / "accurate" / "beritaie_mentions"
    beside.mkdir(parents=True, exist_ok=True)
    with (beside / "weights.npz").open("wb") as file:
        arrays_of_any: dict[str, Any] = {**added, "calibration": calibration}
        np.savez_compressed(file, **arrays_of_any)
    return out
