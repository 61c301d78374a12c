"""What a parsed text looks like in CoNLL-U."""

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from beritaie.language.conllu import conllu
from beritaie.language.sentences import make_sentences
from beritaie.language.tokens import Tokenizer

VOCAB = spacy.blank("id").vocab


def tree(words, heads, deps, **more) -> Doc:
    return Doc(VOCAB, words, heads=heads, deps=deps, **more)


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def test_a_text_is_named_and_its_sentences_are_numbered():
    doc = tree(["Ani", "datang", ".", "Budi", "pergi", "."], [1, 1, 1, 4, 4, 4], ["nsubj", "ROOT", "punct"] * 2)
    comments = [line for line in conllu(doc, id="berita/7").splitlines() if line.startswith("#")]
    assert comments == [
        "# newdoc id = berita/7",
        "# sent_id = berita/7-1",
        "# text = Ani datang .",
        "# sent_id = berita/7-2",
        "# text = Budi pergi .",
    ]


def test_words_have_ten_columns_and_heads_that_count_from_one():
    doc = tree(
        ["Warga", "panen", "."],
        [1, 1, 1],
        ["nsubj", "ROOT", "punct"],
        spaces=[True, False, False],
        pos=["NOUN", "VERB", "PUNCT"],
        morphs=["Number=Sing", "", ""],
        lemmas=["warga", "panen", "."],
        tags=["NN", "", ""],
    )
    assert rows(conllu(doc)) == [
        ["1", "Warga", "warga", "NOUN", "NN", "Number=Sing", "2", "nsubj", "_", "_"],
        ["2", "panen", "panen", "VERB", "_", "_", "0", "root", "_", "SpaceAfter=No"],
        ["3", ".", ".", "PUNCT", "_", "_", "2", "punct", "_", "SpaceAfter=No"],
    ]


def test_a_clitic_is_a_word_inside_a_token():
    doc = tree(["Bukunya", "mahal"], [1, 1], ["nsubj", "ROOT"], pos=["NOUN", "ADJ"], morphs=["Clitic=Poss", ""])
    assert [(row[0], row[1], row[6]) for row in rows(conllu(doc))] == [
        ("1-2", "Bukunya", "_"),
        ("1", "Buku", "3"),
        ("2", "nya", "1"),
        ("3", "mahal", "0"),
    ]


def test_line_breaks_are_no_words_and_what_hangs_on_them_goes_to_their_head():
    doc = tree(["Desa", "\n", "maju"], [1, 2, 2], ["nsubj", "dep", "ROOT"], spaces=[False, False, False])
    text = conllu(doc)
    assert "# text = Desa maju\n" in text
    assert [(row[1], row[6], row[9]) for row in rows(text)] == [
        ("Desa", "2", r"SpacesAfter=\n"),
        ("maju", "0", "SpaceAfter=No"),
    ]


def test_a_sentence_whose_root_is_a_line_break_has_a_root_all_the_same():
    doc = tree(["Desa", "\n", "maju"], [1, 1, 1], ["nsubj", "ROOT", "obj"])
    assert [row[6:8] for row in rows(conllu(doc))] == [["0", "root"], ["1", "parataxis"]]


def test_heads_in_other_sentences_become_roots():
    doc = tree(["Ani", "datang", "Budi"], [1, 1, 1], ["nsubj", "ROOT", "obj"])
    doc.from_array(["SENT_START"], np.array([[1], [0], [1]], dtype=np.uint64))
    assert [row[6:8] for row in rows(conllu(doc))] == [["2", "nsubj"], ["0", "root"], ["0", "root"]]


def test_what_was_not_predicted_is_left_open():
    doc = Doc(VOCAB, ["Bukunya", "mahal"])
    assert rows(conllu(doc)) == [
        ["1", "Bukunya", "_", "_", "_", "_", "_", "_", "_", "_"],
        ["2", "mahal", "_", "_", "_", "_", "_", "_", "_", "_"],
    ]


@pytest.mark.parametrize("words", [[], ["\n"], [" ", "\n\n"]])
def test_a_text_without_words_is_empty(words):
    assert conllu(tree(words, list(range(len(words))), ["ROOT"] * len(words))) == ""


def test_odd_blanks_break_no_line():
    doc = tree(["rumah\tbesar", "\x85\u2028", "di|sini"], [0, 0, 0], ["ROOT", "dep", "obl"], spaces=[False] * 3)
    text = conllu(doc, id="a\nb")
    assert len(text.splitlines()) == len(text.split("\n")) - 1
    assert [row[1] for row in rows(text)] == ["rumah besar", "di|sini"]


TOKENIZER = Tokenizer(VOCAB)
SENTENCES = make_sentences(spacy.blank("id"), "beritaie_sentences")


@settings(max_examples=60)
@given(st.data())
def test_every_text_and_every_tree_is_valid(data):
    text = data.draw(st.text(st.sampled_from('aA1.,"( \n\t\u00a0nya|_#'), max_size=60))
    doc = SENTENCES(TOKENIZER(text))
    if not len(doc):
        return
    heads: list[int] = []
    for span in doc.sents:
        order = data.draw(st.permutations(range(span.start, span.end)))
        above = {place: order[data.draw(st.integers(0, max(0, i - 1)))] for i, place in enumerate(order)}
        heads += [above[place] for place in range(span.start, span.end)]
    deps = ["ROOT" if head == place else "nmod" for place, head in enumerate(heads)]
    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    morphs = ["" if token.is_space else "Clitic=Poss" for token in doc]
    parsed = Doc(VOCAB, words, spaces, heads=heads, deps=deps, pos=["NOUN"] * len(doc), morphs=morphs)
    for block in conllu(parsed).split("\n\n")[:-1]:
        lines = rows(block)
        numbered = [row for row in lines if "-" not in row[0]]
        assert all(len(row) == 10 and all(row) for row in lines)
        assert [row[0] for row in numbered] == [str(number) for number in range(1, len(numbered) + 1)]
        assert [row[6] for row in numbered].count("0") == 1
        assert all((row[6] == "0") == (row[7] == "root") for row in numbered)
        above = {row[0]: row[6] for row in numbered}
        for number in above:
            steps = 0
            while number != "0":
                number, steps = above[number], steps + 1  # noqa: PLW2901 - climbs to the root
                assert steps <= len(above)
        shown = next(line for line in block.splitlines() if line.startswith("# text = "))
        surface = "".join(row[1] for row in lines if "-" in row[0] or not _is_covered(row[0], lines))
        assert shown.removeprefix("# text = ").replace(" ", "") == surface.replace(" ", "")


def _is_covered(number: str, lines: list[list[str]]) -> bool:
    ranges = [row[0].split("-") for row in lines if "-" in row[0]]
    return any(int(first) <= int(number) <= int(last) for first, last in ranges)
