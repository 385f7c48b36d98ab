"""``glmocr-desktop recognize``: files in, text, JSON Lines or files out."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from glmocr_desktop.cli.options import setting_overrides
from glmocr_desktop.cli.output import FileOutput, JsonOutput, Output, Reporter, TextOutput
from glmocr_desktop.core import settings_file
from glmocr_desktop.core.errors import ExportError, InputError
from glmocr_desktop.core.model import Failure, Job, JobState, Page
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import find_files, open_document
from glmocr_desktop.jobs.batch import Batch
from glmocr_desktop.recognition.pipeline import Pipeline
from glmocr_desktop.results.export import FORMATS, Layout, Writer, find_format
from glmocr_desktop.results.export.files import make_folder

STANDARD_INPUT = "-"
_OTHER_SUFFIXES = (".doc", ".htm", ".jpg", ".odt", ".pdf", ".png", ".rtf", ".xls")


def recognize(options: argparse.Namespace) -> int:
    """Read all that was named; the exit code says whether every page was read.

    Raises:
        OcrError: An option cannot be used.
    """
    settings, problem = settings_file.load(**setting_overrides(options))
    reporter = Reporter(sys.stderr)
    if problem is not None:
        reporter.say(str(problem))
    output = _output(options, reporter)
    with tempfile.TemporaryDirectory(prefix="glmocr-") as folder:
        source = _Source(options, settings, reporter, output, _standard_input(options, Path(folder)))
        pipeline = Pipeline(settings)
        pipeline.start()
        batch = Batch(pipeline)
        previous = signal.signal(signal.SIGINT, _interrupt(batch))
        try:
            complete = True
            for result in batch.run(source.jobs()):
                complete &= result.state is JobState.DONE
                reporter.ended(result)
                output.add(result)
            output.close()
            if summary := output.summary():
                reporter.say(summary)
            interrupted = batch.cancelled
            if interrupted:
                reporter.say("Cancelled. Pages that were read are kept.")
        finally:
            batch.cancel()
            signal.signal(signal.SIGINT, previous)
            pipeline.close()
            reporter.close()
    if interrupted:
        return 130
    return 0 if complete and not (source.failed or output.failed) else 1


def _output(options: argparse.Namespace, reporter: Reporter) -> Output:
    given = {
        f"--to {options.to}": options.to,
        "--combine": options.combine,
        "--tables": options.tables,
        "--name": options.name,
        "--overwrite": options.overwrite,
    }
    if not options.output and (useless := [option for option, value in given.items() if value]):
        raise ExportError("output_folder_missing", option=useless[0])
    if options.output:
        return _file_output(options, reporter)
    headings = len(options.paths) > 1 or Path(options.paths[0]).is_dir()
    return JsonOutput(sys.stdout) if options.json else TextOutput(sys.stdout, headings=headings)


def _file_output(options: argparse.Namespace, reporter: Reporter) -> FileOutput:
    """What writes into the folder, or into the one file, that was named."""
    path = Path(options.output)
    one_file = path.suffix.lower() in {each.suffix for each in FORMATS.values()} and not (
        path.is_dir() or options.output.endswith(("/", os.sep))
    )
    names = (options.to or (path.suffix if one_file else "txt")).split(",")
    formats = list(dict.fromkeys(find_format(name) for name in names))
    layout = Layout(
        combined=one_file or options.combine,
        separate_tables=options.tables == "separate",
        name=options.name or "{name}",
        overwrite=options.overwrite,
    )
    if path.suffix.lower() in _OTHER_SUFFIXES and not path.is_dir():  # nobody wants a folder of that name
        find_format(path.suffix)
    folder, stem = path, ""
    if one_file:
        if [each.suffix for each in formats] != [path.suffix.lower()]:
            raise ExportError("output_is_file", name=path.name, option=f"--to {options.to}")
        if options.name:
            raise ExportError("output_is_file", name=path.name, option="--name")
        folder, stem = path.parent, path.stem
        formats = [replace(formats[0], suffix=path.suffix)]
    make_folder(folder)
    beside = JsonOutput(sys.stdout) if options.json else None
    return FileOutput(Writer(folder, formats, layout), layout, beside, reporter.say, stem)


def _standard_input(options: argparse.Namespace, folder: Path) -> Path | None:
    """Where standard input was put, if it is to be read; a Ctrl+C while it still comes ends the program."""
    if STANDARD_INPUT not in options.paths:
        return None
    kept = folder / "standard input"
    kept.write_bytes(sys.stdin.buffer.read() if sys.stdin else b"")
    return kept


def _interrupt(batch: Batch) -> Any:
    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if batch.cancelled:  # asked twice: no more patience
            raise KeyboardInterrupt
        batch.cancel()  # and no word here: the interrupted code may be writing

    return on_signal


class _Source:
    """Opens one document after another, as the jobs are asked for."""

    def __init__(
        self,
        options: argparse.Namespace,
        settings: Settings,
        reporter: Reporter,
        output: Output,
        standard_input: Path | None,
    ) -> None:
        self._options = options
        self._settings = settings
        self._reporter = reporter
        self._output = output
        self._standard_input = standard_input
        self.failed = False

    def jobs(self) -> Iterator[Job]:
        for path in self._paths():
            try:
                pages = self._open(path)
            except InputError as error:
                self._fail(path, error)
                continue
            self._output.expect(pages)
            self._reporter.expect(len(pages))
            for page in pages:
                yield Job(page, self._settings.mode, self._settings.engine, self._settings.limits)

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
            return open_document(path, pages=pages, password=password)
        name = str(self._standard_input)
        opened = open_document(name, pages=pages, password=password)
        document = replace(opened[0].document, path=STANDARD_INPUT)
        return [replace(page, document=document) for page in opened]

    def _fail(self, path: str, error: InputError) -> None:
        self.failed = True
        self._reporter.say(f"{path}: {error}")
        self._output.unopened(path, self._settings.mode, Failure.of(error))
