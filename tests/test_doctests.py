"""The examples in the docstrings run."""

import doctest
import pkgutil
from importlib import import_module
from importlib.util import find_spec

import pytest

import beritaie

NEED_TORCH = {"beritaie.training.biaffine", "beritaie.training.encoder", "beritaie.training.student"}
MODULES = [module.name for module in pkgutil.walk_packages(beritaie.__path__, "beritaie.")]


@pytest.mark.parametrize("name", ["beritaie", *MODULES])
def test_examples_of_the_module_run(name):
    if name in NEED_TORCH and find_spec("torch") is None:
        pytest.skip("needs torch, which only training uses")
    result = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_most_modules_with_public_functions_show_an_example():
    finder = doctest.DocTestFinder(exclude_empty=True)
    shown = [name for name in MODULES if name not in NEED_TORCH and finder.find(import_module(name))]
    assert len(shown) >= len(MODULES) // 2
