"""The tree of documents and pages: what a person sees of it, and which job each row waits for."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt

from glmocr_desktop.core.model import Cut, Failure, Job, Limits, Page, Progress, Result
from glmocr_desktop.documents.open import visible_name
from glmocr_desktop.gui import words
from glmocr_desktop.gui.row_tree import RowTree
from glmocr_desktop.gui.rows import Opened, Row, RowState, Turn
from glmocr_desktop.gui.shown_rows import NAME, STATE, Index

__all__ = ["NAME", "STATE", "DocumentModel"]


class DocumentModel(RowTree):
    """Documents with their pages; knows which row each job belongs to.

    Thread: GUI.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_job: dict[str, Row] = {}
        self._leaving: dict[str, Row] = {}  # cancelled jobs that the server has not let go yet

    def append(self, opened: Iterable[Opened]) -> list[Row]:
        """Add documents at the end.

        Returns:
            Their top rows.
        """
        rows = [self._built(each) for each in opened]
        self._insert(None, len(self._top), self.rowCount(), rows)
        return rows

    def replace(self, row: Row, opened: Opened) -> Row:
        """Put a document in the place of a top row."""
        place, shown_at = self._top.index(row), row.position
        self.remove([row])
        new = self._built(opened)
        self._insert(None, place, max(0, shown_at), [new])
        return new

    def insert_after(self, row: Row, page: Page) -> Row:
        """Add another row for a page, below the one that it has."""
        new = self._new_row(row.name, row.path, page)
        siblings, _ = self._siblings(row.parent)
        self._insert(row.parent, siblings.index(row) + 1, row.position + 1, [new])
        return new

    def insert_region(self, row: Row, cut: Cut) -> Row:
        """Add a row for a region of a page, below the page and its other regions."""
        assert row.page is not None
        siblings, _ = self._siblings(row.parent)
        first = at = siblings.index(row) + 1
        while at < len(siblings) and siblings[at].region and row.same_page(siblings[at]):
            at += 1
        before = siblings[first - 1 : at]
        new = self._new_row(row.name, row.path, replace(row.page, cut=cut))
        new.region = max(each.region for each in before) + 1
        self._insert(row.parent, at, max(each.position for each in before) + 1, [new])
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
        jobs = [row.job.id for row in self._remove(rows) if row.job]
        for job_id in jobs:
            self._leaving.pop(job_id, None)
        return [job_id for job_id in jobs if self._by_job.pop(job_id, None)]

    def assign(self, row: Row, job: Job, own_limits: Limits | None = None) -> None:
        """Let a row wait for a job; its own limits are those that were chosen for it alone."""
        before = row.state
        if row.job is not None:
            self._by_job.pop(row.job.id, None)
            self._leaving.pop(row.job.id, None)
        row.assign(job, own_limits)
        self._by_job[job.id] = row
        self._changed(row, before)

    def assign_all(self, jobs: Iterable[tuple[Row, Job]], own_limits: Limits | None = None) -> None:
        """Let many rows wait, each for its job."""
        with self._together():
            for row, job in jobs:
                self.assign(row, job, own_limits)

    def hold(self, job_ids: Iterable[str], paused: bool) -> None:
        """Jobs are held back, or wait again."""
        with self._together():
            for row in self._rows_of(job_ids):
                before = row.state
                row.hold(paused)
                self._changed(row, before)

    def queue(self, job_ids: Iterable[str], turn: Turn) -> None:
        """Jobs are read before the others, or after them."""
        with self._together():
            for row in self._rows_of(job_ids):
                row.turn = turn
                self._tell(row)

    def start(self, job_id: str) -> None:
        """A job left the queue."""
        if row := self._by_job.get(job_id):
            before = row.state
            row.begin(time.monotonic())
            self._changed(row, before)

    def progress(self, job_id: str, progress: Progress) -> None:
        """A job gave a sign of life; after its end, the only one that counts is that the server has let it go."""
        if row := self._by_job.get(job_id):
            row.go_on(progress, time.monotonic())
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
            row.park()
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

    def _rows_of(self, job_ids: Iterable[str]) -> list[Row]:
        return [row for job_id in job_ids if (row := self._by_job.get(job_id))]

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
        row.counts = Counter(child.state for child in row.children)
        return row

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

    # What views ask

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns, for screen readers."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Document") if section == NAME else self.tr("State")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
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
