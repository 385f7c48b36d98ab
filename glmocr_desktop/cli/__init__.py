"""The second front end: recognize, check and serve, for scripts and for the curious. Never imports Qt."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from glmocr_desktop.cli.parser import COMMANDS, build_parser
from glmocr_desktop.core.errors import OcrError

__all__ = ["COMMANDS", "main"]

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: Without the program's name.
    """
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s", stream=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # file names may hold bytes that are no UTF-8
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    parser = build_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return EXIT_OK
    try:
        return int(options.run(options))
    except OcrError as error:
        print(f"glmocr-desktop: {error}", file=sys.stderr)  # noqa: T201
        return EXIT_USAGE
    except BrokenPipeError:  # the reader of our output has gone, for example `| head`
        sys.stderr.close()
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
