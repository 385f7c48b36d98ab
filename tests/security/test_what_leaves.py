"""What leaves this computer, what is started here, and what is left behind: of the whole program, as a process."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.security.conftest import Watch, Watched
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="file modes, and names that Windows does not allow")

_NAMES = ("$(touch pwned).png", "; touch pwned #.png", "`touch pwned`.png", "--help.png", "-i.png", "| touch pwned.png")


def _address(server: ServerProcess) -> tuple[str, int]:
    parts = urlsplit(server.url)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


def _uploads(server: ServerProcess) -> set[Path]:
    return {each for each in server.folder.glob("uploads-*/**/*") if each.is_file()}


def _number(path: Path) -> int:
    """Which page it is: see `tests.support.pages`."""
    with Image.open(path) as image:
        red, green, blue = image.convert("RGB").getpixel((0, 0))  # type: ignore[misc]
    return int((red * 256 + green) * 256 + blue)


def _hostile_files(folder: Path, first: int) -> None:
    for number, name in enumerate(_NAMES, first):
        numbered_image(folder, number).rename(folder / name)


def _open_to_others(folder: Path) -> list[tuple[str, str]]:
    """What of a folder's contents anybody else may read, write or enter."""
    return [(str(each), oct(each.stat().st_mode)) for each in folder.rglob("*") if each.lstat().st_mode & 0o077]


def _assert_quiet(run: Watched, folder: Path) -> None:
    """Nothing was started but the program's own children, no name reached one, and nothing was left."""
    assert run.others() == []
    for command in run.started():
        assert Path(command[0]) == Path(sys.executable), command
        assert "-c" in command or "-m" in command
        assert not [each for each in command if "pwned" in each]
    assert not list(folder.rglob("pwned*"))
    assert list(run.temporary.iterdir()) == []
    assert _open_to_others(run.home) == []


def test_the_command_line_sends_the_chosen_pages_to_the_named_server(
    watch: Watch, server: ServerProcess, tmp_path: Path
) -> None:
    """Of five pages two are chosen: these two are at the server afterwards, and nothing went anywhere else.

    The name is one that a shell would obey, if there were any.
    """
    folder = tmp_path / "pages"
    folder.mkdir()
    pages = [Image.new("RGB", (48, 32), (0, 0, 100 + number)) for number in range(1, 6)]
    pages[0].save(folder / "; touch pwned.tif", save_all=True, append_images=pages[1:])
    before = _uploads(server)
    more = ("--pages", "2,4", "--server", server.url, "--engine", "server", "-o", "read", "--to", "md")
    run = watch("recognize", ".", *more, cwd=folder)
    assert run.code == 0, run.errors
    assert run.reached() == {_address(server)}
    assert run.looked_up() <= {_address(server)[0]}
    assert {_number(each) for each in _uploads(server) - before} == {102, 104}
    assert sorted(each for each in server.log() if each.startswith("start")) == ["start 102", "start 104"]
    _assert_quiet(run, folder)


def test_what_came_by_standard_input_does_not_stay(watch: Watch, tmp_path: Path) -> None:
    """Read offline, which needs a child process: it and its files go, and nobody is talked to."""
    run = watch("recognize", "-", "--engine", "offline", cwd=tmp_path, given=numbered_image(tmp_path, 1).read_bytes())
    assert run.code == 0, run.errors
    assert run.reached() == set()
    assert run.looked_up() == set()
    _assert_quiet(run, tmp_path)


@pytest.mark.parametrize("url", ["http://203.0.113.1:7860", "http://ocr.example:7860"])
def test_nothing_leaves_when_nothing_may(watch: Watch, tmp_path: Path, url: str) -> None:
    """Not even a question for the address of a name."""
    numbered_image(tmp_path, 1)
    run = watch("recognize", "page 1.png", "--server", url, "--local-only", "--engine", "server", cwd=tmp_path)
    assert run.code == 1
    assert run.reached() == set()
    assert run.looked_up() == set()


def test_the_window_sends_what_was_added_to_the_server_of_its_settings(
    watch: Watch, server: ServerProcess, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    _hostile_files(folder, 300)
    numbered_image(tmp_path, 99)  # beside them, and never sent
    before = _uploads(server)
    options = ("--new-window", "--screenshot", str(tmp_path / "window.png"))
    run = watch(str(folder), *options, cwd=tmp_path, server=server.url)
    assert run.code == 0, run.errors
    assert run.reached() == {_address(server)}
    assert run.looked_up() <= {_address(server)[0]}
    assert {_number(each) for each in _uploads(server) - before} == set(range(300, 300 + len(_NAMES)))
    _assert_quiet(run, folder)
