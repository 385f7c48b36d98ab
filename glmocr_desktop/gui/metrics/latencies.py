"""How long pages take, and what with."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics import amounts
from glmocr_desktop.gui.metrics.cards import Card
from glmocr_desktop.gui.metrics.figure_table import FigureTable
from glmocr_desktop.gui.metrics.figures import Bar, Column, Figure
from glmocr_desktop.gui.metrics.metric_words import PHASE_HUES, phase_word
from glmocr_desktop.jobs.metrics import Percentiles, Snapshot

_WHOLE_HUE = "grey"
_LEAST_BARS_PX = 32


class LatenciesCard(Card):
    """The times that half, 95 % and 99 % of pages stay below, by phase.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = FigureTable(
            "latenciesTable",
            lambda: self.tr("Times by phase"),
            [
                Column(numbers=False),
                Column(lambda: self.tr("p50"), partial(amounts.seconds, 88.8)),
                Column(lambda: self.tr("p95"), partial(amounts.seconds, 88.8)),
                Column(lambda: self.tr("p99"), partial(amounts.seconds, 88.8)),
                Column(rest=True),
            ],
            self,
            least_rest_px=_LEAST_BARS_PX,
        )
        self.add(self._table)
        self.add_stretch()
        on_language(self, self._say_words)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was measured."""
        measured = [*snapshot.phases.values(), *([snapshot.latency] if snapshot.latency else [])]
        longest_s = max((each.p99 for each in measured), default=0.0)
        rows = [self._row(self.tr("Whole page"), snapshot.latency, _WHOLE_HUE, longest_s)]
        rows += [
            self._row(phase_word(phase), snapshot.phases.get(phase), hue, longest_s)
            for phase, hue in PHASE_HUES.items()
        ]
        self._table.show_rows(rows)

    @staticmethod
    def _row(word: str, times: Percentiles | None, hue: str, longest_s: float) -> tuple[Figure, ...]:
        if times is None or not times.count:
            return (Figure(word), *(Figure("–") for _ in range(3)), Figure())
        values = (times.p50, times.p95, times.p99)
        strengths = (1.0, 0.4, 0.2)
        starts = (0.0, times.p50, times.p95)
        scale = 1 / longest_s if longest_s else 0.0
        bars = tuple(
            Bar(start * scale, end * scale, hue, strength)
            for start, end, strength in zip(starts, values, strengths, strict=True)
            if end > start
        )
        return (Figure(word), *(Figure(amounts.seconds(each)) for each in values), Figure(bars=bars))

    def _say_words(self) -> None:
        self.heading.setText(self.tr("Times"))
        self._table.setToolTip(
            self.tr("Half of all pages take no longer than p50, 95 of 100 no longer than p95, 99 no longer than p99.")
        )
