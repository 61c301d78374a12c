"""The command line: extract dumps, clean and show single pages, print schemas, measure against gold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from beritaie.errors import BeritaieError, InputError

if TYPE_CHECKING:
    from beritaie.cleaning import Page
    from beritaie.records import Article, Failure
    from beritaie.training.evaluate import Row

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Reads Indonesian news and writes down who, where, when, how many and what happened.",
    epilog="Exit codes: 0 done, 1 done with failures recorded, 2 unusable input or arguments.",
)


class Format(StrEnum):
    """What `extract` writes."""

    jsonl = "jsonl"
    parquet = "parquet"


Profile = Annotated[str, typer.Option(help="The shipped model, or the folder of one.")]
File = Annotated[Path, typer.Argument(help="A .txt, .html, .jsonl, .csv, .parquet or .warc file.")]


def _version(wanted: bool) -> None:
    if wanted:
        import importlib.metadata

        typer.echo(f"beritaie {importlib.metadata.version('beritaie')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Reads Indonesian news and writes down who, where, when, how many and what happened."""


@app.command()
def extract(  # noqa: PLR0917 - options are keywords on the command line
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files or folders: .txt, .html, .jsonl, .csv, .warc (also .gz, .zst), .parquet."),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")],
    format: Annotated[Format, typer.Option(help="How articles are written.")] = Format.jsonl,
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = 1,
    profile: Profile = "fast",
    field: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=COLUMN", help="Where a field stands, such as raw=konten; repeatable."),
    ] = None,
) -> None:
    """Extract every article of PATHS into OUT/articles; what fails goes to OUT/failures.jsonl.

    A stopped run goes on where it was when the same command is given again.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from beritaie import corpus

    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.completed:,.0f} articles"),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)
    with (
        _errors_told(),
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("extract", total=None)
        summary = corpus.extract(
            paths,
            out,
            profile=profile,
            format=format.value,
            workers=workers,
            fields=_fields(field or []),
            progress=lambda done: bar.update(task, completed=done),
        )
    typer.echo(f"{summary.articles} articles in {out / 'articles'}")
    if summary.repeated_ids:
        typer.echo(f"{summary.repeated_ids} repeated ids were numbered: -2, -3, …")
    if summary.failures:
        typer.echo(f"{summary.failures} failures in {out / 'failures.jsonl'}")
        raise typer.Exit(1)


@app.command()
def clean(
    file: File,
    json: Annotated[
        bool, typer.Option("--json", help="Print the slices and what the page says of itself.")
    ] = False,
) -> None:
    """Print the article of a page without the page's furniture."""
    import dataclasses
    import json as js

    failures: list[Failure] = []
    with _errors_told():
        for page, name in _pages([file], failures):
            if json:
                known = {
                    field.name: getattr(page, field.name) for field in dataclasses.fields(page) if field.repr
                }
                cuts = [cut._asdict() | {"text": page.raw[cut.start : cut.end]} for cut in page.cuts]
                line = {"id": name, **known, "text": page.text, "cuts": cuts}
                typer.echo(js.dumps(line, ensure_ascii=False, default=lambda moment: moment.isoformat()))
            else:
                typer.echo(page.text)
    raise typer.Exit(int(bool(failures)))


@app.command()
def show(
    file: File,
    profile: Profile = "fast",
    html: Annotated[Path | None, typer.Option(help="Write an HTML page there instead.")] = None,
) -> None:
    """Show articles with their records in colour."""
    from rich.console import Console

    from beritaie.records import Failure
    from beritaie.view import article_html, article_terminal

    failed = False
    pages: list[str] = []
    console = Console()
    with _errors_told():
        for result in _extracted(file, profile):
            if isinstance(result, Failure):
                failed = _told(result)
            elif html:
                pages.append(article_html(result))
            else:
                console.print(article_terminal(result))
        if html:
            html.write_text("<!doctype html>\n" + "\n".join(pages) + "\n", encoding="utf-8")
    raise typer.Exit(int(failed))


@app.command()
def syntax(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files or folders: .txt, .html, .jsonl, .csv, .warc (also .gz, .zst), .parquet."),
    ],
    model: Annotated[
        str, typer.Option(help="spacy (the shipped model), stanza (its own package), or a folder of either's models.")
    ] = "spacy",
    conllu: Annotated[bool, typer.Option("--conllu/--html", help="CoNLL-U, or drawings of the sentences.")] = True,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file to write to.")] = None,
) -> None:
    """Print parts of speech, features, lemmas and dependencies of articles, as CoNLL-U."""
    from contextlib import nullcontext

    from spacy import displacy

    from beritaie.language.conllu import conllu as as_conllu
    from beritaie.language.syntax import syntax_pipeline

    with _errors_told():
        nlp = syntax_pipeline(model if model in {"spacy", "stanza"} else Path(model))
        failures: list[Failure] = []
        texts = ((page.text, name) for page, name in _pages(files, failures))
        docs = nlp.pipe(texts, as_tuples=True, batch_size=64)
        with out.open("w", encoding="utf-8") if out else nullcontext() as target:
            if conllu:
                for doc, name in docs:
                    typer.echo(as_conllu(doc, id=name), file=target, nl=False)
            else:
                sentences = [sentence for doc, _ in docs for sentence in doc.sents]
                typer.echo(displacy.render(sentences, style="dep", page=True, jupyter=False), file=target)
    raise typer.Exit(int(bool(failures)))


@app.command()
def schema(
    arrow: Annotated[bool, typer.Option("--arrow", help="Print the Arrow schema instead.")] = False,
) -> None:
    """Print the JSON schema of an article."""
    import json

    from beritaie.schema import arrow_schema, json_schema

    if arrow:
        typer.echo(str(arrow_schema()))
    else:
        typer.echo(json.dumps(json_schema(), indent=2))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold articles as JSON lines: id, text, spans, record.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the articles there as JSON lines.")
    ] = None,
    profile: Profile = "fast",
) -> None:
    """Extract gold articles and print how many records are right, label by label."""
    from beritaie.corpus.batch import loaded
    from beritaie.records import Article
    from beritaie.training.evaluate import evaluate as measure
    from beritaie.training.evaluate import read_gold

    with _errors_told():
        golds = list(read_gold(gold))
        items = [
            {"id": one["id"], "raw": one["text"], "published": one["record"].get("published")}
            for one in golds
        ]
        results = list(loaded(profile).stream(items))
        articles = {result.id: result for result in results if isinstance(result, Article)}
        if out:
            lines = (article.model_dump_json() + "\n" for article in articles.values())
            out.write_text("".join(lines), encoding="utf-8")
    _print_rows(measure(golds, articles))
    failures = [result for result in results if not isinstance(result, Article)]
    for failure in failures:
        _told(failure)
    raise typer.Exit(int(bool(failures)))


@app.command()
def train(
    config: Annotated[Path, typer.Argument(help="The settings, such as models/id_berita/train.toml.")],
    data: Annotated[Path, typer.Option(help="The folder with gold/, raw/ and ner/.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder for the pipeline.")],
    work: Annotated[Path, typer.Option(help="Where each step leaves its result for the next run.")],
) -> None:
    """Train the pipeline anew from annotated and raw articles."""
    from beritaie.training.train import train as make

    with _errors_told():
        typer.echo(f"trained: {make(config, data, out, work, typer.echo)}")


def _pages(files: list[Path], failures: list[Failure]) -> Iterator[tuple[Page, str]]:
    """The clean page and id of each article; what cannot be read is told and kept in ``failures``."""
    from beritaie.cleaning import clean as clean_page
    from beritaie.corpus import read
    from beritaie.records import Failure

    for item in read(files):
        if isinstance(item, Failure):
            failures.append(item)
            _told(item)
            continue
        try:
            page = clean_page(item["raw"], url=item["url"], title=item["title"], published=item["published"])
        except InputError as error:
            failures.append(Failure(id=item["id"], stage="clean", error=str(error)))
            _told(failures[-1])
            continue
        yield page, item["id"]


def _extracted(file: Path, profile: str) -> Iterator[Article | Failure]:
    """The results for one file, in order, what could not be read included."""
    from beritaie.corpus import read
    from beritaie.corpus.batch import loaded
    from beritaie.records import Failure

    found = list(read([file]))
    results = loaded(profile).stream([item for item in found if not isinstance(item, Failure)])
    for item in found:
        yield item if isinstance(item, Failure) else next(results)


def _print_rows(rows: dict[str, Row]) -> None:
    typer.echo(f"{'':16}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}")
    for name, row in rows.items():
        typer.echo(f"{name:16}{row.precision:7.1f}{row.recall:7.1f}{row.f1:7.1f}{row.gold:7}")


def _fields(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    if wrong := [one for one, (field, _, column) in zip(given, pairs, strict=True) if not (field and column)]:
        raise InputError(f"--field {wrong[0]}: write FIELD=COLUMN, such as raw=konten.")
    return {field: column for field, _, column in pairs}


def _told(failure: Any) -> bool:
    typer.echo(f"beritaie: {failure.id}: {failure.error}", err=True)
    return True


@contextmanager
def _errors_told() -> Iterator[None]:
    """Errors of ours, and of the disk, as one line and exit code 2."""
    try:
        yield
    except (BeritaieError, OSError) as error:
        typer.echo(f"beritaie: {error}", err=True)
        raise typer.Exit(2) from error
