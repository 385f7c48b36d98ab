"""A file that the desktop hands to the running program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.file_opening import FileOpening
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.screen import wait_for_states
from tests.support.pages import numbered_image


def test_it_is_read_by_the_window(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    FileOpening(window).asked.connect(window.serve)
    path = numbered_image(tmp_path, 1)
    QApplication.sendEvent(QApplication.instance(), QFileOpenEvent(QUrl.fromLocalFile(str(path))))
    wait_for_states(qtbot, window, "Done")
