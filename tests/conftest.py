"""What tests share: the loaded pipeline, and where the shared gold articles lie if they are there."""

import os
from pathlib import Path

import pytest

import beritaie

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("BERITAIE_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def pipeline() -> beritaie.Pipeline:
    """The shipped fast pipeline, loaded once."""
    return beritaie.load()


@pytest.fixture(scope="session")
def accurate() -> beritaie.Pipeline:
    """The shipped accurate pipeline, loaded once."""
    return beritaie.load("accurate")


@pytest.fixture(params=["fast", "accurate"])
def either(request: pytest.FixtureRequest, pipeline: beritaie.Pipeline) -> beritaie.Pipeline:
    """Each of the two profiles in turn."""
    return pipeline if request.param == "fast" else request.getfixturevalue("accurate")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold articles and the ruler; tests that need it skip where it is absent."""
    if not (SHARED / "data" / "gold" / "dev.jsonl").is_file():
        pytest.skip(f"needs the annotated articles in {SHARED}, which are not part of the repository")
    return SHARED
