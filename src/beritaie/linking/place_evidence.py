"""What a whole article says about where it plays: the areas it names, and names that it says the level of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from beritaie.linking.gazetteer import Area, gazetteer, name_key
from beritaie.linking.mention import Mention
from beritaie.linking.place_names import ADMINISTRATIVE, PlaceName, areas_of

_REGENCY_IN_ARTICLE = 3.5
_PROVINCE_IN_ARTICLE = 0.7
_DISTRICT_IN_ARTICLE = 1.5
_INSIDE_IN_ARTICLE = 1.5
_OUTSIDE_THE_TEXT = 2.0
_LARGE = ("province", "regency", "city")


class Weights(dict[str, float]):
    """Weights of areas by code; zero where nothing was added."""

    def __missing__(self, key: str) -> float:
        return 0.0


class Evidence:
    """The areas that an article names, weighed by how often and how clearly it does.

    ``explicit`` counts for each name the levels that the article gives it, ``opinions`` the model's ones for each
    mention as written. ``beside`` are names from outside the text: dateline and outlet.
    """

    def __init__(
        self, mentions: Iterable[tuple[PlaceName, Mention]], beside: Iterable[tuple[PlaceName, str]] = ()
    ) -> None:
        self.explicit: dict[str, Counter[str]] = defaultdict(Counter)
        self.opinions: dict[str, Counter[str]] = defaultdict(Counter)
        self.regencies = Weights()
        self.provinces = Weights()
        self._districts = Weights()
        self._inside = Weights()
        self._own: dict[str, Weights] = defaultdict(Weights)
        for name, mention in mentions:
            if mention.kind:
                self.opinions[name_key(mention.text)][mention.kind] += 1
            self._add(name, mention.text, 2.0 if name.level else 1.0)
        for name, whole in beside:
            self._add(name, whole, _OUTSIDE_THE_TEXT)

    def _add(self, name: PlaceName, whole: str, weight: float) -> None:
        key = name_key(name.bare)
        if name.level in ADMINISTRATIVE:
            self.explicit[key][name.level or ""] += 1
        elif name.before and name.before[1] >= 2 and name.before[0] in ADMINISTRATIVE:
            self.explicit[key][name.before[0]] += 1
        if name.head and " " in name.bare and name.head != "venue":
            self.explicit[name_key(name.bare.split(" ", 1)[1])][name.head] += 1
        self._count(areas_of(name, whole), key, weight)

    def _count(self, areas: list[Area], key: str, weight: float) -> None:
        large = [area for area in areas if area.kind in _LARGE]
        chosen = large or areas
        regencies = {area.code[:5] for area in chosen if "." in area.code}
        provinces = {area.province for area in chosen}
        if len(provinces) == 1:
            self.provinces[next(iter(provinces))] += weight
        if len(regencies) in (1, 2) and len(provinces) == 1:
            # A regency and the city of the same name are one region here.
            for code in regencies:
                self._inside[code] += 0 if large or len(regencies) > 1 else weight
                self.regencies[code] += weight if large else weight / 2
                self._own[key][code] += weight if large else weight / 2
        districts = {area.code[:8] for area in chosen if area.code.count(".") >= 2}
        if len(districts) == 1 and not large:
            self._districts[next(iter(districts))] += weight

    def around(self, area: Area, key: str) -> float:
        """How strongly the article speaks for the surroundings of ``area``, apart from the name with this key."""
        weight = 0.0
        if area.kind in ("district", "village"):
            regency = area.code[:5]
            others = self.regencies[regency] - self._own[key][regency]
            weight += _REGENCY_IN_ARTICLE * min(1.0, others / 3)
            if area.kind == "village" and self._districts[area.code[:8]]:
                weight += _DISTRICT_IN_ARTICLE
        if area.kind in ("regency", "city"):
            weight += _INSIDE_IN_ARTICLE * min(1.0, self._inside[area.code] / 2)
        if area.kind != "province":
            weight += _PROVINCE_IN_ARTICLE * min(1.0, self.provinces[area.province] / 2)
        return weight

    def only_regency(self, weight: float) -> Area | None:
        """The regency or city that the article plays in: the only one it names, at least with this ``weight``."""
        named = [code for code, found in self.regencies.items() if found]
        provinces = [code for code, found in self.provinces.items() if found]
        if len(named) != 1 or self.regencies[named[0]] < weight or provinces != [named[0][:2]]:
            return None
        return gazetteer().area(named[0])
