"""A page is read again, and its two answers are compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Failure, JobState, Mode, Result
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.screen import drop, files_mime, label, page, rendered, source, states, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _add(qtbot: QtBot, window: MainWindow, folder: Path, count: int = 1) -> None:
    drop(window, files_mime([numbered_image(folder, number) for number in range(1, count + 1)]))
    wait_for_states(qtbot, window, *["Done"] * count)
    window.commands.check()


def _again(qtbot: QtBot, window: MainWindow, name: str, state: str = "Done") -> None:
    """Read the selected page again, by the menu above its result."""
    button = window.findChild(QToolButton, "readAgainButton")
    assert button is not None
    assert button.isVisible()
    actions = [each for menu in button.menu().findChildren(QMenu) for each in menu.actions()]
    actions += [each for entry in button.menu().actions() for each in entry.menu().actions()]  # type: ignore[attr-defined]
    job = page(window, 0).job
    next(each for each in actions if each.objectName() == name).trigger()
    qtbot.waitUntil(lambda: page(window, 0).job is not job and states(window) == [state])


def _compare(window: MainWindow) -> QTextEdit:
    tabs = window.result_view.tabs
    at = tabs.indexOf(window.result_view.compare)
    assert tabs.tabText(at) == "Compare"
    assert tabs.isTabVisible(at)
    tabs.setCurrentIndex(at)
    text = window.result_view.compare.findChild(QTextEdit, "differenceText")
    assert text is not None
    return text


def test_two_answers_of_a_page_are_compared_and_exchanged(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(answer="The mean rose by 12.5 % in May.")
    _add(qtbot, window, tmp_path)
    tabs = window.result_view.tabs
    assert not tabs.isTabVisible(tabs.indexOf(window.result_view.compare))
    server.control(answer="The mean fell by 12.5 % in June.")
    _again(qtbot, window, "readAsTable")
    row = page(window, 0)
    assert row.job is not None
    assert row.job.mode is Mode.TABLE
    text = _compare(window)
    view = window.result_view.compare
    qtbot.waitUntil(lambda: label(view, "differenceCount") == "2 differences")
    assert text.toPlainText() == "The mean rose fell by 12.5 % in May June."
    assert label(view, "firstAnswer").startswith("Struck out: Text · GLM-OCR · ")
    assert label(view, "secondAnswer").startswith("Underlined: Table · GLM-OCR · ")
    looks = {}
    for word in ("rose", "fell", "mean"):
        made = text.document().find(word).charFormat()
        looks[word] = (made.fontStrikeOut(), made.fontUnderline())
    assert looks == {"rose": (True, False), "fell": (False, True), "mean": (False, False)}
    # From difference to difference.
    for key, place in ((0, 1), (0, 2), (0, 2), (Qt.KeyboardModifier.ShiftModifier, 1)):
        QTest.keyClick(window, Qt.Key.Key_F7, key or Qt.KeyboardModifier.NoModifier)
        assert label(view, "differenceCount") == f"Difference {place} of 2"
    assert text.textCursor().selectedText() == "rose fell"
    # The other one is used.
    view.findChild(QPushButton, "useOtherButton").click()
    assert source(window).toPlainText() == "The mean rose by 12.5 % in May."
    qtbot.waitUntil(lambda: text.toPlainText() == "The mean fell rose by 12.5 % in June May.")
    assert row.job.mode is Mode.TEXT
    # The answers are the same.
    server.control(answer="The mean rose by 12.5 %\nin May.")
    _again(qtbot, window, "readWithServer")
    _compare(window)
    qtbot.waitUntil(lambda: label(view, "differenceCount").startswith("No difference"))


def test_the_earlier_answer_can_be_had_back_when_the_new_reading_failed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    _add(qtbot, window, tmp_path)
    row = page(window, 0)
    window.model.assign(row, row.job)  # type: ignore[arg-type]
    window.model.finish(row.job.id, Result(row.job, JobState.FAILED, 1.0, error=Failure("server_cancelled")))  # type: ignore[arg-type,union-attr]
    assert states(window) == ["Failed"]
    button = window.findChild(QPushButton, "earlierResultButton")
    assert button is not None
    button.click()
    assert states(window) == ["Done"]
    qtbot.waitUntil(lambda: rendered(window) == "Text Recognition: page 1")
    assert row.other is None


def test_two_selected_pages_are_compared(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add(qtbot, window, tmp_path, 2)
    action = window.findChild(QAction, "compareAction")
    assert action is not None
    window.view.show_row(page(window, 0))
    window.commands.check()
    assert not action.isEnabled()
    window.view.selectAll()
    window.commands.check()
    assert action.isEnabled()
    action.trigger()
    dialog = window.findChild(QDialog, "compareDialog")
    assert isinstance(dialog, QWidget)
    qtbot.waitUntil(lambda: label(dialog, "differenceCount") == "One difference")
    assert label(dialog, "firstAnswer").startswith("Struck out: page 1.png, page 1 · Text · GLM-OCR")
    assert not dialog.findChild(QPushButton, "useOtherButton").isVisible()
    dialog.close()


def test_a_comparison_that_is_closed_at_once_does_no_harm(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    _add(qtbot, window, tmp_path, 2)
    failures: list[object] = []
    window.tasks.failed.connect(failures.append)
    for _ in range(5):
        window.view.selectAll()
        window.commands.check()
        action = window.findChild(QAction, "compareAction")
        assert action is not None
        action.trigger()
        dialog = window.findChild(QDialog, "compareDialog")
        assert isinstance(dialog, QDialog)
        dialog.close()
        qtbot.waitUntil(lambda: window.findChild(QDialog, "compareDialog") is None and not window.tasks.running)
    assert failures == []
