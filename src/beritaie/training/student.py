"""Trains the mention network, on annotated articles and on raw news that an ensemble of such networks has labelled."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from beritaie.language.network import DILATIONS, POOL_AFTER, TABLES, WIDTHS, features
from beritaie.language.tags import INNER, KINDS, OUTER

_FORM_DROPOUT = 0.3
_HEAD = (len(OUTER), len(INNER), len(KINDS))


@dataclass
class Item:
    """One text for training: its words and either gold tags (outer, inner, kinds) or scores to imitate."""

    words: list[str]
    tags: NDArray[np.int64] | None = None  # (3, tokens); -1 where unknown
    scores: NDArray[np.float16] | None = None  # (tokens, sum of _HEAD)
    partial: bool = False  # only PER, ORG and LOC were looked for


class _Window(nn.Module):
    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.dilation = dilation
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, inside: Tensor, drop: Callable[[Tensor], Tensor]) -> Tensor:
        y = self.norm(x) * inside
        d = self.dilation
        padded = functional.pad(y, (0, 0, d, d))
        joined = torch.cat([padded[: len(y)], y, padded[2 * d :]], dim=1)
        result: Tensor = x + self.out(drop(torch.relu(self.mix(joined))))
        return result


class _Article(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(2 * width, width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, group: Tensor, drop: Callable[[Tensor], Tensor]) -> Tensor:
        y = self.norm(x)
        size = int(group.max()) + 1
        sums = torch.zeros(size, y.shape[1]).index_add(0, group, y)
        counts = torch.zeros(size, 1).index_add(0, group, torch.ones(len(group), 1))
        means = (sums / counts)[group]
        result: Tensor = x + self.out(drop(torch.relu(self.mix(torch.cat([y, means], dim=1)))))
        return result


class Student(nn.Module):
    """The network of ``beritaie.language.network`` in torch; ``state_dict`` names are its weight names."""

    def __init__(self, static_width: int, width: int, dropout: float) -> None:
        super().__init__()
        for name, rows in TABLES.items():
            table = nn.Embedding(rows, WIDTHS[name])
            nn.init.normal_(table.weight, std=0.1)
            setattr(self, name, table)
        self.embed = nn.Linear(static_width + sum(WIDTHS.values()), width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList([_Window(width, dilation) for dilation in DILATIONS])
        self.pool = _Article(width)
        self.final = nn.LayerNorm(width)
        self.head = nn.Linear(width, sum(_HEAD))
        self.drop = nn.Dropout(dropout)

    def forward(self, rows: Tensor, static: Tensor, places: Tensor, total: int, group: Tensor) -> Tensor:
        """Scores (tokens, tags); ``places`` are the tokens' rows among ``total`` rows with gaps between articles."""
        parts = [getattr(self, name)(rows[:, i]) for i, name in enumerate(TABLES)]
        if self.training:  # a word never seen has no form vector worth anything: learn to do without
            parts[0] = parts[0] * (torch.rand(len(rows), 1) >= _FORM_DROPOUT)
        x = self.norm(self.embed(self.drop(torch.cat([static, *parts], dim=1))))
        width = x.shape[1]
        spread = torch.zeros(total, width).index_copy(0, places, x)
        inside = torch.zeros(total, 1).index_fill(0, places, 1.0)
        for i, layer in enumerate(self.layers):
            if i == POOL_AFTER:
                spread = spread.index_copy(0, places, self.pool(spread[places], group, self.drop))
            spread = layer(spread, inside, self.drop)
        scores: Tensor = self.head(self.drop(self.final(spread[places])))
        return scores


class _Words:
    """Remembers the features and static vectors of distinct words."""

    def __init__(self, vectors: Callable[[list[str]], NDArray[np.float32]]) -> None:
        self._vectors = vectors
        self._index: dict[str, int] = {}
        self._rows: list[tuple[int, int, int, int]] = []
        self._static: list[NDArray[np.float32]] = []

    def __call__(self, words: list[str]) -> tuple[Tensor, Tensor]:
        new = [word for word in dict.fromkeys(words) if word not in self._index]
        for word, vector in zip(new, self._vectors([word.lower() for word in new]) if new else (), strict=True):
            self._index[word] = len(self._rows)
            self._rows.append(features(word))
            self._static.append(vector)
        chosen = [self._index[word] for word in words]
        return torch.tensor([self._rows[i] for i in chosen]), torch.from_numpy(
            np.stack([self._static[i] for i in chosen])
        )


def _batches(items: Sequence[Item], tokens: int) -> Iterator[list[Item]]:
    """Random batches of about ``tokens`` tokens."""
    order = list(items)
    random.shuffle(order)
    batch: list[Item] = []
    size = 0
    for item in order:
        batch.append(item)
        size += len(item.words)
        if size >= tokens:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _allowed(tags: NDArray[np.int64]) -> Tensor:
    """The tags that a partly labelled token may carry: its own, or one of a label that nobody looked for.

    A person stays one; an institution or a place may stand inside a position or an event, but begins none.
    """
    own = np.array([OUTER[tag] for tag in tags])
    unasked = np.array([tag[2:] in {"POS", "EVT"} for tag in OUTER])
    inside = unasked & np.array([tag[0] in "IL" for tag in OUTER])
    named = np.char.endswith(own, "ORG") | np.char.endswith(own, "LOC")
    allowed = (own == "O")[:, None] & unasked | named[:, None] & inside
    in_place = np.char.endswith(own, "LOC")
    allowed |= in_place[:, None] & np.array([tag.endswith("ORG") for tag in OUTER])
    allowed[np.arange(len(tags)), tags] = True
    return torch.from_numpy(allowed)


def gold_loss(scores: Tensor, item: Item) -> Tensor:
    """Cross entropy against the gold tags, over the sets of allowed tags where the labels are partial."""
    assert item.tags is not None
    parts = scores.split(list(_HEAD), dim=1)
    if item.partial:
        return -parts[0].log_softmax(1).masked_fill(~_allowed(item.tags[0]), -1e9).logsumexp(1).sum()
    weights = (1.0, 1.0, 0.5)
    return torch.stack(
        [
            weight * functional.cross_entropy(part, torch.from_numpy(tags), ignore_index=-1, reduction="sum")
            for weight, part, tags in zip(weights, parts, item.tags, strict=True)
        ]
    ).sum()


def _loss(scores: Tensor, item: Item) -> Tensor:
    if item.tags is not None:
        return gold_loss(scores, item)
    parts = scores.split(list(_HEAD), dim=1)
    assert item.scores is not None
    targets = torch.from_numpy(item.scores.astype(np.float32)).split(list(_HEAD), dim=1)
    in_place = 1 - targets[0].softmax(1)[:, 0]  # a kind is asked for only where a mention is seen
    losses = [
        -(target.softmax(1) * part.log_softmax(1)).sum(1) for target, part in zip(targets, parts, strict=True)
    ]
    return (losses[0] + losses[1] + 0.5 * in_place * losses[2]).sum()


def train(
    items: Sequence[Item],
    vectors: Callable[[list[str]], NDArray[np.float32]],
    *,
    static_width: int,
    width: int,
    epochs: int,
    rate: float,
    dropout: float,
    batch_tokens: int,
    seed: int,
    gold_weight: int = 1,
    log: Any = print,
    after_epoch: Callable[[Student, int], None] | None = None,
) -> dict[str, NDArray[np.float32]]:
    """The trained weights by name; items with gold tags are seen ``gold_weight`` times an epoch."""
    random.seed(seed)
    torch.manual_seed(seed)
    words = _Words(vectors)
    model = Student(static_width, width, dropout)
    seen = [item for item in items for _ in range(gold_weight if item.tags is not None and not item.partial else 1)]
    total_steps = epochs * (sum(len(item.words) for item in seen) // batch_tokens + 1)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=total_steps + epochs, pct_start=0.1)
    began = time.time()
    gap = max(DILATIONS)
    for epoch in range(epochs):
        model.train()
        total = tokens = 0.0
        for batch in _batches(seen, batch_tokens):
            all_words = [word for item in batch for word in item.words]
            rows, static = words(all_words)
            places, group, at, groups = [], [], gap, 0
            for item in batch:
                places.append(torch.arange(len(item.words)) + at)
                at += len(item.words) + gap
                known: dict[str, int] = {}
                group += [groups + known.setdefault(word.lower(), len(known)) for word in item.words]
                groups += len(known)
            scores = model(rows, static, torch.cat(places), at, torch.tensor(group))
            lengths = [len(item.words) for item in batch]
            loss = torch.stack(
                [_loss(part, item) for part, item in zip(scores.split(lengths), batch, strict=True)]
            ).sum() / sum(lengths)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * sum(lengths)
            tokens += sum(lengths)
        log(f"epoch {epoch + 1}: loss {total / tokens:.4f}, {time.time() - began:.0f} s")
        if after_epoch is not None:
            after_epoch(model, epoch)
    return {name: value.numpy() for name, value in model.state_dict().items()}
