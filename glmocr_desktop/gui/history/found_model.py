"""The lines of the history that were found: fetched some at a time, as they are scrolled to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from glmocr_desktop.gui import words
from glmocr_desktop.gui.history.found_words import facts_of, title_of
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.kept import Asked, Found
from glmocr_desktop.jobs.store import Store

Index = QModelIndex | QPersistentModelIndex
_STEP = 200


class FoundModel(QAbstractListModel):
    """Lines that were found, the newest first.

    Signals:
        counted(int): How many there are in all.
        settled(): What was asked for last is there, or its first lines are.

    Thread: GUI.
    """

    counted = Signal(int)
    settled = Signal()

    def __init__(self, tasks: Tasks, store: Callable[[], Store | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._store = store
        self._asked = Asked()
        self._lines: list[Found] = []
        self._total = 0
        self._turn = 0  # of the question: what comes for an earlier one is late
        self._fetching = False

    @property
    def asked(self) -> Asked:
        """What was asked for last."""
        return self._asked

    @property
    def total(self) -> int:
        """How many lines there are, fetched or not."""
        return self._total

    def ask(self, asked: Asked) -> None:
        """Look for something else, or for the same anew."""
        self._asked = asked
        self._turn += 1
        self._tasks.start(self._ask(self._turn))

    def line(self, index: Index) -> Found | None:
        """The line at an index."""
        return self._lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines were fetched."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line in words."""
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((title_of(line), *facts_of(line)))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return line.excerpt
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tip(line.path)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are lines that were not fetched."""
        return not parent.isValid() and not self._fetching and len(self._lines) < self._total

    def fetchMore(self, parent: Index) -> None:
        """Fetch the next lines, in the background."""
        if self.canFetchMore(parent):
            self._fetching = True
            self._tasks.start(self._fetch(self._turn))

    async def _ask(self, turn: int) -> None:
        store = self._store()
        lines: list[Found] = []
        total = 0
        if store is not None:
            total = await self._tasks.background(store.count, self._asked)
            lines = await self._tasks.background(store.find, self._asked, _STEP)
        if turn != self._turn:
            return
        self.beginResetModel()
        self._lines, self._total, self._fetching = lines, max(total, len(lines)), False
        self.endResetModel()
        self.counted.emit(self._total)
        self.settled.emit()

    async def _fetch(self, turn: int) -> None:
        store = self._store()
        if store is None:
            return
        lines = await self._tasks.background(store.find, self._asked, _STEP, len(self._lines))
        if turn != self._turn:
            return
        self._fetching = False
        known = {each.page_id for each in self._lines}  # what was read meanwhile has moved the others on
        lines = [each for each in lines if each.page_id not in known]
        if not lines:
            self._total = len(self._lines)
            return
        self.beginInsertRows(QModelIndex(), len(self._lines), len(self._lines) + len(lines) - 1)
        self._lines += lines
        self.endInsertRows()
