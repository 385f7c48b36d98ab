"""How the reading goes, in figures and charts, and why one page was slow."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.metrics.overview import Overview
from glmocr_desktop.gui.metrics.title_bar import TitleBar
from glmocr_desktop.gui.metrics.waterfall import Waterfall
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.theme import small_font
from glmocr_desktop.jobs.metrics import Snapshot

_REFRESH_MS = 500
_WIDTH_PX, _HEIGHT_PX = 360, 208


class Source(Protocol):
    """Where the figures come from: a `JobEngine`."""

    def snapshot(self, range_s: float) -> Snapshot:
        """What was measured in the last seconds."""

    def reset_metrics(self) -> None:
        """Count anew."""


class MetricsPanel(QWidget):
    """Looks at the figures twice a second, as long as somebody can see them.

    Args:
        source: Where the figures come from.
        bar: Says what is shown, and what is done with it; it stands wherever its owner puts it.

    Thread: GUI.
    """

    def __init__(self, source: Source, bar: TitleBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._bar = bar
        self._snapshot: Snapshot | None = None
        self.overview = Overview(self)
        self.waterfall = Waterfall(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.overview)
        self._stack.addWidget(self.waterfall)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._refreshing = QTimer(self)
        self._refreshing.setInterval(_REFRESH_MS)
        self._refreshing.timeout.connect(self.refresh)
        bar.tabs.currentChanged.connect(self._on_tab_changed)
        bar.range_chosen.connect(self._on_range_chosen)
        bar.pause.toggled.connect(self._look_or_rest)
        bar.reset.triggered.connect(self._on_reset)
        self.setFont(small_font(QApplication.font()))
        on_language(self, self._show)

    def sizeHint(self) -> QSize:
        """A first row of cards below the window, or a column beside it."""
        return QSize(_WIDTH_PX, _HEIGHT_PX)

    @property
    def refreshing(self) -> bool:
        """Whether it looks at the figures again and again."""
        return self._refreshing.isActive()

    @property
    def shown(self) -> Snapshot:
        """The figures that can be seen."""
        return self._snapshot or self._source.snapshot(self._bar.range_s)

    def refresh(self) -> None:
        """Show the figures of this moment."""
        self._snapshot = self._source.snapshot(self._bar.range_s)
        self._show()

    def show_row(self, row: Row | None) -> None:
        """Another page is looked at, or it changed."""
        self.waterfall.show_row(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody can see it."""
        super().showEvent(event)
        self._look_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody can see it: nothing is done at all."""
        super().hideEvent(event)
        self._refreshing.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Its letters are smaller than the window's, however large those are."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.font() != (small := small_font(QApplication.font())):
            self.setFont(small)

    def _show(self) -> None:
        if self._snapshot is not None:
            self.overview.show_snapshot(self._snapshot)

    def _look_or_rest(self) -> None:
        wanted = self.isVisible() and self.overview.isVisibleTo(self) and not self._bar.pause.isChecked()
        if not wanted:
            self._refreshing.stop()
        elif not self._refreshing.isActive():
            self.refresh()
            self._refreshing.start()

    def _on_tab_changed(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._look_or_rest()

    def _on_range_chosen(self) -> None:
        self.refresh()

    def _on_reset(self) -> None:
        self._source.reset_metrics()
        self.refresh()
