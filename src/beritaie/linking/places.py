"""Place names → places: which level of area each name means here, its official code, and all its mentions.

The evidence for a name, in falling order: its level word (`Kecamatan Hu'u`), the word before it (`Bupati …`),
the areas named right behind it (`…, Kabupaten Dompu`), the same name elsewhere in the article with a level
word, the areas that the rest of the article names, the dateline, the model's opinion, and how well known
each area of that name is. A code is given only where one area clearly wins. Places abroad have no code.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from beritaie.language.ranges import Ranges
from beritaie.lexicon import alternation, column, rows
from beritaie.linking.gazetteer import Area, gazetteer, name_key
from beritaie.linking.mention import Mention

_ADMINISTRATIVE = ("province", "regency", "city", "district", "village")
_BLANK = r"[ \u00a0\n]{0,3}"

# How likely a bare name means an area of this level when nothing else is known.
_PRIOR = {"country": 8.0, "province": 6.0, "city": 5.0, "regency": 4.0, "district": 1.0, "village": 0.0}
_ONLY_DISTRICT_OF_ITS_NAME = 2.0
_LEVEL_WORD = 20.0
_WORD_BEFORE = 5.0
_SAME_NAME_ELSEWHERE = 4.0
_PARENT_BEHIND = 5.0
_CHILD_BEFORE = 2.0
_REGENCY_IN_ARTICLE = 3.5
_PROVINCE_IN_ARTICLE = 0.7
_DISTRICT_IN_ARTICLE = 1.5
_IN_A_LIST = 3.0
_MODEL = 5.0
_HEAD = 4.5
_REGION = 4.2
_INSIDE_IN_ARTICLE = 1.5
_HEAD_OF_A_KNOWN_AREA = 2.5
_NAME_WITH_A_PLACE_IN_IT = 3.0
_SHARED_NAME = 3.0
_FOREIGN_CITY = 3.0
_FLOOR = 2.2
_MARGIN = 0.5


class Place(NamedTuple):
    """A place of the article: ``mentions`` are all its spans, ``area`` is None where no code is certain."""

    name: str
    kind: str
    area: Area | None
    mentions: list[Mention]


class _Parsed(NamedTuple):
    """A mention taken apart: the level its level word names, the name without it, the sort its head names."""

    bare: str
    level: str | None
    head: str | None
    before: tuple[str, float] | None


class _Reading(NamedTuple):
    """One way to read a name, with the weight of the evidence for it."""

    kind: str
    area: Area | None
    weight: float


def _words_of(role: str) -> str:
    """A regular expression for the words of the table of levels that have this role."""
    return alternation(row["word"] for row in _spellings("place_levels", role))


def _spellings(table: str, role: str | None = None) -> list[dict[str, str]]:
    return [row for row in rows(table) if role is None or row["role"] == role]


@cache
def _levels() -> dict[str, str]:
    return {name_key(row["word"]): row["kind"] for row in _spellings("place_levels", "level")}


@cache
def _heads() -> dict[str, str]:
    return {name_key(row["word"]): row["kind"] for row in _spellings("place_levels", "head")}


@cache
def _tails() -> dict[str, str]:
    return {name_key(row["word"]): row["kind"] for row in _spellings("place_levels", "tail")}


@cache
def _contexts() -> dict[str, tuple[str, float]]:
    return {
        name_key(row["word"]): (row["kind"], float(row["weight"])) for row in _spellings("place_contexts")
    }


_LEVEL = re.compile(
    rf"(?P<word>(?i:{_words_of('level')}))"
    rf"(?:\.{_BLANK}|[ \u00a0\n/]{{1,3}}|(?P<glued>(?=[A-Z])))(?:\([^()]{{1,20}}\) ?)?(?=\S)"
)
_HEAD_WORD = re.compile(rf"(?P<word>(?i:{_words_of('head')}))(?:\.{_BLANK}|[ \u00a0\n]{{1,3}}|\Z)")
_TAIL_WORD = re.compile(rf"[ \u00a0\n](?P<word>(?i:{_words_of('tail')}))(?!\w)")
_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>(?i:{alternation(column('place_contexts', 'word'))}))\.?\)?[ \u00a0\n]{{0,3}}\Z"
)
_CITY_BEHIND = re.compile(r"[ \u00a0](?i:kota|city)\Z")
_LIST = re.compile(r"(?:, |,? (?:dan|serta|maupun|atau|hingga) |/|, dan | & )\Z")
_NEXT_TO = re.compile(r"[ \u00a0\n]{0,2}[,(/]?[ \u00a0\n]{0,2}(?:di )?\Z")


def _parse(mention: Mention, text: str) -> _Parsed:
    """Take level word, head and the word before off a mention."""
    name = mention.text.strip()
    before = _BEFORE.search(text, max(0, mention.start - 30), mention.start)
    hint = _contexts()[name_key(before["word"])] if before else None
    found = _LEVEL.match(name)
    if found and not (found["glued"] is not None and (name.isupper() or len(found["word"]) < 4)):
        return _Parsed(name[found.end() :], _levels()[name_key(found["word"])], None, hint)
    head = _HEAD_WORD.match(name)
    if not head and (city := _CITY_BEHIND.search(name)):
        return _Parsed(name[: city.start()], "city", None, hint)
    if not head and (tail := _TAIL_WORD.search(name)):
        return _Parsed(name, None, _tails()[name_key(tail["word"])], hint)
    return _Parsed(name, None, _heads()[name_key(head["word"])] if head else None, hint)


def _areas(parsed: _Parsed, whole: str) -> list[Area]:
    """The areas that the name may mean, by its level word if it has one."""
    book = gazetteer()
    if parsed.level is None:
        return list(book.named(parsed.bare))
    if parsed.level == "village":
        return [*book.villages(parsed.bare), *(() if parsed.bare == whole else book.villages(whole))]
    found = [area for area in book.named(parsed.bare) if area.kind == parsed.level]
    if parsed.level == "city" and not found:
        # `Kota Agung` is a district, `Kota Jakarta` a province.
        found = [area for area in book.named(whole) if area.kind != "village"]
        found = found or [area for area in book.named(parsed.bare) if area.kind == "province"]
    return found


class _Weights(dict[str, float]):
    def __missing__(self, key: str) -> float:
        return 0.0


class _Around(NamedTuple):
    """What stands around a mention: areas behind and before it, the level of its list, a place inside it."""

    behind: tuple[Area, ...]
    before: tuple[Area, ...]
    in_list: str | None
    nested: bool


class _Evidence:
    """What the whole article says about where it plays."""

    def __init__(self, parsed: Sequence[_Parsed], mentions: Sequence[Mention], dateline: str | None) -> None:
        self.explicit: dict[str, Counter[str]] = defaultdict(Counter)
        self.regencies = _Weights()
        self.provinces = _Weights()
        self.districts = _Weights()
        self.inside = _Weights()
        self.own: dict[str, _Weights] = defaultdict(_Weights)
        for item, mention in zip(parsed, mentions, strict=True):
            key = name_key(item.bare)
            if item.level in _ADMINISTRATIVE:
                self.explicit[key][item.level or ""] += 1
            elif item.before and item.before[1] >= 2 and item.before[0] in _ADMINISTRATIVE:
                self.explicit[key][item.before[0]] += 1
            if item.head and " " in item.bare and item.head != "venue":
                self.explicit[name_key(item.bare.split(" ", 1)[1])][item.head] += 1
            self._count(_areas(item, mention.text), key, 2.0 if item.level else 1.0)
        if dateline:
            self._count(list(gazetteer().named(dateline)), name_key(dateline), 2.0)

    def _count(self, areas: list[Area], key: str, weight: float) -> None:
        large = [area for area in areas if area.kind in ("province", "regency", "city")]
        chosen = large or areas
        regencies = {area.code[:5] for area in chosen if "." in area.code}
        provinces = {area.province for area in chosen}
        if len(provinces) == 1:
            self.provinces[next(iter(provinces))] += weight
        if len(regencies) in (1, 2) and len(provinces) == 1:
            # A regency and the city of the same name are one region here.
            for code in regencies:
                self.inside[code] += 0 if large or len(regencies) > 1 else weight
                self.regencies[code] += weight if large else weight / 2
                self.own[key][code] += weight if large else weight / 2
        districts = {area.code[:8] for area in chosen if area.code.count(".") >= 2}
        if len(districts) == 1 and not large:
            self.districts[next(iter(districts))] += weight

    def around(self, area: Area, key: str) -> float:
        """How strongly the rest of the article speaks for the surroundings of ``area``."""
        weight = 0.0
        if area.kind in ("district", "village"):
            regency = area.code[:5]
            others = self.regencies[regency] - self.own[key][regency]
            weight += _REGENCY_IN_ARTICLE * min(1.0, others / 3)
            if area.kind == "village" and self.districts[area.code[:8]]:
                weight += _DISTRICT_IN_ARTICLE
        if area.kind in ("regency", "city"):
            weight += _INSIDE_IN_ARTICLE * min(1.0, self.inside[area.code] / 2)
        if area.kind != "province":
            weight += _PROVINCE_IN_ARTICLE * min(1.0, self.provinces[area.province] / 2)
        return weight


def resolve_places(mentions: Sequence[Mention], text: str, *, dateline: str | None = None) -> list[Place]:
    """The places that ``mentions`` (label LOC, offsets into ``text``) name, once each in reading order.

    A mention's ``kind`` is taken as one opinion among others; None is fine.

    >>> text = "Warga Desa Daha, Kecamatan Hu'u, Kabupaten Dompu"
    >>> found = [Mention(6, 15, "Desa Daha", "LOC", 1.0), Mention(17, 31, "Kecamatan Hu'u", "LOC", 1.0),
    ...          Mention(33, 48, "Kabupaten Dompu", "LOC", 1.0)]
    >>> [(place.kind, place.area.code) for place in resolve_places(found, text)]
    [('village', '52.05.03.2002'), ('district', '52.05.03'), ('regency', '52.05')]
    """
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    parsed = [_parse(mention, text) for mention in ordered]
    evidence = _Evidence(parsed, ordered, dateline)
    choices: list[_Reading] = []
    known: dict[tuple[object, ...], _Reading] = {}
    brackets: dict[str, int] = {}
    for index, (mention, item) in enumerate(zip(ordered, parsed, strict=True)):
        if (full := _name_before_bracket(ordered, parsed, text, index)) is not None:
            brackets[name_key(mention.text)] = full
        if (full := brackets.get(name_key(mention.text))) is not None:
            choices.append(choices[full])
            continue
        around = _Around(
            _neighbour(ordered, parsed, text, index, 1),
            _neighbour(ordered, parsed, text, index, -1),
            _list_level(ordered, parsed, choices, text, index),
            index + 1 < len(ordered) and ordered[index + 1].start < mention.end,
        )
        signature = (mention.text, item.before, mention.kind, around)
        if signature not in known:
            known[signature] = _read(mention, item, evidence, around)
        choices.append(known[signature])
    return _group(ordered, parsed, choices, brackets)


def _name_before_bracket(
    mentions: Sequence[Mention], parsed: Sequence[_Parsed], text: str, index: int
) -> int | None:
    """Which mention this one abbreviates: `Kebun Raya Liwa (KRL)`; a known name does not."""
    mention = mentions[index]
    if (
        text[mention.start - 1 : mention.start] != "("
        or " " in mention.text
        or _areas(parsed[index], mention.text)
    ):
        return None
    for other in range(index - 1, max(-1, index - 4), -1):
        if text[mentions[other].end : mention.start].strip() == "(":
            return other
    return None


def _neighbour(
    mentions: Sequence[Mention], parsed: Sequence[_Parsed], text: str, index: int, step: int
) -> tuple[Area, ...]:
    """The areas that the mention right behind (or before) may mean; only a comma may be between."""
    other = index + step
    if not 0 <= other < len(mentions):
        return ()
    first, last = sorted((mentions[index], mentions[other]))
    if last.start < first.end or not _NEXT_TO.fullmatch(text[first.end : min(last.start, first.end + 12)]):
        return ()
    return tuple(_areas(parsed[other], mentions[other].text)[:50])


def _list_level(
    mentions: Sequence[Mention], parsed: Sequence[_Parsed], choices: Sequence[_Reading], text: str, index: int
) -> str | None:
    """The level of the list that the mention continues: `Kecamatan A, B dan C`."""
    if index == 0 or parsed[index].level:
        return None
    previous = mentions[index - 1]
    gap = mentions[index].start - previous.end
    if not 0 < gap < 10 or not _LIST.fullmatch(text[previous.end : mentions[index].start]):
        return None
    return choices[index - 1].kind if choices[index - 1].kind in ("district", "village") else None


def _read(mention: Mention, item: _Parsed, evidence: _Evidence, around: _Around) -> _Reading:
    """The best reading of one mention."""
    key = name_key(item.bare)
    areas = _areas(item, mention.text)
    if item.level is None:
        areas += _villages_nearby(item.bare, evidence, around, mention.kind)
    kinds = Counter(area.kind for area in areas)
    readings: list[_Reading] = []
    for area in areas:
        weight = _PRIOR[area.kind] + evidence.around(area, key)
        if area.kind == "district" and kinds["district"] == 1 and not (kinds["regency"] or kinds["city"]):
            weight += _ONLY_DISTRICT_OF_ITS_NAME
        if any(area.code.startswith(f"{other.code}.") for other in around.behind):
            weight += _PARENT_BEHIND
        if any(other.code.startswith(f"{area.code}.") for other in around.before):
            weight += _CHILD_BEFORE
        readings.append(_Reading(area.kind, area, weight))
    for kind, weight in _without_area(mention, item, areas, evidence).items():
        readings.append(_Reading(kind, None, weight))
    if around.nested and not item.level and not item.head and not any(r.weight for r in readings):
        readings.append(_Reading("venue", None, _NAME_WITH_A_PLACE_IN_IT))
    readings = [
        reading._replace(
            weight=reading.weight
            + _for_kind(reading.kind, item, evidence.explicit.get(key), around, mention.kind)
        )
        for reading in readings
    ]
    if not readings:
        return _Reading(mention.kind or item.level or "area", None, 0.0)
    readings.sort(key=lambda reading: -reading.weight)
    best = readings[0]
    if best.weight < _FLOOR and item.level is None:
        return _Reading(mention.kind or "area", None, best.weight)
    if best.area and not _certain(best, readings, item, evidence):
        return best._replace(area=None)
    return best


def _villages_nearby(name: str, evidence: _Evidence, around: _Around, kind: str | None) -> list[Area]:
    """Villages called ``name`` in the regencies of the article: a bare name means no other ones."""
    if not (evidence.regencies or around.behind):
        return []
    parents = {area.code for area in around.behind}
    return [
        area
        for area in gazetteer().villages(name)
        if evidence.regencies[area.code[:5]] or any(area.code.startswith(parent) for parent in parents)
        if not _is_seat_of_its_district(area) or "village" in (kind, around.in_list)
    ]


def _is_seat_of_its_district(village: Area) -> bool:
    district = gazetteer().area(village.code[:8])
    return district is not None and name_key(district.name) == name_key(village.name)


def _for_kind(
    kind: str, item: _Parsed, elsewhere: Counter[str] | None, around: _Around, opinion: str | None
) -> float:
    """What speaks for a level or sort of place, whichever area it is."""
    weight = 0.0
    if item.level == kind:
        weight += _LEVEL_WORD
    if item.before and item.before[0] == kind:
        weight += _WORD_BEFORE * item.before[1] / 2
    if item.level is None and elsewhere:
        weight += _SAME_NAME_ELSEWHERE * elsewhere[kind] / elsewhere.total()
    if around.in_list == kind:
        weight += _IN_A_LIST
    if opinion == kind:
        weight += _MODEL
    return weight


def _without_area(
    mention: Mention, item: _Parsed, areas: Sequence[Area], evidence: _Evidence
) -> dict[str, float]:
    """Readings that no Indonesian area stands for, with their prior weights."""
    book = gazetteer()
    found: dict[str, float] = {}
    if item.level is None and book.country(mention.text):
        found["country"] = _PRIOR["country"]
    foreign = _foreign().get(name_key(item.bare))
    if foreign:
        found[foreign] = _REGION if foreign == "area" else _PRIOR[foreign]
    elif book.world_city(item.bare):
        found["city"] = _FOREIGN_CITY
    if (
        item.level is None
        and not areas
        and any(evidence.around(area, "") > 0 for area in book.parts(item.bare))
    ):
        found["district"] = _SHARED_NAME
    if item.head:
        known = bool(areas) and item.head in ("geo", "area")
        found[item.head] = found.get(item.head, 0.0) + (_HEAD_OF_A_KNOWN_AREA if known else _HEAD)
    level = None if areas and all(area.kind != item.level for area in areas) else item.level
    for kind in (level, mention.kind, item.before[0] if item.before and item.before[1] >= 2 else None):
        if kind:
            found.setdefault(kind, 0.0)
    return found


@cache
def _foreign() -> dict[str, str]:
    return {name_key(row["name"]): row["kind"] for row in rows("foreign_places")}


def _certain(best: _Reading, readings: Sequence[_Reading], item: _Parsed, evidence: _Evidence) -> bool:
    """Whether one area clearly wins: no other of its level comes near, and the article plays there."""
    assert best.area is not None
    rival = next((r for r in readings[1:] if r.area and r.kind == best.kind and r.area != best.area), None)
    if rival and best.weight - rival.weight < _MARGIN:
        return False
    if best.kind in ("district", "village"):
        near = evidence.around(best.area, name_key(item.bare)) > 0
        return near or not evidence.provinces
    return True


def _group(
    mentions: Sequence[Mention],
    parsed: Sequence[_Parsed],
    choices: Sequence[_Reading],
    brackets: Mapping[str, int],
) -> list[Place]:
    """One place for all mentions of one area, or of one name of one sort."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, (mention, item, choice) in enumerate(zip(mentions, parsed, choices, strict=True)):
        if choice.area:
            identity = choice.area.code
        elif choice.kind == "country" and (country := gazetteer().country(mention.text)):
            identity = country.code
        elif choice.kind == "city" and (city := gazetteer().world_city(item.bare)):
            identity = f"{city.code} {name_key(city.name)}"
        else:
            full = brackets.get(name_key(mention.text))
            identity = name_key((item if full is None else parsed[full]).bare)
        groups[choice.kind, identity].append(index)
    return [
        Place(
            fullest([mentions[i].text for i in members]),
            kind,
            choices[members[0]].area,
            [mentions[i] for i in members],
        )
        for (kind, _), members in groups.items()
    ]


def fullest(names: Iterable[str]) -> str:
    """The longest of ``names``, one that is not all capitals before one that is; the first among equals.

    >>> fullest(["SULTRA", "Sulawesi Tenggara", "Prov. Sultra"])
    'Sulawesi Tenggara'
    """
    return max(names, key=lambda name: (not (name.isupper() and len(name) > 5), len(name)))


def find_places(text: str) -> list[Mention]:
    """Names in ``text`` that are places wherever they stand: provinces to cities, countries, `Desa X`.

    A second opinion beside the model: capital letters matter, names that are also everyday words or first
    names are left out unless a level word stands before them. The mentions do not overlap, are in reading
    order, and their scores are the rough precision of their sort.

    >>> [(m.text, m.kind) for m in find_places("Warga Desa Sukamaju di Jawa Barat dan Bandung, Malaysia.")]
    [('Desa Sukamaju', 'village'), ('Jawa Barat', 'province'), ('Bandung', 'city'), ('Malaysia', 'country')]
    """
    found: list[Mention] = []
    end = 0
    with_level = [_with_level(match, text) for match in _LEVEL_NAME.finditer(text)]
    bare = []
    matcher, kinds = _matcher()
    for index, first, end_of_name in matcher.find_matches_as_indexes(text):
        if not _stands_alone(text, first, end_of_name):
            continue
        kind, score = kinds[index]
        part = _PART.match(text, end_of_name)
        last = part.end() if part else end_of_name
        if part:
            # `Bogor Selatan` is a district; what the gazetteer does not know is left to others.
            smaller = {area.kind for area in gazetteer().named(text[first:last])}
            if len(smaller) != 1:
                continue
            kind = smaller.pop()
        bare.append(Mention(first, last, text[first:last], "LOC", score, kind))
    for mention in sorted([*filter(None, with_level), *bare], key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            found.append(mention)
            end = mention.end
    return found


_SECOND_OPINION = frozenset({"country", "province", "regency", "city", "district"})


def with_gazetteer(text: str, found: Iterable[Mention], closed: Iterable[tuple[int, int]] = ()) -> list[Mention]:
    """The mentions ``found``, and well-known places where none of a place or person stands, also inside others.

    ``closed`` are ranges that take no further mentions, such as laws.

    >>> mention = Mention(0, 21, "Gubernur Jawa Tengah", "POS", 0.9)
    >>> [(m.text, m.label) for m in with_gazetteer("Gubernur Jawa Tengah ke Malaysia.", [mention])]
    [('Gubernur Jawa Tengah', 'POS'), ('Jawa Tengah', 'LOC'), ('Malaysia', 'LOC')]
    """
    kept = list(found)
    barred = Ranges([*closed, *((m.start, m.end) for m in kept if m.label in {"LOC", "PER"})])
    wider = Ranges((m.start, m.end) for m in kept if m.label not in {"LOC", "PER"})
    added = []
    for named in find_places(text):
        place = _with_small_level(text, named)
        crossing = wider.touch(place.start, place.end) and not wider.cover(place.start, place.end)
        if place.kind in _SECOND_OPINION and not crossing and not barred.touch(place.start, place.end):
            added.append(place)
    return sorted([*kept, *added], key=lambda mention: (mention.start, -mention.end))


def _with_small_level(text: str, place: Mention) -> Mention:
    """The place with a level word before it that is not written as a name: `kab. Kolaka`."""
    level = _SMALL_LEVEL.search(text, max(0, place.start - 20), place.start)
    if not level:
        return place
    return place._replace(start=level.start(), text=text[level.start() : place.end])


_SMALL_LEVELS = alternation(
    row["word"]
    for row in rows("place_levels")
    if row["kind"] in {"province", "regency", "district"} and " " not in row["word"]
)
_SMALL_LEVEL = re.compile(rf"(?<!\w)(?i:{_SMALL_LEVELS})(?:\. ?|[ \u00a0])\Z")
_LEVEL_SCORE = 0.95
_NAME_SCORE = 0.9
_CAPITALISED = r"[A-Z][\w'’]{1,30}"
_LEVEL_WORDS = alternation(
    spelling
    for row in _spellings("place_levels", "level")
    if row["kind"] in _ADMINISTRATIVE
    for spelling in (row["word"], row["word"].upper())
)
# `Wali Kota Bogor` is an office and a city's bare name, no `Kota Bogor`.
_NO_TITLE = "".join(
    f"(?<!{re.escape(spelling)} )"
    for words in (row["word"].split() for row in _spellings("place_contexts"))
    if len(words) == 2 and name_key(words[1]) in _levels()
    for spelling in (words[0], words[0].upper())
)
_LEVEL_NAME = re.compile(
    rf"(?<![\w-]){_NO_TITLE}(?:{_LEVEL_WORDS})(?:(?<!\w{{5}})\. ?|[ \u00a0])"
    rf"(?P<name>{_CAPITALISED}(?:[ \u00a0-]{_CAPITALISED}){{0,4}}(?:[ \u00a0][IVX]{{1,4}}(?!\w))?)"
)
_PART_WORDS = alternation(
    spelling for word in column("place_parts", "word") for spelling in (word, word.upper())
)
_PART = re.compile(rf"[ \u00a0](?:{_PART_WORDS})(?!\w)")
_WORD_END = re.compile(r"[\w'’]+")


def _with_level(match: re.Match[str], text: str) -> Mention | None:
    """The mention of a level word and the longest known name behind it; unknown villages have two words."""
    start = match.start()
    whole = Mention(start, match.end(), match[0], "LOC", 1.0)
    level = _parse(whole, text).level
    if level is None:
        return None
    ends = [match.start("name") + word.end() for word in _WORD_END.finditer(match["name"])]
    book = gazetteer()
    for end in reversed(ends):
        name = text[match.start("name") : end]
        known = (
            book.villages(name) if level == "village" else [a for a in book.named(name) if a.kind == level]
        )
        if known:
            return Mention(start, end, text[start:end], "LOC", _LEVEL_SCORE, level)
    if level in ("village", "district") and len(ends) <= 2:
        return Mention(start, ends[-1], text[start : ends[-1]], "LOC", _LEVEL_SCORE - 0.1, level)
    return None


@cache
def _matcher() -> tuple[AhoCorasick, list[tuple[str, float]]]:
    names: dict[str, tuple[str, float]] = {}
    skipped = frozenset(column("place_ambiguous", "name"))
    for area in gazetteer().large_areas():
        names[area.name] = (area.kind, _NAME_SCORE)
    for row in rows("place_aliases"):
        known = gazetteer().area(row["code"])
        if known and known.kind in ("province", "regency", "city"):
            names[row["alias"]] = (known.kind, _NAME_SCORE)
    for row in rows("countries"):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            names[name] = ("country", _NAME_SCORE)
    for row in rows("foreign_places"):
        names.setdefault(row["name"], (row["kind"], _NAME_SCORE - 0.1))
    safe = {name: value for name, value in names.items() if name not in skipped}
    capitals = {name.upper(): value for name, value in safe.items() if len(name) > 4}
    every = {**capitals, **safe}
    return AhoCorasick(list(every), matchkind=MatchKind.LeftmostLongest), list(every.values())


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() and start) and not (
        text[end : end + 1].isalnum() or text[end : end + 2] in ("'s", "’s")
    )
