"""The local queue: jobs that wait for a thread, and the tokens of all that have not ended."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Job


class JobQueue:
    """First in, first out, but for those that are sent to the front or the end, or paused.

    Every job leaves it exactly once, by `take` or by `cancel`.

    Thread: any. All state is changed under one lock, and nothing is called while it is held.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, Job] = OrderedDict()
        self._paused: OrderedDict[str, Job] = OrderedDict()
        self._turns: dict[str, int] = {}  # of all that wait or are paused: the least is the next
        self._first_turn = self._next_turn = 0
        self._running: dict[str, CancelToken] = {}
        self._all_paused = False
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return len(self._waiting)

    def __repr__(self) -> str:
        return f"<JobQueue {len(self._waiting)} waiting, {len(self._running)} running>"

    @property
    def all_paused(self) -> bool:
        """Whether jobs that are put in are paused from the start."""
        return self._all_paused

    @property
    def at_hand(self) -> int:
        """How many jobs run, or could."""
        with self._lock:
            return len(self._waiting) + len(self._running)

    def put(self, jobs: Iterable[Job], *, paused: bool = False) -> list[str]:
        """Let jobs wait at the end.

        Returns:
            The ids of those that are paused.
        """
        with self._lock:
            held = paused or self._all_paused
            added = {job.id: job for job in jobs}
            for job_id in added:
                self._turns[job_id] = self._next_turn
                self._next_turn += 1
            (self._paused if held else self._waiting).update(added)
            return list(added) if held else []

    def take(self) -> tuple[Job, CancelToken] | None:
        """The next job and its token; None when none waits or the queue is closed."""
        with self._lock:
            if self._closed or not self._waiting:
                return None
            _, job = self._waiting.popitem(last=False)
            del self._turns[job.id]
            token = self._running[job.id] = CancelToken()
            return job, token

    def running(self, job_ids: Iterable[str] | None = None) -> list[str]:
        """Those of these jobs, or of all, that were taken and have not ended."""
        with self._lock:
            return [each for each in (list(self._running) if job_ids is None else job_ids) if each in self._running]

    def done(self, job_id: str) -> None:
        """A taken job has ended."""
        with self._lock:
            self._running.pop(job_id, None)

    def pause(self, job_ids: Iterable[str] | None = None) -> list[str]:
        """Hold jobs back; all of them, and those that are put in later, when no ids are given.

        Returns:
            Those that wait no more.
        """
        with self._lock:
            self._all_paused = self._all_paused or job_ids is None
            moved = [each for each in (list(self._waiting) if job_ids is None else job_ids) if each in self._waiting]
            self._paused.update((each, self._waiting.pop(each)) for each in moved)
            return moved

    def resume(self, job_ids: Iterable[str] | None = None) -> list[str]:
        """Let paused jobs wait again, each at its own place.

        Returns:
            Those that wait again.
        """
        with self._lock:
            self._all_paused = self._all_paused and job_ids is not None
            moved = [each for each in (list(self._paused) if job_ids is None else job_ids) if each in self._paused]
            self._waiting.update((each, self._paused.pop(each)) for each in moved)
            self._sort()
            return moved

    def promote(self, job_ids: Iterable[str]) -> list[str]:
        """Send jobs to the front, in the order of their ids here.

        Returns:
            Those that had not been taken yet.
        """
        with self._lock:
            moved = [each for each in job_ids if each in self._turns]
            self._first_turn -= len(moved)
            self._turns.update((each, self._first_turn + place) for place, each in enumerate(moved))
            self._sort()
            return moved

    def demote(self, job_ids: Iterable[str]) -> list[str]:
        """Send jobs to the end, in the order of their ids here.

        Returns:
            Those that had not been taken yet.
        """
        with self._lock:
            moved = [each for each in job_ids if each in self._turns]
            self._turns.update((each, self._next_turn + place) for place, each in enumerate(moved))
            self._next_turn += len(moved)
            self._sort()
            return moved

    def cancel(self, job_ids: Iterable[str] | None = None) -> list[Job]:
        """End jobs early; all of them when no ids are given.

        Returns:
            Those that had not been taken and are gone now. Running ones end by their token.
        """
        with self._lock:
            ids = [*self._waiting, *self._paused, *self._running] if job_ids is None else list(job_ids)
            removed = [found for each in ids if (found := self._leave(each)) is not None]
            tokens = [self._running[each] for each in ids if each in self._running]
        for token in tokens:
            token.cancel()
        return removed

    def close(self) -> list[Job]:
        """Cancel everything and hand out nothing more."""
        with self._lock:
            self._closed = True
        return self.cancel()

    def _leave(self, job_id: str) -> Job | None:
        """Take a job out that nobody has taken."""
        if self._turns.pop(job_id, None) is None:
            return None
        return self._waiting.pop(job_id, None) or self._paused.pop(job_id)

    def _sort(self) -> None:
        self._waiting = OrderedDict(sorted(self._waiting.items(), key=lambda item: self._turns[item[0]]))
