"""Treebanks: a CoNLL-U file in, sentences of surface tokens out."""

import gzip
from pathlib import Path

from beritaie.training.treebanks import read

# One sentence: a possessor inside a word, a particle, a preposition with its pronoun.
FILE = """\
# sent_id = 1
# text = Menurutnya, lurah membawa bukunya.
1-2	Menurutnya	_	_	_	_	_	_	_	SpaceAfter=No
1	Menurut	turut	ADP	_	_	2	case	_	_
2	nya	nya	PRON	_	Person=3	5	obl	_	_
3	,	,	PUNCT	_	_	5	punct	_	_
4	lurah	lurah	NOUN	_	Number=Sing	5	nsubj	_	_
5	membawa	bawa	VERB	_	Voice=Act	0	root	_	_
6-7	bukunya	_	_	_	_	_	_	_	SpaceAfter=No
6	buku	buku	NOUN	_	Number=Sing	5	obj	_	_
7	nya	nya	PRON	_	Person=3	6	nmod:poss	_	_
8	.	.	PUNCT	_	_	5	punct	_	_

# text = Rapat anggaran
1	Rapat	rapat	NOUN	_	_	0	root	_	_
2	anggaran	anggar	NOUN	_	_	1	compound	_	_
"""


def read_text(folder: Path) -> list:
    file = folder / "own.conllu.gz"
    file.write_bytes(gzip.compress(FILE.encode()))
    return list(read(file, "gsd"))


def test_a_word_and_its_clitic_are_one_token_that_says_so(tmp_path):
    sentence = read_text(tmp_path)[0]
    assert sentence.words == ["Menurutnya", ",", "lurah", "membawa", "bukunya", "."]
    assert sentence.feats == ["Clitic=Obl", "", "Number=Sing", "Voice=Act", "Clitic=Poss|Number=Sing", ""]
    assert sentence.lemmas == ["turut", ",", "lurah", "bawa", "buku", "."]


def test_heads_count_tokens_and_the_root_is_its_own(tmp_path):
    sentence = read_text(tmp_path)[0]
    assert sentence.heads == [3, 3, 3, 3, 3, 3]
    assert sentence.relations == ["obl", "punct", "nsubj", "root", "obj", "punct"]
    assert sentence.spaces == [False, True, True, True, False, True]


def test_a_noun_that_modifies_a_noun_is_called_alike_in_all_treebanks(tmp_path):
    assert read_text(tmp_path)[1].relations == ["root", "nmod"]


def test_a_file_may_end_without_a_blank_line_and_come_uncompressed(tmp_path):
    (tmp_path / "own.conllu").write_text(FILE)
    assert list(read(tmp_path / "own.conllu", "gsd")) == read_text(tmp_path)
