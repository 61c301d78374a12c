"""What users may rely on: the names, the light import, one direction of imports."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import beritaie


def test_all_is_sorted_and_every_name_is_there():
    assert beritaie.__all__ == sorted(beritaie.__all__)
    for name in beritaie.__all__:
        assert getattr(beritaie, name) is not None


def test_a_name_outside_the_surface_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = beritaie.nonsense


def test_import_brings_in_nothing_heavy():
    script = "import sys, json, beritaie; print(json.dumps([m for m in sys.modules]))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)
    heavy = {"spacy", "pandas", "pyarrow", "numpy", "trafilatura", "dateparser", "pydantic", "typer"}
    assert heavy.isdisjoint(loaded)


def test_errors_form_one_tree():
    assert issubclass(beritaie.InputError, beritaie.BeritaieError)
    assert issubclass(beritaie.ModelNotFound, beritaie.BeritaieError)


def test_layers_import_downwards_only():
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
