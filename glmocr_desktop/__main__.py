"""A subcommand goes to the command line, everything else opens the window."""

from __future__ import annotations

import argparse
import faulthandler
import multiprocessing
import os
import sys
from pathlib import Path


def main() -> int:
    """Run the program; the exit code is returned."""
    multiprocessing.freeze_support()
    _open_standard_streams()
    faulthandler.enable()  # the window soon writes to a file of its own instead
    try:
        return _run()
    except KeyboardInterrupt:  # before or after the time in which it is taken care of
        return 130


def _open_standard_streams() -> None:
    """A program may be started with some of them closed: what it opens next must not be written to in their place.

    Standard error then goes nowhere. Standard output stays closed for Python, so that a command can tell.
    """
    if os.name == "posix":
        for descriptor in range(3):
            try:
                os.fstat(descriptor)
            except OSError:
                os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it takes the lowest free number: this one
    if sys.stderr is None:  # as in a program of Windows without a terminal
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # for as long as the program runs


def _run() -> int:
    arguments = sys.argv[1:]
    from glmocr_desktop import cli
    from glmocr_desktop.cli.log_options import take_log_options
    from glmocr_desktop.cli.output import complain

    logged, others = take_log_options(arguments)
    if others and others[0] in (*cli.COMMANDS, "-h", "--help", "--version"):
        return cli.main(arguments)
    options = _window_parser().parse_args(others)
    if problem := _no_window(options):
        complain(problem)
        return 2
    from glmocr_desktop.core.settings_file import home_dirs
    from glmocr_desktop.gui.single_instance import Instance, Request

    instance = Instance(home_dirs()[1])
    if options.new_window:
        instance.claim()
    elif not options.screenshot and instance.hand_over(Request.of_start(options.files, capture=options.capture)):
        return 0
    from glmocr_desktop.core.errors import ExportError
    from glmocr_desktop.core.log import log_start, start_log
    from glmocr_desktop.gui import app

    try:
        start_log(verbose=logged.verbose, file=logged.log_file)
    except ExportError as error:
        complain(error)
        return 2
    log_start("window")
    code = app.run(options.files, options.screenshot, capture=options.capture, instance=instance)
    if code and options.screenshot:
        complain(f"the picture could not be written to {options.screenshot}.")
    return code


def _no_window(options: argparse.Namespace) -> str:
    """Why no window can be opened, in words; empty when one can."""
    files = options.files
    if options.screenshot and not options.screenshot.absolute().parent.is_dir():
        return f"there is no folder {options.screenshot.parent} for the picture."
    if files and not any(Path(each).exists() for each in files):
        return f"there is no file, folder or command named {files[0]}. See glmocr-desktop --help."
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names):
        return "there is no screen here for a window. On the command line: glmocr-desktop recognize FILE…"
    return ""


def _window_parser() -> argparse.ArgumentParser:
    from glmocr_desktop.cli.log_options import add_log_options
    from glmocr_desktop.cli.usage import CommandLine

    parser = CommandLine(prog="glmocr-desktop")
    parser.add_argument("files", nargs="*", metavar="FILE", help="images, PDFs and folders to read")
    parser.add_argument(
        "--screenshot", type=Path, metavar="PNG", help="write a picture of the window when all is read, and quit"
    )
    parser.add_argument(
        "--capture",
        action="store_true",
        help="read a region of the screen, which is chosen at once; for a key of yours",
    )
    parser.add_argument(
        "--new-window",
        action="store_true",
        help="open another window, also when there is one that could take the files",
    )
    add_log_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
