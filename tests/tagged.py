"""Tests as tagged sentences: the sentence with its expected records written into it.

``parse("digelar <date value='2024-12-09'>Senin (9/12)</date>")`` gives the plain sentence and the
expected spans: ``Expected(start, end, text, tag, attributes)``.
"""

import html
import re
from typing import NamedTuple

_TAG = re.compile(r"<(/?)([a-z_]+)((?:\s+\w+=(?:'[^']*'|\"[^\"]*\"))*)\s*>")
_ATTRIBUTE = re.compile(r"(\w+)=(?:'([^']*)'|\"([^\"]*)\")")


class Expected(NamedTuple):
    """A span that the extractor must find, with the values it must give."""

    start: int
    end: int
    text: str
    tag: str
    attributes: dict[str, str]


def parse(tagged: str) -> tuple[str, list[Expected]]:
    """Split a tagged sentence into its text and the spans expected, in reading order."""
    pieces: list[str] = []
    open_tags: list[tuple[str, int, dict[str, str]]] = []
    found: list[tuple[int, int, str, dict[str, str]]] = []
    at = length = 0
    for match in _TAG.finditer(tagged):
        pieces.append(tagged[at : match.start()])
        length += len(pieces[-1])
        at = match.end()
        closing, tag, attributes = match.groups()
        if closing:
            opened, start, values = open_tags.pop()
            assert opened == tag, f"</{tag}> closes <{opened}>"
            found.append((start, length, tag, values))
        else:
            values = {key: html.unescape(single or double) for key, single, double in _ATTRIBUTE.findall(attributes)}
            open_tags.append((tag, length, values))
    pieces.append(tagged[at:])
    assert not open_tags, f"never closed: {open_tags}"
    text = "".join(pieces)
    return text, [Expected(a, b, text[a:b], tag, values) for a, b, tag, values in sorted(found, key=lambda f: f[:2])]
