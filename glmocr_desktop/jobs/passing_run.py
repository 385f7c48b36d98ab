"""A call of the command line of which nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence

from glmocr_desktop.core.model import Failure, Job, Page, Result, new_id
from glmocr_desktop.results.export.plan import Plan


class PassingRun:
    """A run of which nothing is kept.

    Attributes:
        id: Of the run and its continuations.
        mark: Names its temporary files.
        plan: Of the files that it writes.
        complete: Whether all is read and written, so that nothing has to be kept.
    """

    def __init__(self) -> None:
        self.id = new_id()
        self.mark = ""
        self.plan = Plan()
        self.complete = False
        self._documents = 0

    @property
    def trouble(self) -> Failure | None:
        """Why nothing can be kept any more, although it should be."""
        return None

    def identified(self, pages: Sequence[Page], _content: str = "") -> list[Page]:
        """The pages of a document under the name that the document has in each continuation."""
        return list(pages)

    def read_before(self, _pages: Sequence[Page]) -> list[Result]:
        """What is kept of a document's pages; they need not be read again."""
        return []

    def expect(self, _pages: Sequence[Page], _jobs: Sequence[Job]) -> int:
        """A document is read next, by jobs for those pages that were not read before; its number, from 1."""
        self._documents += 1
        return self._documents

    def finish(self, _result: Result) -> None:
        """A job has ended; returns when that is on the disk."""

    def give(self, _page: Page) -> None:
        """The result of a page is printed."""

    def was_given(self, _page: Page) -> bool:
        """Whether the result of a page was printed by a run that this one continues."""
        return False

    def wrote(self, _part: str, _results: Sequence[Result]) -> None:
        """All files of a part are written, from these results."""

    def has_written(self, _part: str, _results: Sequence[Result]) -> bool:
        """Whether a part was written from exactly these results."""
        return False

    def end(self) -> None:
        """Nothing more will come."""
