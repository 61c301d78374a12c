"""Finds what stands on a page and is no part of its article: share buttons, links, adverts, signatures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from beritaie.cleaning.lines import Line, headline_small_words, is_headline, is_paragraph, lines_of
from beritaie.cleaning.moments import date_line, named_date_line
from beritaie.cleaning.page import Cut
from beritaie.cleaning.repeats import repeated
from beritaie.cleaning.wrapping import without_wrapping, wrapping
from beritaie.lexicon import settings

_LONGEST_LINE = 700  # no line rule reaches farther
_LONGEST_HEADLINE = 230
_LONGEST_DATE = 120
_HEAD = 15  # lines in which the furniture above the text stands
_TAIL = 400  # characters in which a signature ends the text
_MOST_SIGNATURES = 12
_MOST_LINKS = 2_000  # found by one rule inside the paragraphs of one article
_TAIL_INLINE = 1_500  # characters in which a rule for the end of a line looks
_MENU_WORDS = 2
_BESIDE = 2  # lines in which a caption repeats the lead of a text
_PAGE_LONG = 10_000  # lines
_FLAGS = re.IGNORECASE | re.MULTILINE


class _LineRule(NamedTuple):
    rule: str
    zone: str
    takes: str
    shape: str


class _InlineRule(NamedTuple):
    rule: str
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    takes: str
    zone: str


class _Signature(NamedTuple):
    rule: str
    pattern: re.Pattern[str]


@cache
def _line_rules() -> dict[str, tuple[re.Pattern[str], dict[str, _LineRule]]]:
    """For each zone one pattern, and the rule behind each of its groups."""
    zones: dict[str, tuple[list[str], dict[str, _LineRule]]] = {
        "any": ([], {}),
        "head": ([], {}),
        "end": ([], {}),
    }
    for number, row in enumerate(settings("furniture")["line"]):
        group, zone = f"r{number}", row.get("zone", "any")
        patterns, rules = zones[zone]
        patterns.append(f"(?P<{group}>{_blanks(row['pattern'])})")
        rules[group] = _LineRule(row["rule"], zone, row.get("takes", "line"), row.get("shape", ""))
    return {zone: (re.compile("|".join(patterns), _FLAGS), rules) for zone, (patterns, rules) in zones.items()}


@cache
def _inline_rules() -> tuple[_InlineRule, ...]:
    return tuple(
        _InlineRule(
            row["rule"],
            tuple(row["trigger"]),
            re.compile(row["pattern"], _FLAGS),
            row.get("takes", "match"),
            row.get("zone", "any"),
        )
        for row in settings("furniture")["inline"]
    )


@cache
def _signatures() -> tuple[_Signature, ...]:
    return tuple(
        _Signature(row["rule"], re.compile(rf"(?:{row['pattern']})\s*\Z", re.IGNORECASE))
        for row in settings("furniture")["signature"]
    )


def furniture(text: str, *, marked_up: bool = False) -> tuple[Cut, ...]:
    """The slices of ``text`` that are page furniture: sorted, none overlapping, with the blanks behind them.

    Of text taken from HTML (``marked_up``) a paragraph that comes again anywhere goes, for pages carry hidden
    copies; of other text only one that repeats its neighbour.

    >>> text = "Pasar Baru\\n\\nADVERTISEMENT\\n\\nPasar ramai. Baca juga: Harga Beras Turun Warga datang."
    >>> [(text[cut.start:cut.end], cut.rule) for cut in furniture(text)]
    [('ADVERTISEMENT\\n\\n', 'advertisement'), ('Baca juga: Harga Beras Turun ', 'related')]
    """
    marked = text.startswith("\ufeff")
    wrapped = wrapping(text)
    bare = _plain(text)
    text = without_wrapping(bare, wrapped)
    lines = lines_of(text)
    found = _cut_lines(text, lines)
    whole = [Cut(lines[index].start, lines[index].end, rule) for index, rule in sorted(found.items())]
    again = [
        Cut(line.start, line.end, "repeated")
        for line in repeated(_uncovered(lines, whole), _PAGE_LONG if marked_up else _BESIDE)
    ]
    mark = [Cut(0, 1, "byte order mark")] if marked else []
    cuts = _joined([*mark, *wrapped, *whole, *again, *_cut_inline(text)])
    cuts = _joined([*cuts, *_cut_end(text, lines, cuts)])
    if marked_up:
        bullets = [
            Cut(line.start, line.start + 2, "list marks") for line in _uncovered(lines, cuts) if line.text[:2] == "- "
        ]
        cuts = _joined([*cuts, *bullets])
    return tuple(_with_blanks(bare, text, cuts))


def _plain(text: str) -> str:
    """The text with one sort of blank and of line break and without invisible marks, as long as it was."""
    return _UNUSUAL.sub(lambda match: "\n" if match[0] in _BREAKS else " ", text)


_BREAKS = "\r\v\f\x85\u2028\u2029"
_UNUSUAL = re.compile(f"[{_BREAKS}\u00a0\u00ad\u200b-\u200f\u202a-\u202f\u2060-\u2069\ufeff]")


def _cut_lines(text: str, lines: list[Line]) -> dict[int, str]:
    """The rule of every line that is furniture, by the line's number."""
    found: dict[int, str] = {}
    swept = 0  # up to here a rule takes all lines; they are named by the last rule of their own
    for index, line in enumerate(lines):
        rule = _rule_of(line, "any")
        if index < swept:
            found[index] = rule.rule if rule else found[index - 1]
        elif rule and (index not in found or rule.takes == "rest") and not (index == 0 and rule.rule in _NO_TITLES):
            reach = index + 1 + _reach(text, lines, index, rule.takes)
            found[index] = rule.rule
            if rule.takes == "rest":
                swept = reach
            else:
                found.update(dict.fromkeys(range(index, reach), rule.rule))
    head = _head(lines)
    for index, line in enumerate(head):
        if index in found:
            continue
        if (rule := _rule_of(line, "head")) and (index or rule.rule == "section"):
            found[index] = rule.rule
        elif index and (dated := _dated(line.text)):
            found[index] = dated
    for index in [number for number, _ in enumerate(head) if found.get(number) in _DATED]:
        for beside, pattern in ((index - 1, _SOURCE), (index + 1, _SECTION)):
            if 0 < beside < len(head) and beside not in found and pattern.fullmatch(head[beside].text):
                found[beside] = "outlet"
    _bridge(lines, found)
    return found


def _head(lines: list[Line]) -> list[Line]:
    """The lines above the first paragraph; a title of two sentences is none."""
    titled = bool(lines) and len(lines[0].text) <= _LONGEST_HEADLINE and not lines[0].text.endswith(".")
    return lines[:titled] + list(takewhile(lambda line: not is_paragraph(line.text), lines[titled:_HEAD]))


def _dated(line: str) -> str | None:
    """The rule for a line above the text that only tells when it was published, or who wrote or where, too."""
    if len(line) > _LONGEST_DATE:
        return None
    if date_line(line, place=False, clock=True):
        return "publication date"
    if named_date_line(line):
        labels = tuple(settings("page")["byline_labels"])
        return "byline" if line.casefold().startswith(labels) else "publication date"
    return None


_DATED = frozenset({"publication date", "byline"})
_SITE = r"[A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20}){0,2}"
_SECTION = re.compile(rf"{_SITE} ?[/|»›] ?{_SITE}")
_SOURCE = re.compile(rf"{_SITE}(?: ?[/|»›] ?{_SITE})?")
_NO_TITLES = frozenset({"photo credit", "video", "related", "republished"})


def _bridge(lines: list[Line], found: dict[int, str]) -> None:
    """A line of mere marks above furniture goes with it, so does a word or two of a menu inside it."""
    for index in range(2, min(_HEAD, len(lines))):
        words = lines[index].text.split()
        if index not in found and index - 1 in found and index + 1 in found and len(words) <= _MENU_WORDS:
            found[index] = found[index - 1]
    for index in sorted(found, reverse=True):
        above = index - 1
        if (
            above > 0
            and above not in found
            and not any(map(str.isalnum, lines[above].text))
            and len(lines[above].text) > 2
        ):
            found[above] = found[index]


def _rule_of(line: Line, zone: str) -> _LineRule | None:
    if len(line.text) > _LONGEST_LINE:
        return None
    words = _BLANKS.sub(" ", line.text) if "  " in line.text else line.text
    pattern, rules = _line_rules()[zone]
    match = pattern.fullmatch(words)
    if match is None or match.lastgroup is None:
        return None
    rule = rules[match.lastgroup]
    return rule if _SHAPES[rule.shape](words) else _later_rule(words, zone, match.lastgroup)


_BLANKS = re.compile(r" {2,}")


def _later_rule(words: str, zone: str, group: str) -> _LineRule | None:
    """The first rule behind that of ``group`` which fits a line of these words, its shape too."""
    rules = list(_line_rules()[zone][1].items())
    behind = [name for name, _ in rules].index(group) + 1
    for name, rule in rules[behind:]:
        if _lone_pattern(name).fullmatch(words) and _SHAPES[rule.shape](words):
            return rule
    return None


@cache
def _lone_pattern(group: str) -> re.Pattern[str]:
    return re.compile(_blanks(settings("furniture")["line"][int(group[1:])]["pattern"]), _FLAGS)


def _blanks(pattern: str) -> str:
    """A blank that may lack stands for up to three."""
    return pattern.replace(" ?", r"[ \t]{0,3}")


_RUNS_ON = re.compile(r"[a-z\d][.?!][A-Z][a-z]+ [a-z]|[a-z][.?!] [A-Z][^.?!]{20,200}\.\Z")
_SHAPES: dict[str, Callable[[str], bool]] = {
    "": lambda _line: True,
    "headline": lambda line: is_headline(line) or line.endswith(":"),
    "lone": lambda line: not _RUNS_ON.search(line),
    "link": lambda line: not line.endswith((".", '."', ".”")) or line.endswith("..."),
}


def _reach(text: str, lines: list[Line], index: int, takes: str) -> int:
    """How many lines below line ``index`` go with it."""
    if takes == "line":
        return 0
    if takes == "rest":
        return _leading(lines, index + 1, len(lines), lambda line: not is_paragraph(line))
    below = index + 1
    if takes == "headlines":
        return _leading(lines, below, below + 20, is_headline)
    if takes == "title":
        headed = _leading(lines, below, below + 1, lambda line: not is_paragraph(line))
        block = _leading(lines, below, below + 20, is_headline)
        if block > headed > 0 and _is_block(text, lines[below : below + block + 1]):
            return block
        return headed + _leading(lines, below + headed, below + 20, lambda line: line.startswith(_BULLETS))
    entries = Counter(line.text for line in lines[below : below + _LONGEST_ARTICLE]) if index < _HEAD else Counter()
    return _leading(lines, below, below + 40, lambda line: entries[line] > 1)


def _is_block(text: str, lines: list[Line]) -> bool:
    """Whether all ``lines`` but the last stand without an empty line between, and that one below an empty line."""
    gaps = [
        text.count("\n", above.end, below.start) > 1 + text.count("\r\n", above.end, below.start)
        for above, below in pairwise(lines)
    ]
    return bool(gaps) and gaps[-1] and not any(gaps[:-1])


_BULLETS = ("- ", "• ", "* ", "– ", "» ", "> ")
_LONGEST_ARTICLE = 1_000  # lines


def _leading(lines: list[Line], start: int, stop: int, test: Callable[[str], bool]) -> int:
    """How many lines from ``start`` on pass ``test``."""
    count = 0
    while start + count < min(stop, len(lines)) and test(lines[start + count].text):
        count += 1
    return count


def _cut_inline(text: str) -> Iterator[Cut]:
    lowered = text.lower()
    for rule in _inline_rules():
        if any(trigger in lowered for trigger in rule.triggers):
            reach = len(text) - _TAIL_INLINE if rule.zone == "end" else 0
            for match in islice(rule.pattern.finditer(text, max(0, reach)), _MOST_LINKS):
                end = headline_end(text, match.end()) if rule.takes == "title" else match.end()
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                yield Cut(start, end, rule.rule)


@cache
def _furniture_ahead() -> re.Pattern[str]:
    return re.compile("|".join([*map(re.escape, settings("page")["headline_stops"]), r"\([a-z]{2,6}/[a-z]{2,6}\)"]))


_TOKEN = re.compile(r"[^\s]+")
_GAP = re.compile(r"[ \u00a0]{2,}|[\r\n]|\s(?=\d{1,2}\.(?: [A-Z]|&))")
_ENDED = re.compile(r"(?<=[a-z])[.!?](?=[A-Z\"“])|(?<=[a-z])(?=[\"“][A-Z])")
_SPEECH = re.compile(r"\s(?=&(?:amp;)?(?:quot|ldquo|lsquo|nbsp);|[\"“](?=[A-Z])[^\"”\n]{45})")
_GLUE = re.compile(r"[a-z]{2}(?=[A-Z][a-z]{2})")
_NEAR = 4_000  # characters around a headline in which a name may come back


def headline_end(text: str, start: int) -> int:
    """Where the headline that begins at ``start`` ends: at a gap, a mark, or where the next sentence opens.

    >>> text = "Baca juga: Harga Beras di Pasar Turun Menurut Dewi, harga turun sejak Senin."
    >>> text[11:headline_end(text, 11)]
    'Harga Beras di Pasar Turun'
    """
    limit = min(len(text), start + _LONGEST_HEADLINE)
    window = text[start:limit]
    gap = _GAP.search(window, 8)
    if gap and not _plain_words(window[: gap.start()]):
        return start + len(window[: gap.start()].rstrip())
    ends = [len(window)]
    ends += [match.end() for match in [_ENDED.search(window, 8)] if match]
    ends += [match.start() for match in [gap, _furniture_ahead().search(window, 8), _SPEECH.search(window, 8)] if match]
    headline = window[: min(ends)]
    tokens = list(_TOKEN.finditer(headline))
    plain = _plain_words(headline)
    if plain:
        around = text[max(0, start - _NEAR) : start] + text[limit : limit + _NEAR]
        headline = headline[: _sentence_start(tokens, plain[0], around)]
    elif limit < len(text) and len(headline) == len(window):
        headline = headline[: tokens[-1].start()]
    return start + len(headline.rstrip())


def _plain_words(words: str) -> list[int]:
    """The numbers of the words that no title-cased headline would write in lower case."""
    small = headline_small_words()
    return [
        number
        for number, token in enumerate(_TOKEN.finditer(words))
        if number >= 2
        and token[0].islower()
        and token[0].strip("'\"“”‘’()[]:,!?|-–.") not in small
        and not token[0].startswith(("&", "http", "di-"))
    ]


def _sentence_start(tokens: list[re.Match[str]], number: int, around: str) -> int:
    """Where the sentence starts in which token ``number`` is the first plainly lower-case word."""
    words = [token[0] for token in tokens]
    strong, weak, offices = _openers()
    for index in range(max(2, number - 6), number):
        if glued := _GLUE.search(words[index]):
            return tokens[index].start() + glued.end()
    for index in range(number - 1, max(1, number - 15), -1):
        if words[index].strip(",") in strong or words[index - 1].endswith(("?", "!", "...")):
            return tokens[index].start()
    for index in range(number - 1, max(1, number - 13), -1):
        if words[index].endswith(":"):
            break
        if words[index] in offices and not words[index - 1].endswith(","):
            first = next((i for i in range(index - 1, 1, -1) if words[i] not in offices), 1) + 1
            return tokens[first].start()
    for index in range(number - 1, max(1, number - 9), -1):
        near = index > number - 5 or any(word.endswith(",") for word in words[index : index + 3])
        if near and words[index].strip(",") in weak and not words[index - 1].endswith((",", ":")):
            return tokens[index].start()
    return tokens[_name_start(words, number, around)].start()


def _name_start(words: list[str], number: int, around: str) -> int:
    """The first word of the name in front of word ``number``: the longest that comes back in the text."""
    while number > 3 and words[number - 1][0].islower():
        number -= 1
    first = number - 1
    while first > max(2, number - 5) and words[first - 1][0].isupper() and not words[first - 1].endswith((":", ",")):
        first -= 1
    return next((index for index in range(first, number - 1) if " ".join(words[index:number]) in around), number - 1)


@cache
def _openers() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    page = settings("page")
    return (
        frozenset(page["sentence_openers"]),
        frozenset(page["weak_openers"]),
        frozenset(page["office_openers"]),
    )


def _cut_end(text: str, lines: list[Line], cuts: list[Cut]) -> Iterator[Cut]:
    """Signatures and credits behind the last sentence, from the end upwards."""
    left = list(_uncovered(lines, cuts))
    while len(left) > 1 and (rule := _rule_of(left[-1], "end")):
        if is_paragraph(left[-1].text) and not (rule.rule == "source" and len(left[-1].text) <= _LONGEST_DATE):
            break
        last = left.pop()
        yield Cut(last.start, last.end, rule.rule)
    if len(left) > 3 and left[-1].text == left[-2].text and not left[-1].text.endswith("."):
        for line in (left.pop(), left.pop()):
            yield Cut(line.start, line.end, "video")
    inside = {cut.end: cut.start for cut in cuts}
    end = inside.get(left[-1].end, left[-1].end) if left else 0
    for _ in range(_MOST_SIGNATURES):
        signed = _signature(text, left[-1], end, alone=len(left) == 1) if left else None
        if signed is None:
            return
        yield signed
        end = signed.start
        if end <= left[-1].start:
            left.pop()
            end = left[-1].end if left else 0


def _signature(text: str, line: Line, end: int, *, alone: bool) -> Cut | None:
    """The signature that ends ``line`` at ``end``; the only line left cannot be one as a whole."""
    start = max(line.start, end - _TAIL)
    window = text[start:end].rstrip()
    for signature in _signatures():
        match = signature.pattern.search(window)
        if match and (start + match.start() > line.start or not alone):
            blanks = len(match[0]) - len(match[0].lstrip())
            return Cut(start + match.start() + blanks, start + len(window), signature.rule)
    return None


def _uncovered(lines: Iterable[Line], cuts: Iterable[Cut]) -> Iterator[Line]:
    """The lines that no cut covers whole; both come in order."""
    ahead = iter(cuts)
    cut = next(ahead, None)
    for line in lines:
        while cut and cut.end < line.end:
            cut = next(ahead, None)
        if not (cut and cut.start <= line.start):
            yield line


def _joined(cuts: Iterable[Cut]) -> list[Cut]:
    """Sorted, overlapping ones as one."""
    joined: list[Cut] = []
    for cut in sorted(cuts):
        if joined and cut.start < joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, cut.end))
        elif cut.start < cut.end:
            joined.append(cut)
    return joined


def _with_blanks(bare: str, text: str, cuts: list[Cut]) -> Iterator[Cut]:
    """Each cut with the blanks behind it, where no words come to touch; neighbours under one rule joined."""
    before: Cut | None = None
    followings = [*(later.start for later in cuts[1:]), len(text)]
    for cut, following in zip(cuts, followings, strict=False):
        end = cut.end
        if cut.start == 0 or bare[cut.start - 1].isspace():  # in text a mark that was blanked would part words
            while end < following and text[end].isspace():
                end += 1
        if before and before.end == cut.start and before.rule == cut.rule:
            before = Cut(before.start, end, cut.rule)
            continue
        if before:
            yield before
        before = Cut(cut.start, end, cut.rule)
    if before:
        yield before
