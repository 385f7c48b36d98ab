"""The second front end: recognize, check and serve, for scripts and for the curious. Never imports Qt."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from glmocr_desktop.cli.log_options import take_log_options
from glmocr_desktop.cli.output import OutputLost, complain
from glmocr_desktop.cli.parser import COMMANDS, build_parser
from glmocr_desktop.core.errors import ExportError, OcrError
from glmocr_desktop.core.log import log_start, start_log

__all__ = ["COMMANDS", "main"]

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: Without the program's name.
    """
    # File names may hold bytes that are no UTF-8: a pipe gets them back as they are, a person as an escape.
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    logged, arguments = take_log_options(arguments)
    try:
        start_log(verbose=logged.verbose, file=logged.log_file)
    except ExportError as error:
        complain(error)
        return EXIT_USAGE
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return EXIT_OK
    log_start(options.command)
    try:
        return int(options.run(options))
    except OutputLost as lost:
        _give_up_output()
        if not lost.reader_gone:
            complain(ExportError("cannot_write", name="Standard output", detail=lost.reason))
        return EXIT_FAILED
    except OcrError as error:
        complain(error)
        return EXIT_USAGE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _give_up_output() -> None:
    """Let the end of the program write what is left to nowhere: it would complain once more."""
    with suppress(OSError, ValueError, AttributeError):  # one without a file behind it, or none
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
