"""The metrics as a part of the window that can be moved: below, beside, or on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow

from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.tasks import Tasks

if TYPE_CHECKING:
    from glmocr_desktop.gui.metrics.panel import MetricsPanel, Source

HEIGHT_PX = 272


class MetricsDock(QDockWidget):
    """Holds the panel, which is made when it is wanted for the first time.

    Args:
        window: Where it docks.
        source: Where the figures come from.
        tasks: Write files.
        notices: Say what came of that.
        toggle: Shows and hides it.

    Thread: GUI.
    """

    def __init__(self, window: QMainWindow, source: Source, tasks: Tasks, notices: NoticeBar, toggle: QAction) -> None:
        super().__init__(window)
        self.setObjectName("metricsPanel")
        say(self.setWindowTitle, lambda: self.tr("Metrics"))
        areas = Qt.DockWidgetArea.BottomDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea
        self.setAllowedAreas(areas | Qt.DockWidgetArea.LeftDockWidgetArea)
        self._window = window
        self._source = source
        self._tasks = tasks
        self._notices = notices
        self._toggle = toggle
        self._panel: MetricsPanel | None = None
        self._row: Row | None = None
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self)
        self.hide()
        toggle.setCheckable(True)
        toggle.triggered.connect(self._on_toggled)
        self.visibilityChanged.connect(self._on_visibility_changed)

    def open(self) -> None:
        """Show the panel where it was before; below, the first time."""
        first = self._panel is None
        self.show()
        if first and self.height() < HEIGHT_PX:
            self._window.resizeDocks([self], [HEIGHT_PX], Qt.Orientation.Vertical)

    def explain(self) -> None:
        """Show where the time of the page that is looked at went."""
        self.open()
        self._bar.tabs.setCurrentIndex(1)

    def show_row(self, row: Row | None) -> None:
        """Another page is looked at, or it changed."""
        self._row = row
        if self._panel is not None:
            self._panel.show_row(row)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time, there is something to make first."""
        if self._panel is None:
            self._build()
        super().showEvent(event)

    def _build(self) -> None:
        # Not before somebody wants to see it: the window is to be there soon.
        from glmocr_desktop.gui.metrics.panel import MetricsPanel
        from glmocr_desktop.gui.metrics.saving import Saving
        from glmocr_desktop.gui.metrics.title_bar import TitleBar

        bar = TitleBar(self)
        panel = MetricsPanel(self._source, bar, self)
        saving = Saving(self._window, self._tasks, self._notices)
        bar.save_csv.triggered.connect(lambda: saving.save_csv(panel.shown))
        bar.save_json.triggered.connect(lambda: saving.save_json(panel.shown))
        self._bar, self._panel = bar, panel
        self.setTitleBarWidget(bar)
        self.setWidget(panel)
        panel.show_row(self._row)
        bar.detach.triggered.connect(lambda: self.setFloating(not self.isFloating()))
        bar.leave.triggered.connect(self.close)

    def _on_toggled(self, wanted: bool) -> None:
        if wanted:
            self.open()
        else:
            self.close()

    def _on_visibility_changed(self) -> None:
        self._toggle.setChecked(not self.isHidden())
