"""Words as LaTeX: every sign means itself."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from glmocr_desktop.results.export.latex.symbols import SYMBOLS
from glmocr_desktop.results.export.script import HAN, RIGHT_TO_LEFT

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",  # these three would be arguments of a new line or an entry
    "]": "{]}",
    "*": "{*}",
    "\u00a0": "~",
}
_PUNCTUATION = {
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "–": "--",
    "—": "---",
    "…": r"\ldots{}",
    "·": r"\ensuremath{\cdot}",
}
EAST_ASIAN = (
    f"\u1100-\u11ff\u2460-\u24ff\u2e80-\u303f\u3041-\u33ff\ua960-\ua97f\uac00-\ud7ff\ufe30-\ufe4f\uff00-\uffef{HAN}"
)
_LATIN = "\x00-\u017f\u1e00-\u1eff€™‰‹›„‚"  # what the usual fonts of LaTeX have
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_PART = re.compile(
    r"(?P<special>[\\{}$&#%_^~`\[\]*\u00a0])|(?P<quote>\")|(?P<ligature>--+|''+|,,+|<<+|>>+)"
    f"|(?P<punctuation>[{''.join(_PUNCTUATION)}]+)"
    f"|(?P<right>{RIGHT_TO_LEFT.pattern}{{1,200}}(?: +{RIGHT_TO_LEFT.pattern}{{1,200}})*)"
    f"|(?P<greek>[\u0370-\u03ff\u1f00-\u1fff]{{2,200}})|(?P<other>[^{_LATIN}{EAST_ASIAN}]{{1,200}})"
    r"|(?P<long>[A-Za-z0-9]{60})"  # no word, and thousands of letters without a blank are too much for XeTeX
)
_LONG_WORD = re.compile(r"\S{200}")
_IS_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")
_WORD = re.compile(f"(\\s+|[{EAST_ASIAN}])")
_FROM_LEFT = re.compile(r"[^\W_](?:[^\n]*[^\W_%])?")
_OPENING = frozenset("([{<-–—/=«")


def escaped(text: str, *, mono: bool = False) -> str:
    """A text in which nothing is a command.

    Args:
        text: Any text; its line breaks stay.
        mono: Whether it stands in a font in which signs are not joined to others, as two hyphens to a dash.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))

    def part(found: re.Match[str]) -> str:
        sign = found[0]
        match found.lastgroup:
            case "special":
                return _SPECIAL[sign]
            case "quote":
                return sign if mono else _quote(text, found.start())
            case "ligature":
                return sign if mono else "{}".join(sign)
            case "punctuation":
                return sign if mono or _is_east_asian(text, found) else "".join(map(_PUNCTUATION.__getitem__, sign))
            case "right":
                return f"\\fromright{{{sign}}}"
            case "long":
                return f"{sign}\\allowbreak{{}}"
            case "greek":
                return f"\\otherscript{{{sign}}}"
            case _:
                return _other(sign)

    return _PART.sub(part, text)


def from_right(text: str) -> str:
    """The same for a text that stands within words from right to left."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    written = []
    for is_right, group in groupby(
        re.split(f"({RIGHT_TO_LEFT.pattern}+)", text), lambda part: bool(RIGHT_TO_LEFT.match(part))
    ):
        part = "".join(group)
        if is_right:
            written.append(_LONG_WORD.sub(r"\g<0>\\allowbreak{}", part))
            continue
        found = _FROM_LEFT.search(part)
        begin, end = found.span() if found else (len(part), len(part))
        written.append(escaped(part[:begin]))
        if found:
            written += [from_left(escaped(found[0])), escaped(part[end:])]
    return "".join(written)


def from_left(latex: str) -> str:
    """LaTeX that runs from left to right within words from right to left."""
    return f"\\fromleft{{{latex}}}"


def struck(text: str) -> str:
    """Words that are struck out, each by itself, so that lines can be broken between them."""
    return "".join(part if not part.strip() else f"\\struck{{{escaped(part)}}}" for part in _WORD.split(text) if part)


def _other(signs: str) -> str:
    """Signs that the usual fonts do not have: drawn as in formulas, or from another font."""
    written = []
    for is_symbol, group in groupby(signs, SYMBOLS.__contains__):
        words = list(group)
        if is_symbol:
            written += [f"\\ensuremath{{{SYMBOLS[sign]}}}" for sign in words]
        else:
            written.append(f"\\otherscript{{{''.join(words)}}}")
    return "".join(written)


def _quote(text: str, at: int) -> str:
    """A straight quotation mark, which LaTeX can only write as one that opens or closes."""
    before = text[at - 1] if at else " "
    return "``" if before.isspace() or before in _OPENING else "''"


def _is_east_asian(text: str, found: re.Match[str]) -> bool:
    """Whether punctuation stands in Chinese, Japanese or Korean words, whose fonts draw it wider."""
    around = text[max(found.start() - 1, 0) : found.start()] + text[found.end() : found.end() + 1]
    return _IS_EAST_ASIAN.search(around) is not None
