"""Places: level, official code and mentions of every place of an article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.linking.mention import Mention
from beritaie.linking.places import Place, find_places, resolve_places
from tagged import parse


def resolve(tagged: str, dateline: str | None = None, outlet: str | None = None) -> list[Place]:
    """The places of a sentence whose place names are tagged `<loc>`."""
    text, expected = parse(tagged)
    return resolve_places(
        [Mention(e.start, e.end, e.text, "LOC", 1.0) for e in expected], text, dateline=dateline, outlet=outlet
    )


def within(places: list[Place]) -> list[str | None]:
    return [place.within.code if place.within else None for place in places]


def codes(places: list[Place]) -> list[str | None]:
    return [place.area.code if place.area else None for place in places]


@pytest.mark.parametrize(
    ("tagged", "kind", "code"),
    [
        ("Jalan di <loc>Kabupaten Tanah Bumbu</loc> rusak.", "regency", "63.10"),
        ("Jalan di <loc>Kab. Tanah Bumbu</loc> rusak.", "regency", "63.10"),
        ("Jalan di <loc>KabupatenSukabumi</loc> rusak.", "regency", "32.02"),
        ("Jalan di <loc>Kota Sukabumi</loc> rusak.", "city", "32.72"),
        ("Jalan di <loc>Tasikmalaya Kota</loc> rusak.", "city", "32.78"),
        ("Jalan di <loc>Prov. Sultra</loc> rusak.", "province", "74"),
        ("Warga <loc>Kota Jakarta</loc> mengungsi.", "province", "31"),
        ("Warga <loc>Jakarta Timur</loc> mengungsi.", "city", "31.75"),
        ("Bupati <loc>Bandung</loc> hadir.", "regency", "32.04"),
        ("Wali Kota <loc>Bandung</loc> hadir.", "city", "32.73"),
        ("Warga <loc>Bandung</loc> mengungsi.", "city", "32.73"),
        ("Warga <loc>Sungai Penuh</loc> mengungsi.", "city", "15.72"),
        ("Banjir di <loc>Sungai Citarum</loc> surut.", "geo", None),
        ("Macet di <loc>Jl. Merpati</loc> pagi ini.", "street", None),
        ("Acara di <loc>Aula Kantor Bupati</loc> ramai.", "venue", None),
        ("Warga <loc>Dusun Kenanga</loc> mengungsi.", "area", None),
        ("Ia terbang ke <loc>Malaysia</loc> kemarin.", "country", None),
        ("Ia terbang ke <loc>Mekkah</loc> kemarin.", "city", None),
    ],
)
def test_level_head_or_word_before_decides_the_kind(tagged: str, kind: str, code: str | None) -> None:
    places = resolve(tagged)
    assert [place.kind for place in places] == [kind]
    assert codes(places) == [code]


def test_village_takes_its_code_from_the_areas_behind_it() -> None:
    places = resolve("Di <loc>Desa Daha</loc>, <loc>Kecamatan Hu'u</loc>, <loc>Kabupaten Dompu</loc>.")
    assert codes(places) == ["52.05.03.2002", "52.05.03", "52.05"]


def test_village_of_a_common_name_without_context_has_no_code() -> None:
    [place] = resolve("Panen raya di <loc>Desa Sukamaju</loc> berhasil.")
    assert (place.kind, place.area) == ("village", None)


def test_same_name_elsewhere_with_its_level_word_decides_a_bare_name() -> None:
    places = resolve(
        "<loc>Sukabumi</loc> siap. <loc>Kabupaten Sukabumi</loc> menanam di <loc>Sukabumi</loc>."
    )
    assert [(place.kind, len(place.mentions)) for place in places] == [("regency", 3)]
    assert places[0].name == "Kabupaten Sukabumi"


def test_bare_district_is_read_in_the_regency_of_the_article() -> None:
    places = resolve(
        "<loc>Kabupaten Wonosobo</loc> siaga. <loc>Wonosobo</loc> hujan, kata Bupati <loc>Wonosobo</loc>."
        " Longsor menimpa <loc>Sukoharjo</loc>, <loc>Wonosobo</loc>."
    )
    assert {place.name: place.area.code for place in places if place.area} == {
        "Kabupaten Wonosobo": "33.07",
        "Sukoharjo": "33.07.14",
    }


def test_dateline_tells_which_regency_a_district_lies_in() -> None:
    tagged = "Longsor menimpa <loc>Kecamatan Sukoharjo</loc>."
    assert codes(resolve(tagged)) == [None]
    assert codes(resolve(tagged, dateline="Wonosobo")) == ["33.07.14"]


def test_outlet_of_a_local_government_tells_where_a_district_lies() -> None:
    tagged = "Longsor menimpa <loc>Kecamatan Sukoharjo</loc>."
    assert codes(resolve(tagged, outlet="Diskominfo Kabupaten Wonosobo")) == ["33.07.14"]
    assert codes(resolve(tagged, outlet="Radar Mawar")) == [None]


def test_area_behind_that_does_not_contain_a_name_speaks_against_it() -> None:
    [kuningan, jakarta] = resolve("Warga <loc>Kuningan</loc>, <loc>Jakarta Selatan</loc>, berkumpul.")
    assert (kuningan.kind, kuningan.area) == ("area", None)
    assert jakarta.area is not None
    [kuningan, _] = resolve("Warga <loc>Kuningan</loc>, <loc>Jawa Barat</loc>, berkumpul.")
    assert (kuningan.kind, kuningan.area and kuningan.area.code) == ("regency", "32.08")


def test_next_member_of_a_list_is_no_container() -> None:
    places = resolve("Kapal dari <loc>Surabaya</loc>, <loc>Bali</loc>, dan <loc>Lombok</loc> tiba.")
    assert codes(places) == ["35.78", "51", None]


def test_district_behind_its_village_is_the_district() -> None:
    places = resolve("Warga <loc>Serua</loc>, <loc>Ciputat</loc>, <loc>Tangerang Selatan</loc>, mengungsi.")
    assert codes(places) == ["36.74.04.1002", "36.74.04", "36.74"]


def test_dateline_of_a_capital_is_the_city_and_not_its_province() -> None:
    tagged = "<loc>JAMBI</loc> - Lomba dibuka Gubernur <loc>Jambi</loc>."
    assert codes(resolve(tagged, dateline="Jambi")) == ["15.71", "15"]


@pytest.mark.parametrize(
    ("tagged", "code"),
    [
        ("Warga <loc>Palemban</loc> mengungsi.", "16.71"),
        ("Warga <loc>Kabupaten Wonosbo</loc> mengungsi.", "33.07"),
        ("Warga <loc>Wonosono</loc>, bukan <loc>Wonosobo</loc>, mengungsi.", "33.07"),
        ("Warga <loc>Kecamatan Kejaja</loc>, <loc>Kabupaten Wonosobo</loc>, mengungsi.", "33.07.13"),
        ("Warga <loc>Desa Tien</loc>, <loc>Kabupaten Wonosobo</loc>, mengungsi.", "33.07.13.2010"),
        ("Warga <loc>Wonosono</loc> mengungsi.", None),
        ("Warga <loc>Kecamatan Kejaja</loc> mengungsi.", None),
        ("Warga <loc>Jalan Palemban</loc> mengungsi.", None),
    ],
)
def test_slip_in_a_name_is_put_right_only_on_evidence(tagged: str, code: str | None) -> None:
    assert codes(resolve(tagged))[0] == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bumi Lancang Kuning", "14"),
        ("Kota Pahlawan", "35.78"),
        ("Irian Jaya", "91"),
        ("Kotamadya Ujung Pandang", "73.71"),
        ("Papua Barat Daya", "96"),
        ("D.I. Yogyakarta", "34"),
        ("Tangerang Kabupaten", "36.03"),
        ("Kab. Toba Samosir", "12.12"),
    ],
)
def test_byname_former_name_or_other_spelling_has_the_code_of_today(name: str, code: str) -> None:
    assert codes(resolve(f"Warga <loc>{name}</loc> mengungsi.")) == [code]


@pytest.mark.parametrize(
    "phrase", ["<loc>Bandung</loc> Lautan Api", "PT <loc>Jawa</loc> Pos", "nasi <loc>Padang</loc>"]
)
def test_phrase_that_holds_a_name_and_means_no_place_has_no_code(phrase: str) -> None:
    assert codes(resolve(f"Lagu atau media {phrase} disebut.")) == [None]


@pytest.mark.parametrize(
    ("tagged", "expected"),
    [
        ("Apel di <loc>halaman Kantor Bupati <loc>Tanah Bumbu</loc></loc>.", ["63.10", None]),
        ("Rapat di <loc>Ruang Melati</loc>, <loc>Gedung Mawar</loc>, <loc>Kota Bogor</loc>.", ["32.71", "32.71", None]),
        ("Macet di <loc>Jalan Raya <loc>Bogor</loc></loc>, <loc>Jakarta Timur</loc>.", ["31.75", None, None]),
        ("Rapat di <loc>Gedung Mawar</loc>. Warga <loc>Kabupaten Wonosobo</loc> hadir.", ["33.07", None]),
        ("Rapat di <loc>Gedung Mawar</loc>. Warga <loc>Sleman</loc> dan <loc>Bantul</loc> hadir.", [None, None, None]),
        ("Banjir <loc>Sungai Mawar</loc>. Warga <loc>Kabupaten Wonosobo</loc> siaga.", [None, None]),
    ],
)
def test_venue_or_street_lies_in_the_area_that_the_article_puts_it_in(
    tagged: str, expected: list[str | None]
) -> None:
    assert within(resolve(tagged)) == expected


def test_city_abroad_beats_no_area_of_the_same_name_here() -> None:
    places = resolve("Dari <loc>Malaysia</loc> ke <loc>Tokyo</loc>, <loc>California</loc> dan <loc>Eropa</loc>.")
    assert [place.abroad and place.abroad.code for place in places] == ["MY", "JP", "US", None]
    assert codes(places) == [None] * 4


def test_opinion_of_the_model_makes_no_unknown_regency() -> None:
    [place] = resolve_places([Mention(3, 11, "Pasirmwr", "LOC", 0.9, "regency")], "Di Pasirmwr ramai.")
    assert place.kind == "area"


def test_head_outweighs_the_model() -> None:
    [place] = resolve_places([Mention(3, 17, "Pasar Wonosobo", "LOC", 0.9, "city")], "Di Pasar Wonosobo ramai.")
    assert place.kind == "venue"


def test_list_keeps_its_level() -> None:
    places = resolve(
        "Di <loc>Wonosobo</loc>: <loc>Kecamatan Kertek</loc>, <loc>Kalikajar</loc> dan <loc>Kejajar</loc>."
    )
    assert [place.kind for place in places[1:]] == ["district"] * 3


def test_short_and_long_name_are_one_place_under_the_fullest() -> None:
    [place] = resolve("<loc>SULTRA</loc>: <loc>Sultra</loc> atau <loc>Sulawesi Tenggara</loc> memilih.")
    assert (place.name, len(place.mentions)) == ("Sulawesi Tenggara", 3)


def test_acronym_in_brackets_is_the_place_before_it() -> None:
    [place] = resolve("Wisata <loc>Kebun Raya Mawar</loc> (<loc>KRM</loc>) dibuka; <loc>KRM</loc> ramai.")
    assert (place.kind, len(place.mentions)) == ("venue", 3)


def test_model_opinion_decides_where_the_text_does_not() -> None:
    [place] = resolve_places([Mention(3, 8, "Mawar", "LOC", 0.9, "village")], "Di Mawar ramai.")
    assert place.kind == "village"


def test_level_word_outweighs_the_model() -> None:
    mention = Mention(3, 22, "Kabupaten Wonosobo", "LOC", 0.9, "venue")
    [place] = resolve_places([mention], "Di Kabupaten Wonosobo ramai.")
    assert place.kind == "regency"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Wali Kota Bogor menemui warga.", ["Bogor"]),
        ("Warga Kecamatan Batulicin di Tanah Bumbu.", ["Kecamatan Batulicin", "Tanah Bumbu"]),
        ("JAKARTA - Warga Jawa Barat ke Malaysia.", ["JAKARTA", "Jawa Barat", "Malaysia"]),
        ("Pasar di Bogor Selatan ramai.", ["Bogor Selatan"]),
        ("Rambut Jakartawan dan batu malang.", []),
        ("Kurs dolar AS naik.", []),
        ("Lagu Bandung Lautan Api dimuat Jawa Pos.", []),
        ("Selamat datang di Bumi Lancang Kuning.", ["Bumi Lancang Kuning"]),
    ],
)
def test_find_places_takes_safe_names_only(sentence: str, found: list[str]) -> None:
    assert [mention.text for mention in find_places(sentence)] == found


_PIECES = st.sampled_from(
    [
        "Desa ",
        "Kota ",
        "Kabupaten ",
        "Bogor",
        "Sukamaju",
        "Jl. ",
        "(",
        ")",
        ", ",
        " dan ",
        "RI",
        "Hu'u",
        "\u00a0",
        "\n",
        ".",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
def test_found_mentions_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for mention in find_places(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=15), st.data())
def test_every_mention_comes_back_in_exactly_one_place(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    cut = st.integers(0, len(text))
    ranges = data.draw(st.lists(st.tuples(cut, cut).filter(lambda r: r[0] < r[1]), max_size=6, unique=True))
    given_mentions = [Mention(a, b, text[a:b], "LOC", 0.5) for a, b in ranges]
    back = [mention for place in resolve_places(given_mentions, text) for mention in place.mentions]
    assert sorted(back) == sorted(given_mentions)
