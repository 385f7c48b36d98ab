"""A window that fell says so at its next start."""

from __future__ import annotations

import os
import subprocess
import sys

from PySide6.QtWidgets import QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.help.fall import Fall
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.screen import button, notice

_FALLING = """
import ctypes, sys
from PySide6.QtCore import QTimer
from glmocr_desktop.gui import main_window
show = main_window.MainWindow.show
def fall(window):
    show(window)
    QTimer.singleShot(0, window, lambda: ctypes.string_at(0))
main_window.MainWindow.show = fall
sys.argv = ["glmocr-desktop"]
from glmocr_desktop.__main__ import main
main()
"""


def test_a_window_that_fell_offers_its_report(qtbot: QtBot, lone_window: MainWindow) -> None:
    environ = os.environ | {"GLMOCR_SERVER_URL": "http://127.0.0.1:9"}
    fallen = subprocess.run([sys.executable, "-c", _FALLING], env=environ, capture_output=True, check=False)
    assert fallen.returncode != 0
    told = Fall(lone_window, lone_window.tasks, lone_window.notices)
    told.look()
    qtbot.waitUntil(lambda: "ended unexpectedly" in notice(lone_window))
    button(lone_window.notices, "Show the report").click()
    dialog = lone_window.findChild(QDialog, "crashDialog")
    assert dialog is not None
    text = dialog.findChild(QPlainTextEdit, "crashDialogText")
    assert text is not None
    assert "Fatal Python error" in text.toPlainText()
    dialog.close()
    lone_window.notices.dismiss_refusal()
    told.look()
    qtbot.waitUntil(lambda: lone_window.tasks.running == 0)
