"""Dates: the sentence with its dates marked, as one means them who writes on Tuesday, 10 December 2024."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from beritaie.extractors._store import store, store_mentions
from beritaie.extractors.dates import find_dates
from beritaie.lexicon import rows
from beritaie.linking.mention import Mention
from beritaie.records import DateExpression
from tagged import parse

WRITTEN = dt.date(2024, 12, 10)
GOLDEN = Path(__file__).parents[1] / "golden" / "dates.json"
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [row["word"] for row in rows("months") if row["why"] == "standard"]


def check(tagged: str, published: dt.date | None = WRITTEN) -> list[dict[str, Any]]:
    """Every `date` tag and nothing else is found, with its value `v`."""
    text, tags = parse(tagged)
    found = find_dates(text, published=published)
    for date in found:
        DateExpression.model_validate(date)
    assert [(date["span"]["start"], date["span"]["text"], date["value"]) for date in found] == [
        (tag.start, tag.text, tag.attributes["v"]) for tag in tags
    ]
    return found


@pytest.mark.parametrize(
    "tagged",
    [
        "Rapat digelar <date v='2024-12-09'>Senin (09/12/2024)</date> di aula.",
        "Rapat digelar <date v='2024-12-09'>Senin (9/12)</date> sore.",
        "Rapat digelar <date v='2024-12-09'>Senin ( 9/12/24 )</date>.",
        "Rapat digelar <date v='2024-12-10'>Selasa, 10 Desember 2024</date>.",
        "Rapat digelar <date v='2024-12-10'>hari Selasa tanggal 10 Desember 2024</date>.",
        "Rapat digelar <date v='2024-12-10'>hari ini, Selasa (10/12)</date>.",
        "Rapat digelar <date v='2024-12-09'>kemarin (9/12)</date>.",
        "Rapat digelar <date v='2024-12-11'>besok, Rabu (11/12/2024)</date>.",
        "Rapat digelar <date v='2024-12-06'>Jum'at 6 Desember</date>.",
        "Rapat digelar <date v='2024-12-06'>Jumat malam (6/12/2024)</date>.",
        "Rapat digelar <date v='2024-11-03'>Ahad, 3 Nopember 2024</date>.",
        "Rapat digelar <date v='2024-02-05'>5 Pebruari 2024</date> lalu.",
        "Rapat digelar <date v='2024-12-09'>9Desember 2024</date>.",
        "Rapat digelar <date v='2024-03-01'>1/3/2024</date>.",
        "Diunggah <date v='2024-12-09'>2024-12-09</date> dan <date v='2019-05-01'>01-May-19</date>.",
        "Posted <date v='2024-12-09'>December 9, 2024</date>.",
        "Hasilnya baik. (<date v='2024-06-01'>1/6</date>)",
        "Berlaku sejak <date v='2024-12'>Des 2024</date>.",
        "Kata Bupati Sukarame<date v='2024-12-06'>Jumat (6/12)</date>.",
    ],
)
def test_written_days_are_read(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "Lomba berlangsung <date v='2024-12-09/2024-12-11'>9-11 Desember 2024</date>.",
        "Lomba berlangsung <date v='2024-11-30/2024-12-02'>30 November hingga 2 Desember 2024</date>.",
        "Lomba berlangsung <date v='2023-12-28/2024-01-03'>28 Desember - 3 Januari 2024</date>.",
        "Lomba berlangsung <date v='2024-12-07/2024-12-08'>Sabtu-Minggu (7-8/12/2024)</date>.",
        "Lomba berlangsung "
        "<date v='2024-12-07/2024-12-08'>Sabtu malam hingga Minggu dini hari (8/12)</date>.",
        "Lomba berlangsung <date v='2024-12-10/2024-12-12'>hari ini sampai dengan Kamis</date>.",
        "Lomba berlangsung <date v='2024-12-17/2024-12-18'>tanggal 17 dan 18 Desember</date>.",
        "Lomba berlangsung <date v='2024-06/2025-01'>Juni 2024 hingga Januari 2025</date>.",
        "Lomba berlangsung <date v='2025-04/2025-05'>bulan April-Mei 2025</date>.",
        "Lomba berlangsung <date v='2025-02-21/2025-03-14'>akhir Februari hingga 14 Maret 2025</date>.",
        "Ia menjabat <date v='2019/2024'>2019-2024</date>, wakilnya "
        "<date v='2021/2026'>periode 2021–2026</date>.",
    ],
)
def test_ranges_are_intervals(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "Dibuka <date v='2024'>tahun 2024</date>, dibangun <date v='1990s'>era 1990-an</date>.",
        "Kerajaan itu berdiri <date v='0363'>tahun 363 Masehi</date>, pada "
        "<date v='2001/2100'>abad ke-21</date> punah.",
        "Laba <date v='2024-Q3'>triwulan III 2024</date> dan "
        "<date v='2025-01/2025-06'>semester I tahun 2025</date>.",
        "Selesai <date v='2025-01-01/2025-01-10'>awal Januari</date>, paling lambat "
        "<date v='2024-05-21/2024-05-31'>akhir Mei</date>.",
        "Selesai <date v='2025-05/2025-08'>pertengahan 2025</date> atau "
        "<date v='2024-09/2024-12'>akhir tahun</date>.",
        "Selesai pada <date v='2025-02-15/2025-02-21'>minggu ketiga Februari 2025</date>.",
        "Program <date v='2025'>tahun anggaran 2025</date> dan <date v='2024'>TA. 2024</date>.",
        "Untuk membangun <date v='2024/..'>2024 ke depan</date>.",
    ],
)
def test_periods_have_their_iso_value(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "<date v='2024-12-10'>Hari ini</date>, <date v='2024-12-09'>kemarin</date> sore, "
        "<date v='2024-12-12'>lusa</date>.",
        "Ia datang <date v='2024-12-12'>besok lusa</date>, bukan <date v='2024-12-11'>esok hari</date>.",
        "Ia datang <date v='2024-12-08'>dua hari lalu</date>, <date v='2022'>dua tahun silam</date>.",
        "Harga naik <date v='2021/2024'>tiga tahun terakhir</date>, "
        "<date v='2024-12-06/2024-12-10'>5 hari terakhir</date>.",
        "Harga naik <date v='2024-W49'>pekan lalu</date>, <date v='2024-W50'>minggu ini</date>, "
        "<date v='2025-01'>bulan depan</date>, <date v='2023'>tahun lalu</date>.",
        "Dibuka <date v='2024-12-14/2024-12-15'>akhir pekan ini</date> dan "
        "<date v='2025-01/2025-04'>awal tahun depan</date>.",
        "Dibuka <date v='2024-12-17'>tanggal 17 mendatang</date>, ditutup "
        "<date v='2025-01-05'>tanggal 5 bulan depan</date>.",
        "Dibuka <date v='2024-04'>April lalu</date>, lagi pada <date v='2025-03'>Maret mendatang</date>.",
        "Ia tiba pada <date v='2024-12-05'>Kamis</date>, pergi <date v='2024-12-11'>Rabu besok</date>.",
        "Ia lahir <date v='2023-06-05'>5 Juni tahun lalu</date>, sakit sejak "
        "<date v='2024-02-01/2024-02-10'>awal Februari tahun ini</date>.",
        "Ia tiba, <date v='2024-12-08'>Minggu kemarin</date>. <date v='2024-W49'>Minggu lalu</date> belum.",
        "Sudah <date v='?'>beberapa hari lalu</date>, tidak seperti "
        "<date v='?'>tahun-tahun sebelumnya</date>.",
        "Musim hujan mulai pada <date v='2024-11'>November</date>, "
        "<date v='2024-10'>sebulan sebelumnya</date> kering.",
    ],
)
def test_relative_dates_count_from_publication(tagged: str) -> None:
    check(tagged)


@pytest.mark.parametrize(
    "tagged",
    [
        "Dibuka setelah <date v='2025-03-31'>Idulfitri 2025</date>, jelang "
        "<date v='2024-06-17'>Idul Adha 1445 H</date>.",
        "Harga naik jelang <date v='2025-03-01/2025-03-30'>Ramadan</date> dan "
        "<date v='2024-04-10'>Lebaran lalu</date>.",
        "Awal tahun Hijriah jatuh pada <date v='2024-07-07'>1 Muharam 1446 H</date>.",
        "Arus mudik dimulai <date v='2024-04-08'>H-2 Lebaran 2024</date>.",
        "Stok aman hingga <date v='2024-03-22/2024-03-31'>pertengahan Ramadan 1445 Hijriah</date>.",
        "Toko tutup pada <date v='2024-12-25'>Natal</date>, "
        "<date v='2024-12-25/2025-01-01'>libur Natal dan Tahun Baru</date>.",
    ],
)
def test_feasts_fall_on_the_days_the_government_set(tagged: str) -> None:
    check(tagged)


def test_feast_without_a_year_is_the_nearest_even_when_written_on_the_first_of_july() -> None:
    check("Ramai seperti <date v='2023-12-25'>Natal lalu</date>.", dt.date(2024, 7, 1))


def test_short_date_takes_the_year_next_to_publication() -> None:
    check("Dilantik <date v='2024-12-30'>Senin (30/12)</date>.", dt.date(2025, 1, 2))
    check("Dilantik <date v='2025-01-03'>3 Januari</date>.", dt.date(2024, 12, 30))


def test_weekday_decides_the_year_of_a_short_date_far_away() -> None:
    check("Dilantik <date v='2018-12-10'>Senin (10/12)</date>.", dt.date(2019, 11, 21))


def test_written_date_stands_against_its_weekday_and_the_record_notes_it() -> None:
    [found] = check("Dilantik <date v='2024-12-09'>Jumat (9/12/2024)</date>.")
    assert found["note"] == "other weekday"
    [found] = check("Dilantik <date v='2024-12-09'>Senin (9/12/2024)</date>.")
    assert found["note"] is None


def test_quoted_yesterday_is_loose_and_quoted_today_is_the_day_of_speaking() -> None:
    check("\"<date v='?'>Kemarin</date> kami periksa,\" katanya.")
    check(
        "Ia bicara <date v='2024-12-09'>Senin (9/12)</date>.\n"
        "“<date v='2024-12-09'>Hari ini</date> mulai,” katanya."
    )


def test_without_publication_the_first_full_date_anchors() -> None:
    check(
        "<date v='2020-05-08'>Jumat (8/5)</date> ramai, <date v='2020-05-10'>10 Mei 2020</date> sepi, "
        "<date v='2020-05-11'>besok</date> tutup.",
        None,
    )


def test_without_any_anchor_what_is_not_written_is_unknown() -> None:
    found = check("Dilantik <date v='?'>Senin (9/12)</date>, bubar <date v='?'>pekan lalu</date>.", None)
    assert {(date["start"], date["end"]) for date in found} == {(None, None)}


def test_publication_long_after_all_dates_is_that_of_an_import() -> None:
    check(
        "Dilantik <date v='2015-12-07'>Senin (7/12/2015)</date>, selesai <date v='2016'>tahun depan</date>."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Upacara HUT ke-79 RI diikuti warga.",
        "Timnas menang 3-1, unggul 2/3 babak.",
        "Diatur Undang-Undang Nomor 23 Tahun 2014 dan Pasal 27.",
        "Versi 2.0.1 naik 12,5 poin; IP 10.10.20.24.",
        "Hubungi 0812-2024-1999 atau (021) 2024567.",
        "Nilainya Rp 2.024 atau Rp 2024, untuk 2024 orang.",
        "Mei tersenyum, Agustus Rahardi dan April Sulastri hadir.",
        "Saat ini, kini, sekarang, baru-baru ini, akhir-akhir ini.",
        "Siap dipasarkan dalam 1-2 tahun ke depan.",
        "Ia menunggu satu minggu lagi, sehari-hari di Pasar Senin.",
        "Selamat Idulfitri untuk semua.",
        "Suhu naik pada 25.30 dan 12.30 siang.",
        "Pilkada Serentak 2024 dan Festival Budaya Sukarame 2023 ramai.",
        "Dana RPJMD 2025-2029 disusun.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, published=WRITTEN) == []


def test_recurring_days_have_no_value() -> None:
    check("Pasar buka <date v='?'>setiap hari Senin</date>, tutup <date v='?'>malam Minggu</date>.")
    check("Layanan <date v='?'>Senin sampai Jumat</date> saja.")


def test_impossible_day_is_no_date() -> None:
    assert find_dates("Tertulis 31/02/2024 di sana.", published=WRITTEN) == []


def test_month_before_day_is_turned_when_nothing_else_fits() -> None:
    check("Diunggah <date v='2024-05-25'>5/25/2024</date>.")


def test_years_inside_names_and_laws_are_left_alone() -> None:
    text = "Kirab Anggrek 2024 dan Keputusan 77 Tahun 2023 dibahas pada 2025."
    doc = spacy.blank("id").make_doc(text)
    store_mentions(doc, [Mention(0, 18, text[:18], "EVT", 1.0)])
    store(
        doc,
        "laws",
        [{"span": {"start": 23, "end": 46, "text": text[23:46]}, "kind": "Keputusan", "key": "77"}],
    )
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_dates")
    dates = nlp.get_pipe("beritaie_dates")(doc)._.records["dates"]  # type: ignore[operator]
    assert [date["span"]["text"] for date in dates] == ["2025"]


def test_component_reads_publication_from_the_page() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("beritaie_dates")
    doc = nlp.make_doc("Dilantik kemarin.")
    doc._.page = {"published": "2024-12-10T14:18:00+08:00"}
    assert nlp.get_pipe("beritaie_dates")(doc)._.records["dates"] == [  # type: ignore[operator]
        {
            "span": {"start": 9, "end": 16, "text": "kemarin"},
            "value": "2024-12-09",
            "start": "2024-12-09",
            "end": "2024-12-09",
            "note": None,
        }
    ]


@pytest.mark.parametrize(
    "sample", json.loads(GOLDEN.read_text(encoding="utf-8")), ids=lambda one: one["about"]
)
def test_golden_dates(sample: dict[str, Any]) -> None:
    published = sample["published"] and dt.date.fromisoformat(sample["published"])
    assert find_dates(sample["text"], published=published) == sample["dates"]


def styles(day: dt.date) -> list[str]:
    """A day as newspapers write it, in twelve ways."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    return [
        f"{day.day} {month} {day.year}",
        f"{weekday}, {day.day} {month} {day.year}",
        f"{weekday} {day.day} {month} {day.year}",
        f"hari {weekday} tanggal {day.day} {month} {day.year}",
        f"tanggal {day.day:02} {month} {day.year}",
        f"{weekday} ({day.day}/{day.month}/{day.year})",
        f"{weekday} ({day:%d/%m/%Y})",
        f"{weekday}, ({day:%d-%m-%Y})",
        f"{weekday} malam ({day.day}/{day.month}/{day.year})",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{weekday} ({day.day} {month} {day.year})",
    ]


@given(
    st.dates(dt.date(1946, 1, 1), dt.date(2099, 12, 31)), st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1))
)
@settings(max_examples=60, deadline=None)
def test_a_full_date_in_any_style_resolves_to_itself(day: dt.date, published: dt.date) -> None:
    for written in styles(day):
        for anchor in (published, None):
            [found] = find_dates(f"Dibuka {written} di aula.", published=anchor)
            assert (found["span"]["text"], found["value"]) == (written, day.isoformat())


@given(st.dates(dt.date(2010, 1, 1), dt.date(2030, 12, 31)), st.integers(-60, 5))
@settings(max_examples=60, deadline=None)
def test_a_short_date_near_publication_resolves_to_itself(published: dt.date, days: int) -> None:
    day = published + dt.timedelta(days=days)
    for written in (
        f"{WEEKDAYS[day.weekday()]} ({day.day}/{day.month})",
        f"{day.day} {MONTHS[day.month - 1]}",
    ):
        [found] = find_dates(f"Dibuka {written} di aula.", published=published)
        assert found["value"] == day.isoformat()


WORDS = st.sampled_from(
    [
        row["word"]
        for table in ("near_days", "deictics", "time_units", "feasts", "period_parts")
        for row in rows(table)
    ]
    + [
        *WEEKDAYS,
        *MONTHS,
        "tanggal",
        "tahun",
        "setiap",
        "hingga",
        "dan",
        "-",
        "(",
        ")",
        "/",
        "1",
        "31",
        "2024",
        "9999",
    ]
)


@given(
    st.lists(WORDS, max_size=12), st.sampled_from(["", " ", "\n"]), st.none() | st.dates(dt.date(1900, 1, 1))
)
@settings(max_examples=150, deadline=None)
def test_any_text_gives_valid_records_in_reading_order(
    words: list[str], blank: str, published: dt.date | None
) -> None:
    text, at = blank.join(words), 0
    for date in find_dates(text, published=published):
        record = DateExpression.model_validate(date)
        assert at <= record.span.start < record.span.end
        assert text[record.span.start : record.span.end] == record.span.text
        assert record.start is None or record.end is None or record.start <= record.end
        at = record.span.end


@pytest.mark.parametrize("length", [100_000, 200_000])
@pytest.mark.parametrize(
    "piece",
    ["1", "1.", "1/", "1 - ", "(", "()", "2024-", "\n", "Mei ", "1 Mei ", "Desember", "Senin (", "tahun ", "Idul "],
)
def test_hostile_text_comes_to_an_end(piece: str, length: int) -> None:
    text = piece * (length // len(piece))
    assert len(find_dates(text, published=WRITTEN)) <= len(text)
