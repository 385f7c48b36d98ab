"""Whoever leaves while pages are being read is asked first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from glmocr_desktop.gui.reading import Reading

translate = QCoreApplication.translate


def ask_closing(window: QWidget, reading: Reading, leave: Callable[[], object]) -> None:
    """Ask whether to cancel what is being read, once at a time.

    Args:
        window: Stands behind the question.
        reading: What is being read; the question answers itself when that has ended.
        leave: What to do then.
    """
    if window.findChild(QMessageBox, "closingQuestion") is not None:
        return
    text = translate("Closing", "{0} pages are still being read. Cancel them and quit?").format(reading.active)
    if reading.active == 1:
        text = translate("Closing", "One page is still being read. Cancel it and quit?")
    title, no_button = translate("Closing", "Quit"), QMessageBox.StandardButton.NoButton
    box = QMessageBox(QMessageBox.Icon.Question, title, text, no_button, window)
    box.setObjectName("closingQuestion")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    go = box.addButton(translate("Closing", "Cancel and quit"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(translate("Closing", "Go on reading"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    go.clicked.connect(leave)
    # Nothing is left to ask about when the last page has been read meanwhile.
    reading.settled.connect(go.click)
    box.open()
