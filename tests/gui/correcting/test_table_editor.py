"""A table is corrected in its cells, and the page follows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QToolButton, QToolTip
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui.rows import Row
from tests.gui.result_pane import Pane, open_pane
from tests.support.results import done

_TABLE = (
    '<table><tr><th rowspan="2">Item</th><th colspan="2">Price</th></tr><tr><th>2023</th><th>2024</th></tr>'
    "<tr><td>Ink</td><td>1</td><td>2</td></tr></table>"
)


@pytest.fixture
def pane(qtbot: QtBot, qt_loop: None, closed_url: str) -> Iterator[Pane]:
    with open_pane(qtbot, closed_url) as opened:
        yield opened


def _open(pane: Pane, text: str = _TABLE) -> Row:
    row = pane.show(done(text))
    pane.open_tab("Table")
    return row


def _select(pane: Pane, top: int, left: int, bottom: int, right: int) -> None:
    model = pane.grid.model()
    pane.go_to(top, left)
    chosen = QItemSelection(model.index(top, left), model.index(bottom, right))
    pane.grid.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def _trigger(pane: Pane, name: str) -> None:
    action = pane.view.findChild(QAction, name)
    assert action is not None
    action.trigger()


def test_cells_are_shown_with_their_spans(pane: Pane) -> None:
    _open(pane)
    assert pane.cells() == [["Item", "Price", ""], ["", "2023", "2024"], ["Ink", "1", "2"]]
    assert (pane.grid.rowSpan(0, 0), pane.grid.columnSpan(0, 1), pane.grid.columnSpan(2, 0)) == (2, 2, 1)


def test_typing_over_a_cell_changes_its_words_in_the_page(qtbot: QtBot, pane: Pane) -> None:
    row = _open(pane)
    pane.grid.setFocus()
    pane.go_to(2, 1)
    QTest.keyClicks(pane.grid, "3")
    editor = pane.grid.viewport().findChild(QPlainTextEdit, "cellEdit")
    QTest.keyClicks(editor, ".50")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor, "<net>")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    pane.wait_for_text(row, _TABLE.replace("<td>1<", "<td>3.50<br>&lt;net&gt;<"))
    assert pane.source.toPlainText() == row.result.text
    assert row.corrected
    qtbot.waitUntil(lambda: pane.view.tabs.rendered.toPlainText().count("3.50") == 1)


def test_what_is_being_written_into_a_cell_is_kept_when_another_page_is_shown(pane: Pane) -> None:
    row = _open(pane)
    pane.grid.setFocus()
    pane.go_to(2, 0)
    QTest.keyClicks(pane.grid, "P")
    pane.show(done("another"))
    assert "<td>P</td>" in row.result.text


def test_rows_and_columns_are_inserted_and_deleted(pane: Pane) -> None:
    row = _open(pane)
    pane.go_to(2, 1)
    pane.press("rowBelowButton")
    assert pane.cells()[2:] == [["Ink", "1", "2"], ["", "", ""]]
    pane.go_to(2, 1)
    pane.press("columnRightButton")
    assert pane.cells()[:3] == [["Item", "Price", "", ""], ["", "2023", "", "2024"], ["Ink", "1", "", "2"]]
    pane.press("deleteColumnsButton")
    pane.go_to(3, 0)
    pane.press("deleteRowsButton")
    pane.wait_for_text(row, _TABLE)
    assert not row.corrected


def test_all_of_the_menu_does_what_it_says(pane: Pane) -> None:
    _open(pane, "<table><tr><td>a</td><td>b</td></tr></table>")
    pane.go_to(0, 0)
    _trigger(pane, "rowAbove")
    pane.go_to(1, 0)
    _trigger(pane, "columnLeft")
    assert pane.cells() == [["", "", ""], ["", "a", "b"]]
    pane.go_to(1, 1)
    _trigger(pane, "clearCells")
    assert pane.cells() == [["", "", ""], ["", "", "b"]]


def test_cells_are_merged_and_split(pane: Pane) -> None:
    row = _open(pane)
    _select(pane, 2, 0, 2, 1)
    pane.press("mergeCellsButton")
    pane.wait_for_text(row, _TABLE.replace("<td>Ink</td><td>1</td>", '<td colspan="2">Ink 1</td>'))
    assert pane.grid.columnSpan(2, 0) == 2
    assert not pane.child(QToolButton, "mergeCellsButton").isEnabled()
    pane.press("splitCellButton")
    assert pane.cells()[2] == ["Ink 1", "", "2"]
    assert pane.grid.columnSpan(2, 0) == 1


def test_a_row_becomes_a_header_and_back(pane: Pane) -> None:
    row = _open(pane)
    pane.go_to(2, 0)
    button = pane.child(QToolButton, "headerRowButton")
    assert isinstance(button, QToolButton)
    assert not button.isChecked()
    pane.press("headerRowButton")
    pane.wait_for_text(row, _TABLE.replace("td>", "th>"))
    pane.go_to(1, 1)
    assert button.isChecked()


def test_cells_from_a_spreadsheet_are_pasted_and_the_table_grows(pane: Pane) -> None:
    _open(pane)
    QApplication.clipboard().setText('Paper\t"3\n4"\r\nPen\t5\t6\t7\r\n')
    pane.grid.setFocus()
    pane.go_to(2, 0)
    QTest.keyClick(pane.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pane.cells()[2:] == [["Paper", "3\n4", "2", ""], ["Pen", "5", "6", "7"]]


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)")
def test_more_than_a_table_can_hold_is_not_pasted(pane: Pane) -> None:
    row = _open(pane)
    QApplication.clipboard().setText("\t" * 40_000)
    pane.go_to(2, 0)
    _trigger(pane, "pasteCells")
    assert QToolTip.text() == "This is too much for a table. Nothing was pasted."
    QApplication.clipboard().setText("x" * 600_000)
    _trigger(pane, "pasteCells")
    pane.view.commit()
    assert row.result.text == _TABLE
    QToolTip.hideText()


def test_chosen_cells_are_copied_as_a_table(qtbot: QtBot, pane: Pane) -> None:
    _open(pane)
    pane.grid.setFocus()
    _select(pane, 1, 1, 2, 2)
    QTest.keyClick(pane.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "2023" in QApplication.clipboard().text())
    copied = QApplication.clipboard().mimeData()
    assert "<td>1</td><td>2</td>" in copied.html().replace("\n", "")
    assert "Ink" not in copied.text()


def test_cut_cells_are_on_the_clipboard_and_empty(qtbot: QtBot, pane: Pane) -> None:
    _open(pane)
    pane.grid.setFocus()
    pane.go_to(2, 0)
    QTest.keyClick(pane.grid, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert pane.cells()[2] == ["", "1", "2"]
    qtbot.waitUntil(lambda: "Ink" in QApplication.clipboard().text())


def test_delete_clears_cells_and_undo_brings_them_back(pane: Pane) -> None:
    row = _open(pane)
    pane.grid.setFocus()
    _select(pane, 2, 0, 2, 2)
    QTest.keyClick(pane.grid, Qt.Key.Key_Delete)
    assert pane.cells()[2] == ["", "", ""]
    QTest.keyClick(pane.grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    pane.wait_for_text(row, _TABLE)
    assert pane.cells()[2] == ["Ink", "1", "2"]
    _trigger(pane, "tableRedo")
    pane.qtbot.waitUntil(lambda: pane.cells()[2] == ["", "", ""])


def test_one_of_several_tables_is_changed_alone(pane: Pane) -> None:
    other = "<table><tr><td>B</td></tr></table>"
    row = _open(pane, f"Words $x$\n\n{_TABLE}\n\nmore\n\n{other}")
    assert "Table 1 of 2" in pane.words()
    pane.press("tableOn")
    assert "Table 2 of 2" in pane.words()
    assert pane.cells() == [["B"]]
    pane.go_to(0, 0)
    pane.press("columnRightButton")
    pane.wait_for_text(row, f"Words $x$\n\n{_TABLE}\n\nmore\n\n<table><tr><td>B</td><td></td></tr></table>")
    assert "Table 2 of 2" in pane.words()


def test_a_page_without_tables_has_no_table_to_correct(pane: Pane) -> None:
    _open(pane)
    pane.show(done("Only words"))
    assert pane.tab_names() == ["Rendered", "Source", "(Table)", "(Formula)", "(Compare)"]
    assert pane.tab == "Rendered"


def test_the_keyboard_gets_out_of_the_table(pane: Pane) -> None:
    _open(pane)
    pane.grid.setFocus()
    pane.qtbot.waitUntil(pane.grid.hasFocus)
    QTest.keyClick(pane.grid, Qt.Key.Key_Tab)
    assert not pane.grid.hasFocus()


def test_a_source_that_changes_changes_the_cells(pane: Pane) -> None:
    _open(pane)
    pane.open_tab("Source")
    pane.source.selectAll()
    pane.source.insertPlainText("<table><tr><td>new</td></tr></table>")
    pane.open_tab("Table")
    pane.qtbot.waitUntil(lambda: pane.cells() == [["new"]])
