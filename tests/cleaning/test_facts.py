"""What a page says of itself: title, date, outlet, authors, dateline, language."""

import datetime as dt

import pytest

from beritaie.cleaning import Page, clean
from beritaie.cleaning.facts import language_of, names_in

PROSE = "Bupati Melati meresmikan pasar itu di hadapan ratusan warga yang datang sejak pagi."
MORE = '"Semoga pasar ini ramai," kata Bupati dalam sambutannya.'


def page(opening: str, **known: str) -> Page:
    return clean(f"Bupati Melati Resmikan Pasar\n\n{opening}{PROSE}\n{MORE}", **known)


@pytest.mark.parametrize(
    ("opening", "dateline", "outlet"),
    [
        ("JAKARTA, KOMPAS.com - ", "JAKARTA", "Kompas.com"),
        ("JAKARTA, KOMPAS.com\n- ", "JAKARTA", "Kompas.com"),
        ("Liputan6.com, Jakarta - ", "Jakarta", "Liputan6.com"),
        ("Liputan6.com, Jakarta", "Jakarta", "Liputan6.com"),
        ("Liputan6.com, Kuala Lumpur", "Kuala Lumpur", "Liputan6.com"),
        ("jpnn.com - SEMARANG - ", "SEMARANG", "jpnn.com"),
        ("REPUBLIKA.CO.ID,\u00a0JAKARTA\u00a0-- ", "JAKARTA", "Republika"),
        ("KONTAN.CO.ID - JAKARTA. ", "JAKARTA", "Kontan.co.id"),
        ("TRIBUNNEWS.CO. SOLO - ", "SOLO", "Tribunnews.com"),
        ("Jakarta, CNN Indonesia -- ", "Jakarta", "CNN Indonesia"),
        ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA"),
        ("KRUI (Lampost.co) – ", "KRUI", "Lampung Post"),
        ("KBRN, Lombok Timur: ", "Lombok Timur", "KBRN"),
        ("CBN Melati — ", "Melati", "CBN Melati"),
        ("KABARMELATI.COM, SUKAMAJU - ", "SUKAMAJU", "KABARMELATI.COM"),
        ("TRIBUNNEWS.COM - ", None, "Tribunnews.com"),
        ("SUNGAI PENUH – ", "SUNGAI PENUH", None),
        ("BERITA SUNGAI PENUH – ", "SUNGAI PENUH", None),
        ("MUARASABAK-", "MUARASABAK", None),
        ("TANJUNG – ", "TANJUNG", None),
        ("Muarasabak- ", "Muarasabak", None),
        ("Wonosobo - ", "Wonosobo", None),
        ("Jakarta\n-\n", "Jakarta", None),
        ("Kendari, 28 Agustus 2021\n\n", "Kendari", None),
        ("", None, None),
        ("COVID-19 surut. ", None, None),
        ("WATES, Kabar Melati – ", "WATES", "Kabar Melati"),
        ("Kabar Melati, Palu - ", "Palu", "Kabar Melati"),
        ("Lubuk Basung, Kabar Melati - ", "Lubuk Basung", "Kabar Melati"),
        ("Kabar Melati, Labuan Bajo – ", "Labuan Bajo", "Kabar Melati"),
        ("BANDAR LAMPUNG (Kabar Melati): ", "BANDAR LAMPUNG", "Kabar Melati"),
        ("BALIKPAPAN, kabarmelati.example - ", "BALIKPAPAN", "kabarmelati.example"),
        ("MERAUKE, KM - ", "MERAUKE", None),
        ("Kawasaki, Jepang - ", "Kawasaki", None),
        ("Bandung, Senin - ", "Bandung", None),
        ("Penulis Rina Wati - Selasa, 10 Desember 2024 | 13:00 WIB\n\nTERNATE – ", "TERNATE", None),
        ("Ketua DPRD, Budi Hartono – ", None, None),
        ("Senin - ", None, None),
    ],
)
def test_the_dateline_tells_place_and_outlet(opening: str, dateline: str | None, outlet: str | None) -> None:
    found = page(opening)
    assert (found.dateline, found.outlet) == (dateline, outlet)
    if found.dateline_span:
        assert found.text[slice(*found.dateline_span)] == dateline


def test_the_first_line_is_the_title_if_it_is_no_sentence() -> None:
    found = page("")
    assert (found.title, found.title_span) == ("Bupati Melati Resmikan Pasar", (0, 28))
    assert clean(f"{PROSE}\n{MORE}").title is None
    assert clean(f"SUKAMAJU – {PROSE}\n{MORE}").title is None
    assert clean("Pasar Melati").title is None


def test_the_users_title_wins_and_is_null_where_the_text_has_none() -> None:
    found = page("", title="Bupati Melati\u00a0Resmikan Pasar")
    assert found.title == "Bupati Melati Resmikan Pasar"
    assert found.title_span == (0, 28)
    other = page("", title="Pasar Melati Dibuka")
    assert (other.title, other.title_span) == ("Pasar Melati Dibuka", None)


def test_a_date_line_above_the_text_tells_when_it_was_published() -> None:
    found = page("Selasa, 10 Desember 2024 - 14:18 WITA\n\n")
    assert found.published == dt.datetime.fromisoformat("2024-12-10T14:18:00+08:00")
    assert "14:18" not in found.text


def test_a_letters_date_stays_in_the_text() -> None:
    found = page("Kendari, 28 Agustus 2021\n\n")
    assert found.published == dt.date(2021, 8, 28)
    assert "Kendari, 28 Agustus 2021" in found.text


def test_dates_of_related_headlines_and_of_the_news_are_not_the_publication() -> None:
    related = "\n\nBerita Terkait\n\nSenin, 13 Januari 2025 - 21:31 WITA\n\nJembatan Melati Selesai\n"
    assert clean(f"Bupati Melati Resmikan Pasar\n\n{PROSE}\n{MORE}{related}").published is None
    assert page("Senin (9/12/2024), ").published is None


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://news.detik.com/berita/d-1/pasar", "detik.com"),
        ("https://jogja.tribunnews.com/2025/01/01/pasar", "TribunJogja.com"),
        ("https://entah.tribunnews.com/2025/01/01/pasar", "Tribunnews.com"),
        ("http://www.kabar-melati.co.id/pasar", "kabar-melati.co.id"),
        ("http://[rusak", None),
        ("bukan alamat", None),
    ],
)
def test_the_address_names_the_outlet(url: str, outlet: str | None) -> None:
    assert page("", url=url).outlet == outlet


@pytest.mark.parametrize(
    ("opening", "foot", "outlet"),
    [
        ("SUKAMAJU, KABAR MELATI – ", "", "Kabar Melati"),
        ("SUKAMAJU, KM – ", "Copyright Kabar Melati", "Kabar Melati"),
        ("Kabar Melati | 10 Desember 2024, 08.12 WIB\n\n", "", "Kabar Melati"),
        ("", "Baca kabar melati setiap hari.", "kabarmelati.example"),
    ],
)
def test_an_unknown_outlet_is_named_as_its_page_writes_it(opening: str, foot: str, outlet: str) -> None:
    raw = f"Bupati Melati Resmikan Pasar\n\n{opening}{PROSE}\n{MORE}\n\n{foot}"
    assert clean(raw, url="https://kabarmelati.example/pasar").outlet == outlet


@pytest.mark.parametrize("foot", ["Copyright © Kabar Melati 2024", "Artikel ini telah tayang di Kabar Melati"])
def test_the_foot_names_the_outlet_where_no_address_is_known(foot: str) -> None:
    assert clean(f"Bupati Melati Resmikan Pasar\n\n{PROSE}\n{MORE}\n\n{foot}").outlet == "Kabar Melati"


def test_an_office_that_signs_is_the_outlet_of_last_resort() -> None:
    assert clean(f"{PROSE}\n{MORE} (MC KOMINFO)").outlet == "MC KOMINFO"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("(Panny/Team)", ["Panny"]),
        ("(Rina Wati)", ["Rina Wati"]),
        ("(Rina – Dinas Kominfo Kabupaten Melati)", ["Rina"]),
        ("(KabarMelati.com/rina wati)", ["rina wati"]),
        ("Penulis: Rina Wati", ["Rina Wati"]),
        ("Pewarta : Rina Wati / Editor : Joko Santoso", ["Rina Wati"]),
        ("Editor: Joko Santoso", ["Joko Santoso"]),
        ("Laporan Reporter KABAR-MELATI.COM, Rina Wati", ["Rina Wati"]),
        ("Laporan Rina Wati | Aceh Besar", ["Rina Wati"]),
        ("Penulis: Rina Wati dan Joko Santoso", ["Rina Wati", "Joko Santoso"]),
        ("Kontributor dan Foto ® Joko Santoso, Diskominfo", ["Joko Santoso"]),
        ("Editor & Foto ® Muh. Joko Santoso, SE", ["Muh. Joko Santoso"]),
        ("Rina Wati berkontribusi dalam penulisan artikel ini.", ["Rina Wati"]),
        ("Penulis Rina Wati - Jumat, 10 Desember 2024 | 13:00 WIB", ["Rina Wati"]),
        ("Artikel ini telah tayang di Kabar.com dengan judul Harga Turun, Warga Melati Senang", []),
        ("(abc/def)", []),
        ("(MC KOMINFO)", []),
        ("(*)", []),
        ("(rls)", []),
        ("- Jurnalis", []),
    ],
)
def test_persons_are_read_from_bylines(byline: str, names: list[str]) -> None:
    assert names_in(byline) == names


def test_authors_come_from_the_cut_bylines_without_keywords_and_photographers() -> None:
    found = clean(
        f"Bupati Melati Resmikan Pasar\n\n{PROSE}\n{MORE}\n"
        "Penulis: Rina Wati\nPasar Melati\n\nFoto : Joko Santoso"
    )
    assert found.authors == ("Rina Wati",)
    related = clean(f"{PROSE}\n{MORE}\n\nPenulis: Rina Wati\nBerita Terkait\n- Harga Beras Pekan Ini\nPopuler")
    assert related.authors == ("Rina Wati",)
    signed = clean(f"{PROSE}\n{MORE}\n\nDISKOMINFO MELATI\n\n- Rina M. Wati\n\n- Joko")
    assert signed.authors == ("Rina M. Wati", "Joko")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bupati mengatakan bahwa jalan itu akan segera dibangun karena warga sangat membutuhkannya.", "id"),
        ("Menteri berkata bahawa kerajaan akan membina jalan itu kerana rakyat memerlukannya.", "ms"),
        ("The minister said that the road of the village was built by the people.", "en"),
        ("Pak Bupati wis rawuh ing pasar lan ora ana sing ngerti yen iki dina pasaran.", "jv"),
        ("1 2 3", None),
        ("Persib 2-0 Persija", None),
    ],
)
def test_function_words_vote_for_the_language(text: str, language: str | None) -> None:
    assert language_of(text) == language
