"""The grammar of written dates: which words make a date expression, and what they say of when.

A rule is a pattern that is tried only where one of its first words stands, and a function from its match to
what it says: a ``Partial`` date to be settled from the day of writing, or a ``Period``. Each module holds the
rules for what it reads; where two rules begin with the same word, the order of the modules here decides, then
their order in the module. All patterns are bounded.
"""

from __future__ import annotations

from beritaie.extractors._date_grammar import days, feasts, foreign, months, units, weekdays, years
from beritaie.extractors._date_grammar.reading import Context, Reading, Rule

_MODULES = (foreign, days, weekdays, units, months, years, feasts)
_RULES: dict[str, list[Rule]] = {}
for _module in _MODULES:
    for _word, _rules in _module.RULES.by_word.items():
        _RULES.setdefault(_word, []).extend(_rules)


def starts_date(word: str) -> bool:
    """Whether a date expression may begin with ``word`` (casefolded, or ``DIGIT``).

    >>> starts_date("kemarin"), starts_date("bupati")
    (True, False)
    """
    return word in _RULES


def read_at(context: Context, word: str, at: int) -> Reading | None:
    """The date expression that begins at character ``at`` with ``word``, by the first rule that reads it.

    >>> import datetime as dt
    >>> read_at(Context("digelar Senin (9/12)", dt.date(2024, 12, 10)), "senin", 8)[:2]
    (8, 20)
    """
    for rule in _RULES.get(word, ()):
        match = rule.pattern.match(context.text, at)
        try:
            reading = rule.read(match, context) if match else None
        except (OverflowError, ValueError):  # before the year 1 or after 9999
            continue
        if reading:
            return reading
    return None


def may_begin(text: str, at: int) -> bool:
    """Whether an expression may begin at ``at``: not in the middle of a number, a link or a word (`ke-79`).

    >>> may_begin("ke-79", 3), may_begin("Bandung,12 Mei", 8)
    (False, True)
    """
    if at == 0:
        return True
    before = text[at - 1]
    if before in "/_@#=+&" or before.isdigit():
        return False
    if before in "-–":
        return at > 1 and text[at - 2].isspace()
    if before in ".,:":
        return not (text[at].isdigit() and at > 1 and text[at - 2].isdigit())
    return not before.isalpha() or (before.islower() and text[at].isupper())
