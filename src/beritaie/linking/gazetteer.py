"""Indonesia's areas by name: the codes, kinds, parents and coordinates behind the places in the news."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from beritaie._resources import data_file
from beritaie.lexicon import column, rows

_NOT_A_LETTER = re.compile(r"[\W_]+")


class Area(NamedTuple):
    """An area of the gazetteer: ``code`` is Kemendagri's, or an ISO 3166 code (`MY`) for what lies abroad."""

    code: str
    name: str
    kind: str
    latitude: float | None = None
    longitude: float | None = None

    @property
    def parent(self) -> str | None:
        """The code of the area around it, None for a province and abroad."""
        return self.code.rpartition(".")[0] or None

    @property
    def province(self) -> str:
        """The code of its province; of a country, its own."""
        return self.code[:2]


def name_key(name: str) -> str:
    """The form under which a name is found: small letters without blanks and marks.

    >>> name_key("Hu'u"), name_key("Muara Enim"), name_key("MuaraEnim")
    ('huu', 'muaraenim', 'muaraenim')
    """
    return _NOT_A_LETTER.sub("", name.casefold())


def _read(name: str) -> str:
    return gzip.decompress(data_file("gazetteer", f"{name}.tsv.gz").read_bytes()).decode()


def _table(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _read(name).splitlines())


class Gazetteer:
    """All areas by name and by code; villages are read when first asked for.

    >>> from beritaie.linking.gazetteer import gazetteer
    >>> [(area.code, area.kind) for area in gazetteer().named("Tanah Bumbu")]
    [('63.10', 'regency')]
    >>> gazetteer().area("63").name
    'Kalimantan Selatan'
    """

    def __init__(self) -> None:
        self._by_code: dict[str, Area] = {}
        self._by_key: dict[str, list[Area]] = {}
        for code, kind, name, latitude, longitude in _table("areas"):
            point = (float(latitude), float(longitude)) if latitude else (None, None)
            self._add(Area(code, name, kind, *point))
        for row in rows("place_aliases"):
            area = self._by_code[row["code"]]
            known = self._by_key.setdefault(name_key(row["alias"]), [])
            if area not in known:
                known.append(area)
        self._parts: dict[str, list[Area]] = {}
        parts = set(column("place_parts", "word"))
        for area in self._by_code.values():
            head, _, part = area.name.rpartition(" ")
            if area.kind == "district" and head and part in parts:
                self._parts.setdefault(name_key(head), []).append(area)
        self._villages: dict[str, str] = {}  # key → code, name, code, name, …
        self._village_names: dict[str, str] = {}
        self._districts: dict[str, list[Area]] = {}
        self._world: dict[str, Area] | None = None

    def _add(self, area: Area) -> None:
        self._by_code[area.code] = area
        self._by_key.setdefault(name_key(area.name), []).append(area)

    def _read_villages(self) -> None:
        lines = _read("villages").splitlines()
        self._villages = dict(line.split("\t", 1) for line in lines)

    def named(self, name: str) -> tuple[Area, ...]:
        """The provinces, regencies, cities and districts called ``name``, the larger first."""
        return tuple(self._by_key.get(name_key(name), ()))

    def parts(self, name: str) -> tuple[Area, ...]:
        """The districts that share ``name`` between them: `Muara Sabak Barat` and `Muara Sabak Timur`.

        >>> [area.name for area in gazetteer().parts("Muara Sabak")]
        ['Muara Sabak Timur', 'Muara Sabak Barat']
        """
        return tuple(self._parts.get(name_key(name), ()))

    def villages(self, name: str) -> tuple[Area, ...]:
        """The villages (desa, kelurahan, gampong, …) called ``name``, in order of their codes.

        >>> [area.code for area in gazetteer().villages("Hu'u")]
        ['52.05.03.2003']
        """
        if not self._villages:
            self._read_villages()
        cells = iter(self._villages.get(name_key(name), "").split("\t"))
        return tuple(Area(code, written, "village") for code, written in zip(cells, cells, strict=False))

    def area(self, code: str) -> Area | None:
        """The area with this code, at any level; None if there is none."""
        if code.count(".") < 3:
            return self._by_code.get(code)
        if not self._village_names:
            if not self._villages:
                self._read_villages()
            for line in self._villages.values():
                cells = iter(line.split("\t"))
                self._village_names.update(zip(cells, cells, strict=True))
        name = self._village_names.get(code)
        return Area(code, name, "village") if name else None

    def districts(self, regency: str) -> tuple[Area, ...]:
        """The districts of the regency or city with the code ``regency``, in order of their codes.

        >>> [area.name for area in gazetteer().districts("18.72")]
        ['Metro Pusat', 'Metro Utara', 'Metro Barat', 'Metro Timur', 'Metro Selatan']
        """
        if not self._districts:
            for area in self._by_code.values():
                if area.kind == "district":
                    self._districts.setdefault(area.code[:5], []).append(area)
        return tuple(self._districts.get(regency, ()))

    def large_areas(self) -> list[Area]:
        """The provinces, regencies and cities, in order of their codes."""
        return [area for area in self._by_code.values() if area.kind != "district"]

    def country(self, name: str) -> Area | None:
        """The country called ``name`` in Indonesian news; its code is ISO 3166 alpha-2.

        >>> gazetteer().country("Malaysia").code
        'MY'
        """
        return _countries().get(name if name.isupper() and len(name) < 4 else name_key(name))

    def world_city(self, name: str) -> Area | None:
        """The large city abroad called ``name``; its code is its country's."""
        found = self.abroad(name)
        return found if found and found.kind == "city" else None

    def abroad(self, name: str) -> Area | None:
        """The city, province or region called ``name`` that is no area of Indonesia; its code is its country's.

        A region of many countries has no code, an island of Indonesia its country's.

        >>> [(area.code, area.kind) for area in map(gazetteer().abroad, ["Mekkah", "Eropa", "Lombok"])]
        [('SA', 'city'), ('', 'area'), ('ID', 'area')]
        """
        if self._world is None:
            cities = {
                name_key(city): Area(country, city, "city", float(latitude), float(longitude))
                for city, country, latitude, longitude in _table("world_cities")
            }
            self._world = cities
            for row in rows("foreign_places"):
                area = Area(row["country"], row["name"], row["kind"])
                known = cities.get(name_key(row["standard"])) if row["kind"] == "city" else None
                cities[name_key(row["name"])] = known or area
        return self._world.get(name_key(name))

    def __repr__(self) -> str:
        return f"<Gazetteer of {len(self._by_code)} areas and their villages>"


@cache
def _countries() -> dict[str, Area]:
    found = {}
    for row in rows("countries"):
        area = Area(
            row["iso"],
            row["name"],
            "country",
            float(row["latitude"]) if row.get("latitude") else None,
            float(row["longitude"]) if row.get("longitude") else None,
        )
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[name if name.isupper() and len(name) < 4 else name_key(name)] = area
    return found


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with beritaie, read once."""
    return Gazetteer()
