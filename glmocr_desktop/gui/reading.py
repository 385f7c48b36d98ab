"""Rows become jobs, and what the engine tells of jobs becomes rows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from glmocr_desktop.core.model import Cut, EngineChoice, Job, Limits, Mode, OwnPrompt, Region, Result
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.rows import Row, RowState
from glmocr_desktop.jobs.engine import JobEngine


class Reading(QObject):
    """Stands between the tree of documents and the engine.

    Attributes:
        mode: What pages are read as from now on.
        limits: How long the pages that are read from now on, and their parts, may take.
        own_prompt: What is asked of them instead; None for the prompt of the mode.

    Signals:
        counted(ended, total): How many of all pages have ended.
        settled(): The last job ended.
        read_alone(Row): It was the only one, and there is a result.

    Thread: GUI.
    """

    counted = Signal(int, int)
    settled = Signal()
    read_alone = Signal(object)

    def __init__(self, engine: JobEngine, model: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode = engine.settings.mode
        self.limits = engine.settings.limits
        self.own_prompt: OwnPrompt | None = None
        self._engine = engine
        self._model = model
        self._active: set[str] = set()
        self._together = 0  # jobs since none was active
        model.rowsInserted.connect(self._count)
        model.rowsRemoved.connect(self._count)
        model.row_changed.connect(self._count)
        engine.job_started.connect(self._on_job_started)
        engine.job_progressed.connect(model.progress)
        engine.job_parked.connect(self._on_job_parked)
        engine.job_ended.connect(self._on_job_ended)

    @property
    def active(self) -> int:
        """How many jobs have not ended."""
        return len(self._active)

    @property
    def usual_limits(self) -> Limits:
        """The limits of the settings."""
        return self._engine.settings.limits

    def read(
        self,
        rows: Iterable[Row],
        mode: Mode | None = None,
        engine: EngineChoice | None = None,
        own_limits: Limits | None = None,
        own_prompt: OwnPrompt | None = None,
    ) -> None:
        """Read pages; what is being read already is left alone.

        Args:
            rows: Pages, or documents for all of theirs.
            mode: The present one if none is given.
            engine: The one of the settings if none is given.
            own_limits: For these pages alone; else the present ones.
            own_prompt: Asked instead of the prompt of the given mode; the present mode has the present one.
        """
        prompt = own_prompt if mode else self.own_prompt
        jobs: list[Job] = []
        for row in _pages(rows):
            if row.page is None or (row.state.active and row.job is not None):
                continue
            who = engine or self._engine.settings.engine
            job = Job(row.page, mode or self.mode, who, own_limits or self.limits, own_prompt=prompt)
            jobs.append(job)
            self._model.assign(row, job, own_limits)
        self._submit(jobs)

    def retry(self, rows: Iterable[Row], own_limits: Limits | None = None) -> None:
        """Read pages once more in the mode in which they were read before.

        Args:
            rows: Pages, or documents for all of theirs.
            own_limits: For these pages alone; else those that a page was given before, or the present ones.
        """
        for row in _pages(rows):
            mode, prompt = (row.job.mode, row.job.own_prompt) if row.job else (None, None)
            self.read([row], mode, own_limits=own_limits or row.own_limits, own_prompt=prompt)

    def read_as_text(self, row: Row) -> None:
        """Read a page offline as unformatted text, in a row of its own."""
        if row.page is not None:
            self.read([self._model.insert_after(row, row.page)], Mode.TEXT, EngineChoice.OFFLINE)

    def read_regions(self, row: Row, regions: Iterable[tuple[Region, Mode]]) -> None:
        """Read regions of a page as it is turned, each in a row of its own and in its own mode."""
        for region, mode in regions:
            if row.page is not None:
                self.read([self._model.insert_region(row, Cut(row.page.cut.turn, region))], mode)

    def cancel(self, rows: Iterable[Row]) -> None:
        """End what is on its way."""
        self._engine.cancel([row.job.id for row in _pages(rows) if row.state.active and row.job])

    def cancel_all(self) -> None:
        """End everything that is on its way."""
        self._engine.cancel_all()

    def remove(self, rows: Iterable[Row]) -> None:
        """Take rows away; what is on its way for them ends."""
        self._engine.cancel(self._model.remove(rows))

    def unread(self) -> list[Row]:
        """Pages without a result."""
        return [row for row in self._model.pages() if row.page and not row.state.done and not row.state.active]

    def read_offline(self) -> list[Row]:
        """Pages that were read offline because there was no server."""
        return [
            row
            for row in self._model.pages()
            if row.state is RowState.DONE_OFFLINE and row.job and row.job.engine is EngineChoice.AUTO
        ]

    def _submit(self, jobs: list[Job]) -> None:
        if not jobs:
            return
        self._together = len(jobs) + (self._together if self._active else 0)
        self._active |= {job.id for job in jobs}
        self._engine.submit(jobs)

    def _on_job_started(self, job_id: str) -> None:
        self._model.start(job_id)

    def _on_job_parked(self, job_id: str, _failure: object) -> None:
        self._model.park(job_id)

    def _on_job_ended(self, job_id: str, result: Result) -> None:
        row = self._model.finish(job_id, result)
        self._active.discard(job_id)
        if self._active:
            return
        if self._together == 1 and row is not None and row.state.done:
            self.read_alone.emit(row)
        self.settled.emit()

    def _count(self, *_args: object) -> None:
        counts = self._model.counts
        pending = sum(counts[state] for state in RowState if state.active) + counts[RowState.LOCKED]
        self.counted.emit(counts.total() - pending, counts.total())


def _pages(rows: Iterable[Row]) -> list[Row]:
    """The pages of rows, each once."""
    return list(dict.fromkeys(page for row in rows for page in row.pages()))
