"""Annotations kept apart from the texts they belong to, and joined with them again."""

import gzip
import json
from pathlib import Path

import pytest

from beritaie import InputError
from beritaie.language.tags import OUTER
from beritaie.training import examples

TEXT = "Iklan sabun\nCamat Wai Rinu Melki Ballo membuka bazar di Wai Rinu."


def written(folder: Path, text: str = TEXT, name: str = "a1") -> Path:
    file = folder / "raw.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"id": name, "text": text, "published": "2024-05-06"}) + "\n")
    return file


def annotations(folder: Path) -> Path:
    row = {
        "id": "a1",
        "crc32": examples.checksum(TEXT),
        "spans": [[12, 26, "POS"], [18, 26, "LOC", "district"], [27, 38, "PER"]],
        "furniture": [[0, 11]],
        "event": {"type": "culture", "what": [47, 52], "date": None, "places": [], "participants": []},
    }
    file = folder / "annotations.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return file


def test_annotations_are_joined_with_their_texts(tmp_path):
    (article,) = examples.annotated(annotations(tmp_path), [written(tmp_path)])
    found = {(article["text"][s["start"] : s["end"]], s["label"], s["attrs"].get("k")) for s in article["spans"]}
    assert found == {
        ("Camat Wai Rinu", "POS", None),
        ("Wai Rinu", "LOC", "district"),
        ("Melki Ballo", "PER", None),
        ("Iklan sabun", "X", None),
    }
    assert article["record"]["published"] == "2024-05-06"
    assert [(event["type"], event["what"]) for event in article["record"]["events"]] == [("culture", "bazar")]


def test_joined_annotations_become_examples_without_the_furniture(tmp_path):
    (article,) = examples.annotated(annotations(tmp_path), [written(tmp_path)])
    (example,) = examples.of_article(article["text"], article["spans"])
    words = examples.words_of(example.text, example.tokens)
    tagged = [(word, OUTER[tag]) for word, tag in zip(words, example.outer, strict=True) if tag]
    assert tagged[:3] == [("Camat", "B-POS"), ("Wai", "I-POS"), ("Rinu", "L-POS")]
    assert "Iklan" not in words


def test_a_text_that_has_changed_since_is_refused(tmp_path):
    with pytest.raises(InputError, match="a1 is not the text that was annotated"):
        list(examples.annotated(annotations(tmp_path), [written(tmp_path, TEXT + "!")]))


def test_a_missing_text_is_named(tmp_path):
    with pytest.raises(InputError, match="a1 is missing"):
        list(examples.annotated(annotations(tmp_path), [written(tmp_path, name="b2")]))
