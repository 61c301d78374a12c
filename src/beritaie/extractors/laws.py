"""Finds legal instruments: `Pasal 27 ayat 3 UU ITE`, `Perda Nomor 3 Tahun 2020 tentang Pajak Daerah`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc

from beritaie.extractors._amounts import openings
from beritaie.extractors._store import RecordDict, component, mentions, span_dict
from beritaie.language.ranges import Ranges
from beritaie.lexicon import alternation, column, rows, settings

_TABLE = settings("law_words")
_KINDS = {row["word"].casefold(): row for row in rows("laws")}
_FIGURED = frozenset(row["kind"] for row in rows("laws") if row["names"] == "figure")
_KEYWORDS = ("article", "number", "year")
_ARTICLE_WORD, _NUMBER_WORD, _YEAR_WORD = (alternation(_TABLE[key]) for key in _KEYWORDS)
_GRAMMAR = frozenset(word for key in (*_KEYWORDS, "about") for word in _TABLE[key])
_JOINS = alternation(_TABLE["joins"])
_PARTS = alternation(_TABLE["parts"])
_NATIONAL = frozenset(_TABLE["national"])
_TAXED = re.compile(rf"(?<!\w)\(?(?:{alternation(_TABLE['taxes'])})\)?[ \u00a0]\Z", re.IGNORECASE)
_TITLE_ENDS = frozenset(_TABLE["title_ends"])
_HEADLINE_VERBS = frozenset(
    row["word"] for row in rows("phrase_ends") if row["kind"] in ("verb", "state")
) - frozenset(_TABLE["name_words"])
_NAME_ENDS = _HEADLINE_VERBS | _TITLE_ENDS | _GRAMMAR
_VERB_LIKE = frozenset(column("verb_like_names", "word"))
_TITLE_DOTS = frozenset(_TABLE["title_dots"])
_TITLE_LINKS = frozenset(_TABLE["title_links"])

_B = r"[ \u00a0]"
_S = r"[ \u00a0\n]"
_FIGURE = r"\(?\d{1,4}(?:[A-Z]{1,2}(?!\w)| [A-Z](?![\w]))?\)?"
_PART = rf"(?:{_S}{{1,2}}(?:(?:{_PARTS}){_S}{{1,2}}(?:{_FIGURE}|\(?[a-z]\)?(?!\w))|ke-?\d{{1,2}}(?!\w)))"
_MORE = (
    rf"(?:,?{_S}{{1,2}}(?:{_JOINS}){_S}{{1,2}}"
    rf"(?:(?:(?<=jo )|(?<=juncto ))(?:{_ARTICLE_WORD}){_S}{{1,2}}|(?:{_PARTS}){_S}{{1,2}})?"
    rf"{_FIGURE}{_PART}{{0,3}})"
)
_ARTICLE = rf"(?:{_ARTICLE_WORD}){_S}{{1,2}}{_FIGURE}{_PART}{{0,3}}{_MORE}{{0,4}}"
_ARTICLE_PATTERN = re.compile(rf"(?<!\w)(?:{_ARTICLE})(?!\w)", re.IGNORECASE)
_TAIL_ARTICLE = re.compile(rf",?{_S}{{1,2}}(?:{_ARTICLE})(?!\w)", re.IGNORECASE)
_JOIN = re.compile(rf",?{_S}{{1,2}}(?:(?:{alternation(_TABLE['lists'])}){_S}{{1,2}})?", re.IGNORECASE)
_LONGEST_JOIN = 16
_CODES = alternation(row["word"] for row in rows("laws") if row["names"] == "alone")
_CODE_BEHIND = re.compile(rf"{_B}(?:{_CODES})(?![\w-])")
_BETWEEN = re.compile(rf",?{_S}{{1,2}}(?:(?:{alternation(_TABLE['between'])}){_S})?", re.IGNORECASE)

_CLOSED = alternation(row["word"] for row in rows("laws") if row["open"] == "no")
_OPEN = alternation(row["word"] for row in rows("laws") if row["open"] == "yes")
_KIND = re.compile(
    rf"(?<![\w-])(?:(?i:(?P<closed>{_CLOSED})(?![\w-]))|(?P<open>{_OPEN})[A-Za-z]{{2,20}}(?:[-/][A-Za-z]{{1,10}})?(?!\w))"
)
_START = re.compile(rf"\b(?:{'|'.join(openings((row['word'] for row in rows('laws')), 4))})")
_MINISTERIAL = frozenset(_TABLE["ministerial"])
_ACRONYM_END = re.compile(r"\((?P<acronym>[A-Z][\w./-]{1,15})\)\Z")
_BRACKET = re.compile(rf"{_S}{{0,2}}\([A-Z][\w./-]{{1,15}}\)")
_CODE = r"[A-Za-z0-9][\w.]{0,24}(?:(?: ?[-/] ?)[\w.]{1,20}){0,7}"
_NUMBER = re.compile(
    rf",?{_S}{{1,2}}(?:ber)?(?:{_NUMBER_WORD})\b\.?{_S}?:?{_S}?(?P<code>{_CODE})"
    rf"|{_S}{{1,2}}(?P<bare>(?:[A-Z]{{1,2}} )?\d{{1,4}}"
    rf"(?:/\d{{4}}|(?={_S}{{1,2}}(?:(?:{_YEAR_WORD}){_S})?(?:19|20)\d\d(?!\d))))(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(
    rf",?{_S}{{1,2}}(?:(?:{_YEAR_WORD}){_S}{{1,2}})?(?P<year>(?:19|20)\d\d)(?:{_B}?[-–]{_B}?(?:19|20)\d\d)?(?!\d)",
    re.IGNORECASE,
)
_ABOUT = re.compile(rf",?{_S}{{1,2}}(?:{alternation(_TABLE['about'])}){_S}{{1,2}}", re.IGNORECASE)
_TITLE_WORD = re.compile(
    rf"(?P<gap>{_B}{{0,3}}(?:[-–]{_B}(?=\d))?|,{_B}?)"
    r"(?P<word>\([A-Z][\w /.-]{0,30}\)|[\w&][\w.'’/-]{0,40})"
)
_LIST_AHEAD = re.compile(
    rf"(?:dan|atau|serta){_B}[A-Z]|[\w-]{{1,30}}(?:{_B}[\w-]{{1,30}}){{0,3}},?{_B}(?:dan|atau|serta){_B}"
)
_CAPITAL = re.compile(rf"{_B}{{1,2}}(?:dan{_B})?(?P<word>[A-Z][\w-]{{0,40}})")
# a ministry's name goes on behind a comma where its last part follows `dan`: `Riset, Teknologi, dan Pendidikan Tinggi`
_LISTED_ISSUER = re.compile(
    rf",{_B}(?:(?P<word>[A-Z]\w{{0,40}})(?=,{_B}(?:dan{_B})?[A-Z]|{_B}dan{_B}[A-Z])|dan{_B}(?P<last>[A-Z]\w{{0,40}}))"
)
_QUOTED = re.compile(rf"{_B}['\"‘“][^'\"’”\n]{{2,60}}['\"’”]")
_SMALL_ISSUER = re.compile(rf"{_S}{{1,2}}(?:{alternation(_TABLE['issuers'])})(?!\w)", re.IGNORECASE)
_LONGEST_TITLE = 60  # words
_LONGEST_NAME = 10  # words of an issuer or a short title
_VERB = re.compile(r"(?:di|me[mn]|ter)[a-z]{4,}\Z")
_CODE_YEAR = re.compile(r"(?P<number>\d{1,4})/(?P<year>(?:19|20)\d\d)\Z")
_LAST_YEAR = re.compile(r"[/.-](?P<year>(?:19|20)\d\d)\Z")


class Citation(NamedTuple):
    """What follows the kind of a law: where it ends, and its parts."""

    end: int
    number: str | None = None
    year: int | None = None
    name: str | None = None  # the issuer, or a short title
    title: str | None = None


def laws(text: str, names: Iterable[int] = ()) -> list[RecordDict]:
    """The legal instruments of ``text`` as record dicts; offsets count its characters.

    ``names`` are the offsets where names of persons and bodies begin: no law is called by those
    (`Keputusan Presiden Joko …`), though they may issue one.

    >>> [law["key"] for law in laws("sesuai UU No. 23/2014 dan Pasal 27 ayat 3 UU ITE")]
    ['UU 23/2014', 'UU ITE']
    """
    found: list[RecordDict] = []
    borders = frozenset(names)
    articles = [article.span() for article in _ARTICLE_PATTERN.finditer(text) if not _is_tax(text, article)]
    lists = _lists(text, articles)
    at = 0  # next article
    last = 0  # end of the last law
    for start in _START.finditer(text):
        kind = _KIND.match(text, start.start()) if start.start() >= last else None
        if kind is None:
            continue
        while at < len(articles) and articles[at][1] <= kind.start():
            at += 1
        cited = lists[at - 1] if at else None
        if cited and cited[0] < last:  # the list began with another law's articles
            cited = articles[at - 1]
        if cited and not (cited[0] >= last and _BETWEEN.fullmatch(text, cited[1], kind.start())):
            cited = None
        record = _law(text, kind, cited, borders)
        if record:
            last = record["span"]["end"]
            found.append(record)
    found += _bare_articles(text, articles, [(law["span"]["start"], law["span"]["end"]) for law in found])
    return sorted(found, key=lambda law: law["span"]["start"])


def _lists(text: str, articles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """For every article the range of the list of articles that ends with it: `Pasal 48, Pasal 51 dan Pasal 52`."""
    lists: list[tuple[int, int]] = []
    for start, end in articles:
        listed = lists and start - lists[-1][1] <= _LONGEST_JOIN and _JOIN.fullmatch(text, lists[-1][1], start)
        lists.append((lists[-1][0] if listed else start, end))
    return lists


def _is_tax(text: str, article: re.Match[str]) -> bool:
    """Whether the article names a tax: `PPh Pasal 21`."""
    return _TAXED.search(text, max(0, article.start() - 10), article.start()) is not None


def _bare_articles(
    text: str, articles: list[tuple[int, int]], covered: list[tuple[int, int]]
) -> list[RecordDict]:
    """Articles cited without their law: `Pasal 187`."""
    ranges = Ranges(covered)
    return [
        _record(text, (start, end), "Pasal", Citation(end), _clean(text[start:end]))
        for start, end in articles
        if not ranges.touch(start, end)
    ]


def _law(text: str, written: re.Match[str], cited: tuple[int, int] | None, names: frozenset[int]) -> RecordDict | None:
    """The law of the kind ``written``, of which the articles in the range ``cited`` are named before it."""
    row = _KINDS[" ".join((written["closed"] or written["open"]).casefold().split())]
    if row["word"].isupper() and not written[0].isupper():
        return None  # `Uu` is a name
    citation = _citation(text, written, row, names)
    if citation is None and (cited is None or written[0].islower()):
        return None
    citation = citation or Citation(written.end())
    start, end = cited[0] if cited else written.start(), citation.end
    if citation.number and citation.title is None and (code := _CODE_BEHIND.match(text, end)):
        end = code.end()
    if cited is None and (tail := _TAIL_ARTICLE.match(text, end)):
        end, cited = tail.end(), tail.span()
    article = _clean(text[cited[0] : cited[1]]) if cited else None
    kind = row["kind"] if written["closed"] else written[0]
    return _record(text, (start, end), kind, citation, article)


def _record(
    text: str, span: tuple[int, int], kind: str, citation: Citation, article: str | None
) -> RecordDict:
    return {
        "span": span_dict(text, *span),
        "kind": kind,
        "number": citation.number,
        "year": citation.year,
        "article": article,
        "title": citation.title,
        "key": article if kind == "Pasal" else _key(kind, citation),
    }


def _key(kind: str, citation: Citation) -> str:
    """The law in short: `UU 23/2014`, `UU ITE`."""
    name = citation.name or ""
    if citation.number and (acronym := _ACRONYM_END.search(name)):
        kind = acronym["acronym"]
    elif citation.number and name and (kind in _FIGURED or kind in _MINISTERIAL):
        kind = f"{kind} {name}"
    if citation.number and citation.year and not _LAST_YEAR.search(citation.number):
        return f"{kind} {citation.number}/{citation.year}"
    rest = citation.number or citation.name or citation.title or citation.year
    return f"{kind} {rest}" if rest else kind


def _citation(text: str, kind: re.Match[str], row: dict[str, str], names: frozenset[int]) -> Citation | None:
    """The issuer, number, year and title behind the kind, None if too little is there to name one law."""
    end, small = kind.end(), kind[0][0].islower()
    if row["names"] == "alone":
        return Citation(end)
    if bracket := _BRACKET.match(text, end):
        end = bracket.end()
    if row["names"] == "name" and not small and (quoted := _QUOTED.match(text, end)):
        return Citation(quoted.end(), name=_clean(quoted[0]).strip("'\"‘’“”"))
    name_end = _issuer(text, end, capital=not small)
    name = _clean(text[end:name_end]) or None
    number, year, number_end = _number(text, name_end)
    if number or year:
        title, title_end = _title(text, number_end, national=row["kind"] in _NATIONAL)
        return Citation(title_end if title else number_end, number, year, name, title)
    if row["names"] == "figure":
        return None
    if row["names"] == "name" and name and not small:
        end = name_end
    title, title_end = _title(text, end, national=row["kind"] in _NATIONAL)
    if title is None and (issuer := _SMALL_ISSUER.match(text, end)):
        title, title_end = _title(text, issuer.end(), national=False)
    if title:
        return Citation(title_end, name=name if end == name_end else None, title=title)
    # `Peraturan Daerah Satpol PP` names a body, no law
    return Citation(end, name=name) if end == name_end and name and kind.end() + 1 not in names else None


def _issuer(text: str, position: int, *, capital: bool) -> int:
    """Where the capitalised name behind the kind ends: `Gubernur DKI Jakarta`, `Perlindungan Anak`."""
    start = position
    for _ in range(_LONGEST_NAME):
        match = _SMALL_ISSUER.match(text, position)
        word = _CAPITAL.match(text, position) or (_LISTED_ISSUER.match(text, position) if position > start else None)
        if word and not (match and match.end() > word.end()):
            if _ends_name(text, word):
                break
            position = word.end()
        elif match and not (capital and match[0].islower()):
            position = match.end()
            if match[0].casefold().split()[-1] in _TABLE["last_issuers"]:
                break
        else:
            break
        if bracket := _BRACKET.match(text, position):
            position = bracket.end()
    return position


def _ends_name(text: str, word: re.Match[str]) -> bool:
    """Whether a capitalised word is no part of a name: a number's, another law's, a headline's verb."""
    lower = (word["word"] or word["last"]).casefold()
    verb = _VERB.match(lower) is not None and lower not in _VERB_LIKE
    return lower in _NAME_ENDS or verb or _KIND.match(text, word.end() - len(lower)) is not None


def _number(text: str, position: int) -> tuple[str | None, int | None, int]:
    """Number and year behind ``position``, and where they end."""
    number: str | None = None
    year: int | None = None
    match = _NUMBER.match(text, position)
    if match:
        written = (match["code"] or match["bare"]).rstrip(".")
        if not any(c.isdigit() for c in written):
            return None, None, position
        number, position = written, match.start() + len(match[0].rstrip("."))
        if split := _CODE_YEAR.fullmatch(written):
            return split["number"], int(split["year"]), position
        if ends := _LAST_YEAR.search(written):
            year = int(ends["year"])
    if dated := _YEAR.match(text, position):
        year, position = int(dated["year"]), dated.end()
    return number, year, position


def _title(text: str, position: int, *, national: bool) -> tuple[str | None, int]:
    """The title behind `tentang`, and where it ends."""
    about = _ABOUT.match(text, position)
    if about is None:
        return None, position
    start = end = about.end()
    capitals = text[start : start + 1].isupper()
    at = start
    for _ in range(_LONGEST_TITLE):
        match = _TITLE_WORD.match(text, at)
        if match is None or (at > start and not match["gap"]):
            break
        word = match["word"]
        if match["gap"].startswith(",") and not _LIST_AHEAD.match(text, match.start("word")):
            break
        bare = word.rstrip(".,").casefold()
        if _closes(bare, word, capitals=capitals, first=at == start) or (
            national and word in _TABLE["places"]
        ):
            break
        at = match.end()
        full_stop = word.endswith(".") and bare not in _TITLE_DOTS
        if not (word[0].islower() and bare in _TITLE_LINKS):
            end = match.start("word") + len(word.rstrip(".")) if full_stop else at
        if full_stop:
            break
    return (_clean(text[start:end]), end) if end > start else (None, position)


def _closes(bare: str, word: str, *, capitals: bool, first: bool) -> bool:
    """Whether a word stands behind a title's end."""
    if bare in _TABLE["article"] or (word[0] == "(" and _KIND.match(word, 1)):
        return True
    if first or word[0].isupper() or word[0].isdigit() or word[0] == "(":
        return False
    if capitals:
        return bare not in _TITLE_LINKS
    return bare in _TITLE_ENDS or _VERB.match(bare) is not None


def _clean(text: str) -> str:
    return " ".join(text.strip(" \u00a0\n,").split())


def _find(doc: Doc) -> list[RecordDict]:
    return laws(doc.text, [name.start for name in mentions(doc, "PER", "ORG")])


make_laws = component("laws", _find)
