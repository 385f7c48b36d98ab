"""Which texts of cells are numbers, and what they are worth.

A text that may mean two numbers, or none, stays a text: a wrong value does more harm than a cell that is no number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?P<sign>[+\-−]?)"
    r"(?P<whole>\d{1,3}(?:(?P<group>[,.'’ \u00a0\u2009\u202f])\d{3})(?:(?P=group)\d{3})*|\d+)"
    r"(?:(?P<point>[.,])(?P<fraction>\d+))?"
    r"(?P<percent>[ \u00a0\u202f]?[%％])?",
    re.ASCII,
)
_OTHER = {",": ".", ".": ","}
_MOST_DIGITS = 15  # more do not fit into the numbers of a spreadsheet
_MOST_UNGROUPED = 9  # more are a telephone number or an identifier
_MOST_CHARACTERS = 40
_MAJORITY = 3  # a section number among prices, or a pair of figures, does not turn the rest into text


class Number(NamedTuple):
    """What a text is worth, and how a spreadsheet shows it as it was written.

    Attributes:
        shown: A number format of Excel.
    """

    value: float
    shown: str


def decimal_sign(texts: Iterable[str]) -> str:
    """What stands before the decimals in most numbers of some texts, a point or a comma; empty when it is open."""
    signs = Counter(_evidence(found) for text in texts if (found := _match(text)))
    points, commas = signs["."], signs[","]
    if points > _MAJORITY * commas:
        return "."
    return "," if commas > _MAJORITY * points else ""


def number(text: str, decimal: str = "") -> Number | None:
    """The number that a text is; None for anything else.

    Args:
        text: Of a whole cell.
        decimal: What stands before the decimals in the numbers around it, when that is known.
    """
    found = _match(text)
    if found is None:
        return None
    group, fraction = found["group"] or "", found["fraction"] or ""
    own = _evidence(found)
    sign = own or decimal
    if decimal and own not in ("", decimal):
        return None
    whole = found["whole"]
    if not fraction and (group == " " or (group in _OTHER and not sign)):
        return None  # 1 234 may be two numbers, and 1,234 is one thing here and another there
    if fraction and group == found["point"]:
        return None
    if group == sign != "":  # 0,125
        whole, _, fraction = whole.partition(group)
        group = ""
    return _number(found, whole.replace(group, "") if group else whole, fraction, grouped=bool(group))


def _number(found: re.Match[str], whole: str, fraction: str, *, grouped: bool) -> Number | None:
    if len(whole) > 1 and whole.startswith("0"):
        return None
    if len(whole) + len(fraction) > _MOST_DIGITS or (len(whole) > _MOST_UNGROUPED and not grouped and not fraction):
        return None
    value = float(f"{whole}.{fraction or 0}{'e-2' if found['percent'] else ''}")
    shown = ("#,##0" if grouped else "0") + (f".{'0' * len(fraction)}" if fraction else "")
    if found["percent"]:
        shown += "%"
    if found["sign"] == "+":
        shown = f"+{shown};-{shown}"
    return Number(-value if found["sign"] in ("-", "−") else value, shown)


def _match(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(text.strip()) if len(text) <= _MOST_CHARACTERS else None


def _evidence(found: re.Match[str]) -> str:
    """Which decimal sign a number shows by itself; empty when it may be either."""
    group, point = found["group"] or "", found["point"] or ""
    if point:
        return point if group != point else ""
    if group not in _OTHER:
        return ""
    if found["whole"].startswith("0"):
        return group
    return _OTHER[group] if found["whole"].count(group) > 1 else ""
