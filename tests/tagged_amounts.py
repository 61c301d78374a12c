"""Runs one extractor alone on a sentence and compares what it finds with the tags in it."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import spacy

from beritaie import records
from beritaie.extractors._store import store_mentions
from beritaie.linking.mention import Mention
from tagged import Expected, parse

GOLDEN = Path(__file__).parent / "golden"
SENTENCES = Path(__file__).parent / "sentences"
SPARE = ["per", "pos", "org", "loc", "evt"]  # tags that stand for mentions
HOSTILE = ["1", "1.", "(", "(1) ", "tiga (3) ", "dua ", "juta ", "Rp 1-", "1-2-", "5 kg-", "10% ", "10 orang "]
HOSTILE += ["5 a / ", "pasal 1 jo ", "Pasal 1, ", "UU Nomor 1/"]


def sentences(field: str) -> list[str]:
    """The tagged sentences written down for ``field``, one a line; `#` begins a heading."""
    lines = (SENTENCES / f"{field}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def in_order(found: list[dict[str, Any]]) -> bool:
    """Whether the spans follow each other without overlap."""
    spans = [one["span"] for one in found]
    return all(left["end"] <= right["start"] for left, right in pairwise(spans))


class Alone:
    """One component in an empty pipeline."""

    def __init__(self, field: str, record: type[records.Record]) -> None:
        self.field, self.record = field, record
        self.nlp = spacy.blank("id")
        self.nlp.add_pipe(f"beritaie_{field}")

    def __call__(self, text: str, tags: list[Expected] | None = None) -> list[dict[str, Any]]:
        """The records of ``text``, each checked against its class and its offsets."""
        doc = self.nlp.make_doc(text)
        named = [tag for tag in tags or [] if tag.tag in SPARE]
        store_mentions(
            doc,
            [
                Mention(tag.start, tag.end, tag.text, tag.tag.upper(), 1.0, tag.attributes.get("k"))
                for tag in named
            ],
        )
        for _, component in self.nlp.pipeline:
            doc = component(doc)
        found: list[dict[str, Any]] = doc._.records[self.field]
        for one in found:
            self.record.model_validate(one)
            span = one["span"]
            assert text[span["start"] : span["end"]] == span["text"]
        assert len(doc.spans[self.field]) == len(found)
        return found

    def check(self, tagged: str, **keys: str) -> None:
        """Every `x` tag and nothing else is found; ``keys`` say which field an attribute of the tag gives."""
        text, tags = parse(tagged)
        wanted = [tag for tag in tags if tag.tag == "x"]
        found = self(text, tags)
        assert [(one["span"]["start"], one["span"]["text"]) for one in found] == [
            (tag.start, tag.text) for tag in wanted
        ]
        for one, tag in zip(found, wanted, strict=True):
            for attribute, key in keys.items():
                value, given = one[key], tag.attributes.get(attribute)
                if key == "value":
                    assert value == float(given or "nan")
                elif given is not None and isinstance(value, float):
                    assert value == pytest.approx(float(given))
                elif given is not None or key in ("qualifier", "high"):
                    assert (None if value is None else str(value)) == given

    def check_golden(self) -> None:
        """The golden file's texts give its records, field for field."""
        for sample in json.loads((GOLDEN / f"{self.field}.json").read_text(encoding="utf-8")):
            text, tags = parse(sample["text"])
            assert self(text, tags) == sample[self.field], sample["about"]
