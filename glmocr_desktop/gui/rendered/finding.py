"""Where words are found in results; what is counted here is what is marked in the view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glmocr_desktop.core.model import BlockKind, JobState, Result, Run, Style
from glmocr_desktop.gui.rendered.rendering import Piece
from glmocr_desktop.gui.rendered.table_slices import shown_cell
from glmocr_desktop.results import inline

_FORMULA_SIGN = "\ufffc"


@dataclass(frozen=True, slots=True)
class Match:
    """Where something is found in a text: at some run, or over several, in characters of the whole text.

    A formula is one character of it, and is found as a whole.
    """

    begin: int
    end: int


class Search:
    """What is looked for.

    Args:
        needle: Words, or a part of the LaTeX of a formula; nothing is found for none.
        match_case: Whether large letters are others than small ones.
    """

    def __init__(self, needle: str, *, match_case: bool = False) -> None:
        self.needle = needle
        self._flags = re.NOFLAG if match_case else re.IGNORECASE
        self._pattern = re.compile(re.escape(needle), self._flags)

    def __bool__(self) -> bool:
        return bool(self.needle)

    def matches(self, runs: Sequence[Run]) -> list[Match]:
        """All places in a text, in their order."""
        if not self.needle:
            return []
        text = "".join(_FORMULA_SIGN if Style.FORMULA in run.style else run.text for run in runs)
        found = [Match(*match.span()) for match in self._pattern.finditer(text)]
        if _FORMULA_SIGN in text:
            at = 0
            for run in runs:
                if Style.FORMULA in run.style:
                    if self._pattern.search(run.text):
                        found.append(Match(at, at + 1))
                    at += 1
                else:
                    at += len(run.text)
            found.sort(key=lambda match: match.begin)
        return found

    def count(self, texts: Iterable[Sequence[Run]]) -> int:
        """How often it is found in some texts."""
        return sum(len(self.matches(runs)) for runs in texts)

    def count_in(self, result: Result) -> int:
        """How often it is found on a page. Thread: any."""
        return self.count(_texts(result, self._pattern)) if result.state is JobState.DONE else 0


def _texts(result: Result, pattern: re.Pattern[str]) -> Iterator[Sequence[Run]]:
    for number, block in enumerate(result.blocks):
        if block.kind is BlockKind.TABLE:
            for row in block.rows:
                for cell in row:
                    text = shown_cell(cell)
                    if "$" in text or "\\" in text:
                        yield inline.runs(text)
                    elif pattern.search(text):
                        yield (Run(text),)
        else:
            yield from Piece(0, number, block).texts()
