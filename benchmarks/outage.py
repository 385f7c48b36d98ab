"""A server is killed under a hundred queued pages of a real window, and started again: what is shown, and when.

The server is a real Gradio process on this computer, the window is real without a screen, offline reading is the real
engine. Times are from the kill, or from the moment at which the server answers again.

Run: ``python -m benchmarks.outage [--pages N]``, from the project's folder; it takes about a minute.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from qasync import QEventLoop

from glmocr_desktop.core.model import JobState, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.jobs.engine import JobEngine
from tests.support.servers import ServerProcess, running_server

_READ_FIRST = 20
_LIMIT_S = 300
_PROBE_S = 1.0


class _Watch:
    """A window, and what it shows by the time."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.results: list[Result] = []
        self.ended_at: list[float] = []
        self.states: list[tuple[float, str]] = []
        self.notices: list[tuple[float, str]] = []
        self.engine = JobEngine(settings)
        self.window = MainWindow(self.engine, folder / "config", folder / "data")
        self.engine.job_ended.connect(self._on_job_ended)
        self._timer = QTimer(self.window)
        self._timer.timeout.connect(self._look)
        self._timer.start(10)
        self.window.show()
        self.engine.start()

    async def until(self, true: Callable[[], bool]) -> float:
        """Let the window live until something is true; the moment."""
        async with asyncio.timeout(_LIMIT_S):
            while not true():
                await asyncio.sleep(0.005)
        return time.monotonic()

    def state(self) -> str:
        return self.states[-1][1] if self.states else ""

    def _look(self) -> None:
        now = time.monotonic()
        label = self.window.findChild(QWidget, "healthLabel")
        word = re.split(r"[,·(]", label.text())[0].strip()
        if word != self.state():
            self.states.append((now, word))
        for each in self.window.notices.findChildren(QLabel):
            if each.isVisible() and each.text() and each.text() not in [text for _, text in self.notices]:
                self.notices.append((now, each.text()))

    def _on_job_ended(self, _job_id: str, result: Result) -> None:
        self.results.append(result)
        self.ended_at.append(time.monotonic())


def _pages(folder: Path, count: int) -> list[str]:
    font = ImageFont.load_default(36)
    for number in range(count):
        image = Image.new("RGB", (320, 80), "white")
        ImageDraw.Draw(image).text((20, 20), f"Invoice {1000 + number}", "black", font)
        image.putpixel((0, 0), (0, 0, number))
        image.save(folder / f"{number}.png")
    return [str(folder / f"{number}.png") for number in range(count)]


async def _measure(server: ServerProcess, folder: Path, count: int) -> None:
    server.control(delay_s=0.2)
    (folder / "pages").mkdir()
    paths = _pages(folder / "pages", count)
    watch = _Watch(Settings(server_url=server.url, probe_interval_s=_PROBE_S), folder)
    await watch.until(lambda: watch.state().startswith(("Ready", "Busy")))
    watch.window.intake.add_paths(paths)
    await watch.until(lambda: len(watch.results) >= _READ_FIRST)
    server.kill()
    killed = time.monotonic()
    down = await watch.until(lambda: watch.state().startswith("Down"))
    await watch.until(lambda: len(watch.results) == count)
    print(f"Down is shown {(down - killed) * 1000:.0f} ms after the kill")
    _tell_results(watch.results, count)
    server.start()
    back = time.monotonic()
    ready = await watch.until(lambda: watch.state().startswith(("Ready", "Busy")))
    late_ms = (ready - back) * 1000
    print(f"Ready is shown {late_ms:.0f} ms after the server answers; it is looked at every {_PROBE_S * 1000:.0f} ms")
    await watch.until(lambda: any("were read offline" in text for _, text in watch.notices))
    for at, text in watch.notices:
        print(f"notice {at - killed:7.2f} s after the kill: {text}")
    watch.window.quit_now()
    await watch.until(lambda: watch.window.tasks.running == 0)


def _tell_results(results: list[Result], count: int) -> None:
    done = [each for each in results if each.state is JobState.DONE]
    print(f"{len(done)} of {count} read, each once: {len({each.job.id for each in results}) == len(results)}")
    print("by", dict(Counter(each.engine.value for each in done if each.engine)))
    first = Counter(each.attempts[0].error.kind for each in done if each.attempts[0].error)
    print("what the first tries of the others failed with:", dict(first))
    slowest = max((each.elapsed_s for one in results for each in one.attempts if each.error), default=0.0)
    print(f"the longest of all tries that failed: {slowest * 1000:.0f} ms")


def main() -> None:
    """Print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100)
    count = parser.parse_args().pages
    app = QApplication(sys.argv[:1])
    loop = QEventLoop(app)
    with loop, tempfile.TemporaryDirectory() as name, running_server(Path(name), 2) as server:
        loop.run_until_complete(_measure(server, Path(name), count))


if __name__ == "__main__":
    main()
