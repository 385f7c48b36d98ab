"""What a job does, and for how long: the phases of its progress as spans."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from glmocr_desktop.core.model import Phase, Progress, Rung, Span

_AT_SERVER = frozenset({Phase.UPLOADING, Phase.LANE, Phase.QUEUED, Phase.READING})


class Stopwatch:
    """Passes the progress of one job on, and keeps the time of its phases.

    It runs from its making until `stop`. Progress of another phase, and the next rung, end the span before.

    Args:
        on_progress: Gets the progress.
        clock: Monotonic seconds.

    Thread: any.
    """

    def __init__(self, on_progress: Callable[[Progress], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._on_progress = on_progress
        self._clock = clock
        self._lock = threading.Lock()
        self._began_s = clock()
        self._spans: list[Span] = []
        self._running: tuple[Phase, Rung, str | None, float] | None = None
        self._rung = Rung.FIRST
        self._server: str | None = None
        self._stopped = False

    def __call__(self, progress: Progress) -> None:
        """A sign of life."""
        with self._lock:
            self._turn_to(progress.phase)
        self._on_progress(progress)

    def climb(self, rung: Rung, server: str | None) -> None:
        """Another rung begins.

        Args:
            rung: Which one.
            server: Address of the server that is asked, if one is.
        """
        with self._lock:
            self._rung, self._server = rung, server
            self._turn_to(Phase.PREPARING)

    def stop(self) -> tuple[Span, ...]:
        """All spans; what is told from now on belongs to none."""
        with self._lock:
            self._end_running()
            self._stopped = True
            return tuple(self._spans)

    def _turn_to(self, phase: Phase) -> None:
        """Called with the lock."""
        if self._stopped or phase.afterwards:
            return
        server = self._server if phase in _AT_SERVER else None
        if self._running is None or self._running[:3] != (phase, self._rung, server):
            self._end_running()
            self._running = (phase, self._rung, server, self._clock())

    def _end_running(self) -> None:
        """Called with the lock."""
        if self._running is not None:
            phase, rung, server, began = self._running
            self._spans.append(Span(phase, rung, began - self._began_s, self._clock() - began, server))
            self._running = None
