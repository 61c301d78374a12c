"""Names of places taken apart, put right, and the areas they may mean."""

import pytest

from beritaie.linking.mention import Mention
from beritaie.linking.place_names import (
    PlaceName,
    areas_of,
    candidates,
    is_part_of_a_known_area,
    respelt,
    respelt_inside,
    taken_apart,
)


def apart(before: str, name: str) -> PlaceName:
    """The parts of ``name`` that stands behind ``before``."""
    return taken_apart(Mention(len(before), len(before) + len(name), name, "LOC", 1.0), before + name)


@pytest.mark.parametrize(
    ("before", "name", "bare", "level", "head"),
    [
        ("Warga ", "Kab. Wonosobo", "Wonosobo", "regency", None),
        ("Warga ", "Kotamadya Bandung", "Bandung", "city", None),
        ("Warga ", "Tasikmalaya Kota", "Tasikmalaya", "city", None),
        ("Warga ", "Tangerang Kabupaten", "Tangerang", "regency", None),
        ("Warga ", "Sungai Citarum", "Sungai Citarum", None, "geo"),
        ("Warga ", "Wonosobo", "Wonosobo", None, None),
    ],
)
def test_level_word_is_taken_off_and_a_head_is_not(
    before: str, name: str, bare: str, level: str | None, head: str | None
) -> None:
    assert apart(before, name)[:3] == (bare, level, head)


@pytest.mark.parametrize(
    ("before", "kind"),
    [("Bupati ", "regency"), ("Pemko ", "city"), ("Cawagub ", "province"), ("Kapolsek ", "district"),
     ("Peratin ", "village"), ("Warga ", None)],
)  # fmt: skip
def test_word_before_hints_at_the_level(before: str, kind: str | None) -> None:
    hint = apart(before, "Mawar").before
    assert (hint and hint[0]) == kind


def test_level_word_leaves_the_areas_of_its_level() -> None:
    assert [area.code for area in areas_of(apart("", "Kota Bogor"), "Kota Bogor")] == ["32.71"]
    assert [area.code for area in areas_of(apart("", "Kota Jakarta"), "Kota Jakarta")] == ["31"]
    assert [area.kind for area in areas_of(apart("", "Kota Agung"), "Kota Agung")][:1] == ["district"]


def test_bare_name_may_mean_villages_too() -> None:
    assert "village" in {area.kind for area in candidates("Bandung")}
    assert {area.kind for area in candidates("Kabupaten Bandung")} == {"regency"}


def test_direction_makes_a_part_only_of_a_known_large_area() -> None:
    assert is_part_of_a_known_area("Sukabumi Selatan")
    assert not is_part_of_a_known_area("Sukabumi")
    assert not is_part_of_a_known_area("Selatan")


def test_slip_between_two_names_is_settled_by_the_one_in_the_article() -> None:
    name = PlaceName("Maulu Utara", None, None, None)  # two slips from Maluku Utara and from Mamuju Utara
    assert respelt(name, None, []) == name
    assert respelt(name, None, ["malukuutara"]).bare == "malukuutara"


def test_known_name_is_never_respelt() -> None:
    name = PlaceName("Serangan", None, None, None)  # a village in Denpasar
    assert respelt(name, "regency", ["serang"]) == name


def test_district_is_respelt_only_inside_the_regencies_of_the_article() -> None:
    name = PlaceName("Kejaja", "district", None, None)
    assert [area.code for area in respelt_inside(name, ["33.07"])] == ["33.07.13"]
    assert respelt_inside(name, ["18.10"]) == []
    assert respelt_inside(name, []) == []
