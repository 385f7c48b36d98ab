"""The tree of documents and pages: what a person sees of it, and which job each row waits for."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from glmocr_desktop.core.model import Cut, Document, Failure, Job, Limits, Page, Progress, Result
from glmocr_desktop.gui import words
from glmocr_desktop.gui.kept_rows import kept_of, rows_of
from glmocr_desktop.gui.row_tree import RowTree
from glmocr_desktop.gui.rows import Opened, Row, RowState, Turn
from glmocr_desktop.gui.shown_rows import NAME, STATE, Index
from glmocr_desktop.jobs.kept import KeptDocument

__all__ = ["NAME", "STATE", "DocumentModel"]


class DocumentModel(RowTree):
    """Documents with their pages; knows which row each job belongs to.

    Signals:
        assigned(list[tuple[Row, Job]]): Rows wait for jobs.
        altered(list[Row]): Pages have changed otherwise, or are new; neither by the course of their jobs.
        removed(list[Row]): They are gone, with all that was below them.

    Thread: GUI.
    """

    assigned = Signal(object)
    altered = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_job: dict[str, Row] = {}
        self._leaving: dict[str, Row] = {}  # cancelled jobs that the server has not let go yet

    def append(self, opened: Iterable[Opened]) -> list[Row]:
        """Add documents at the end.

        Returns:
            Their top rows.
        """
        return self.append_kept(kept_of(each) for each in opened)

    def append_kept(self, documents: Iterable[KeptDocument]) -> list[Row]:
        """Add documents at the end as they were kept; whose jobs have not ended wait for them.

        Returns:
            Their top rows.
        """
        rows = [row for each in documents for row in self._built(each)]
        self._insert(None, len(self._top), self.rowCount(), rows)
        return rows

    def replace(self, row: Row, opened: Opened) -> Row:
        """Put a document in the place of a top row."""
        place, shown_at = self._top.index(row), row.position
        self.remove([row])
        [new] = self._built(kept_of(opened))
        self._insert(None, place, shown_at if shown_at >= 0 else self._place_for(None, place), [new])
        return new

    def unlock(self, document: Document) -> list[Row]:
        """The password of a document is known.

        Returns:
            Its pages that could not be read without it.
        """
        rows = [row for row in self.pages() if row.page is not None and row.page.document.id == document.id]
        locked = [row for row in rows if row.state is RowState.LOCKED]
        with self._together():
            for row in rows:
                before = row.state
                assert row.page is not None
                row.page = replace(row.page, document=document)
                if row.job is not None and row.result is None:
                    row.job = replace(row.job, page=row.page)
                row.error = None
                if row in locked:
                    row.hold(paused=False)  # whoever gives the password wants it to be read
                self._changed(row, before)
        return locked

    def insert_after(self, row: Row, page: Page) -> Row:
        """Add another row for a page, below the one that it has."""
        new = self._new_row(row.name, row.path, page)
        siblings, _ = self._siblings(row.parent)
        self._insert_behind([row], siblings.index(row) + 1, new)
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
        same = (each for each in siblings if each.path == row.path and row.same_page(each))
        new.region = max(each.region for each in same) + 1
        self._insert_behind(before, at, new)
        return new

    def _insert_behind(self, before: list[Row], at: int, new: Row) -> None:
        """Put a row behind others of its page, seen or not, in the order in which they are kept, too."""
        parent, last = before[0].parent, max(each.position for each in before)
        siblings, _ = self._siblings(parent)
        self._insert(parent, at, last + 1 if last >= 0 else self._place_for(parent, at), [new])
        next_order = siblings[at + 1].order if at + 1 < len(siblings) and new.same_document(siblings[at + 1]) else None
        order_before = siblings[at - 1].order
        new.order = order_before + 1 if next_order is None else (order_before + next_order) / 2
        moved = [new]
        if new.order in (order_before, next_order):  # as close as numbers can be
            moved = [each for each in siblings if each.same_document(new)]
            for place, each in enumerate(moved):
                each.order = float(place)
        self.altered.emit(moved)

    def cut(self, row: Row, cut: Cut) -> None:
        """Let another part of a page be read from now on; the result in hand stays."""
        if row.page is not None:
            row.page = replace(row.page, cut=cut)
            self._alter(row, row.state)

    def remove(self, rows: Iterable[Row]) -> list[str]:
        """Take rows away, with all that is below them.

        Returns:
            The jobs that nobody waits for any more.
        """
        gone = self._remove(rows)
        jobs = [row.job.id for row in gone if row.job]
        for job_id in jobs:
            self._leaving.pop(job_id, None)
        self.removed.emit(gone)
        return [job_id for job_id in jobs if self._by_job.pop(job_id, None)]

    def assign(self, row: Row, job: Job, own_limits: Limits | None = None) -> None:
        """Let a row wait for a job; its own limits are those that were chosen for it alone."""
        self.assign_all([(row, job)], own_limits)

    def assign_all(self, jobs: Sequence[tuple[Row, Job]], own_limits: Limits | None = None) -> None:
        """Let many rows wait, each for its job."""
        otherwise_limited = [row for row, _ in jobs if row.own_limits != own_limits]
        with self._together():
            for row, job in jobs:
                self._assign(row, job, own_limits)
        self.assigned.emit(jobs)
        if otherwise_limited:
            self.altered.emit(otherwise_limited)

    def _assign(self, row: Row, job: Job, own_limits: Limits | None) -> None:
        before = row.state
        if row.job is not None:
            self._by_job.pop(row.job.id, None)
            self._leaving.pop(row.job.id, None)
        row.assign(job, own_limits)
        self._by_job[job.id] = row
        self._changed(row, before)

    def hold(self, job_ids: Iterable[str], paused: bool) -> None:
        """Jobs are held back, or wait again."""
        rows = self._rows_of(job_ids)
        with self._together():
            for row in rows:
                before = row.state
                row.hold(paused)
                self._changed(row, before)
        self.altered.emit(rows)

    def queue(self, job_ids: Iterable[str], turn: Turn) -> None:
        """Jobs are read before the others, or after them."""
        rows = self._rows_of(job_ids)
        with self._together():
            for row in rows:
                row.turn = turn
                self._tell(row)
        self.altered.emit(rows)

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
                self._alter(row, row.state)

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
        self._alter(row, row.state)

    def exchange(self, row: Row) -> None:
        """Use the other answer that a row keeps."""
        before = row.state
        row.exchange()
        self._alter(row, before)

    def check(self, row: Row, checked: bool = True) -> None:
        """A user found the doubtful places of a page right, or wants to look at them again."""
        row.checked = checked
        self._alter(row, row.state)

    def refuse(self, row: Row, failure: Failure) -> None:
        """A file could still not be opened."""
        before = row.state
        row.error = failure
        self._changed(row, before)

    def _rows_of(self, job_ids: Iterable[str]) -> list[Row]:
        return [row for job_id in job_ids if (row := self._by_job.get(job_id))]

    def _new_row(self, name: str, path: str, page: Page | None = None) -> Row:
        return Row(next(self._ids), name, path, page=page)

    def _built(self, kept: KeptDocument) -> list[Row]:
        rows = rows_of(kept, self._ids)
        for page in (page for row in rows for page in row.pages()):
            if page.job is not None and page.result is None:
                self._by_job[page.job.id] = page
        return rows

    def _alter(self, row: Row, before: RowState) -> None:
        self._changed(row, before)
        self.altered.emit([row])

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
