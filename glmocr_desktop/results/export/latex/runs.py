"""Words with their styles, and formulas among them, as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glmocr_desktop.core.model import Run, Style
from glmocr_desktop.results import inline
from glmocr_desktop.results.export.latex.math import inline_formula
from glmocr_desktop.results.export.latex.words import escaped, from_left, from_right, struck

_COMMANDS = ((Style.ITALIC, "textit"), (Style.BOLD, "textbf"))
_NEW_LINE = re.compile(r"[ \t]*\n\s*")


def written(runs: Sequence[Run], *, new_line: str = r"\\") -> str:
    """Words and formulas as LaTeX.

    Args:
        runs: The words.
        new_line: What breaks a line; a blank makes one line of all.
    """
    right = inline.is_right_to_left("".join(run.text for run in runs if Style.FORMULA not in run.style))
    words = "".join(_run(run, right=right) for run in runs).strip()
    words = _NEW_LINE.sub(lambda _: f"{new_line}\n", words)
    return f"\\fromright{{{words}}}" if right and words else words


def _run(run: Run, *, right: bool) -> str:
    if Style.FORMULA in run.style:
        formula = inline_formula(run.text) or f"\\texttt{{{escaped(run.text, mono=True)}}}"
        return from_left(formula) if right else formula
    if Style.CODE in run.style:
        code = f"\\texttt{{{escaped(run.text, mono=True)}}}"
        words = from_left(code) if right else code
    elif Style.STRIKE in run.style:
        words = struck(run.text)
    else:
        words = from_right(run.text) if right else escaped(run.text)
    for style, command in _COMMANDS:
        if style in run.style:
            words = f"\\{command}{{{words}}}"
    return words
