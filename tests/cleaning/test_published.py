"""Publication dates as sites print them: the day first, the zone kept, nonsense refused by name."""

import datetime as dt

import pytest

from beritaie.cleaning import clean
from beritaie.cleaning.moments import date_line, read_moment
from beritaie.errors import InputError


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("Selasa, 10 Desember 2024 - 14:18 WITA", "2024-12-10T14:18:00+08:00"),
        ("Kompas.com - 10/06/2025, 21:23 WIB", "2025-06-10T21:23:00+07:00"),
        ("Kompas.com - Diperbarui 10/05/2024, 07:28 WIB", "2024-05-10T07:28:00+07:00"),
        ("Diperbarui 18 Jun 2025, 23:00 WIB", "2025-06-18T23:00:00+07:00"),
        ("Tayang: Senin, 9 Juni 2025 16:57 WIT", "2025-06-09T16:57:00+09:00"),
        (",\u00a0Jurnalis-Jum'at, 20 Juni 2025 |17:10 WIB", "2025-06-20T17:10:00+07:00"),
        ("Rabu   18 Jun 2025  21:45 WIB", "2025-06-18T21:45:00+07:00"),
        ("28 Mei 2026 | 15.18 WIB", "2026-05-28T15:18:00+07:00"),
        ("9 Desember 2024 pukul 14.18 WITA", "2024-12-09T14:18:00+08:00"),
        ("4,160 Views  | \n   Kamis, 25 Jun 2026 08:16 WIB", "2026-06-25T08:16:00+07:00"),
        ("2024-12-09T14:18:00+08:00", "2024-12-09T14:18:00+08:00"),
        ("2024-12-09T14:18:00Z", "2024-12-09T14:18:00+00:00"),
        ("2024-12-09 14:18:00", "2024-12-09T14:18:00"),
        ("Mon, 09 Dec 2024 14:18:00 +0700", "2024-12-09T14:18:00+07:00"),
        ("December 9, 2024 2:18 pm", "2024-12-09T14:18:00"),
        ("5/9/2025 22:31", "2025-09-05T22:31:00"),
        ("10/21/2025 9:00", "2025-10-21T09:00:00"),
        ("01-May-19", "2019-05-01"),
        ("13+December+2018", "2018-12-13"),
        ("Kamis, 21-02-2019", "2019-02-21"),
        ("01-11-2023", "2023-11-01"),
        ("2015/08/25", "2015-08-25"),
        ("20241209", "2024-12-09"),
        ("2024-12-09", "2024-12-09"),
    ],
)
def test_a_printed_date_is_read_with_the_day_before_the_month(published: str, moment: str) -> None:
    assert read_moment(published).isoformat() == moment


@pytest.mark.parametrize(
    "published",
    [
        "Tidak Ditemukan",
        "11-Jan",
        "10/32/2025 16:00",
        "31 Februari 2024",
        "2024-12-09 25:00",
        "",
        "\x00",
        "9" * 500,
    ],
)
def test_what_is_no_date_is_refused_by_name(published: str) -> None:
    with pytest.raises(InputError, match="published"):
        clean("Bupati hadir.", published=published)


def test_dates_and_datetimes_pass_as_they_are() -> None:
    day, moment = dt.date(2024, 12, 9), dt.datetime(2024, 12, 9, 14, 18, tzinfo=dt.UTC)
    assert clean("Bupati hadir.", published=day).published is day
    assert clean("Bupati hadir.", published=moment).published is moment
    with pytest.raises(InputError, match="published must be"):
        clean("Bupati hadir.", published=20241209)  # type: ignore[arg-type]


def test_the_users_date_wins_over_the_pages() -> None:
    page = clean(
        "Pasar Dibuka\n\nSelasa, 10 Desember 2024 - 14:18 WITA\n\nBupati hadir.", published="2024-12-11"
    )
    assert page.published == dt.date(2024, 12, 11)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Selasa, 10 Desember 2024 - 14:18 WITA", True),
        ("Kabarmelati.com - 10/06/2025, 21:23 WIB", True),
        ("Sukamaju, 28 Agustus 2021", True),
        ("Rapat digelar 28 Agustus 2021", False),
        ("28 Agustus 2021 di Sukamaju", False),
        ("Pukul 14:18 WITA", False),
    ],
)
def test_only_a_line_that_is_nothing_but_a_date_tells_it(line: str, read: bool) -> None:
    assert (date_line(line) is not None) is read


def test_a_place_or_a_bare_day_is_no_date_of_a_site() -> None:
    assert date_line("Sukamaju, 28 Agustus 2021", place=False) is None
    assert date_line("28 Agustus 2021", clock=True) is None


DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip
SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
PRINTED = [
    "{day}, {d} {month} {y} - {h}:{mi} WIB",
    "{day}, {dd}/{mm}/{y} {h}:{mi} WIB",
    "{day} {d} {month} {y} {h}.{mi} WIB",
    "{dd}/{mm}/{y}, {h}:{mi} WIB",
    "Media Anu - {dd}/{mm}/{y}, {h}:{mi} WIB",
    "Diperbarui {dd} {short} {y}, {h}:{mi} WIB",
    "Diterbitkan {dd} {short} {y}, {h}:{mi} WIB",
    "{dd} {short} {y} {h}:{mi} WIB",
    "{dd} {month} {y} | {h}:{mi} WIB",
    "{dd} {month} {y} pukul {h}.{mi} WIB",
    "{day}, {dd} {short} {y} {h}:{mi} WIB",
    "Tayang: {day}, {d} {month} {y} {h}:{mi} WIB",
    "{day},{d} {month} {y} | {h}:{mi} WIB",
    "{y}-{mm}-{dd}T{h}:{mi}:00+07:00",
    "{y}-{mm}-{dd} {h}:{mi}:00 +0700",
    "{dd} {english} {y} {h}:{mi}:00 +0700",
]
DAILY = [
    "{y}-{mm}-{dd}", "{dd}-{mm}-{y}", "{dd}-{english}-{y}", "{d} {month} {y}",
    "{day}, {d} {month} {y}", "{y}/{mm}/{dd}",
]  # fmt: skip
WHEN = [dt.datetime(2015 + i % 11, 1 + i * 5 % 12, 1 + i * 11 % 28, i * 7 % 24, i * 13 % 60) for i in range(10)]


@pytest.mark.parametrize("form", [*PRINTED, *DAILY])
def test_ten_moments_in_every_printed_form(form: str) -> None:
    for when in WHEN:
        m = when.month - 1
        printed = form.format(
            day=DAYS[when.weekday()], d=when.day, dd=f"{when:%d}", mm=f"{when:%m}", y=when.year, h=f"{when:%H}",
            mi=f"{when:%M}", month=MONTHS[m], short=SHORT[m], english=ENGLISH[m],
        )  # fmt: skip
        wanted = when.date().isoformat() if form in DAILY else f"{when:%Y-%m-%dT%H:%M}:00+07:00"
        assert read_moment(printed).isoformat() == wanted, printed
