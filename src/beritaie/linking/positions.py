"""Takes offices apart (`Kadis Kominfo`, `Pj Bupati X`) and tells which mentions mean the same office."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from beritaie.lexicon import rows
from beritaie.linking.mention import Mention

_BRACKET = re.compile(r"\([^()]{0,80}\)?")
_WORD = re.compile(r"[^\W_]+")
_GLUED = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_NUMERAL = re.compile(r"(?:[ivx]{1,5}|[a-e])\Z")
_TYPO = 84  # rapidfuzz ratio from which two long words are one
_MAX_WORDS = 40
_MOST_OFFICES = 400  # beyond that a text is no article; comparing all offices with all would take too long

_SHORT = {row["short"]: tuple(row["long"].split()) for row in rows("position_short_forms")}


def _words(text: str) -> tuple[str, ...]:
    """The words of an office in lower case, glued ones parted, short ones written out."""
    plain = _GLUED.sub(" ", _BRACKET.sub(" ", text)) if "(" in text else _GLUED.sub(" ", text)
    found: list[str] = []
    for word in _WORD.findall(plain)[:_MAX_WORDS]:
        folded = word.casefold()
        found.extend(_SHORT.get(folded) or (folded,))
    return tuple(found)


class _Head(NamedTuple):
    words: tuple[str, ...]
    head: str
    tail: tuple[str, ...]
    kind: str


def _heads() -> dict[str, list[_Head]]:
    by_first: dict[str, list[_Head]] = {}
    for row in rows("position_heads"):
        words = _words(row["word"])
        by_first.setdefault(words[0], []).append(_Head(words, row["head"], _words(row["tail"]), row["kind"]))
    for heads in by_first.values():
        heads.sort(key=lambda head: -len(head.words))
    return by_first


_HEADS = _heads()
_ACTING = sorted(
    (_words(row["word"]) for row in rows("position_markers") if row["place"] == "inside"),
    key=len,
    reverse=True,
)
_OUTSIDE = sorted(
    (
        _words(row["word"])
        for row in rows("position_markers")
        if row["place"] == "before" and len(row["word"]) < 15
    ),
    key=len,
    reverse=True,
)


class Office(NamedTuple):
    """An office taken apart: ``head`` in its one form, ``tail`` the telling words behind it in lower case."""

    head: str
    acting: bool
    tail: tuple[str, ...]
    kind: str


@lru_cache(maxsize=1 << 14)
def read_position(mention: str) -> Office:
    """Take the wording of an office apart; ``kind`` is a kind of the table `position_heads`.

    >>> read_position("Plt. Kadis Kominfo Kabupaten Sukamaju")
    Office(head='Kepala Dinas', acting=True, tail=('komunikasi', 'informatika', 'sukamaju'), kind='unit')
    """
    words = _words(mention)
    acting = False
    at = 0
    for _ in range(3):
        head = _match_head(words, at)
        if head and len(head.words) > 1:
            break
        marker = next((m for m in _ACTING if words[at : at + len(m)] == m and len(words) > at + len(m)), None)
        if marker:
            acting = True
            at += len(marker)
            continue
        outside = next(
            (m for m in _OUTSIDE if words[at : at + len(m)] == m and len(words) > at + len(m)), None
        )
        if not outside:
            break
        at += len(outside)
    deputy = at < len(words) - 1 and words[at] == "wakil" and not _match_head(words, at)
    head = _match_head(words, at + deputy)
    if head is None:
        first = words[at : at + 1 + deputy] or ("",)
        return Office(" ".join(first).capitalize(), acting, _telling(words[at + 1 + deputy :]), "many")
    name = f"Wakil {head.head}" if deputy else head.head
    at += deputy + len(head.words)
    if head.kind != "area" and at < len(words) and _NUMERAL.match(words[at]):
        name += f" {words[at].upper()}"
        at += 1
    return Office(
        name,
        acting,
        _telling(head.tail + words[at:]),
        "many" if deputy and head.kind == "unit" else head.kind,
    )


def trim_position(mention: Mention) -> Mention:
    """The mention without a leading `mantan`, `calon` …: those words are no part of the office.

    >>> trim_position(Mention(10, 23, "mantan Bupati", "POS", 1.0))[:3]
    (17, 23, 'Bupati')
    """
    for _ in range(3):
        words = _words(mention.text)
        marker = next((m for m in _OUTSIDE if words[: len(m)] == m and len(words) > len(m)), None)
        if marker is None or _match_head(words, 0):
            break
        parts = list(_WORD.finditer(mention.text))
        start = parts[len(marker)].start() if len(parts) > len(marker) else 0
        if not start:
            break
        mention = mention._replace(start=mention.start + start, text=mention.text[start:])
    return mention


def _match_head(words: tuple[str, ...], at: int) -> _Head | None:
    if at >= len(words):
        return None
    return next((h for h in _HEADS.get(words[at], ()) if words[at : at + len(h.words)] == h.words), None)


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    """The words that tell one unit or area from another."""
    return tuple(word for word in words if _SHORT.get(word, (word,)))


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    """Whether ``short`` is made of the beginnings of all ``words``: `bps`, `jateng`, `tubaba`."""
    if not words or len(words) > len(short):
        return not words and not short
    word = words[0]
    return any(
        short.startswith(word[:length]) and _abbreviates(short[length:], words[1:])
        for length in range(1, min(len(word), len(short) - len(words) + 1) + 1)
    )


def _fold(words: tuple[str, ...], others: Collection[str]) -> tuple[str, ...]:
    """``words`` with each run that a word of ``others`` abbreviates replaced by that word."""
    for short in others:
        if not 2 <= len(short) <= 12 or short in words:
            continue
        for start in range(len(words) - 1):
            if words[start][0] != short[0]:
                continue
            for end in range(min(len(words), start + 7), start + 1, -1):
                if _abbreviates(short, words[start:end]):
                    words = (*words[:start], short, *words[end:])
                    break
            else:
                continue
            break
    return words


@lru_cache(maxsize=1 << 14)
def covers(full: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether all telling words of ``part`` are found in ``full``, abbreviations and slips included.

    >>> covers(("badan", "pusat", "statistik", "sukamaju"), ("bps",)), covers(("sukamaju",), ("sukasari",))
    (True, False)
    """
    left, right = _fold(full, part), _fold(part, full)
    return all(
        word in left or any(len(word) > 4 and len(o) > 4 and fuzz.ratio(word, o) >= _TYPO for o in left)
        for word in right
    )


class _Cluster:
    """One office while the mentions are gathered."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.mentions: list[int] = []
        self.holders: set[str] = set()

    def add(self, index: int, holders: Iterable[str]) -> None:
        self.mentions.append(index)
        self.holders.update(holders)

    def takes(self, office: Office) -> bool:
        """Whether ``office`` can be short for this one: `Bupati` of `Bupati X`."""
        own = self.office
        if office.acting and not own.acting and own.tail:
            return False
        if office.head == own.head:
            first = office.tail[0][0] if office.tail else ""
            begins = not first or any(word[0] == first for word in own.tail)
            return begins and covers(own.tail, office.tail)
        if not office.tail or not own.head.startswith(f"{office.head} "):
            return False
        whole = (*own.head[len(office.head) :].casefold().split(), *own.tail)
        return covers(whole, office.tail) and not covers(own.tail, office.tail)


def gather_positions(mentions: Sequence[Mention], holders: Sequence[Collection[str]]) -> list[list[int]]:
    """The indexes of the mentions of each office, offices in order of their first mention.

    ``holders[i]`` are the persons that the text names as holding ``mentions[i]``: a short form belongs
    to the fuller office of the same person, else to the one last spoken of.

    >>> texts = ["Bupati Sukamaju", "Bupati", "Bupati Sukasari"]
    >>> found = [Mention(i * 50, i * 50 + len(t), t, "POS", 1.0) for i, t in enumerate(texts)]
    >>> gather_positions(found, [(), (), ()])
    [[0, 1], [2]]
    """
    offices = [read_position(mention.text) for mention in mentions]
    groups: dict[Office, list[int]] = {}
    for i, office in enumerate(offices):
        groups.setdefault(office, []).append(i)
    clusters: list[_Cluster] = []
    for office, members in sorted(groups.items(), key=lambda g: (-len(g[0].tail), not g[0].acting, g[1][0])):
        compared = clusters if len(groups) <= _MOST_OFFICES else ()
        fuller = [cluster for cluster in compared if cluster.takes(office)]
        left = _Cluster(office)
        for i in sorted(members, key=lambda i: not holders[i]):
            (_choose(i, office, holders[i], fuller, mentions) or left).add(i, holders[i])
        if left.mentions:
            clusters.append(left)
    if len(groups) <= _MOST_OFFICES:
        clusters = _unite_by_holder(clusters)
    return sorted((sorted(cluster.mentions) for cluster in clusters), key=lambda members: members[0])


def _choose(
    index: int, office: Office, held: Collection[str], fuller: Sequence[_Cluster], mentions: Sequence[Mention]
) -> _Cluster | None:
    """The fuller office that a mention is short for, if any."""
    if held:
        own = [cluster for cluster in fuller if not cluster.holders.isdisjoint(held)]
        if not own:
            own = [cluster for cluster in fuller if not cluster.holders]
        if not own and office.kind == "area" and len(fuller) == 1:
            own = list(fuller)
        fuller = own
    if not fuller:
        return None
    at = mentions[index].start

    def distance(cluster: _Cluster) -> tuple[bool, int]:
        before = [mentions[i].start for i in cluster.mentions if mentions[i].start <= at]
        return (
            (False, at - max(before))
            if before
            else (True, min(mentions[i].start for i in cluster.mentions) - at)
        )

    return min(fuller, key=distance)


def _unite_by_holder(clusters: list[_Cluster]) -> list[_Cluster]:
    """Unite offices of one head whose only holder is the same and whose wordings share a telling word."""
    kept: list[_Cluster] = []
    for cluster in clusters:
        twin = next(
            (
                other
                for other in kept
                if len(cluster.holders) == 1
                and other.holders == cluster.holders
                and other.office.head == cluster.office.head
                and cluster.office.kind != "many"
                and not set(other.office.tail).isdisjoint(cluster.office.tail)
            ),
            None,
        )
        if twin is None:
            kept.append(cluster)
        else:
            twin.mentions += cluster.mentions
    return kept


def fullest(mentions: Sequence[Mention]) -> Mention:
    """The mention with the fullest wording: most telling words, mixed case, most letters, first.

    >>> fullest([Mention(0, 5, "Sekda", "POS", 1.0), Mention(9, 23, "Sekda Sukamaju", "POS", 1.0)]).text
    'Sekda Sukamaju'
    """
    return max(
        mentions,
        key=lambda m: (
            len(read_position(m.text).tail),
            not m.text.isupper(),
            read_position(m.text).kind != "byname",
            len(m.text),
            -m.start,
        ),
    )


def link_positions(
    mentions: Sequence[Mention],
    holders: Sequence[Collection[str]],
    institutions: Sequence[Mapping[str, Any]] = (),
    places: Sequence[Mapping[str, Any]] = (),
    *,
    bodies: Sequence[str | None] = (),
    incumbents: Sequence[Collection[str]] = (),
) -> list[dict[str, Any]]:
    """Gather the mentions of each office into one `Position` record, in reading order as `o1`, `o2` …

    ``mentions`` are those labelled POS, ``holders[i]`` the ids of the persons that hold ``mentions[i]``;
    ``institutions`` and ``places`` are the article's records, linked where they lie inside an office, an
    institution also where its name is written in one. ``bodies[i]`` is the institution that the wording of
    ``mentions[i]`` says, ``incumbents[i]`` those of ``holders[i]`` who hold the office now.

    >>> found = [Mention(0, 15, "Bupati Sukamaju", "POS", 1.0), Mention(30, 36, "Bupati", "POS", 0.8)]
    >>> [(p["id"], p["name"], p["head"], p["score"]) for p in link_positions(found, [(), ()])]
    [('o1', 'Bupati Sukamaju', 'Bupati', 0.9)]
    """
    surfaces = _surfaces(institutions)
    within = _Within(institutions, widest=True), _Within(places, widest=False)
    found = []
    for number, members in enumerate(gather_positions(mentions, holders), start=1):
        chosen = [mentions[i] for i in members]
        best = fullest(chosen)
        found.append(
            {
                "id": f"o{number}",
                "name": best.text,
                "head": read_position(best.text).head,
                "acting": any(read_position(m.text).acting for m in chosen),
                "institution": (
                    within[0].of(chosen, best)
                    or _named_in(best, surfaces)
                    or _said(members, best, mentions, bodies)
                ),
                "place": within[1].of(chosen, best),
                "holder": _only({person for i in members if incumbents for person in incumbents[i]}),
                "spans": [{"start": m.start, "end": m.end, "text": m.text} for m in chosen],
                "score": round(sum(m.score for m in chosen) / len(chosen), 4),
            }
        )
    return found


class _Within:
    """Records by where their spans stand, to be asked what lies inside a mention."""

    def __init__(self, records: Sequence[Mapping[str, Any]], *, widest: bool) -> None:
        found = [(span["start"], span["end"], record["id"]) for record in records for span in record["spans"]]
        self._spans = sorted(found, key=lambda span: (span[0], -span[1] if widest else span[1]))
        self._starts = [start for start, _, _ in self._spans]

    def of(self, mentions: Sequence[Mention], best: Mention) -> str | None:
        """The id of the record that lies inside the fullest mention, or else inside another one."""
        for mention in (best, *mentions):
            first, last = bisect_left(self._starts, mention.start), bisect_left(self._starts, mention.end)
            inner = next((span for span in self._spans[first:last] if span[1] <= mention.end), None)
            if inner:
                return str(inner[2])
        return None


def _said(
    members: Sequence[int], best: Mention, mentions: Sequence[Mention], bodies: Sequence[str | None]
) -> str | None:
    """The institution that the fullest wording says, or else another one."""
    found = [bodies[i] for i in sorted(members, key=lambda i: mentions[i] is not best)] if bodies else []
    return next((body for body in found if body), None)


def _only(persons: Collection[str]) -> str | None:
    return next(iter(persons)) if len(persons) == 1 else None


def _surfaces(institutions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The id of each institution by every wording of its name, lower case between blanks, longest first."""
    forms = {
        f" {' '.join(span['text'].casefold().split())} ": str(record["id"])
        for record in institutions
        for span in record["spans"]
        if "text" in span
    }
    return dict(sorted(forms.items(), key=lambda form: -len(form[0])))


def _named_in(mention: Mention, bodies: Mapping[str, str]) -> str | None:
    """The id of the institution with the longest wording that the office contains."""
    plain = f" {' '.join(re.sub(r'[,()]', ' ', mention.text.casefold()).split())} "
    return next((identifier for form, identifier in bodies.items() if form in plain), None)
