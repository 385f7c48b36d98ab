"""The command line, made from the table of settings where an option is one."""

from __future__ import annotations

import argparse
from dataclasses import fields
from enum import StrEnum
from typing import Any

from glmocr_desktop import __version__
from glmocr_desktop.core.settings import Settings, setting_type

COMMANDS = ("recognize", "check", "serve")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; ``options.run(options)`` runs the chosen one and returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="glmocr-desktop",
        description="Read images and PDFs with a GLM-OCR server, or offline when there is none. "
        "With files and no command, or with nothing at all, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="{recognize,check,serve}")
    _add_recognize(commands)
    _add_check(commands)
    _add_serve(commands)
    return parser


def _add_recognize(commands: Any) -> None:
    command = commands.add_parser("recognize", help="read images and PDFs", description="Read images and PDFs.")
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="file, folder (with all below it), or - for standard input"
    )
    for name in ("mode", "engine", "server_url", "timeout_s", "lanes"):
        _add_setting(command, name)
    command.add_argument("--pages", type=_pages, metavar="1-3,7", help="which pages of a PDF or TIFF")
    command.add_argument("--password", help="opens encrypted PDFs")
    command.add_argument("--to", metavar="FORMAT,…", help="write files of these formats (txt, md, json); needs -o")
    command.add_argument("-o", "--output", metavar="DIR", help="folder for the files")
    command.add_argument("--json", action="store_true", help="print a JSON object a page, as each ends (JSON Lines)")
    command.set_defaults(run=_recognize)


def _add_check(commands: Any) -> None:
    command = commands.add_parser(
        "check",
        help="tell what answers and whether it reads",
        description="Tell what answers at the server's address, which endpoint reads images, whether a known page is "
        "read right and how fast; and the same of offline reading.",
    )
    _add_setting(command, "server_url")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=_check)


def _add_serve(commands: Any) -> None:
    command = commands.add_parser(
        "serve",
        help="run a server that reads pages",
        description="Run a Gradio server that reads pages: /predict(image, prompt).",
    )
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    command.add_argument("--port", type=_port, default=7860, help="port to listen on (default: %(default)s)")
    command.add_argument(
        "--reader",
        choices=("offline", "glm-ocr"),
        default="offline",
        help="who reads: the offline engine, or the GLM-OCR model (default: %(default)s)",
    )
    command.add_argument(
        "--model", default="zai-org/GLM-OCR", help="name or folder of the model's weights (default: %(default)s)"
    )
    command.add_argument(
        "--concurrency", type=_count, default=1, metavar="N", help="pages read at once (default: %(default)s)"
    )
    command.set_defaults(run=_serve)


def _add_setting(command: argparse.ArgumentParser, name: str) -> None:
    """An option for a setting; it has no default here, so that the file and the environment can speak."""
    each = next(each for each in fields(Settings) if each.name == name)
    meta, kind = each.metadata, setting_type(name)
    default = f"{each.default:g}" if kind is float else str(each.default)
    text = f"{meta['help']} (default: {default}{' ' + meta['unit'] if meta['unit'] else ''})"
    if issubclass(kind, StrEnum):
        command.add_argument(meta["flag"], dest=name, choices=[str(value) for value in kind], help=text)
    else:
        metavar = {"server_url": "URL", "timeout_s": "S"}.get(name, "N")
        command.add_argument(meta["flag"], dest=name, type=kind, metavar=metavar, help=text)


def _port(text: str) -> int:
    """The value of ``--port``; 0 picks a free one."""
    if text.isdecimal() and len(text) <= 5 and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number up to 65535")


def _count(text: str) -> int:
    if text.isdecimal() and 1 <= int(text[:9]) <= 1000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")


def _pages(text: str) -> str:
    from glmocr_desktop.documents import check_page_range

    try:
        check_page_range(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a page range: write it like 1-3,7") from None
    return text


def _recognize(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.recognize import recognize

    return recognize(options)


def _check(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.check import check

    return check(options)


def _serve(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.serve import serve

    return serve(options)
