"""The words of an institution's name: short forms written out, fillers left aside (`Dinkes`, `Dinas Kesehatan`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from beritaie.lexicon import rows

Words = tuple[str, ...]

LONGEST_HEAD = 6  # words of a short form or of a name's beginning

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_GLUED_FORM = re.compile(r"\b(PT|CV)(?=[A-Z][a-z])")


class Short(NamedTuple):
    """What a short form stands for; ``capitals``: it is one only where it opens with a capital."""

    name: Words
    kind: str
    capitals: bool


def words(text: str) -> list[str]:
    """The words of a name as written; full stops of a short name left out, glued legal forms parted.

    >>> words("K.P.U. Daerah"), words("PTMaju Jaya")
    (['K', 'P', 'U', 'Daerah'], ['PT', 'Maju', 'Jaya'])
    >>> words("K.P.U.")
    ['KPU']
    """
    short = text.replace(".", "") if "." in text and len(text) < 8 else text
    return _WORD.findall(_GLUED_FORM.sub(r"\1 ", short))


def folded(text: str) -> Words:
    """The words of a name in small letters.

    >>> folded("Satpol-PP")
    ('satpol', 'pp')
    """
    return tuple(word.casefold() for word in words(text))


@cache
def short_forms() -> dict[Words, Short]:
    """Every short form that news writes, with the name it stands for."""
    found = {
        folded(row["acronym"]): Short(folded(row["name"]), row["kind"], row["acronym"].isupper())
        for row in rows("institutions")
    }
    for row in rows("institution_registry"):
        for form in row["forms"].split("|"):
            if form and " " not in form and "/" not in form:
                found.setdefault(folded(form), Short(folded(row["name"]), row["kind"], form.isupper()))
    return found


@cache
def heads() -> dict[Words, tuple[str, str]]:
    """How names of institutions begin: the kind that says, and the level of area such a body belongs to."""
    return {folded(row["head"]): (row["kind"], row["area"]) for row in rows("institution_heads")}


@cache
def fillers(place: str) -> frozenset[Words]:
    """The words that tell no two names apart, by where they stand (`start`, `end`, `level`, `anywhere`)."""
    return frozenset(tuple(row["word"].split()) for row in rows("institution_fillers") if row["place"] == place)


def written_out(name: Sequence[str]) -> list[str]:
    """The words in small letters with every short form replaced by the name it stands for.

    >>> written_out(["Pemkab", "Sukamaju"])
    ['pemerintah', 'kabupaten', 'sukamaju']
    """
    out: list[str] = []
    known = short_forms()
    at = 0
    while at < len(name):
        for size in range(min(LONGEST_HEAD, len(name) - at), 0, -1):
            part = name[at : at + size]
            short = known.get(tuple(word.casefold() for word in part))
            if short and (size > 1 or not short.capitals or part[0].isupper()):
                # `Dinas Kominfo`: the head stands before the short form of the whole already.
                out += short.name[1:] if out[-1:] == [short.name[0]] else short.name
                at += size
                break
        else:
            out.append(name[at].casefold())
            at += 1
    return out


def stripped(name: Sequence[str]) -> Words:
    """The words without fillers; all of them if nothing else is there.

    >>> stripped(["dinas", "pendidikan", "dan", "kebudayaan"])
    ('dinas', 'pendidikan', 'kebudayaan')
    """
    kept = list(name)
    trimmed = True
    while trimmed:
        trimmed = False
        for place in ("start", "end", "level"):
            for filler in fillers(place):
                size = len(filler)
                edge = kept[:size] if place == "start" else kept[-size:]
                if tuple(edge) == filler and len(kept) > size + (place == "level"):
                    kept = kept[size:] if place == "start" else kept[:-size]
                    trimmed = True
    anywhere = fillers("anywhere")
    return tuple(word for word in kept if (word,) not in anywhere) or tuple(name)
