"""Reads dumps as they are found: single pages, JSON lines, CSV, Parquet, WARC crawls, and folders of these."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, TypedDict, cast

from beritaie.cleaning.moments import day_first, month_stands_first
from beritaie.errors import InputError
from beritaie.lexicon import rows
from beritaie.records import Failure

LONGEST = 64 * 2**20  # bytes of one article; a line or file above it is no article
_KINDS = {
    ".txt": "page", ".html": "page", ".htm": "page",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".warc": "warc",
}  # fmt: skip
_PACKED = (".gz", ".zst")
_FIELDS = ("raw", "id", "url", "title", "published")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Item(TypedDict):
    """One article as found: what ``pipeline.stream`` takes."""

    id: str
    url: str | None
    title: str | None
    published: str | None
    raw: str | bytes


@dataclass(frozen=True)
class Source:
    """A file to read: ``name`` is its path below the folder given, ``kind`` page, jsonl, csv, parquet or warc."""

    path: Path
    name: str
    kind: str


def read(paths: Iterable[str | Path], *, fields: Mapping[str, str] | None = None) -> Iterator[Item | Failure]:
    """The articles of files and folders, one after the other; a row that cannot be read is a ``Failure``.

    Files: `.txt`, `.html` (one article each, the path without its ending is the id), `.jsonl`, `.csv`, `.parquet`
    (one article a row), `.warc` (one article a crawled HTML page, the record's id as id), each but Parquet
    also as `.gz` or `.zst`. Folders are read with all that they hold, in the order of the names; hidden and
    other files in them are left aside. The fields of a row are found by the names in
    ``lexicon/dump_fields.csv``; ``fields`` names them where they differ: ``{"raw": "konten"}``. A row without
    an id gets `file:line`. The text stays as it is but for half characters (lone surrogates), which UTF-8
    cannot hold: each becomes U+FFFD.

    Where a spreadsheet saved the dates of a file in the American order, which its first 1,000 rows tell by days
    above 12 in the second place and none in the first, ``published`` comes with the day first, as everywhere.

    Raises ``InputError`` before the first article where a path is not there, is of no known kind, or has no
    column of text, and for WARC without the package that reads it.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "desa.jsonl").write_text('{"isi": "Warga bergotong royong."}')
    ...     [item["id"] for item in read([folder])]
    ['desa.jsonl:1']
    """
    names = field_names(fields)
    for source in sources(paths, fields=fields):
        yield from _day_first(_READERS[source.kind](source, names))


_TELLING = 1_000  # rows that tell in which order a file writes its dates


def _day_first(items: Iterator[Item | Failure]) -> Iterator[Item | Failure]:
    """The items of one file, American dates with the day before the month."""
    ahead = list(islice(items, _TELLING))
    dated = [item["published"] for item in ahead if not isinstance(item, Failure) and item["published"]]
    american = month_stands_first(dated)
    for item in chain(ahead, items):
        if american and not isinstance(item, Failure) and item["published"]:
            item["published"] = day_first(item["published"])
        yield item


def sources(paths: Iterable[str | Path], *, fields: Mapping[str, str] | None = None) -> list[Source]:
    """The files to read, checked: raises ``InputError`` for what ``read`` cannot use."""
    names = field_names(fields)
    found: list[Source] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.is_file() and not _hidden(file, path)]
            names_inside = [(file, file.relative_to(path).as_posix()) for file in inside]
            files = [Source(file, name, _kind(file)) for file, name in names_inside if _kind(file)]
            if not files:
                raise InputError(f"{path}: no file to read in this folder. {_CAN_READ}")
            found += files
        elif not path.is_file():
            raise InputError(f"{path}: no such file or folder.")
        elif not _kind(path):
            raise InputError(f"{path}: cannot read this kind of file. {_CAN_READ}")
        else:
            found.append(Source(path, path.name, _kind(path)))
    for source in found:
        if source.kind == "csv":
            _csv_header(source, names)
        elif source.kind == "parquet":
            _parquet_columns(source, names)
        elif source.kind == "warc":
            _warc_records(source)
    return found


def field_names(fields: Mapping[str, str] | None) -> dict[str, list[str]]:
    """For each field of an item the names to look for in a row, those of ``fields`` instead of the known."""
    if unknown := sorted(set(fields or {}) - set(_FIELDS)):
        raise InputError(f"unknown field {', '.join(unknown)}: name one of {', '.join(_FIELDS)}.")
    known = {
        field: [row["name"] for row in rows("dump_fields") if row["field"] == field] for field in _FIELDS
    }
    return known | {field: [name] for field, name in (fields or {}).items()}


_CAN_READ = "Give .txt, .html, .jsonl, .csv, .warc (these also .gz or .zst) or .parquet files, or a folder of them."


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _kind(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = bool(suffixes) and suffixes[-1] in _PACKED
    kind = _KINDS.get(suffixes[-2] if packed and len(suffixes) > 1 else "".join(suffixes[-1:]), "")
    return "" if packed and kind == "parquet" else kind


def _open(path: Path) -> IO[bytes]:
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    if suffix == ".zst":
        import zstandard

        frames = zstandard.ZstdDecompressor().stream_reader(
            path.open("rb"), read_across_frames=True, closefd=True
        )
        return io.BufferedReader(frames)
    return path.open("rb")


def _damage() -> tuple[type[Exception], ...]:
    import pyarrow as pa
    import zstandard

    return (OSError, EOFError, zlib.error, zstandard.ZstdError, pa.ArrowException)


def _failure(name: str, at: str, error: str) -> Failure:
    return Failure(id=_row_id(name, at), stage="read", error=f"{name} {at}".strip() + f": {error}")


def _row_id(name: str, at: str) -> str:
    """The id of what stands at `line 3` of a file."""
    return f"{name}:{at.rsplit(maxsplit=1)[-1]}" if at else name


def _read_page(source: Source, _names: dict[str, list[str]]) -> Iterator[Item | Failure]:
    name = source.name
    for suffix in reversed(source.path.suffixes):
        if suffix.lower() in (*_PACKED, *_KINDS):
            name = name.removesuffix(suffix)
    try:
        with _open(source.path) as file:
            raw = file.read(LONGEST + 1)
    except _damage() as error:
        yield _failure(source.name, "", f"cannot be read: {error}")
        return
    if len(raw) > LONGEST:
        yield _failure(source.name, "", f"larger than {LONGEST} bytes, which no article is.")
    else:
        yield Item(id=name, url=None, title=None, published=None, raw=raw)


def _read_jsonl(source: Source, names: dict[str, list[str]]) -> Iterator[Item | Failure]:
    number = 0
    try:
        with _open(source.path) as file:
            for number, line in _lines(file):
                if line is None:
                    yield _failure(source.name, f"line {number}", f"longer than {LONGEST} bytes.")
                elif line.strip():
                    yield _json_item(source.name, number, line, names)
    except _damage() as error:
        yield _failure(source.name, f"line {number + 1}", f"the file is damaged from here on: {error}")


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines; None for one that is too long."""
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) <= LONGEST:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := file.readline(LONGEST)):
            pass
        yield number, None


def _json_item(name: str, number: int, line: bytes, names: dict[str, list[str]]) -> Item | Failure:
    try:
        row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError) as error:
        return _failure(name, f"line {number}", f"no JSON: {error}")
    if not isinstance(row, dict):
        return _failure(name, f"line {number}", "not a JSON object.")
    return _item(name, f"line {number}", row, names)


def _read_csv(source: Source, names: dict[str, list[str]]) -> Iterator[Item | Failure]:
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
    line = 1
    try:
        header, delimiter = _csv_header(source, names)
        with _csv_text(source.path) as text:
            reader = csv.reader(text, delimiter=delimiter)
            next(reader)
            while True:
                line = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield _failure(source.name, f"line {line}", str(error))
                    continue
                if cells:
                    yield _csv_item(source.name, line, header, cells, names)
    except _damage() as error:
        yield _failure(source.name, f"line {line}", f"the file is damaged from here on: {error}")


def _csv_text(path: Path) -> io.TextIOWrapper:
    return io.TextIOWrapper(_open(path), encoding="utf-8-sig", errors="surrogateescape", newline="")


def _csv_header(source: Source, names: dict[str, list[str]]) -> tuple[list[str], str]:
    """The header and the delimiter; spreadsheets in Indonesia write `;` where others write `,`."""
    try:
        with _csv_text(source.path) as text:
            first = text.readline(LONGEST)
    except _damage() as error:
        raise InputError(f"{source.path}: cannot be read: {error}") from error
    header: list[str] = []
    for delimiter in ",;\t":
        header = next(csv.reader([first], delimiter=delimiter), [])
        if _named(header, names["raw"]):
            return header, delimiter
    raise InputError(f"{source.path} line 1: {_no_text(next(csv.reader([first]), []), names)}")


def _csv_item(
    name: str, line: int, header: list[str], cells: list[str], names: dict[str, list[str]]
) -> Item | Failure:
    if len(cells) > len(header):
        return _failure(name, f"line {line}", f"{len(cells)} cells under a header of {len(header)}.")
    if any(map(_SURROGATE.search, cells)):
        return _failure(name, f"line {line}", "not UTF-8: save the file as UTF-8.")
    row = {column: cell or None for column, cell in zip(header, cells, strict=False)}
    return _item(name, f"line {line}", row, names)


def _read_parquet(source: Source, names: dict[str, list[str]]) -> Iterator[Item | Failure]:
    import pyarrow.parquet as pq

    number = 0
    try:
        columns = _parquet_columns(source, names)
        with pq.ParquetFile(source.path) as file:
            for batch in file.iter_batches(batch_size=200, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield _item(source.name, f"row {number}", row, names)
    except _damage() as error:
        yield _failure(source.name, f"row {number + 1}", f"the file is damaged from here on: {error}")


def _parquet_columns(source: Source, names: dict[str, list[str]]) -> list[str]:
    import pyarrow.parquet as pq

    try:
        columns = pq.read_schema(source.path).names
    except _damage() as error:
        raise InputError(f"{source.path}: no Parquet file: {error}") from error
    if not _named(columns, names["raw"]):
        raise InputError(f"{source.path}: {_no_text(columns, names)}")
    return [column for wanted in names.values() for column in _named(columns, wanted)]


def _named(columns: Iterable[str], wanted: list[str]) -> list[str]:
    """The columns under a wanted name, the better name first."""
    by_name = {column.strip().casefold(): column for column in columns}
    return [by_name[name.casefold()] for name in wanted if name.casefold() in by_name]


def _no_text(columns: Iterable[str], names: dict[str, list[str]]) -> str:
    return (
        f"no text in {', '.join(columns) or 'nothing'}: looked for {', '.join(names['raw'])}. "
        "Name the column that holds the article: --field raw=COLUMN."
    )


def _item(name: str, at: str, row: dict[str, Any], names: dict[str, list[str]]) -> Item | Failure:
    found: dict[str, Any] = {}
    for field, wanted in names.items():
        values = (row[column] for column in _named(row, wanted))
        found[field] = next((value for value in values if value is not None and value != ""), None)
    raw = found.pop("raw")
    if raw is None:
        return _failure(name, at, "the text is empty." if _named(row, names["raw"]) else _no_text(row, names))
    if not isinstance(raw, str | bytes):
        return _failure(name, at, f"the text is a {type(raw).__name__}, not a string.")
    try:
        known = {field: _known(field, value) for field, value in found.items()}
    except TypeError as error:
        return _failure(name, at, str(error))
    known["id"] = known["id"] or _row_id(name, at)
    return cast(Item, known | {"raw": _mended(raw)})


def _known(field: str, value: Any) -> str | None:
    if value is None:
        return None
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, str | int | float):
        return str(_mended(str(value)))
    raise TypeError(f"{field} is a {type(value).__name__}, not a string.")


def _mended(text: str | bytes) -> str | bytes:
    return _SURROGATE.sub("\ufffd", text) if isinstance(text, str) else text


def _warc_records(source: Source) -> Any:
    """What iterates over the records of WARC streams."""
    try:
        from fastwarc.warc import ArchiveIterator  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise InputError(f"{source.path}: reading WARC takes another package: pip install 'beritaie[warc]'.") from error
    return ArchiveIterator


def _read_warc(source: Source, _names: dict[str, list[str]]) -> Iterator[Item | Failure]:
    """The HTML pages that a crawl was answered with; redirects, pictures and errors are left aside."""
    from fastwarc.warc import WarcRecordType

    archive = _warc_records(source)
    number = 0
    try:
        with _open(source.path) as file:
            for record in archive(file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
                number += 1
                if _is_page(record):
                    yield _warc_item(source.name, f"record {number}", record)
    except _warc_damage() as error:
        yield _failure(source.name, f"record {number + 1}", f"the file is damaged from here on: {error}")
        return
    if not number:
        yield _failure(source.name, "", "no WARC response in it.")


def _warc_damage() -> tuple[type[Exception], ...]:
    return (*_damage(), ValueError, RuntimeError)


def _is_page(record: Any) -> bool:
    kind = (record.http_content_type or "").casefold()
    return record.http_headers is not None and record.http_headers.status_code == 200 and kind in _PAGE_TYPES


_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def _warc_item(name: str, at: str, record: Any) -> Item | Failure:
    raw = record.reader.read(LONGEST + 1)
    if len(raw) > LONGEST:
        return _failure(name, at, f"larger than {LONGEST} bytes, which no article is.")
    known = (record.headers.get("WARC-Record-ID") or "").strip("<>").removeprefix("urn:uuid:")
    url = record.headers.get("WARC-Target-URI")
    return Item(id=known or _row_id(name, at), url=url, title=None, published=None, raw=_declared(raw, record))


def _declared(raw: bytes, record: Any) -> bytes | str:
    """The page as text where only its HTTP header says in which encoding it is."""
    charset = record.http_charset
    if not charset or b"charset" in raw[:4096].lower():
        return raw
    try:
        return str(raw, charset)
    except (LookupError, ValueError):
        return raw


_READERS = {"warc": _read_warc, "page": _read_page, "jsonl": _read_jsonl, "csv": _read_csv, "parquet": _read_parquet}
