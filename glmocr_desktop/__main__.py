"""A subcommand goes to the command line, everything else opens the window."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Run the program; the exit code is returned."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    from glmocr_desktop import cli

    if arguments and arguments[0] in (*cli.COMMANDS, "-h", "--help", "--version"):
        return cli.main(arguments)
    options = _window_parser().parse_args(arguments)
    from glmocr_desktop.gui import app

    return app.run(options.files, options.screenshot)


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="glmocr-desktop")
    parser.add_argument("files", nargs="*", metavar="FILE", help="images, PDFs and folders to read")
    parser.add_argument(
        "--screenshot", type=Path, metavar="PNG", help="write a picture of the window when all is read, and quit"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
