"""The help menu, as a person uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from glmocr_desktop import __version__
from glmocr_desktop.core.settings_file import home_dirs
from glmocr_desktop.gui.help.parts import packages
from glmocr_desktop.gui.help.shortcuts import all_keys
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.screen import button, notice


def _action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def _rows(keys: QTreeWidget) -> list[tuple[str, str]]:
    groups = [keys.topLevelItem(index) for index in range(keys.topLevelItemCount())]
    return [
        (row.text(0), row.text(1)) for group in groups if group for row in map(group.child, range(group.childCount()))
    ]


def test_the_keys_of_all_actions_are_listed_and_found(qtbot: QtBot, lone_window: MainWindow) -> None:
    window = lone_window
    _action(window, "shortcutsAction").trigger()
    listed = window.findChild(QTreeWidget, "shortcutsList")
    search = window.findChild(QLineEdit, "shortcutsSearch")
    assert listed is not None
    assert search is not None
    rows = _rows(listed)
    for action in window.findChildren(QAction):
        if not action.shortcut().isEmpty() and action.text():
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            assert any(keys in said for _, said in rows), action.text()
    assert len(rows) == len(set(rows))
    assert ("Read", "F5, Ctrl+R") in rows
    headings = [item.text(0) for index in range(listed.topLevelItemCount()) if (item := listed.topLevelItem(index))]
    assert headings == ["Documents", "Page", "Results", "Window"]
    qtbot.keyClicks(search, "zoom in")
    assert [text for text, _ in _rows(listed)] == ["Zoom in"]
    search.setText("ctrl+alt+0")
    assert [text for text, _ in _rows(listed)] == ["Usual text size"]
    search.setText("no such thing")
    assert _rows(listed) == []


def test_no_two_actions_share_keys(lone_window: MainWindow) -> None:
    pairs = [(key, each.text) for each in all_keys(lone_window) for key in each.keys.split(", ")]
    shared = {key for key, _ in pairs if sum(other == key for other, _ in pairs) > 1}
    assert shared == set()


def test_the_program_and_its_parts(qtbot: QtBot, lone_window: MainWindow) -> None:
    _action(lone_window, "aboutAction").trigger()
    about = lone_window.findChild(QLabel, "aboutDialogAbout")
    text = lone_window.findChild(QPlainTextEdit, "aboutDialogText")
    assert about is not None
    assert text is not None
    assert __version__ in about.text()
    assert "Qt 6" in about.text()
    assert about.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    qtbot.waitUntil(lambda: text.toPlainText() != "")
    lines = text.toPlainText().splitlines()
    assert any(line.startswith("PySide6") and "LGPL" in line for line in lines)
    assert any(line.startswith("gradio_client") for line in lines)
    without = [name for name, _, licence in packages() if not licence]
    assert without == []
    button(lone_window, "Licences…").click()
    licences = lone_window.findChild(QPlainTextEdit, "licencesDialogText")
    assert licences is not None
    qtbot.waitUntil(lambda: "It is made of these packages" in licences.toPlainText())
    shown = licences.toPlainText()
    assert "Qt and Qt for Python, in PySide6_Essentials, shiboken6: LGPL-3.0-only" in shown
    for words in ("Apache License", "GNU LESSER GENERAL PUBLIC LICENSE", "PP-OCR"):
        assert words in shown


def test_diagnostics_are_copied_and_shown(qtbot: QtBot, lone_window: MainWindow) -> None:
    lone_window.keeping.begin(None)
    qtbot.waitUntil(lambda: lone_window.keeping.store is not None)
    _action(lone_window, "diagnosticsAction").trigger()
    qtbot.waitUntil(lambda: lone_window.findChild(QDialog, "diagnosticsDialog") is not None)
    shown = lone_window.findChild(QPlainTextEdit, "diagnosticsDialogText")
    assert shown is not None
    assert shown.toPlainText() == QApplication.clipboard().text()
    assert f"GLM-OCR Desktop {__version__}" in shown.toPlainText()
    assert "http://<this computer>:" in shown.toPlainText()
    assert "pages that have ended: 0" in shown.toPlainText()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the desktop's own programs are asked to open."""
    urls: list[str] = []

    def take(url: QUrl) -> bool:
        urls.append(url.toLocalFile())
        return not url.toLocalFile().endswith(".md")

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return urls


def test_folders_and_the_guide_are_opened(qtbot: QtBot, lone_window: MainWindow, opened: list[str]) -> None:
    _action(lone_window, "logFolderAction").trigger()
    qtbot.waitUntil(lambda: opened == [str(home_dirs()[2])])
    assert home_dirs()[2].is_dir()
    _action(lone_window, "guideAction").trigger()
    assert opened[1].endswith(".md")
    assert "No program opens this here" in notice(lone_window)


def test_a_log_folder_that_cannot_be_made_is_told(qtbot: QtBot, lone_window: MainWindow, opened: list[str]) -> None:
    home_dirs()[2].parent.mkdir(parents=True, exist_ok=True)
    home_dirs()[2].write_text("in the way")
    _action(lone_window, "logFolderAction").trigger()
    qtbot.waitUntil(lambda: "log folder cannot be opened" in notice(lone_window))
    assert opened == []


def test_the_menu_of_help(lone_window: MainWindow) -> None:
    button = lone_window.findChild(QToolButton, "helpButton")
    assert button is not None
    assert button.accessibleName() == "Help"
    assert button.toolTip() == "Help (F1)"
    menu = button.menu()
    assert menu is not None
    assert [each.objectName() for each in menu.actions() if not each.isSeparator()] == [
        f"{name}Action" for name in ("shortcuts", "guide", "diagnostics", "logFolder", "about")
    ]
