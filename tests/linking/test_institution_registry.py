"""The registry: bodies by any of their names, regional ones composed with their area."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beritaie.lexicon import rows
from beritaie.linking.gazetteer import gazetteer
from beritaie.linking.institution_names import folded, stripped, written_out
from beritaie.linking.institution_registry import NATIONAL, identify

REGISTRY = rows("institution_registry")
AREAS = {"province": "33", "regency": "33.07", "city": "33.74", "local": "33.07", "any": "33.07", "both": "33.07"}
AREAS |= {"district": "33.07.08", "village": "52.05.03.2003", "national": NATIONAL}


def read(name: str) -> tuple[str, ...]:
    return stripped(written_out(name.split()))


def test_every_id_is_given_once() -> None:
    assert len({(row["root"], row["slug"]) for row in REGISTRY}) == len(REGISTRY)


@pytest.mark.parametrize("row", REGISTRY, ids=lambda row: row["slug"])
def test_every_body_is_found_by_its_name_and_has_a_source(row: dict[str, str]) -> None:
    found = identify(stripped(folded(row["name"])), AREAS[row["level"]], {})
    assert found is not None
    assert found.key.startswith(f"{row['root']}/")
    assert found.key.endswith(f"/{row['slug']}")
    assert row["source"]


@pytest.mark.parametrize(
    ("name", "area", "key"),
    [
        ("Dinkes", "33.07", "gov/33.07/dinkes"),
        ("Satpol PP", "32.73", "gov/32.73/satpol-pp"),
        ("Dinas Kominfo", "33", "gov/33/diskominfo"),
        ("Polresta", "34.04", "polri/34.04/polres"),
        ("Polsek", "33.07.08", "polri/33.07.08/polsek"),
        ("Kodim 0707", "33.07", "tni/33.07/kodim"),
        ("KPU", "33.07", "gov/33.07/kpu"),
        ("KPU", None, "gov/id/kpu"),
        ("Kemendes PDT", None, "gov/id/kemendes-pdt"),
        ("PDI Perjuangan", None, "party/id/pdip"),
        ("Dinas Kesehatan", "31.71", "gov/31/dinkes"),
        ("Dinas Kesehatan", "33.07.08", "gov/33.07/dinkes"),
        ("Dinas Anu dan Itu", "33.07", "gov/33.07/dinas-anu-itu"),
    ],
)
def test_names_and_short_forms_have_one_id(name: str, area: str | None, key: str) -> None:
    found = identify(read(name), area, {})
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("name", "area"), [("Dinas Kesehatan", None), ("Kementerian Luar Negeri", "33.07"), ("Warung Mawar", "33.07")]
)
def test_what_is_not_known_for_sure_has_no_id(name: str, area: str | None) -> None:
    assert identify(read(name), area, {}) is None


def test_bare_name_belongs_to_the_area_of_the_article() -> None:
    home = {"any": "33.07", "regency": "33.07", "province": "33"}
    assert [identify(read(name), None, home).full_name for name in ("Pemda", "Polda", "Kejari")] == [
        "Pemerintah Kabupaten Wonosobo",
        "Kepolisian Daerah Jawa Tengah",
        "Kejaksaan Negeri Wonosobo",
    ]


@given(st.sampled_from(REGISTRY), st.sampled_from([area.code for area in gazetteer().large_areas()]))
def test_an_id_holds_the_area_or_what_contains_it(row: dict[str, str], code: str) -> None:
    found = identify(stripped(folded(row["name"])), code, {})
    if found and found.area:
        assert code.startswith(found.area)
        assert found.key.split("/")[1] == found.area
