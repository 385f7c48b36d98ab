r"""Formulas that may stand in a LaTeX document.

LaTeX is a programming language that reads and writes files, and an answer is not to be trusted: a formula is taken
apart, and written again from commands that only draw. All groups are closed, so that nothing gets out of it.
"""

from __future__ import annotations

import re

from glmocr_desktop.results import formulas
from glmocr_desktop.results.export.fitting import line_width
from glmocr_desktop.results.export.latex.writer import NotAllowed, Writer

_LONGEST = 8_000  # characters
_WIDE = 75  # letters; a line of text has about 90
_TAG = re.compile(r"\\tag\b")


def inline_formula(latex: str) -> str | None:
    """A formula for the middle of a line; None when it must not or cannot be one."""
    writer = _checked(latex, display=False)
    return f"${writer.body()}$" if writer else None


def display_formula(latex: str) -> str | None:
    """A formula by itself, as wide as a page at most; None when it must not or cannot be one."""
    writer = _checked(latex, display=True)
    if writer is None:
        return None
    body = writer.body()
    if line_width(f"${body}$") > _WIDE:
        body = f"\\fitted{{{body}}}"
    return f"\\begin{{equation*}}\n{body}{writer.tag}\n\\end{{equation*}}"


def _checked(latex: str, *, display: bool) -> Writer | None:
    if len(latex) > _LONGEST:
        return None
    latex = formulas.tidy(latex)
    writer = Writer(latex, keeps_tag=display and len(_TAG.findall(latex)) == 1)
    try:
        writer.write()
    except NotAllowed:
        return None
    # What is drawn without complaint has all its arguments, too.
    return None if not writer.body() or formulas.typeset(latex, display=display).error else writer
