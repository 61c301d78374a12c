"""A place's name taken apart: level word, bare name, kind of head, the word before; and the areas it may mean."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from beritaie.lexicon import alternation, column, rows
from beritaie.linking.gazetteer import Area, gazetteer, name_key
from beritaie.linking.mention import Mention

ADMINISTRATIVE = ("province", "regency", "city", "district", "village")

_BLANK = r"[ \u00a0\n]{0,3}"
_LARGE = frozenset({"province", "regency", "city"})
_SHORTEST_MISSPELT = 6
_LONG = 10
_MOST_REGENCIES = 20


class PlaceName(NamedTuple):
    """A mention taken apart: the level its level word names, the name without it, the sort its head names.

    ``before`` is the kind that the word before the mention hints at, and how strongly (2 is as good as a level word).
    """

    bare: str
    level: str | None
    head: str | None
    before: tuple[str, float] | None


def spellings(role: str) -> list[dict[str, str]]:
    """The rows of the table of levels that have this role: `level`, `head` or `tail`."""
    return [row for row in rows("place_levels") if row["role"] == role]


@cache
def _kinds(role: str) -> dict[str, str]:
    return {name_key(row["word"]): row["kind"] for row in spellings(role)}


def level_of(word: str) -> str | None:
    """The level that a level word names: `Kab` is a regency.

    >>> level_of("Kab"), level_of("Sungai")
    ('regency', None)
    """
    return _kinds("level").get(name_key(word))


@cache
def _contexts() -> dict[str, tuple[str, float]]:
    return {name_key(row["word"]): (row["kind"], float(row["weight"])) for row in rows("place_contexts")}


def _words_of(role: str) -> str:
    return alternation(row["word"] for row in spellings(role))


_LEVEL = re.compile(
    rf"(?P<word>(?i:{_words_of('level')}))"
    rf"(?:\.{_BLANK}|[ \u00a0\n/]{{1,3}}|(?P<glued>(?=[A-Z])))(?:\([^()]{{1,20}}\) ?)?(?=\S)"
)
_HEAD_WORD = re.compile(rf"(?P<word>(?i:{_words_of('head')}))(?:\.{_BLANK}|[ \u00a0\n]{{1,3}}|\Z)")
_TAIL_WORD = re.compile(rf"[ \u00a0\n](?P<word>(?i:{_words_of('tail')}))(?!\w)")
_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>(?i:{alternation(column('place_contexts', 'word'))}))\.?\)?[ \u00a0\n]{{0,3}}\Z"
)
_LEVEL_BEHIND = re.compile(r"[ \u00a0](?:(?i:kota|city)|(?P<regency>(?i:kabupaten|kab\.?)))\Z")
_PART_BEHIND = re.compile(rf"[ \u00a0](?:bagian )?(?i:{alternation(column('place_parts', 'word'))})\Z")


def taken_apart(mention: Mention, text: str) -> PlaceName:
    """``mention`` of ``text`` without its level word or with its head, and what the word before it says.

    >>> taken_apart(Mention(7, 17, "Kota Bogor", "LOC", 1.0), "Warga  Kota Bogor")
    PlaceName(bare='Bogor', level='city', head=None, before=None)
    """
    name = mention.text.strip()
    before = _BEFORE.search(text, max(0, mention.start - 30), mention.start)
    hint = _contexts()[name_key(before["word"])] if before else None
    found = _LEVEL.match(name)
    if found and not (found["glued"] is not None and (name.isupper() or len(found["word"]) < 4)):
        return PlaceName(name[found.end() :], level_of(found["word"]), None, hint)
    head = _HEAD_WORD.match(name)
    if not head and (level := _LEVEL_BEHIND.search(name)):
        return PlaceName(name[: level.start()], "regency" if level["regency"] else "city", None, hint)
    if not head and (tail := _TAIL_WORD.search(name)):
        return PlaceName(name, None, _kinds("tail")[name_key(tail["word"])], hint)
    return PlaceName(name, None, _kinds("head")[name_key(head["word"])] if head else None, hint)


def areas_of(name: PlaceName, whole: str) -> list[Area]:
    """The areas that the name may mean, by its level word if it has one; bare villages are not among them."""
    book = gazetteer()
    if name.level is None:
        return list(book.named(name.bare))
    if name.level == "village":
        return [*book.villages(name.bare), *(() if name.bare == whole else book.villages(whole))]
    found = [area for area in book.named(name.bare) if area.kind == name.level]
    if name.level == "city" and not found:
        # `Kota Agung` is a district, `Kota Jakarta` a province.
        found = [area for area in book.named(whole) if area.kind != "village"]
        found = found or [area for area in book.named(name.bare) if area.kind == "province"]
    return found


def candidates(name: str) -> list[Area]:
    """Every area that ``name`` may mean, villages too; a level word in it leaves those of its level.

    >>> [area.code for area in candidates("Kota Bandung")], len(candidates("Bandung"))
    (['32.73'], 19)
    """
    parsed = taken_apart(Mention(0, len(name), name, "LOC", 1.0), name)
    found = areas_of(parsed, name)
    return found if parsed.level else [*found, *gazetteer().villages(parsed.bare)]


def is_part_of_a_known_area(name: str) -> bool:
    """Whether ``name`` is a known large area's and a direction: `Jabar Selatan`.

    >>> is_part_of_a_known_area("Jabar Selatan"), is_part_of_a_known_area("Mawar Selatan")
    (True, False)
    """
    part = _PART_BEHIND.search(name)
    return part is not None and any(area.kind in _LARGE for area in gazetteer().named(name[: part.start()]))


def respelt(name: PlaceName, opinion: str | None, elsewhere: Container[str]) -> PlaceName:
    """``name`` with its right spelling where it is a large area's with a slip: `Wonosbo`, `Semaran`.

    A cut-off last letter needs no more evidence; any other slip needs a level word, the model's ``opinion`` that this
    is a large area, or the area's own name among the keys ``elsewhere`` in the article.
    """
    key = name_key(name.bare)
    if len(key) < _SHORTEST_MISSPELT - 1 or name.head or name.level in ("village", "district", "country"):
        return name
    if opinion is not None and opinion not in _LARGE and not name.level:
        return name
    found = _respelt_large(key, name.level)
    chosen = found if len(found) == 1 else tuple(near for near in found if near in elsewhere)
    if len(chosen) != 1:
        return name
    sure = chosen[0].startswith(key) or name.level is not None or opinion in _LARGE or chosen[0] in elsewhere
    return name._replace(bare=chosen[0]) if sure else name


@lru_cache(maxsize=4096)
def _respelt_large(key: str, level: str | None) -> tuple[str, ...]:
    """The keys of the large areas whose names are the same small slip away from ``key``; none for a known name."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    book = gazetteer()
    if book.named(key) or book.villages(key) or book.abroad(key) or book.country(key):
        return ()
    keys = [k for k, kinds in _large_keys().items() if level is None or level in kinds]
    cut = tuple(k for k in keys if k[:-1] == key)
    if cut or len(key) < _SHORTEST_MISSPELT:
        return cut
    slips = 2 if len(key) >= _LONG else 1
    near = extract(key, keys, scorer=OSA.distance, score_cutoff=slips, limit=5)
    return tuple(k for k, distance, _ in near if distance == near[0][1] and k[0] == key[0])


@cache
def _large_keys() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for area in gazetteer().large_areas():
        found.setdefault(name_key(area.name), set()).add(area.kind)
    for row in rows("place_aliases"):
        known = gazetteer().area(row["code"])
        if known and known.kind in _LARGE and len(name_key(row["alias"])) > _SHORTEST_MISSPELT:
            found.setdefault(name_key(row["alias"]), set()).add(known.kind)
    return found


def respelt_inside(name: PlaceName, regencies: Iterable[str]) -> list[Area]:
    """The districts or villages in ``regencies`` (codes) whose name ``name``, with its level word, has a slip of.

    Of more than twenty regencies only the first twenty are searched.
    """
    from rapidfuzz.distance import OSA

    key = name_key(name.bare)
    book = gazetteer()
    codes = set(islice(regencies, _MOST_REGENCIES))
    if not codes or len(key) < 3:
        return []
    if name.level == "district":
        inside = [area for code in sorted(codes) for area in book.districts(code)]
        found = [area for area in inside if name_key(area.name)[:-1] == key]
        if not found and len(key) >= _SHORTEST_MISSPELT:
            found = [area for area in inside if OSA.distance(key, name_key(area.name), score_cutoff=1) <= 1]
        return found
    if name.level == "village":
        longer = (area for letter in "abcdefghijklmnopqrstuvwxyz" for area in book.villages(key + letter))
        return [area for area in longer if area.code[:5] in codes]
    return []
