"""Syntax from a spaCy model and from stanza: what the Docs hold, and what is said where a model is missing."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc
from spacy.training import Example

import beritaie
from beritaie import InputError, ModelNotFound
from beritaie.language.conllu import conllu
from beritaie.language.syntax import add_syntax, syntax_pipeline
from beritaie.language.tokens import blank

SHIPPED = Path(__file__).resolve().parents[2] / "models" / "id_berita" / "syntax"
TEXT = "Lomba Desa Digelar\n\nBupati Bantul membuka lomba desa di Bantul. Ia membawa bukunya."


class FakeStanza(ModuleType):
    """stanza, as far as it is called: the first word of a sentence is its root, the others hang on it."""

    def __init__(self) -> None:
        super().__init__("stanza")
        self.options: list[dict] = []
        self.calls: list[list[list[str]]] = []

    def Pipeline(self, **options):  # noqa: N802 - stanza's name
        self.options.append(options)
        return self.parse

    def parse(self, sentences):
        self.calls.append(sentences)
        return SimpleNamespace(
            sentences=[SimpleNamespace(words=list(map(self.word, s, range(len(s))))) for s in sentences]
        )

    @staticmethod
    def word(form: str, place: int) -> SimpleNamespace:
        head, relation = (1, "nmod") if place else (0, "root")
        feats = "Number=Sing|Clitic=Poss" if form.endswith("nya") else None
        return SimpleNamespace(
            upos="NOUN",
            xpos="NN" if form.isalpha() else "_",
            feats=feats,
            lemma=form.lower(),
            head=head,
            deprel=relation,
            text=form,
        )


@pytest.fixture
def stanza(monkeypatch) -> FakeStanza:
    fake = FakeStanza()
    monkeypatch.setitem(sys.modules, "stanza", fake)
    return fake


@pytest.fixture
def nlp(stanza) -> spacy.Language:
    return syntax_pipeline("stanza")


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """The folder of a parser that has learnt one sentence."""
    nlp = blank()
    nlp.add_pipe("beritaie_sentences")
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": 16,
        "depth": 1,
        "embed_size": 50,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
        "pretrained_vectors": None,
    }
    nlp.add_pipe("tok2vec", name="syntax_tok2vec", config={"model": tok2vec})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "syntax_tok2vec"}
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    model = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "tok2vec": listener}
    parser = {"extra_state_tokens": False, "hidden_width": 16, "maxout_pieces": 2, "use_upper": True}
    nlp.add_pipe("parser", config={"model": model | parser, "min_action_freq": 1})
    gold = Doc(
        nlp.vocab,
        ["Ia", "membawa", "bukunya"],
        pos=["PRON", "VERB", "NOUN"],
        morphs=["", "Voice=Act", "Clitic=Poss"],
        heads=[1, 1, 1],
        deps=["nsubj", "ROOT", "obj"],
    )
    lesson = [Example(Doc(nlp.vocab, [token.text for token in gold]), gold)]
    learner = nlp.initialize(lambda: lesson)
    with nlp.select_pipes(disable="beritaie_sentences"):
        for _ in range(30):
            nlp.update(lesson, sgd=learner)
    folder = tmp_path_factory.mktemp("models") / "small"
    nlp.to_disk(folder)
    return folder


def facts(doc: Doc) -> list[tuple]:
    return [(t.text, t.pos_, str(t.morph), t.dep_, t.head.i, t.is_sent_start) for t in doc]


def test_a_folder_of_a_spacy_pipeline_is_put_behind_the_extractors(small):
    pipeline = beritaie.load(syntax=small)
    plain = beritaie.load()
    assert pipeline.nlp.pipe_names == [*plain.nlp.pipe_names, "syntax_tok2vec", "morphologizer", "parser"]
    doc = pipeline.nlp("Ia membawa bukunya")
    assert [(t.pos_, t.dep_, t.head.text) for t in doc] == [
        ("PRON", "nsubj", "membawa"),
        ("VERB", "ROOT", "membawa"),
        ("NOUN", "obj", "membawa"),
    ]
    assert doc[2].morph.get("Clitic") == ["Poss"]


def test_syntax_changes_no_record_and_no_sentence(small, pipeline):
    syntax = beritaie.load(syntax=small)
    page = f"{TEXT}\n\nPemkab Bantul melatih 40 kader di Aula Kantor Bupati, Selasa (11/3/2025)."
    assert syntax(page, id="a") == pipeline(page, id="a")
    assert [s.text for s in syntax.nlp(page).sents] == [s.text for s in pipeline.nlp(page).sents]


def test_a_pipeline_with_syntax_is_saved_and_loaded(small, tmp_path):
    nlp = syntax_pipeline(small)
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert facts(again(TEXT)) == facts(nlp(TEXT))
    assert [chunk.text for chunk in again(TEXT).noun_chunks] == [chunk.text for chunk in nlp(TEXT).noun_chunks]


def test_a_folder_without_a_model_is_told(tmp_path):
    with pytest.raises(ModelNotFound, match="no spaCy pipeline"):
        beritaie.load(syntax=tmp_path)


def test_another_word_is_refused():
    with pytest.raises(InputError, match=r"'spacy', 'stanza' or a pathlib\.Path"):
        beritaie.load(syntax="udpipe")


# The shipped model


@pytest.fixture(scope="module")
def shipped() -> spacy.Language:
    return spacy.load(SHIPPED)


def test_the_shipped_model_works_with_spacy_alone(shipped):
    doc = shipped("Bupati Bantul membuka lomba desa di Bantul. Ia membacakan bukunya.")
    assert [sentence.root.text for sentence in doc.sents] == ["membuka", "membacakan"]
    assert [(t.text, t.pos_) for t in doc[:4]] == [
        ("Bupati", "NOUN"),
        ("Bantul", "PROPN"),
        ("membuka", "VERB"),
        ("lomba", "NOUN"),
    ]
    book = next(token for token in doc if token.text == "bukunya")
    assert (book.lemma_, book.dep_, book.head.text) == ("buku", "obj", "membacakan")
    assert book.morph.get("Clitic") == ["Poss"]
    assert doc[2].lemma_ == "buka"
    assert doc[2].morph.get("Voice") == ["Act"]


def test_the_shipped_model_gives_noun_chunks(shipped):
    doc = shipped("Bupati Bantul membuka lomba desa di Bantul.")
    assert [chunk.text for chunk in doc.noun_chunks] == ["Bupati Bantul", "lomba desa", "Bantul"]


def test_the_shipped_model_is_loaded_by_name(shipped):
    doc = beritaie.load(syntax="spacy").nlp(TEXT)
    assert facts(doc) == facts(shipped(TEXT))


def test_displacy_draws_the_shipped_model_s_trees(shipped):
    drawing = displacy.render(shipped("Ia membawa bukunya."), style="dep", jupyter=False)
    assert drawing.startswith("<svg")
    assert "bukunya" in drawing
    assert ">obj<" in drawing


# stanza


def test_stanza_gets_our_tokens_and_sentences_of_many_texts_at_once(nlp, stanza):
    docs = list(nlp.pipe(["Ani datang. Budi pergi.", "Hujan\n\nBanjir"]))
    assert stanza.calls == [[["Ani", "datang", "."], ["Budi", "pergi", "."], ["Hujan"], ["Banjir"]]]
    assert [len(doc) for doc in docs] == [6, 3]


def test_stanza_is_asked_for_nothing_from_the_network(nlp, stanza):
    [options] = stanza.options
    assert options["download_method"] is None
    assert options["tokenize_pretokenized"] is True
    assert options["processors"] == "tokenize,pos,lemma,depparse"


def test_a_doc_holds_what_stanza_says(nlp):
    doc = nlp("Ani membawa bukunya.")
    assert facts(doc) == [
        ("Ani", "NOUN", "", "ROOT", 0, True),
        ("membawa", "NOUN", "", "nmod", 0, False),
        ("bukunya", "NOUN", "Clitic=Poss|Number=Sing", "nmod", 0, False),
        (".", "NOUN", "", "nmod", 0, False),
    ]
    assert [(t.tag_, t.lemma_) for t in doc][2:] == [("NN", "bukunya"), ("", ".")]
    assert [chunk.text for chunk in doc.noun_chunks] == ["Ani membawa bukunya."]


def test_blank_tokens_hang_on_the_word_before_them(nlp):
    doc = nlp("\n\nAni datang.\n\nBudi\n\n")
    assert [(t.text, t.pos_, t.head.text) for t in doc if t.is_space] == [
        ("\n\n", "SPACE", "\n\n"),
        ("\n\n", "SPACE", "."),
        ("\n\n", "SPACE", "Budi"),
    ]
    assert "# text = Budi\n" in conllu(doc)


@pytest.mark.parametrize("text", ["", "\n\n", " "])
def test_texts_without_words_are_left_alone(nlp, text):
    assert nlp(text).text == text


def test_a_text_without_sentences_gets_ours(stanza):
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_stanza")
    assert [sentence.text for sentence in nlp("Ani datang. Budi pergi.").sents] == ["Ani datang.", "Budi pergi."]


def test_an_endless_sentence_is_parsed_in_pieces(nlp, stanza):
    doc = nlp("kata " * 100_000)
    assert max(len(sentence) for call in stanza.calls for sentence in call) == 300
    assert max(sum(map(len, call)) for call in stanza.calls) <= 20_000
    assert len(list(doc.sents)) == 1
    assert doc[300].dep_ == "parataxis"
    assert doc[300].head.i == 0
    assert doc[301].head.i == 300


def test_an_endless_word_is_shown_to_stanza_in_part(nlp, stanza):
    doc = nlp("a" * 10_000)
    assert stanza.calls == [[["a" * 60]]]
    assert doc[0].lemma_ == doc.text


@pytest.fixture
def models(tmp_path) -> Path:
    for name in ("pos", "lemma", "depparse", "pretrain"):
        (tmp_path / f"{name}.pt").touch()
    return tmp_path


def test_a_folder_of_stanza_models_is_given_to_stanza(models, stanza):
    nlp = spacy.blank("id")
    add_syntax(nlp, models)
    [options] = stanza.options
    paths = {name: Path(path).name for name, path in options.items() if name.endswith("_path")}
    assert paths == {
        "pos_model_path": "pos.pt",
        "lemma_model_path": "lemma.pt",
        "depparse_model_path": "depparse.pt",
        "pos_pretrain_path": "pretrain.pt",
        "depparse_pretrain_path": "pretrain.pt",
    }
    assert nlp.config["components"]["beritaie_stanza"]["model"] == str(models)


def test_a_missing_stanza_model_is_named(models, stanza):
    (models / "lemma.pt").unlink()
    with pytest.raises(ModelNotFound, match=r"no lemma\.pt in"):
        beritaie.load(syntax=models)


def test_missing_stanza_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "stanza", None)
    with pytest.raises(ModelNotFound, match=r'pip install "beritaie\[stanza\]"'):
        beritaie.load(syntax="stanza")


def test_missing_package_of_stanza_says_how_to_get_it(stanza, monkeypatch):
    def absent(**options):
        raise FileNotFoundError("resources.json")

    monkeypatch.setattr(stanza, "Pipeline", absent)
    with pytest.raises(ModelNotFound, match=r"python -c \"import stanza; stanza.download\('id'\)\""):
        beritaie.load(syntax="stanza")
