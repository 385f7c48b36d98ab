"""All figures of the moment, on cards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics.cards import Card, CardFlow
from glmocr_desktop.gui.metrics.latencies import LatenciesCard
from glmocr_desktop.gui.metrics.load import MemoryCard, PlacesCard
from glmocr_desktop.gui.metrics.outcomes import OutcomesCard
from glmocr_desktop.gui.metrics.servers import ServersCard
from glmocr_desktop.gui.metrics.speed import SpeedCard
from glmocr_desktop.jobs.metrics import Snapshot

_NOTHING_WIDTH_PX = 260


class Overview(QScrollArea):
    """Shows a snapshot; says so when nothing was read yet.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("metricsOverview")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        flow = CardFlow(self)
        self._nothing = Card(flow)
        self._advice = self._nothing.add_line()
        self._advice.setWordWrap(True)
        self._advice.setMinimumWidth(_NOTHING_WIDTH_PX)
        self._nothing.add_stretch()
        self._of_pages = (SpeedCard(flow), OutcomesCard(flow), LatenciesCard(flow), PlacesCard(flow))
        self._servers = ServersCard(flow)
        self._memory = MemoryCard(flow)
        for card in (self._nothing, *self._of_pages, self._servers, self._memory):
            flow.add(card)
        self.setWidget(flow)
        on_language(self, self._say_words)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what was measured."""
        anything = any(snapshot.totals.values()) or any(each.pool.in_use for each in snapshot.servers)
        self._nothing.setVisible(not anything)
        for card in self._of_pages:
            card.setVisible(anything)
            if anything:
                card.show_snapshot(snapshot)
        self._servers.show_snapshot(snapshot)
        self._memory.show_snapshot(snapshot)

    def _say_words(self) -> None:
        self._nothing.heading.setText(self.tr("Nothing was read yet"))
        self._advice.setText(self.tr("Speed, times and outcomes appear here as soon as pages are read."))
