"""Reads what a page says of itself: title, date, outlet, authors, dateline, language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple, TypedDict
from urllib.parse import urlsplit

from beritaie.cleaning.lines import Line, is_headline, is_paragraph, lines_of
from beritaie.cleaning.markup import Markup
from beritaie.cleaning.moments import date_line, named_date_line
from beritaie.cleaning.page import Cut
from beritaie.lexicon import alternation, rows, settings

_LONGEST_TITLE = 220
_HEAD = 2_000  # characters in which title, date and dateline stand
_FOOT = 600  # characters in which an office signs
_TELLING = 3_000  # characters that tell the language
_NAME_PIECES = re.compile(r"\s*(?:[/|;&,\n]|\bdan\b|\s[-–—]\s|\)\s*\()\s*")
_QUOTED_TITLE = re.compile(r"\b(?:dengan judul|berjudul)[^()]*", re.IGNORECASE)
_SITE = re.compile(r"(?<![\w@])[\w-]{2,30}\.(?:com|co\.id|co|id|net|tv|news|go\.id)\b\.?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


class Facts(TypedDict):
    """The fields of a Page that its text and its user state."""

    title: str | None
    title_span: tuple[int, int] | None
    published: dt.date | dt.datetime | None
    outlet: str | None
    authors: tuple[str, ...]
    dateline: str | None
    dateline_span: tuple[int, int] | None
    language: str | None


class Dateline(NamedTuple):
    """Where the article was written, and by whom, in front of its first sentence: offsets of the text."""

    place: str
    start: int
    end: int
    outlet: str | None


def facts_of(
    raw: str,
    kept: Sequence[tuple[int, int]],
    cuts: Sequence[Cut],
    *,
    url: str | None,
    title: str | None,
    published: dt.date | dt.datetime | None,
    markup: Markup,
) -> Facts:
    """What is known of the page: from its user first, then from its HTML, then from its text."""
    text = "".join(raw[start:end] for start, end in kept)
    head = lines_of(text[:_HEAD])
    title, title_span = _title(text, head, title or markup.title)
    host = _host(url)
    dateline = _dateline(text, head, title_span, host or markup.outlet)
    signed = [raw[cut.start : cut.end] for cut in cuts if cut.rule in _SIGNED]
    foot = " ".join(raw[cut.start : cut.end] for cut in cuts if cut.start > len(raw) - _FOOT)
    outlet = _outlet(host, dateline, markup.outlet, raw, signed=signed, foot=foot)
    return Facts(
        title=title,
        title_span=title_span,
        published=published or markup.published or _published(raw),
        outlet=outlet,
        authors=tuple(
            author for author in _authors(markup.authors, signed) if _squeezed(author) != _squeezed(outlet or "")
        ),
        dateline=dateline.place if dateline and dateline.place else None,
        dateline_span=(dateline.start, dateline.end) if dateline and dateline.place else None,
        language=language_of(text[:_TELLING]),
    )


_SIGNED = frozenset({"byline", "signature", "republished"})


def _authors(stated: Sequence[str], signed: Sequence[str]) -> tuple[str, ...]:
    """The authors that the page's head states, else those of its bylines, each once."""
    bylines = stated if any(map(names_in, stated)) else [line for cut in signed for line in _bylines(cut)]
    named = [(names, line) for line in bylines if (names := names_in(line))]
    writing = [names for names, line in named if not line.casefold().startswith(_editing())]
    return tuple(dict.fromkeys(name for names in writing or [names for names, _ in named] for name in names))


def _title(text: str, head: Sequence[Line], given: str | None) -> tuple[str | None, tuple[int, int] | None]:
    given = " ".join(given.split()) if given else None
    if given:
        pattern = r"\s{1,3}".join(map(re.escape, given[:1000].split(" ")))
        match = re.compile(pattern).search(text[:_HEAD])
        return given, match.span() if match else None
    if head and len(head) > 1 and _looks_like_title(head):
        first = head[0]
        return first.text, (first.start, first.end)
    return None, None


def _looks_like_title(head: Sequence[Line]) -> bool:
    """Whether the first line is a headline and no sentence of the text."""
    first, second = head[0].text, head[1].text
    if not 8 <= len(first) <= _LONGEST_TITLE or _dateline_of(first, 0, headed=False):
        return False
    if is_headline(first) or not is_paragraph(first):
        return True
    return (
        len(first) < 180
        and len(first) < len(second)
        and not first.endswith((",", ":"))
        and (sum(word[0].isupper() for word in first.split() if word) > len(first.split()) / 2)
    )


def _published(raw: str) -> dt.date | dt.datetime | None:
    """The date that stands alone in a line above the text: with a label, an outlet or a place at most."""
    lines = lines_of(raw[:_HEAD])
    for line in takewhile(lambda line: not is_paragraph(line.text), lines[1:_HEAD_LINES]):
        if len(line.text) > _LONGEST_DATE:
            continue
        if found := date_line(line.text) or named_date_line(line.text):
            return found
    return None


_HEAD_LINES = 15
_LONGEST_DATE = 120


_SITE_NAME = r"[A-Za-z][\w-]{1,30}(?:\.[A-Za-z]{2,7}){1,2}"


@cache
def _outlet_pattern() -> str:
    """A site's address, or an outlet's name as it stands in a dateline."""
    names = [row["name"] for row in rows("outlets") if row["in_dateline"] == "yes"]
    return rf"(?:{_SITE_NAME}|(?i:{alternation(names)})\b)"


_PLACE_WORD = r"[A-Z](?:[a-zé'’]{1,20}|[A-Z'’]{1,20})"
_PLACE = rf"(?:{_PLACE_WORD}(?:[ /-]{_PLACE_WORD}){{0,3}}?(?:,? D\.?C\.?)?)"
_CAPITALS = r"(?:[A-Z][A-Z'’]{2,20}(?:[ /][A-Z][A-Z'’]{1,20}){0,3}(?:, D\.?C\.?)?)"
_TITLED = r"[A-Z][a-z]\w{1,20}(?: [A-Z][a-z]\w{1,20}){0,2}"
_DASH = r"[ \u00a0]{0,3}(?:-{1,3}|[–—]{1,2})"


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    outlet, blank = _outlet_pattern(), r"[\s\u00a0]{0,4}"
    prefixes = alternation(settings("page")["dateline_prefixes"])
    doubles = alternation(settings("page")["first_words_of_places"])
    offices = alternation(settings("page")["dateline_offices"])
    teams = alternation(settings("page")["dateline_teams"])
    forms = (
        # Liputan6.com, Jakarta -; jpnn.com - JAKARTA -; KONTAN.CO.ID - JAKARTA.; KBRN, Medan:
        rf"(?P<outlet>{outlet}){blank}(?:\([^()\n]{{2,30}}\){blank})?"
        rf"(?:[,.]|{_DASH})?{blank}"
        rf"(?P<place>{_PLACE}){blank}(?:{_DASH}|:|(?<=[A-Z][A-Z])\.)",
        # JAKARTA, KOMPAS.com -; Jakarta, CNN Indonesia --; KALIANDA (Lampost.co) --; Jakarta (ANTARA) -
        rf"(?P<place>{_PLACE}){blank}"
        rf"(?:,{blank}(?P<outlet>{outlet})|\({blank}(?P<outlet2>{outlet}){blank}\))"
        rf"{blank}(?:{_DASH}|[:.]|(?=[A-Z\"“]))",
        # Liputan6.com, JakartaBank …: the dash was lost
        rf"(?P<outlet>{outlet}), (?P<place>(?:(?:{doubles}) )?[A-Z][a-z]{{2,15}})(?=[A-Z]|\s[A-Z])",
        # Muara Enim Tim News Room Kominfo.
        rf"(?P<place>{_PLACE}) (?P<outlet>(?:{teams})[A-Za-z ]{{0,30}})(?:{_DASH}|[.:])",
        # TRIBUNNEWS.COM - Caroline
        rf"(?P<outlet>{_SITE_NAME})(?P<place>){blank}[, ]{{0,2}}{_DASH}",
        # CBN Sukamaju —
        rf"(?P<outlet>[A-Z]{{2,5}} (?P<place>{_TITLED})){_DASH}\s",
        # SUKAMAJU –; MUARASABAK-Dalam; BERITA SUNGAI PENUH –
        rf"(?:(?:{prefixes}) )?(?P<place>{_CAPITALS})"
        rf"(?:{_DASH}(?![A-Z][A-Z]|\d)|(?<=[A-Z]{{6}})\.(?=\s[A-Z]))",
        # Bandung - Gubernur; Muarasabak- Bupati; Jakarta\n-\n
        rf"(?P<place>{_TITLED})"
        r"(?:[ \u00a0]{1,2}(?:-{1,2}|[–—])|(?:-{1,2}|[–—]) |\s{0,2}\n-\n)\s{0,3}(?=[A-Z\"“'\d])",
        # Muara Sabak, Dinas Kominfo …: an office writes
        rf"(?P<place>{_PLACE}), (?={offices}\b)",
        # Wonosobo. Sensus …
        r"(?P<place>[A-Z][a-z]{3,20})\. (?=[A-Z])",
        # Kendari, 28 Agustus 2021
        rf"(?P<place>{_PLACE}), (?=\d{{1,2}} [A-Z][a-z]{{2,9}} \d{{4}}\s{{0,3}}$)",
    )
    return tuple(re.compile(form, re.MULTILINE) for form in forms)


def _dateline(
    text: str, head: Sequence[Line], title_span: tuple[int, int] | None, site: str | None
) -> Dateline | None:
    """The dateline in front of the first sentence, the title and a subtitle skipped."""
    after = title_span[1] if title_span else 0
    body = [line for line in head if line.start >= after]
    for line in body[:4]:
        opening = text[line.start : line.start + 200]
        found = _dateline_of(opening, line.start, headed=line is body[0]) or _strange_dateline(
            opening, line.start, site
        )
        if found:
            return found
        if is_paragraph(line.text):
            break
    return None


def _dateline_of(line: str, offset: int, *, headed: bool) -> Dateline | None:
    for number, form in enumerate(_datelines()):
        match = form.match(line)
        if match is None or (
            number > _SURE and not headed and not date_line(line.split("\n", maxsplit=1)[0])
        ):
            continue
        named = match.groupdict()
        place = match["place"].rstrip(".")
        if place and (place.casefold() in _no_places() or len(place) < 4):
            continue
        start = offset + match.start("place")
        return Dateline(place, start, start + len(place), named.get("outlet") or named.get("outlet2"))
    return None


_NAME = r"[A-Z][\w'’.]{0,20}(?:[ -][A-Z][\w'’.]{0,20}){0,3}"
_STRANGE = (
    # WATES, Lintas Teluk –; Lintas Teluk, Wates –
    re.compile(rf"(?P<first>{_NAME}), {{0,2}}(?P<second>{_NAME})(?:\s{{1,3}}(?:-{{1,2}}|[–—])|[–—]|--)\s{{0,3}}(?=\S)"),
    # WATES (Lintas Teluk):
    re.compile(rf"(?P<first>{_NAME}) {{0,2}}\( ?(?P<second>{_NAME}) ?\) {{0,2}}(?:-{{1,2}}|[–—:])\s{{0,3}}(?=\S)"),
)


def _strange_dateline(line: str, offset: int, site: str | None) -> Dateline | None:
    """A dateline with an outlet that no table knows: its host or name and the gazetteer tell which is the place."""
    for form in _STRANGE:
        if (match := form.match(line)) and (side := _place_side(match["first"], match["second"], site)):
            other = match["second" if side == "first" else "first"]
            outlet = None if other.casefold() in _no_places() or _is_area(other) else other
            return Dateline(match[side], offset + match.start(side), offset + match.end(side), outlet)
    return None


def _place_side(first: str, second: str, site: str | None) -> str | None:
    """Which of the two names in front of a first sentence is the place."""
    weekday = second.casefold() in _weekdays()
    if weekday or first.casefold() in _no_places():
        return "first" if weekday and first.casefold() not in _no_places() and _is_area(first) else None
    if site and _squeezed(first) in _squeezed(site):
        return "second"
    if _is_area(first) or _is_country(second) or (site and _squeezed(second) in _squeezed(site)):
        return "first"
    if _is_area(second):
        return "second"
    for side, name in (("first", first), ("second", second)):
        if _is_village(name):
            return side
    return "first" if first.isupper() and len(first) > 3 else None


def _is_area(name: str) -> bool:
    from beritaie.linking.gazetteer import gazetteer

    return bool(gazetteer().named(name) or gazetteer().parts(name)) or _is_country(name)


def _is_country(name: str) -> bool:
    from beritaie.linking.gazetteer import gazetteer

    return gazetteer().country(name) is not None


def _is_village(name: str) -> bool:
    from beritaie.linking.gazetteer import gazetteer

    return bool(gazetteer().villages(name))


def _squeezed(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(row["word"].casefold() for row in rows("weekdays"))


_SURE = 6  # forms behind this one stand only at the head of the text


@cache
def _no_places() -> frozenset[str]:
    return _weekdays().union(map(str.casefold, settings("page")["no_person"]))


def _outlet(
    host: str | None, dateline: Dateline | None, site_name: str | None, raw: str, *, signed: Iterable[str], foot: str
) -> str | None:
    """The outlet's name by the page's address, its site name, its dateline, or the office that signed."""
    known = _outlet_names()
    ways: tuple[Callable[[], str | None], ...] = (
        lambda: _of_host(host),
        lambda: site_name and known.get(site_name.casefold(), site_name),
        lambda: _as_written(host, raw),
        lambda: _of_dateline(dateline.outlet if dateline else None),
        lambda: host,
        lambda: _stated_outlet(raw),
        lambda: _office(foot, dateline.place if dateline else ""),
        lambda: _signing_office(signed),
    )
    return next((name for way in ways if (name := way())), None)


def _office(foot: str, place: str) -> str | None:
    """The full name of the office that signs by a short one: `MC KOMINFO` under a dateline of its town."""
    signed = foot.casefold()
    area = signed if _OFFICE_OF.search(foot) else f"{signed} {place.casefold()}"
    for row in rows("office_outlets"):
        if row["sign"].casefold() in signed and row["area"].casefold() in area:
            return row["name"]
    return None


_OFFICE_OF = re.compile(r"(?i:kominfo\w{0,3}) {1,2}(?:(?i:kabupaten|kota|provinsi|prov\.?) )?[A-Z]\w{2,}")


def _of_host(host: str | None) -> str | None:
    """The name that the table has for the host or a domain above it."""
    parts = host.split(".") if host else []
    names = (_outlets().get(".".join(parts[cut:])) for cut in range(len(parts) - 1))
    return next(filter(None, names), None)


def _of_dateline(name: str | None) -> str | None:
    """The outlet of a dateline: by the table, else as written; scrapers lose the m of `.com`."""
    if not name or _is_abbreviated(name):
        return None
    known = _outlet_names()
    return known.get(name.casefold()) or known.get(f"{name.casefold()}m", name)


def _signing_office(signed: Iterable[str]) -> str | None:
    offices = tuple(settings("page")["office_signatures"])
    for piece in signed:
        signature = piece.strip().strip("()[]® .").split("\n")[0]
        if signature.startswith(offices) and len(signature) < 80:
            return signature
    return None


def _is_abbreviated(name: str) -> bool:
    """Whether a dateline's outlet is but its initials: `MERAUKE, JK –`."""
    return len(name) < 4 and name.isupper() and name.casefold() not in _outlet_names()


def _as_written(host: str | None, raw: str) -> str | None:
    """The outlet's name as the page writes it: two words and more that the host writes as one."""
    letters = _squeezed(next((part for part in (host or "").split(".") if len(part) > 3), ""))[:_LONGEST_HOST]
    if len(letters) < _SHORTEST_HOST or (host or "").endswith(".go.id"):
        return None
    spelled = re.compile(r"(?<!\w)" + r"[ \u00a0]?".join(map(re.escape, letters)) + r"(?![\w.@-]\w)", re.IGNORECASE)
    found = [" ".join(match[0].split()) for match in spelled.finditer(raw) if not match[0].isalnum()]
    found = [name for name in found if all(word[0].isupper() for word in name.split())]
    mixed = [name for name in found if not name.isupper()]
    if mixed or not found:
        return mixed[0] if mixed else None
    return " ".join(word if len(word) < 4 else word.title() for word in found[0].split())


_LONGEST_HOST = 40
_SHORTEST_HOST = 6


def _stated_outlet(raw: str) -> str | None:
    """The outlet that owns the page or stands beside its date, by what head and foot say."""
    head = lines_of(raw[:_HEAD])
    for line in takewhile(lambda line: not is_paragraph(line.text), head[1:_HEAD_LINES]):
        if (found := _OUTLET_BESIDE.match(line.text)) and (date_line(line.text) or named_date_line(line.text)):
            return found["name"].strip()
    for line in reversed(lines_of(raw[-_HEAD:])):
        if (found := _stating().match(line.text)) and len(found["name"]) < 40:
            return found["name"].strip(" .")
    return None


_OUTLET_BESIDE = re.compile(r"(?P<name>[A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,3}) ?\|")


@cache
def _stating() -> re.Pattern[str]:
    leads = alternation(settings("page")["outlet_leads"])
    return re.compile(
        rf"(?i:{leads})(?: ?[©@]| \d{{4}}(?:-\d{{4}})?|:){{0,3}} {{1,2}}"
        r"(?P<name>[A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,3})(?= \d{4}|[.,]|$| dengan| pada)"
    )


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").removeprefix("m.") if host else None


@cache
def _outlets() -> dict[str, str]:
    return {row["host"]: row["name"] for row in rows("outlets") if row["host"]}


@cache
def _outlet_names() -> dict[str, str]:
    """Names and hosts in lower case → the name as the table writes it."""
    table = {row["name"].casefold(): row["name"] for row in rows("outlets")}
    return {**{row["host"].casefold(): row["name"] for row in rows("outlets") if row["host"]}, **table}


def names_in(byline: str) -> list[str]:
    """The persons in a line that names who made the article; editors only where nobody else is named.

    Labels, offices, outlets, places behind `|`, degrees and bare initials are left out.

    >>> names_in("Penulis : Dewi Sari / Editor : Budi"), names_in("(Rina/Team)"), names_in("(rin/bud)")
    (['Dewi Sari'], ['Rina'], [])
    """
    told = _QUOTED_TITLE.sub(" ", byline.strip()[:_LONGEST_BYLINE])
    authors: list[str] = []
    editors: list[str] = []
    at, label = 0, ""
    for match in [*_labels().finditer(told), None]:
        found = editors if label.startswith(_editing()) else authors
        found.extend(_names(told[at : match.start() if match else len(told)], bracketed=told.startswith("(")))
        if match:
            at, label = match.end(), match[0].casefold()
    return authors or editors


_LONGEST_BYLINE = 300


def _names(piece: str, *, bracketed: bool) -> Iterator[str]:
    """The persons in what stands between two labels."""
    for part in _NAME_PIECES.split(_SITE.sub("/", piece.strip(" |/;").split("|")[0])):
        name = " ".join(re.sub(r"<[^<>]{1,40}>", "", part).strip(" ()[]*:.®©-–—_").split())
        words = name.split()
        if not 3 <= len(name) <= 60 or len(words) > 5 or _NO_NAME.search(name) or _DEGREE.fullmatch(name):
            continue
        if not _no_persons().isdisjoint(word for word in re.split(r"[\s.,()&]+", name.casefold()) if word):
            continue
        if len(words) == 1 and (not name[0].isupper() or name.isupper() or len(name) < 4):
            continue
        if bracketed or all(word[0].isupper() for word in words if word[0].isalpha()):
            yield name


_NO_NAME = re.compile(r"[\d?!\"“”:<>@]")
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.){1,4}[A-Za-z]{0,4}|[A-Z]{2,3}")


def _bylines(cut: str) -> Iterator[str]:
    """The lines of a cut that name persons: not the keywords and credits that were cut with them."""
    lines = lines_of(cut)
    for line in lines:
        signed = (
            line.text.startswith(("(", "- "))
            or bool(_labels().match(line.text))
            or _helping().search(line.text)
        )
        if (signed or len(lines) == 1) and not _credit().search(line.text):
            yield line.text


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(rf"©|\(c\)|^(?:{alternation(settings('page')['credit_labels'])})\b", re.IGNORECASE)


@cache
def _editing() -> tuple[str, ...]:
    return tuple(settings("page")["editor_labels"])


@cache
def _helping() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(settings('page')['helper_words'])})[^\n]{{0,60}}", re.IGNORECASE)


@cache
def _labels() -> re.Pattern[str]:
    labels = alternation(settings("page")["byline_labels"])
    return re.compile(
        rf"(?<!\w)(?:{labels})\b(?:[ \u00a0/&]{{1,3}}(?:{labels})\b){{0,3}}\s{{0,3}}[:®]?"
        rf"|{_helping().pattern}",
        re.IGNORECASE,
    )


@cache
def _no_persons() -> frozenset[str]:
    return _weekdays().union(settings("page")["no_person"])


def language_of(text: str) -> str | None:
    """The language by its function words: `id`, `ms`, `en`, `jv`, or `und` for any other; None for too few words.

    >>> language_of("Bupati yang hadir pada acara itu mengatakan bahwa jalan akan dibangun untuk warga.")
    'id'
    >>> language_of("De burgemeester opende gisteren het nieuwe plein van de stad en sprak met een aantal kinderen.")
    'und'
    """
    votes: dict[str, float] = {}
    table = _function_words()
    for word in _WORD.findall(text.lower()):
        for language, weight in table.get(word, ()):
            votes[language] = votes.get(language, 0.0) + weight
    best, weight = max(votes.items(), key=lambda vote: vote[1], default=("und", 0.0))
    if weight >= _FEWEST_VOTES:
        return best
    return "und" if weight < 0.5 and sum(map(len, _WORD.findall(text))) > _MOST_UNTOLD else None


_MOST_UNTOLD = 60  # letters of a text of Indonesian without one function word
_FEWEST_VOTES = 1.5


@cache
def _function_words() -> dict[str, tuple[tuple[str, float], ...]]:
    table: dict[str, tuple[tuple[str, float], ...]] = {}
    for row in rows("function_words"):
        table[row["word"]] = (*table.get(row["word"], ()), (row["language"], float(row["weight"])))
    return table
