"""Rows are read, cancelled, read again and removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QSpinBox
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.document_model import STATE
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, drop, files_mime, label, notice, page, rendered, states, texts, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess


def _press_button_of(window: MainWindow, number: int) -> None:
    rect = window.view.visualRect(window.model.index_of(page(window, number), STATE))
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def _add_slow_pages(qtbot: QtBot, window: MainWindow, server: ServerProcess, folder: Path, count: int) -> None:
    """Pages that are being read until somebody ends them."""
    server.control(delay_s=30)
    drop(window, files_mime([numbered_image(folder, number) for number in range(count)]))
    qtbot.waitUntil(lambda: len(states(window)) == count and states(window).count("Reading") == min(count, 4))


def test_the_button_in_a_row_cancels_it_alone(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _add_slow_pages(qtbot, window, server, tmp_path, 2)
    _press_button_of(window, 1)
    wait_for_states(qtbot, window, "Reading", "Cancelled")


def test_a_screen_reader_is_told_the_name_and_the_state(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done")
    tree = QAccessible.queryAccessibleInterface(window.view)
    told = [tree.child(number).text(QAccessible.Text.Name) for number in range(tree.childCount())]
    assert told[-2:] == ["page 1.png", "Done"]


def test_escape_cancels_what_is_selected(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _add_slow_pages(qtbot, window, server, tmp_path, 2)
    window.commands.check()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    wait_for_states(qtbot, window, "Cancelled", "Reading")


def test_cancel_all_ends_what_is_read_and_what_waits(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _add_slow_pages(qtbot, window, server, tmp_path, 6)
    window.commands.check()
    window.findChild(QAbstractButton, "cancelAllButton").click()
    wait_for_states(qtbot, window, *["Cancelled"] * 6)
    qtbot.waitUntil(lambda: label(window, "progressLabel") == "6 of 6")


def test_the_button_of_a_cancelled_row_reads_it_again(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _add_slow_pages(qtbot, window, server, tmp_path, 1)
    window.reading.cancel_all()
    wait_for_states(qtbot, window, "Cancelled")
    server.control()
    _press_button_of(window, 0)
    wait_for_states(qtbot, window, "Done")


def test_a_failed_page_says_why_and_is_read_again_by_its_button(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    window = open_window(Settings(server_url=server.url, engine="server", timeout_s=1))  # type: ignore[arg-type]
    server.control(delay_s=30)
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Timed out")
    assert "Not read within 1 s." in texts(window.result_view)
    server.control()
    button(window.result_view, "Read again").click()
    wait_for_states(qtbot, window, "Done")


def test_selected_pages_are_read_again_in_the_chosen_mode(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    drop(window, files_mime([numbered_image(tmp_path, 1), numbered_image(tmp_path, 2)]))
    wait_for_states(qtbot, window, "Done", "Done")
    qtbot.waitUntil(lambda: rendered(window) == "Text Recognition: page 1")
    window.findChild(QAbstractButton, "modeTableButton").click()
    window.commands.check()
    window.findChild(QAbstractButton, "readButton").click()
    qtbot.waitUntil(lambda: rendered(window) == "Table Recognition: page 1")
    assert len(server.log()) == 2 * 3


def test_read_takes_all_unread_pages_when_none_is_selected(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _add_slow_pages(qtbot, window, server, tmp_path, 2)
    window.reading.cancel_all()
    wait_for_states(qtbot, window, "Cancelled", "Cancelled")
    server.control()
    window.view.clearSelection()
    window.commands.check()
    QTest.keyClick(window, Qt.Key.Key_F5)
    wait_for_states(qtbot, window, "Done", "Done")


def test_delete_removes_rows_and_ends_their_work(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    _add_slow_pages(qtbot, window, server, tmp_path, 2)
    window.commands.check()
    window.view.setFocus()
    QTest.keyClick(window.view, Qt.Key.Key_Delete)
    assert states(window) == ["Reading"]
    qtbot.waitUntil(lambda: window.reading.active == 1)


def test_the_time_in_the_toolbar_counts_for_new_pages(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    window = open_window(Settings(server_url=server.url, engine="server"))  # type: ignore[arg-type]
    server.control(delay_s=30)
    spin = window.findChild(QSpinBox, "timeoutSpin")
    spin.setValue(1)
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Timed out")


def test_a_formula_waits_for_the_server_or_is_read_as_text(
    qtbot: QtBot, lone_window: MainWindow, tmp_path: Path
) -> None:
    window = lone_window
    qtbot.waitUntil(lambda: label(window, "healthLabel") == "Down, reading offline")
    window.findChild(QAbstractButton, "modeFormulaButton").click()
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Waiting for the server")
    assert "Formulas need the server" in texts(window.result_view)
    button(window.result_view, "Read as unformatted text").click()
    wait_for_states(qtbot, window, "Waiting for the server", "Done offline")
    window.view.show_row(page(window, 0))
    window.commands.check()
    window.commands.cancel.trigger()
    wait_for_states(qtbot, window, "Cancelled", "Done offline")


def test_the_status_bar_says_how_the_server_is_and_who_reads(
    qtbot: QtBot, window: MainWindow, server: ServerProcess
) -> None:
    qtbot.waitUntil(lambda: label(window, "healthLabel").startswith("Ready · "))
    assert label(window, "engineLabel") == f"Reading by {server.url.removeprefix('http://')}"


def test_pages_read_offline_are_offered_again_when_the_server_is_back(
    qtbot: QtBot, open_window: OpenWindow, own_server: ServerProcess, tmp_path: Path
) -> None:
    window = open_window(Settings(server_url=own_server.url, probe_interval_s=0.2))
    qtbot.waitUntil(lambda: label(window, "healthLabel") == "Down, reading offline")
    assert label(window, "engineLabel") == "Reading offline"
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done offline")
    own_server.start()
    qtbot.waitUntil(lambda: notice(window) == "The server is back. One page was read offline.")
    button(window.notices, "Read them again").click()
    wait_for_states(qtbot, window, "Done")


def test_a_click_beside_the_button_selects_the_row(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, files_mime([numbered_image(tmp_path, 1), numbered_image(tmp_path, 2)]))
    wait_for_states(qtbot, window, "Done", "Done")
    rect = window.view.visualRect(window.model.index_of(page(window, 1)))
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(60, 10))
    assert window.view.current_row() is page(window, 1)
    qtbot.waitUntil(lambda: rendered(window) == "Text Recognition: page 2")
