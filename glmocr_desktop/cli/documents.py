"""What was named on the command line becomes documents, and documents become jobs."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from glmocr_desktop.cli.journal import Journal
from glmocr_desktop.cli.output import Output, Reporter
from glmocr_desktop.core.errors import InputError
from glmocr_desktop.core.model import Failure, Job, OwnPrompt, Page
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import find_files, open_document
from glmocr_desktop.jobs.passing_run import PassingRun

STANDARD_INPUT = "-"


class Documents:
    """Opens one document after another, as the jobs are asked for.

    Args:
        own_prompt: Asked of each page instead of the prompt of the mode.
        stopped: Whether no more jobs are wanted.

    Attributes:
        failed: Whether one could not be opened.
    """

    def __init__(
        self,
        options: argparse.Namespace,
        settings: Settings,
        own_prompt: OwnPrompt | None,
        run: PassingRun,
        told: tuple[Reporter, Output, Journal],
        standard_input: Path | None,
        stopped: Callable[[], bool],
    ) -> None:
        self._options = options
        self._settings = settings
        self._own_prompt = own_prompt
        self._run = run
        self._reporter, self._output, self._journal = told
        self._standard_input = standard_input
        self._stopped = stopped
        self.failed = False

    def jobs(self) -> Iterator[Job]:
        """A job for each page that was not read before."""
        for path in self._paths():
            if self._stopped():
                return
            try:
                pages = self._open(path)
            except InputError as error:
                self._fail(path, error)
                continue
            yield from self._jobs_of(pages)

    def _jobs_of(self, pages: list[Page]) -> list[Job]:
        before = self._run.read_before(pages)
        known = {each.job.page for each in before}
        jobs = [self._job(page) for page in pages if page not in known]
        self._output.expect(pages, self._run.expect(pages, jobs))
        self._reporter.expect(len(pages))
        for result in before:
            self._journal.ended(result)
            self._reporter.read_before(result)
            self._output.add_again(result)
        return jobs

    def _job(self, page: Page) -> Job:
        settings = self._settings
        return Job(page, settings.mode, settings.engine, settings.limits, own_prompt=self._own_prompt)

    def _paths(self) -> Iterator[str]:
        for given in self._options.paths:
            if given == STANDARD_INPUT:
                yield given
                continue
            for found in find_files([given]):
                if isinstance(found, InputError):
                    self._fail(given, found)
                else:
                    yield found

    def _open(self, path: str) -> list[Page]:
        pages, password = self._options.pages, self._options.password
        if path != STANDARD_INPUT:
            return self._run.identified(open_document(path, pages=pages, password=password))
        name = str(self._standard_input)
        opened = open_document(name, pages=pages, password=password)
        document = replace(opened[0].document, path=STANDARD_INPUT)
        return self._run.identified([replace(page, document=document) for page in opened], digest(self._standard_input))

    def _fail(self, path: str, error: InputError) -> None:
        self.failed = True
        self._reporter.say(f"{path}: {error}")
        self._journal.unopened(path, Failure.of(error))
        self._output.unopened(path, self._settings.mode, Failure.of(error))


def digest(standard_input: Path | None) -> str:
    """What stands for the bytes that came; empty when none were asked for."""
    return hashlib.sha256(standard_input.read_bytes()).hexdigest() if standard_input else ""
