"""beritaie reads Indonesian news the way a careful journalist would and hands back typed records.

>>> import beritaie
>>> pipeline = beritaie.load()
>>> article = pipeline("Bupati Sleman Sutarno Wibawa membuka lomba, Senin (3/6).", published="2025-06-04")
>>> article.officials[0].name, article.officials[0].position
('Sutarno Wibawa', 'Bupati Sleman')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from beritaie._frames import frames
    from beritaie.cleaning import Page, clean
    from beritaie.errors import BeritaieError, InputError, ModelNotFound
    from beritaie.pipeline import Pipeline, load
    from beritaie.records import (
        Article,
        ClockTime,
        Count,
        DateExpression,
        Duration,
        Event,
        Failure,
        Institution,
        Law,
        Measure,
        Money,
        Official,
        Participant,
        Percentage,
        Person,
        Place,
        Position,
        Quote,
        Span,
    )

# where the public names live; all others are records
_HOMES = {
    "BeritaieError": "beritaie.errors",
    "InputError": "beritaie.errors",
    "ModelNotFound": "beritaie.errors",
    "Page": "beritaie.cleaning",
    "clean": "beritaie.cleaning",
    "Pipeline": "beritaie.pipeline",
    "load": "beritaie.pipeline",
    "frames": "beritaie._frames",
}

__version__ = "0.1.0"

__all__ = [
    "Article",
    "BeritaieError",
    "ClockTime",
    "Count",
    "DateExpression",
    "Duration",
    "Event",
    "Failure",
    "InputError",
    "Institution",
    "Law",
    "Measure",
    "ModelNotFound",
    "Money",
    "Official",
    "Page",
    "Participant",
    "Percentage",
    "Person",
    "Pipeline",
    "Place",
    "Position",
    "Quote",
    "Span",
    "__version__",
    "clean",
    "frames",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import beritaie`` stays light."""
    if name not in __all__:
        raise AttributeError(f"module 'beritaie' has no attribute {name!r}")
    value = getattr(import_module(_HOMES.get(name, "beritaie.records")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
