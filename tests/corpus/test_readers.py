"""Every kind of dump gives the same items; what cannot be read is a failure that says where."""

import csv
import datetime as dt
import gzip
import io
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from beritaie.corpus import read
from beritaie.corpus.readers import sources
from beritaie.errors import InputError
from beritaie.records import Failure

ROW = {
    "id": "b1",
    "url": "https://contoh.example/1",
    "judul": "Pasar",
    "tanggal": "2024-08-20",
    "isi": "Kios baru.",
}
ITEM = {
    "id": "b1",
    "url": "https://contoh.example/1",
    "title": "Pasar",
    "published": "2024-08-20",
    "raw": "Kios baru.",
}
LINE = (json.dumps(ROW) + "\n").encode()


def csv_of(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def parquet_of(*rows: dict) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), sink)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", LINE),
        ("a.ndjson", LINE),
        ("a.jsonl.gz", gzip.compress(LINE)),
        ("a.jsonl.zst", zstandard.compress(LINE)),
        ("a.csv", csv_of(ROW)),
        ("a.csv.gz", gzip.compress(csv_of(ROW))),
        ("semicolons.csv", csv_of(ROW, delimiter=";")),
        ("excel.csv", b"\xef\xbb\xbf" + csv_of(ROW)),
        ("a.parquet", parquet_of(ROW)),
        ("days.parquet", parquet_of(ROW | {"tanggal": dt.date(2024, 8, 20), "suka": 12})),
    ],
)
def test_every_kind_of_dump_gives_the_same_item(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert list(read([tmp_path / name])) == [ITEM]


@pytest.mark.parametrize("name", ["berita.txt", "berita.html", "berita.htm", "berita.html.gz"])
def test_a_page_is_handed_on_as_bytes_under_its_name(tmp_path, name):
    page = b"<p>Banjir</p>\xff"
    (tmp_path / name).write_bytes(gzip.compress(page) if name.endswith(".gz") else page)
    [item] = read([tmp_path / name])
    assert (item["id"], item["raw"]) == ("berita", page)


def test_a_folder_is_read_with_all_it_holds_in_the_order_of_names(tmp_path):
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "v1.2 akhir.txt").write_text("Dua")
    (tmp_path / "a.txt").write_text("Tiga")
    (tmp_path / "1.jsonl").write_text('{"isi": "Satu"}')
    (tmp_path / "README.md").write_text("bukan berita")
    (tmp_path / ".simpan.txt").write_text("bukan berita")
    assert [item["id"] for item in read([tmp_path])] == ["1.jsonl:1", "2024/v1.2 akhir", "a"]


def test_all_frames_of_a_zst_file_are_read(tmp_path):
    (tmp_path / "a.jsonl.zst").write_bytes(zstandard.compress(LINE) + zstandard.compress(LINE))
    assert len(list(read([tmp_path]))) == 2


def test_a_field_can_be_named(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "bukan ini", "Konten": "Ini", "kode": 7}')
    assert list(read([tmp_path], fields={"raw": "konten", "id": "kode"})) == [
        {"id": "7", "url": None, "title": None, "published": None, "raw": "Ini"}
    ]


def test_a_multiline_csv_cell_is_one_article_and_counts_its_lines(tmp_path):
    (tmp_path / "a.csv").write_bytes(b'isi,judul\n"baris satu\nbaris dua",A\nsatu lagi,B\n')
    assert [(item["id"], item["raw"]) for item in read([tmp_path])] == [
        ("a.csv:2", "baris satu\nbaris dua"),
        ("a.csv:4", "satu lagi"),
    ]


@pytest.mark.parametrize(
    ("name", "bad", "error"),
    [
        ("a.jsonl", b"{broken", "a.jsonl line 2: no JSON"),
        ("a.jsonl", b'["list"]', "a.jsonl line 2: not a JSON object"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl line 2: no JSON"),
        ("a.jsonl", b'{"isi": "\xff"}', "a.jsonl line 2: no JSON: 'utf-8'"),
        ("a.jsonl", b'{"isi": ""}', "a.jsonl line 2: the text is empty"),
        ("a.jsonl", b'{"isi": {"p": 1}}', "a.jsonl line 2: the text is a dict"),
        ("a.jsonl", b'{"berita": "x"}', "a.jsonl line 2: no text in berita"),
        ("a.jsonl", b'{"isi": "x", "judul": ["y"]}', "a.jsonl line 2: title is a list"),
        ("a.csv", b"b2,u,j,t,x,too,many", "a.csv line 3: 7 cells under a header of 5"),
        ("a.csv", b"b2,u,j,t,\xe9", "a.csv line 3: not UTF-8"),
        ("a.csv", b"b2,u,j,t,", "a.csv line 3: the text is empty"),
    ],
)
def test_a_bad_row_fails_alone_and_names_its_line(tmp_path, name, bad, error):
    before = LINE if name == "a.jsonl" else csv_of(ROW)
    after = LINE if name == "a.jsonl" else csv_of(ROW).split(b"\r\n")[1]
    (tmp_path / name).write_bytes(before + bad + b"\n" + after)
    first, failure, last = read([tmp_path])
    assert first == last == ITEM
    assert isinstance(failure, Failure)
    assert failure.error.startswith(error)
    assert (failure.stage, failure.id) == ("read", f"{name}:{2 if name == 'a.jsonl' else 3}")


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_what_stands_before_the_damage_is_read(tmp_path, name):
    compress = gzip.compress if name.endswith("gz") else zstandard.compress
    content = compress(LINE) + compress(LINE * 1000)[:40]
    (tmp_path / name).write_bytes(content)
    found = list(read([tmp_path]))
    assert found[0] == ITEM
    if name.endswith("gz"):  # a zst frame that ends early simply has no more bytes
        assert "damaged" in found[-1].error


def test_a_line_too_long_for_an_article_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("beritaie.corpus.readers.LONGEST", 200)
    (tmp_path / "a.jsonl").write_bytes(LINE + b"x" * 999 + b"\n" + LINE)
    first, failure, last = read([tmp_path])
    assert first == last == ITEM
    assert failure.error == "a.jsonl line 2: longer than 200 bytes."


def test_half_characters_become_the_replacement_character(tmp_path):
    (tmp_path / "a.jsonl").write_text(r'{"isi": "hai \ud83d di sini \ud83d\ude00"}')
    [item] = read([tmp_path])
    assert item["raw"] == "hai \ufffd di sini \U0001f600"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.docx", b"x", "cannot read this kind of file"),
        ("a.csv", b"judul,nilai\nx,1\n", "a.csv line 1: no text in judul, nilai: looked for raw, text"),
        ("a.csv", b"", "a.csv line 1: no text in nothing"),
        ("a.parquet", b"PAR1", "a.parquet: no Parquet file"),
        ("b.parquet", parquet_of({"nilai": 1}), "b.parquet: no text in nilai"),
    ],
)
def test_unusable_input_is_told_before_anything_is_read(tmp_path, name, content, error):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=error):
        sources([tmp_path / name])


def test_a_missing_path_an_empty_folder_and_an_unknown_field_are_input_errors(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        sources([tmp_path / "tidak-ada.txt"])
    with pytest.raises(InputError, match="no file to read"):
        sources([tmp_path])
    with pytest.raises(InputError, match="unknown field isi"):
        sources([], fields={"isi": "raw"})


def test_a_file_in_the_american_order_comes_with_the_day_first(tmp_path):
    rows = [ROW | {"tanggal": date} for date in ("10/7/2025 20:51", "10/21/2025 9:00", "2025-10-07")]
    (tmp_path / "a.csv").write_bytes(csv_of(*rows))
    assert [item["published"] for item in read([tmp_path])] == ["7/10/2025 20:51", "21/10/2025 9:00", "2025-10-07"]


def test_a_file_with_days_above_twelve_in_front_stays_as_it_is(tmp_path):
    rows = [ROW | {"tanggal": date} for date in ("10/7/2025 20:51", "21/10/2025 9:00", "10/21/2025 9:00")]
    (tmp_path / "a.csv").write_bytes(csv_of(*rows))
    assert [item["published"] for item in read([tmp_path])] == [row["tanggal"] for row in rows]


def warc_of(body: bytes, kind: str = "text/html", status: str = "200 OK", type_: str = "response") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: {type_}\r\nWARC-Record-ID: <urn:uuid:b1>\r\nWARC-Date: 2024-08-20T00:00:00Z\r\n"
        "WARC-Target-URI: https://contoh.example/1\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


PAGE = "<html><body><p>Harga “naik”.</p></body></html>"


@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
def test_the_pages_of_a_crawl_come_with_their_addresses(tmp_path, ending):
    pytest.importorskip("fastwarc")
    crawl = [
        warc_of(b"", type_="request"),
        warc_of(b"pindah", status="301 Moved"),
        warc_of(b"\x89PNG", kind="image/png"),
        warc_of(PAGE.encode("cp1252"), kind="text/html; charset=windows-1252"),
    ]
    packed = map(gzip.compress, crawl) if ending.endswith(".gz") else crawl
    (tmp_path / f"a{ending}").write_bytes(b"".join(packed))
    expected = {"id": "b1", "url": "https://contoh.example/1", "title": None, "published": None, "raw": PAGE}
    assert list(read([tmp_path])) == [expected]


def test_a_file_that_is_no_crawl_is_a_failure(tmp_path):
    pytest.importorskip("fastwarc")
    (tmp_path / "a.warc").write_bytes(b"bukan arsip\r\n" * 9)
    assert [isinstance(item, Failure) for item in read([tmp_path])] == [True]


def test_crawls_without_the_package_name_the_extra_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (tmp_path / "a.warc").write_bytes(warc_of(b"x"))
    with pytest.raises(InputError, match=r"pip install 'beritaie\[warc\]'"):
        sources([tmp_path])
