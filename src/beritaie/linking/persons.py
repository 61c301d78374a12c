"""Tells which mentions of an article name one person: titles aside, nicknames and slips included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from beritaie.lexicon import alternation, column, rows, settings
from beritaie.linking.mention import Mention

_HONORIFIC_KIND = {row["word"].casefold(): row["kind"] for row in rows("honorifics")}


def _titles(*kinds: str) -> str:
    return alternation(row["word"] for row in rows("honorifics") if row["kind"] in kinds)


_TITLE = re.compile(
    rf"\W{{0,3}}(?P<word>{_titles('religious', 'academic', 'rank', 'address', 'nick', 'late', 'noble')})"
    r"(?:\.\s{0,3}|\s{1,3}|(?=\())",
    re.IGNORECASE,
)
_CORPS = re.compile(
    rf"\(?(?P<word>(?:{_titles('corps')}|P|T|K|S|E)(?=[\s.)]))\.?\)?\s{{0,3}}(?:\([A-Z]\)\s{{0,3}})?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’`ʼ](?=[^\W\d_])|-(?=[^\W_]))*|\d+")
_GLUED = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z][a-z])")
_QUOTES = str.maketrans("", "", "'’`ʼ-")


def _degree_pattern(degrees: Sequence[str]) -> str:
    spelled = (r"(?:\.\s?|\s(?=\S\.))?".join(map(re.escape, degree.split("."))) for degree in degrees)
    return "|".join(sorted(spelled, key=len, reverse=True))


_BARE_DEGREE = re.compile(
    r"(?:[\s.]\s{0,2})(?P<word>"
    rf"(?:{_degree_pattern([row['degree'] for row in rows('degrees') if row['bare'] == 'yes'])})"
    r"|[SMDA]\.[A-Z][A-Za-z]{0,4}(?:\.[A-Z][A-Za-z]{0,4}){0,2})\.?\s?\Z"
)
_ANY_DEGREE = re.compile(
    rf"(?:{_degree_pattern(column('degrees', 'degree'))}"
    r"|[A-Z][A-Za-z]{0,4}(?:\.\s?[A-Z][A-Za-z]{0,4}){0,3})\.?",
)
_MARK = re.compile(r"[\s,;.]{1,4}")

_VARIANTS = {row["form"]: row["name"] for row in rows("name_variants")}
_FATHER = frozenset(row["form"] for row in rows("name_variants") if row["name"] == "father")
_ALIAS_ROLE = {row["word"]: row["role"] for row in rows("alias_markers")}
_OR = frozenset(settings("official_words")["or"])
_ALIAS_PHRASES = tuple(word for word, role in _ALIAS_ROLE.items() if " " in word and role == "trigger")

_TYPO = 86  # rapidfuzz ratio from which two long name parts are one
_LONG_TYPO = 79  # the same for parts of seven letters or more
_MAX_WORDS = 12
_REACH = 80  # characters around a mention that are searched for `akrab disapa`


class Name(NamedTuple):
    """One mention taken apart: the name proper as characters of the mention, and what stands around it."""

    start: int
    end: int
    honorifics: tuple[str, ...]
    degrees: tuple[str, ...]
    words: tuple[str, ...]
    nick: str | None = (
        None  # a title such as `Gus` that was left with the name because only a nickname follows
    )


def read_name(mention: str) -> Name:
    """Take a mention of a person apart into honorifics, the name itself and degrees.

    ``start`` and ``end`` count characters of ``mention``; ``words`` are the name's parts in lower case.

    >>> name = read_name("dr. H. Anwar Hidayat, MSc")
    >>> "dr. H. Anwar Hidayat, MSc"[name.start : name.end], name.honorifics, name.degrees
    ('Anwar Hidayat', ('dr', 'H'), ('MSc',))
    """
    start, honorifics, nick_start = _strip_titles(mention)
    end = len(mention)
    bracket = mention.find(" (", start)
    if bracket > start:
        end = bracket
    end, degrees = _strip_degrees(mention, start, end)
    while end > start and mention[end - 1] in ' \u00a0\n,;-–"“”':
        end -= 1
    words = _without_father(name_words(mention[start:end]))
    nick = None
    if nick_start is not None and len(words) == 1:
        start, nick = nick_start, honorifics.pop()
    return Name(start, end, tuple(honorifics), tuple(degrees), words, nick)


def _without_father(words: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a name before `bin` or `binti`: what follows names the father."""
    fathers = [i for i, word in enumerate(words) if i and word in _FATHER]
    return words[: fathers[0]] if fathers else words


def _strip_titles(mention: str) -> tuple[int, list[str], int | None]:
    """Where the name starts, the titles before it, and where a title starts that belongs to a nickname."""
    at, honorifics = 0, list[str]()
    nick_start: int | None = None
    for _ in range(_MAX_WORDS):
        ranked = honorifics and _HONORIFIC_KIND.get(honorifics[-1].casefold(), "corps") in ("rank", "corps")
        match = (ranked and _CORPS.match(mention, at)) or _TITLE.match(mention, at)
        if not match or not re.search(r"[^\W\d_]", mention[match.end() :]):
            break
        word = match["word"]
        if len(word) == 1 and word.islower():
            break
        nick_start = match.start("word") if _HONORIFIC_KIND.get(word.casefold()) == "nick" else None
        honorifics.append(word)
        at = match.end()
    while at < len(mention) and not mention[at].isalnum():
        at += 1
    return (at, honorifics, nick_start) if at < len(mention) else (0, [], None)


def _strip_degrees(mention: str, start: int, end: int) -> tuple[int, list[str]]:
    """Where the name ends, and the degrees behind it."""
    degrees: list[str] = []
    comma = mention.find(",", start, end)
    if comma > start:
        at = comma
        while at < end and (gap := _MARK.match(mention, at, end)):
            found = _ANY_DEGREE.match(mention, gap.end(), end)
            if not found:
                break
            degrees.append(found[0].strip())
            at = found.end()
        end = comma
    for _ in range(_MAX_WORDS):
        match = _BARE_DEGREE.search(mention, max(start + 1, end - 24), end)
        if not match or not mention[start : match.start()].strip():
            break
        degrees.insert(0, match["word"])
        end = match.start()
    return end, degrees


def name_words(name: str) -> tuple[str, ...]:
    """The parts of a name in lower case, glued ones parted, spelling marks left out.

    >>> name_words("M. Sya'ban SitiAminah")
    ('m', 'syaban', 'siti', 'aminah')
    """
    parted = _GLUED.sub(" ", name)
    return tuple(word.translate(_QUOTES).casefold() for word in _WORD.findall(parted)[:_MAX_WORDS])


@lru_cache(maxsize=1 << 16)
def _same_word(left: str, right: str) -> int:
    """How surely two parts of names are one: 2 the same, 1 an initial, variant or slip, 0 different."""
    if left == right:
        return 2
    if _VARIANTS.get(left, left) == _VARIANTS.get(right, right):
        return 1
    if len(left) == 1 or len(right) == 1:
        return int(left[0] == right[0])
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= 5 and longer.startswith(shorter) and len(longer) - len(shorter) <= 2:
        return 1
    enough = _TYPO if len(shorter) < 7 else _LONG_TYPO
    return int(len(shorter) >= 4 and fuzz.ratio(left, right) >= enough)


def same_name(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether the parts of two names can name one person: one is found in the other, in order.

    >>> same_name(("budi", "wijaya"), ("budi", "s", "wijaya"))
    True
    >>> same_name(("budi", "wijaya"), ("budi", "susilo"))
    False
    """
    shorter, longer = sorted((left, right), key=len)
    if not shorter:
        return False
    if len(shorter) == len(longer) == 1:
        return _same_word(shorter[0], longer[0]) == 2 or (
            min(len(shorter[0]), len(longer[0])) >= 4 and _same_word(shorter[0], longer[0]) > 0
        )
    at = sure = 0
    for word in shorter:
        while at < len(longer) and not _same_word(word, longer[at]):
            at += 1
        if at == len(longer):
            return "".join(shorter) == "".join(longer)
        alike = _same_word(word, longer[at])
        sure += alike == 2 or (alike == 1 and min(len(word), len(longer[at])) >= (4 if at == 0 else 5))
        at += 1
    return sure >= 1


def _contracts(nick: str, words: tuple[str, ...]) -> bool:
    """Whether a nickname is made of the beginnings of two parts or more: `Zulhas` of `Zulkifli Hasan`."""
    if len(words) < 2 or not 4 <= len(nick) <= 12:
        return False

    def rest_fits(at: int, index: int, used: int) -> bool:
        if at == len(nick):
            return used >= 2
        if index == len(words):
            return False
        word = words[index]
        if used == 0 and index > 0:
            return False
        lengths = range(2, min(len(word) - 1, len(nick) - at) + 1)
        return any(
            nick.startswith(word[:length], at) and rest_fits(at + length, index + 1, used + 1)
            for length in lengths
        ) or (used > 0 and rest_fits(at, index + 1, used))

    return rest_fits(0, 0, 0)


_NICKNAMES = {name_words(row["nickname"]): name_words(row["name"]) for row in rows("nicknames")}


def is_nickname(nick: tuple[str, ...], name: tuple[str, ...], *, capitals: bool) -> bool:
    """Whether ``nick`` is made from ``name`` or known for it; ``capitals``: it is written all in capitals.

    >>> is_nickname(("bamsas",), ("bambang", "sasongko"), capitals=False)
    True
    """
    known = _NICKNAMES.get(nick)
    if known and same_name(known, name):
        return True
    if len(nick) != 1 or not name:
        return False
    if len(nick[0]) >= 5 and name[0].startswith(nick[0]):
        return True
    if capitals and len(nick[0]) >= 3 and len(nick[0]) == len(name):
        return all(letter == word[0] for letter, word in zip(nick[0], name, strict=True))
    return _contracts(nick[0], name)


class _Entity:
    """One person while the mentions are read."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.forms: set[tuple[str, ...]] = {words}
        self.mentions: list[int] = []

    def fits(self, words: tuple[str, ...]) -> bool:
        return words in self.forms or same_name(words, self.words)


class _Index:
    """The persons found so far, by how the parts of their names begin."""

    def __init__(self) -> None:
        self.by_beginning: dict[str, list[_Entity]] = {}

    def add(self, entity: _Entity) -> None:
        for beginning in _beginnings(entity.words):
            self.by_beginning.setdefault(beginning, []).append(entity)

    def near(self, words: tuple[str, ...]) -> list[_Entity]:
        """The persons with a part that begins like one of ``words``."""
        found = {id(e): e for beginning in _beginnings(words) for e in self.by_beginning.get(beginning, ())}
        return list(found.values())


def _beginnings(words: tuple[str, ...]) -> set[str]:
    return {_VARIANTS.get(word, word)[:3] for word in words} or {""}


def is_alias_gap(gap: str) -> bool:
    """Whether the words between two mentions say that the second is another name of the first.

    >>> is_alias_gap(" yang akrab disapa "), is_alias_gap(" bertemu ")
    (True, False)
    """
    if len(gap) > 120 or re.search(r"[.!?;\"“”]", gap):
        return False
    plain = " ".join(re.findall(r"[\w-]+", gap.casefold()))
    triggers = 0
    for phrase in _ALIAS_PHRASES:
        if phrase in plain:
            plain, triggers = plain.replace(phrase, " "), triggers + 1
    words = plain.split()
    if len(words) > 9 or not all(word in _ALIAS_ROLE for word in words):
        return False
    return triggers + sum(_ALIAS_ROLE[word] == "trigger" for word in words) > 0


_CLAUSE_END = re.compile(r"[.!?;:\"“”()]|\n\s*\n")


def _called_before(text: str, start: int) -> bool:
    """Whether the words right before a name say that somebody is called so: `Pria yang akrab disapa`."""
    words = re.findall(r"[\w-]+", _CLAUSE_END.split(text[max(0, start - _REACH) : start])[-1].casefold())
    for word in reversed(words):
        role = _ALIAS_ROLE.get(word)
        if role is None:
            return False
        if role == "trigger":
            return True
    return False


def _called_behind(text: str, end: int) -> bool:
    """Whether the words right behind a name say that somebody is called so: `, sapaan akrabnya`."""
    tail = text[end : end + _REACH]
    if not re.match(r"\s?,|\s?\(", tail):
        return False
    words = re.findall(r"[\w-]+", re.split(r"[,.)\n]", tail.lstrip(" ,("))[0].casefold())[:6]
    roles = [_ALIAS_ROLE.get(word) for word in words]
    known = roles[: roles.index(None)] if None in roles else roles
    return "own" in known or (len(known) == len(roles) and "trigger" in known)


def _alias_pairs(text: str, people: Sequence[Mention], offices: Sequence[Mention]) -> list[tuple[int, int]]:
    """Neighbouring mentions that the text says to be one person."""
    pairs = []
    offices = sorted(offices, key=lambda office: office.start)
    starts = [office.start for office in offices]
    for i, (one, other) in enumerate(pairwise(people)):
        if other.start < one.end:
            continue
        gap = text[one.end : other.start]
        if len(gap) > 250:
            continue
        for office in offices[bisect_left(starts, one.end) : bisect_left(starts, other.start)]:
            if office.end <= other.start:
                gap = gap.replace(text[office.start : office.end], " ")
        bracketed = gap.strip() == "(" and text[other.end : other.end + 1] in (")", ",", ";")
        if (
            bracketed
            or is_alias_gap(gap)
            or (gap.strip(" ,\u00a0") in _OR and _may_be_nick(one.text, other.text))
        ):
            pairs.append((i, i + 1))
    return pairs


def _nicknames_of_the_last(
    text: str, people: Sequence[Mention], owner: dict[int, _Entity], explained: set[int]
) -> list[tuple[int, int]]:
    """Nicknames explained without the name beside them, with the mention of the person last named."""
    pairs = []
    for i, mention in enumerate(people):
        if i in explained or len(owner[i].words) > 2:
            continue
        if not (_called_before(text, mention.start) or _called_behind(text, mention.end)):
            continue
        last = next((j for j in range(i - 1, -1, -1) if owner[j] is not owner[i]), None)
        if last is not None and len(owner[last].words) >= len(owner[i].words):
            pairs.append((last, i))
    return pairs


def _may_be_nick(full: str, nick: str) -> bool:
    """Whether `A atau B` rather gives a second name than a choice: B is short, A is full."""
    longer, shorter = read_name(full), read_name(nick)
    kind = _HONORIFIC_KIND.get(nick.split(maxsplit=1)[0].casefold()) if nick.split() else None
    return len(longer.words) >= 2 and (kind == "nick" or (len(shorter.words) == 1 and len(longer.words) >= 3))


def link_persons(
    text: str, mentions: Sequence[Mention], offices: Sequence[Mention] = ()
) -> list[dict[str, Any]]:
    """Gather the mentions of each person into one `Person` record.

    ``mentions`` are those labelled PER of ``text``, ``offices`` those labelled POS (they may stand between a
    name and a nickname); both count characters of ``text``. The records come in reading order as `p1`, `p2` …

    >>> text = "H. Anwar Hidayat datang. Anwar senang."
    >>> found = [Mention(0, 16, "H. Anwar Hidayat", "PER", 1.0), Mention(25, 30, "Anwar", "PER", 1.0)]
    >>> [(person["id"], person["name"], len(person["spans"])) for person in link_persons(text, found)]
    [('p1', 'Anwar Hidayat', 2)]
    """
    people = sorted((m for m in mentions if m.text.strip()), key=lambda m: (m.start, m.end))
    names = [read_name(mention.text) for mention in people]
    groups = _group(text, people, names, offices)
    return [_record(f"p{number}", [people[i] for i in group], [names[i] for i in group])
            for number, group in enumerate(groups, start=1)]  # fmt: skip


def _group(
    text: str, people: Sequence[Mention], names: Sequence[Name], offices: Sequence[Mention]
) -> list[list[int]]:
    """The indexes of the mentions of each person, persons in order of their first mention."""
    owner = _owners(names, _full_names(names, _offices_before(people, offices)))
    aliases = _alias_pairs(text, people, offices)
    for one, other in aliases:
        _unite(owner, one, other)
    explained = {index for pair in aliases for index in pair}
    for one, other in _nicknames_of_the_last(text, people, owner, explained):
        _unite(owner, one, other)
    _unite_nicknames(people, names, owner)
    groups: dict[int, list[int]] = {}
    for i in range(len(people)):
        groups.setdefault(id(owner[i]), []).append(i)
    return list(groups.values())


def _offices_before(people: Sequence[Mention], offices: Sequence[Mention]) -> dict[int, str]:
    """The first word of the office right before each mention that has one."""
    ends = {office.end: office.text.split()[0].casefold() for office in offices if office.text.strip()}
    return {
        i: ends[mention.start - gap]
        for i, mention in enumerate(people)
        for gap in (1, 2)
        if mention.start - gap in ends
    }


def _full_names(names: Sequence[Name], offices: dict[int, str]) -> _Index:
    """One entity for each name that is not a part or a slip of a fuller one."""
    first: dict[tuple[str, ...], int] = {}
    count: dict[tuple[str, ...], int] = {}
    titled: set[tuple[str, ...]] = set()
    held: dict[tuple[str, ...], set[str]] = {}
    for i, name in enumerate(names):
        first.setdefault(name.words, i)
        count[name.words] = count.get(name.words, 0) + 1
        if name.degrees:
            titled.add(name.words)
        if i in offices:
            held.setdefault(name.words, set()).add(offices[i])
    index = _Index()
    for words in sorted(first, key=lambda w: (-len(w), -count[w], first[w])):
        fitting = [
            entity
            for entity in index.near(words)
            if same_name(words, entity.words)
            and (
                len(words) > 1
                or words[0] == entity.words[0]
                or not (words in titled or _apart(words, entity.words, first, held))
            )
        ]
        if len(words) > 1 and len(fitting) == 1:
            fitting[0].forms.add(words)
        elif not fitting:
            index.add(_Entity(words))
    return index


def _apart(
    part: tuple[str, ...],
    name: tuple[str, ...],
    first: dict[tuple[str, ...], int],
    held: dict[tuple[str, ...], set[str]],
) -> bool:
    """Whether a later part of a name is somebody else's: written well before it, or with another office."""
    offices = held.get(part), held.get(name)
    return 2 < first[part] < first[name] or bool(
        offices[0] and offices[1] and offices[0].isdisjoint(offices[1])
    )


def _owners(names: Sequence[Name], entities: _Index) -> dict[int, _Entity]:
    """Whose name each mention is: of those it fits, the one last spoken of, or else the one named next."""
    fitting = {words: _fitting(words, entities) for words in {name.words for name in names}}
    owner: dict[int, _Entity] = {}
    last_seen: dict[int, int] = {}
    chosen: dict[tuple[str, ...], _Entity] = {}
    for i, name in enumerate(names):
        candidates = fitting[name.words]
        seen = [entity for entity in candidates if id(entity) in last_seen]
        if len(candidates) == 1:
            best = candidates[0]
        elif seen:
            best = max(seen, key=lambda entity: last_seen[id(entity)])
            if name.words[0] != best.words[0]:
                best = chosen.get(name.words, best)
        else:
            best = min(candidates, key=lambda entity: _next_named(entity, names, i))
        chosen[name.words] = owner[i] = best
        last_seen[id(best)] = i
    return owner


def _fitting(words: tuple[str, ...], entities: _Index) -> list[_Entity]:
    """The persons that a name can mean, those named by exactly these words before others."""
    fitting = [entity for entity in entities.near(words) if entity.fits(words)]
    exact = [entity for entity in fitting if words in entity.forms]
    part = [entity for entity in fitting if len(words) == 1 and words[0] in entity.words]
    return exact or part or fitting


def _next_named(entity: _Entity, names: Sequence[Name], at: int) -> int:
    """Where the full name of a person next stands."""
    return next((j for j in range(at, len(names)) if names[j].words in entity.forms), len(names))


def _unite(owner: dict[int, _Entity], one: int, other: int) -> None:
    """Make the persons of two mentions one, under the fuller name."""
    left, right = owner[one], owner[other]
    if left is right:
        return
    kept, gone = (left, right) if len(left.words) >= len(right.words) else (right, left)
    for i, entity in owner.items():
        if entity is gone:
            owner[i] = kept


def _unite_nicknames(people: Sequence[Mention], names: Sequence[Name], owner: dict[int, _Entity]) -> None:
    """Give mentions that are only a known or built nickname to the one person whose name it comes from."""
    by_letter: dict[str, dict[int, _Entity]] = {}
    for entity in owner.values():
        by_letter.setdefault(entity.words[0][0] if entity.words else "", {})[id(entity)] = entity
    everybody = [entity for group in by_letter.values() for entity in group.values()]
    for i, name in enumerate(names):
        written = name_words(people[i].text)
        known = written in _NICKNAMES or name.words in _NICKNAMES
        if not name.words or not (known or len(name.words) == 1):
            continue
        capitals = people[i].text[name.start : name.end].isupper()
        fitting = [
            entity
            for entity in (everybody if known else by_letter.get(name.words[0][0], {}).values())
            if _size(entity) > _size(owner[i])
            and (
                is_nickname(written, entity.words, capitals=capitals)
                or is_nickname(name.words, entity.words, capitals=capitals)
            )
        ]
        if len(fitting) == 1 and owner[i] is not fitting[0]:
            first = next(j for j, entity in owner.items() if entity is fitting[0])
            _unite(owner, first, i)


def _size(entity: _Entity) -> tuple[int, int]:
    return len(entity.words), sum(map(len, entity.words))


def _record(identifier: str, mentions: Sequence[Mention], names: Sequence[Name]) -> dict[str, Any]:
    """The record of one person."""
    best = max(range(len(names)), key=lambda i: _fullness(mentions[i], names[i]))
    chosen = names[best]
    return {
        "id": identifier,
        "name": mentions[best].text[chosen.start : chosen.end] or mentions[best].text,
        "honorifics": _distinct(
            word
            for name in names
            for word in (*name.honorifics, name.nick if name.nick and not chosen.nick else "")
        ),
        "degrees": _distinct(word for name in names for word in name.degrees),
        "spans": [{"start": m.start, "end": m.end, "text": m.text} for m in mentions],
        "score": round(sum(m.score for m in mentions) / len(mentions), 4),
    }


def _fullness(mention: Mention, name: Name) -> tuple[int, bool, int, int]:
    """Order of mentions by how fully they name the person: most parts, mixed case, most letters, first."""
    core = mention.text[name.start : name.end]
    return (len(name.words), not core.isupper(), sum(map(len, name.words)), -mention.start)


def _distinct(words: Any) -> list[str]:
    seen: dict[str, str] = {}
    for word in words:
        seen.setdefault(re.sub(r"[\W_]", "", word).casefold(), word)
    return [word for word in seen.values() if word]
