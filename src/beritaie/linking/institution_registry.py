"""Which known body a name means: its full name, its usual acronym and a stable id (`gov/33.07/dinkes`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from beritaie.lexicon import column, rows
from beritaie.linking.gazetteer import Area, gazetteer
from beritaie.linking.institution_names import Words, folded, stripped, written_out

NATIONAL = "ID"

_LEVEL_WORD = {"regency": "Kabupaten", "city": "Kota", "province": "Provinsi", "district": "Kecamatan"}
_LENGTH = {"province": 2, "regency": 5, "city": 5, "local": 5, "any": 5, "district": 8, "village": 13}  # of a code
_LEVELS = {"local": ("regency", "city"), "any": ("regency", "city", "province")}
_JAKARTA = "31"  # its cities have no council and no agencies of their own
_OPEN_ROOT = "gov"


class Body(NamedTuple):
    """A row of the table `institution_registry`."""

    root: str
    slug: str
    name: str
    acronym: str | None
    kind: str
    level: str
    joint: str


class Known(NamedTuple):
    """A body that the registry knows; ``area`` is the code of the area it belongs to, None for a national one.

    ``full_name`` is None for an office of a region that only its opening word tells to be one.
    """

    key: str
    full_name: str | None
    acronym: str | None
    area: str | None
    kind: str | None


def telling(name: Words) -> Words:
    """The words of a name that count when two are compared: no joining words, no numbers of units.

    >>> telling(("komando", "distrik", "militer", "0707"))
    ('komando', 'distrik', 'militer')
    """
    return tuple(word for word in name if not word.isdigit() and word != "dan")


@cache
def _bodies() -> dict[Words, list[Body]]:
    """The bodies by each of their names, written out."""
    found: dict[Words, list[Body]] = {}
    for row in rows("institution_registry"):
        forms = [form for form in row["forms"].split("|") if form]
        body = Body(row["root"], row["slug"], row["name"], forms[0] if forms else None, *_last(row))
        for form in (row["name"], *forms):
            for name in (folded(form), written_out(folded(form)), written_out(form.split())):
                bodies = found.setdefault(telling(stripped(name)), [])
                if body not in bodies:
                    bodies.append(body)
    return found


def _last(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["kind"], row["level"], row["joint"]


def identify(name: Words, area: str | None, home: Mapping[str, str]) -> Known | None:
    """The known body of that name (written out, without its area), or None.

    ``area`` is the code of the area in the name, `ID` if it says the whole state; ``home`` the codes of the
    areas that the article is about, by kind, and `any` for that of its offices.

    >>> identify(("dinas", "kesehatan"), None, {"any": "33.07"})[:2]
    ('gov/33.07/dinkes', 'Dinas Kesehatan Kabupaten Wonosobo')
    >>> identify(("komisi", "pemberantasan", "korupsi"), None, {}).key
    'gov/id/kpk'
    """
    found = [known for body in _bodies().get(telling(name), ()) if (known := _instance(body, area, home))]
    if found:
        wanted = area or home.get("any")
        return next((known for known in found if known.area == wanted), found[0])
    if len(name) > 1 and name[0] in _open_heads():
        body = Body(_OPEN_ROOT, "-".join(telling(name)), "", None, "", "any", "level")
        found_open = _instance(body, area, {})
        return found_open and found_open._replace(full_name=None)
    return None


@cache
def _open_heads() -> frozenset[str]:
    """Words that open the names of regional bodies of any sort."""
    return frozenset(word.casefold() for word in column("regional_heads", "word"))


def _instance(body: Body, area: str | None, home: Mapping[str, str]) -> Known | None:
    if body.level == "national" or (body.level == "both" and area in (None, NATIONAL)):
        return _national(body, area)
    level = "any" if body.level == "both" else body.level
    place = _climbed(level, area) if area else _at_home(level, home)
    if place is None:
        return None
    full_name = f"{body.name} {place.name}" if body.joint == "area" else f"{body.name} {_with_level(place)}"
    return Known(f"{body.root}/{place.code}/{body.slug}", full_name, body.acronym, place.code, body.kind or None)


def _national(body: Body, area: str | None) -> Known | None:
    if area not in (None, NATIONAL):
        return None
    return Known(f"{body.root}/id/{body.slug}", body.name, body.acronym, None, body.kind)


def _at_home(level: str, home: Mapping[str, str]) -> Area | None:
    for kind in ("any", *_LEVELS.get(level, (level,))):
        if kind in home and (place := _climbed(level, home[kind])):
            return place
    return None


def _climbed(level: str, code: str) -> Area | None:
    """The area of that level which is or contains the area ``code``."""
    if level == "any" and code[:2] == _JAKARTA:
        code = _JAKARTA
    area = gazetteer().area(code[: _LENGTH[level]])
    return area if area and area.kind in _LEVELS.get(level, (level,)) else None


def _with_level(area: Area) -> str:
    """The area's name with its level word: `Kabupaten Wonosobo`, `Daerah Istimewa Yogyakarta`."""
    word = _LEVEL_WORD.get(area.kind, "")
    return area.name if not word or area.name.startswith(("Daerah", word)) else f"{word} {area.name}"
