"""Clitics: a token and what it says of itself, then the words of the treebanks, and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.language.clitics import KINDS, Word, clitic_of, expanded, merged

VERB = Word("terjual", "jual", "VERB", "Voice=Pass", 0, "root", True)
STEMS = ("rumah", "Kerja", "BUKU", "mengirim", "menurut")
PARTICLES = ("lah", "kah", "pun")


def read(*tokens: Word) -> list[str]:
    """The words with the number of their head and their relation."""
    return [f"{word.form}:{word.head}:{word.relation}" for words in expanded(tokens) for word in words]


def token(form: str, tag: str, kind: str, head: int, relation: str) -> Word:
    return Word(form, form.lower(), tag, f"Clitic={kind}", head, relation, True)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (token("bukunya", "NOUN", "Poss", 2, "nsubj:pass"), ["buku:3:nsubj:pass", "nya:1:nmod:poss"]),
        (token("Acaranya", "NOUN", "Def", 2, "obl"), ["Acara:3:obl", "nya:1:det"]),
        (token("ujarnya", "VERB", "Subj", 2, "parataxis"), ["ujar:3:parataxis", "nya:1:nsubj"]),
        (token("membacanya", "VERB", "Obj", 2, "advcl"), ["membaca:3:advcl", "nya:1:obj"]),
        (token("dibacanya", "VERB", "Agent", 2, "advcl"), ["dibaca:3:advcl", "nya:1:obl:agent"]),
        (token("siapakah", "PRON", "Emph", 2, "nsubj"), ["siapa:3:nsubj", "kah:1:advmod:emph"]),
    ],
)
def test_a_clitic_hangs_on_its_host(written, words):
    assert read(written, VERB) == [*words, "terjual:0:root"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (token("menurutnya", "ADP", "Obl", 2, "obl"), ["menurut:2:case", "nya:3:obl"]),
        (token("baginya", "ADP", "Obj", 2, "nmod"), ["bagi:2:case", "nya:3:nmod"]),
        (token("semuanya", "DET", "Subj", 2, "nsubj:pass"), ["semua:2:det", "nya:3:nsubj:pass"]),
        (token("dalamnya", "NOUN", "Obl", 2, "obl"), ["dalam:2:nmod:lmod", "nya:3:obl"]),
    ],
)
def test_the_clitic_leads_where_it_is_what_the_sentence_sees(written, words):
    assert read(written, VERB) == [*words, "terjual:0:root"]


def test_what_hangs_on_a_led_token_hangs_on_the_clitic():
    preposition = Word("di", "di", "ADP", "_", 2, "case", True)
    inside = token("dalamnya", "NOUN", "Obl", 3, "obl")
    assert read(preposition, inside, VERB) == ["di:3:case", "dalam:3:nmod:lmod", "nya:4:obl", "terjual:0:root"]


@pytest.mark.parametrize(
    ("tag", "kind", "relation"),
    [("NOUN", "Poss", "nmod"), ("ADJ", "Poss", "amod"), ("ADJ", "Def", "amod"), ("NOUN", "Def", "nmod")],
)
def test_the_possessor_of_two_words_belongs_to_the_first(tag, kind, relation):
    work = Word("laba", "laba", "NOUN", "_", 3, "nsubj:pass", True)
    written = token("bersihnya", tag, kind, 1, relation)
    words = read(work, written, VERB)
    assert words == ["laba:4:nsubj:pass", f"bersih:1:{relation}", f"nya:1:{KINDS[kind]}", "terjual:0:root"]


def test_the_possessor_of_a_noun_further_off_is_its_own():
    words = [
        Word("kerja", "kerja", "NOUN", "_", 4, "nsubj:pass", True),
        Word("antara", "antara", "ADP", "_", 3, "case", True),
        token("warganya", "NOUN", "Poss", 1, "nmod"),
        VERB,
    ]
    assert read(*words)[2:4] == ["warga:1:nmod", "nya:3:nmod:poss"]


def test_a_question_mark_of_a_word_belongs_to_the_verb():
    assert read(token("Apakah", "ADV", "Emph", 2, "advmod"), VERB)[:2] == ["Apa:3:advmod", "kah:3:advmod:emph"]


@pytest.mark.parametrize(
    ("written", "analysis"),
    [
        (("rumahnya", "Poss"), ("nya", "PRON", "Number=Sing|Person=3|PronType=Prs")),
        (("rumahku", "Poss"), ("ku", "PRON", "Number=Sing|Person=1|PronType=Prs")),
        (("RUMAHMU", "Poss"), ("mu", "PRON", "Number=Sing|Person=2|PronType=Prs")),
        (("rumahnya", "Def"), ("nya", "DET", "Definite=Def|PronType=Art")),
        (("rumahlah", "Emph"), ("lah", "PART", "_")),
    ],
)
def test_clitics_have_the_analysis_of_the_treebanks(written, analysis):
    form, kind = written
    [(_, clitic)] = expanded([token(form, "NOUN", kind, 0, "root")])
    assert (clitic.lemma, clitic.tag, clitic.feats) == analysis


@pytest.mark.parametrize(("form", "kind"), [("rumah", "Poss"), ("rumahnya", "Emph"), ("apakah", "Obj"), ("nya", "Def")])
def test_what_ends_in_no_such_clitic_stays_one_word(form, kind):
    [words] = expanded([token(form, "NOUN", kind, 0, "root")])
    assert [(word.form, word.feats, word.head) for word in words] == [(form, "_", 0)]


@st.composite
def sentences(draw) -> list[Word]:
    """Trees of tokens in the one-token view, as `merged` makes them."""
    size = draw(st.integers(1, 6))
    order = draw(st.permutations(range(1, size + 1)))
    heads = {order[0]: 0} | {number: order[draw(st.integers(0, i))] for i, number in enumerate(order[1:])}
    found = []
    for number in range(1, size + 1):
        stem = draw(st.sampled_from(STEMS))
        kind = draw(st.sampled_from(["", *KINDS]))
        clitic = draw(st.sampled_from(PARTICLES if kind == "Emph" else ("nya", "ku", "mu"))) if kind else ""
        tag = draw(st.sampled_from(["NOUN", "VERB", "ADJ", "ADV"]))
        relation = draw(st.sampled_from(["nmod", "amod", "advmod", "acl"])) if heads[number] else "root"
        if kind in {"Obl", "Obj"} and tag == "NOUN":  # the relation of a leading clitic says its kind
            tag, relation = ("NOUN", "obl") if kind == "Obl" and heads[number] else ("VERB", relation)
        feats = f"Clitic={kind}|Number=Sing" if kind else "Number=Sing"
        found.append(Word(stem + clitic, stem.lower(), tag, feats, heads[number], relation, draw(st.booleans())))
    return found


@settings(max_examples=200)
@given(sentences())
def test_expanded_then_merged_gives_the_same_tokens(tokens):
    groups = expanded(tokens)
    token_of = [0] + [place for place, words in enumerate(groups, 1) for _ in words]
    again = []
    for words, written in zip(groups, tokens, strict=True):
        first = token_of.index(len(again) + 1)
        one = merged(words, first)._replace(form=written.form, spaced=words[-1].spaced) if words[1:] else words[0]
        again.append(one._replace(head=token_of[one.head]))
    assert again == tokens


@given(sentences())
def test_expanded_words_are_one_tree(tokens):
    words = [word for group in expanded(tokens) for word in group]
    assert [word.relation for word in words].count("root") == 1
    for word in words:
        steps, above = 0, word
        while above.head:
            above, steps = words[above.head - 1], steps + 1
            assert steps <= len(words)


def test_a_clitic_alone_is_none():
    assert (clitic_of("lah"), clitic_of("nya"), clitic_of("ADALAH")) == ("", "", "lah")
