"""Every command that a document tells people to type works as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from glmocr_desktop.__main__ import _window_parser
from glmocr_desktop.cli import COMMANDS, main
from glmocr_desktop.cli.parser import build_parser
from tests.support.document_commands import ROOT, Typed, typed
from tests.support.servers import ServerProcess, free_port, wait_until_up

_URL = re.compile(r"https?://[\w.:/-]+|\bURL\b|[\w.-]+\.example\.org(:\d+)?")
_INSTALLERS = (
    *("apt", "apt-get", "brew", "cd", "curl", "dpkg", "export", "git", "py", "pip", "pipx", "sudo", "source", "."),
    *("caddy", "docker", "nginx", "openssl", "systemctl", "update-desktop-database", "xdg-mime", "journalctl"),
)
"""They would change the machine or need a network: such a line only has to be one that a shell can read."""
_TOOLS = ("lint-imports", "mypy", "pytest", "ruff")
_RUNS_ON = "glmocr-desktop"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: ServerProcess) -> Path:
    """An empty folder, in which a server is known."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GLMOCR_SERVER_URL", server.url)
    return tmp_path


def _name(call: list[str]) -> str:
    """The program of a call, wherever it is installed."""
    return re.split(r"[/\\]", call[0])[-1]


def _is_ours(line: Typed) -> bool:
    return any(_name(_without_variables(call)) == _RUNS_ON for call in line.calls)


def _without_variables(call: list[str]) -> list[str]:
    while len(call) > 1 and re.match(r"\w+=", call[0]):
        call = call[1:]
    return call


def _arguments(line: Typed) -> list[str]:
    return next(call[1:] for call in map(_without_variables, line.calls) if _name(call) == _RUNS_ON)


def _command(line: Typed) -> str:
    """What the program is to do; empty for the window."""
    return next((word for word in _arguments(line) if word in COMMANDS), "")


_LINES = typed()
_OURS = [line for line in _LINES if _is_ours(line)]
_OTHERS = [line for line in _LINES if not _is_ours(line)]


def _make(path: str) -> None:
    """A file or folder of the name that a document uses."""
    file = Path(path)
    if path == "-" or file.exists():
        return
    if not file.suffix:
        file.mkdir(parents=True)
        file /= "scan.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page = Image.new("RGB", (48, 32), (0, 0, 1))
    many = {"save_all": True, "append_images": [page] * 19} if file.suffix in (".pdf", ".tif") else {}
    page.save(file, **many)


def _shown(line: Typed) -> str:
    return f"{line.document}: {line.line}"


def test_there_are_commands() -> None:
    assert {"README.md", "command-line.md", "servers.md"} <= {line.document for line in _LINES}


@pytest.mark.parametrize("line", [each for each in _OURS if _command(each) == "recognize"], ids=_shown)
def test_recognize(line: Typed, folder: Path, server: ServerProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = [_URL.sub(server.url, word) for word in _arguments(line)]
    for path in build_parser().parse_args([word for word in arguments if word != "--verbose"]).paths:
        _make(path)
    if line.input:
        _make(line.input)
    with Path(line.input or os.devnull).open(encoding="utf-8", errors="surrogateescape") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert main(arguments) == 0


@pytest.mark.parametrize("line", [each for each in _OURS if _command(each) in ("login", "logout")], ids=_shown)
@pytest.mark.usefixtures("folder", "memory")
def test_login_at_a_server_that_asks_for_none(line: Typed, server: ServerProcess) -> None:
    assert main([_URL.sub(server.url, word) for word in _arguments(line)]) == 0


@pytest.mark.parametrize("line", [each for each in _OURS if _command(each) in ("check", "serve", "trust")], ids=_shown)
def test_arguments_that_are_taken(line: Typed) -> None:
    """What these do takes seconds each: it is tried once below."""
    assert build_parser().parse_args(_arguments(line)).command == _command(line)


@pytest.mark.parametrize("line", [each for each in _OURS if not _command(each)], ids=_shown)
def test_arguments_of_the_window(line: Typed) -> None:
    arguments = _arguments(line)
    if arguments in (["--help"], ["--version"]):
        return
    assert _window_parser().parse_args(arguments)


def test_a_server_of_ones_own_and_a_picture_of_the_window(tmp_path: Path) -> None:
    """The commands that take seconds, as processes: a window reads a page of the server."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    program = [sys.executable, "-m", "glmocr_desktop"]
    serve = subprocess.Popen([*program, "serve", "--reader", "offline", "--port", str(port)], stderr=subprocess.DEVNULL)
    try:
        wait_until_up(url, serve)
        Image.new("RGB", (48, 32), "white").save(tmp_path / "letter.png")
        window = [*program, "letter.png", "--screenshot", "window.png"]
        environ = os.environ | {"GLMOCR_SERVER_URL": url}
        assert subprocess.run(window, cwd=tmp_path, env=environ, check=False, timeout=120).returncode == 0
        assert (tmp_path / "window.png").stat().st_size > 1000
    finally:
        serve.terminate()
        serve.wait(30)


@pytest.mark.parametrize("line", _OTHERS, ids=_shown)
def test_what_is_not_ours_is_known(line: Typed) -> None:
    """Whoever writes a new kind of command into a document says here how it is to be tried."""
    for call in map(_without_variables, line.calls):
        name = _name(call)
        if name == "make":
            targets = [word for word in call[1:] if "=" not in word]
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            assert all(re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE) for target in targets)
        elif re.fullmatch(r"python[\d.]*", name):
            assert call[1] == "-m"
            assert _has_module(call[2])
        else:
            assert name in (*_INSTALLERS, *_TOOLS) or re.fullmatch(r"\w+=.*", call[0])


def _has_module(name: str) -> bool:
    return name in ("venv", "pip") or (ROOT / f"{name.replace('.', '/')}.py").exists()
