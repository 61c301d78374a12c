"""Training the models of events: a few annotated articles, then what is learnt from them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from beritaie.errors import InputError
from beritaie.extractors.events import Events
from beritaie.linking.event_phrases import Facts
from beritaie.linking.events import find_events
from beritaie.linking.linear import unpacked
from beritaie.linking.mention import Mention
from beritaie.training.event_types import (
    Choice,
    Lesson,
    Opening,
    fit,
    fit_choices,
    fit_flags,
    fit_labels,
    lessons,
    openings,
    train,
)
from beritaie.training.examples import checksum


def article(number: int) -> dict[str, Any]:
    """An annotated article of two kinds, taking turns."""
    verb, kind = (("Tinjau", "visit"), ("Tangkap", "crime"))[number % 2]
    title = f"Camat {verb} Warung {number}"
    text = f"Iklan\n{title}\n\nCamat datang ke sana Senin (9/12/2024)."
    start = text.index(verb)
    return {
        "id": f"a{number}",
        "text": text,
        "spans": [
            {"start": 0, "end": 6, "label": "X", "attrs": {}},
            {"start": start, "end": start + len(verb), "label": "EVT", "attrs": {"e": "e1"}},
        ],
        "record": {
            "title": title, "published": "2024-12-10", "outlet": None, "authors": [], "dateline": None,
            "events": [
                {"id": "e1", "main": True, "type": kind, "what": verb, "date": None, "places": [],
                 "participants": []}
            ],
        },
    }  # fmt: skip


def test_training_writes_weights_that_the_component_reads(tmp_path: Path) -> None:
    models = train([article(i) for i in range(20)], tmp_path / "weights.npz")
    again = unpacked((tmp_path / "weights.npz").read_bytes())
    assert again.keys() == models.keys() >= {"main", "type", "date"}
    doc = Events(again)(spacy.blank("id")("Camat Tangkap Pencuri"))
    assert doc._.records["events"][0]["type"] == "crime"


def test_lessons_are_read_with_the_mentions_of_a_network() -> None:
    found = {"a0": [Mention(0, 5, "Iklan", "EVT", 0.9), Mention(19, 27, "Warung 0", "EVT", 0.4)]}
    [annotated] = lessons([article(0)])
    [real] = lessons([article(0)], found)
    assert [mention[:3] for mention in annotated.facts.mentions] == [(6, 12, "Tinjau")]
    assert [mention[:3] for mention in real.facts.mentions] == [(13, 21, "Warung 0")]


def labelled(path: Path, text: str, *, crc32: int | None = None) -> tuple[Path, Path]:
    """A file with one label and a raw file with the article that it is for."""
    labels, raw = path / "labels.jsonl", path / "raw.jsonl.gz"
    row = {"id": "a1", "crc32": crc32 or checksum(text), "type": "visit", "what": [6, 12]}
    labels.write_text(json.dumps(row) + "\n")
    with gzip.open(raw, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "a1", "text": text}) + "\n")
    return labels, raw


def reader() -> Language:
    """The least that reads an opening."""
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_sentences")
    return nlp


def test_openings_are_read_with_their_texts(tmp_path: Path) -> None:
    labels, raw = labelled(tmp_path, "Camat Tinjau Warung\n\nCamat meninjau warung di desa itu kemarin pagi.")
    [opening] = openings(labels, [raw], reader())
    assert (opening.kind, opening.what) == ("visit", "Tinjau")
    assert opening.facts.text.startswith("Camat Tinjau Warung")


def test_label_for_another_text_is_refused(tmp_path: Path) -> None:
    labels, raw = labelled(tmp_path, "Camat Tinjau Warung", crc32=1)
    with pytest.raises(InputError, match="not the text"):
        list(openings(labels, [raw], reader()))


def test_label_without_its_text_is_refused(tmp_path: Path) -> None:
    labels, _ = labelled(tmp_path, "Camat Tinjau Warung")
    with pytest.raises(InputError, match="missing"):
        list(openings(labels, [], reader()))


def facts(text: str) -> Facts:
    """An article that is all title."""
    return Facts(text, (0, len(text)), ((0, len(text)),))


def test_articles_without_an_event_teach_what_has_none() -> None:
    known = [Lesson(facts(f"Camat Tangkap Pencuri {i}"), article(1)["record"]["events"][0]) for i in range(12)]
    models = fit(known, [Opening(facts(f"Resep Memasak Ikan {i}"), None, None) for i in range(60)])
    assert find_events(facts("Resep Memasak Ikan"), models) == []
    assert find_events(facts("Camat Tangkap Pencuri"), models) != []


def test_labels_are_learnt_from_features() -> None:
    model = fit_labels([{"a": 1.0}, {"b": 1.0}] * 5, ["x", "y"] * 5, ("x", "y"), least=2, penalty=0.1)
    assert model.labels[int(model.scores({"a": 1.0}).argmax())] == "x"
    assert model.labels[int(model.scores({"b": 1.0}).argmax())] == "y"


def test_right_candidate_outscores_the_wrong_one() -> None:
    model = fit_choices([Choice([{"good": 1.0}, {"bad": 1.0}], [True, False])] * 5, least=2, penalty=0.1)
    assert model.score({"good": 1.0}) > model.score({"bad": 1.0})


def test_choice_without_a_right_candidate_teaches_nothing() -> None:
    choices = [Choice([{"good": 1.0}, {"bad": 1.0}], [True, False])] * 5
    silent = [Choice([{"bad": 1.0}, {"worse": 1.0}], [False, False])] * 5
    assert fit_choices([*choices, *silent], least=2, penalty=0.1).features == ("bad", "good")


def test_higher_bar_says_yes_less_often() -> None:
    rows = [{"bias": 1.0, "a": 1.0}, {"bias": 1.0}] * 5
    low, high = (fit_flags(rows, [True, False] * 5, least=2, penalty=1.0, bar=bar) for bar in (0.2, 0.8))
    assert low.score(rows[0]) > high.score(rows[0])


def test_openings_teach_which_phrase_and_type_an_article_is_about() -> None:
    known = [Lesson(facts(f"Camat Tangkap Pencuri {i}"), article(1)["record"]["events"][0]) for i in range(6)]
    further = [Opening(facts(f"Sambut Tamu, Warga Gelar Kirab {i}"), "culture", "Kirab") for i in range(12)]
    [event] = find_events(facts("Sambut Tamu, Warga Gelar Kirab"), fit(known, further))
    assert (event["type"], event["what"]) == ("culture", "Kirab")
