"""Tells speech from narrative, for whatever reads the words between quotation marks differently."""

from __future__ import annotations

_LONGEST = 2000  # characters of a line that are looked at


def in_quotation(text: str, at: int) -> bool:
    """Whether quotation marks are open before character ``at`` of its line.

    >>> in_quotation('"Ada," kata dia kemarin.', 1), in_quotation('"Ada," kata dia kemarin.', 17)
    (True, False)
    """
    line = text[max(text.rfind("\n", 0, at) + 1, at - _LONGEST) : at].replace("&quot;", '"')
    return line.count('"') % 2 == 1 or line.rfind("“") > line.rfind("”")
