"""The queue in the window: filtered, sorted, paused, put in another order, and what is said of all that."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Document, EngineChoice, Page, Phase, Progress
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import load
from glmocr_desktop.gui.filtering import Filter
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.outlook import View
from glmocr_desktop.gui.progress_words import left_words, progress_words
from glmocr_desktop.gui.rows import Opened, Row, RowState, Turn
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, button_text, drop, files_mime, label, states, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess


def _images(folder: Path, count: int) -> list[Path]:
    return [Path(numbered_image(folder, number)) for number in range(count)]


def _action(window: QWidget, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert found is not None
    return found


def _filter_edit(window: MainWindow) -> QLineEdit:
    found = window.findChild(QLineEdit, "filterEdit")
    assert found is not None
    return found


def _opened(count: int, pages: int) -> list[Opened]:
    """Documents of many pages, none of which is looked for before it is read."""
    added = [Document("/nowhere.png", "/nowhere.png", f"{number}.pdf") for number in range(count)]
    return [Opened(each.path, tuple(Page(each, number, pages) for number in range(1, pages + 1))) for each in added]


def _seen(window: MainWindow) -> list[str]:
    return [row.name for row in window.model.shown_documents()]


def test_a_paused_queue_waits_and_goes_on(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    pause = _action(window, "pauseAction")
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(pause.isChecked)
    qtbot.waitUntil(lambda: label(window, "progressLabel") == "Paused: pages that are added wait")
    paths = _images(tmp_path, 4)
    drop(window, files_mime(paths))
    wait_for_states(qtbot, window, *["Paused"] * 4)
    qtbot.waitUntil(lambda: label(window, "progressLabel") == "0 of 4 · Paused")
    assert server.log() == []
    window.view.show_row(window.model.documents()[3])
    window.commands.check()
    _action(window, "resumeSelectedAction").trigger()
    wait_for_states(qtbot, window, "Paused", "Paused", "Paused", "Done")
    window.reading.cancel([window.model.documents()[0]])
    assert states(window)[0] == "Cancelled"
    pause.trigger()
    wait_for_states(qtbot, window, "Cancelled", "Done", "Done", "Done")
    qtbot.waitUntil(lambda: label(window, "progressLabel") == "4 of 4")
    assert window.reading.active == 0


def test_a_formula_that_waits_for_the_server_is_paused_with_the_rest(
    qtbot: QtBot, lone_window: MainWindow, tmp_path: Path
) -> None:
    window = lone_window
    qtbot.waitUntil(lambda: "Down" in label(window, "healthLabel"))
    button(window, "Formula").click()
    drop(window, files_mime(_images(tmp_path, 1)))
    wait_for_states(qtbot, window, "Waiting for the server")
    window.reading.pause(window.model.documents())
    assert states(window) == ["Paused"]
    window.reading.resume(window.model.documents())
    wait_for_states(qtbot, window, "Waiting for the server")
    window.reading.pause(window.model.documents())
    window.commands.cancel_all.trigger()
    wait_for_states(qtbot, window, "Cancelled")


def test_pages_are_read_first_and_last(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    window = open_window(Settings(server_url=server.url, lanes=1))
    order: list[str] = []
    window.engine.job_started.connect(order.append)
    window.commands.pause_all.trigger()
    drop(window, files_mime(_images(tmp_path, 16)))
    wait_for_states(qtbot, window, *["Paused"] * 16)
    rows = window.model.documents()
    for row, name in ((rows[15], "readFirstAction"), (rows[0], "readLastAction")):
        window.view.show_row(row)
        window.commands.check()
        _action(window, name).trigger()
    assert [rows[15].turn, rows[0].turn] == [Turn.FIRST, Turn.LAST]
    window.commands.pause_all.trigger()
    wait_for_states(qtbot, window, *["Done"] * 16)
    begun = [row for job_id in order for row in rows if row.job and row.job.id == job_id]
    assert len(begun) == 16
    assert rows[15] in begun[:8]  # a few begin together
    assert rows[0] in begun[8:]


def test_the_line_above_the_documents(qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path) -> None:
    drop(window, files_mime([*_images(tmp_path, 3)]))
    wait_for_states(qtbot, window, "Done", "Done", "Done")
    assert window.view.hasFocus()
    rows = window.model.documents()
    window.view.show_row(rows[1])
    window.commands.filter.trigger()
    edit = _filter_edit(window)
    assert edit.hasFocus()
    QTest.keyClicks(edit, "PAGE 1")
    qtbot.waitUntil(lambda: _seen(window) == [rows[1].name])
    assert window.view.selected_rows() == [rows[1]]
    qtbot.waitUntil(lambda: label(window, "filterCountLabel") == "1 of 3 pages")
    window.view.show_row(rows[2])  # as when something is found there
    assert _seen(window) == [rows[1].name, rows[2].name]
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert len(_seen(window)) == 3
    assert states(window) == ["Done"] * 3
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert window.view.hasFocus()
    menu = window.findChild(QToolButton, "filterButton").menu()  # type: ignore[union-attr]
    menu.aboutToShow.emit()
    entries = [each.text() for each in menu.actions() if each.isVisible() and each.text()]
    assert entries == ["Done\t3", "Text\t3", "GLM-OCR\t3", "See all pages"]
    QTest.keyClicks(edit, "nowhere")
    qtbot.waitUntil(lambda: _seen(window) == [])
    qtbot.waitUntil(lambda: label(window, "filterCountLabel") == "No page is like this.")
    assert window.result_view.row is rows[2]  # what is looked at stays
    button(window, "See all").click()
    _action(window, "sort-name").trigger()
    window.view.selectAll()
    assert window.view.selected_rows() == rows
    window.commands.check()
    window.commands.remove.trigger()
    assert window.model.documents() == []


def test_a_document_stands_for_those_of_its_pages_that_are_seen(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.pause_all.trigger()
    window.intake.opened.emit(_opened(1, 10))
    wait_for_states(qtbot, window, *["Paused"] * 10)
    [document] = window.model.documents()
    window.reading.cancel(document.children[:3])
    _action(window, "filter-cancelled").trigger()
    assert window.model.shown_count() == 3
    assert window.view.isExpanded(window.model.index_of(document))
    window.view.selectAll()
    assert window.view.selected_rows() == document.children[:3]
    assert window.view.selected_states() == {RowState.CANCELLED}
    window.commands.check()
    window.commands.remove.trigger()
    assert [each.value for each in window.model.counts.elements()] == ["paused"] * 7
    window.reading.cancel_all()


def test_ten_thousand_pages_come_and_go(qtbot: QtBot, open_window: OpenWindow, closed_url: str) -> None:
    """Without a row for each in the view's layout, and with every job ended once."""
    window = open_window(Settings(server_url=closed_url, engine=EngineChoice.OFFLINE))
    window.commands.pause_all.trigger()
    ended: set[str] = set()
    window.engine.job_ended.connect(lambda job_id, _result: ended.add(job_id))
    window.intake.opened.emit(_opened(500, 20))
    qtbot.waitUntil(lambda: window.model.counts[RowState.PAUSED] == 10_000)
    window.view.selectAll()
    assert len(window.view.selected_rows()) == 500
    window.commands.check()
    window.commands.cancel.trigger()
    qtbot.waitUntil(lambda: window.reading.active == 0)
    assert len(ended) == 10_000
    assert +window.model.counts == {RowState.CANCELLED: 10_000}
    window.commands.remove.trigger()
    assert window.model.documents() == []
    assert window.view.current_row() is None


def test_this_computer_only_is_switched_in_the_status_bar(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: button_text(window, "placeButton") == "This computer")
    _action(window, "localOnlyAction").trigger()
    assert window.engine.settings.local_only
    assert button_text(window, "placeButton") == "This computer only"
    qtbot.waitUntil(lambda: load()[0].local_only)
    _action(window, "localOnlyAction").trigger()
    assert not window.engine.settings.local_only


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (View(), ""),
        (View(37, 120, per_s=2.1, left_s=(170, 290)), "37 of 120 · 2.1 pages/s · 2–5 min left"),
        (View(37, 120, paused=20, per_s=0.2), "37 of 120 · 20 paused · 12 pages/min"),
        (View(1, 3, paused=1, all_paused=True), "1 of 3 · 1 paused"),
        (View(1, 3, paused=2, all_paused=True), "1 of 3 · Paused"),
    ],
)
def test_progress_in_words(qtbot: QtBot, view: View, said: str) -> None:
    assert progress_words(view) == said


@pytest.mark.parametrize(
    ("least_s", "most_s", "said"),
    [
        (0.5, 3, "a few seconds left"),
        (21, 38, "20–40 s left"),
        (55, 185, "1–4 min left"),
        (125, 179, "2–3 min left"),
        (4000, 9000, "1–2.5 h left"),
    ],
)
def test_the_time_that_is_left_in_words(qtbot: QtBot, least_s: float, most_s: float, said: str) -> None:
    assert left_words(least_s, most_s) == said


def test_the_page_that_is_looked_at_is_selected_again_when_it_is_seen_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    drop(window, files_mime(_images(tmp_path, 2)))
    wait_for_states(qtbot, window, "Done", "Done")
    row = window.model.documents()[1]
    window.view.show_row(row)
    bar = window.queue_bar
    bar.filter_chosen.emit(Filter("no such words"))
    qtbot.waitUntil(lambda: window.view.selected_rows() == [])
    assert window.result_view.row is row
    bar.filter_chosen.emit(Filter())
    qtbot.waitUntil(lambda: window.view.selected_rows() == [row])


def test_a_page_that_waits_for_its_place_has_a_clock_that_stands() -> None:
    row = Row(1, "a", "a")
    row.begin(100.0)
    row.go_on(Progress(Phase.LANE), 102.0)
    row.go_on(Progress(Phase.LANE), 105.0)
    assert row.waits_since_s == 102.0
    row.go_on(Progress(Phase.READING), 110.0)
    assert (row.waits_since_s, row.began_s) == (None, 108.0)
