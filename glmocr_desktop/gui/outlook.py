"""How far reading is, how fast it goes, and how long it will take: found out twice a second at most."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from glmocr_desktop.core.model import Result
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.gui.rows import RowState
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.jobs.estimate import Estimate

_TELLING_MS = 500


@dataclass(frozen=True, slots=True)
class View:
    """What can be said.

    Attributes:
        ended: Pages that have ended.
        total: All pages.
        paused: Pages that are held back.
        all_paused: Whether pages that are added are held back, too.
        per_s: Pages a second; None when nothing is read, or too little was.
        left_s: The least and the most seconds that are left; None when nobody knows.
    """

    ended: int = 0
    total: int = 0
    paused: int = 0
    all_paused: bool = False
    per_s: float | None = None
    left_s: tuple[float, float] | None = None


class Outlook(QObject):
    """Watches jobs.

    Signals:
        changed(View): There is something new to say.

    Thread: GUI.
    """

    changed = Signal(object)

    def __init__(
        self, engine: JobEngine, reading: Reading, model: DocumentModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._model = model
        self._estimate = Estimate()
        self._counted = (0, 0)
        self._said = View()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TELLING_MS)
        self._timer.timeout.connect(self._tell)
        self._new = False
        engine.job_started.connect(self._estimate.began)
        engine.job_parked.connect(self._on_job_parked)
        engine.job_ended.connect(self._on_job_ended)
        engine.paused_changed.connect(self._on_paused_changed)
        reading.counted.connect(self._on_counted)

    def _on_counted(self, ended: int, total: int) -> None:
        self._counted = (ended, total)
        self._tell_soon()

    def _on_paused_changed(self, _paused: bool) -> None:
        self._tell_soon()

    def _on_job_parked(self, job_id: str, _failure: object) -> None:
        self._estimate.left(job_id)

    def _on_job_ended(self, job_id: str, result: Result) -> None:
        if result.engine is not None:
            self._estimate.ended(job_id, result.elapsed_s, result.engine)
        else:
            self._estimate.left(job_id)

    def _tell_soon(self) -> None:
        """At once when nothing was said lately or nothing is left to be read, else when the time has come."""
        self._new = True
        ended, total = self._counted
        if ended == total or not self._timer.isActive():
            self._tell()

    def _tell(self) -> None:
        counts = self._model.counts
        reading = counts[RowState.READING]
        if not self._new and not reading:
            return
        self._new = False
        ended, total = self._counted
        view = View(
            ended,
            total,
            counts[RowState.PAUSED],
            self._engine.all_paused,
            self._estimate.rate(),
            self._estimate.range_s(reading + counts[RowState.WAITING]),
        )
        self._timer.start()
        if view != self._said:
            self._said = view
            self.changed.emit(view)
