"""The command line, made from the table of settings where an option is one."""

from __future__ import annotations

import argparse
from dataclasses import fields
from enum import StrEnum
from typing import Any

from glmocr_desktop import __version__
from glmocr_desktop.cli.log_options import add_log_options
from glmocr_desktop.cli.usage import CommandLine
from glmocr_desktop.core.settings import Settings, setting_type
from glmocr_desktop.results.export import FORMATS

COMMANDS = ("recognize", "check", "login", "logout", "trust", "serve")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; ``options.run(options)`` runs the chosen one and returns the exit code."""
    parser = CommandLine(
        prog="glmocr-desktop",
        description="Read images and PDFs with a GLM-OCR server, or offline when there is none. "
        "With files and no command, or with nothing at all, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar=f"{{{','.join(COMMANDS)}}}")
    _add_recognize(commands)
    _add_check(commands)
    _add_login(commands)
    _add_trust(commands)
    _add_serve(commands)
    for each in (parser, *commands.choices.values()):
        add_log_options(each)
    return parser


def _add_recognize(commands: Any) -> None:
    command = commands.add_parser("recognize", help="read images and PDFs", description="Read images and PDFs.")
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="file, folder (with all below it), or - for standard input"
    )
    command.add_argument("--pages", type=_pages, metavar="1-3,7", help="which pages of a PDF or TIFF")
    command.add_argument("--password", help="opens encrypted PDFs")
    command.add_argument(
        "--prompt",
        type=_filled,
        metavar="NAME",
        help="ask the server by the prompt of one's own that has this name in the settings, instead of by a mode",
    )
    command.add_argument("--json", action="store_true", help="print a JSON object a page, as each ends (JSON Lines)")
    command.add_argument(
        "--resume",
        action="store_true",
        help="go on with the same command where it was interrupted: pages that were read are not read again",
    )
    command.add_argument(
        "--journal", metavar="FILE", help="add a line to this file for each page that ends and each file (JSON Lines)"
    )
    _add_files(command.add_argument_group("files"))
    offered = [each for each in fields(Settings) if each.metadata["flag"]]
    for title in dict.fromkeys(each.metadata["group"] for each in offered):
        group = command.add_argument_group(title.lower())
        for each in offered:
            if each.metadata["group"] == title:
                _add_setting(group, each.name)
    command.set_defaults(run=_recognize)


def _add_files(group: argparse._ArgumentGroup) -> None:
    """The options of files that are written."""
    group.add_argument(
        "-o",
        "--output",
        type=_filled,
        metavar="PATH",
        help="folder for the files; or one file for all documents, when it ends like a format (as in all.xlsx)",
    )
    group.add_argument(
        "--to",
        type=_filled,
        metavar="FORMAT,…",
        help=f"formats of the files: {', '.join(FORMATS)} (default: txt, or as PATH ends)",
    )
    group.add_argument(
        "--name",
        type=_filled,
        metavar="PATTERN",
        help="what the files are called, made of {name}, {page}, {date}, {mode} and {n} (the document's number); "
        "with {page} each page gets a file (default: {name})",
    )
    group.add_argument("--combine", action="store_true", help="write all documents into one file")
    group.add_argument(
        "--tables",
        choices=("together", "separate"),
        help=f"in {' and '.join(name for name, each in FORMATS.items() if each.table)}: tables and text in one file, "
        "or each table in a file of its own and the text beside them (default: together)",
    )
    group.add_argument(
        "--overwrite",
        action="store_true",
        help="replace files that are there already (default: keep them, and find new names)",
    )


def _add_check(commands: Any) -> None:
    command = commands.add_parser(
        "check",
        help="tell what answers and whether it reads",
        description="Tell what answers at the server's address, which endpoint reads images, whether a known page is "
        "read right and how fast; and the same of offline reading.",
    )
    for name in ("server_url", "local_only", "ca_file", "endpoint"):
        _add_setting(command, name)
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=_check)


def _add_login(commands: Any) -> None:
    command = commands.add_parser(
        "login",
        help="store the login for a server",
        description="Try a login at a server, and store it in this computer's password store. The password is asked "
        "for, or read as one line from standard input. Scripts may set GLMOCR_SERVER_USER and GLMOCR_SERVER_PASSWORD, "
        "or GLMOCR_SERVER_TOKEN, instead of storing anything.",
    )
    _add_setting(command, "server_url")
    command.add_argument(
        "--kind",
        choices=("gradio", "basic", "bearer"),
        help="how it is told: on Gradio's login page, by HTTP, or as a token (default: as the server asks for it)",
    )
    command.add_argument("--user", metavar="NAME", help="user name (default: it is asked for)")
    command.set_defaults(run=_login)
    command = commands.add_parser(
        "logout", help="forget the login for a server", description="Remove the login for a server."
    )
    _add_setting(command, "server_url")
    command.set_defaults(run=_logout)


def _add_trust(commands: Any) -> None:
    command = commands.add_parser(
        "trust",
        help="accept the certificate of a server",
        description="Show the certificate of a server that this computer does not trust, as a self-signed one, and "
        "accept exactly this one from then on.",
    )
    command.add_argument("url", metavar="URL", help="address of the server")
    command.add_argument("--fingerprint", metavar="SHA256", help="accept it when this is its fingerprint; do not ask")
    command.add_argument("--yes", action="store_true", help="accept whatever is shown; do not ask")
    command.set_defaults(run=_trust)


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


def _add_setting(command: argparse._ActionsContainer, name: str) -> None:
    """An option for a setting; it has no default here, so that the file and the environment can speak."""
    each = next(each for each in fields(Settings) if each.name == name)
    meta, kind = each.metadata, setting_type(name)
    text = f"{meta['help']} (default: {_default_words(each.default, meta['unit'])})"
    if issubclass(kind, StrEnum):
        command.add_argument(meta["flag"], dest=name, choices=[str(value) for value in kind], help=text)
    elif kind is bool:
        switch = argparse.BooleanOptionalAction
        command.add_argument(meta["flag"], dest=name, action=switch, default=None, help=text)
    elif name == "server_url":
        text = f"{text}; may be given several times"
        command.add_argument(meta["flag"], dest=name, action=_Joined, metavar="URL", help=text)
    else:
        metavar = "NAME" if name == "endpoint" else {str: "FILE", float: "S"}.get(kind, "N")
        command.add_argument(meta["flag"], dest=name, type=kind, metavar=metavar, help=text)


def _default_words(default: object, unit: str) -> str:
    if isinstance(default, bool):
        return "on" if default else "off"
    words = f"{default:g}" if isinstance(default, float) else str(default)
    return f"{words} {unit}".strip() or "none"


class _Joined(argparse.Action):
    """What is given several times, in one text: the first is the preferred one."""

    def __call__(self, _parser: object, options: argparse.Namespace, value: Any, _option: str | None = None) -> None:
        before = getattr(options, self.dest)
        setattr(options, self.dest, f"{before} {value}" if before else value)


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
        how = "write it like 1-3,7, with the lower number first, counted from 1"
        raise argparse.ArgumentTypeError(f"{text!r} is not a page range: {how}") from None
    return text


def _filled(text: str) -> str:
    if not text:  # a script's variable that was never set
        raise argparse.ArgumentTypeError("it is empty")
    return text


def _recognize(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.recognize import recognize

    return recognize(options)


def _check(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.check import check

    return check(options)


def _login(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.login import login

    return login(options)


def _logout(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.login import logout

    return logout(options)


def _trust(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.login import trust

    return trust(options)


def _serve(options: argparse.Namespace) -> int:
    from glmocr_desktop.cli.serve import serve

    return serve(options)
