"""Article in, records out: what a user of the pipeline may expect of any input."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import beritaie
from beritaie import Article, Failure, InputError, ModelNotFound

PAGE = """Pemkab Sumba Tengah Latih 45 Kader Posyandu

Rabu, 12 Maret 2025 - 10:05 WITA

facebook twitter whatsapp telegram copy

WAIBAKUL - Bupati Sumba Tengah, Yohanes Umbu Raga, membuka pelatihan kader posyandu di Aula Kantor Bupati, \
Selasa (11/3/2025). Pelatihan itu diikuti 45 kader dari 12 desa.

Baca Juga: Harga Jagung di Waibakul Naik Lagi

"Kader adalah ujung tombak kesehatan warga," kata Yohanes.

Kepala Dinas Kesehatan Sumba Tengah, Maria Rambu Ana, menyebut anggaran pelatihan Rp 75 juta sesuai \
Peraturan Bupati Nomor 4 Tahun 2023. (ris/lem)
"""


@pytest.fixture(scope="module")
def article(pipeline) -> Article:
    return pipeline(PAGE, id="sample", url="https://example.id/berita/1")


def every_span(article: Article):
    for field in Article.model_fields:
        for record in getattr(article, field) if isinstance(getattr(article, field), list) else []:
            for name in ("span", "evidence"):
                if span := getattr(record, name, None):
                    yield span
            yield from getattr(record, "spans", [])


def test_the_reader_notes_who_holds_which_office(article):
    held = {(official.name, official.position) for official in article.officials}
    assert ("Yohanes Umbu Raga", "Bupati Sumba Tengah") in held
    assert ("Maria Rambu Ana", "Kepala Dinas Kesehatan Sumba Tengah") in held


def test_the_reader_notes_where_when_and_how_many(article):
    assert "53.17" in {place.code for place in article.places}
    assert "2025-03-11" in {date.value for date in article.dates}
    assert (45, "kader") in {(count.value, count.unit) for count in article.counts}
    assert (12, "desa") in {(count.value, count.unit) for count in article.counts}
    assert [(money.value, money.currency) for money in article.money] == [(75_000_000, "IDR")]
    assert [law.year for law in article.laws] == [2023]


def test_the_reader_notes_who_said_what(article):
    [quote] = article.quotes
    assert quote.span.text == '"Kader adalah ujung tombak kesehatan warga,"'
    assert quote.speaker_name == "Yohanes Umbu Raga"
    assert quote.speaker in {person.id for person in article.persons}


def test_there_is_one_main_event_with_its_day(article):
    [main] = [event for event in article.events if event.main]
    assert (main.type, main.date) == ("training", "2025-03-11")


def test_page_facts_are_read_and_furniture_is_gone(article):
    assert article.title == "Pemkab Sumba Tengah Latih 45 Kader Posyandu"
    assert article.published == dt.datetime.fromisoformat("2025-03-12T10:05:00+08:00")
    assert article.dateline == "WAIBAKUL"
    for furniture in ("facebook", "Harga Jagung"):
        assert furniture in article.raw
        assert furniture not in article.text


def test_every_span_counts_characters_of_the_raw_text(article):
    spans = list(every_span(article))
    assert len(spans) > 15
    for span in spans:
        assert article.raw[span.start : span.end] == span.text
    assert article.text == "".join(article.raw[a:b] for a, b in article.kept)


def test_ids_inside_an_article_point_at_records_of_it(article):
    persons, positions = {p.id for p in article.persons}, {p.id for p in article.positions}
    institutions, places = {i.id for i in article.institutions}, {p.id for p in article.places}
    for official in article.officials:
        assert official.person in persons
        assert official.position_id in positions
    for event in article.events:
        assert set(event.places) <= places
        assert event.organizer is None or event.organizer in institutions
        assert all(0 <= index < len(article.counts) for index in event.counts)
    for place in [*article.positions, *article.institutions]:
        assert place.place is None or place.place in places


def test_what_the_user_knows_wins_over_the_page(pipeline):
    article = pipeline(PAGE, published="2025-03-15", title="Judul Lain")
    assert article.published == dt.date(2025, 3, 15)
    assert article.title == "Judul Lain"


def test_an_article_without_an_id_gets_the_same_one_each_time(pipeline):
    assert pipeline(PAGE).id == pipeline(PAGE.encode()).id


@pytest.mark.parametrize("nothing", ["", "   \n", b""])
def test_an_empty_page_is_an_input_error(pipeline, nothing):
    with pytest.raises(InputError):
        pipeline(nothing)


def test_the_stream_answers_each_item_in_order_and_loses_none(pipeline):
    items = [PAGE, "", {"raw": PAGE, "id": "a2"}, {"id": "no-raw"}, PAGE.encode(), {"raw": PAGE, "colour": 1}, 7]
    results = list(pipeline.stream(items, batch_size=3))
    assert [type(result) for result in results] == [Article, Failure, Article, Failure, Article, Failure, Failure]
    assert results[2].id == "a2"
    assert results[1].stage == "clean"
    assert "raw" in results[3].error


def test_one_broken_article_in_a_batch_fails_alone(pipeline):
    original = pipeline.nlp.get_pipe("beritaie_dates")

    def breaks(doc):
        if "Waibakul Utara" in doc.text:
            raise RuntimeError("broken on purpose")
        return original(doc)

    pipes = pipeline.nlp._components
    index = next(i for i, (name, _) in enumerate(pipes) if name == "beritaie_dates")
    pipes[index] = ("beritaie_dates", breaks)
    try:
        bad = PAGE.replace("di Aula", "di Waibakul Utara, Aula")
        results = list(pipeline.stream([PAGE, bad, PAGE], batch_size=3))
    finally:
        pipes[index] = ("beritaie_dates", original)
    assert [type(result) for result in results] == [Article, Failure, Article]
    assert (results[1].stage, results[1].error) == ("extract", "broken on purpose")


def test_one_by_one_and_in_a_stream_the_records_are_the_same(pipeline):
    [streamed, _] = list(pipeline.stream([{"raw": PAGE, "id": "x"}, {"raw": "Hujan turun di Waibakul.", "id": "y"}]))
    assert streamed == pipeline(PAGE, id="x")


def test_an_unknown_profile_names_those_there_are():
    with pytest.raises(ModelNotFound, match="fast"):
        beritaie.load("slow")


def test_an_unknown_extractor_cannot_be_excluded():
    with pytest.raises(InputError, match="beritaie_dates"):
        beritaie.load(exclude={"horoscopes"})


def test_an_excluded_extractor_leaves_its_records_out():
    article = beritaie.load(exclude={"events"})(PAGE)
    assert article.events == []
    assert article.officials


_alphabet = st.characters(codec="utf-8")
_bits = st.sampled_from(
    ["Bupati ", "H. Ismail, ", "“", "”", '"', "Senin (8/5) ", "Rp 1,5 miliar", "17 SKPD ", "\n\n", "Baca Juga: ",
     "Kabupaten Tanah Bumbu ", "\u200b", "\x00", "é", "🙂", "(", ")", "Rapat Pleno ", "kata Ismail. "]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(_bits | st.text(_alphabet, max_size=12), max_size=40).map("".join))
def test_any_text_gives_exact_spans_or_an_input_error(pipeline, text):
    try:
        article = pipeline(text)
    except InputError:
        return
    for span in every_span(article):
        assert article.raw[span.start : span.end] == span.text
    assert article.text == "".join(article.raw[a:b] for a, b in article.kept)
    assert Article.model_validate_json(article.model_dump_json()) == article


@pytest.mark.parametrize(
    "unit", ["Bandung, ", '"Ya," kata Budi Santoso. ', "berinisial RS (17) ", "Bupati Kupang (BPBD) "]
)
def test_a_page_of_a_hundred_thousand_characters_is_read_to_its_end(pipeline, unit):
    article = pipeline(unit * (100_000 // len(unit)))
    last = max(span.end for span in every_span(article))
    assert last > 0.9 * len(article.raw)
