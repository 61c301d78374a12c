"""Base noun phrases: the words, with the tree that a parser would give, and the phrases in brackets."""

import pytest
import spacy
from spacy.tokens import Doc

from beritaie.language.noun_chunks import Node, base_phrases, noun_chunks

VOCAB = spacy.blank("id").vocab
VOCAB.get_noun_chunks = noun_chunks


def parsed(sentence: str) -> Doc:
    """`word/TAG/relation/head` with heads counted from 1; 0 is the root."""
    parts = [word.split("/") for word in sentence.split()]
    heads = [int(head) - 1 if head != "0" else place for place, (*_, head) in enumerate(parts)]
    morphs = ["PronType=Rel" if word == "yang" else "" for word, *_ in parts]
    return Doc(
        VOCAB,
        [word for word, *_ in parts],
        pos=[tag for _, tag, *_ in parts],
        deps=["ROOT" if relation == "root" else relation for _, _, relation, _ in parts],
        heads=heads,
        morphs=morphs,
    )


def phrases(sentence: str) -> list[str]:
    return [chunk.text for chunk in parsed(sentence).noun_chunks]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "tiga/NUM/nummod/2 kepala/NOUN/nsubj/5 desa/NOUN/nmod/2 baru/ADJ/amod/2 hadir/VERB/root/0",
            ["tiga kepala desa baru"],
        ),
        (
            "Rapat/NOUN/nsubj/4 Koordinasi/NOUN/nmod/1 Daerah/NOUN/nmod/2 dibuka/VERB/root/0",
            ["Rapat Koordinasi Daerah"],
        ),
        (
            "Bupati/NOUN/nsubj/4 Sutarno/PROPN/flat:name/1 Wibawa/PROPN/flat:name/1 membuka/VERB/root/0 "
            "buku/NOUN/obj/4 itu/DET/det/5",
            ["Bupati Sutarno Wibawa", "buku itu"],
        ),
        (
            "sekitar/ADV/advmod/2 tiga/NUM/nummod/4 orang/NOUN/clf/2 guru/NOUN/root/0",
            ["sekitar tiga orang guru"],
        ),
        ("rumah/NOUN/root/0 sangat/ADV/advmod/3 besar/ADJ/amod/1", ["rumah sangat besar"]),
    ],
)
def test_a_phrase_has_its_modifiers_on_both_sides(sentence, expected):
    assert phrases(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "warga/NOUN/nsubj/5 yang/PRON/nsubj/3 sakit/ADJ/acl:relcl/1 itu/DET/det/1 pulang/VERB/root/0",
            ["warga"],
        ),
        ("kantor/NOUN/root/0 di/ADP/case/3 desa/NOUN/nmod/1 baru/ADJ/amod/3", ["kantor", "desa baru"]),
        ("Ani/PROPN/root/0 dan/CCONJ/cc/3 Budi/PROPN/conj/1", ["Ani", "Budi"]),
        ("Camat/NOUN/root/0 ,/PUNCT/punct/3 Darmo/PROPN/appos/1", ["Camat", "Darmo"]),
        ("di/ADP/case/3 dalam/NOUN/nmod:lmod/3 rumah/NOUN/root/0", ["rumah"]),
    ],
)
def test_clauses_prepositions_and_commas_end_it(sentence, expected):
    assert phrases(sentence) == expected


def test_a_line_break_inside_a_phrase_is_passed_over():
    doc = Doc(
        VOCAB, ["rumah", "\n", "baru"], pos=["NOUN", "SPACE", "ADJ"], heads=[0, 0, 1], deps=["ROOT", "dep", "amod"]
    )
    assert [chunk.text for chunk in doc.noun_chunks] == ["rumah \n baru"]


def test_a_span_has_its_own_phrases():
    doc = parsed("buku/NOUN/root/0 baru/ADJ/amod/1 itu/DET/det/1")
    assert [chunk.text for chunk in doc[0:2].noun_chunks] == []
    assert list(noun_chunks(doc[0:2])) == [(0, 2, VOCAB.strings["NP"])]


def test_a_text_that_was_not_parsed_is_refused():
    with pytest.raises(ValueError, match="E029"):
        list(Doc(VOCAB, ["buku"]).noun_chunks)


def test_a_chain_of_any_length_is_read():
    chain = [Node("NOUN", "nmod", max(0, place - 1)) for place in range(20_000)]
    assert base_phrases(chain) == [(0, 20_000)]
