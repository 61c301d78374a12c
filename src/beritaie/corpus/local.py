"""Extracts dumps on this machine: over worker processes, in numbered chunks, going on where a run stopped."""

from __future__ import annotations

import importlib.metadata
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

from beritaie.corpus.batch import extract_batch, to_batch
from beritaie.corpus.readers import Item, read, sources
from beritaie.corpus.writers import results_folder, write_articles, write_whole
from beritaie.errors import BeritaieError, InputError
from beritaie.records import Failure

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["jsonl", "parquet"]


@dataclass(frozen=True)
class Summary:
    """What a run made: ``articles`` + ``failures`` is all there was; ``repeated_ids`` were made unique."""

    articles: int
    failures: int
    repeated_ids: int


def extract(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    profile: str = "fast",
    format: Format = "jsonl",
    workers: int = 1,
    fields: Mapping[str, str] | None = None,
    chunk_size: int = 200,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Extract all that ``read(paths, fields=fields)`` finds into the folder ``out``.

    Writes ``out/articles/00000.jsonl`` (or `.parquet`) and so on, one file a chunk of ``chunk_size`` inputs
    in input order, and ``out/failures.jsonl``, one ``Failure`` a line: every input is in exactly one of them.
    A killed run is taken up by calling again with the same arguments; ``workers`` may differ. Where an id
    stands more than once in the input, all articles are kept and the later ones get ``-2``, ``-3``, ….
    ``progress`` is told the number of results so far after each chunk.

    Raises ``InputError`` for inputs that cannot be used and for an ``out`` that holds something else,
    ``ModelNotFound`` for an unknown profile, and ``BeritaieError`` where a worker died.
    """
    paths = [Path(path) for path in paths]
    folder = Path(out)
    run = {
        "beritaie": importlib.metadata.version("beritaie"),
        "profile": profile,
        "format": format,
        "fields": dict(fields or {}),
        "chunk_size": chunk_size,
        "inputs": [
            [str(source.path), source.path.stat().st_size, source.path.stat().st_mtime_ns]
            for source in sources(paths, fields=fields)
        ],
    }
    _claim(folder, run)
    ids = _UniqueIds()
    chunks = _chunks(map(ids, read(paths, fields=fields)), chunk_size)
    work = _Work(folder, profile, format)
    articles = failures = 0
    for done in work.over(chunks, workers):
        articles += done["articles"]
        failures += done["failures"]
        if progress:
            progress(articles + failures)
    _collect_failures(folder)
    return Summary(articles, failures, ids.repeated)


class _UniqueIds:
    """Gives a repeated id a number of its own, the same one in every run over the same input."""

    def __init__(self) -> None:
        self.repeated = 0
        self._times: dict[str, int] = {}

    def __call__(self, item: Item | Failure) -> Item | Failure:
        given = item.id if isinstance(item, Failure) else item["id"]
        unique = given
        while unique in self._times:
            self._times[given] += 1
            unique = f"{given}-{self._times[given]}"
        self._times[unique] = 1
        if unique == given:
            return item
        self.repeated += 1
        return item.model_copy(update={"id": unique}) if isinstance(item, Failure) else {**item, "id": unique}


def _chunks(items: Iterator[Item | Failure], size: int) -> Iterator[tuple[int, list[Item | Failure]]]:
    number = 0
    while chunk := list(islice(items, size)):
        yield number, chunk
        number += 1


@dataclass(frozen=True)
class _Work:
    """Where chunks go and how they are extracted; small and plain, as it is sent to the workers."""

    folder: Path
    profile: str
    format: Format

    def over(
        self, chunks: Iterable[tuple[int, list[Item | Failure]]], workers: int
    ) -> Iterator[dict[str, int]]:
        """The counts of each chunk as it is done; chunks of an earlier run are taken as they are."""
        if workers == 1:
            for number, chunk in chunks:
                yield self._before(number) or self.extract(number, to_batch(chunk))
            return
        waiting: set[Future[dict[str, int]]] = set()
        # A fresh interpreter a worker: forked copies of a process with threads can hang.
        with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent) as pool:
            try:
                for number, chunk in chunks:
                    if before := self._before(number):
                        yield before
                        continue
                    waiting.add(pool.submit(self.extract, number, to_batch(chunk)))
                    if len(waiting) >= 2 * workers:
                        ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                        yield from (future.result() for future in ready)
                yield from (future.result() for future in waiting)
            except BrokenProcessPool as error:
                raise BeritaieError(
                    "A worker process died, most often for lack of memory: "
                    "run the same command with fewer --workers, it goes on where it stopped."
                ) from error
            finally:
                pool.shutdown(cancel_futures=True)

    def extract(self, number: int, batch: pa.RecordBatch) -> dict[str, int]:
        """Extract one chunk and write it; the file under `.progress` comes last and says that it is whole."""
        rows = extract_batch(batch, profile=self.profile).to_pylist()
        articles = [row["article"] for row in rows if row["article"] is not None]
        failures = [row["failure"] for row in rows if row["failure"] is not None]
        write_articles(results_folder(self.folder) / f"{number:05}.{self.format}", articles)
        counts = {"articles": len(articles), "failures": len(failures)}
        done = json.dumps({"counts": counts, "failures": failures}, ensure_ascii=False)
        write_whole(_progress(self.folder) / f"{number:05}.json", done.encode())
        return counts

    def _before(self, number: int) -> dict[str, int] | None:
        path = _progress(self.folder) / f"{number:05}.json"
        if not path.exists():
            return None
        counts: dict[str, int] = json.loads(path.read_bytes())["counts"]
        return counts


def _progress(folder: Path) -> Path:
    return folder / ".progress"


def _claim(folder: Path, run: dict[str, Any]) -> None:
    """Take the folder for this run, or take up the run that it holds."""
    held = _progress(folder) / "run.json"
    if held.exists():
        other = json.loads(held.read_bytes())
        if changed := [name for name in run if other.get(name) != json.loads(json.dumps(run[name]))]:
            raise InputError(
                f"{folder} holds another run (other {', '.join(changed)}): "
                "choose another folder or delete it."
            )
        return
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: name a folder to write to.")
    if results_folder(folder).exists() or (folder / "failures.jsonl").exists():
        raise InputError(f"{folder} holds results of something else: choose another folder or delete it.")
    results_folder(folder).mkdir(parents=True)
    _progress(folder).mkdir()
    write_whole(held, json.dumps(run, indent=1).encode())


def _collect_failures(folder: Path) -> None:
    lines = [
        json.dumps(failure, ensure_ascii=False) + "\n"
        for path in sorted(_progress(folder).glob("[0-9]*.json"))
        for failure in json.loads(path.read_bytes())["failures"]
    ]
    write_whole(folder / "failures.jsonl", "".join(lines).encode())


def _end_with_parent() -> None:
    """Workers whose parent was killed must not go on, nor wait for ever."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()
