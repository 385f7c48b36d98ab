"""The one way to end a job early: a user's cancel, its deadline, or the end of the program."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import TypeVar

from glmocr_desktop.core.errors import JobCancelled, JobTimeout

T = TypeVar("T")


class CancelToken:
    """Shared by the thread that runs a job and by whoever may end it.

    Whoever runs the job waits only through `wait_for`, so that a cancel or the deadline frees the thread at once,
    and calls `close` when it has a result: from then on a cancel comes too late and says so.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._cancelled = False
        self._closed = False
        self._callbacks: list[Callable[[], object]] = []
        self._deadline = math.inf
        self._timeout_s = math.inf
        self._uncounted_s = 0.0

    def __repr__(self) -> str:
        state = "cancelled" if self._cancelled else "closed" if self._closed else "open"
        return f"<CancelToken {state}, {self.remaining_s():.3f} s left>"

    @property
    def cancelled(self) -> bool:
        """Whether a cancel came in time."""
        return self._cancelled

    @property
    def uncounted_s(self) -> float:
        """Seconds since `start` that did not count."""
        return self._uncounted_s

    def start(self, timeout_s: float) -> None:
        """Let the deadline count from now."""
        self._timeout_s = timeout_s
        self._uncounted_s = 0.0
        self._deadline = self._clock() + timeout_s

    def remaining_s(self) -> float:
        """Seconds until the deadline, never negative; infinite before `start`."""
        return max(0.0, self._deadline - self._clock())

    def cancel(self) -> bool:
        """End the job.

        Returns:
            Whether it will end as cancelled; False when its result was there first.

        Thread: any. Returns at once.
        """
        with self._lock:
            if self._closed:
                return False
            self._cancelled = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()
        return True

    def close(self) -> None:
        """Say that the result is there; a later cancel has no effect.

        Raises:
            JobCancelled: A cancel was first.
        """
        with self._lock:
            if self._cancelled:
                raise JobCancelled
            self._closed = True

    def check(self) -> None:
        """Go on only if nothing ended the job.

        Raises:
            JobCancelled: It was cancelled.
            JobTimeout: Its deadline passed.
        """
        if self._cancelled:
            raise JobCancelled
        if self._clock() >= self._deadline:
            raise self._timeout()

    def wait_for(self, future: Future[T], limit_s: float = math.inf, *, counts: bool = True) -> T:
        """Wait for a future, but no longer than the job may live.

        The future is cancelled when the wait ends without it.

        Args:
            future: What to wait for.
            limit_s: A shorter limit of this step alone.
            counts: Whether this time counts; if not, the deadline moves on by the time of the wait.

        Raises:
            JobCancelled: The job was cancelled, or the work behind the future was.
            JobTimeout: The job's deadline passed.
            TimeoutError: `limit_s` passed first.
            Exception: Whatever the future raises.
        """
        woken = threading.Event()
        wake: Callable[[], object] = woken.set
        with self._lock:
            if self._cancelled:
                woken.set()
            self._callbacks.append(wake)
        future.add_done_callback(lambda _done: woken.set())
        began = self._clock()
        remaining_s = self.remaining_s() if counts else math.inf
        wait_s = min(remaining_s, limit_s)
        try:
            woken.wait(None if math.isinf(wait_s) else wait_s)
        finally:
            if not counts:
                waited_s = self._clock() - began
                self._uncounted_s += waited_s
                self._deadline += waited_s
            with self._lock:
                if wake in self._callbacks:
                    self._callbacks.remove(wake)
        if self._cancelled or not future.done():
            future.cancel()
            if self._cancelled:
                raise JobCancelled
            raise self._timeout() if counts and remaining_s <= limit_s else TimeoutError
        try:
            return future.result()
        except CancelledError:  # by whoever runs it: the program is closing
            raise JobCancelled from None

    def pause(self, pause_s: float) -> None:
        """Wait for some seconds.

        Raises:
            JobCancelled: The job was cancelled meanwhile.
            JobTimeout: Its deadline passed meanwhile.
        """
        if pause_s > 0:
            with suppress(TimeoutError):
                self.wait_for(Future[None](), pause_s)

    def _timeout(self) -> JobTimeout:
        return JobTimeout("timeout_total", limit_s=self._timeout_s)
