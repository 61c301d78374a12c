"""A person found once in an article is found wherever the name stands again, and initials wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from beritaie.language.ranges import Ranges
from beritaie.lexicon import alternation, column
from beritaie.linking.mention import Mention
from beritaie.linking.persons import read_name

Range = tuple[int, int]

_SURE = 0.5  # a mention less sure than this tells nothing of others
_PASSED_ON = 0.8  # how much of its sureness a mention passes on to a repeat
_INITIALS = re.compile(
    rf"(?<!\w)(?i:{alternation(column('initials_markers', 'word'))})[ \u00a0\n]{{1,3}}[\"'“‘(]?"
    r"([A-Z](?:\.?[A-Z]){0,3})(?![\w])"
    # initials with an age: `korban, JMS (20)`
    r"|(?<![\w.])([A-Z]{2,4})(?= \(\d{1,2}(?: (?:tahun|thn|th))?\))"
)
_PART = re.compile(r"[^\W\d_]+(?:['’`-][^\W\d_]+)*")
_HONORIFICS = frozenset(word.casefold() for word in column("honorifics", "word"))


def with_repeats(text: str, tokens: Sequence[Range], found: Iterable[Mention]) -> list[Mention]:
    """The mentions ``found``, and persons wherever a part of a name found stands outside them.

    ``tokens`` are the character ranges of the text's tokens. `Dian` is a person after `Dian Wiriyawan`, unless
    the article also writes the word in lower case; a part beside a mention of a person becomes part of it.
    Initials are persons throughout an article that says so once (`berinisial RS`, `RS (17)`).

    >>> text = "Siswi berinisial RS hilang. Ibu RS cemas."
    >>> tokens = [(0, 5), (6, 16), (17, 19), (20, 26), (26, 27), (28, 31), (32, 34), (35, 40), (40, 41)]
    >>> [(mention.start, mention.text, mention.label) for mention in with_repeats(text, tokens, [])]
    [(17, 'RS', 'PER'), (28, 'Ibu RS', 'PER')]
    """
    initials = {match[1] or match[2] for match in _INITIALS.finditer(text)}
    kept = [mention for mention in found if mention.label == "PER" or mention.text not in initials]
    words = [text[start:end] for start, end in tokens]
    sureness = dict.fromkeys(initials, _PASSED_ON)
    for mention in kept:
        if mention.label == "PER" and mention.score >= _SURE:
            for part in _parts(mention):
                sureness[part] = max(sureness.get(part, 0.0), _PASSED_ON * mention.score)
    for word in words:
        if word.islower():
            sureness.pop(word.title(), None)
    if not sureness:
        return kept
    named = Ranges((mention.start, mention.end) for mention in kept)
    taken = [named.touch(start, end) for start, end in tokens]
    added = [
        Mention(*_with_honorifics(words, tokens, taken, i), word, "PER", round(sureness[word], 4))
        for i, word in enumerate(words)
        if word in sureness and not taken[i]
    ]
    return list(_joined(text, kept, added))


def _parts(person: Mention) -> Iterator[str]:
    """The parts of a name that can stand for its bearer."""
    name = read_name(person.text)
    for part in _PART.findall(person.text[name.start : name.end]):
        acronym = part.isupper() and not person.text.isupper()
        if len(part) >= 4 and part[0].isupper() and not acronym:
            yield part


def _with_honorifics(
    words: Sequence[str], tokens: Sequence[Range], taken: Sequence[bool], at: int
) -> tuple[int, int]:
    """Where the name at token ``at`` starts and ends, titles before it included."""
    first = at
    while first and not taken[first - 1] and words[first - 1].rstrip(".").casefold() in _HONORIFICS:
        if not words[first - 1][0].isupper() or tokens[first][0] - tokens[first - 1][1] > 1:
            break
        first -= 1
    return tokens[first][0], tokens[at][1]


def _joined(text: str, kept: Iterable[Mention], added: Iterable[Mention]) -> Iterator[Mention]:
    """All mentions in reading order; parts added join a person that stands right beside them."""
    new = set(added)
    last: Mention | None = None
    for mention in sorted([*kept, *new], key=lambda m: (m.start, -m.end)):
        beside = last and text[last.end : mention.start] in (" ", "\u00a0") and last.label == mention.label == "PER"
        if last and beside and (mention in new or last in new):
            last = Mention(last.start, mention.end, "", "PER", max(last.score, mention.score))
            new.add(last)
            continue
        if last:
            yield last._replace(text=text[last.start : last.end])
        last = mention
    if last:
        yield last._replace(text=text[last.start : last.end])
