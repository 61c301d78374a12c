"""How a lemma comes from its word, as a rule that serves other words: `mengambil` → `ambil`, `mengantar` → `antar`."""

from __future__ import annotations

from difflib import SequenceMatcher


def script(word: str, lemma: str) -> str:
    """What to cut and add at both ends: ``case|cut|add|cut|add``.

    >>> script("mengambil", "ambil")
    '=|4||0|'
    """
    low = lemma == lemma.lower() and word != word.lower()
    form = word.lower() if low else word
    match = SequenceMatcher(None, form, lemma, autojunk=False).find_longest_match()
    if not match.size:
        return "=|0||0|"
    before, after = match.a, len(form) - match.a - match.size
    return f"{'v' if low else '='}|{before}|{lemma[: match.b]}|{after}|{lemma[match.b + match.size :]}"


def apply_script(word: str, rule: str) -> str:
    """The lemma that a rule makes of a word; the word itself where it is too short for the rule.

    >>> apply_script("mengantar", "=|4||0|")
    'antar'
    """
    case, before, prefix, after, suffix = rule.split("|")
    form = word.lower() if case == "v" else word
    first, last = int(before), len(form) - int(after)
    return prefix + form[first:last] + suffix if first < last else form
