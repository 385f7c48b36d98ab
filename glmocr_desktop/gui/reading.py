"""Rows become jobs, and what the engine tells of jobs becomes rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from glmocr_desktop.core.model import Cut, EngineChoice, Job, Limits, Mode, OwnPrompt, Page, Region, Result
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.rows import ACTIVE, Row, RowState, Turn
from glmocr_desktop.jobs.engine import JobEngine

_SLICE = 400  # pages that become jobs in one turn of the loop


@dataclass(frozen=True, slots=True)
class _How:
    """How pages are to be read.

    Attributes:
        own_limits: For these pages alone; None for the present ones.
    """

    mode: Mode
    engine: EngineChoice
    own_limits: Limits | None
    own_prompt: OwnPrompt | None


@dataclass(frozen=True, slots=True)
class _Slice:
    """Pages that are to be read."""

    rows: list[Row]
    how: _How


class Reading(QObject):
    """Stands between the tree of documents and the engine.

    Attributes:
        mode: What pages are read as from now on.
        limits: How long the pages that are read from now on, and their parts, may take.
        own_prompt: What is asked of them instead; None for the prompt of the mode.

    Signals:
        counted(ended, total): How many of all pages have ended.
        settled(): The last job ended.
        paused_changed(bool): Whether everything is paused.
        read_alone(Row): It was the only one, and there is a result.

    Thread: GUI.
    """

    counted = Signal(int, int)
    settled = Signal()
    paused_changed = Signal(bool)
    read_alone = Signal(object)

    def __init__(self, engine: JobEngine, model: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode = engine.settings.mode
        self.limits = engine.settings.limits
        self.own_prompt: OwnPrompt | None = None
        self._engine = engine
        self._model = model
        self._active: set[str] = set()
        self._later: deque[_Slice] = deque()
        self._reading_on = QTimer(self)
        self._reading_on.setSingleShot(True)
        self._reading_on.timeout.connect(self._read_on)
        self._together = 0  # jobs since none was active
        # Many rows may change in one turn of the loop: they are counted once, after all of them.
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count)
        for changed in (model.rowsInserted, model.rowsRemoved, model.arranged, model.row_changed, model.many_changed):
            changed.connect(self._on_changed)
        engine.job_started.connect(self._on_job_started)
        engine.job_progressed.connect(model.progress)
        engine.job_parked.connect(self._on_job_parked)
        engine.job_ended.connect(self._on_job_ended)
        engine.paused_changed.connect(self.paused_changed)
        engine.jobs_paused.connect(self._on_jobs_paused)
        engine.jobs_resumed.connect(self._on_jobs_resumed)

    @property
    def active(self) -> int:
        """How many jobs have not ended."""
        return len(self._active) + sum(len(part.rows) for part in self._later)

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
        how = _How(mode or self.mode, engine or self._engine.settings.engine, own_limits, prompt)
        self._read(_readable(rows), how)

    def plan(self) -> Callable[[Page], Job]:
        """What reads a page as it would be read now."""
        mode, engine, limits, prompt = self.mode, self._engine.settings.engine, self.limits, self.own_prompt
        return lambda page: Job(page, mode, engine, limits, own_prompt=prompt)

    def go_on(self, rows: Iterable[Row]) -> None:
        """Read pages that wait: those that were just added, and those of the last time, each in its turn."""
        waiting = [row for row in _pages(rows) if row.state.active and self._model.holds(row)]
        jobs = [(row, row.job) for row in sorted(waiting, key=lambda row: row.turn) if row.job is not None]
        self._submit([job for row, job in jobs if not row.paused])
        self._submit([job for row, job in jobs if row.paused], paused=True)
        self.read([row for row in waiting if row.job is None])

    def retry(self, rows: Iterable[Row], own_limits: Limits | None = None) -> None:
        """Read pages once more in the mode in which they were read before.

        Args:
            rows: Pages, or documents for all of theirs.
            own_limits: For these pages alone; else those that a page was given before, or the present ones.
        """
        engine = self._engine.settings.engine
        alike: dict[_How, list[Row]] = {}
        for row in _readable(rows):
            mode, prompt = (row.job.mode, row.job.own_prompt) if row.job else (self.mode, self.own_prompt)
            alike.setdefault(_How(mode, engine, own_limits or row.own_limits, prompt), []).append(row)
        for how, some in alike.items():
            self._read(some, how)

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
        chosen = _pages(rows)
        self._forget(chosen)
        self._engine.cancel([row.job.id for row in chosen if row.state.active and row.job])

    def cancel_all(self) -> None:
        """End everything that is on its way."""
        self._later.clear()
        self._engine.cancel_all()

    def pause(self, rows: Iterable[Row]) -> None:
        """Hold back the pages that have not begun."""
        self._engine.pause(_waiting(rows))

    def resume(self, rows: Iterable[Row]) -> None:
        """Go on with pages that are paused."""
        self._engine.resume(_waiting(rows))

    def pause_all(self, paused: bool) -> None:
        """Hold back everything that has not begun, or go on with everything."""
        if paused:
            self._engine.pause()
        else:
            self._engine.resume()

    def read_first(self, rows: Iterable[Row]) -> None:
        """Read these pages before all others that wait."""
        self._model.queue(self._engine.promote(_waiting(rows)), Turn.FIRST)

    def read_last(self, rows: Iterable[Row]) -> None:
        """Read these pages after all others that wait."""
        self._model.queue(self._engine.demote(_waiting(rows)), Turn.LAST)

    def remove(self, rows: Iterable[Row]) -> None:
        """Take rows away; what is on its way for them ends."""
        self._engine.cancel(self._model.remove(rows))

    def unread(self) -> list[Row]:
        """Pages without a result."""
        return [row for row in self._model.pages() if row.page and not row.state.done and not row.state.active]

    def any_unread(self) -> bool:
        """Whether there are pages without a result."""
        counts = self._model.counts
        ended_badly = counts.total() - sum(counts[state] for state in RowState if state.done)
        return ended_badly > sum(counts[state] for state in ACTIVE) and bool(self.unread())

    def read_offline(self) -> list[Row]:
        """Pages that were read offline because there was no server."""
        return [
            row
            for row in self._model.pages()
            if row.state is RowState.DONE_OFFLINE and row.job and row.job.engine is EngineChoice.AUTO
        ]

    def _read(self, rows: list[Row], how: _How) -> None:
        """Read many pages a slice at a time: the window goes on between slices."""
        self._later += [_Slice(rows[first : first + _SLICE], how) for first in range(0, len(rows), _SLICE)]
        self._read_on()

    def _read_on(self) -> None:
        if not self._later:
            return
        part = self._later.popleft()
        how = part.how
        limits = how.own_limits or self.limits
        rows = [row for row in _readable(part.rows) if self._model.holds(row)]
        jobs = [
            (row, Job(row.page, how.mode, how.engine, limits, own_prompt=how.own_prompt))
            for row in rows
            if row.page is not None
        ]
        if jobs:
            self._model.assign_all(jobs, how.own_limits)
            self._submit([job for _, job in jobs])
        if self._later:
            self._reading_on.start()

    def _submit(self, jobs: list[Job], *, paused: bool = False) -> None:
        if jobs:
            self._together = len(jobs) + (self._together if self._active else 0)
            self._active.update(job.id for job in jobs)
            self._engine.submit(jobs, paused=paused)

    def _forget(self, rows: Iterable[Row]) -> None:
        """Do not read these pages later."""
        if self._later:
            gone = set(_pages(rows))
            for part in self._later:
                part.rows[:] = [row for row in part.rows if row not in gone]

    def _on_job_started(self, job_id: str) -> None:
        self._model.start(job_id)

    def _on_job_parked(self, job_id: str, _failure: object) -> None:
        self._model.park(job_id)

    def _on_jobs_paused(self, job_ids: list[str]) -> None:
        self._model.hold(job_ids, paused=True)

    def _on_jobs_resumed(self, job_ids: list[str]) -> None:
        self._model.hold(job_ids, paused=False)

    def _on_job_ended(self, job_id: str, result: Result) -> None:
        row = self._model.finish(job_id, result)
        self._active.discard(job_id)
        if self.active:
            return
        if self._together == 1 and row is not None and row.state.done:
            self.read_alone.emit(row)
        self.settled.emit()

    def _on_changed(self, *_args: object) -> None:
        if not self._counting.isActive():
            self._counting.start()

    def _count(self) -> None:
        counts = self._model.counts
        pending = sum(counts[state] for state in ACTIVE) + counts[RowState.LOCKED]
        self.counted.emit(counts.total() - pending, counts.total())


def _pages(rows: Iterable[Row]) -> list[Row]:
    """The pages of rows, each once."""
    return list(dict.fromkeys(page for row in rows for page in row.pages()))


def _readable(rows: Iterable[Row]) -> list[Row]:
    """The pages of rows that are not being read already."""
    return [
        row
        for row in _pages(rows)
        if row.page is not None and row.state is not RowState.LOCKED and not (row.state.active and row.job is not None)
    ]


def _waiting(rows: Iterable[Row]) -> list[str]:
    """The jobs of rows that have not begun."""
    begun = RowState.READING
    return [row.job.id for row in _pages(rows) if row.job and row.state.active and row.state is not begun]
