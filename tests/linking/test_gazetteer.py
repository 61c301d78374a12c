"""The gazetteer: official names, aliases, codes, parents and coordinates."""

import pytest

from beritaie.lexicon import rows
from beritaie.linking.gazetteer import gazetteer, name_key


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tanah Bumbu", "63.10"),
        ("Tanbu", "63.10"),
        ("Kalsel", "63"),
        ("DKI", "31"),
        ("Jakarta Selatan", "31.74"),
        ("Tangsel", "36.74"),
        ("Deli Serdang", "12.07"),
        ("Deliserdang", "12.07"),
        ("DIY", "34"),
    ],
)
def test_name_alias_or_spelling_gives_the_code(name: str, code: str) -> None:
    assert code in [area.code for area in gazetteer().named(name)]


def test_bandung_is_a_regency_a_city_and_districts_the_larger_first() -> None:
    kinds = [area.kind for area in gazetteer().named("Bandung")]
    assert kinds[:2] == ["regency", "city"]
    assert "district" in kinds[2:]


def test_village_is_found_whatever_its_blanks_and_capitals() -> None:
    assert gazetteer().villages("sari gadung") == gazetteer().villages("Sarigadung")
    assert "63.10.06.2003" in [area.code for area in gazetteer().villages("Sarigadung")]


def test_unknown_names_have_no_area() -> None:
    book = gazetteer()
    assert book.named("Xyzzy") == ()
    assert book.villages("") == ()
    assert book.area("63.99") is None
    assert book.area("63.10.06.9999") is None


def test_every_level_of_the_registry_is_there() -> None:
    book = gazetteer()
    large = book.large_areas()
    assert sum(area.kind == "province" for area in large) == 38
    assert len(large) - 38 == 514
    village = book.area("63.10.06.2003")
    assert village is not None
    assert (village.name, village.parent, village.province) == ("Sari Gadung", "63.10.06", "63")


def test_every_large_area_has_coordinates_in_indonesia() -> None:
    for area in gazetteer().large_areas():
        assert area.latitude is not None, area
        assert area.longitude is not None, area
        assert -11.5 < area.latitude < 6.5, area
        assert 94.5 < area.longitude < 141.5, area


def test_every_alias_points_at_an_area() -> None:
    for row in rows("place_aliases"):
        area = gazetteer().area(row["code"])
        assert area is not None, row
        assert name_key(area.name) == name_key(row["name"]), row


@pytest.mark.parametrize(
    ("name", "iso"), [("Tiongkok", "CN"), ("AS", "US"), ("NKRI", "ID"), ("Korsel", "KR")]
)
def test_country_has_its_iso_code_under_every_name(name: str, iso: str) -> None:
    country = gazetteer().country(name)
    assert country is not None
    assert country.code == iso


def test_abbreviated_country_is_no_small_word() -> None:
    assert gazetteer().country("as") is None


def test_city_abroad_is_known_by_its_indonesian_name() -> None:
    city = gazetteer().world_city("Mekkah")
    assert city is not None
    assert (city.code, city.kind) == ("SA", "city")
