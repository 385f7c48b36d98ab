"""The tree of documents and pages, as Qt's views see it."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from glmocr_desktop.core.model import Cut, Failure, Job, Limits, Page, Progress, Result
from glmocr_desktop.documents.open import visible_name
from glmocr_desktop.gui import words
from glmocr_desktop.gui.rows import Opened, Row, RowState

_Index = QModelIndex | QPersistentModelIndex
NAME, STATE = range(2)
_ROOT = QModelIndex()


class DocumentModel(QAbstractItemModel):
    """Documents with their pages; knows which row each job belongs to.

    Attributes:
        counts: How many pages are in which state.

    Signals:
        row_changed(Row): Anything about it.

    Thread: GUI.
    """

    row_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: list[Row] = []
        self._rows: dict[int, Row] = {}
        self._by_job: dict[str, Row] = {}
        self._leaving: dict[str, Row] = {}  # cancelled jobs that the server has not let go yet
        self._ids = itertools.count(1)
        self.counts: Counter[RowState] = Counter()

    # What the program does with it

    def documents(self) -> list[Row]:
        """The top rows."""
        return list(self._top)

    def pages(self) -> Iterator[Row]:
        """All rows that are no parents, in their order."""
        return (page for row in self._top for page in row.pages())

    def row_of(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        """The row behind an index."""
        return self._rows.get(index.internalId()) if index.isValid() else None

    def index_of(self, row: Row, column: int = NAME) -> QModelIndex:
        """Where a row is now; invalid when it was removed."""
        return self.createIndex(row.position, column, row.id) if row.id in self._rows else QModelIndex()

    def append(self, opened: Iterable[Opened]) -> list[Row]:
        """Add documents at the end.

        Returns:
            Their top rows.
        """
        rows = [self._built(each) for each in opened]
        self._insert(None, len(self._top), rows)
        return rows

    def replace(self, row: Row, opened: Opened) -> Row:
        """Put a document in the place of a top row."""
        position = row.position
        self.remove([row])
        new = self._built(opened)
        self._insert(None, position, [new])
        return new

    def insert_after(self, row: Row, page: Page) -> Row:
        """Add another row for a page, below the one that it has."""
        new = self._new_row(row.name, row.path, page)
        self._insert(row.parent, row.position + 1, [new])
        return new

    def insert_region(self, row: Row, cut: Cut) -> Row:
        """Add a row for a region of a page, below the page and its other regions."""
        assert row.page is not None
        siblings = row.parent.children if row.parent else self._top
        position, number = row.position + 1, 1
        while position < len(siblings) and siblings[position].region and row.same_page(siblings[position]):
            number = max(number, siblings[position].region + 1)
            position += 1
        new = self._new_row(row.name, row.path, replace(row.page, cut=cut))
        new.region = number
        self._insert(row.parent, position, [new])
        return new

    def cut(self, row: Row, cut: Cut) -> None:
        """Let another part of a page be read from now on; the result in hand stays."""
        if row.page is not None:
            row.page = replace(row.page, cut=cut)
            self._changed(row, row.state)

    def remove(self, rows: Iterable[Row]) -> list[str]:
        """Take rows away, with all that is below them.

        Returns:
            The jobs that nobody waits for any more.
        """
        orphans: list[str] = []
        for row in rows:
            if row.id in self._rows:
                orphans += self._remove(row)
        return orphans

    def assign(self, row: Row, job: Job, own_limits: Limits | None = None) -> None:
        """Let a row wait for a job; its own limits are those that were chosen for it alone."""
        before = row.state
        if row.job is not None:
            self._by_job.pop(row.job.id, None)
            self._leaving.pop(row.job.id, None)
        row.assign(job, own_limits)
        self._by_job[job.id] = row
        self._changed(row, before)

    def start(self, job_id: str) -> None:
        """A job left the queue."""
        if row := self._by_job.get(job_id):
            before = row.state
            row.began_s, row.parked = time.monotonic(), False
            self._changed(row, before)

    def progress(self, job_id: str, progress: Progress) -> None:
        """A job gave a sign of life; after its end, the only one that counts is that the server has let it go."""
        if row := self._by_job.get(job_id):
            row.progress = progress
            self._changed(row, row.state)
        elif row := self._leaving.get(job_id):
            row.agree(progress.phase)
            if not row.leaving:
                del self._leaving[job_id]
                self._changed(row, row.state)

    def park(self, job_id: str) -> None:
        """A job waits for the server to come back."""
        if row := self._by_job.get(job_id):
            before = row.state
            row.began_s, row.parked, row.progress = None, True, None
            self._changed(row, before)

    def finish(self, job_id: str, result: Result) -> Row | None:
        """A job ended.

        Returns:
            Its row; None when that was removed.
        """
        row = self._by_job.pop(job_id, None)
        if row is not None:
            before = row.state
            row.finish(result)
            if row.leaving:
                self._leaving[job_id] = row
            self._changed(row, before)
        return row

    def correct(self, row: Row, result: Result) -> None:
        """Keep what a user wrote in place of what was read."""
        row.result = result
        self._changed(row, row.state)

    def exchange(self, row: Row) -> None:
        """Use the other answer that a row keeps."""
        before = row.state
        row.exchange()
        self._changed(row, before)

    def check(self, row: Row, checked: bool = True) -> None:
        """A user found the doubtful places of a page right, or wants to look at them again."""
        row.checked = checked
        self._changed(row, row.state)

    def refuse(self, row: Row, failure: Failure) -> None:
        """A file could still not be opened."""
        before = row.state
        row.error = failure
        self._changed(row, before)

    # Building and taking apart

    def _new_row(self, name: str, path: str, page: Page | None = None) -> Row:
        return Row(next(self._ids), name, path, page=page)

    def _built(self, opened: Opened) -> Row:
        if opened.error is not None:
            row = self._new_row(visible_name(opened.path), opened.path)
            row.error = opened.error
            return row
        first = opened.pages[0]
        if len(opened.pages) == 1 and first.count == 1:
            return self._new_row(first.document.name, opened.path, first)
        row = self._new_row(first.document.name, opened.path)
        for page in opened.pages:
            child = self._new_row(row.name, opened.path, page)
            child.parent = row
            row.children.append(child)
        _renumber(row.children)
        row.counts = Counter(child.state for child in row.children)
        return row

    def _insert(self, parent: Row | None, position: int, rows: list[Row]) -> None:
        if not rows:
            return
        siblings = parent.children if parent else self._top
        above = self.index_of(parent) if parent else QModelIndex()
        self.beginInsertRows(above, position, position + len(rows) - 1)
        siblings[position:position] = rows
        _renumber(siblings)
        for row in rows:
            row.parent = parent
            self._rows.update((each.id, each) for each in (row, *row.children))
            self.counts.update(page.state for page in row.pages())
            if parent:
                parent.counts[row.state] += 1
        self.endInsertRows()
        if parent:
            self._tell(parent)

    def _remove(self, row: Row) -> list[str]:
        parent = row.parent
        if parent and len(parent.children) == 1:
            return self._remove(parent)
        siblings = parent.children if parent else self._top
        self.beginRemoveRows(self.index_of(parent) if parent else QModelIndex(), row.position, row.position)
        del siblings[row.position]
        _renumber(siblings)
        gone = [row, *row.children]
        orphans = [each.job.id for each in gone if each.job and self._by_job.pop(each.job.id, None)]
        for each in gone:
            del self._rows[each.id]
            if each.job:
                self._leaving.pop(each.job.id, None)
        self.counts.subtract(page.state for page in row.pages())
        if parent:
            parent.counts[row.state] -= 1
        self.endRemoveRows()
        if parent:
            self._tell(parent)
        return orphans

    def _changed(self, row: Row, before: RowState) -> None:
        parent, now = row.parent, row.state
        if now is not before:
            self.counts[before] -= 1
            self.counts[now] += 1
        if parent and now is not before:
            parent.counts[before] -= 1
            parent.counts[now] += 1
            self._tell(parent)
        self._tell(row)

    def _tell(self, row: Row) -> None:
        self.dataChanged.emit(self.index_of(row), self.index_of(row, STATE))
        self.row_changed.emit(row)

    # What views ask

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        """The place of a row."""
        above = self.row_of(parent)
        if parent.isValid() and (above is None or parent.column() != NAME):
            return QModelIndex()
        siblings = above.children if above else self._top
        if not (0 <= row < len(siblings) and column in (NAME, STATE)):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row].id)

    def parent(self, index: _Index = _ROOT) -> Any:
        """The place of the row above; Qt gives another method the same name, which is not needed here."""
        row = self.row_of(index)
        return self.index_of(row.parent) if row and row.parent else QModelIndex()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many rows are below."""
        if not parent.isValid():
            return len(self._top)
        row = self.row_of(parent)
        return len(row.children) if row and parent.column() == NAME else 0

    def columnCount(self, _parent: _Index = _ROOT) -> int:
        """Name and state."""
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns, for screen readers."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Document") if section == NAME else self.tr("State")
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every row can be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        row = self.row_of(index)
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.state_word(row.state) if index.column() == STATE else self._title(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tip(row.path if row.failure is None else f"{row.path}\n{words.failure_words(row.failure)}")
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and row.failure is not None:
            return words.failure_words(row.failure)
        return None

    def _title(self, row: Row) -> str:
        title = self.tr("Page {0}").format(row.page.number) if row.parent and row.page else row.name
        return self.tr("{0} · region {1}").format(title, row.region) if row.region else title


def _renumber(rows: list[Row]) -> None:
    for position, row in enumerate(rows):
        row.position = position
