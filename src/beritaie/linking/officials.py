"""Tells who holds which office and whether it is held now, from what stands between and around them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from beritaie.language.quotation import in_quotation
from beritaie.lexicon import alternation, rows, settings
from beritaie.linking.mention import Mention
from beritaie.linking.persons import is_alias_gap, read_name
from beritaie.linking.positions import fullest, read_position

_SLIPPED_COMMA = 0.45  # weight of `Kapolres X. AKBP A`, a full stop where scrapers lost a comma
_LEAST = 0.45  # weight from which a link counts
TAKEN_UP = 0.5  # weight of `mantan Bupati itu`: it gives way to a holder named beside the office
_MAX_GAP = 200  # characters between a name and its office
_FAR = 160  # the same where a verb such as `dilantik sebagai` binds them
_LOOK_BACK = 60  # characters before an office that are searched for `mantan`, `calon` …
_ANAPHOR_REACH = 700  # characters back to the name that `mantan Bupati itu` takes up

_BRACKET = re.compile(r"\([^()]{0,80}\)")
_TOKEN = re.compile(r"\d+|[^\W_]+(?:-[^\W_]+)*|[^\w\s]")
_DASHES = dict.fromkeys("–—‐‑", "-")
_KNOWN = "◦"  # stands for an institution or place in a gap

_LINKS: dict[tuple[str, str], tuple[float, bool]] = {}
_SIDES: dict[str, set[tuple[str, str]]] = {}
for _row in rows("official_links"):
    if _row["side"] in ("before", "after"):
        _LINKS[_row["side"] + _row["mark"], _row["words"]] = (float(_row["weight"]), _row["shared"] == "yes")
    else:
        _SIDES.setdefault(_row["side"], set()).add((_row["mark"], _row["words"]))


def _filler(side: str) -> re.Pattern[str]:
    words = alternation(words for _, words in _SIDES[side])
    return re.compile(rf"(?<!\S)(?:{words}|\d{{1,4}}|{_KNOWN})(?!\S)")


_FILLERS = {"before": _filler("filler_before"), "after": _filler("filler_after")}
_SMALL: dict[str, list[str]] = settings("official_words")
_DEFINITE = re.compile(rf"\s?(?:\([^()]{{0,40}}\)\s?)?(?:{alternation(_SMALL['definite'])})\b")
_TICKET = re.compile(rf"\b(?:{alternation(_SMALL['ticket'])})(?: \d{{1,2}})?[\s,]{{1,2}}\Z", re.IGNORECASE)

_MARKER_STATUS = {
    " ".join(row["word"].casefold().split()): row["status"]
    for row in rows("position_markers")
    if row["place"] == "before"
}
_MARKERS_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>{alternation(_MARKER_STATUS)})[\s\"'“”]{{1,2}}\Z", re.IGNORECASE
)
_MARKER_BEHIND = {
    row["word"].casefold(): row["status"] for row in rows("position_markers") if row["place"] == "behind"
}
_MARKERS_BEHIND = re.compile(
    rf"[\s,]{{0,2}}(?:yang\s)?(?P<word>{alternation(_MARKER_BEHIND)})\b", re.IGNORECASE
)
_TERM = re.compile(
    rf"[\s,(]{{1,2}}(?:(?:{alternation(_SMALL['term'])})\s)?"
    r"(?:19|20)\d\d\s?[-–]\s?(?P<end>(?:19|20)\d\d)\b"
)
_SEVERAL = re.compile(
    rf"\b(?:{alternation(_SMALL['several'])})(?: (?:{alternation(_MARKER_STATUS)}))?\s\Z", re.IGNORECASE
)
_CANDIDATE_INSIDE = re.compile(rf"(?P<word>{alternation(_MARKER_STATUS)})\s", re.IGNORECASE)

_RANK = {"current": 0, "elect": 1, "candidate": 2, "former": 3, "acting": 4}


class Pair(NamedTuple):
    """One place where the text says that a person holds an office: indexes into the names and the offices."""

    name: int
    office: int
    status: str
    weight: float


class _Item(NamedTuple):
    """A name or an office in reading order."""

    start: int
    end: int
    number: int
    is_name: bool


@lru_cache(maxsize=1 << 14)
def _normal(gap: str) -> tuple[str, str]:
    """The marks and the words of a gap, brackets left out: ``("," , "yang juga")``."""
    plain = _BRACKET.sub(" ", gap)
    marks, words = [], []
    for token in (_DASHES.get(token, token) for token in _TOKEN.findall(plain)):
        if token[0].isalnum() or token == _KNOWN:
            words.append(token.casefold())
        elif token not in "\"'“”‘’":
            marks.append(token)
    return "".join(marks), " ".join(words)


def _link(gap: str, side: str) -> tuple[float, bool]:
    """How surely an office and a name belong together across ``gap``, and whether the name may hold more."""
    if len(gap) > _MAX_GAP or "\n\n" in gap:
        return 0.0, False
    if side == "after" and gap.strip() == ")":
        return 0.0, False
    marks, words = _normal(gap)
    for rest, factor in ((words, 1.0), (" ".join(_FILLERS[side].sub(" ", words).split()), 0.9)):
        exact = _LINKS.get((side + marks, rest))
        if exact is None and rest and set(marks) <= {","}:
            exact = _LINKS.get((side + "*", rest))
        if exact is None and not rest and marks == ",,":
            exact = _LINKS.get((side + ",", rest))
        if exact:
            weight = exact[0] * factor
            return (weight * 0.7 if _KNOWN in words else weight), exact[1]
    return 0.0, False


def _joins(gap: str, side: str) -> bool:
    """Whether ``gap`` is one of the plain joints of ``side`` (`chain`, `coordination`)."""
    if "\n\n" in gap or len(gap) > 60:
        return False
    marks, words = _normal(gap)
    if side == "coordination":
        words = " ".join(word for word in words.split() if word not in _MARKER_STATUS)
    return (marks, words) in _SIDES[side] or (
        bool(words) and set(marks) <= {","} and ("*", words) in _SIDES[side]
    )


class _Reading:
    """The names and offices of one text in reading order, and the pairs found so far."""

    def __init__(self, text: str, items: list[_Item], known: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.items = items
        self.known = known
        self.found: dict[int, list[tuple[int, float]]] = {}  # office index -> names
        self.tickets: list[_Item] = []  # the two offices that pairs of names stand for
        self.marked_as: dict[
            int, int
        ] = {}  # office index -> the office whose marker before (`calon`) it shares
        self.ends_as: dict[
            int, int
        ] = {}  # office index -> the office whose marker behind (`terpilih`) it shares

    def gap(self, left: _Item, right: _Item) -> str:
        """The text between two items, institutions and places masked."""
        start, end = left.end, right.start
        if end - start > 400:
            return self.text[start:end]
        pieces, at = [], start
        for a, b in self.known[bisect_left(self.known, (start, 0)) : bisect_left(self.known, (end, 0))]:
            if at <= a and b <= end:
                pieces += [self.text[at:a], _KNOWN]
                at = b
        return "".join([*pieces, self.text[at:end]])

    def before(self, item: _Item) -> str:
        """The words right before an item."""
        return self.text[max(0, item.start - _LOOK_BACK) : item.start]

    def titled(self, name: _Item) -> bool:
        """Whether a rank or degree stands before the name: it is no sentence's first word."""
        return bool(read_name(self.text[name.start : name.end]).honorifics)

    def pair(self, office: _Item, name: _Item, weight: float) -> None:
        self.found.setdefault(office.number, []).append((name.number, weight))


def pair_mentions(
    text: str,
    names: Sequence[tuple[int, int, str]],
    offices: Sequence[Mention],
    known: Iterable[tuple[int, int]] = (),
    *,
    year: int | None = None,
) -> list[Pair]:
    """Every place where ``text`` says that a person holds, held or stands for an office.

    ``names`` are ``(start, end, person id)`` and ``offices`` the POS mentions, all in characters of ``text``;
    ``known`` are the ranges of institutions and places (they may stand between); ``year`` is that of
    publication: a term that ended before it makes the office a former one.

    >>> text = "Bupati Sukamaju, Anwar, didampingi mantan Sekda Budi"
    >>> offices = [Mention(0, 15, "Bupati Sukamaju", "POS", 1.0), Mention(42, 47, "Sekda", "POS", 1.0)]
    >>> [pair[:3] for pair in pair_mentions(text, [(17, 22, "p1"), (48, 52, "p2")], offices)]
    [(0, 0, 'current'), (1, 1, 'former')]
    """
    items = _in_order(text, names, offices)
    reading = _Reading(text, items, sorted(known))
    for run in _pair_plurals(reading):
        _pair_run(reading, run)
    _pair_far(reading, offices)
    pairs = []
    for office_index, holders in sorted(reading.found.items()):
        first = offices[reading.marked_as.get(office_index, office_index)]
        last = offices[reading.ends_as.get(office_index, office_index)]
        status = _status(text, offices[office_index], (first.start, last.end), year)
        pairs += [Pair(name, office_index, status, weight) for name, weight in holders]
    return pairs


def _in_order(text: str, names: Sequence[tuple[int, int, str]], offices: Sequence[Mention]) -> list[_Item]:
    """Names and offices by where they stand; one with its other name in brackets behind it is one item."""
    merged: list[_Item] = []
    for item in sorted(
        [_Item(start, end, i, True) for i, (start, end, _) in enumerate(names)]
        + [_Item(office.start, office.end, i, False) for i, office in enumerate(offices)],
        key=lambda item: (item.start, -item.end),
    ):
        last = merged[-1] if merged else None
        if last and item.start < last.end:
            continue
        if last and item.is_name == last.is_name and (end := _second_name(text, names, last, item)):
            merged[-1] = last._replace(end=end)
            continue
        merged.append(item)
    return merged


def _second_name(text: str, names: Sequence[tuple[int, int, str]], last: _Item, item: _Item) -> int | None:
    """Where an item ends that only says the one before it in other words: `Menteri Keuangan (Menkeu)`."""
    if item.start - last.end > _LOOK_BACK:
        return None
    gap = text[last.end : item.start]
    if gap.strip() == "(" and text.startswith(")", item.end):
        same = not item.is_name or names[last.number][2] == names[item.number][2]
        return item.end + 1 if same else None
    if not item.is_name or names[last.number][2] != names[item.number][2]:
        return None
    return item.end if gap.strip() in _SMALL["or"] or is_alias_gap(gap) else None


def _pair_plurals(reading: _Reading) -> list[list[_Item]]:
    """Pair `Bupati dan Wakil Bupati X, A dan B` and the like; the runs of items that are left over."""
    items, runs, run, at = reading.items, [], list[_Item](), 0
    while at < len(items):
        four = items[at : at + 4]
        kinds = [item.is_name for item in four]
        taken = 0
        if len(four) == 4 and kinds in ([False, False, True, True], [True, True, False, False]):
            taken = _pair_four(reading, four)
        if not taken and len(four) >= 3 and kinds[:3] == [True, True, False]:
            taken = _pair_group(reading, four)
        if not taken and len(four) >= 3 and kinds[:3] == [False, True, True]:
            taken = _pair_proxy(reading, four) or _pair_list(reading, at)
        if not taken and kinds[:2] == [True, True]:
            taken = _pair_rivals(reading, four)
        if taken:
            runs.append(run)
            run = []
            at += taken
        else:
            run.append(items[at])
            at += 1
    return [*runs, run]


def _pair_four(reading: _Reading, four: list[_Item]) -> int:
    """`Bupati dan Wakil Bupati X, A dan B`, `A dan B sebagai Bupati dan Wakil Bupati X`."""
    first, _, third, _ = four
    gaps = [reading.gap(a, b) for a, b in pairwise(four)]
    if not (_joins(gaps[0], "coordination") and _joins(gaps[2], "coordination")):
        return 0
    marks, words = _normal(gaps[1])
    joined = _link(gaps[1], "after" if first.is_name else "before")[0] > 0
    joined = joined or (("*", words) in _SIDES["group"] and set(marks) <= {","})
    if first.is_name and not joined:
        joined = len(gaps[1]) < _FAR and _FAR_VERBS.search(reading.before(third)) is not None
    if not joined:
        return 0
    offices, names = (four[2:], four[:2]) if first.is_name else (four[:2], four[2:])
    for office, name in zip(offices, names, strict=True):
        reading.pair(office, name, 0.9)
    if not _MARKERS_BEFORE.search(reading.before(offices[1])):
        reading.marked_as[offices[1].number] = offices[0].number
    reading.ends_as[offices[0].number] = offices[1].number
    reading.tickets = offices
    return 4


def _pair_group(reading: _Reading, three: list[_Item]) -> int:
    """`A dan B, keduanya anggota X`: both names hold the office."""
    first, second, office = three[:3]
    words = _normal(reading.gap(second, office))[1]
    if (
        _joins(reading.gap(first, second), "coordination")
        and any(word in words.split() for _, word in _SIDES["group"] if " " not in word)
        and len(words) < 60
    ):
        reading.pair(office, first, 0.8)
        reading.pair(office, second, 0.8)
        return 3
    return 0


def _pair_proxy(reading: _Reading, items: list[_Item]) -> int:
    """`kuasa hukum A, B`: the second name holds the office, the first is whom it serves."""
    office, client, name = items[:3]
    marks, words = _normal(reading.gap(client, name))
    if read_position(reading.text[office.start : office.end]).kind != "proxy":
        return 0
    if reading.gap(office, client).strip() or marks not in ("", ",") or words not in _SMALL["namely"]:
        return 0
    reading.pair(office, name, 0.8)
    return 3


def _pair_rivals(reading: _Reading, items: list[_Item]) -> int:
    """`… nomor urut 2 C-D`: a further pair stands for the offices that the pair before it stands for."""
    first, second = items[:2]
    if not reading.tickets or not _TICKET.search(reading.before(first)):
        return 0
    if not _joins(reading.gap(first, second), "coordination"):
        return 0
    for office, name in zip(reading.tickets, (first, second), strict=True):
        reading.pair(office, name, 0.7)
    return 2


def _pair_list(reading: _Reading, at: int) -> int:
    """`para anggota X, A, B dan C`: every name of the list holds the office."""
    items = reading.items
    office, first = items[at], items[at + 1]
    if not _SEVERAL.search(reading.before(office)) or not _link(reading.gap(office, first), "before")[0]:
        return 0
    reading.pair(office, first, 0.7)
    taken = 2
    while at + taken < len(items) and items[at + taken].is_name:
        marks, words = _normal(reading.gap(items[at + taken - 1], items[at + taken]))
        if marks not in ("", ",") or words not in _SMALL["and"] or not (marks or words):
            break
        reading.pair(office, items[at + taken], 0.7)
        taken += 1
    return taken


class _Choice(NamedTuple):
    """A choice of links up to some group: their total weight, the last link, and the choice before it."""

    total: float
    group: int = 0
    weight: float = 0.0
    before: _Choice | None = None


def _pair_run(reading: _Reading, run: list[_Item]) -> None:
    """Choose the links between neighbours so that their weights add up to the most."""
    groups: list[list[_Item]] = []
    for item in run:
        last = groups[-1][-1] if groups else None
        if last and not last.is_name and not item.is_name and _joins(reading.gap(last, item), "chain"):
            groups[-1].append(item)
        else:
            groups.append([item])
    free, used = _Choice(0.0), _Choice(-1.0)  # the group before is not linked, or is
    for i, (left, right) in enumerate(pairwise(groups), start=1):
        top = max(free, used, key=lambda choice: choice.total)
        weight, shared = _weigh(reading, left, right)
        base = top if shared else free
        free, used = top, _Choice(base.total + weight, i, weight, base) if weight else _Choice(-1.0)
    choice: _Choice | None = max(free, used, key=lambda choice: choice.total)
    while choice is not None:
        if choice.weight:
            left, right = groups[choice.group - 1], groups[choice.group]
            name, held = (left[-1], right) if left[-1].is_name else (right[0], left)
            for office in held:
                reading.pair(office, name, choice.weight)
        choice = choice.before


def _weigh(reading: _Reading, left: list[_Item], right: list[_Item]) -> tuple[float, bool]:
    """How surely a name and the offices beside it belong together, and whether the name may hold more."""
    if left[-1].is_name == right[0].is_name:
        return 0.0, False
    side = "after" if left[-1].is_name else "before"
    gap = reading.gap(left[-1], right[0])
    weight, shared = _link(gap, side)
    if side == "before" and gap.strip() == "." and reading.titled(right[0]):
        weight = _SLIPPED_COMMA
    if side == "after" and not shared:
        weight *= _closing(reading.text, right[0].start, right[-1].end)
    return (weight, shared) if weight >= _LEAST else (0.0, False)


_CLOSED = re.compile(r"\s?(?:\([^()]{0,40}\)\s?)?[,.)\"”;:]|\s?\Z|\s{0,5}\n")
_HEADLINE = 300  # characters within which a text without a line break is its headline


def _closing(text: str, start: int, end: int) -> float:
    """How well an office behind a name is closed off: `A, Bupati X, …`; headlines go on without a mark."""
    term = _TERM.match(text, end)
    if _CLOSED.match(text, term.end() if term else end):
        return 1.0
    return 0.7 if start > _HEADLINE or "\n" in text[:start] else 0.5


_SENTENCE_END = re.compile(r"[.!?][\"”]?\s+(?=[\"“A-Z])|\n\s*\n")
_PRONOUN = re.compile(rf"\b(?:{alternation(_SMALL['pronouns'])})\b", re.IGNORECASE)
_FAR_VERBS = re.compile(
    r"(?<!\w)(?:"
    + alternation(
        words
        for (side, words), (weight, shared) in _LINKS.items()
        if side == "after*" and shared and weight >= 0.9 and words.split()[-1] in _SMALL["binding"]
    )
    + rf")\s(?:(?:{alternation([*_SMALL['article'], *_MARKER_STATUS])})\s){{0,2}}\Z",
    re.IGNORECASE,
)


def _pair_far(reading: _Reading, offices: Sequence[Mention]) -> None:
    """Pair offices left over: `A kemarin dilantik sebagai Bupati`, `mantan Bupati X itu`."""
    previous: _Item | None = None
    for at, item in enumerate(reading.items):
        if item.is_name:
            previous = item
            continue
        before = reading.before(item)
        if previous is None or item.number in reading.found or _SEVERAL.search(before):
            continue
        between = reading.text[previous.end : min(item.start, previous.end + _FAR + 1)]
        bound = _FAR_VERBS.search(before) is not None
        if bound and len(between) <= _FAR and not _SENTENCE_END.search(between):
            reading.pair(item, previous, 0.6)
            continue
        marked = _MARKERS_BEFORE.search(before) is not None
        definite = _DEFINITE.match(reading.text, item.end) and (
            marked or read_position(offices[item.number].text).tail
        )
        if definite or (bound and _PRONOUN.search(_SENTENCE_END.split(before)[-1])):
            subject = _subject(reading, at)
            if subject is not None:
                reading.pair(item, subject, TAKEN_UP)


def _subject(reading: _Reading, at: int) -> _Item | None:
    """The name that `Bupati X itu` takes up: the first outside quotations in the last sentence with one."""
    office = reading.items[at]
    text = reading.text[max(0, office.start - _ANAPHOR_REACH) : office.start]
    offset = office.start - len(text)
    starts = [offset, *(offset + match.end() for match in _SENTENCE_END.finditer(text))]
    names: list[list[_Item]] = [[] for _ in starts]
    for item in reversed(reading.items[:at]):
        if item.start < offset:
            break
        if item.is_name and not in_quotation(reading.text, item.start):
            names[bisect_right(starts, item.start) - 1].append(item)
    return next((found[-1] for found in reversed(names[:-1]) if found), None)


def _status(text: str, office: Mention, around: tuple[int, int], year: int | None) -> str:
    """Whether an office is held now, from the words around it; ``around`` is where they stand."""
    before = _MARKERS_BEFORE.search(text[max(0, around[0] - _LOOK_BACK) : around[0]])
    marker = before or _CANDIDATE_INSIDE.match(office.text)
    if marker:
        return _MARKER_STATUS[" ".join(marker["word"].casefold().split())]
    reading = read_position(office.text)
    if reading.acting or reading.kind == "candidate":
        return "acting" if reading.acting else "candidate"
    behind = _MARKERS_BEHIND.match(text, around[1])
    if behind:
        return _MARKER_BEHIND[" ".join(behind["word"].casefold().split())]
    term = _TERM.match(text, around[1])
    ended = term is not None and year is not None and int(term["end"]) < year
    return "former" if ended else "current"


def _wording(position: Mapping[str, Any], own: Sequence[Mention], holders: int) -> str:
    """The fullest wording of an office; where several hold it, the fullest one used of this person."""
    best = fullest(own)
    if holders > 1 and len(read_position(best.text).tail) >= 1:
        return best.text
    wording: str = position["name"]
    return wording


def link_officials(
    text: str,
    persons: Sequence[Mapping[str, Any]],
    positions: Sequence[Mapping[str, Any]],
    known: Iterable[tuple[int, int]] = (),
    *,
    year: int | None = None,
) -> list[dict[str, Any]]:
    """One `Official` record for each person and office that ``text`` pairs, in reading order.

    ``persons`` and ``positions`` are the article's records; ``known`` and ``year`` as in `pair_mentions`.

    >>> persons = [{"id": "p1", "name": "Anwar", "spans": [{"start": 7, "end": 12}]}]
    >>> spans = [{"start": 0, "end": 6, "text": "Bupati"}]
    >>> positions = [{"id": "o1", "name": "Bupati", "institution": None, "place": None, "spans": spans}]
    >>> [(o["name"], o["position"], o["status"]) for o in link_officials("Bupati Anwar", persons, positions)]
    [('Anwar', 'Bupati', 'current')]
    """
    names = sorted(
        (span["start"], span["end"], person["id"]) for person in persons for span in person["spans"]
    )
    owners = {(span["start"], span["end"]): position for position in positions for span in position["spans"]}
    offices = [Mention(start, end, text[start:end], "POS", 1.0) for start, end in sorted(owners)]
    by_id = {person["id"]: person for person in persons}
    office_by_id = {position["id"]: position for position in positions}
    chosen: dict[tuple[str, str], list[Pair]] = {}
    for pair in pair_mentions(text, names, offices, known, year=year):
        office = offices[pair.office]
        key = (names[pair.name][2], owners[office.start, office.end]["id"])
        chosen.setdefault(key, []).append(pair)
    named = {key[1] for key, pairs in chosen.items() if max(pair.weight for pair in pairs) > TAKEN_UP}
    chosen = {
        key: pairs
        for key, pairs in chosen.items()
        if key[1] not in named or max(pair.weight for pair in pairs) > TAKEN_UP
    }
    holders = Counter(position_id for _, position_id in chosen)
    found = []
    for (person, position_id), pairs in chosen.items():
        position = office_by_id[position_id]
        first = min(pairs, key=lambda pair: min(names[pair.name][0], offices[pair.office].start))
        start = min(names[first.name][0], offices[first.office].start)
        end = max(names[first.name][1], offices[first.office].end)
        found.append(
            {
                "person": person,
                "name": by_id[person]["name"],
                "position": _wording(
                    position, [offices[pair.office] for pair in pairs], holders[position_id]
                ),
                "position_id": position_id,
                "institution": position["institution"],
                "place": position["place"],
                "status": max((pair.status for pair in pairs), key=_RANK.__getitem__),
                "evidence": {"start": start, "end": end, "text": text[start:end]},
            }
        )
    return sorted(found, key=lambda record: (record["evidence"]["start"], record["evidence"]["end"]))
