"""LaTeX as a person would have typed it: models put blanks between all of its tokens."""

from __future__ import annotations

import re

from glmocr_desktop.results.formulas.latex import TOKEN, bare

# Commands whose argument is words, in which a blank is a blank.
_WORDS = re.compile(
    r"\\(text[a-z]*|mbox|hbox|vbox|[fh]box|makebox|framebox|tag\*?|label|ref|eqref|ce|pu|(short)?intertext|textcolor"
    r"|color|colorbox|fcolorbox|definecolor)"
)
_LETTERS = re.compile(r"\\[A-Za-z]+\*?")


def tidy(latex: str) -> str:
    r"""Remove the blanks that mean nothing, and delimiters around the formula: `\frac {q l} {2}` is `\frac{ql}{2}`.

    What is shown stays as it is: words in `\text{…}`, `\ `, and a blank on each side of `&` and after `\\` where
    there was one. Takes time in proportion to the length.
    """
    found = (match.group() for match in TOKEN.finditer(bare(latex)[0]))
    tokens = ["\\%" if token == "%" else token for token in found]  # no model means to hide the rest of a line
    kept: list[str] = []
    index = 0
    blank = ""  # was before the token at hand
    last = ""
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token.isspace():
            blank = "\n" if "\n" in token else " "
            continue
        if kept and _needs_blank(last, token, blank):
            kept.append(blank or " ")
        kept.append(token)
        last, blank = token, ""
        if _WORDS.fullmatch(token):
            end = _group_end(tokens, index)
            if end > index:
                kept.append("".join(tokens[index:end]).lstrip())
                last = "}"
            index = end
    return "".join(kept)


def _needs_blank(last: str, token: str, blank: str) -> bool:
    if _LETTERS.fullmatch(last) and last[-1] != "*" and token[0].isascii() and token[0].isalpha():
        return True
    if not blank:
        return False
    return last == "&" or token == "&" or last == "\\\\" or token == "\\\\"


def _group_end(tokens: list[str], start: int) -> int:
    """Index after the `{…}` that begins at or after `start`; `start` if there is none."""
    index = start
    if index < len(tokens) and tokens[index].isspace():
        index += 1
    if index >= len(tokens) or tokens[index] != "{":
        return start
    depth = 0
    while index < len(tokens):
        depth += {"{": 1, "}": -1}.get(tokens[index], 0)
        index += 1
        if depth == 0:
            return index
    return index
