"""The command line as a process: signals, pipes, children, and what it loads."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.program import Program, ends
from tests.support.servers import ServerProcess

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux shows them")

Start = Callable[..., Program]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program in an empty folder."""
    started: list[Program] = []

    def run(*arguments: str, **options: object) -> Program:
        started.append(Program(arguments, tmp_path, **options))  # type: ignore[arg-type]
        return started[-1]

    yield run
    for each in started:
        each.process.kill()
        each.end(10)


def _pages(folder: Path, count: int) -> None:
    pages = [Image.new("RGB", (48, 32), (0, 0, number)) for number in range(count)]
    pages[0].save(folder / "pages.tif", save_all=True, append_images=pages[1:])


def test_ctrl_c_in_the_middle_keeps_what_was_read(start: Start, server: ServerProcess, tmp_path: Path) -> None:
    """20 pages, of which some were read: they are in the file, the exit code is 130, and nothing is left running."""
    _pages(tmp_path, 20)
    server.control(delay_s=0.4)
    program = start(
        "recognize", "pages.tif", "--server", server.url, "--engine", "server", "--jobs", "2", "-o", "out", "--json"
    )
    program.wait_for(lambda line: line.startswith("[2/20]"))
    program.interrupt()
    assert program.end() == 130
    assert "Traceback" not in program.errors
    assert "Cancelled. Pages that were read are kept." in program.lines
    values = [json.loads(line) for line in program.output.splitlines()]
    done = [value["page"] for value in values if value["state"] == "done"]
    assert {value["state"] for value in values} <= {"done", "cancelled"}
    assert 2 <= len(done) < 20
    assert program.lines[-1] == f"{len(done)} of 20 pages were read."
    text = (tmp_path / "out" / "pages.txt").read_text()
    assert [f"page {page - 1}" in text for page in sorted(done)] == [True] * len(done)


def test_ctrl_c_while_reading_offline_leaves_no_child(start: Start, tmp_path: Path) -> None:
    """Sent to the whole group, as a terminal does it."""
    _pages(tmp_path, 20)
    program = start("recognize", "pages.tif", "--engine", "offline")
    program.wait_for(lambda line: line.startswith("[1/20]"))
    children = program.children()
    assert children
    program.interrupt()
    assert program.end() == 130
    assert "Traceback" not in program.errors
    assert all(ends(child) for child in children)


def test_a_program_that_was_killed_leaves_no_child(start: Start, tmp_path: Path) -> None:
    """The offline engine sees that its parent is gone."""
    _pages(tmp_path, 20)
    program = start("recognize", "pages.tif", "--engine", "offline")
    program.wait_for(lambda line: line.startswith("[1/20]"))
    watched = program.children()
    assert watched
    program.interrupt(signal.SIGKILL)
    program.end()
    assert all(ends(child) for child in watched)


def test_a_reader_of_the_output_that_ends_early(start: Start, server: ServerProcess, tmp_path: Path) -> None:
    """As ``| head -1`` does: no complaint, no waiting for pages that nobody wants."""
    _pages(tmp_path, 20)
    ours, theirs = os.pipe()
    program = start(
        "recognize", "pages.tif", "--server", server.url, "--engine", "server", "--jobs", "1", "--json", output=theirs
    )
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        first = json.loads(pipe.readline())
        assert (first["state"], first["page"] in (1, 2, 3)) == ("done", True)  # one is read while two are made ready
        server.control(delay_s=0.2)
    assert program.end() == 1
    assert all(line.startswith("[") for line in program.lines), program.errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
@pytest.mark.parametrize("options", [["--json"], []])
def test_a_full_disk_behind_standard_output(
    start: Start, server: ServerProcess, tmp_path: Path, options: list[str]
) -> None:
    _pages(tmp_path, 1)
    with Path("/dev/full").open("wb") as full:
        arguments = ["recognize", "pages.tif", "--server", server.url, "--engine", "server", *options]
        program = start(*arguments, output=full.fileno())
        assert program.end() == 1
    assert (
        program.lines[-1]
        == f"glmocr-desktop: Standard output could not be written: {os.strerror(errno.ENOSPC).lower()}."
    )
    assert "Traceback" not in program.errors


@pytest.mark.parametrize(
    ("closed", "code", "output", "errors"),
    [
        (">&-", 1, "", "glmocr-desktop: Standard output could not be written: it is closed."),
        ("2>&-", 0, "Text Recognition: page 0", ""),
        ("<&-", 0, "Text Recognition: page 0", "[1/1] pages.tif: read by the server"),
    ],
)
def test_standard_streams_that_are_closed(
    server: ServerProcess, tmp_path: Path, closed: str, code: int, output: str, errors: str
) -> None:
    _pages(tmp_path, 1)
    shell = f'exec "$0" -m glmocr_desktop recognize pages.tif --server {server.url} --engine server {closed}'
    ended = subprocess.run(
        ["sh", "-c", shell, sys.executable], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=90
    )
    assert (ended.returncode, ended.stdout.strip()) == (code, output)
    assert errors in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_log_that_cannot_be_written_is_told_at_once(start: Start, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    program = start("--log-file", "folder", "recognize", "nothing.png")
    assert program.end() == 2
    assert program.errors == f"glmocr-desktop: folder could not be written: {os.strerror(errno.EISDIR).lower()}."


@pytest.mark.parametrize(
    ("picture", "code", "said"),
    [
        ("nowhere/window.png", 2, "glmocr-desktop: there is no folder nowhere for the picture."),
        ("/dev/full/window.png", 2, "glmocr-desktop: there is no folder /dev/full for the picture."),
        ("folder", 1, "glmocr-desktop: the picture could not be written to folder."),
    ],
)
def test_a_picture_that_cannot_be_written(start: Start, tmp_path: Path, picture: str, code: int, said: str) -> None:
    (tmp_path / "folder").mkdir()
    program = start("--screenshot", picture)
    assert program.end() == code
    assert program.lines[-1] == said


def test_several_lanes_offline_and_server_together(start: Start, server: ServerProcess, tmp_path: Path) -> None:
    """A process that nobody interrupts ends by itself and says what it did."""
    _pages(tmp_path, 6)
    program = start("recognize", "pages.tif", "--server", server.url, "--jobs", "3")
    assert program.end() == 0
    assert program.output.decode().splitlines() == [f"Text Recognition: page {n}" for n in range(6)]
    assert len(program.lines) == 6


def test_a_proxy_in_the_environment_does_not_matter_here(
    start: Start, server: ServerProcess, tmp_path: Path, closed_url: str
) -> None:
    _pages(tmp_path, 1)
    environ = {"HTTP_PROXY": closed_url, "http_proxy": closed_url, "ALL_PROXY": closed_url, "NO_PROXY": ""}
    arguments = ["recognize", "pages.tif", "--server", server.url, "--engine", "server"]
    assert start(*arguments, environ=environ).end() == 0


@pytest.mark.parametrize("arguments", [["recognize", "--help"], ["check", "--help"], ["serve", "--help"], ["--help"]])
def test_help_is_quick_and_loads_nothing_heavy(arguments: list[str]) -> None:
    heavy = ["PySide6", "gradio", "gradio_client", "httpx", "numpy", "cv2", "onnxruntime", "rapidocr", "pypdfium2"]
    code = (
        "import sys\nfrom glmocr_desktop.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ended.stderr == "[]\n"
    assert ended.stdout.startswith("usage: glmocr-desktop")


def test_names_cannot_command_the_terminal(start: Start, tmp_path: Path) -> None:
    name = "a\x1b[31m\x1b]0;title\x07\u202e\nb.png"
    Image.new("RGB", (48, 32), "white").save(tmp_path / name)
    program = start("recognize", ".", "--engine", "offline")
    assert program.end() == 0
    said = program.errors.replace("\n", "") + program.output.decode().replace("\n", "")
    assert said.isprintable()
    assert len(program.lines) == 1


@pytest.mark.parametrize("files", [["recognise"], ["nothing.png", "nowhere.pdf"]])
def test_what_is_neither_a_file_nor_a_command_opens_no_window(start: Start, files: list[str]) -> None:
    program = start(*files)
    assert program.end() == 2
    assert program.errors.startswith(f"glmocr-desktop: there is no file, folder or command named {files[0]}.")


def test_without_a_screen_it_says_what_works(start: Start) -> None:
    program = start(environ={"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""})
    assert program.end() == 2
    assert "no screen" in program.errors
    assert "recognize" in program.errors


def test_an_empty_place_for_the_output_is_wrong_usage(start: Start) -> None:
    """As of a script whose variable was never set: the text would go to standard output."""
    program = start("recognize", "any.pdf", "-o", "")
    assert program.end() == 2
    assert "argument -o/--output: it is empty" in program.errors


@pytest.mark.parametrize("pages", ["abc", "0", "3-1", "1,,2"])
def test_a_page_range_that_is_none_is_wrong_usage(start: Start, pages: str) -> None:
    program = start("recognize", "any.pdf", "--pages", pages)
    assert program.end() == 2
    assert "is not a page range" in program.errors
