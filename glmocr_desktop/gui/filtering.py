"""Which pages a person wants to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from glmocr_desktop.core.model import Engine, Mode
from glmocr_desktop.gui.rows import Row, RowState


@dataclass(frozen=True, slots=True)
class Filter:
    """What a page must be to be seen; what is empty does not matter.

    Attributes:
        words: Stand in the name of the document, or in the result; in small letters.
        states: What the row says.
        modes: What it is read as.
        engines: Who read it.
        doubtful: Whether it needs a look.
    """

    words: str = ""
    states: frozenset[RowState] = frozenset()
    modes: frozenset[Mode] = frozenset()
    engines: frozenset[Engine] = frozenset()
    doubtful: bool = False

    @property
    def active(self) -> bool:
        """Whether anything matters."""
        return self != Filter()

    def passes(self, row: Row) -> bool:
        """Whether a page is to be seen."""
        return self.passes_but_words(row) and (not self.words or has_words(self.words, *words_of(row)))

    def passes_but_words(self, row: Row) -> bool:
        """The same, whatever the page says."""
        return (
            (not self.states or row.state in self.states)
            and (not self.modes or (row.job is not None and row.job.mode in self.modes))
            and (not self.engines or (row.result is not None and row.result.engine in self.engines))
            and (not self.doubtful or row.doubtful)
        )


def words_of(row: Row) -> tuple[str, str]:
    """What of a page is looked through: the name of its document, and what was read."""
    return row.name, row.result.text if row.result is not None else ""


def has_words(words: str, name: str, text: str) -> bool:
    """Whether words stand in a name or a text. Thread: any."""
    return words in name.casefold() or words in text.casefold()


def with_words(words: str, pages: Iterable[tuple[int, str, str]]) -> frozenset[int]:
    """The ids of those pages in whose name or text words stand. Thread: background."""
    return frozenset(page_id for page_id, name, text in pages if has_words(words, name, text))
