"""LaTeX as a row of tokens, and as what is left of it without delimiters around it."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"\\verb\*?(?P<mark>[^A-Za-z*\s])(?:(?!(?P=mark)).)*(?P=mark)"  # shown as it stands
    r"|\\[A-Za-z]+\*?|\\.|\s+|.",
    re.DOTALL,
)
_PAIRS = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))


def bare(latex: str) -> tuple[str, int]:
    """A formula without the delimiters and blanks around it, and how many characters were before it."""
    start, end = 0, len(latex)
    while True:
        while start < end and latex[start].isspace():
            start += 1
        while start < end and latex[end - 1].isspace() and not _escaped(latex, end - 1, start):
            end -= 1
        opened, closed = _delimiters(latex, start, end)
        if not opened and not closed:
            return latex[start:end], start
        start, end = start + opened, end - closed


def _delimiters(latex: str, start: int, end: int) -> tuple[int, int]:
    """How long the delimiters at both ends are; one of a pair may be missing, since models cut and forget."""
    for opening, closing in _PAIRS:
        opened = len(opening) if latex.startswith(opening, start, end) else 0
        if end - start < opened + len(closing) or not latex.endswith(closing, start, end):
            closed = 0
        else:
            closed = 0 if _escaped(latex, end - len(closing), start) else len(closing)
        if opened or closed:
            dollar = opening[0] == "$"
            if dollar and "$" in latex[start + opened : end - closed]:
                return 0, 0  # several formulas with words between them
            return opened, closed
    return 0, 0


def _escaped(latex: str, index: int, start: int) -> bool:
    """Whether the character at `index` belongs to a backslash before it."""
    before = index
    while before > start and latex[before - 1] == "\\":
        before -= 1
    return (index - before) % 2 == 1
