"""Place names → places: which level of area each name means here, its official code, and all its mentions.

The evidence for a name, in falling order: its level word (`Kecamatan Hu'u`), the areas named right behind it
(`…, Kabupaten Dompu`), the word before it (`Bupati …`), the same name elsewhere in the article with a level
word, the areas that the rest of the article names, the dateline and the outlet, the model's opinion, and how
well known each area of that name is. A code is given only where one area clearly wins. Places abroad have
their country; venues, streets, rivers and quarters the area that contains them, where the article tells.
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
from beritaie.linking.place_evidence import Evidence
from beritaie.linking.place_names import (
    ADMINISTRATIVE,
    PlaceName,
    areas_of,
    is_part_of_a_known_area,
    level_of,
    respelt,
    respelt_inside,
    spellings,
    taken_apart,
)

# How likely a bare name means an area of this level when nothing else is known.
_PRIOR = {"country": 8.0, "province": 6.0, "city": 5.0, "regency": 4.0, "district": 1.0, "village": 0.0}
_SIZE = ("village", "district", "regency", "city", "province")
_ONLY_DISTRICT_OF_ITS_NAME = 2.0
_LEVEL_WORD = 20.0
_WORD_BEFORE = 4.0
_SAME_NAME_ELSEWHERE = 4.0
_PARENT_BEHIND = 5.0
_OTHER_PARENT_BEHIND = 3.0
_CHILD_BEFORE = 2.0
_IN_A_LIST = 2.0
_MODEL = 2.0
_OWN_OPINION = 0.3
_UNKNOWN_AREA = 0.5
_CITY_IN_DATELINE = 7.0
_HEAD = 4.5
_REGION = 5.5
_PART_OF_A_REGION = 3.0
_HEAD_OF_A_KNOWN_AREA = 2.5
_NAME_WITH_A_PLACE_IN_IT = 3.0
_SHARED_NAME = 6.0
_FOREIGN_CITY = 3.0
_FLOOR = 2.2
_MARGIN = 0.5
_TWIN_MARGIN = 0.5


class Place(NamedTuple):
    """A place of the article: ``mentions`` are all its spans, ``area`` is None where no code is certain.

    ``abroad`` is what a place abroad is known as, with its country's code; ``within`` the area that contains a place
    that has no code of its own.
    """

    name: str
    kind: str
    area: Area | None
    mentions: list[Mention]
    abroad: Area | None = None
    within: Area | None = None


class _Reading(NamedTuple):
    """One way to read a name, with the weight of the evidence for it."""

    kind: str
    area: Area | None
    weight: float


class _Around(NamedTuple):
    """What stands around a mention: areas behind and before it, the level of its list, a place inside it."""

    behind: tuple[Area, ...]
    before: tuple[Area, ...]
    parent_behind: bool  # what stands behind is no further member of a list
    in_list: str | None
    nested: bool
    in_dateline: bool = False


_LIST = re.compile(r"(?:, |,? (?:dan|serta|maupun|atau|hingga) |/|, dan | & |[-–])\Z")
_NEXT_TO = re.compile(r"[ \u00a0\n]{0,2}[,(/]?[ \u00a0\n]{0,2}(?:di )?\Z")
_AFTER_DATELINE = re.compile(r"[ \u00a0]{0,2}[-–—,(|:]")
_LAST_DATELINE_CHARACTER = 400


def resolve_places(
    mentions: Sequence[Mention], text: str, *, dateline: str | None = None, outlet: str | None = None
) -> list[Place]:
    """The places that ``mentions`` (label LOC, offsets into ``text``) name, once each in reading order.

    A mention's ``kind`` is taken as one opinion among others; None is fine.

    >>> text = "Warga Desa Daha, Kecamatan Hu'u, Kabupaten Dompu"
    >>> found = [Mention(6, 15, "Desa Daha", "LOC", 1.0), Mention(17, 31, "Kecamatan Hu'u", "LOC", 1.0),
    ...          Mention(33, 48, "Kabupaten Dompu", "LOC", 1.0)]
    >>> [(place.kind, place.area.code) for place in resolve_places(found, text)]
    [('village', '52.05.03.2002'), ('district', '52.05.03'), ('regency', '52.05')]
    """
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    closed = _phrases_without_places(text)
    names = _names(ordered, text)
    around_it = [m for m in (dateline and _as_mention(dateline), *find_places(outlet or "")) if m]
    meant = [(name, m) for name, m in zip(names, ordered, strict=True) if not closed.cover(m.start, m.end)]
    evidence = Evidence(meant, [(taken_apart(m, m.text), m.text) for m in around_it])
    choices: list[_Reading] = []
    known: dict[tuple[object, ...], _Reading] = {}
    brackets: dict[str, int] = {}
    for index, (mention, name) in enumerate(zip(ordered, names, strict=True)):
        if (full := _name_before_bracket(ordered, names, text, index)) is not None:
            brackets[name_key(mention.text)] = full
        if (full := brackets.get(name_key(mention.text))) is not None:
            choices.append(choices[full])
            continue
        if closed.cover(mention.start, mention.end):
            choices.append(_Reading("area", None, 0.0))
            continue
        around = _around(ordered, names, choices, text, index)
        if _is_dateline(mention, text, dateline):
            around = around._replace(in_dateline=True)
        signature = (mention.text, name.before, mention.kind, around)
        if signature not in known:
            known[signature] = _read(mention, name, evidence, around)
        choices.append(known[signature])
    containers = _containers(ordered, choices, text, evidence)
    return _group(ordered, names, choices, brackets, containers)


def _names(mentions: Sequence[Mention], text: str) -> list[PlaceName]:
    """The mentions taken apart, slips in the names of large areas put right."""
    names = [taken_apart(mention, text) for mention in mentions]
    keys = {name_key(name.bare) for name in names}
    return [
        name if areas_of(name, mention.text) else respelt(name, mention.kind, keys)
        for name, mention in zip(names, mentions, strict=True)
    ]


def _as_mention(name: str) -> Mention:
    return Mention(0, len(name), name, "LOC", 1.0)


def _around(
    mentions: Sequence[Mention], names: Sequence[PlaceName], choices: Sequence[_Reading], text: str, index: int
) -> _Around:
    behind = _neighbour(mentions, names, text, index, 1)
    before = _neighbour(mentions, names, text, index, -1)
    if index and (last := choices[index - 1].area) and last.kind == "village" and _touch(mentions, text, index):
        before = (*before, last)
    return _Around(
        behind,
        before,
        bool(behind) and not _in_a_list(mentions, text, index + 2),
        _list_level(mentions, names, choices, text, index),
        index + 1 < len(mentions) and mentions[index + 1].start < mentions[index].end,
    )


def _is_dateline(mention: Mention, text: str, dateline: str | None) -> bool:
    return (
        dateline is not None
        and mention.end < _LAST_DATELINE_CHARACTER
        and name_key(mention.text) == name_key(dateline)
        and _AFTER_DATELINE.match(text, mention.end) is not None
    )


def _name_before_bracket(
    mentions: Sequence[Mention], names: Sequence[PlaceName], text: str, index: int
) -> int | None:
    """Which mention this one abbreviates: `Kebun Raya Liwa (KRL)`; a known name does not."""
    mention = mentions[index]
    if text[mention.start - 1 : mention.start] != "(" or " " in mention.text or areas_of(names[index], mention.text):
        return None
    for other in range(index - 1, max(-1, index - 4), -1):
        if text[mentions[other].end : mention.start].strip() == "(":
            return other
    return None


def _neighbour(
    mentions: Sequence[Mention], names: Sequence[PlaceName], text: str, index: int, step: int
) -> tuple[Area, ...]:
    """The areas that the mention right behind (or before) may mean; only a comma may be between."""
    other = index + step
    if not 0 <= other < len(mentions):
        return ()
    if not _touch(mentions, text, max(index, other)):
        return ()
    return tuple(areas_of(names[other], mentions[other].text)[:50])


def _touch(mentions: Sequence[Mention], text: str, index: int) -> bool:
    """Whether the mention at ``index`` stands right behind the one before it, with no more than a comma between."""
    end, start = mentions[index - 1].end, mentions[index].start
    return start >= end and _NEXT_TO.fullmatch(text[end : min(start, end + 12)]) is not None


def _in_a_list(mentions: Sequence[Mention], text: str, index: int) -> bool:
    """Whether a list goes on from the mention before to the one at ``index``."""
    if not 0 < index < len(mentions):
        return False
    gap = mentions[index].start - mentions[index - 1].end
    return 0 < gap < 10 and _LIST.fullmatch(text[mentions[index - 1].end : mentions[index].start]) is not None


def _list_level(
    mentions: Sequence[Mention], names: Sequence[PlaceName], choices: Sequence[_Reading], text: str, index: int
) -> str | None:
    """The level or sort of the list that the mention continues: `Kecamatan A, B dan C`, `Pantai A dan B`."""
    if names[index].level or names[index].head or not _in_a_list(mentions, text, index):
        return None
    kind = choices[index - 1].kind
    unknown = not areas_of(names[index], mentions[index].text)
    return kind if kind in ("district", "village") or (unknown and kind in ("geo", "street")) else None


def _read(mention: Mention, name: PlaceName, evidence: Evidence, around: _Around) -> _Reading:
    """The best reading of one mention."""
    key = name_key(name.bare)
    areas = areas_of(name, mention.text)
    if not areas and name.level in ("district", "village"):
        areas = respelt_inside(name, evidence.regencies)
    if areas and name.level and all(area.kind != name.level for area in areas):
        name = name._replace(level=None, bare=mention.text)
    if name.level is None:
        areas += _villages_nearby(name.bare, evidence, around, mention.kind)
    kinds = Counter(area.kind for area in areas)
    readings: list[_Reading] = []
    for area in areas:
        weight = _PRIOR[area.kind] + evidence.around(area, key) + _beside(area, around)
        if area.kind == "district" and kinds["district"] == 1 and not (kinds["regency"] or kinds["city"]):
            weight += _ONLY_DISTRICT_OF_ITS_NAME
        if area.kind == "city" and kinds["province"] and around.in_dateline:
            weight += _CITY_IN_DATELINE
        readings.append(_Reading(area.kind, area, weight))
    for kind, weight in _without_area(mention, name, areas, evidence).items():
        readings.append(_Reading(kind, None, weight))
    if around.nested and not name.level and not name.head and not any(r.weight for r in readings):
        readings.append(_Reading("venue", None, _NAME_WITH_A_PLACE_IN_IT))
    readings = [
        reading._replace(
            weight=reading.weight
            + _for_kind(reading.kind, name, evidence.explicit.get(key), around)
            + _opinion(reading, mention, evidence, bool(areas))
        )
        for reading in readings
    ]
    if not readings:
        return _Reading(_likely_kind(mention, name), None, 0.0)
    readings.sort(key=lambda reading: -reading.weight)
    best = readings[0]
    if best.weight < _FLOOR and name.level is None:
        return _Reading(_likely_kind(mention, name), None, best.weight)
    if best.area and not _certain(best, readings, name, evidence):
        return best._replace(area=None)
    return best


def _likely_kind(mention: Mention, name: PlaceName) -> str:
    """What a name without good evidence is: the model's opinion, but never a regency that nobody knows."""
    if mention.kind == "regency" and name.level is None:
        return "area"
    return mention.kind or name.level or "area"


def _beside(area: Area, around: _Around) -> float:
    """What the areas right behind and before a name say for or against its meaning ``area``."""
    weight = 0.0
    if any(area.code.startswith(f"{other.code}.") for other in around.behind):
        weight += _PARENT_BEHIND
    elif around.parent_behind and all(_SIZE.index(other.kind) > _SIZE.index(area.kind) for other in around.behind):
        # `Kuningan, Jakarta Selatan` is not the regency of that name.
        weight -= _OTHER_PARENT_BEHIND
    if any(other.code.startswith(f"{area.code}.") for other in around.before):
        weight += _CHILD_BEFORE
    return weight


def _villages_nearby(name: str, evidence: Evidence, around: _Around, kind: str | None) -> list[Area]:
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


def _opinion(reading: _Reading, mention: Mention, evidence: Evidence, known: bool) -> float:
    """What the model says for this reading: of this mention, and of all of this name."""
    if mention.kind is None:
        return 0.0
    votes = evidence.opinions[name_key(mention.text)]
    share = _OWN_OPINION * (mention.kind == reading.kind) + (1 - _OWN_OPINION) * votes[reading.kind] / votes.total()
    unknown = known and reading.area is None and reading.kind in ADMINISTRATIVE
    return _MODEL * share * (_UNKNOWN_AREA if unknown else 1.0)


def _for_kind(kind: str, name: PlaceName, elsewhere: Counter[str] | None, around: _Around) -> float:
    """What speaks for a level or sort of place, whichever area it is."""
    weight = 0.0
    if name.level == kind:
        weight += _LEVEL_WORD
    if name.before and name.before[0] == kind:
        weight += _WORD_BEFORE * name.before[1] / 2
    if name.level is None and elsewhere:
        weight += _SAME_NAME_ELSEWHERE * elsewhere[kind] / elsewhere.total()
    if around.in_list == kind:
        weight += _IN_A_LIST
    return weight


def _without_area(
    mention: Mention, name: PlaceName, areas: Sequence[Area], evidence: Evidence
) -> dict[str, float]:
    """Readings that no Indonesian area stands for, with their prior weights."""
    book = gazetteer()
    found: dict[str, float] = {}
    if name.level is None and book.country(mention.text):
        found["country"] = _PRIOR["country"]
    if abroad := book.abroad(name.bare):
        listed = name_key(name.bare) in _listed_abroad()
        usual = _REGION if abroad.kind == "area" else _PRIOR[abroad.kind]
        found[abroad.kind] = usual if listed else _FOREIGN_CITY
    if name.level is None and not areas:
        if any(evidence.around(area, "") > 0 for area in book.parts(name.bare)):
            found["district"] = _SHARED_NAME
        if is_part_of_a_known_area(name.bare):
            found["area"] = _PART_OF_A_REGION
    if name.head:
        known = bool(areas) and name.head in ("geo", "area")
        found[name.head] = found.get(name.head, 0.0) + (_HEAD_OF_A_KNOWN_AREA if known else _HEAD)
    for kind in (name.level, mention.kind, name.before[0] if name.before and name.before[1] >= 2 else None):
        if kind and (kind != "regency" or name.level or areas):
            found.setdefault(kind, 0.0)
    return found


@cache
def _listed_abroad() -> frozenset[str]:
    return frozenset(map(name_key, column("foreign_places", "name")))


def _certain(best: _Reading, readings: Sequence[_Reading], name: PlaceName, evidence: Evidence) -> bool:
    """Whether one area clearly wins: no other of its level comes near, and the article plays there."""
    assert best.area is not None
    rival = next((r for r in readings[1:] if r.area and r.kind == best.kind and r.area != best.area), None)
    if rival and best.weight - rival.weight < _MARGIN:
        return False
    twin = next((r for r in readings[1:] if r.area and {r.kind, best.kind} == {"regency", "city"}), None)
    if twin and best.weight - twin.weight < _TWIN_MARGIN:
        return False
    if best.kind in ("district", "village"):
        near = evidence.around(best.area, name_key(name.bare)) > 0
        return near or not evidence.provinces
    return True


_INSIDE = frozenset({"venue", "street", "geo", "area"})
_ALONE = 2.0


def _containers(
    mentions: Sequence[Mention], choices: Sequence[_Reading], text: str, evidence: Evidence
) -> list[Area | None]:
    """For each venue, street, river or quarter the area that the article puts it in.

    That is the area named in its name (`Kantor Bupati Tanah Bumbu`; a street may be called after any), else the one
    right behind it, else the only regency or city that the whole article names.
    """
    found: list[Area | None] = [None] * len(mentions)
    lone = evidence.only_regency(_ALONE)
    for index in range(len(mentions) - 1, -1, -1):
        mention, choice = mentions[index], choices[index]
        if choice.kind not in _INSIDE:
            continue
        inside: Area | None = None
        other = index + 1
        while other < len(mentions) and mentions[other].start < mention.end:
            area = choices[other].area
            if area and choice.kind == "venue" and (inside is None or len(area.code) > len(inside.code)):
                inside = area
            other += 1
        if inside is None and other < len(mentions):
            gap = text[mention.end : min(mentions[other].start, mention.end + 12)]
            if _NEXT_TO.fullmatch(gap):
                inside = choices[other].area or found[other]
        # A river or mountain is larger than what the article is about.
        found[index] = inside or (lone if choice.kind != "geo" else None)
    return found


def _group(
    mentions: Sequence[Mention],
    names: Sequence[PlaceName],
    choices: Sequence[_Reading],
    brackets: Mapping[str, int],
    containers: Sequence[Area | None],
) -> list[Place]:
    """One place for all mentions of one area, or of one name of one sort."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    abroad: dict[tuple[str, str], Area] = {}
    for index, (mention, name, choice) in enumerate(zip(mentions, names, choices, strict=True)):
        full = brackets.get(name_key(mention.text))
        foreign = None if choice.area else _abroad(mention, name, choice.kind)
        if choice.area:
            identity = choice.area.code
        elif foreign and choice.kind in ("country", "city"):
            identity = f"{foreign.code} {name_key(foreign.name)}"
        else:
            identity = name_key((name if full is None else names[full]).bare)
        groups[choice.kind, identity].append(index)
        if foreign:
            abroad.setdefault((choice.kind, identity), foreign)
    return [
        Place(
            fullest([mentions[i].text for i in members]),
            kind,
            choices[members[0]].area,
            [mentions[i] for i in members],
            abroad.get((kind, identity)),
            None if (kind, identity) in abroad else next((containers[i] for i in members if containers[i]), None),
        )
        for (kind, identity), members in groups.items()
    ]


def _abroad(mention: Mention, name: PlaceName, kind: str) -> Area | None:
    """The country, or the place abroad of this kind, that a mention without an area names; it has a country's code."""
    book = gazetteer()
    if kind == "country":
        return book.country(mention.text) or book.country(name.bare)
    found = book.abroad(name.bare)
    return found if found and found.code and found.kind == kind else None


def fullest(names: Iterable[str]) -> str:
    """The longest of ``names``, one that is not all capitals before one that is; the first among equals.

    >>> fullest(["SULTRA", "Sulawesi Tenggara", "Prov. Sultra"])
    'Sulawesi Tenggara'
    """
    return max(names, key=lambda name: (not (name.isupper() and len(name) > 5), len(name)))


@cache
def _phrases() -> tuple[str, ...]:
    """What holds a place's name and means none, also with a small first letter (`nasi Padang`) and in capitals."""
    listed = column("place_phrases", "phrase")
    return tuple({s for phrase in listed for s in (phrase, phrase[0].lower() + phrase[1:], phrase.upper())})


@cache
def _phrase_matcher() -> AhoCorasick:
    return AhoCorasick(list(_phrases()), matchkind=MatchKind.LeftmostLongest)


def _phrases_without_places(text: str) -> Ranges:
    """Where ``text`` says what holds a place's name but means no place: `Bandung Lautan Api`, `PT Jawa Pos`."""
    matches = _phrase_matcher().find_matches_as_indexes(text)
    return Ranges((start, end) for _, start, end in matches if _stands_alone(text, start, end))


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
        if not kind:
            continue
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
    for row in spellings("level")
    if row["kind"] in ADMINISTRATIVE
    for spelling in (row["word"], row["word"].upper())
)
# `Wali Kota Bogor` is an office and a city's bare name, no `Kota Bogor`.
_NO_TITLE = "".join(
    f"(?<!{re.escape(spelling)} )"
    for words in (row["word"].split() for row in rows("place_contexts"))
    if len(words) == 2 and level_of(words[1])
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
    level = taken_apart(whole, text).level
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
    # What is no place is found too, so that nothing inside it is.
    every = {**capitals, **safe, **dict.fromkeys(_phrases(), ("", 0.0))}
    return AhoCorasick(list(every), matchkind=MatchKind.LeftmostLongest), list(every.values())


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() and start) and not (
        text[end : end + 1].isalnum() or text[end : end + 2] in ("'s", "’s")
    )
