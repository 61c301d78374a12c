"""A syntax model on treebanks by the CoNLL 2018 scorer, with gold tokens and from raw text; its speed and memory.

    python tests/benchmarks/compare_syntax.py MODEL TREEBANK.conllu.gz ... [--every N] [--harmonised]

MODEL is `spacy`, `stanza` or a folder, as for `beritaie syntax --model`. The treebank as it is, multiword tokens
included, is the reference; `--harmonised` adds rows for one in which a noun that modifies a noun is `nmod` and clitics
have CSUI's lemmas (`nya`, not `dia`), as our models have learnt. `--every 5` takes every fifth sentence, the first one
included. With gold tokens, sentence starts are gold too; raw text is the treebank's sentences with a blank between
them, or each on a line of its own, as headings and paragraphs stand in articles. Everything runs on one core; words a
second count the analysis with gold tokens, without loading; memory is the most that the process held. The scorer comes
with stanza (or `pip install udtools`).
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc
from udtools.udeval import evaluate, load_conllu

from beritaie.language.conllu import conllu
from beritaie.language.syntax import syntax_pipeline

METRICS = {"UPOS": "UPOS", "UFeats": "UFeats", "Lemmas": "Lemma", "UAS": "UAS", "LAS": "LAS"}
SENTENCES_A_DOC = 20
LEMMAS = {"dia": "nya", "aku": "ku", "kamu": "mu"}


class Tree(NamedTuple):
    """A sentence of a treebank: its rows, and its tokens as written with the blanks behind them."""

    text: str
    rows: list[list[str]]

    def tokens(self) -> Iterator[tuple[str, bool]]:
        """Each surface token and whether a blank follows it."""
        covered = 0
        for row in self.rows:
            first, _, last = row[0].partition("-")
            if "." not in first and int(first) > covered:
                covered = int(last or first)
                yield row[1], "SpaceAfter=No" not in row[9]


def trees(path: Path, every: int) -> list[Tree]:
    """Every so many sentences of a treebank."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text(encoding="utf-8")
    found = []
    for block in text.strip().split("\n\n")[::every]:
        lines = block.split("\n")
        written = next(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
        found.append(Tree(written, [line.split("\t") for line in lines if not line.startswith("#")]))
    return found


def harmonised(tree: Tree) -> Tree:
    """A tree as our models have learnt it."""
    rows = [list(row) for row in tree.rows]
    seconds = {row[0].partition("-")[2] for row in rows if "-" in row[0]}
    for row in rows:
        row[7] = "nmod" if row[7] == "compound" else row[7]
        if row[0] in seconds:
            row[2] = LEMMAS.get(row[2], row[2])
            row[5] = row[5].replace("Polite=Infm|", "")
    return Tree(tree.text, rows)


def reference(gold: list[Tree]) -> str:
    """The trees as CoNLL-U."""
    return "".join("".join("\t".join(row) + "\n" for row in tree.rows) + "\n" for tree in gold)


def with_gold_tokens(gold: list[Tree], nlp: Language) -> list[Doc]:
    """Docs with the treebank's tokens and sentence starts."""
    docs = []
    for at in range(0, len(gold), SENTENCES_A_DOC):
        words: list[str] = []
        spaces: list[bool] = []
        starts: list[bool] = []
        for tree in gold[at : at + SENTENCES_A_DOC]:
            tokens = list(tree.tokens())
            words += [word for word, _ in tokens]
            spaces += [*(space for _, space in tokens[:-1]), True]
            starts += [True, *[False] * (len(tokens) - 1)]
        docs.append(Doc(nlp.vocab, words, spaces=spaces, sent_starts=starts))
    return docs


def scores(gold: list[Tree], docs: list[Doc]) -> dict[str, Any]:
    """What the scorer says of the Docs."""
    system = "".join(conllu(doc) for doc in docs)
    return evaluate(*(load_conllu(io.StringIO(text), "", {}) for text in (reference(gold), system)))


def row(name: str, values: list[float], words_a_second: float | None = None) -> str:
    """One line of the table."""
    speed = f"{words_a_second:10,.0f}" if words_a_second else ""
    return f"{name:44}" + "".join(f"{value:9.2f}" for value in values) + speed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("treebanks", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--harmonised", action="store_true")
    given = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"  # torch reads it when it is imported
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    nlp = syntax_pipeline(given.model if given.model in {"spacy", "stanza"} else Path(given.model))
    names = [*METRICS.values(), "Tokens", "Sents"]
    print(f"{given.model:44}" + "".join(f"{name:>9}" for name in names) + f"{'words/s':>10}")
    for path in given.treebanks:
        gold = trees(path, given.every)
        docs = with_gold_tokens(gold, nlp)
        began = time.perf_counter()
        with nlp.select_pipes(disable=["beritaie_sentences"]):
            parsed = list(nlp.pipe(docs))
        speed = sum(map(len, parsed)) / (time.perf_counter() - began)
        raw = {gap: [nlp(gap.join(tree.text for tree in gold))] for gap in " \n"}
        references = {"": gold} | ({", harmonised": [harmonised(tree) for tree in gold]} if given.harmonised else {})
        for kind, trees_ in references.items():
            for how, found in (("gold tokens", parsed), ("raw text", raw[" "]), ("raw text, lines", raw["\n"])):
                result = scores(trees_, found)
                values = [100 * result[name].f1 for name in (*METRICS, "Tokens", "Sentences")]
                name = f"{path.name.split('.')[0]}, {how}{kind}"
                print(row(name, values, speed if found is parsed and not kind else None))
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main()
