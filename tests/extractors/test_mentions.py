"""The trained network as a spaCy component, and the second look at what it found."""

import spacy

import beritaie
from beritaie.extractors._store import mentions

TEXT = "Bupati Sumba Tengah, Yohanes Umbu Raga, bertemu warga Kampung Lai Tarung di Waibakul."


def found(doc) -> list[tuple[str, str]]:
    return [(mention.text, mention.label) for mention in mentions(doc)]


def test_persons_offices_and_nested_places_are_found(either):
    names = found(either.nlp(TEXT))
    for expected in [("Bupati Sumba Tengah", "POS"), ("Sumba Tengah", "LOC"), ("Yohanes Umbu Raga", "PER")]:
        assert expected in names


def test_entities_are_the_outermost_mentions(either):
    doc = either.nlp(TEXT)
    assert [(e.text, e.label_) for e in doc.ents][:2] == [("Bupati Sumba Tengah", "POS"), ("Yohanes Umbu Raga", "PER")]


def test_an_article_reads_the_same_alone_and_among_others(either):
    step = either.nlp.get_pipe("beritaie_mentions")
    others = ["Gubernur Bali I Made Sentana hadir.", "", "Hujan.", TEXT * 3]
    docs = [either.nlp.make_doc(text) for text in [*others[:2], TEXT, *others[2:]]]
    alone = step.predict([either.nlp.make_doc(TEXT)])[0]
    among = step.predict(docs)[2]
    assert [m[:4] for m in among] == [m[:4] for m in alone]
    assert all(abs(a.score - b.score) < 0.01 for a, b in zip(among, alone, strict=True))


def test_scores_are_probabilities(either):
    assert all(0 <= mention.score <= 1 for mention in mentions(either.nlp(TEXT)))


def test_without_weights_nothing_is_found():
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_mentions")
    assert found(nlp(TEXT)) == []


def test_a_saved_pipeline_finds_the_same(either, tmp_path):
    either.nlp.to_disk(tmp_path / "saved")
    again = beritaie.load(tmp_path / "saved")
    assert found(again.nlp(TEXT)) == found(either.nlp(TEXT))


def test_weights_survive_as_bytes(either):
    step = either.nlp.get_pipe("beritaie_mentions")
    other = type(step)(either.nlp.vocab).from_bytes(step.to_bytes())
    assert other.predict([either.nlp.make_doc(TEXT)]) == step.predict([either.nlp.make_doc(TEXT)])


def test_the_accurate_profile_hears_both_networks(pipeline, accurate):
    docs = [pipeline.nlp.make_doc(TEXT)]
    fast, both = (nlp.get_pipe("beritaie_mentions").predict(docs)[0] for nlp in (pipeline.nlp, accurate.nlp))
    named = [{mention[:4] for mention in found if mention.label != "EVT"} for found in (fast, both)]
    assert named[0] == named[1]
    assert [mention.score for mention in fast] != [mention.score for mention in both]


def test_calibration_moves_the_scores_of_its_label_alone(pipeline):
    step = pipeline.nlp.get_pipe("beritaie_mentions")
    other = type(step)(pipeline.nlp.vocab).from_bytes(step.to_bytes())
    doubtful = step._calibration.copy()
    doubtful[0] = [1.0, -3.0]  # persons
    other.use({"calibration": doubtful})
    before, after = (one.predict([pipeline.nlp.make_doc(TEXT)])[0] for one in (step, other))
    for one, same in zip(before, after, strict=True):
        assert (one.score > same.score) if one.label == "PER" else (one.score == same.score)


def test_the_second_look_adds_well_known_places_and_keeps_out_of_laws():
    nlp = spacy.blank("id")
    for name in ("beritaie_laws", "beritaie_second_look"):
        nlp.add_pipe(name)
    doc = nlp("Sesuai Peraturan Gubernur Jawa Barat Nomor 5 Tahun 2020, warga Malaysia membayar di kab. Kolaka.")
    assert found(doc) == [("Malaysia", "LOC"), ("kab. Kolaka", "LOC")]
