"""What is logged where: two options that stand before or after the command, and that the window takes too."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from glmocr_desktop.cli.usage import CommandLine


def add_log_options(parser: argparse.ArgumentParser) -> None:
    """Name them in the help of a command."""
    group = parser.add_argument_group("log")
    group.add_argument("--verbose", action="store_true", help="tell on standard error what is logged")
    group.add_argument("--log-file", type=Path, metavar="FILE", help="log to this file as well")


def take_log_options(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """The two options, wherever they stand, and the arguments without them."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    parser = CommandLine(prog="glmocr-desktop", add_help=False, allow_abbrev=False)
    add_log_options(parser)
    taken, rest = parser.parse_known_args(arguments[:end])
    return taken, [*rest, *arguments[end:]]
