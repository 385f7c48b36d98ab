"""Tries the executables: ``python packaging/smoke.py "dist/GLM-OCR Desktop" [--root FOLDER]``.

Reads every sample offline and one page of a real Gradio server on the command line, then starts the window, which reads
the same page of the server and one offline; on Linux that is exported by the keyboard. Prints what it did, and ends
with 1 at the first thing that is not as it should be: a line that nobody expected is one.

``--root`` is another system's root in which the programs run (as root, by chroot): one without Python, say. Their
window then shows itself on this system's X server. The project's test environment is needed for the server and the
display; the programs get nothing of it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(_ROOT))

from tests.support.display import Display, running_display  # noqa: E402 - the tests stand beside this folder
from tests.support.servers import free_port, running_server  # noqa: E402

_LINUX = sys.platform.startswith("linux")
_SUFFIX = ".exe" if sys.platform == "win32" else ""
_PATIENCE_S = 900
_KNOWN = re.compile(r"\[\d+/\d+\] .*: read (offline|by the server) in [\d.]+ s( \(The server at \S+ is .*\))?(; .*)?")


class _Trial:
    """The programs in their place.

    Args:
        programs: Their folder, as they see it.
        work: A folder for files, as this program sees it.
        root: The system that they run on, as this program sees it.
    """

    def __init__(self, programs: Path, work: Path, root: Path) -> None:
        self._programs = programs
        self._root = root
        self.work = work
        self.pages = work / "pages"
        shutil.copytree(_ROOT / "resources" / "samples", self.pages)
        shutil.copy(_ROOT / "resources" / "canaries" / "text.png", work / "harbour.png")

    def command(self, name: str, *arguments: str) -> list[str]:
        inside = [shutil.which("chroot") or "", str(self._root)] if self._root != Path("/") else []
        return [*inside, str(self._programs / f"{name}{_SUFFIX}"), *arguments]

    def inside(self, path: Path) -> str:
        """How the programs call a file."""
        return f"/{path.relative_to(self._root)}" if self._root != Path("/") else str(path)

    def environ(self, url: str, **more: str) -> dict[str, str]:
        """What the programs are told: nothing of Python, and a home of their own."""
        kept = ("SYSTEMROOT", "PATHEXT", "TEMP", "TMP", "LANG", "DISPLAY", "XAUTHORITY")
        home = self.inside(self.work)
        environ = {name: os.environ[name] for name in kept if name in os.environ}
        told = {"GLMOCR_HOME": f"{home}/home", "GLMOCR_SERVER_URL": url, "GLMOCR_TIMEOUT_S": "600"}
        return {**environ, "PATH": "/usr/bin:/bin", "HOME": home, **told, **more}

    def recognize(self, url: str, *arguments: str) -> list[dict[str, object]]:
        """Pages as the command line read them."""
        command = self.command("glmocr-desktop", "recognize", *arguments, "--json")
        done = subprocess.run(command, env=self.environ(url), capture_output=True, timeout=_PATIENCE_S, check=False)
        said = done.stderr.decode(errors="replace").splitlines()
        _demand(done.returncode == 0, f"recognize ended with {done.returncode}: {said}")
        odd = [line for line in said if not _KNOWN.fullmatch(line)]
        _demand(not odd, f"recognize said {odd}")
        return [json.loads(line) for line in done.stdout.decode().splitlines()]


def main() -> int:
    """Try all, and say so."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("programs", type=Path)
    parser.add_argument("--root", type=Path, default=Path("/"))
    options = parser.parse_args()
    root = options.root.resolve()
    programs = options.programs.resolve()
    if root != Path("/"):
        there = root / "opt" / programs.name
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(programs, there, symlinks=True)
        programs = Path("/opt") / programs.name
    with (
        tempfile.TemporaryDirectory(dir=root / "tmp" if root != Path("/") else None) as folder,
        tempfile.TemporaryDirectory() as served,
        running_server(Path(served)) as server,
    ):
        trial = _Trial(programs, Path(folder), root)
        nobody = f"http://127.0.0.1:{free_port()}"
        _try_version(trial)
        _try_samples(trial, nobody)
        _try_server(trial, server.url)
        _try_window(trial, server.url, "Done")
        _try_window(trial, nobody, "Done offline")
        if _LINUX:
            _try_export(trial, nobody)
    print("All is as it should be.")
    return 0


def _try_version(trial: _Trial) -> None:
    began = time.monotonic()
    done = subprocess.run(
        trial.command("glmocr-desktop", "--version"), env=trial.environ(""), capture_output=True, timeout=60, check=True
    )
    _demand(not done.stderr, f"--version said {done.stderr!r}")
    _tell(f"{done.stdout.decode().strip()}", began)


def _try_samples(trial: _Trial, url: str) -> None:
    began = time.monotonic()
    pages = trial.recognize(url, trial.inside(trial.pages))
    _demand(len(pages) == 15, f"{len(pages)} pages of samples were read")
    _demand(all(page["text"] for page in pages), "a sample has no text")
    _tell(f"{len(pages)} pages of samples read offline", began)


def _try_server(trial: _Trial, url: str) -> None:
    began = time.monotonic()
    page = trial.recognize(url, trial.inside(trial.work / "harbour.png"))[0]
    _demand(page["engine"] == "server", f"the server's page was read by {page['engine']}")
    _tell("a page read by a Gradio server", began)


def _try_window(trial: _Trial, url: str, state: str) -> None:
    """A window with a page that is read; the picture is for people to look at."""
    began = time.monotonic()
    picture = trial.work / f"{state}.png"
    arguments = ("--verbose", "--screenshot", trial.inside(picture), trial.inside(trial.work / "harbour.png"))
    with _display(trial) as display:
        environ = trial.environ(url, **_screen(display))
        command = trial.command("GLM-OCR Desktop", *arguments)
        done = subprocess.run(command, env=environ, capture_output=True, timeout=_PATIENCE_S, check=False)
    said = done.stderr.decode(errors="replace")
    _demand(done.returncode == 0, f"the window ended with {done.returncode}: {said}")
    odd = [line for line in said.splitlines() if " INFO glmocr_desktop." not in line]
    _demand(not odd, f"the window said {odd}")
    _demand(("rung=offline" in said) == (state == "Done offline"), f"the page was read otherwise: {said}")
    shown = _ROOT / "build" / f"smoke-{state.lower().replace(' ', '-')}.png"
    shown.parent.mkdir(exist_ok=True)
    shutil.copy(picture, shown)
    _tell(f"the window has a page “{state}” (build/{shown.name})", began)


def _try_export(trial: _Trial, url: str) -> None:
    """A window that is used by the keyboard: export with its choices, and quit."""
    began = time.monotonic()
    with _display(trial) as display:
        command = trial.command("GLM-OCR Desktop", "--verbose", trial.inside(trial.work / "harbour.png"))
        environ = trial.environ(url, **_screen(display))
        window = subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True)
        try:
            assert window.stderr is not None
            _demand(any("A job ended" in line for line in window.stderr), "the window ended by itself")
            display.wait_for_window("^GLM-OCR Desktop$")
            display.xdotool("key", "--delay", "1000", "ctrl+shift+e", "Up", "Return")
            display.wait_for_window("^Export$")
            display.xdotool("key", "Return")
            written = trial.work / "Documents" / "harbour.xlsx"
            _await(written.exists, "the export")
            display.xdotool("key", "ctrl+q")
            _demand(window.wait(60) == 0, f"the window ended with {window.returncode}")
        finally:
            window.kill()
    _demand(written.read_bytes().startswith(b"PK"), "the export is no workbook")
    _tell("a page exported from the window by the keyboard, which then quitted", began)


@contextmanager
def _display(trial: _Trial) -> Iterator[Display | None]:
    if not _LINUX:
        yield None
        return
    with running_display(trial.work / "display") as display:
        yield display


def _screen(display: Display | None) -> dict[str, str]:
    return {} if display is None else {"DISPLAY": display.environ["DISPLAY"], "QT_QPA_PLATFORM": "xcb"}


def _await(come: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not come():
        _demand(time.monotonic() < deadline, f"{what} never came")
        threading.Event().wait(0.1)


def _demand(so: bool, otherwise: str) -> None:
    if not so:
        raise SystemExit(otherwise)


def _tell(done: str, began: float) -> None:
    print(f"{done}: {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
