"""Figures that are known, and a panel that shows them."""

from __future__ import annotations

import random

from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from glmocr_desktop.gui.metrics.figure_table import FigureTable
from glmocr_desktop.gui.metrics.panel import MetricsPanel
from glmocr_desktop.gui.metrics.title_bar import TitleBar
from glmocr_desktop.jobs.metrics import Metrics, Outcome, ServerNow, Snapshot
from glmocr_desktop.recognition.health import Health, HealthState, Seen
from glmocr_desktop.recognition.pool import PoolStats
from tests.jobs.ended import ended

TODAY_S = 1_800_000_000.0
URLS = ("http://a:1", "http://b:2")


class Source:
    """Real metrics on a clock of their own, and two servers; knows for which times it was asked."""

    def __init__(self) -> None:
        self.now_s = 4000.0
        self.asked: list[float] = []
        self.metrics = Metrics(clock=lambda: self.now_s, wall=lambda: TODAY_S + self.now_s)
        pools = (PoolStats(3, 2, 4, 1, 9, 2, 1.0), PoolStats(2, 0, 0, 0, 3, 3, 0.0))
        states, breakers = (HealthState.READY, HealthState.DOWN), ("closed", "open")
        self.servers = [
            ServerNow(url, Health(state, url.removeprefix("http://"), 4.0), breaker, pool, self._seen(state))
            for url, state, breaker, pool in zip(URLS, states, breakers, pools, strict=True)
        ]

    def end(self, outcome: Outcome, count: int = 1, server: str = URLS[0]) -> None:
        """Pages end."""
        for _ in range(count):
            self.metrics.count(ended(outcome, random.Random(1), server))
        self.metrics.sample(in_use=2, lanes=5, waiting=4, opened=12, queued=7, memory_bytes=200 << 20)

    def be_idle(self) -> None:
        """Nothing is at a server."""
        idle = PoolStats(3, 0, 0, 0, 0, 0, 0.0)
        self.servers = [ServerNow(each.url, each.health, each.breaker, idle, each.seen) for each in self.servers]

    def snapshot(self, range_s: float) -> Snapshot:
        """As `JobEngine.snapshot`."""
        self.asked.append(range_s)
        return self.metrics.snapshot(range_s, self.servers)

    def reset_metrics(self) -> None:
        """As `JobEngine.reset_metrics`."""
        self.metrics.reset()

    def _seen(self, state: HealthState) -> tuple[Seen, ...]:
        now_s = TODAY_S + self.now_s
        latency_ms = 4.0 if state is HealthState.READY else None
        return Seen(now_s - 1800, HealthState.READY, 4.0), Seen(now_s - 60, state, latency_ms)


class Shown:
    """A panel in a window of its own, and what a person sees in it."""

    def __init__(self, width: int = 1366, height: int = 900) -> None:
        self.source = Source()
        self.window = QMainWindow()
        body = QWidget(self.window)
        self.bar = TitleBar(body)
        self.panel = MetricsPanel(self.source, self.bar, body)
        layout = QVBoxLayout(body)
        layout.addWidget(self.bar)
        layout.addWidget(self.panel, 1)
        self.window.setCentralWidget(body)
        self.window.resize(width, height)
        self.window.show()

    def close(self) -> None:
        """It is not needed any more."""
        self.window.close()
        self.window.deleteLater()

    def table(self, name: str) -> FigureTable:
        """A table."""
        found = self.panel.findChild(FigureTable, name)
        assert found is not None
        return found

    def rows(self, name: str) -> list[list[str]]:
        """What stands in a table."""
        model = self.table(name).model()
        places = range(model.columnCount())
        return [[str(model.index(row, column).data()) for column in places] for row in range(model.rowCount())]
