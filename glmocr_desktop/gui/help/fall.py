"""The program fell the last time: that is told, and what is known of it can be read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from glmocr_desktop.core.crash import new_report
from glmocr_desktop.gui.help.text_dialog import TextDialog
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.tasks import Tasks


class Fall(QObject):
    """Tells of an unexpected end, once.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._notices = notices

    def look(self) -> None:
        """Look for a report, in the background."""
        self._tasks.start(self._look())

    async def _look(self) -> None:
        report = await self._tasks.background(new_report)
        if report:
            text = self.tr("The program ended unexpectedly the last time. Nothing was sent to anybody.")
            self._notices.show_notice(
                text, alarming=True, action=self.tr("Show the report"), run=lambda: self._show(report)
            )

    def _show(self, report: str) -> None:
        about = self.tr(
            "Where the program stood when it ended. Names, files and addresses were left out; look through it before "
            "you give it to anybody. It is kept in the log folder."
        )
        dialog = TextDialog("crashDialog", self.tr("Unexpected end"), about, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_text(report)
        dialog.open()
