"""The panel as a part of the window: opened, moved, remembered, and its figures saved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QFileDialog, QLabel, QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import EngineChoice, Theme
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.appearance import appearance
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.metrics.figure_table import FigureTable
from glmocr_desktop.gui.metrics.moments import MomentChart
from glmocr_desktop.gui.theme import css, muted_colour
from tests.gui.conftest import OpenWindow
from tests.gui.screen import drop, files_mime, notice, page, wait_for_states
from tests.support.pages import numbered_image

# What the offscreen platform says of menus and of windows that float.
_WINDOWS = pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing)")


@pytest.fixture(autouse=True)
def _own_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLMOCR_NATIVE_DIALOGS", "0")


def _dock(window: MainWindow) -> QDockWidget:
    found = window.findChild(QDockWidget, "metricsPanel")
    assert found is not None
    return found


def _button(window: MainWindow, name: str) -> QToolButton:
    found = window.findChild(QToolButton, name)
    assert found is not None
    return found


def _save_as(window: MainWindow, entry: int, path: Path) -> None:
    _button(window, "metricsSaveButton").menu().actions()[entry].trigger()
    dialog = window.findChild(QFileDialog, "fileDialog")
    assert dialog is not None
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()


@_WINDOWS
def test_a_page_is_explained_and_its_figures_are_saved(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done")
    window.view.show_row(page(window, 0))
    window.view.menu_wanted.emit(window.mapToGlobal(window.rect().center()))
    menu = next(each for each in window.findChildren(QMenu) if each.isVisible())
    next(each for each in menu.actions() if each.text() == "Why was this slow?").trigger()
    menu.close()
    assert _dock(window).isVisible()
    table = window.findChild(FigureTable, "waterfallTable")
    assert table is not None
    assert table.isVisible()
    steps = [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]
    assert {"Preparing", "Sending", "Reading", "Parsing the answer"} <= set(steps)
    tries = window.findChild(QLabel, "waterfallTries")
    assert tries is not None
    assert tries.text().startswith("1. First try · ")

    _save_as(window, 0, tmp_path / "figures.csv")
    qtbot.waitUntil(lambda: "The figures are saved in" in notice(window))
    assert "done" in (tmp_path / "figures.csv").read_text()
    _save_as(window, 1, tmp_path / "figures.json")
    qtbot.waitUntil((tmp_path / "figures.json").exists)
    assert json.loads((tmp_path / "figures.json").read_text())["totals"]["done"] == 1
    (tmp_path / "file").write_text("in the way")
    _button(window, "metricsSaveButton").menu().actions()[0].trigger()
    dialog = window.findChild(QFileDialog, "fileDialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "file" / "below"))
    dialog.reject()
    qtbot.waitUntil(lambda: "could not be written" in notice(window))


@_WINDOWS
def test_it_opens_by_a_button_and_stays_where_it_was_put(
    qtbot: QtBot, open_window: OpenWindow, closed_url: str
) -> None:
    window = open_window(Settings(server_url=closed_url))
    dock, button = _dock(window), _button(window, "metricsButton")
    assert not dock.isVisible()
    assert window.findChild(FigureTable) is None  # nothing is made before it is wanted
    button.click()
    assert dock.isVisible()
    assert button.isChecked()
    qtbot.waitUntil(lambda: dock.height() >= 200)
    _button(window, "metricsCloseButton").click()
    assert not button.isChecked()
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dock.isVisible)
    _button(window, "metricsFloatButton").click()
    assert dock.isFloating()
    _button(window, "metricsFloatButton").click()
    assert not dock.isFloating()
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.quit_now()

    again = open_window(Settings(server_url=closed_url))
    again.restore()
    assert _dock(again).isVisible()
    assert _button(again, "metricsButton").isChecked()
    assert again.dockWidgetArea(_dock(again)) is Qt.DockWidgetArea.RightDockWidgetArea


def test_a_row_that_is_not_there_cannot_be_explained(lone_window: MainWindow) -> None:
    why = lone_window.findChild(QAction, "whySlowAction")
    assert why is not None
    assert not why.isEnabled()


def test_a_server_that_nobody_has_looked_at_is_shown_too(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(Settings(engine=EngineChoice.OFFLINE))
    window.commands.metrics.trigger()
    strip = window.findChild(MomentChart, "healthStrip")
    assert strip is not None
    assert not strip.grab().isNull()
    assert strip.readout == ""


def test_what_steps_back_follows_the_colours(qtbot: QtBot, lone_window: MainWindow) -> None:
    lone_window.commands.metrics.trigger()
    header = lone_window.metrics.findChildren(FigureTable)[0].horizontalHeader()
    seen = header.styleSheet()
    appearance().use(Theme.DARK, 100)
    qtbot.waitUntil(lambda: header.styleSheet() != seen)
    assert css(muted_colour(lone_window.palette())) in header.styleSheet()
    appearance().use(Theme.SYSTEM, 100)
