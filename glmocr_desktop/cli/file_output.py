"""What the command line writes into files."""

from __future__ import annotations

import errno
from collections.abc import Sequence

from glmocr_desktop.cli.journal import Journal
from glmocr_desktop.cli.output import Output, Reporter
from glmocr_desktop.core.model import Failure, JobState, Mode, Page, Result
from glmocr_desktop.jobs.passing_run import PassingRun
from glmocr_desktop.results.export import Layout, Writer

_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


class FileOutput(Output):
    """Files in a folder, each written when its document's last page has ended; or one file for all, at the end.

    Args:
        writer: Writes them.
        layout: What goes into which file.
        run: Knows what was written before.
        beside: Told of everything too.
        told: Told of files that were written, and of those that could not be.
        stem: The name of the one file for all, without its suffix, when it was given.
    """

    def __init__(
        self,
        writer: Writer,
        layout: Layout,
        run: PassingRun,
        beside: Output | None,
        told: tuple[Reporter, Journal],
        stem: str = "",
    ) -> None:
        self._writer = writer
        self._combined = layout.combined
        self._run = run
        self._beside = beside or Output()
        self._reporter, self._journal = told
        self._stem = stem
        self._expected: dict[str, tuple[Sequence[Page], int]] = {}
        self._ended: dict[str, dict[Page, Result]] = {}

    @property
    def failed(self) -> bool:
        """Whether a file could not be written."""
        return bool(self._writer.problems)

    @property
    def full(self) -> bool:
        """Whether there is no room for more files."""
        return any(
            isinstance(each.__cause__, OSError) and each.__cause__.errno in _FULL for each in self._writer.problems
        )

    def expect(self, pages: Sequence[Page], number: int) -> None:
        """These pages of one document will come."""
        self._expected[pages[0].document.id] = pages, number

    def add(self, result: Result) -> None:
        """A page has ended; its document's files are written when it was the last one."""
        self._beside.add(result)
        self._keep(result)

    def add_again(self, result: Result) -> None:
        """A page ended in a run that this one continues."""
        self._beside.add_again(result)
        self._keep(result)

    def unopened(self, path: str, mode: Mode, failure: Failure) -> None:
        """A document could not be opened."""
        self._beside.unopened(path, mode, failure)

    def close(self) -> None:
        """Nothing more will come: write what there is, of documents that were interrupted too."""
        left = [each for each in self._expected if each in self._ended]
        for documents in [left] if self._combined else [[each] for each in left]:
            self._write(documents)

    def _keep(self, result: Result) -> None:
        document_id = result.job.page.document.id
        ended = self._ended.setdefault(document_id, {})
        ended[result.job.page] = result
        if len(ended) == len(self._expected[document_id][0]) and not self._combined:
            self._write([document_id])

    def _write(self, document_ids: Sequence[str]) -> None:
        ended = [(*self._expected.pop(each), self._ended.pop(each)) for each in document_ids]
        results = [by_page[page] for pages, _, by_page in ended for page in pages if page in by_page]
        done = [result for result in results if result.state is JobState.DONE]
        part = "all" if self._combined else document_ids[0] if document_ids else ""
        # What cannot be noted is not written: a run that goes on would take it for somebody else's.
        if not done or self._run.trouble or self._run.has_written(part, done):
            return
        written, problems = len(self._writer.written), len(self._writer.problems)
        if self._stem:
            self._writer.write_as(self._stem, results)
        else:
            self._writer.write(results, ended[0][1])
        for problem in self._writer.problems[problems:]:
            self._reporter.say(str(problem))
        self._journal.written(self._writer.written[written:])
        if len(self._writer.problems) == problems:
            self._run.wrote(part, done)

    def summary(self) -> str:
        """Where the results are now."""
        written = self._writer.written
        if len(written) == 1:
            return f"Written: {written[0]}"
        return f"{len(written)} files were written to {written[0].parent}." if written else ""
