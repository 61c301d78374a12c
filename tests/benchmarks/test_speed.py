"""How fast: the whole pipeline, its stages, and start-up, beside bare spaCy tokenisation in the same run.

    pytest tests/benchmarks --benchmark-enable --benchmark-only -p no:randomly -o addopts=""

Every benchmark's ``extra_info`` holds ``words_per_second``.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import spacy

import beritaie
from beritaie.pipeline import COMPONENTS

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples" / "samples.jsonl"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    rows = [json.loads(line)["raw"] for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if not row.lstrip().startswith("<")] * 12


def report(benchmark, texts: list[str]) -> None:
    words = sum(len(text.split()) for text in texts)
    benchmark.extra_info["words_per_second"] = round(words / benchmark.stats.stats.median)


def test_bare_spacy_tokenisation(benchmark, texts):
    nlp = spacy.blank("id")
    benchmark.pedantic(lambda: [nlp.make_doc(text) for text in texts], rounds=5, warmup_rounds=1)
    report(benchmark, texts)


def test_whole_pipeline(benchmark, pipeline, texts):
    benchmark.pedantic(lambda: list(pipeline.stream(texts)), rounds=5, warmup_rounds=1)
    report(benchmark, texts)


def test_cleaning(benchmark, texts):
    benchmark.pedantic(lambda: [beritaie.clean(text) for text in texts], rounds=5, warmup_rounds=1)
    report(benchmark, texts)


def test_mentions(benchmark, pipeline, texts):
    step = pipeline.nlp.get_pipe("beritaie_mentions")
    docs = [pipeline.nlp.make_doc(text) for text in texts]
    benchmark.pedantic(lambda: list(step.pipe(docs)), rounds=5, warmup_rounds=1)
    report(benchmark, texts)


def test_whole_accurate_pipeline(benchmark, accurate, texts):
    some = texts[: len(texts) // 4]
    benchmark.pedantic(lambda: list(accurate.stream(some)), rounds=3, warmup_rounds=1)
    report(benchmark, some)


def test_accurate_mentions(benchmark, accurate, texts):
    some = texts[: len(texts) // 4]
    step = accurate.nlp.get_pipe("beritaie_mentions")
    docs = [accurate.nlp.make_doc(text) for text in some]
    benchmark.pedantic(lambda: list(step.pipe(docs)), rounds=3, warmup_rounds=1)
    report(benchmark, some)


def test_a_tagger_of_the_size_of_bert_base(benchmark):
    """What a full-size encoder costs on the same core: one window of 160 words, weights drawn by chance."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    torch.set_num_threads(1)
    model = transformers.BertModel(transformers.BertConfig(vocab_size=30000), add_pooling_layer=False).eval()
    pieces = torch.randint(0, 30000, (1, 230))
    with torch.inference_mode():
        benchmark.pedantic(lambda: model(input_ids=pieces), rounds=5, warmup_rounds=1)
    benchmark.extra_info["words_per_second"] = round(160 / benchmark.stats.stats.median)


@pytest.mark.parametrize("name", [name for name in COMPONENTS if name != "beritaie_mentions"])
def test_one_extractor(benchmark, pipeline, texts, name):
    docs = list(pipeline.nlp.pipe(texts))
    step = pipeline.nlp.get_pipe(name)
    benchmark.pedantic(lambda: [step(doc) for doc in docs], rounds=3, warmup_rounds=1)
    report(benchmark, texts)


def _seconds(script: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True)
    return time.perf_counter() - began


def test_start_up_of_the_import(benchmark):
    benchmark.pedantic(lambda: _seconds("import beritaie"), rounds=5, warmup_rounds=1)


def test_start_up_of_load(benchmark):
    benchmark.pedantic(lambda: _seconds("import beritaie; beritaie.load()"), rounds=5, warmup_rounds=1)


def test_peak_memory(benchmark, texts):
    script = (
        "import json, resource, beritaie; pipeline = beritaie.load();"
        f"rows = [json.loads(line) for line in open({str(SAMPLES)!r}, encoding='utf-8')];"
        "list(pipeline.stream([row['raw'] for row in rows] * 12));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    run = benchmark.pedantic(
        lambda: subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True),
        rounds=1,
    )
    benchmark.extra_info["peak_megabytes"] = int(run.stdout) // 1024
