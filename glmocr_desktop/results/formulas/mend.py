"""Formulas that cannot be read as they stand: what was probably meant."""

from __future__ import annotations

import re

from glmocr_desktop.results.formulas.latex import TOKEN

_BEGIN = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_PART = re.compile(r"\\(?P<side>begin|end)\s*\{(?P<name>[^{}]*)\}|" + TOKEN.pattern, re.DOTALL)
_SIDES = ("\\left", "\\right")


def mended(latex: str, problem: str, at: int) -> list[str]:
    """What to try instead, likeliest first.

    Args:
        latex: What could not be read.
        problem: MathJax's name of the error.
        at: Where reading stopped.
    """
    tries: list[str] = []
    if problem in ("DoubleExponent", "DoubleSubscripts", "DoubleExponentPrime"):
        # x^2^3: the second one gets an empty base of its own
        place = max((latex.rfind(mark, 0, at + 1) for mark in "^_'"), default=-1)
        if place >= 0:
            tries.append(latex[:place] + "{}" + latex[place:])
    elif problem == "Misplaced":
        tries.append(f"\\begin{{aligned}}{latex}\\end{{aligned}}")
        tries.append(re.sub(r"(?<!\\)&", " ", latex))
    elif problem in ("UnknownEnv", "InvalidEnv"):
        tries.append(_without_environment(latex, at))
    elif problem == "MathNotTerminated":
        tries.append(re.sub(r"(?<!\\)\$", "", latex))
    elif problem == "MissingOrUnrecognizedDelim":
        tries.append(_with_delimiters(latex))
    elif problem in ("MissingArgFor", "MissingScript", "TokenNotFoundForCommand") and at >= len(latex.rstrip()):
        tries += [latex + "{}", latex + "{}{}"]
    whole = balanced(latex)
    tries.append(whole)
    if 0 < at < len(latex):
        tries.append(balanced(latex[:at]))  # what was read before it went wrong
    return [each for each in dict.fromkeys(tries) if each.strip() and each != latex]


def balanced(latex: str) -> str:
    r"""Braces, `\left`…`\right` and environments closed that are open, and closed ones removed that were never open."""
    kept: list[str] = []
    still: list[str] = []  # how to close what is open, outermost first
    for part in _PART.finditer(latex):
        token = part.group()
        if part["side"] == "begin":
            still.append(f"\\end{{{part['name']}}}")
        elif token == "{":
            still.append("}")
        elif token == "\\left":
            still.append("\\right.")
        elif part["side"] == "end" or token in ("}", "\\right"):
            closing = {"\\right": "\\right.", "}": "}"}.get(token) or f"\\end{{{part['name']}}}"
            if closing not in still[-8:]:
                continue  # a \right without its \left leaves its delimiter behind
            while still[-1] != closing:
                kept.append(still.pop())
            still.pop()
        kept.append(token)
    if kept and kept[-1] in _SIDES:
        kept.append(".")
    return "".join(kept) + "".join(reversed(still))


def _without_environment(latex: str, at: int) -> str:
    named = [match for match in _BEGIN.finditer(latex) if match.start() <= at]
    if not named:
        return latex
    name = re.escape(named[-1][2])
    if named[-1][2].rstrip("*") in ("tabular", "tabularx", "longtable"):
        return re.sub(rf"\\(begin|end)\s*\{{{name}\}}", r"\\\1{array}", latex)
    return re.sub(rf"\\begin\s*\{{{name}\}}|\\end\s*\{{{name}\}}", "", latex)


def _with_delimiters(latex: str) -> str:
    r"""A `.` (no delimiter) after each `\left` and `\right` that has none."""
    return re.sub(
        r"(\\(?:left|right))(?=\s*(?:$|[A-Za-z0-9{}&^_]|\\(?:frac|begin|end|right|left|sum|int)(?![A-Za-z])))",
        r"\1.",
        latex,
    )
