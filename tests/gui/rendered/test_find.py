"""Looking for words on a page, in a document, in all results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.rendered.find_bar import FindBar, Scope
from glmocr_desktop.gui.rendered.rendered_view import RenderedView
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine
from tests.support.results import done, failed


@dataclass
class Screen:
    """A view, its bar, and the rows that the bar may look through."""

    qtbot: QtBot
    view: RenderedView
    bar: FindBar
    rows: list[Row]
    shown: Row | None = None

    def fill(self, *results: Result | str) -> None:
        pages = [done(each, number=at + 1) if isinstance(each, str) else each for at, each in enumerate(results)]
        self.rows[:] = [Row(at, "scan.png", "scan.png", result=page) for at, page in enumerate(pages)]
        self.show(self.rows[0])
        self.settle()

    def show(self, row: Row) -> None:
        self.shown = row
        self.view.show_result(row.result)

    def pages(self, scope: Scope) -> list[Row]:
        return [self.shown] if scope is Scope.PAGE and self.shown else self.rows

    def look_for(self, words: str, scope: Scope = Scope.PAGE) -> None:
        box = self.bar.findChild(QComboBox, "findScope")
        assert box is not None
        box.setCurrentIndex(scope)
        edit = self.bar.findChild(QLineEdit, "findEdit")
        assert edit is not None
        edit.clear()
        edit.insert(words)  # the keys of a test cannot be Chinese
        self.qtbot.waitUntil(lambda: self.count not in ("", "Searching…") and not self.count.endswith("…"))
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.view.busy)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.bar.findChild(QLineEdit, "findEdit"), key, modifier)
        self.settle()

    @property
    def count(self) -> str:
        label = self.bar.findChild(QLabel, "findCount")
        assert label is not None
        return label.text()

    def marked(self) -> list[str]:
        """The words that are marked; the current ones with a star."""
        found = []
        for selection in self.view.extraSelections():
            current = selection.format.hasProperty(QTextFormat.Property.ForegroundBrush.value)
            found.append(selection.cursor.selectedText() + ("*" if current else ""))
        return found


@pytest.fixture
def screen(qtbot: QtBot, qt_loop: None) -> Iterator[Screen]:
    engine = JobEngine(Settings())
    tasks = Tasks(engine)
    errors: list[object] = []
    tasks.failed.connect(errors.append)
    view = RenderedView(tasks)
    view.resize(520, 700)
    view.show()
    made: list[Screen] = []
    bar = FindBar(tasks, lambda scope: made[0].pages(scope), view)
    made.append(Screen(qtbot, view, bar, []))
    bar.row_wanted.connect(made[0].show)
    bar.open_bar()
    yield made[0]
    tasks.cancel_all()
    qtbot.waitUntil(lambda: tasks.running == 0)
    engine.shutdown()
    bar.deleteLater()
    view.deleteLater()
    QApplication.clipboard().clear()
    assert not errors


def test_all_places_are_counted_marked_and_stepped_through(screen: Screen) -> None:
    screen.fill("# The beam\n\nThe **be**am bends\n\n<table><tr><td>a Beam</td><td>b</td></tr></table>")
    screen.look_for("beam")
    assert screen.count == "3"
    assert screen.marked() == ["beam", "beam", "Beam"]
    screen.press(Qt.Key.Key_Return)
    assert screen.count == "1 of 3"
    assert screen.marked() == ["beam*", "beam", "Beam"]
    screen.press(Qt.Key.Key_F3)
    screen.press(Qt.Key.Key_Return)
    assert screen.count == "3 of 3"
    assert screen.marked() == ["beam", "beam", "Beam*"]
    screen.press(Qt.Key.Key_Return)
    assert screen.count == "1 of 3"
    screen.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert screen.count == "3 of 3"


def test_case_matters_when_it_should(screen: Screen) -> None:
    screen.fill("Beam beam BEAM")
    screen.look_for("Beam")
    assert screen.count == "3"
    box = screen.bar.findChild(QCheckBox, "findCase")
    assert box is not None
    box.click()
    screen.qtbot.waitUntil(lambda: screen.count == "1")
    assert screen.marked() == ["Beam"]


def test_signs_mean_themselves(screen: Screen) -> None:
    screen.fill("a+b (1) [x] a.b axb 😀 中文 中文")
    for words, count in (("a.b", "1"), ("(1)", "1"), ("[x]", "1"), ("中文", "2")):
        screen.look_for(words)
        assert screen.count == count
        assert screen.marked() == [words] * int(count)


def test_formulas_are_found_by_their_latex(screen: Screen) -> None:
    screen.fill("A frac and $\\frac{a}{b}$ here\n\n$$\\frac{1}{2}$$")
    screen.look_for("frac")
    assert screen.count == "3"
    assert screen.marked() == ["frac", "\ufffc", "\ufffc"]


def test_what_is_not_there_is_not_found(screen: Screen) -> None:
    screen.fill("words")
    screen.look_for("nothing")
    assert screen.count == "Not found"
    assert screen.marked() == []
    screen.press(Qt.Key.Key_Return)
    assert screen.count == "Not found"


def test_other_pages_are_shown_when_a_place_is_there(screen: Screen) -> None:
    screen.fill("one word", "nothing", failed(number=3), "a word and a word")
    screen.look_for("word", Scope.ALL)
    assert screen.count == "3"
    screen.press(Qt.Key.Key_Return)
    assert screen.shown is screen.rows[0]
    screen.press(Qt.Key.Key_Return)
    screen.press(Qt.Key.Key_Return)
    assert screen.shown is screen.rows[3]
    assert screen.count == "3 of 3"
    screen.qtbot.waitUntil(lambda: screen.marked() == ["word", "word*"])
    screen.press(Qt.Key.Key_Return)
    assert screen.shown is screen.rows[0]
    screen.qtbot.waitUntil(lambda: screen.marked() == ["word*"])


def test_a_place_far_down_a_document_is_brought_into_sight(screen: Screen) -> None:
    table = f"<table>{'<tr><td>a</td><td>b</td><td>c</td></tr>' * 80}</table>"
    screen.fill(*(f"Here is number {page}.\n\n{table}" for page in range(1, 31)))
    screen.view.show_pages([row.result for row in screen.rows if row.result])
    screen.settle()
    assert "number 28" not in screen.view.toPlainText()
    screen.look_for("number 28", Scope.DOCUMENT)
    screen.press(Qt.Key.Key_Return)
    screen.qtbot.waitUntil(lambda: screen.marked() == ["number 28*"])
    screen.settle()
    place = screen.view.cursorRect(screen.view.document().find("number 28"))
    assert screen.view.viewport().rect().contains(place.center())


def test_another_page_is_counted_anew(screen: Screen) -> None:
    screen.fill("a word", "word and word")
    screen.look_for("word")
    assert screen.count == "1"
    screen.show(screen.rows[1])
    screen.qtbot.waitUntil(lambda: screen.count == "2")
    screen.qtbot.waitUntil(lambda: screen.marked() == ["word", "word"])


def test_two_thousand_pages_are_searched(screen: Screen) -> None:
    screen.fill(*(f"Page {page} has words and $x_{page % 10}$" for page in range(2000)))
    screen.look_for("words", Scope.ALL)
    assert screen.count == "2000"


def test_short_selections_are_looked_for(screen: Screen) -> None:
    screen.fill("some words, and words again")
    screen.view.setTextCursor(screen.view.document().find("words"))
    screen.bar.open_bar()
    screen.qtbot.waitUntil(lambda: screen.count == "2")


def test_closing_takes_the_marks_away(screen: Screen) -> None:
    screen.fill("words")
    screen.look_for("words")
    assert screen.marked() == ["words"]
    with screen.qtbot.waitSignal(screen.bar.closed):
        screen.press(Qt.Key.Key_Escape)
    assert screen.marked() == []
    assert not screen.bar.isVisible()


def test_every_control_has_a_name(screen: Screen) -> None:
    kinds = (QLineEdit, QCheckBox, QComboBox, QToolButton)
    for control in (each for kind in kinds for each in screen.bar.findChildren(kind)):
        if control.parent() is screen.bar:
            assert control.objectName()
            assert control.accessibleName()
