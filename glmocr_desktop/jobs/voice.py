"""What a job tells while it runs, and after it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from glmocr_desktop.core.model import Progress


class Voice:
    """Passes a job's progress on; what becomes of a cancelled job on the server is told after its end.

    Thread: any.
    """

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._held: list[Progress] | None = []

    def __call__(self, progress: Progress) -> None:
        """Tell it now, or after the end."""
        with self._lock:
            if progress.phase.afterwards and self._held is not None:
                self._held.append(progress)
                return
        self._tell(progress)

    def end(self) -> None:
        """The job's end was told."""
        with self._lock:
            held, self._held = self._held or [], None
        for progress in held:
            self._tell(progress)
