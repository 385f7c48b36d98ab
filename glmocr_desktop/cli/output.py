"""What the command line writes: results to standard output or files, progress to standard error."""

from __future__ import annotations

import errno
import shutil
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from glmocr_desktop.core.model import Engine, Failure, JobState, Mode, Page, Result
from glmocr_desktop.documents import printable
from glmocr_desktop.jobs.passing_run import PassingRun
from glmocr_desktop.results.contract import json_text, page_object, unopened_object
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


def write_line(stream: TextIO | None, text: str, end: str = "\n") -> None:
    """Write to standard output at once.

    Raises:
        OutputLost: It takes no more, or was closed when the program was started.
    """
    if stream is None:  # print would write nothing, without a word
        raise OutputLost(OSError(errno.EBADF, "it is closed"))
    try:
        print(text, end=end, file=stream, flush=True)
    except OSError as error:
        raise OutputLost(error) from error


def complain(text: object) -> None:
    """Say in one line of standard error what is wrong; what names of files and servers put into it stays harmless."""
    print(f"glmocr-desktop: {printable(str(text))}", file=sys.stderr)  # noqa: T201


class Output:
    """Told how documents and pages go, in the order in which they end; does nothing with it by itself."""

    def expect(self, pages: Sequence[Page], number: int) -> None:
        """These pages of one document will come; the document's number, from 1."""

    def add(self, result: Result) -> None:
        """A page has ended."""

    def add_again(self, result: Result) -> None:
        """A page ended in a run that this one continues."""

    def unopened(self, path: str, mode: Mode, failure: Failure) -> None:
        """A document could not be opened."""

    def close(self) -> None:
        """Nothing more will come."""

    @property
    def failed(self) -> bool:
        """Whether something could not be written."""
        return False

    @property
    def full(self) -> bool:
        """Whether it makes no sense to go on, as there is no room for more."""
        return False

    def summary(self) -> str:
        """What a person should know at the end; empty for nothing."""
        return ""


class JsonOutput(Output):
    """One JSON object a page, as each ends.

    Args:
        stream: Where it goes.
        run: Knows what was printed before.
    """

    def __init__(self, stream: TextIO, run: PassingRun) -> None:
        self._stream = stream
        self._run = run

    def add(self, result: Result) -> None:
        """A page has ended."""
        self._print(page_object(result))
        self._run.give(result.job.page)

    def add_again(self, result: Result) -> None:
        """A page ended in a run that this one continues."""
        if not self._run.was_given(result.job.page):
            self.add(result)

    def unopened(self, path: str, mode: Mode, failure: Failure) -> None:
        """A document could not be opened."""
        self._print(unopened_object(path, mode, failure))

    def _print(self, value: object) -> None:
        write_line(self._stream, json_text(value))


class TextOutput(Output):
    """The text of each page, in the order of the pages, as soon as all before it have ended.

    Args:
        stream: Where it goes.
        run: Knows what was printed before.
        headings: Whether each document's text begins with a line that names it.
    """

    def __init__(self, stream: TextIO, run: PassingRun, *, headings: bool) -> None:
        self._stream = stream
        self._run = run
        self._headings = headings
        self._order: deque[Page] = deque()
        self._ended: dict[Page, Result | None] = {}
        self._document = ""

    def expect(self, pages: Sequence[Page], number: int) -> None:
        """These pages of one document will come."""
        self._order += pages

    def add(self, result: Result) -> None:
        """A page has ended."""
        self._ended[result.job.page] = result
        self._print_all()

    def add_again(self, result: Result) -> None:
        """A page ended in a run that this one continues."""
        page = result.job.page
        self._ended[page] = None if self._run.was_given(page) else result
        self._print_all()

    def _print_all(self) -> None:
        """Print what has nothing before it."""
        while self._order and self._order[0] in self._ended:
            page = self._order.popleft()
            if (result := self._ended.pop(page)) is None:
                self._document = page.document.id
                continue
            self._print(result)
            if result.state is JobState.DONE:
                self._run.give(page)

    def _print(self, result: Result) -> None:
        document = result.job.page.document
        if self._headings and document.id != self._document:
            self._document = document.id
            write_line(self._stream, f"=== {printable(document.path)} ===")
        if result.state is JobState.DONE:
            # What a model answers must not move about on a terminal.
            write_line(self._stream, plain_text(result).translate(_NO_CONTROLS), end="\n\n" if self._headings else "\n")


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

    def read_before(self, _result: Result) -> None:
        """A page was read by a run that this one continues."""
        self._ended += 1
        self._read += 1

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
        self._print(f"{clear}{printable(text)}\n")

    def sum_up(self) -> None:
        """Say how it went if it did not go well."""
        if 1 < self._expected != self._read:
            self.say(f"{self._read} of {self._expected} pages were read.")

    def close(self) -> None:
        """Leave the terminal clean."""
        if self._live:
            self._print("\r\x1b[K")

    def _bar(self, name: str) -> None:
        width = 20
        filled = width * self._ended // max(1, self._expected)
        line = f"{'█' * filled}{'░' * (width - filled)} {self._ended}/{self._expected} {printable(name)}"
        columns = shutil.get_terminal_size().columns - 1
        self._print(f"\r\x1b[K{line[:columns]}")

    def _print(self, text: str) -> None:
        with suppress(OSError):  # a terminal that was closed must not keep what was read from being kept
            print(text, end="", file=self._stream, flush=True)
