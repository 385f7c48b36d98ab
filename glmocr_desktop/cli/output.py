"""What the command line writes: results to standard output or files, progress to standard error."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Sequence
from typing import TextIO

from glmocr_desktop.core.model import Engine, Failure, JobState, Mode, Page, Result
from glmocr_desktop.documents import printable
from glmocr_desktop.results.contract import json_text, page_object, unopened_object
from glmocr_desktop.results.export import Layout, Writer
from glmocr_desktop.results.render import plain_text

_NO_CONTROLS = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}


class OutputLost(Exception):
    """Standard output takes no more.

    Attributes:
        reader_gone: The program that read it has ended, as ``| head`` does: nothing to complain about.
        reason: The system's words.
    """

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        # Windows has no EPIPE: there a pipe without a reader is an invalid argument.
        self.reader_gone = isinstance(error, BrokenPipeError) or error.errno == errno.EINVAL
        self.reason = (error.strerror or "input or output error").lower()


def write_line(stream: TextIO, text: str, end: str = "\n") -> None:
    """Write to standard output at once.

    Raises:
        OutputLost: It takes no more.
    """
    try:
        print(text, end=end, file=stream, flush=True)
    except OSError as error:
        raise OutputLost(error) from error


class Output:
    """Told how documents and pages go, in the order in which they end; does nothing with it by itself."""

    def expect(self, pages: Sequence[Page]) -> None:
        """These pages of one document will come."""

    def add(self, result: Result) -> None:
        """A page has ended."""

    def unopened(self, path: str, mode: Mode, failure: Failure) -> None:
        """A document could not be opened."""

    def close(self) -> None:
        """Nothing more will come."""

    @property
    def failed(self) -> bool:
        """Whether something could not be written."""
        return False

    def summary(self) -> str:
        """What a person should know at the end; empty for nothing."""
        return ""


class JsonOutput(Output):
    """One JSON object a page, as each ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, result: Result) -> None:
        """A page has ended."""
        self._print(page_object(result))

    def unopened(self, path: str, mode: Mode, failure: Failure) -> None:
        """A document could not be opened."""
        self._print(unopened_object(path, mode, failure))

    def _print(self, value: object) -> None:
        write_line(self._stream, json_text(value))


class TextOutput(Output):
    """The text of each page, in the order of the pages, as soon as all before it have ended.

    Args:
        stream: Where it goes.
        headings: Whether each document's text begins with a line that names it.
    """

    def __init__(self, stream: TextIO, *, headings: bool) -> None:
        self._stream = stream
        self._headings = headings
        self._order: list[Page] = []
        self._ended: dict[Page, Result] = {}
        self._printed = 0
        self._document = ""

    def expect(self, pages: Sequence[Page]) -> None:
        """These pages of one document will come."""
        self._order += pages

    def add(self, result: Result) -> None:
        """A page has ended."""
        self._ended[result.job.page] = result
        while self._printed < len(self._order) and self._order[self._printed] in self._ended:
            self._print(self._ended.pop(self._order[self._printed]))
            self._printed += 1

    def _print(self, result: Result) -> None:
        document = result.job.page.document
        if self._headings and document.id != self._document:
            self._document = document.id
            write_line(self._stream, f"=== {printable(document.path)} ===")
        if result.state is JobState.DONE:
            # What a model answers must not move about on a terminal.
            write_line(self._stream, plain_text(result).translate(_NO_CONTROLS), end="\n\n" if self._headings else "\n")


class FileOutput(Output):
    """Files in a folder, each written when its document's last page has ended; or one file for all, at the end.

    Args:
        writer: Writes them.
        layout: What goes into which file.
        beside: Told of everything too.
        tell: Told of files that could not be written.
        stem: The name of the one file for all, without its suffix, when it was given.
    """

    def __init__(
        self, writer: Writer, layout: Layout, beside: Output | None, tell: Callable[[str], None], stem: str = ""
    ) -> None:
        self._writer = writer
        self._combined = layout.combined
        self._beside = beside
        self._tell = tell
        self._stem = stem
        self._expected: dict[str, Sequence[Page]] = {}
        self._numbers: dict[str, int] = {}
        self._ended: dict[str, dict[Page, Result]] = {}
        self._told = 0

    @property
    def failed(self) -> bool:
        """Whether a file could not be written."""
        return bool(self._writer.problems)

    def expect(self, pages: Sequence[Page]) -> None:
        """These pages of one document will come."""
        document_id = pages[0].document.id
        self._expected[document_id] = pages
        self._numbers[document_id] = len(self._numbers) + 1

    def add(self, result: Result) -> None:
        """A page has ended; its document's files are written when it was the last one."""
        if self._beside:
            self._beside.add(result)
        document_id = result.job.page.document.id
        ended = self._ended.setdefault(document_id, {})
        ended[result.job.page] = result
        if len(ended) == len(self._expected[document_id]) and not self._combined:
            self._write([document_id])

    def unopened(self, path: str, mode: Mode, failure: Failure) -> None:
        """A document could not be opened."""
        if self._beside:
            self._beside.unopened(path, mode, failure)

    def close(self) -> None:
        """Nothing more will come: write what there is, of documents that were interrupted too."""
        left = [each for each in self._expected if each in self._ended]
        for documents in [left] if self._combined else [[each] for each in left]:
            self._write(documents)

    def _write(self, document_ids: Sequence[str]) -> None:
        ended = [(self._expected.pop(each), self._ended.pop(each)) for each in document_ids]
        results = [by_page[page] for pages, by_page in ended for page in pages if page in by_page]
        if not any(result.state is JobState.DONE for result in results):
            return
        if self._stem:
            self._writer.write_as(self._stem, results)
        else:
            self._writer.write(results, self._numbers[document_ids[0]])
        for problem in self._writer.problems[self._told :]:
            self._tell(str(problem))
        self._told = len(self._writer.problems)

    def summary(self) -> str:
        """Where the results are now."""
        written = self._writer.written
        if len(written) == 1:
            return f"Written: {written[0]}"
        return f"{len(written)} files were written to {written[0].parent}." if written else ""


def _reader(result: Result) -> str:
    """Who read a page, how long it took, why it was not the server, and what to look at."""
    words = f"offline in {result.elapsed_s:.1f} s"
    if result.engine is Engine.SERVER:
        words = f"by the server in {result.elapsed_s:.1f} s"
    elif result.attempts[0].error is not None:
        words += f" ({result.attempts[0].error.message.rstrip('.')})"
    doubts = ", ".join(kind.replace("_", " ") for kind in result.warnings)
    return f"{words}; please check it: {doubts}" if doubts else words


class Reporter:
    """Progress on standard error: one line that changes on a terminal, plain lines elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._expected = 0
        self._ended = 0
        self._read = 0

    def expect(self, pages: int) -> None:
        """So many more pages will be read."""
        self._expected += pages

    def ended(self, result: Result) -> None:
        """A page has ended."""
        self._ended += 1
        self._read += result.state is JobState.DONE
        page = result.job.page
        name = page.document.path if page.count == 1 else f"{page.document.path}, page {page.number}"
        if result.state is not JobState.DONE:
            reason = result.error.message if result.error else result.state.value
            self.say(f"{name}: {reason}")
        elif not self._live or result.warnings:
            self.say(f"[{self._ended}/{self._expected}] {name}: read {_reader(result)}")
        if self._live:
            self._bar(name)

    def say(self, text: str) -> None:
        """One line that stays."""
        clear = "\r\x1b[K" if self._live else ""
        print(f"{clear}{printable(text)}", file=self._stream, flush=True)

    def close(self) -> None:
        """Say how it went if it did not go well, and leave the terminal clean."""
        if 1 < self._ended != self._read:
            self.say(f"{self._read} of {self._ended} pages were read.")
        if self._live:
            print("\r\x1b[K", end="", file=self._stream, flush=True)

    def _bar(self, name: str) -> None:
        width = 20
        filled = width * self._ended // max(1, self._expected)
        line = f"{'█' * filled}{'░' * (width - filled)} {self._ended}/{self._expected} {printable(name)}"
        columns = shutil.get_terminal_size().columns - 1
        print(f"\r\x1b[K{line[:columns]}", end="", file=self._stream, flush=True)
