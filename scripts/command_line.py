"""Writes docs/command-line.md from the parsers, so that it says what the program does.

It is made from what the parsers know, not from their help: that is laid out in another way by each version of Python.
"""

# ruff: noqa: SLF001 - argparse offers what it knows of a parser only as text

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from glmocr_desktop.__main__ import _window_parser
from glmocr_desktop.cli.log_options import add_log_options
from glmocr_desktop.cli.parser import build_parser

PAGE = Path(__file__).resolve().parents[1] / "docs" / "command-line.md"

_DEFAULT = re.compile(r" \(default: ([^()]*)\)")
_INTRODUCTION = """\
# The command line

<!-- Made from the program's parsers by `make docs`. Change scripts/command_line.py or the parsers, not this page. -->

`glmocr-desktop` opens the window; with one of the commands below it works without one. Text goes to standard output,
what is told about it to standard error. Options of the settings go before the environment, the environment before the
file of settings; a default below is what holds when none of them says anything. Every command has `--help`, and
`glmocr-desktop --version` tells the version.
"""
_LOG = "## Before or after every command\n"
_USUAL = {2: "wrong usage, a setting or an option that cannot be used; nothing was done", 130: "Ctrl+C"}
_WINDOW = "wrong usage, an option that cannot be used, or no screen; nothing was done"
_STOPPED = "ended by SIGTERM, SIGHUP; what was read is kept"
_CODES: dict[str, dict[int | str, str]] = {
    "": {0: "the window was closed, or another one took the files", 1: "the picture could not be taken", 2: _WINDOW},
    "recognize": {
        0: "every page was read, every file was written",
        1: "some pages were not read, or not written; the rest is there",
        2: "wrong usage, a setting that cannot be used, or nowhere to write; nothing was read",
        130: "Ctrl+C; what was read is kept",
        "143, 129": _STOPPED,
    },
    "check": {
        0: "each server that was named reads; when none was named, any server of the settings or offline reading does",
        1: "it does not",
        2: _USUAL[2],
        130: _USUAL[130],
    },
    "login": {0: "the login is stored, or none is asked for", 1: "it was refused, or cannot be stored", 2: _USUAL[2]},
    "logout": {0: "the login is forgotten, or was not stored", 1: "the password store does not open", 2: _USUAL[2]},
    "trust": {0: "the certificate is trusted", 1: "it is not, or none came", 2: "no certificate, or nobody to ask"},
    "serve": {0: "ended by Ctrl+C or SIGTERM", 2: "it cannot start: a part is not installed, or the port is in use"},
}
_EXAMPLES = {
    "": (
        ("scans/ letter.pdf", "the window, with these files in it"),
        ("letter.pdf --screenshot window.png", "a picture of the window when all is read"),
    ),
    "recognize": (
        ("scan.png", "the text on standard output"),
        ("report.pdf --pages 1-3,7 --to docx,md -o results/", "some pages, as Word and as Markdown"),
        ("scans/ --json > pages.jsonl", "an object a page, see json.md"),
    ),
    "check": (
        ("", "every server of the settings, and offline reading"),
        ("--server http://gpu-box:7860 --json", "for scripts"),
    ),
    "login": (
        ("--server https://ocr.example.org", "asks for the name and the password"),
        ("--server https://ocr.example.org --kind basic --user ada < password.txt", "for scripts"),
    ),
    "logout": (
        ("--server https://ocr.example.org", "the login for this server"),
        ("", "the login for the first server of the settings"),
    ),
    "trust": (
        ("https://ocr.example.org", "shows the certificate, and asks"),
        ("ocr.example.org:8443 --fingerprint 5A:0C:7E:91", "for scripts: all of the SHA-256, as it is shown"),
    ),
    "serve": (
        ("--reader offline", "on http://127.0.0.1:7860, by the offline engine"),
        ("--reader offline --host 0.0.0.0 --port 8000", "for other computers, too; nobody is asked for a password"),
    ),
}


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """The page as the parsers of today say it."""
    parts = [_INTRODUCTION, *_command("", "Open the window, or hand files to the one that is open.", _window_parser())]
    for name, parser in commands().items():
        parts += _command(name, parser.description or "", parser)
    log = argparse.ArgumentParser(add_help=False)
    add_log_options(log)
    parts += [_LOG, *_tables(log)]
    return "\n".join(parts).rstrip() + "\n"


def commands() -> dict[str, argparse.ArgumentParser]:
    """The commands and their parsers, in the order in which the help names them."""
    found = next(each for each in build_parser()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(found.choices)


def _command(name: str, purpose: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    call = f"glmocr-desktop {name}".strip()
    places = "".join(f" {_place(each)}" for each in parser._actions if not each.option_strings)
    yield f"## {name or 'The window'}\n\n{purpose}\n\n```text\n{call} [options]{places}\n```\n"
    yield from _tables(parser, without="log")
    yield "| Exit code | |\n|---|---|"
    yield from (f"| {code} | {words} |" for code, words in _CODES[name].items())
    lines = [(f"{call} {arguments}".strip(), words) for arguments, words in _EXAMPLES[name]]
    width = max(len(line) for line, _ in lines)
    yield "\n```sh"
    yield from (f"{line:{width}}  # {words}" for line, words in lines)
    yield "```\n"


def _tables(parser: argparse.ArgumentParser, without: str = "") -> Iterator[str]:
    """A table for each group that has anything in it, but for one."""
    for group in parser._action_groups:
        actions = [each for each in group._group_actions if each.dest != "help"]
        if not actions or group.title == without:
            continue
        plain = "Arguments" if not actions[0].option_strings else "Options"
        title = plain if group.title in ("positional arguments", "options") else f"{group.title}".capitalize()
        yield f"| {title} | Default | |\n|---|---|---|"
        yield from map(_row, actions)
        yield ""


def _row(action: argparse.Action) -> str:
    words = (action.help or "") % vars(action)
    default = found[1] if (found := _DEFAULT.search(words)) else ""
    cells = (f"`{_call(action)}`", default, _DEFAULT.sub("", words).replace(".;", ";"))
    return f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |"


def _call(action: argparse.Action) -> str:
    """How an option or argument is written."""
    if not action.option_strings:
        return _place(action)
    return f"{', '.join(action.option_strings)} {_value(action)}".strip()


def _place(action: argparse.Action) -> str:
    """An argument that is no option: several of them, or none, where that is allowed."""
    value = _value(action)
    return {"*": f"[{value}…]", "+": f"{value}…"}.get(str(action.nargs), value)


def _value(action: argparse.Action) -> str:
    """What stands for the value of an option; empty when it has none."""
    if action.nargs == 0:
        return ""
    if action.choices:
        return f"{{{','.join(map(str, action.choices))}}}"
    return str(action.metavar or action.dest.upper())


if __name__ == "__main__":
    main()
