"""Whoever leaves while pages are being read, or files opened, is asked first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from glmocr_desktop.gui.intake import Intake
from glmocr_desktop.gui.keeping import Keeping
from glmocr_desktop.gui.reading import Reading

translate = QCoreApplication.translate


class ClosingQuestion(QMessageBox):
    """Whether to leave what is being read and opened; answers itself when both have ended.

    Args:
        window: Stands behind the question.
        reading: What is being read.
        intake: What is being opened.
        keeping: Whether they go on when the program is opened again; else they are cancelled.
        leave: What to do then.
    """

    def __init__(
        self, window: QWidget, reading: Reading, intake: Intake, keeping: Keeping, leave: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._reading, self._intake = reading, intake
        self.setObjectName("closingQuestion")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(translate("Closing", "Quit"))
        files = _words_of_files(goes_on=keeping.waiting_lasts) if intake.waiting else ""
        if reading.active:
            text, leaving = _words(reading.active, keeping.lasting)
            staying = translate("Closing", "Go on reading")
            self.setInformativeText(files)
        else:
            text, leaving, staying = files, translate("Closing", "Quit"), translate("Closing", "Go on opening")
        self.setText(text)
        self._go = self.addButton(leaving, QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(self.addButton(staying, QMessageBox.ButtonRole.RejectRole))
        self._go.clicked.connect(leave)
        reading.settled.connect(self._on_ended)
        intake.waiting_changed.connect(self._on_ended)

    def _on_ended(self) -> None:
        if not self._reading.active and not self._intake.waiting:
            self._go.click()


def _words_of_files(*, goes_on: bool) -> str:
    if goes_on:
        return translate("Closing", "Files are still being opened. That goes on when the program is opened again.")
    return translate(
        "Closing", "Files are still being opened. Those that are not in the list yet would have to be added again."
    )


def _words(pages: int, goes_on: bool) -> tuple[str, str]:
    """What is asked, and the words of the button that leaves."""
    if goes_on:
        text = translate("Closing", "{0} pages are still being read. They go on when the program is opened again.")
        if pages == 1:
            text = translate("Closing", "One page is still being read. It goes on when the program is opened again.")
        return text.format(f"{pages:,}"), translate("Closing", "Quit")
    text = translate("Closing", "{0} pages are still being read. Cancel them and quit?")
    if pages == 1:
        text = translate("Closing", "One page is still being read. Cancel it and quit?")
    return text.format(f"{pages:,}"), translate("Closing", "Cancel and quit")
