"""Names of institutions → institutions: which names of an article mean the same body, and of what sort.

Two names mean the same body when they say the same once short forms are written out (`Pemkab Tanah Bumbu` and
`Pemerintah Kabupaten Tanah Bumbu`), when the article itself gives the short form in brackets, when one is the
initials of the other, or when one is the other cut short (`Pemkab`, `DPRD`) and no second body fits.

The kinds: government, ministry, agency, council, commission, court, prosecution, police, military, party,
company, school, hospital, media, sports, religious, association, international; None where the name does not
say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from beritaie.language.ranges import Ranges
from beritaie.lexicon import rows
from beritaie.linking.gazetteer import gazetteer, name_key
from beritaie.linking.institution_names import (
    LONGEST_HEAD,
    Words,
    fillers,
    folded,
    heads,
    short_forms,
    stripped,
    written_out,
)
from beritaie.linking.institution_names import words as words_of
from beritaie.linking.institution_registry import NATIONAL, identify
from beritaie.linking.mention import Mention
from beritaie.linking.office_bodies import body_of_office, start_of_body
from beritaie.linking.places import fullest

_BRACKET = re.compile(r"\(([^()]{1,40})\)")
_OPENS = re.compile(r"[ \u00a0\n]{0,2}\([ \u00a0]?\Z")
_SITE = re.compile(r"\w\.(?:co|com|id|net|news|tv)\b", re.I)
_REPEATED_LETTER = re.compile(r"([a-z])([2-9])")
_ADMINISTRATIVE = frozenset({"province", "regency", "city", "district", "village"})
_MOST_NAMES = 400  # beyond that a text is no article; comparing all names with all would take too long


class NamedPlace(NamedTuple):
    """A place mention of the article: characters ``start`` to ``end``, its record's id, kind and code."""

    start: int
    end: int
    id: str
    kind: str
    name: str
    code: str | None


class Institution(NamedTuple):
    """An institution of the article; ``place`` is the id of its area, ``mentions`` are all its spans.

    ``full_name`` and ``key`` are those of the registry: `Dinas Kesehatan Kabupaten Wonosobo`, `gov/33.07/dinkes`.
    """

    name: str
    acronym: str | None
    kind: str | None
    place: str | None
    mentions: list[Mention]
    full_name: str | None = None
    key: str | None = None


class _Form(NamedTuple):
    """What a name says: its words written out, without its area and fillers, and the area apart."""

    words: Words
    area: str | None
    place: str | None
    brackets: tuple[str, ...]


@cache
def _full_names() -> frozenset[Words]:
    return frozenset(short.name for short in short_forms().values())


@cache
def _named_kinds() -> dict[Words, str]:
    return {stripped(short.name): short.kind for short in short_forms().values()}


@cache
def _levels() -> dict[str, str]:
    return {row["word"].casefold(): row["kind"] for row in rows("place_levels") if row["role"] == "level"}


_LEVEL_OF = {
    "regency": "kabupaten",
    "city": "kota",
    "province": "provinsi",
    "district": "kecamatan",
    "village": "desa",
}


def _form(text: str, start: int, places: Sequence[NamedPlace]) -> _Form:
    """Read one name, ``text`` at character ``start``, with the places named inside it."""
    brackets = tuple(match[1] for match in _BRACKET.finditer(text))
    whole = folded(_BRACKET.sub(" ", text))
    if len(whole) > 1 and (known := short_forms().get(whole)):
        return _Form(stripped(known.name), None, None, brackets)
    if whole in _full_names():
        return _Form(stripped(whole), None, None, brackets)
    area: NamedPlace | None = None
    rest = text
    for place in sorted(places, reverse=True):
        first, last = place.start - start, place.end - start
        if place.code and place.kind in _ADMINISTRATIVE and last - first < len(text):
            area = place if area is None or len(place.code) > len(area.code or "") else area
            rest = f"{rest[:first]} {rest[last:]}"
        elif (
            place.kind == "country" and (country := gazetteer().country(place.name)) and country.code != "ID"
        ):
            rest = rest[:first] + country.name + rest[last:]
    words = words_of(_BRACKET.sub(" ", rest))
    code = area.code if area else None
    expanded = written_out(words)
    if not area and len(words) > 1 and _says_national(words) and not _is_national(stripped(expanded)):
        code = NATIONAL
    if not code:
        expanded, code = _split_area(expanded, code)
    if expanded[:1] == ["pemerintah"] and (area or len(expanded) > 1):
        expanded = _government(expanded, area.kind if area else _kind_of(code))
        return _Form(tuple(expanded), code, area.id if area else None, brackets)
    return _Form(stripped(expanded), code, area.id if area else None, brackets)


def _says_national(words: Sequence[str]) -> bool:
    ends = fillers("national")
    return any(tuple(word.casefold() for word in words[-len(end) :]) == end for end in ends)


def _split_area(words: list[str], code: str | None) -> tuple[list[str], str | None]:
    """Take an area's name off the end of words in which no place was marked."""
    for size in (3, 2, 1):
        if len(words) > size:
            named = gazetteer().named(" ".join(words[-size:]))
            large = [area for area in named if area.kind in ("province", "regency", "city")]
            if large and words[0] in _area_heads():
                return words[:-size], large[0].code
    return words, code


@cache
def _area_heads() -> frozenset[str]:
    return frozenset(head[0] for head, (_, area) in heads().items() if area)


def _kind_of(code: str | None) -> str | None:
    area = gazetteer().area(code) if code else None
    return area.kind if area else None


def _government(words: list[str], kind: str | None) -> list[str]:
    """`pemerintah` with its level: the word behind it, or else the level of its area."""
    rest = [word for word in words[1:] if word != "daerah"]
    level = rest[0] if rest and rest[0] in _levels() else _LEVEL_OF.get(kind or "")
    if level is None:
        return words
    tail = rest[1:] if rest[:1] == [level] else rest
    return ["pemerintah", level, *tail]


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _spelt_out(short: str) -> str:
    """An acronym with its figures as letters: `p4op` is `ppppop`."""
    return _REPEATED_LETTER.sub(lambda match: match[1] * int(match[2]), short.casefold())


def _is_short_for(short: str, full: str) -> bool:
    """Whether the letters of ``short`` stand in ``full`` in this order, the first one first."""
    letters, key = name_key(full), name_key(_spelt_out(short))
    if not key or len(key) >= len(letters) or key[0] != letters[0]:
        return False
    rest = iter(letters)
    return all(letter in rest for letter in key)


def _named_before(text: str, bracket: str) -> Words | None:
    """The words right before a bracket that it abbreviates, if more stands before: `Tim … Badan X (BX)`."""
    words = words_of(text)
    for start in range(len(words) - 2, 0, -1):
        rest = words[start:]
        written = stripped([word.casefold() for word in rest])
        if _spelt_out(bracket) in (_initials(written), _initials(word.casefold() for word in rest)):
            return stripped(written_out(rest))
    return None


def _in_bracket_behind(text: str, name: Mention, short: Mention) -> bool:
    """Whether ``short`` stands alone in brackets right behind ``name``."""
    between = text[name.end : min(short.start, name.end + 6)]
    return (
        name.end < short.start
        and _OPENS.fullmatch(between) is not None
        and text[short.end : short.end + 2].lstrip()[:1] == ")"
    )


class _Inside:
    """The places of an article by where they stand."""

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self._places = sorted(places)
        self._starts = [place.start for place in self._places]

    def of(self, mention: Mention) -> list[NamedPlace]:
        """The places inside a mention."""
        first, last = bisect_left(self._starts, mention.start), bisect_left(self._starts, mention.end)
        return [place for place in self._places[first:last] if place.end <= mention.end]


class _Names:
    """The names of one article, and which of them the article makes the same."""

    def __init__(
        self, mentions: Sequence[Mention], within: _Inside, places: Sequence[NamedPlace], text: str
    ) -> None:
        self.mentions = mentions
        self.forms: list[_Form] = []
        read: dict[tuple[str, tuple[str, ...]], _Form] = {}
        for mention in mentions:
            inside = within.of(mention)
            signature = (mention.text, tuple(p.id for p in inside))
            if signature not in read:
                read[signature] = _form(mention.text, mention.start, inside)
            self.forms.append(read[signature])
        self.same: dict[Words, Words] = {}
        self.place_names = {name_key(place.name) for place in places}
        self._read_brackets(text)
        self._read_initials()
        self._read_cut_names()

    def words(self, index: int) -> Words:
        """The words of a name after all short forms of the article are written out."""
        words = self.forms[index].words
        for _ in range(4):
            for size in range(len(words), 0, -1):
                full = self.same.get(words[:size])
                if full and full[:size] != words[:size]:
                    words = (*full, *words[size:])
                    break
                if full and size == len(words):
                    words = full
                    break
            else:
                return words
        return words

    def _link(self, short: Words, full: Words) -> None:
        if short and full and short != full and short not in self.same and self.same.get(full) != short:
            self.same[short] = full

    def _read_brackets(self, text: str) -> None:
        for index, (mention, form) in enumerate(zip(self.mentions, self.forms, strict=True)):
            for bracket in form.brackets:
                if len(bracket.split()) <= 3:
                    full = _named_before(mention.text[: mention.text.index(f"({bracket}")], bracket)
                    self._link(stripped(written_out(words_of(bracket))), full or form.words)
            if index and _in_bracket_behind(text, self.mentions[index - 1], mention):
                full_name, before = self.mentions[index - 1].text, self.forms[index - 1].words
                if any(_is_short_for(mention.text, full) for full in (full_name, " ".join(before))):
                    self._link(form.words, before)
                elif _is_short_for(full_name, " ".join(form.words)):
                    self._link(before, form.words)

    def _read_initials(self) -> None:
        by_initials: dict[str, set[Words]] = defaultdict(set)
        distinct = {form.words for form in self.forms}
        if len(distinct) > _MOST_NAMES:
            return
        for mention, form in zip(self.mentions, self.forms, strict=True):
            plain = [word.casefold() for word in words_of(_BRACKET.sub(" ", mention.text))]
            if len(plain) > 1:
                legal = plain[0] if (plain[0],) in fillers("start") else ""
                for words in (plain, [w for w in plain if (w,) not in fillers("anywhere")], form.words):
                    by_initials[_initials(words)].add(form.words)
                by_initials[legal + _initials(form.words)].add(form.words)
                if len(form.words) > 3 and form.words[0] in _one_word_heads():
                    by_initials[_initials(form.words[1:])].add(form.words)
        for mention, form in zip(self.mentions, self.forms, strict=True):
            short = mention.text
            if 2 <= len(short) <= 8 and short.isupper() and short.isalnum():
                fulls = by_initials.get(_spelt_out(short), set()) - {form.words}
                if len(fulls) == 1:
                    self._link(form.words, next(iter(fulls)))
            *head, last = form.words or ("",)
            if head and len(last) > 2 and short.endswith(last.upper()):
                # `Koperasi BLN` after `Koperasi Bahana Lintas Nusantara`.
                fulls = {
                    full
                    for full in distinct
                    if full[: len(head)] == tuple(head) and len(full) > len(form.words)
                }
                fulls = {full for full in fulls if _initials(full[len(head) :]) == _spelt_out(last)}
                if len(fulls) == 1:
                    self._link(form.words, next(iter(fulls)))

    def _read_cut_names(self) -> None:
        distinct = sorted(
            {self.words(i) for i in range(len(self.forms))}, key=lambda words: (len(words), words)
        )
        if len(distinct) > _MOST_NAMES:
            return
        by_letters: dict[str, Words] = {}
        for index, mention in enumerate(self.mentions):
            words = self.words(index)
            as_written = name_key(_BRACKET.sub(" ", mention.text))
            in_any_order = " ".join((*words[:1], *sorted(words[1:])))
            for letters in filter(None, (as_written, in_any_order)):
                self._link(words, by_letters.setdefault(letters, words))
        for short in filter(None, distinct):
            longer = [full for full in distinct if len(full) > len(short) and full[: len(short)] == short]
            chain = all(full == longer[-1][: len(full)] for full in longer)
            known = short in _named_kinds() and short[0] not in _area_heads()
            if not longer or not chain or known or not (len(short) > 1 or _is_a_name(short[0])):
                continue
            if name_key("".join(longer[-1][len(short) :])) not in self.place_names:
                self._link(short, longer[-1])


def _is_a_name(word: str) -> bool:
    return len(word) > 2 and word not in _one_word_heads()


@cache
def _one_word_heads() -> frozenset[str]:
    return frozenset(head[0] for head in (*heads(), *_named_kinds()) if head)


def group_institutions(
    mentions: Sequence[Mention],
    places: Sequence[NamedPlace] = (),
    text: str = "",
    *,
    dateline: str | None = None,
    offices: Sequence[Mention] = (),
) -> list[Institution]:
    """The institutions that ``mentions`` (label ORG, offsets into ``text``) name, each once in reading order.

    ``places`` are the article's place mentions with the ids of their records; one inside a name is its area.
    ``offices`` are the mentions labelled POS: a body that only an office names (`Kapolres Kendal`) is an institution
    too, and the areas of offices tell what area a bare `Dinas Kesehatan` belongs to.

    >>> text = "Pemkab Tanah Bumbu dan Tim Koordinasi Kerja Sama Daerah (TKKSD). Kata TKKSD, Pemkab setuju."
    >>> names = ["Pemkab Tanah Bumbu", "Tim Koordinasi Kerja Sama Daerah", "TKKSD"]
    >>> found = [Mention(text.index(name), text.index(name) + len(name), name, "ORG", 1.0) for name in names]
    >>> found += [Mention(70, 75, "TKKSD", "ORG", 1.0), Mention(77, 83, "Pemkab", "ORG", 1.0)]
    >>> [(body.name, body.acronym, len(body.mentions)) for body in group_institutions(found, [], text)]
    [('Pemkab Tanah Bumbu', 'Pemkab', 2), ('Tim Koordinasi Kerja Sama Daerah', 'TKKSD', 3)]
    """
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    inside = _Inside(places)
    names = _Names(ordered, inside, places, text)
    home = _home(places, dateline, [*ordered, *offices])
    bodies = [
        _institution([ordered[i] for i in members], [names.forms[i] for i in members], words, home)
        for words, members in _groups(names)
    ]
    bodies = _united(bodies)
    found = bodies + _named_by_offices(offices, bodies, inside, home)
    return sorted(found, key=lambda body: (body.mentions[0].start, -body.mentions[0].end))


def _groups(names: _Names) -> list[tuple[Words, list[int]]]:
    """The indexes of the names of each body, with the words that they come to."""
    written = [names.words(i) for i in range(len(names.forms))]
    areas: dict[Words, list[str]] = defaultdict(list)
    for words, form in zip(written, names.forms, strict=True):
        if form.area and form.area not in areas[words]:
            areas[words].append(form.area)
    groups: dict[tuple[Words, str | None], list[int]] = defaultdict(list)
    latest: dict[Words, str] = {}
    for index, (words, form) in enumerate(zip(written, names.forms, strict=True)):
        area = form.area
        if area is None and _is_national(words):
            pass
        elif area is None and len(areas[words]) == 1:
            area = areas[words][0]
        elif area is None:
            area = latest.get(words)
        else:
            latest[words] = area
        groups[words, area].append(index)
    return [(words, members) for (words, _), members in groups.items()]


def _united(bodies: Sequence[Institution]) -> list[Institution]:
    """The bodies, those with one key made one: `Bappenas` and `Kementerian PPN`."""
    by_key: dict[str, Institution] = {}
    found = []
    for body in bodies:
        first = by_key.get(body.key or "")
        if first is None:
            if body.key:
                by_key[body.key] = body
            found.append(body)
        else:
            joined = sorted([*first.mentions, *body.mentions], key=lambda mention: mention.start)
            whole = first._replace(
                name=fullest([mention.text for mention in joined]),
                place=first.place or body.place,
                mentions=joined,
            )
            found[found.index(first)] = by_key[first.key or ""] = whole
    return found


def _is_national(words: Words) -> bool:
    """Whether the bare name means the national body even where one of its offices is named too."""
    return (_named_kinds().get(words) or heads().get(words[:1], ("", ""))[0]) in ("ministry", "party")


class _Home(NamedTuple):
    """The area of each level that the article is about most, `any` that of its offices: ids of places, and codes."""

    ids: dict[str, str]
    codes: dict[str, str]

    def id_of(self, code: str) -> str | None:
        return next((self.ids[kind] for kind, own in self.codes.items() if own == code), None)


def _home(places: Sequence[NamedPlace], dateline: str | None, named: Sequence[Mention]) -> _Home:
    """What areas the article is about, from its ``dateline``, and the institutions and offices ``named``."""
    of_offices = Ranges((mention.start, mention.end) for mention in named)
    counts: dict[str, Counter[NamedPlace]] = defaultdict(Counter)
    first: dict[str, NamedPlace] = {}
    home = name_key(dateline) if dateline else None
    for place in places:
        same = first.setdefault(place.id, place)
        in_office = of_offices.cover(place.start, place.end)
        weight = 3 if name_key(place.name) == home else 2 if in_office else 1
        counts[place.kind][same] += weight
        if place.kind in ("regency", "city") or (place.kind == "province" and weight > 1):
            counts["any"][same] += weight
    counts["any"] = counts["any"] or counts["province"]
    most = {kind: count.most_common(1)[0][0] for kind, count in counts.items() if count}
    return _Home(
        {kind: place.id for kind, place in most.items()},
        {kind: place.code for kind, place in most.items() if place.code},
    )


def _institution(mentions: list[Mention], forms: Sequence[_Form], words: Words, home: _Home) -> Institution:
    """The record of one group of names."""
    names = [mention.text for mention in mentions]
    name = fullest(names)
    shorts = [n for n in (*names, *(b for form in forms for b in form.brackets)) if _is_acronym(n) and n != name]
    kind, level = _kind(words, mentions[0].text)
    area = next((form.area for form in forms if form.area), None)
    known = identify(words, area, home.codes)
    place = next((form.place for form in forms if form.place), None)
    if place is None and known and known.area:
        place = home.id_of(known.area)
    if place is None and level and not (known and known.area):
        place = home.ids.get(level)
    acronym = min(shorts, key=len) if shorts else known.acronym if known else None
    return Institution(
        name,
        acronym if acronym != name else None,
        kind or (known.kind if known else None),
        place,
        mentions,
        known and (known.full_name or (name if place else None)),
        known.key if known else None,
    )


def _named_by_offices(
    offices: Sequence[Mention], bodies: Sequence[Institution], inside: _Inside, home: _Home
) -> list[Institution]:
    """The bodies that offices name and no institution's mention does, each at its first office."""
    keys = {body.key for body in bodies if body.key}
    names = {name_key(mention.text) for body in bodies for mention in body.mentions}
    read: set[tuple[str, tuple[str, ...]]] = set()
    found = []
    for office in offices:
        places = inside.of(office)
        signature = (office.text, tuple(place.id for place in places))
        if signature in read:
            continue
        read.add(signature)
        body = _body_in_words(office, places, home) or _body_of_head(office, places, home)
        if body is None or (body.key in keys if body.key else name_key(body.name) in names):
            continue
        keys.add(body.key or "")
        names.add(name_key(body.name))
        found.append(body)
    return found


def _body_in_words(office: Mention, places: Sequence[NamedPlace], home: _Home) -> Institution | None:
    """The body whose name stands in an office's: `Kabid Humas Polda X`."""
    start = start_of_body(office.text)
    if start is None:
        return None
    name = Mention(office.start + start, office.end, office.text[start:], "ORG", office.score)
    form = _form(name.text, name.start, [place for place in places if place.start >= name.start])
    return _institution([name], [form], form.words, home)


def _body_of_head(office: Mention, places: Sequence[NamedPlace], home: _Home) -> Institution | None:
    """The body that an office's title says: `Kapolres X`, `Kadis Kominfo X`."""
    named, words = body_of_office(office.text)
    if not named:
        return None
    form = _form_of_office(words, places)
    known = identify(form.words, form.area, home.codes)
    if known is None or known.full_name is None:
        return None
    return _institution([office], [form], form.words, home)._replace(name=known.full_name)


def bodies_of_offices(
    offices: Sequence[Mention],
    keys: Mapping[str, str],
    places: Sequence[NamedPlace],
    named: Sequence[Mention],
    *,
    dateline: str | None = None,
) -> list[str | None]:
    """The id of the institution that each office belongs to, None where the article does not name it.

    ``keys`` are the article's institutions by their key, ``named`` the mentions labelled ORG and POS.

    >>> bupati = Mention(0, 13, "Bupati Bantul", "POS", 1.0)
    >>> place = NamedPlace(7, 13, "l1", "regency", "Bantul", "34.02")
    >>> bodies_of_offices([bupati], {"gov/34.02/pemkab": "i1"}, [place], [bupati])
    ['i1']
    """
    if not keys:
        return [None] * len(offices)
    inside = _Inside(places)
    home = _home(places, dateline, named).codes
    found: dict[tuple[str, tuple[str, ...]], str | None] = {}
    chosen = []
    for office in offices:
        within = inside.of(office)
        signature = (office.text, tuple(place.id for place in within))
        if signature not in found:
            found[signature] = next((keys[key] for key in _keys_of_office(office, within, home) if key in keys), None)
        chosen.append(found[signature])
    return chosen


def _keys_of_office(office: Mention, places: Sequence[NamedPlace], home: Mapping[str, str]) -> Iterator[str]:
    """The registry's keys of the bodies that an office's name says."""
    start = start_of_body(office.text)
    if start is not None:
        at = office.start + start
        form = _form(office.text[start:], at, [place for place in places if place.start >= at])
        if known := identify(form.words, form.area, home):
            yield known.key
    words = body_of_office(office.text)[1]
    if words:
        form = _form_of_office(words, places)
        if known := identify(form.words, form.area, home):
            yield known.key


def _form_of_office(words: Words, places: Sequence[NamedPlace]) -> _Form:
    """What the words of an office's body say, the ``places`` in the office taken out."""
    area: NamedPlace | None = None
    rest = list(words)
    for place in places:
        if place.code and place.kind in _ADMINISTRATIVE:
            area = place if area is None or len(place.code) > len(area.code or "") else area
        for word in folded(place.name):
            if word in rest[1:]:
                rest.remove(word)
    code = area.code if area else None
    expanded = written_out(rest)
    if not code:
        expanded, code = _split_area(expanded, code)
    return _Form(stripped(expanded), code, area.id if area else None, ())


def _is_acronym(name: str) -> bool:
    return 2 <= len(name) <= 14 and " " not in name and sum(c.isupper() for c in name) >= 2


def _kind(words: Words, text: str) -> tuple[str | None, str | None]:
    """The kind that a name's words say, and the level of area that such a body belongs to."""
    named = _named_kinds().get(words)
    plain = folded(text)
    for candidate in (plain, words):
        for size in range(min(LONGEST_HEAD, len(candidate)), 0, -1):
            if found := heads().get(candidate[:size]):
                area = found[1] or heads().get(words[:size], ("", ""))[1]
                return named or found[0], area or None
    if not named and _SITE.search(text):
        return "media", None
    if not named:
        named = next(
            (short.kind for n in (3, 2, 1) if (short := short_forms().get(plain[:n])) is not None), None
        )
    return named, None
