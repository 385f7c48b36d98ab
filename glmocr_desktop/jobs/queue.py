"""The local queue: jobs that wait for a thread, and the tokens of all that have not ended."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Job


class JobQueue:
    """First in, first out; every job leaves it exactly once, by `take` or by `cancel`.

    Thread: any. All state is changed under one lock, and nothing is called while it is held.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, Job] = OrderedDict()
        self._running: dict[str, CancelToken] = {}
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._waiting)

    def __repr__(self) -> str:
        return f"<JobQueue {len(self._waiting)} waiting, {len(self._running)} running>"

    def put(self, jobs: Iterable[Job]) -> None:
        """Let jobs wait at the end."""
        with self._lock:
            self._waiting.update((job.id, job) for job in jobs)

    def take(self) -> tuple[Job, CancelToken] | None:
        """The next job and its token; None when none waits or the queue is closed."""
        with self._lock:
            if self._closed or not self._waiting:
                return None
            _, job = self._waiting.popitem(last=False)
            token = self._running[job.id] = CancelToken()
            return job, token

    def done(self, job_id: str) -> None:
        """A taken job has ended."""
        with self._lock:
            self._running.pop(job_id, None)

    def cancel(self, job_ids: Iterable[str] | None = None) -> list[Job]:
        """End jobs early; all of them when no ids are given.

        Returns:
            Those that were still waiting and are gone now. Running ones end by their token.
        """
        with self._lock:
            ids = [*self._waiting, *self._running] if job_ids is None else list(job_ids)
            removed = [self._waiting.pop(each) for each in ids if each in self._waiting]
            tokens = [self._running[each] for each in ids if each in self._running]
        for token in tokens:
            token.cancel()
        return removed

    def close(self) -> list[Job]:
        """Cancel everything and hand out nothing more."""
        with self._lock:
            self._closed = True
        return self.cancel()
