"""A disk that fills up while pages are read: what is said, what is half written, and does it go on?

On a small file system in memory, which is mounted for it (that takes root on Linux): the real window reads from a real
Gradio server while its data folder fills up, then room is made; the command line writes into a folder that fills up,
and is continued when there is room; results are exported to where there is none. Printed is what ended when, what was
said, and whether everything was read once in the end.

Run: ``python -m benchmarks.disk_full``, from the project's folder. It ends with 1 when a promise is broken.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Document, Job, Page
from glmocr_desktop.results.export import FORMATS, export_folder
from tests.support.kept import read
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess, running_server

_PAGES = 60
_SIZE = "6m"
_PATIENCE_S = 120
_STILL_S = 3.0  # so long nothing may end while the disk is full
_ROOT = Path(__file__).parents[1]


class _Disk:
    """A small disk, and what fills it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no room."""
        with self._ballast.open("ab", buffering=0) as stream:
            for size in (1 << 16, 1 << 10, 1):
                try:
                    while True:
                        stream.write(bytes(size))
                except OSError:
                    continue

    def make_room(self) -> None:
        """Take away what fills it."""
        self._ballast.unlink()


@contextmanager
def _disk(folder: Path) -> Iterator[_Disk]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)], check=True)
    try:
        yield _Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _wait(done: Callable[[], bool], limit_s: float = _PATIENCE_S) -> bool:
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        if done():
            return True
        time.sleep(0.05)  # noqa: TID251 - a benchmark looks from outside
    return False


def _environ(home: Path, server: ServerProcess) -> dict[str, str]:
    ours = {"GLMOCR_HOME": str(home), "GLMOCR_SERVER_URL": server.url, "QT_QPA_PLATFORM": "offscreen"}
    return os.environ | ours | {"PYTHONPATH": str(_ROOT)}


def _images(folder: Path) -> list[str]:
    folder.mkdir()
    return [str(numbered_image(folder, number)) for number in range(_PAGES)]


def _starts(server: ServerProcess) -> Counter[str]:
    return Counter(line for line in server.log() if line.startswith("start"))


def _window(folder: Path, server: ServerProcess) -> bool:
    """Whether a window whose data folder fills up stops, says so, and reads each page once in the end."""
    images = _images(folder / "window")
    said, errors = folder / "said.txt", folder / "errors.txt"
    told: Callable[[], int] = lambda: said.read_bytes().count(b"\n")  # noqa: E731
    with _disk(folder / "home") as disk:
        command = [sys.executable, str(_ROOT / "tests/support/window.py"), *images]
        with said.open("wb") as out, errors.open("wb") as err:
            running = subprocess.Popen(command, stdout=out, stderr=err, env=_environ(disk.folder, server))
        _wait(lambda: told() >= 10)
        disk.fill()
        before = told()
        _wait(lambda: b"Nothing can be written" in errors.read_bytes())
        full = told()
        still = not _wait(lambda: told() > full, _STILL_S)
        complained = b"Nothing can be written" in errors.read_bytes()
        disk.make_room()
        complete = _wait(lambda: told() >= _PAGES)
        running.terminate()
        running.wait(_PATIENCE_S)
        with sqlite3.connect(disk.folder / "data" / "documents.db") as database:
            (integrity,) = database.execute("PRAGMA integrity_check").fetchone()
            (kept,) = database.execute("SELECT count(*) FROM pages WHERE state = 'done'").fetchone()
        database.close()
    starts = _starts(server)
    print(f"window: {before} pages had ended, {full - before} more while the last room went, then none: {still}")
    print(f"        said: {complained}; with room again {told()} of {_PAGES} ended, {kept} are kept, {integrity}")
    print(
        f"        the server was asked {starts.total()} times for {len(starts)} pages; exit code {running.returncode}"
    )
    once = starts.total() == len(starts) == _PAGES
    return still and complained and complete and kept == _PAGES and integrity == "ok" and once


def _recognize(folder: Path, server: ServerProcess) -> bool:
    """Whether a run whose output folder fills up says so, leaves no half file, and can be continued."""
    images = _images(folder / "recognize")
    before = _starts(server).total()
    with _disk(folder / "out") as disk:
        command = [
            sys.executable,
            "-m",
            "glmocr_desktop",
            "recognize",
            *images,
            "--engine",
            "server",
            "-o",
            str(disk.folder),
        ]
        environ = _environ(folder / "run home", server)
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ)
        _wait(lambda: len(list(disk.folder.glob("*.txt"))) >= 5)
        disk.fill()
        _, errors = running.communicate(timeout=_PATIENCE_S)
        whole = [_is_whole(each) for each in disk.folder.glob("*.txt")]
        left = [each.name for each in disk.folder.iterdir() if each.suffix != ".txt" and each.name != "ballast"]
        sentence = next((line for line in errors.splitlines() if "disk" in line or "written" in line), "")
        print(
            f"recognize: exit code {running.returncode}, {len(whole)} files, all whole: {all(whole)}, left over: {left}"
        )
        print(f"        said: {sentence.replace(str(folder), '…')}")
        stopped = running.returncode
        disk.make_room()
        again = subprocess.run([*command, "--resume"], capture_output=True, text=True, env=environ, check=False)
        files = sorted(disk.folder.glob("*.txt"))
        asked = _starts(server).total() - before
        print(f"        with --resume: exit code {again.returncode}, {len(files)} files, {asked} pages asked for")
        complete = len(files) == _PAGES and all(map(_is_whole, files))
        return stopped == 1 and bool(sentence) and all(whole) and not left and again.returncode == 0 and complete


def _is_whole(file: Path) -> bool:
    return file.read_text().strip() == f"Text Recognition: {file.stem}"


def _export(folder: Path) -> bool:
    """Whether an export to a full disk is refused in words, and leaves nothing."""
    results = []
    for number in range(3):
        document = Document(f"/in/{number}.png", f"/in/{number}.png", f"{number}.png")
        results.append(read(Job(Page(document)), "words " * 1000))
    good = True
    with _disk(folder / "export") as disk:
        disk.fill()
        for chosen in FORMATS.values():
            try:
                problems = [str(each) for each in export_folder(results, disk.folder, chosen).problems]
            except ExportError as error:
                problems = [str(error)]
            left = [each.name for each in disk.folder.iterdir() if each.name != "ballast"]
            good &= bool(problems) and not left
            print(f"export as {chosen.name}: {problems[0] if problems else 'NOTHING SAID'}; left: {left}")
    return good


def main() -> int:
    """Run it."""
    if sys.platform != "linux" or os.geteuid() != 0:
        print("This mounts a small disk, which only root on Linux may do.")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "server").mkdir()
        with running_server(folder / "server") as server:
            server.control(delay_s=0.2)
            good = [_window(folder, server), _recognize(folder, server), _export(folder)]
    print("All promises were kept." if all(good) else f"BROKEN: {good}")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
