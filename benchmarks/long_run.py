"""Does anything grow with the number of pages?

``engine``: 100,000 pages through the real job engine, in waves, some held back, some sent to the front, some cancelled;
what stands on a page is known at once, all else is real. The first of every twenty waves is read by a real server in a
process of its own, until 2,000 pages were. Objects of Python by type, threads, handles, sockets, temporary files and
memory after a tenth of the pages and after all: no type may have grown by a wave, nothing else by more than a few.
Afterwards the same with figures offered at a port and asked for all the time.

``pdf``: a PDF of 1,000 pages through ``recognize``; ``images``: 10,000 files. The most memory of the program and its
children, less what they held at the tenth page.

Run: ``python -m benchmarks.long_run [engine] [pdf] [images] [--pages N] [--trace]``, from the project's folder; all of
it takes about twenty minutes. It ends with 1 when something has grown. ``--trace`` prints where memory was taken.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import tracemalloc
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from glmocr_desktop.core.model import EngineChoice, Job, Page, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.engine import JobEngine
from tests.documents.pdf_files import pages_pdf
from tests.support.census import Census
from tests.support.instant import instant_reading
from tests.support.pages import numbered_image, numbered_page
from tests.support.servers import ServerProcess, free_port, running_server

_WAVE = 500
_HELD, _CANCELLED = slice(100, 150), slice(450, 470)
_REALLY = 2_000
_REALLY_EACH = 20  # waves
_MOST_MORE = 4  # threads, handles: a pool may have grown to its bound later
_MOST_MB = 30.0  # of 90,000 pages; the figures of an hour alone are 8 MB when it is full
_MOST_COMMAND_MB = 60.0
_LIMIT_S = 3600.0


class _Waves(QObject):
    """Submits wave after wave, each when the one before has ended; keeps nothing of the results."""

    def __init__(self, engine: JobEngine, pages: list[Page], total: int) -> None:
        super().__init__()
        self.ended = 0
        self.first: Census | None = None
        self._engine = engine
        self._pages = pages
        self._total = total
        self._missing = 0
        self._read_really = 0
        self._real = instant_reading()
        self._instant = False
        engine.job_ended.connect(self._on_job_ended)

    def begin(self) -> None:
        """The next wave."""
        if self.first is None and self.ended >= self._total // 10:
            self.first = Census.now()
        if self.ended >= self._total:
            self._choose(instant=False)
            QApplication.exit(0)
            return
        really = self._read_really < _REALLY and self.ended // _WAVE % _REALLY_EACH == 0
        self._choose(instant=not really)
        self._read_really += _WAVE * really
        choice = EngineChoice.SERVER
        jobs = [Job(self._pages[number % len(self._pages)], engine=choice) for number in range(_WAVE)]
        ids = [job.id for job in jobs]
        self._missing = _WAVE
        self._engine.submit(jobs)
        self._engine.pause(ids[_HELD])
        self._engine.promote(ids[150:200])
        self._engine.cancel(ids[_CANCELLED])
        self._engine.resume()

    def _choose(self, *, instant: bool) -> None:
        if instant != self._instant:
            self._instant = instant
            if instant:
                self._real = instant_reading()
                self._real.__enter__()
            else:
                self._real.__exit__(None, None, None)

    def _on_job_ended(self, _job_id: str, _result: Result) -> None:
        self.ended += 1
        self._missing -= 1
        if not self._missing:
            QTimer.singleShot(0, self, self.begin)


@contextmanager
def _asked(port: int) -> Iterator[None]:
    """Somebody asks for the figures ten times a second."""
    ending = threading.Event()

    def ask() -> None:
        while not ending.wait(0.1):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read()
            except OSError:
                continue

    asker = threading.Thread(target=ask, daemon=True)
    if port:
        asker.start()
    yield
    ending.set()
    if port:
        asker.join()


def _engine(server: ServerProcess, folder: Path, total: int, port: int) -> list[str]:
    """Pages through the job engine; what has grown."""
    pages = [numbered_page(folder, number) for number in range(50)]
    engine = JobEngine(Settings(server_url=server.url, lanes=4, metrics_port=port))
    engine.start()
    waves = _Waves(engine, pages, total)
    began = time.monotonic()
    QTimer.singleShot(0, waves, waves.begin)
    with _asked(port):
        QApplication.exec()
        first, last = waves.first, Census.now()
    assert first is not None
    print(f"{waves.ended} pages in {time.monotonic() - began:.0f} s, figures at port {port or 'none'}")
    print(f"  after a tenth: {first}\n  after all:     {last}")
    for name, more in sorted(last.grown(first, 50).items(), key=lambda each: -each[1])[:8]:
        print(f"  {more:+} {name}")
    if not engine.shutdown():
        return ["threads that did not come back"]
    engine.deleteLater()
    grown = [f"{name}: {more:+}" for name, more in last.grown(first, _WAVE).items()]
    for name, before, after, most in (
        ("threads", first.threads, last.threads, _MOST_MORE),
        ("handles", first.handles, last.handles, 2 * _MOST_MORE),
        ("sockets", first.sockets, last.sockets, 2 * _MOST_MORE),
        ("temporary files", first.files, last.files, 0),
        ("MB", first.memory_mb, last.memory_mb, _MOST_MB),
    ):
        if after - before > most:
            grown.append(f"{name}: {before:.0f} -> {after:.0f}")
    return grown


def _with_children_mb(process: psutil.Process) -> float:
    """What a process and its children hold, without counting twice what they share where the system tells."""
    held = 0
    try:
        for each in (process, *process.children(recursive=True)):
            held += getattr(each.memory_full_info(), "uss", each.memory_info().rss)
    except psutil.Error:  # ended meanwhile
        return 0.0
    return float(held) / 2**20


def _command(server: ServerProcess, given: Path, count: int, what: str) -> list[str]:
    """Pages through the command line; what has grown."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        arguments = ["recognize", str(given), "--json", "--engine", "server", "--server", server.url]
        program = subprocess.Popen(
            [sys.executable, "-m", "glmocr_desktop", *arguments], stdout=subprocess.PIPE, stderr=errors
        )
        process = psutil.Process(program.pid)
        read, at_ten, most = 0, 0.0, 0.0
        assert program.stdout is not None
        for _line in program.stdout:
            read += 1
            if read == 10 or read % 50 == 0:
                now_mb = _with_children_mb(process)
                at_ten = at_ten or now_mb
                most = max(most, now_mb)
        code = program.wait()
    print(
        f"{what}: {read} pages in {time.monotonic() - began:.0f} s, exit code {code}; "
        f"{at_ten:.0f} MB at the tenth, {most:.0f} MB at most"
    )
    grown = [] if (read, code) == (count, 0) else [f"{what}: {read} of {count} pages were read, exit code {code}"]
    return grown + ([f"{what}: {most - at_ten:+.0f} MB"] if most - at_ten > _MOST_COMMAND_MB else [])


def _pdf(server: ServerProcess, folder: Path) -> list[str]:
    path = folder / "long.pdf"
    path.write_bytes(pages_pdf(*(b"0 0 0 rg 100 600 %d 100 re f" % (10 + number % 300) for number in range(1_000))))
    return _command(server, path, 1_000, "a PDF of 1,000 pages")


def _images(server: ServerProcess, folder: Path) -> list[str]:
    images = folder / "images"
    images.mkdir()
    for number in range(10_000):
        numbered_image(images, number)
    return _command(server, images, 10_000, "10,000 images")


def main() -> int:
    """Print the figures; 1 if something has grown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=("engine", "pdf", "images", []), default=[])
    parser.add_argument("--pages", type=int, default=100_000, help="through the engine")
    parser.add_argument("--trace", action="store_true")
    given = parser.parse_args()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    if given.trace:
        tracemalloc.start(8)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["GLMOCR_HOME"] = str(folder / "home")
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        (folder / "server").mkdir()
        parts: dict[str, list[Callable[[ServerProcess, Path], list[str]]]] = {
            "engine": [
                lambda server, where: _engine(server, where, given.pages, 0),
                lambda server, where: _engine(server, where, given.pages, free_port()),
            ],
            "pdf": [_pdf],
            "images": [_images],
        }
        with running_server(folder / "server") as server:
            grown = [
                each for part in given.parts or parts for measure in parts[part] for each in measure(server, folder)
            ]
    if given.trace:
        for line in tracemalloc.take_snapshot().statistics("lineno")[:15]:
            print(line)
    for each in grown:
        print(f"GROWN: {each}")
    del app
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
