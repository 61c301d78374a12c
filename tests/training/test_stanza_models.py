"""Training a stanza model: what its trainers are given, and a model small enough to be made in a test."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from beritaie.training.stanza_models import conllu, dictionary, mixed, sampled, train, write_vectors
from beritaie.training.syntax import write
from beritaie.training.treebanks import Sentence, read

# Bukunya dibeli Rani. / Rani pergi.
BOUGHT = Sentence(
    "csui",
    ["Bukunya", "dibeli", "Rani", "."],
    [True, True, False, True],
    ["NOUN", "VERB", "PROPN", "PUNCT"],
    ["Clitic=Poss|Number=Sing", "Voice=Pass", "", ""],
    ["buku", "beli", "Rani", "."],
    [1, 1, 1, 1],
    ["nsubj:pass", "root", "obl:agent", "punct"],
)
WENT = Sentence(
    "csui", ["Rani", "pergi", "."], [True, False, True], ["PROPN", "VERB", "PUNCT"], ["", "", ""],
    ["Rani", "pergi", "."], [1, 1, 1], ["nsubj", "root", "punct"],
)  # fmt: skip


def lemmas(word: str, tag: str, *found: str) -> Sentence:
    """A sentence of one word again and again, each time with another lemma."""
    n = len(found)
    return Sentence(
        "csui", [word] * n, [True] * n, [tag] * n, [""] * n, list(found), [0] * n, ["root", *["dep"] * (n - 1)]
    )


def test_a_sentence_comes_back_from_conllu_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "two.conllu").write_text("".join(conllu([BOUGHT, WENT])), encoding="utf-8")
    assert list(read(tmp_path / "two.conllu", "csui")) == [BOUGHT, WENT]


def test_a_word_and_its_clitic_are_one_line_of_conllu() -> None:
    first = next(conllu([BOUGHT])).splitlines()[0]
    assert first == "1\tBukunya\tbuku\tNOUN\t_\tClitic=Poss|Number=Sing\t2\tnsubj:pass\t_\t_"


def test_a_lemma_that_was_not_annotated_is_a_blank_of_conllu() -> None:
    assert next(conllu([WENT._replace(lemmas=["", "pergi", "."])])).split("\t")[2] == "_"


def test_annotated_sentences_are_repeated_and_long_ones_left_out() -> None:
    lessons = mixed([WENT], [BOUGHT], repeats=2, longest=3)
    assert lessons == [WENT, WENT]


def test_a_sample_has_about_the_words_asked_for() -> None:
    assert [len(s.words) for s in sampled([WENT] * 10, 7)] == [3, 3, 3]
    assert sampled([WENT], 100) == [WENT]


def test_a_word_has_its_usual_lemma_in_the_first_source_that_knows_it() -> None:
    first = [lemmas("tersebut", "DET", "sebut", "sebut", "tersebut")]
    second = [lemmas("tersebut", "DET", "tersebut"), lemmas("tersebut", "VERB", "sebut"), lemmas("kota", "NOUN", "")]
    (entries,) = dictionary([first, second])
    assert list(zip(entries.words, entries.tags, entries.lemmas, strict=True)) == [
        ("tersebut", "DET", "sebut"),
        ("tersebut", "VERB", "sebut"),
    ]


def test_vectors_are_written_with_their_size_first(tmp_path: Path) -> None:
    write_vectors(tmp_path / "v.txt", ["kota", "desa"], np.array([[0.5, -1], [2, 0]], dtype=np.float32))
    assert (tmp_path / "v.txt").read_text(encoding="utf-8").splitlines() == [
        "2 2",
        "kota 0.5000 -1.0000",
        "desa 2.0000 0.0000",
    ]


SETTINGS = """
language = "id"
treebank = "id_berita"
manner = "csui"
lemmas = ["csui", "silver", "pud"]
vectors = { words = 20, least = 1 }
silver = { words = 7 }
lessons = { repeats = 2, longest = 80 }
lemmatizer = { seed = 1, num_epoch = 1, hidden_dim = 8, emb_dim = 8, pos_dim = 8 }

[tagger]
seed = 1
max_steps = 2
eval_interval = 2
fix_eval_interval = true
hidden_dim = 8
char_hidden_dim = 8
transformed_dim = 8
deep_biaff_hidden_dim = 8
composite_deep_biaff_hidden_dim = 8

[parser]
seed = 1
max_steps = 2
eval_interval = 2
no_checkpoint = true
hidden_dim = 8
char_hidden_dim = 8
transformed_dim = 8
deep_biaff_hidden_dim = 8
no_xpos = true
no_ufeats = true
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folders ud/ and raw/, with two invented sentences in every treebank."""
    for name, file in (
        ("csui", "id_csui-ud-train"),
        ("gsd", "id_gsd-ud-dev"),
        ("pud", "id_pud-ud-test"),
        ("gsd", "id-ud-train.v2.0-2017-02"),
    ):
        path = tmp_path / "ud" / name / f"{file}.conllu.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress("".join(conllu([BOUGHT, WENT] * 2)).encode()))
    (tmp_path / "raw").mkdir()
    for name in ("news", "local"):
        line = json.dumps({"text": "Rani pergi ke kota."})
        (tmp_path / "raw" / f"{name}.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    return tmp_path


@pytest.mark.filterwarnings("ignore")  # of torch, for stanza
def test_stanza_reads_what_was_trained(tmp_path: Path, data: Path) -> None:
    stanza = pytest.importorskip("stanza")
    (tmp_path / "stanza.toml").write_text(SETTINGS, encoding="utf-8")
    write([BOUGHT] * 5, tmp_path / "silver.jsonl")
    out = train(
        tmp_path / "stanza.toml", data, tmp_path / "work", tmp_path / "out", silver=tmp_path / "silver.jsonl", log=str
    )
    (tmp_path / "resources.json").write_text("{}", encoding="utf-8")
    nlp = stanza.Pipeline(
        "id",
        dir=str(tmp_path),
        processors=dict.fromkeys(["tokenize", "pos", "lemma", "depparse"], "default"),
        allow_unknown_language=True,
        download_method=None,
        tokenize_pretokenized=True,
        verbose=False,
        pos_model_path=str(out / "pos.pt"),
        pos_pretrain_path=str(out / "pretrain.pt"),
        lemma_model_path=str(out / "lemma.pt"),
        depparse_model_path=str(out / "depparse.pt"),
        depparse_pretrain_path=str(out / "pretrain.pt"),
    )
    (sentence,) = nlp([["Bukunya", "dibeli", "Rani"]]).sentences
    assert [word.text for word in sentence.words] == ["Bukunya", "dibeli", "Rani"]
    assert {word.upos for word in sentence.words} <= {"NOUN", "VERB", "PROPN", "PUNCT"}
    assert sorted(word.head for word in sentence.words).count(0) == 1
    assert sentence.words[0].lemma
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    assert meta["parsed by the teacher"] == {"sentences": 2, "words": 8}
