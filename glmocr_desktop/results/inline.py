"""Words with styles and formulas among them: what stands inside a paragraph, a heading, a list or a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

from glmocr_desktop.core.model import Run, Style
from glmocr_desktop.results.formulas import tidy

# A price is no formula: no digit stands behind the sign that closes one or before the one that opens it, US$ 5 does
# not open one, and $5 none that ends with a blank.
_FORMULA = re.compile(
    r"\$\$(?P<display>[^$]+)\$\$"
    r"|(?<![\\$\d])(?<![A-Z](?=\$ ?\d))\$(?!\d[^$\n]*\s\$)(?P<dollars>[^$\n]+)(?<!\\)\$(?![\d$])"
    r"|\\\((?P<round>(?:(?!\\[()]).)+)\\\)"
    r"|\\\[(?P<square>(?:(?!\\[\[\]]).)+)\\\]",
    re.DOTALL,
)
_RAISED = dict(zip("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def runs(text: str) -> tuple[Run, ...]:
    """The words of a cell or of other text without markup, and the formulas among them."""
    found: list[Run] = []
    at = 0
    for match in _FORMULA.finditer(text):
        latex = tidy(match[str(match.lastgroup)])
        if latex:
            found += (Run(text[at : match.start()]), Run(latex, Style.FORMULA))
            at = match.end()
    found.append(Run(text[at:]))
    return tuple(run for run in found if run.text)


def plain(words: Iterable[Run]) -> str:
    """Only the words; a formula stands between single dollar signs."""
    return "".join(f"${run.text}$" if Style.FORMULA in run.style else run.text for run in words)


def raised(text: str) -> str:
    """What stood above the line: 10⁵ must not become 105; 5th may."""
    if len(text) > 1 and text.isalpha():
        return text
    return _moved(text, _RAISED, "^")


def lowered(text: str) -> str:
    """What stood below the line."""
    return _moved(text, _LOWERED, "_")


def joined(words: Iterable[Run]) -> tuple[Run, ...]:
    """The same with neighbours of one style as one run, and no blanks at the ends of lines."""
    merged: list[Run] = []
    for style, neighbours in groupby(words, key=lambda run: run.style):
        if Style.FORMULA in style:
            merged += neighbours
        elif text := "".join(run.text for run in neighbours):
            merged.append(Run(text, style))
    if merged and Style.FORMULA not in merged[0].style:
        merged[0] = Run(merged[0].text.lstrip(), merged[0].style)
    if merged and Style.FORMULA not in merged[-1].style:
        merged[-1] = Run(merged[-1].text.rstrip(), merged[-1].style)
    return tuple(run for run in merged if run.text)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is Hebrew, Arabic or the like."""
    for sign in text[:1000]:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _moved(text: str, signs: dict[str, str], mark: str) -> str:
    if all(sign in signs for sign in text):
        return "".join(signs[sign] for sign in text)
    return f"{mark}{text}" if text.isalnum() else f"{mark}({text})"
