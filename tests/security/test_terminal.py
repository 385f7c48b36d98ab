"""Nothing that comes from outside commands a terminal: names of files, words of servers, answers."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from glmocr_desktop.cli import main
from glmocr_desktop.results.contract import json_text
from tests.support.servers import ServerProcess

_ORDERS = (
    "\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x07 \x1b[2J \x9b31m \u202egnp.exe\u2066 \x7f\r"
)
"""Fills the clipboard, makes a link, clears, colours (by one sign, too), turns words around, goes back in its line."""


def _harmless(text: str) -> bool:
    return all(line.isprintable() for line in text.split("\n"))


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a file, which is in the folder of the moment."""
    monkeypatch.chdir(tmp_path)
    name = "a.png" if sys.platform == "win32" else f"a{_ORDERS}.png".replace("/", "").replace("\x9b", "")
    Image.new("RGB", (48, 32), "white").save(name)
    return name


@pytest.mark.parametrize("more", [(), ("--json",), ("-o", "read")])
def test_answers_and_names_are_only_shown(
    page: str, more: tuple[str, ...], server: ServerProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    server.control(answer=f"# {_ORDERS}\n\n```\n{_ORDERS}\n```\n\n$$ {_ORDERS} $$\n\n<table><tr><td>{_ORDERS}</table>")
    assert main(["recognize", page, page, "--server", server.url, "--engine", "server", *more]) == 0
    said = capsys.readouterr()
    assert said.out or more == ("-o", "read")
    assert _harmless(said.out)
    assert _harmless(said.err)
    if more == ("--json",):  # all of it is there, though
        value = json.loads(said.out.splitlines()[0])
        assert os.fsencode(value["document"]) == os.fsencode(str(Path.cwd() / page)) or value["document"] == page
        assert value["text"].count("\x1b]52") == 4


def test_what_a_server_complains_of_is_only_shown(
    page: str, server: ServerProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    server.control(error=f"out of {_ORDERS} memory")
    assert main(["recognize", page, "--server", server.url, "--engine", "server"]) == 1
    said = capsys.readouterr()
    assert "memory" in said.err
    assert _harmless(said.out + said.err)
    assert main(["check", "--server", server.url]) == 1
    said = capsys.readouterr()
    assert "memory" in said.out
    assert _harmless(said.out + said.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ["recognize", f"nothing{_ORDERS}.png"],
        ["recognize", "a.png", f"--{_ORDERS}"],
        ["recognize", "a.png", "--server", f"http://{_ORDERS}"],
        ["recognize", "a.png", "-o", "read", "--to", _ORDERS],
        ["recognize", "a.png", "--pages", _ORDERS],
        [f"--{_ORDERS}"],
    ],
)
def test_what_was_typed_is_repeated_harmlessly(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may have been the shell that typed it, from the names of a folder."""
    monkeypatch.chdir(tmp_path)
    try:
        code = main(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    said = capsys.readouterr()
    assert code != 0
    assert said.err
    assert _harmless(said.out + said.err)


def test_json_is_the_same_without_signs_that_a_terminal_obeys() -> None:
    value = {"a": f"\\{_ORDERS}\\\x9b", "Ω": ["é\u2028\u200f", "\udc80"]}
    text = json_text(value)
    assert _harmless(text)
    assert json.loads(text) == value
    assert "Ω" in text
