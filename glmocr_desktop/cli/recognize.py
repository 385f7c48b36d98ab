"""``glmocr-desktop recognize``: files in, text, JSON Lines or files out."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

from glmocr_desktop.cli.documents import STANDARD_INPUT, Documents, digest
from glmocr_desktop.cli.file_output import FileOutput
from glmocr_desktop.cli.interruption import interruption
from glmocr_desktop.cli.journal import Journal
from glmocr_desktop.cli.options import reading_choice, settings_of
from glmocr_desktop.cli.output import JsonOutput, Output, Reporter, TextOutput
from glmocr_desktop.core import settings_file
from glmocr_desktop.core.errors import ExportError, StoreError
from glmocr_desktop.core.model import JobState, OwnPrompt
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.batch import Batch
from glmocr_desktop.jobs.kept_run import KeptRun, run_key
from glmocr_desktop.jobs.passing_run import PassingRun
from glmocr_desktop.recognition.pipeline import Pipeline
from glmocr_desktop.results.export import FORMATS, Layout, Writer, find_format
from glmocr_desktop.results.export.files import make_folder

_OTHER_SUFFIXES = (".doc", ".htm", ".jpg", ".odt", ".pdf", ".png", ".rtf", ".xls")
_ASKED = ("paths", "pages", "json", "output", "to", "name", "combine", "tables", "overwrite")


def recognize(options: argparse.Namespace) -> int:
    """Read all that was named; the exit code says whether every page was read.

    Raises:
        OcrError: An option cannot be used.
    """
    settings = settings_of(options)
    reporter = Reporter(sys.stderr)
    mode, own_prompt = reading_choice(options, settings)
    settings = replace(settings, mode=mode)
    with ExitStack() as stack:
        standard_input = None
        if STANDARD_INPUT in options.paths:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="glmocr-"))
            standard_input = _standard_input(Path(folder))
        content = digest(standard_input)
        run, resumed = stack.enter_context(_run(options, settings, own_prompt, reporter, content))
        journal = Journal(Path(options.journal) if options.journal else None, run.id, reporter.say)
        stack.enter_context(closing(journal))
        output = _output(options, reporter, run, journal)
        journal.began(resumed=resumed)
        code = _read(options, settings, own_prompt, run, (reporter, output, journal), standard_input)
        journal.left(code)
        run.complete = code == 0
    return code


def _read(
    options: argparse.Namespace,
    settings: Settings,
    own_prompt: OwnPrompt | None,
    run: PassingRun,
    told: tuple[Reporter, Output, Journal],
    standard_input: Path | None,
) -> int:
    """Read all, tell of all; the exit code."""
    reporter, output, journal = told
    pipeline = Pipeline(settings)
    pipeline.start()
    batch = Batch(pipeline)
    documents = Documents(options, settings, own_prompt, run, told, standard_input, lambda: batch.cancelled)
    try:
        with interruption(batch) as interrupted:
            complete = True
            for result in batch.run(documents.jobs()):
                complete &= result.state is JobState.DONE
                run.finish(result)
                journal.ended(result)
                reporter.ended(result)
                output.add(result)
                if run.trouble or journal.failed or output.full:
                    batch.cancel()
            output.close()
            if summary := output.summary():
                reporter.say(summary)
            if run.trouble:
                reporter.say(run.trouble.message)
            elif output.full and settings.keep_history:
                reporter.say(str(StoreError("run_stopped", folder=options.output, detail="the disk is full")))
            if interrupted.code:
                reporter.say("Cancelled. Pages that were read are kept.")
            reporter.sum_up()
    finally:
        batch.cancel()
        pipeline.close()
        reporter.close()
    missing = not complete or documents.failed or output.failed or run.trouble or journal.failed
    return interrupted.code or (1 if missing else 0)


@contextmanager
def _run(
    options: argparse.Namespace, settings: Settings, own_prompt: OwnPrompt | None, reporter: Reporter, content: str
) -> Iterator[tuple[PassingRun, bool]]:
    """What is kept of this run, and whether it goes on with another one."""
    run: PassingRun = PassingRun()
    resumed = False
    if settings.keep_history:
        asked = [getattr(options, each) for each in _ASKED]
        try:
            folder = settings_file.home_dirs()[1] / "runs"
            run = kept = KeptRun(folder, run_key(asked, content, settings.mode, own_prompt, settings.engine))
            resumed = kept.begin(resume=options.resume, tell=reporter.say)
        except StoreError as error:
            run.end()
            if options.resume or error.kind == "run_busy":
                raise
            reporter.say(str(error))
            run = PassingRun()
    elif options.resume:
        raise StoreError("resume_off")
    try:
        yield run, resumed
    finally:
        run.end()


def _output(options: argparse.Namespace, reporter: Reporter, run: PassingRun, journal: Journal) -> Output:
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
        return _file_output(options, reporter, run, journal)
    headings = len(options.paths) > 1 or Path(options.paths[0]).is_dir()
    return JsonOutput(sys.stdout, run) if options.json else TextOutput(sys.stdout, run, headings=headings)


def _file_output(options: argparse.Namespace, reporter: Reporter, run: PassingRun, journal: Journal) -> FileOutput:
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
    writer = Writer(folder, formats, layout, run.plan, run.mark)
    beside = JsonOutput(sys.stdout, run) if options.json else None
    return FileOutput(writer, layout, run, beside, (reporter, journal), stem)


def _standard_input(folder: Path) -> Path:
    """Where standard input was put; a Ctrl+C while it still comes ends the program."""
    kept = folder / "standard input"
    kept.write_bytes(sys.stdin.buffer.read() if sys.stdin else b"")
    return kept
