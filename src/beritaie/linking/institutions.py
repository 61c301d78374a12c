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
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from beritaie.lexicon import rows
from beritaie.linking.gazetteer import gazetteer, name_key
from beritaie.linking.mention import Mention
from beritaie.linking.places import fullest

Words = tuple[str, ...]

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_BRACKET = re.compile(r"\(([^()]{1,40})\)")
_OPENS = re.compile(r"[ \u00a0\n]{0,2}\([ \u00a0]?\Z")
_GLUED_FORM = re.compile(r"\b(PT|CV)(?=[A-Z][a-z])")
_SITE = re.compile(r"\w\.(?:co|com|id|net|news|tv)\b", re.I)
_REPEATED_LETTER = re.compile(r"([a-z])([2-9])")
_ADMINISTRATIVE = frozenset({"province", "regency", "city", "district", "village"})
_LONGEST_HEAD = 6
_NATIONAL = "ID"
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
    """An institution of the article; ``place`` is the id of its area, ``mentions`` are all its spans."""

    name: str
    acronym: str | None
    kind: str | None
    place: str | None
    mentions: list[Mention]


class _Form(NamedTuple):
    """What a name says: its words written out, without its area and fillers, and the area apart."""

    words: Words
    area: str | None
    place: str | None
    brackets: tuple[str, ...]


def _words(text: str) -> list[str]:
    short = text.replace(".", "") if "." in text and len(text) < 8 else text
    return _WORD.findall(_GLUED_FORM.sub(r"\1 ", short))


class _Short(NamedTuple):
    name: Words
    kind: str
    capitals: bool


@cache
def _registry() -> dict[Words, _Short]:
    return {
        tuple(word.casefold() for word in _words(row["acronym"])): _Short(
            tuple(word.casefold() for word in _words(row["name"])), row["kind"], row["acronym"].isupper()
        )
        for row in rows("institutions")
    }


@cache
def _full_names() -> frozenset[Words]:
    return frozenset(short.name for short in _registry().values())


@cache
def _named_kinds() -> dict[Words, str]:
    return {_stripped(list(short.name)): short.kind for short in _registry().values()}


@cache
def _heads() -> dict[Words, tuple[str, str]]:
    return {
        tuple(word.casefold() for word in _words(row["head"])): (row["kind"], row["area"])
        for row in rows("institution_heads")
    }


@cache
def _fillers(place: str) -> frozenset[Words]:
    return frozenset(
        tuple(row["word"].split()) for row in rows("institution_fillers") if row["place"] == place
    )


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


def _written_out(words: Sequence[str]) -> list[str]:
    """The words in small letters with every short form of the registry replaced by its name."""
    out: list[str] = []
    registry = _registry()
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_HEAD, len(words) - at), 0, -1):
            part = words[at : at + size]
            short = registry.get(tuple(word.casefold() for word in part))
            if short and (size > 1 or not short.capitals or part[0].isupper()):
                # `Dinas Kominfo`: the head stands before the short form of the whole already.
                name = short.name[1:] if out[-1:] == [short.name[0]] else short.name
                out += name
                at += size
                break
        else:
            out.append(words[at].casefold())
            at += 1
    return out


def _stripped(words: list[str]) -> Words:
    """The words without fillers; all of them if nothing else is there."""
    kept = list(words)
    trimmed = True
    while trimmed:
        trimmed = False
        for place in ("start", "end", "level"):
            for filler in _fillers(place):
                size = len(filler)
                edge = kept[:size] if place == "start" else kept[-size:]
                if tuple(edge) == filler and len(kept) > size + (place == "level"):
                    kept = kept[size:] if place == "start" else kept[:-size]
                    trimmed = True
    anywhere = _fillers("anywhere")
    return tuple(word for word in kept if (word,) not in anywhere) or tuple(words)


def _form(text: str, start: int, places: Sequence[NamedPlace]) -> _Form:
    """Read one name, ``text`` at character ``start``, with the places named inside it."""
    brackets = tuple(match[1] for match in _BRACKET.finditer(text))
    whole = tuple(word.casefold() for word in _words(_BRACKET.sub(" ", text)))
    if len(whole) > 1 and (known := _registry().get(whole)):
        return _Form(_stripped(list(known.name)), None, None, brackets)
    if whole in _full_names():
        return _Form(_stripped(list(whole)), None, None, brackets)
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
    words = _words(_BRACKET.sub(" ", rest))
    code = area.code if area else None
    expanded = _written_out(words)
    if not area and len(words) > 1 and _says_national(words) and not _is_national(_stripped(expanded)):
        code = _NATIONAL
    if not code:
        expanded, code = _split_area(expanded, code)
    if expanded[:1] == ["pemerintah"] and (area or len(expanded) > 1):
        expanded = _government(expanded, area.kind if area else _kind_of(code))
        return _Form(tuple(expanded), code, area.id if area else None, brackets)
    return _Form(_stripped(expanded), code, area.id if area else None, brackets)


def _says_national(words: Sequence[str]) -> bool:
    ends = _fillers("national")
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
    return frozenset(head[0] for head, (_, area) in _heads().items() if area)


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
    words = _words(text)
    for start in range(len(words) - 2, 0, -1):
        rest = words[start:]
        written = _stripped([word.casefold() for word in rest])
        if _spelt_out(bracket) in (_initials(written), _initials(word.casefold() for word in rest)):
            return _stripped(_written_out(rest))
    return None


def _in_bracket_behind(text: str, name: Mention, short: Mention) -> bool:
    """Whether ``short`` stands alone in brackets right behind ``name``."""
    between = text[name.end : min(short.start, name.end + 6)]
    return (
        name.end < short.start
        and _OPENS.fullmatch(between) is not None
        and text[short.end : short.end + 2].lstrip()[:1] == ")"
    )


class _Names:
    """The names of one article, and which of them the article makes the same."""

    def __init__(self, mentions: Sequence[Mention], places: Sequence[NamedPlace], text: str) -> None:
        self.mentions = mentions
        self.forms: list[_Form] = []
        read: dict[tuple[str, tuple[str, ...]], _Form] = {}
        for mention in mentions:
            inside = [p for p in places if mention.start <= p.start and p.end <= mention.end]
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
                    self._link(_stripped(_written_out(_words(bracket))), full or form.words)
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
            plain = [word.casefold() for word in _words(_BRACKET.sub(" ", mention.text))]
            if len(plain) > 1:
                legal = plain[0] if (plain[0],) in _fillers("start") else ""
                for words in (plain, [w for w in plain if (w,) not in _fillers("anywhere")], form.words):
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
    return frozenset(head[0] for head in (*_heads(), *_named_kinds()) if head)


def group_institutions(
    mentions: Sequence[Mention],
    places: Sequence[NamedPlace] = (),
    text: str = "",
    *,
    dateline: str | None = None,
) -> list[Institution]:
    """The institutions that ``mentions`` (label ORG, offsets into ``text``) name, each once in reading order.

    ``places`` are the article's place mentions with the ids of their records; one inside a name is its area.

    >>> text = "Pemkab Tanah Bumbu dan Tim Koordinasi Kerja Sama Daerah (TKKSD). Kata TKKSD, Pemkab setuju."
    >>> names = ["Pemkab Tanah Bumbu", "Tim Koordinasi Kerja Sama Daerah", "TKKSD"]
    >>> found = [Mention(text.index(name), text.index(name) + len(name), name, "ORG", 1.0) for name in names]
    >>> found += [Mention(70, 75, "TKKSD", "ORG", 1.0), Mention(77, 83, "Pemkab", "ORG", 1.0)]
    >>> [(body.name, body.acronym, len(body.mentions)) for body in group_institutions(found, [], text)]
    [('Pemkab Tanah Bumbu', None, 2), ('Tim Koordinasi Kerja Sama Daerah', 'TKKSD', 3)]
    """
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    names = _Names(ordered, sorted(places), text)
    written = [names.words(i) for i in range(len(ordered))]
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
    home = _home(places, dateline)
    return [
        _institution([ordered[i] for i in members], [names.forms[i] for i in members], words, home)
        for (words, _), members in groups.items()
    ]


def _is_national(words: Words) -> bool:
    """Whether the bare name means the national body even where one of its offices is named too."""
    return (_named_kinds().get(words) or _heads().get(words[:1], ("", ""))[0]) in ("ministry", "party")


def _home(places: Sequence[NamedPlace], dateline: str | None) -> dict[str, str]:
    """The area of each level that the article is about most: level → id of the place."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for place in places:
        weight = 3 if dateline and name_key(place.name) == name_key(dateline) else 1
        counts[place.kind][place.id] += weight
        if place.kind in ("regency", "city"):
            counts["any"][place.id] += weight
    counts["any"] = counts["any"] or counts["province"]
    return {kind: count.most_common(1)[0][0] for kind, count in counts.items() if count}


def _institution(
    mentions: list[Mention], forms: Sequence[_Form], words: Words, home: Mapping[str, str]
) -> Institution:
    """The record of one group of names."""
    names = [mention.text for mention in mentions]
    name = fullest(names)
    shorts = [
        n for n in (*names, *(b for form in forms for b in form.brackets)) if _is_acronym(n) and n != name
    ]
    kind, level = _kind(words, mentions[0].text)
    place = next((form.place for form in forms if form.place), None)
    if place is None and level:
        place = home.get(level)
    return Institution(name, min(shorts, key=len) if shorts else None, kind, place, mentions)


def _is_acronym(name: str) -> bool:
    return 2 <= len(name) <= 14 and " " not in name and sum(c.isupper() for c in name) >= 2


def _kind(words: Words, text: str) -> tuple[str | None, str | None]:
    """The kind that a name's words say, and the level of area that such a body belongs to."""
    named = _named_kinds().get(words)
    plain = tuple(word.casefold() for word in _words(text))
    for candidate in (plain, words):
        for size in range(min(_LONGEST_HEAD, len(candidate)), 0, -1):
            if found := _heads().get(candidate[:size]):
                area = found[1] or _heads().get(words[:size], ("", ""))[1]
                return named or found[0], area or None
    if not named and _SITE.search(text):
        return "media", None
    if not named:
        named = next(
            (short.kind for n in (3, 2, 1) if (short := _registry().get(plain[:n])) is not None), None
        )
    return named, None
