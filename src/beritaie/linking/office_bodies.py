"""The institution that the name of an office says: `Kapolres Sukamaju`, `Kabid Humas Polda Sukamaju`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from beritaie.lexicon import rows
from beritaie.linking.institution_names import LONGEST_HEAD, Words, folded, heads, short_forms
from beritaie.linking.positions import read_position

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_MOST_WORDS = 40


@cache
def _bodies() -> dict[str, tuple[bool, Words]]:
    return {row["head"]: (row["names"] == "yes", folded(row["body"])) for row in rows("office_bodies")}


def body_of_office(office: str) -> tuple[bool, Words]:
    """Whether the title of an office names its body, and the words of that body's name; no words if unknown.

    >>> body_of_office("Kadis Kominfo Sukamaju")
    (True, ('dinas', 'komunikasi', 'informatika', 'sukamaju'))
    >>> body_of_office("Bupati Sukamaju")
    (False, ('pemerintah', 'kabupaten', 'sukamaju'))
    """
    read = read_position(office)
    named, body = _bodies().get(read.head, (False, ()))
    return named, (*body, *read.tail) if body else ()


@lru_cache(maxsize=1 << 12)
def start_of_body(office: str) -> int | None:
    """The character of ``office`` where the name of an institution starts that goes on to its end.

    >>> start_of_body("Kabid Humas Polda Sukamaju"), start_of_body("Bupati Sukamaju")
    (12, None)
    """
    found = list(_WORD.finditer(office))[:_MOST_WORDS]
    plain = [match[0].casefold() for match in found]
    for at in range(1, len(found)):
        if not found[at][0][0].isupper():
            continue
        for size in range(min(LONGEST_HEAD, len(found) - at), 0, -1):
            words = tuple(plain[at : at + size])
            short = short_forms().get(words)
            if words in heads() or (short and (not short.capitals or found[at][0].isupper())):
                return found[at].start()
    return None
