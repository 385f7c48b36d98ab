"""A page is corrected in any of its views; every step can be taken back, and the answer as received is at hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Document, Job, Page, Result
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.gui.suspect_walk import SuspectWalk
from glmocr_desktop.results.blocks import with_text
from tests.gui.result_pane import Pane, open_pane
from tests.support.results import done, failed

_TEXT = "Words\n\n<table><tr><td>a</td></tr></table>\n\n$$ x $$"


@pytest.fixture
def pane(qtbot: QtBot, qt_loop: None, closed_url: str) -> Iterator[Pane]:
    with open_pane(qtbot, closed_url) as opened:
        yield opened


def _rendered(pane: Pane) -> str:
    return pane.view.tabs.rendered.toPlainText()


def _undo(pane: Pane) -> None:
    QTest.keyClick(pane.source, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def _click(pane: Pane, name: str) -> None:
    QTest.mouseClick(pane.child(QPushButton, name), Qt.MouseButton.LeftButton)


def _correct_everywhere(pane: Pane) -> tuple[Row, list[str]]:
    """A page corrected in three views, and what it was after each."""
    row = pane.show(done(_TEXT))
    texts = [
        "New words\n\n<table><tr><td>a</td></tr></table>\n\n$$ x $$",
        "New words\n\n<table><tr><td></td></tr></table>\n\n$$ x $$",
        "New words\n\n<table><tr><td></td></tr></table>\n\n$$\ny\n$$",
    ]
    pane.open_tab("Source")
    pane.source.selectAll()
    pane.source.insertPlainText(texts[0])
    pane.wait_for_text(row, texts[0])
    pane.open_tab("Table")
    pane.grid.setFocus()
    pane.go_to(0, 0)
    QTest.keyClick(pane.grid, Qt.Key.Key_Delete)
    pane.wait_for_text(row, texts[1])
    pane.open_tab("Formula")
    pane.formula.selectAll()
    pane.formula.insertPlainText("y")
    pane.wait_for_text(row, texts[2])
    return row, texts


def test_a_page_shows_the_views_that_it_has(pane: Pane) -> None:
    pane.show(done(_TEXT))
    assert pane.tab_names() == ["Rendered", "Source", "Table", "Formula", "(Compare)"]
    pane.show(done("$x$ in words"))
    assert pane.tab_names() == ["Rendered", "Source", "(Table)", "Formula", "(Compare)"]
    pane.show(done("| $x$ |", formatted=False))
    assert pane.tab_names() == ["Rendered", "Source", "(Table)", "(Formula)", "(Compare)"]


def test_all_steps_are_taken_back_wherever_they_were_made(pane: Pane) -> None:
    row, texts = _correct_everywhere(pane)
    assert "corrected" in pane.words()
    for text in (texts[1], texts[0], _TEXT):
        pane.view.undo()
        pane.wait_for_text(row, text)
        assert pane.source.toPlainText() == text
    assert not row.corrected
    assert "corrected" not in pane.words()
    pane.view.undo()
    for text in texts:
        pane.view.redo()
        pane.wait_for_text(row, text)
    assert row.corrected


def test_all_steps_are_taken_back_in_the_source_too(pane: Pane) -> None:
    row, texts = _correct_everywhere(pane)
    pane.open_tab("Source")
    for text in (texts[1], texts[0], _TEXT):
        _undo(pane)
        pane.wait_for_text(row, text)
        pane.qtbot.waitUntil(lambda text=text: pane.source.toPlainText() == text)


def test_what_is_taken_back_while_typing_is_a_step_back_and_no_new_one(pane: Pane) -> None:
    row = pane.show(done("word"))
    pane.open_tab("Source")
    QTest.keyClicks(pane.source, "a")
    pane.wait_for_text(row, "aword")
    _undo(pane)
    assert pane.source.toPlainText() == "word"
    pane.wait_for_text(row, "word")
    pane.view.undo()
    pane.view.commit()
    assert row.result.text == "word"
    pane.view.redo()
    pane.wait_for_text(row, "aword")


def test_a_page_can_be_undone_after_another_was_looked_at(pane: Pane) -> None:
    row, texts = _correct_everywhere(pane)
    pane.show(done("another"))
    pane.view.undo()  # it has no steps
    pane.view.show_row(row)
    pane.open_tab("Source")
    _undo(pane)
    pane.wait_for_text(row, texts[1])
    pane.qtbot.waitUntil(lambda: pane.source.toPlainText() == texts[1])


def test_a_page_that_was_read_again_forgets_its_steps(pane: Pane) -> None:
    row, _ = _correct_everywhere(pane)
    row.result = done("read again")
    pane.view.show_row(row)
    pane.view.undo()
    pane.view.commit()
    assert row.result.text == "read again"
    assert pane.source.toPlainText() == "read again"


def test_changes_on_their_way_are_kept_when_the_row_is_left(pane: Pane) -> None:
    row = pane.show(done(_TEXT))
    pane.open_tab("Table")
    pane.grid.setFocus()
    pane.go_to(0, 0)
    QTest.keyClick(pane.grid, Qt.Key.Key_Delete)
    pane.press("rowBelowButton")
    pane.view.commit()
    assert "<table><tr><td></td></tr><tr><td></td></tr></table>" in row.result.text
    pane.view.undo()
    pane.wait_for_text(row, _TEXT.replace("<td>a<", "<td><"))


def test_a_change_that_is_kept_at_once_is_not_made_a_second_time(pane: Pane) -> None:
    row = pane.show(done("word"))
    began, go_on = threading.Event(), threading.Event()

    def change(result: Result) -> Result:
        began.set()
        go_on.wait(10)
        return with_text(result, result.text + "s")

    corrections = pane.view.tabs.corrections
    corrections.add("plural", change)
    pane.qtbot.waitUntil(began.is_set)
    go_on.set()
    pane.view.commit()
    assert row.result.text == "words"
    corrections.add("exclamation", lambda result: with_text(result, result.text + "!"))
    pane.wait_for_text(row, "words!")
    assert not corrections.busy


def test_the_answer_as_received_is_one_click_away_and_cannot_be_changed(pane: Pane) -> None:
    row, texts = _correct_everywhere(pane)
    pane.open_tab("Source")
    pane.press("asReceivedButton")
    pane.qtbot.waitUntil(lambda: pane.source.toPlainText() == _TEXT)
    assert pane.tab_names() == ["Rendered", "Source", "(Table)", "(Formula)", "(Compare)"]
    assert "as received" in pane.words()
    QTest.keyClicks(pane.source, "x")
    assert pane.source.toPlainText() == _TEXT
    _undo(pane)
    pane.view.show_row(row)
    pane.view.commit()
    assert row.result.text == texts[2]
    assert pane.source.isReadOnly()
    button = pane.child(QToolButton, "asReceivedButton")
    assert isinstance(button, QToolButton)
    assert button.text() == "Back to the correction"
    pane.press("asReceivedButton")
    assert pane.source.toPlainText() == texts[2]
    assert pane.tab_names() == ["Rendered", "Source", "Table", "Formula", "(Compare)"]
    assert not pane.source.isReadOnly()


def test_all_corrections_are_undone_in_one_step_that_can_be_undone(pane: Pane) -> None:
    row, texts = _correct_everywhere(pane)
    pane.press("undoAllButton")
    pane.wait_for_text(row, _TEXT)
    assert not row.corrected
    assert not pane.child(QToolButton, "asReceivedButton").isVisible()
    pane.view.undo()
    pane.wait_for_text(row, texts[2])
    assert row.corrected


def test_typing_while_a_change_is_on_its_way_is_not_lost(pane: Pane) -> None:
    row = pane.show(done("word"))
    pane.open_tab("Source")
    QTest.keyClicks(pane.source, "abc")
    pane.qtbot.waitUntil(lambda: pane.view.tabs.corrections.busy or row.result.text == "abcword")
    QTest.keyClicks(pane.source, "d")
    pane.wait_for_text(row, "abcdword")
    assert pane.source.toPlainText() == "abcdword"


def test_a_document_shows_the_pages_that_are_read(pane: Pane) -> None:
    document = Document("d.pdf", "/d.pdf", "d.pdf")
    results: list[Result | None] = [done("first", document=document), None, done("third", document=document, number=3)]
    results.append(failed(document=document, number=4))
    parent = Row(100, "d.pdf", "d.pdf")
    for number, result in enumerate(results, 1):
        page = Page(document, number, 4)
        row = Row(100 + number, f"page {number}", "d.pdf", parent=parent, page=page, job=Job(page))
        row.result = result
        parent.children.append(row)
        parent.counts[row.state] += 1
    pane.view.show_row(parent)
    assert "2 of 4 pages are read" in pane.words()
    assert pane.tab_names() == ["Rendered", "(Source)", "(Table)", "(Formula)", "(Compare)"]
    pane.qtbot.waitUntil(lambda: "third" in _rendered(pane))
    second = parent.children[1]
    second.result = done("second", document=document, number=2)
    parent.counts[RowState.WAITING] -= 1
    parent.counts[RowState.DONE] += 1
    pane.view.show_row(parent)
    assert "3 of 4 pages are read" in pane.words()
    pane.qtbot.waitUntil(lambda: "second" in _rendered(pane))
    pane.view.show_row(second)
    pane.qtbot.waitUntil(lambda: _rendered(pane) == "second")
    assert pane.source.toPlainText() == "second"


def test_a_document_without_pages_yet_says_so(pane: Pane) -> None:
    parent = Row(1, "d.pdf", "d.pdf")
    parent.children.append(Row(2, "page 1", "d.pdf", parent=parent))
    parent.counts[RowState.WAITING] = 1
    pane.view.show_row(parent)
    assert "0 of 1 pages are read." in pane.words()


def test_doubtful_places_are_counted_and_shown_where_they_are_corrected(pane: Pane) -> None:
    text = "Words\n\n$$ \\frac{1} $$\n\n<table><tr><td>a</td></tr></table>\n\nlast words"
    pane.show(replace(done(text), warnings=("low_confidence", "cut_off")))
    label = pane.child(QLabel, "suspectText")
    assert isinstance(label, QLabel)
    pane.qtbot.waitUntil(lambda: label.text().startswith("⚠ 1 of 3: "))
    assert "hard to read" in label.text()
    assert pane.view.step_suspect(1)
    assert label.text().startswith("⚠ 2 of 3: A formula may be wrong")
    assert pane.tab == "Formula"
    pane.press("suspectOn")
    assert "may be cut off" in label.text()
    assert pane.tab == "Source"
    assert pane.source.textCursor().selectedText() == "last words"
    assert not pane.view.step_suspect(1)
    assert pane.view.step_suspect(-1)


def test_a_formula_that_is_mended_is_not_doubtful_any_more(pane: Pane) -> None:
    pane.show(done("$$ \\frac{1} $$"))
    pane.qtbot.waitUntil(lambda: "may be wrong" in pane.words())
    pane.open_tab("Formula")
    pane.formula.selectAll()
    pane.formula.insertPlainText("\\frac{1}{2}")
    pane.qtbot.waitUntil(lambda: "may be wrong" not in pane.words())


def test_doubtful_pages_are_walked_through_until_all_look_right(pane: Pane) -> None:
    results = [done("one"), replace(done("two"), warnings=("cut_off", "loop")), done("three"), done("four")]
    results[3] = replace(results[3], warnings=("low_confidence",))
    rows = [pane.show(result) for result in results]
    pane.view.show_row(rows[0])
    walk = SuspectWalk(pane.view, lambda: rows, pane.view.show_row, pane.view)
    seen = []
    for _ in range(4):
        assert walk.next()
        seen.append(rows.index(pane.view.row))
    assert seen == [1, 1, 3, 1]
    assert walk.previous()
    assert pane.view.row is rows[3]

    def approve(row: Row) -> None:
        row.checked = True
        pane.view.show_row(row)
        walk.next_page()

    pane.view.approved.connect(approve)
    _click(pane, "looksRightButton")
    assert pane.view.row is rows[1]
    _click(pane, "looksRightButton")
    assert not walk.next()
    assert not walk.previous()
    assert not pane.child(QPushButton, "looksRightButton").isVisible()


def test_a_narrow_pane_has_room_for_everything(pane: Pane) -> None:
    pane.show(replace(done(_TEXT), warnings=("cut_off",)))
    pane.view.resize(260, 500)
    pane.qtbot.waitUntil(lambda: pane.view.width() == 260)
    for name in ("Rendered", "Source", "Table", "Formula"):
        pane.open_tab(name)
        pane.qtbot.waitUntil(lambda: pane.child(QPushButton, "looksRightButton").isVisible())
        assert pane.view.width() == 260


def test_everything_that_takes_the_keyboard_has_a_name(pane: Pane) -> None:
    _correct_everywhere(pane)
    pane.show(replace(done(_TEXT + "\n\n$$ \\frac{1} $$"), warnings=("cut_off",)))
    for name in ("Rendered", "Source", "Table", "Formula"):
        pane.open_tab(name)
        for widget in pane.view.findChildren(QWidget):
            if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            assert spoken, f"{type(widget).__name__} {widget.objectName()}"


@pytest.mark.parametrize("tab", ["Rendered", "Source"])
def test_a_formula_that_was_just_typed_stays_on_its_page(pane: Pane, tab: str) -> None:
    """Whoever is quick: types, looks at another view at once, and turns the page twice."""
    one, other = pane.show(done("Words\n\n$$ a $$")), Row(9_999, "other", "other")
    other.result = done("Words\n\n$$ b $$")
    other.page, other.job = other.result.job.page, other.result.job
    pane.open_tab("Formula")
    QTest.keyClicks(pane.formula, "+k")
    pane.open_tab(tab)
    for row in (other, one, other, one):
        pane.view.show_row(row)
    assert one.result is not None
    assert "k" in one.result.text
    assert other.result.received is None
    assert other.result.blocks[1].text == "b"


def test_the_source_may_lose_the_formula_that_was_just_typed(pane: Pane, qtbot: QtBot) -> None:
    row, other = pane.show(done("Words\n\n$$ a $$")), Row(9_998, "other", "other")
    other.result = done("other")
    other.page, other.job = other.result.job.page, other.result.job
    pane.open_tab("Formula")
    QTest.keyClicks(pane.formula, "+k")
    pane.open_tab("Source")
    pane.source.selectAll()
    pane.source.insertPlainText("New text")
    pane.wait_for_text(row, "New text")
    pane.view.show_row(other)
    qtbot.waitUntil(lambda: pane.view.tabs.rendered.toPlainText() == "other")
    pane.view.show_row(row)
    assert row.result is not None
    assert row.result.text == "New text"
