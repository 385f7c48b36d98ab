"""What the metrics panel costs while 50 pages a second end, after an hour of as many.

python benchmarks/metrics_panel.py [--seconds 20] [--range 600]

Prints the share of a core that the GUI thread takes with the panel open and with it closed, and how long a refresh
and the painting after it take. The panel shows all of its cards. Exit code 1 when it takes more than 5 % of a core.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass, field
from typing import ClassVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from glmocr_desktop.core.model import Document, Engine, Job, JobState, Page, Phase, Result, Rung, Span
from glmocr_desktop.gui.metrics.panel import MetricsPanel
from glmocr_desktop.gui.metrics.title_bar import RANGES_S, TitleBar
from glmocr_desktop.jobs.metrics import Metrics, ServerNow, Snapshot
from glmocr_desktop.recognition.health import Health, HealthState, Seen
from glmocr_desktop.recognition.pool import PoolStats

_PER_SECOND = 50
_MOST_SHARE = 0.05
_URLS = ("http://localhost:7860", "http://gpu-box:7860")
_PHASES = (Phase.PREPARING, Phase.LANE, Phase.UPLOADING, Phase.QUEUED, Phase.READING, Phase.PARSING)


class _App(QApplication):
    """Knows how long its windows take to paint."""

    def __init__(self) -> None:
        super().__init__([])
        self.paints_s: list[float] = []

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest:
            return super().notify(receiver, event)
        began_s = time.perf_counter()
        done = super().notify(receiver, event)
        self.paints_s.append(time.perf_counter() - began_s)
        return done


class _Panel(MetricsPanel):
    """Knows how long its refreshes take."""

    refreshes_s: ClassVar[list[float]] = []

    def refresh(self) -> None:
        began_s = time.perf_counter()
        super().refresh()
        self.refreshes_s.append(time.perf_counter() - began_s)


@dataclass
class _Source:
    """An hour of pages, and 50 more each second."""

    now_s: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def __post_init__(self) -> None:
        began_s = time.time() - 3600
        self.metrics = Metrics(clock=lambda: self.now_s, wall=lambda: began_s + self.now_s)
        for second in range(3600):
            self.now_s = float(second)
            self.feed(_PER_SECOND)
        self.seen = tuple(
            Seen(began_s + 5 * each, HealthState.BUSY if each % 7 else HealthState.READY, 4.0) for each in range(720)
        )
        self._live_since_s = time.monotonic()

    def tick(self) -> None:
        """A fifth of a second has passed."""
        self.now_s = 3600 + time.monotonic() - self._live_since_s
        self.feed(_PER_SECOND // 5)

    def feed(self, count: int) -> None:
        for _ in range(count):
            self.metrics.count(self._result())
        self.metrics.sample(
            in_use=4, lanes=6, waiting=self.chance.randint(0, 9), opened=12, queued=80, memory_bytes=10**8
        )

    def _result(self) -> Result:
        url, rung = self.chance.choice(_URLS), self.chance.choice((Rung.FIRST, Rung.FIRST, Rung.RETRY, Rung.OFFLINE))
        spans, at_s = [], 0.0
        for phase in _PHASES:
            took_s = self.chance.expovariate(3)
            spans.append(Span(phase, rung, at_s, took_s, url))
            at_s += took_s
        return Result(_JOB, JobState.DONE, at_s, (), Engine.SERVER, url, rung, spans=tuple(spans))

    def snapshot(self, range_s: float) -> Snapshot:
        pool = PoolStats(3, 2, 1, 1, 6, 0, 1.0)
        health = Health(HealthState.READY, "localhost:7860", 4.0)
        return self.metrics.snapshot(range_s, [ServerNow(url, health, "closed", pool, self.seen) for url in _URLS])

    def reset_metrics(self) -> None:
        self.metrics.reset()


_JOB = Job(Page(Document("a.png", "/a.png", "a.png")))


def _share(seconds: float) -> float:
    """The share of a core that this thread takes for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    began_s, cpu_s = time.monotonic(), time.thread_time()
    loop.exec()
    return (time.thread_time() - cpu_s) / (time.monotonic() - began_s)


def _line(name: str, times_s: list[float]) -> str:
    ordered = sorted(times_s)
    p50, p99 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 for share in (0.5, 0.99))
    return f"{name}: {len(ordered)} times, p50 {p50:.1f} ms, p99 {p99:.1f} ms"


def main() -> int:
    """Print the figures; 1 when the panel takes too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--range", type=float, default=RANGES_S[1], choices=RANGES_S)
    given = parser.parse_args()
    app, source = _App(), _Source()
    window = QMainWindow()
    body, bar = QWidget(window), TitleBar(window)
    bar.range_s = given.range
    panel = _Panel(source, bar, body)
    layout = QVBoxLayout(body)
    layout.addWidget(bar)
    layout.addWidget(panel)
    window.setCentralWidget(body)
    window.resize(1366, 768)
    window.show()
    feeding = QTimer()
    feeding.timeout.connect(source.tick)
    feeding.start(200)
    panel.hide()
    closed = _share(given.seconds)
    app.paints_s.clear()
    panel.show()
    opened = _share(given.seconds)
    print(f"{_PER_SECOND} pages/s, {given.range:.0f} s shown: {opened:.1%} of a core open, {closed:.1%} closed")
    print(f"the panel's share: {opened - closed:.1%}")
    print(_line("refresh", panel.refreshes_s))
    print(_line("painting", app.paints_s))
    return int(opened - closed > _MOST_SHARE)


if __name__ == "__main__":
    sys.exit(main())
