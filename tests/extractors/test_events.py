"""What happened: the article with its mentions and records, then the events."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.vectors import Vectors

from beritaie.extractors._store import store, store_mentions
from beritaie.extractors.events import Events
from beritaie.linking.linear import Linear
from beritaie.linking.mention import Mention
from beritaie.records import Event
from tagged import parse

GOLDEN = Path(__file__).parents[1] / "golden" / "events.json"
NLP = spacy.blank("id")
NLP.add_pipe("beritaie_sentences")
NLP.add_pipe("beritaie_events")
FIELDS = {
    "date": ("dates", "d"), "time": ("times", "t"), "count": ("counts", "n"), "place": ("places", "l"),
    "person": ("persons", "p"), "position": ("positions", "o"), "institution": ("institutions", "i"),
}  # fmt: skip


def events(tagged: str, *, titled: bool = True, published: str | None = None) -> list[dict[str, Any]]:
    """The events of a tagged article: `evt` tags are mentions, others records (same `id`, same record)."""
    text, tags = parse(tagged)
    doc = NLP.make_doc(text)
    end = text.find("\n")
    doc._.page = {
        "title_span": (0, end if end > 0 else len(text)) if titled else None,
        "published": published,
    }
    store_mentions(
        doc,
        [
            Mention(t.start, t.end, t.text, "EVT", float(t.attributes.get("score", 1)))
            for t in tags
            if t.tag == "evt"
        ],
    )
    for tag, (field, letter) in FIELDS.items():
        records: dict[str, dict[str, Any]] = {}
        for one in (t for t in tags if t.tag == tag):
            span = {"start": one.start, "end": one.end, "text": one.text}
            name = one.attributes.get("id", f"{letter}{len(records) + 1}")
            if tag in {"date", "time", "count"}:
                records[name] = {"span": span, "value": one.attributes.get("v")}
            else:
                known = {key: one.attributes.get(short) for key, short in (("kind", "k"), ("code", "code"))}
                record = records.setdefault(name, {"id": name, "name": one.text, **known, "spans": []})
                record["spans"].append(span)
        store(doc, field, list(records.values()))
    for _, component in NLP.pipeline:
        doc = component(doc)
    return list(doc._.records["events"])


def main(tagged: str, **known: Any) -> dict[str, Any]:
    """The main event of a tagged article."""
    return next(event for event in events(tagged, **known) if event["main"])


@pytest.mark.parametrize(
    ("title", "kind", "what"),
    [
        ("Bupati Meninjau Pasar Lama", "visit", "Meninjau Pasar Lama"),
        ("Wali Kota Resmikan Gedung Baru", "inauguration", "Resmikan Gedung Baru"),
        ("Polisi Tangkap Dua Pencuri Sapi", "crime", "Tangkap Dua Pencuri"),
        ("Kecelakaan Lalu Lintas di Jalan Raya, Dua Orang Terluka", "accident", "Kecelakaan Lalu Lintas"),
        ("Kebakaran di Pasar Lama, Tiga Kios Hangus", "disaster", "Kebakaran"),
        ("Camat Sebut Stok Beras Cukup", "statement", "Sebut Stok Beras"),
        ("Pelatihan Menjahit untuk Warga Sukarame", "training", "Pelatihan Menjahit"),
        ("Rapat Koordinasi Pangan Daerah di Sukarame", "meeting", "Rapat Koordinasi Pangan Daerah"),
        ("Sekda Dilantik Pekan Depan", "appointment", "Dilantik Pekan Depan"),
    ],
)
def test_title_tells_the_event_without_a_model(title: str, kind: str, what: str) -> None:
    event = main(title)
    assert (event["type"], event["what"]) == (kind, what)


def test_lead_tells_the_event_where_there_is_no_title() -> None:
    event = main(
        "Pemkab Sukarame melantik dua puluh pejabat baru di pendopo. Acara berjalan lancar.", titled=False
    )
    assert (event["type"], event["what"]) == ("appointment", "melantik dua puluh")


def test_phrase_of_the_model_comes_before_the_lexicon() -> None:
    event = main("Pawai <evt>Sukarame Bersih 2024</evt> Digelar Meriah")
    assert event["what"] == "Sukarame Bersih 2024"


def test_later_mentions_of_a_named_event_join_its_spans() -> None:
    found = events(
        "<evt>Festival Kopi Sukarame 2024</evt> Dibuka\n\n<evt>Festival Kopi Sukarame</evt> "
        "berlangsung sepekan. Panitia <evt>festival kopi</evt> menyiapkan panggung."
    )
    assert [len(event["spans"]) for event in found] == [3]
    assert found[0]["what"] == "Festival Kopi Sukarame 2024"


def test_event_takes_date_time_place_and_people_beside_it() -> None:
    event = main(
        "Bupati Buka <evt>Rapat Koordinasi Pangan</evt>\n\n<place id='l1' k='regency'>Sukarame</place> - "
        "Bupati <person>Darmo Wiyono</person> membuka <evt>Rapat Koordinasi Pangan</evt> di "
        "<place k='regency' id='l1'>Sukarame</place>, "
        "di <place k='venue' id='l2'>Aula Merdeka</place>, <date v='2024-12-09'>Senin (9/12/2024)</date> "
        "<time v='T09:00'>pukul 09.00</time>. Rapat diikuti <count v='40'>40 peserta</count>.",
        published="2024-12-10",
    )
    assert (event["date"], event["time"]) == ("2024-12-09", "T09:00")
    assert event["places"] == ["l2", "l1"]
    assert event["participants"] == [{"id": "p1", "name": "Darmo Wiyono", "role": "opener"}]


def test_unresolved_date_is_not_the_date_of_an_event() -> None:
    assert (
        main("Banjir Landa Sukarame\n\nBanjir datang <date v='?'>beberapa hari lalu</date>.")["date"] is None
    )


def test_institution_that_holds_the_event_is_its_organizer() -> None:
    event = main(
        "<evt>Lomba Perahu Sukarame</evt> Meriah\n\n<evt>Lomba Perahu Sukarame</evt> yang digelar oleh "
        "<institution>Dinas Pariwisata Sukarame</institution> diikuti puluhan regu."
    )
    assert event["organizer"] == "i1"
    assert event["participants"] == [{"id": "i1", "name": "Dinas Pariwisata Sukarame", "role": "organizer"}]


def test_further_event_needs_two_of_date_place_and_people() -> None:
    lead = "Bupati <evt>Resmikan</evt> Jembatan Sukarame\n\nBupati meresmikan jembatan itu. "
    assert len(events(lead + "Jembatan rusak karena <evt>banjir bandang</evt>.")) == 1
    found = events(
        lead + "Jembatan rusak karena <evt>banjir bandang</evt> di <place k='village'>Desa Muara</place> "
        "<date v='2023-01-05'>5 Januari 2023</date>."
    )
    assert [(e["id"], e["main"], e["type"]) for e in found] == [
        ("e1", True, "inauguration"),
        ("e2", False, "disaster"),
    ]
    assert (found[1]["date"], found[1]["places"]) == ("2023-01-05", ["l1"])


def test_what_is_told_of_an_event_may_stand_in_the_next_sentence() -> None:
    lead = "Bupati <evt>Resmikan</evt> Jembatan Sukarame\n\nBupati meresmikan jembatan itu. "
    flood = "Jembatan rusak karena <evt>banjir bandang</evt> di <place k='village'>Desa Muara</place>. "
    day = "Air datang <date v='2023-01-05'>5 Januari 2023</date>."
    _, further = events(lead + flood + day)
    assert (further["what"], further["places"], further["date"]) == ("banjir bandang", ["l1"], None)
    assert len(events(lead + flood + "Warga mengungsi. " + day)) == 1


def test_every_field_points_at_the_words_that_fill_it() -> None:
    event = main(
        "Camat Buka <evt>Lomba Layar</evt>\n\n<evt>Lomba Layar</evt> dibuka oleh <person id='p1'>Darmo</person> di "
        "<place id='l1' k='village'>Desa Muara</place>, <date v='2024-12-09'>Senin (9/12/2024)</date>. "
        "Kegiatan itu diikuti <count v='40'>40 perahu</count>."
    )
    told = [(argument["field"], argument["id"], argument["span"]["text"]) for argument in event["arguments"]]
    assert told == [
        ("date", None, "Senin (9/12/2024)"),
        ("place", "l1", "Desa Muara"),
        ("participant", "p1", "Darmo"),
        ("count", None, "40 perahu"),
    ]


@pytest.mark.parametrize(
    ("later", "counts"),
    [
        ("Kegiatan itu diikuti <count v='40'>40 perahu</count>.", [0]),
        ("Lomba yang digelar warga tersebut diikuti <count v='40'>40 perahu</count>.", [0]),
        ("Di desa lain ada <count v='40'>40 perahu</count>.", []),
    ],
)
def test_sentence_that_points_at_the_event_tells_how_many(later: str, counts: list[int]) -> None:
    assert main(f"Camat Buka <evt>Lomba Layar</evt>\n\nCamat datang pagi-pagi. {later}")["counts"] == counts


def test_articles_about_one_event_share_its_key() -> None:
    one = main(
        "Camat Buka <evt>Lomba Layar</evt>\n\n<evt>Lomba Layar</evt> dibuka di "
        "<place k='venue' id='l1'>Dermaga</place>, "
        "<place k='village' id='l2' code='99.03.02.2001'>Desa Muara</place>, <date v='2024-12-09'>Senin</date>."
    )
    other = main(
        "<evt>Lomba Layar</evt> Meriah\n\n<evt>Lomba Layar</evt> dibuka di "
        "<place k='regency' id='l1' code='99.03'>Sukarame</place>, <date v='2024-12-09/2024-12-10'>Senin-Selasa</date>."
    )
    assert one["key"] == other["key"] == "competition/2024-12-09/99.03"


def test_event_without_a_day_or_an_area_has_no_key() -> None:
    assert main("Camat Buka <evt>Lomba Layar</evt> di <place k='regency' code='99.03'>Sukarame</place>")["key"] is None


def test_article_that_is_known_to_report_nothing_has_no_event() -> None:
    nothing = {"eventless": Linear(("score",), ("t:resep",), np.array([[1.0]], dtype=np.float32))}
    assert Events(nothing)(NLP.make_doc("Resep Memasak Ikan"))._.records["events"] == []
    assert Events(nothing)(NLP.make_doc("Camat Buka Lomba Memasak"))._.records["events"]


def test_scores_say_how_often_such_choices_were_right() -> None:
    sure = Linear(("score",), ("bias", "odds"), np.array([[-1.0], [0.0]], dtype=np.float32))
    doc = Events({"main sure": sure, "type sure": sure})(NLP.make_doc("Polisi Tangkap Pencuri"))
    event = doc._.records["events"][0]
    assert event["score"] == event["type_score"] == 0.2689


def test_never_more_than_six_events() -> None:
    names = [
        "Rapat Beras",
        "Lomba Layar",
        "Pawai Obor",
        "Kebakaran",
        "Banjir",
        "Seminar Kopi",
        "Vaksinasi",
        "Konser",
    ]
    body = "".join(
        f" <evt>{name}</evt> di <place k='village'>Desa {i}a</place> "
        f"<date v='2024-01-0{i}'>{i} Januari</date>."
        for i, name in enumerate(names, 1)
    )
    assert len(events("Sepekan di Sukarame\n\nRamai." + body)) == 6


@pytest.mark.parametrize("text", ["", " \n ", "Biru", "12345"])
def test_article_without_an_event_has_none(text: str) -> None:
    assert events(text, titled=False) == []


def test_component_works_without_page_and_other_components() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_events")
    assert [event["type"] for event in nlp("Polisi Tangkap Pencuri")._.records["events"]] == ["crime"]


def weights() -> dict[str, Linear]:
    """A model by which every event is a concert."""
    return {"type": Linear(("culture", "other"), ("bias",), np.array([[1.0, 0.0]], dtype=np.float32))}


def test_trained_weights_take_the_place_of_the_rules() -> None:
    doc = Events(weights())(NLP.make_doc("Polisi Tangkap Pencuri"))
    assert doc._.records["events"][0]["type"] == "culture"


def test_vectors_that_replace_others_are_read_anew() -> None:
    nlp = spacy.blank("id")
    events = Events({"type": Linear(("culture", "crime"), ("vp0",), np.array([[1.0, -1.0]], dtype=np.float32))})
    kinds = []
    for value in (1.0, -1.0):
        table = np.array([[value]], dtype=np.float32)
        nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=table, keys=["pawai"], name="id_berita")
        kinds.append(events(nlp.make_doc("Pawai"))._.records["events"][0]["type"])
    assert kinds == ["culture", "crime"]


def test_weights_survive_disk_and_bytes(tmp_path: Path) -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_events").models.update(weights())
    nlp.to_disk(tmp_path)
    for again in (spacy.load(tmp_path), spacy.blank("id", config=nlp.config).from_bytes(nlp.to_bytes())):
        assert again("Polisi Tangkap Pencuri")._.records["events"][0]["type"] == "culture"


def test_pipeline_without_weights_saves_and_loads(tmp_path: Path) -> None:
    NLP.to_disk(tmp_path)
    assert spacy.load(tmp_path).get_pipe("beritaie_events").models == {}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Bupati", "meninjau", "Rapat", "di", "\n", ".", ",", ":", "<evt>banjir</evt>", "(",
             "Pemkab", "2024",
             "<place k='village'>Desa A</place>", "<date v='2024-01-02'>2 Januari</date>",
             "<person>Darmo</person>"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_whatever_stands_there_records_are_sound(words: list[str]) -> None:
    tagged = " ".join(words)
    text, _ = parse(tagged)
    found = events(tagged)
    assert sum(event["main"] for event in found) == bool(found)
    assert [event["id"] for event in found] == [f"e{i}" for i in range(1, len(found) + 1)]
    for event in found:
        record = Event.model_validate(event)
        assert all(text[span.start : span.end] == span.text for span in record.spans)


@pytest.mark.parametrize(
    "case", json.loads(GOLDEN.read_text(encoding="utf-8")), ids=lambda case: case["about"]
)
def test_golden(case: dict[str, Any]) -> None:
    found = events(case["text"], titled=case["titled"], published=case["published"])
    assert found == case["events"]
