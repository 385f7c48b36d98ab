"""Figures leave the window as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.gui import words
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.sharing import file_dialog
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.metrics import Snapshot
from glmocr_desktop.jobs.metrics_export import metrics_csv, metrics_json
from glmocr_desktop.results.export.files import write_atomically


class Saving(QObject):
    """Asks where to, writes there, and says what came of it.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._notices = notices

    def save_csv(self, snapshot: Snapshot) -> None:
        """Write figures as a table."""
        self._ask(self.tr("Save the figures as CSV"), ".csv", snapshot, metrics_csv)

    def save_json(self, snapshot: Snapshot) -> None:
        """Write figures as JSON."""
        self._ask(self.tr("Save the figures as JSON"), ".json", snapshot, metrics_json)

    def _ask(self, title: str, suffix: str, snapshot: Snapshot, written: Callable[[Snapshot], str]) -> None:
        dialog = file_dialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"*{suffix}")
        dialog.setDefaultSuffix(suffix.lstrip("."))
        day = QDateTime.fromSecsSinceEpoch(round(snapshot.at_s)).toString("yyyy-MM-dd HH.mm")
        dialog.selectFile(f"glm-ocr-metrics {day}{suffix}")
        dialog.fileSelected.connect(lambda path: self._tasks.start(self._write(snapshot, written, Path(path))))
        dialog.open()

    async def _write(self, snapshot: Snapshot, written: Callable[[Snapshot], str], path: Path) -> None:
        def write() -> None:
            write_atomically(path, written(snapshot).encode())

        try:
            await self._tasks.background(write)
        except ExportError as error:
            self._notices.show_notice(words.failure_words(Failure.of(error)), alarming=True)
        else:
            self._notices.show_notice(self.tr("The figures are saved in {0}").format(path))
