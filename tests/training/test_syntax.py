"""Making the syntax model: raw news cut into sentences, sentences packed as spaCy's training docs."""

import gzip
import json

import spacy

from beritaie._resources import models_directory
from beritaie.training.syntax import as_doc, docs, needed_strings, raw_sentences, read, write
from beritaie.training.treebanks import Sentence

SENTENCE = Sentence(
    "csui",
    ["Lurah", "membawa", "bukunya", "."],
    [True, True, False, False],
    ["NOUN", "VERB", "NOUN", "PUNCT"],
    ["Number=Sing", "Voice=Act", "Clitic=Poss|Number=Sing", ""],
    ["lurah", "bawa", "buku", "."],
    [1, 1, 1, 1],
    ["nsubj", "root", "obj", "punct"],
)


def test_sentences_become_one_doc_with_all_that_was_annotated():
    doc = as_doc([SENTENCE, SENTENCE], spacy.blank("id").vocab)
    assert doc.text == "Lurah membawa bukunya. Lurah membawa bukunya. "
    assert [sentence.root.text for sentence in doc.sents] == ["membawa", "membawa"]
    assert [(t.pos_, t.lemma_, t.dep_, t.head.i) for t in doc][6] == ("NOUN", "buku", "obj", 5)
    assert doc[2].morph.to_dict() == {"Clitic": "Poss", "Number": "Sing"}


def test_packed_docs_hold_every_sentence_once():
    packed = list(docs([SENTENCE] * 25, seed=1).get_docs(spacy.blank("id").vocab))
    assert sum(len(list(doc.sents)) for doc in packed) == 25
    assert max(len(list(doc.sents)) for doc in packed) <= 4


def test_sentences_survive_a_file(tmp_path):
    write([SENTENCE, SENTENCE], tmp_path / "silver.jsonl")
    assert list(read(tmp_path / "silver.jsonl")) == [SENTENCE, SENTENCE]


def test_raw_news_is_cut_into_sentences_without_furniture(tmp_path):
    text = "Lurah Buka Pasar\n\nLurah membuka pasar di desa itu kemarin.\nBaca Juga: Resep Ikan Bakar Khas Pantai\n"
    file = tmp_path / "news.jsonl.gz"
    file.write_bytes(gzip.compress((json.dumps({"id": "a", "text": text}) + "\n").encode()))
    found = raw_sentences([file], words=100, seed=0)
    assert ["Lurah", "membuka", "pasar", "di", "desa", "itu", "kemarin", "."] in [one.words for one in found]
    assert not any("Resep" in one.words for one in found)


def test_of_the_words_in_memory_only_labels_and_edits_are_kept():
    nlp = spacy.load(models_directory() / "id_berita" / "syntax")
    nlp("Lurah Sumberwaru membawa payung.")
    kept = needed_strings(nlp)
    assert {"nsubj", "meng"} <= set(kept)
    assert "Sumberwaru" in nlp.vocab.strings
    assert "Sumberwaru" not in kept
