"""The page we set out to master: copied from a browser, with share buttons, links and related headlines."""

import pytest


@pytest.fixture(scope="module")
def article(pipeline, shared):
    return pipeline((shared / "data" / "seed" / "tanah_bumbu.txt").read_text(encoding="utf-8"))


def test_officials_have_their_full_positions(article):
    held = {official.name: official.position for official in article.officials}
    assert held["Saiful Arifin"].startswith("Kepala Bagian Kerja Sama")
    assert held["Saiful Arifin"].endswith("Provinsi Kalimantan Selatan")
    assert held["Ismail"].startswith("Kepala Bagian Pemerintahan")
    assert held["Zairullah Azhar"] == "Bupati Tanah Bumbu"
    assert held["Sartika Dewi"] == "panitia penyelenggara"


def test_counts_are_those_of_the_article(article):
    assert [(count.value, count.unit.lower()) for count in article.counts] == [
        (40, "peserta"),
        (50, "inisiatif kerja sama daerah"),
        (17, "skpd"),
    ]


def test_the_event_has_its_day_and_room(article):
    [main] = [event for event in article.events if event.main]
    names = {place.id: place.name for place in article.places}
    assert main.date == "2024-12-09"
    assert "Ruang Rapat Bersujud 1" in {names[id] for id in main.places}


def test_place_law_and_acronym_are_linked(article):
    assert "63.10" in {place.code for place in article.places}
    assert [law.key for law in article.laws] == ["UU 23/2014"]
    assert any(body.acronym == "TKKSD" and body.name.startswith("Tim Koordinasi") for body in article.institutions)


def test_no_record_comes_from_the_related_headlines(article):
    assert article.money == []
    end = article.raw.index("Berita Terkait")
    for field in ("persons", "places", "institutions", "events"):
        assert all(span.start < end for record in getattr(article, field) for span in record.spans)
    assert "Kaspul" not in article.text
