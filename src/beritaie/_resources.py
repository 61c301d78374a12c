"""Where the shipped model and gazetteer lie, in an installed wheel as in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(room: str) -> Path:
    in_wheel = _PACKAGE / "_shipped" / room
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parents[1] / room


def models_directory() -> Path:
    """The folder with one trained pipeline a sub-folder."""
    return _shipped("models")


def data_file(*parts: str) -> Path:
    """The path of a shipped data file, such as ``data_file("gazetteer", "areas.csv.gz")``."""
    return _shipped("data").joinpath(*parts)
