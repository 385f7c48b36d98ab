"""The right of the window alone, with a row to correct."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QTableView, QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.result_view import ResultView
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine

_ids = count(1)


class Pane:
    """What a person sees and does in it."""

    def __init__(self, qtbot: QtBot, tasks: Tasks) -> None:
        self.qtbot = qtbot
        self.view = ResultView(tasks)
        self.view.corrected.connect(self._on_corrected)
        self.view.resize(476, 640)
        self.view.show()
        qtbot.waitExposed(self.view)

    def show(self, result: Result) -> Row:
        """Show a page."""
        row = Row(next(_ids), "page", "page", page=result.job.page, job=result.job)
        row.result = result
        self.view.show_row(row)
        return row

    def open_tab(self, name: str) -> None:
        """Look at one of the views."""
        tabs = self.view.findChild(QTabWidget, "resultTabs")
        tabs.setCurrentIndex(self.tab_names().index(name) if name in self.tab_names() else -1)
        assert tabs.tabText(tabs.currentIndex()) == name

    def tab_names(self) -> list[str]:
        """All views, with those that cannot be chosen in brackets."""
        tabs = self.view.findChild(QTabWidget, "resultTabs")
        names = [tabs.tabText(i) for i in range(tabs.count())]
        return [name if tabs.isTabVisible(i) else f"({name})" for i, name in enumerate(names)]

    @property
    def tab(self) -> str:
        """The view that is looked at."""
        tabs = self.view.findChild(QTabWidget, "resultTabs")
        return tabs.tabText(tabs.currentIndex())

    def child(self, kind: type[QWidget], name: str) -> QWidget:
        """A widget by its name."""
        found = self.view.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def source(self) -> QPlainTextEdit:
        """The source of the page."""
        return self.view.findChild(QPlainTextEdit, "sourceEdit")

    @property
    def formula(self) -> QPlainTextEdit:
        """The LaTeX of a formula."""
        return self.view.findChild(QPlainTextEdit, "formulaEdit")

    @property
    def grid(self) -> QTableView:
        """The cells of a table."""
        return self.view.findChild(QTableView, "tableEdit")

    def cells(self) -> list[list[str]]:
        """The words of all cells; of one that spans, at its first place."""
        model = self.grid.model()
        return [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def go_to(self, row: int, column: int) -> None:
        """Choose a cell."""
        self.grid.setCurrentIndex(self.grid.model().index(row, column))

    def press(self, name: str) -> None:
        """Press a button."""
        button = self.child(QToolButton, name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait_for_text(self, row: Row, text: str) -> None:
        """Wait until the page is kept like this."""
        self.qtbot.waitUntil(lambda: row.result is not None and row.result.text == text)

    def words(self) -> str:
        """All that labels say."""
        labels = [label for label in self.view.findChildren(QLabel) if label.isVisible()]
        return "\n".join(label.text() for label in labels)

    def _on_corrected(self, row: Row, result: Result) -> None:
        row.result = result
        self.view.show_row(row)


@contextmanager
def open_pane(qtbot: QtBot, url: str) -> Iterator[Pane]:
    """A pane whose work ends with it."""
    engine = JobEngine(Settings(server_url=url))
    tasks = Tasks(engine)
    failures: list[Exception] = []
    tasks.failed.connect(failures.append)
    pane = Pane(qtbot, tasks)
    yield pane
    pane.view.show_row(None)
    qtbot.waitUntil(lambda: not pane.view.tabs.rendered.busy)
    tasks.cancel_all()
    qtbot.waitUntil(lambda: tasks.running == 0)
    engine.shutdown()
    pane.view.deleteLater()
    # Left on the clipboard at exit, data that was made in Python crashes the offscreen platform.
    QApplication.clipboard().clear()
    assert failures == []
