"""Whoever leaves while pages are being read is asked first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from glmocr_desktop.gui.reading import Reading

translate = QCoreApplication.translate


def ask_closing(window: QWidget, reading: Reading, leave: Callable[[], object], *, goes_on: bool) -> None:
    """Ask whether to leave what is being read, once at a time.

    Args:
        window: Stands behind the question.
        reading: What is being read; the question answers itself when that has ended.
        leave: What to do then.
        goes_on: Whether it is read when the program is opened again; else it is cancelled.
    """
    if window.findChild(QMessageBox, "closingQuestion") is not None:
        return
    title, no_button = translate("Closing", "Quit"), QMessageBox.StandardButton.NoButton
    text, leaving = _words(reading.active, goes_on)
    box = QMessageBox(QMessageBox.Icon.Question, title, text, no_button, window)
    box.setObjectName("closingQuestion")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    go = box.addButton(leaving, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(translate("Closing", "Go on reading"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    go.clicked.connect(leave)
    # Nothing is left to ask about when the last page has been read meanwhile.
    reading.settled.connect(go.click)
    box.open()


def _words(pages: int, goes_on: bool) -> tuple[str, str]:
    """What is asked, and the words of the button that leaves."""
    if goes_on:
        text = translate("Closing", "{0} pages are still being read. They go on when the program is opened again.")
        if pages == 1:
            text = translate("Closing", "One page is still being read. It goes on when the program is opened again.")
        return text.format(pages), translate("Closing", "Quit")
    text = translate("Closing", "{0} pages are still being read. Cancel them and quit?")
    if pages == 1:
        text = translate("Closing", "One page is still being read. Cancel it and quit?")
    return text.format(pages), translate("Closing", "Cancel and quit")
