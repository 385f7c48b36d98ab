"""Lanes: places at an engine, who may use one now, and who waits for a turn."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError


class LanePool:
    """Hands out a number of lanes, first come, first served.

    Waiting for a lane does not count against a job's deadline: its turn has not come.

    The mutable state is the line of waiting places, the count of lanes in use, the number of lanes, and whether the
    pool is closed. It changes under the lock only; who gets a lane is decided there, and told to the waiting thread
    outside. A place resolves to True when a lane goes with it, to False when the pool was closed.

    Args:
        max_lanes: How many lanes there are, at least 1.
        clock: Monotonic seconds.

    Thread: any.
    """

    def __init__(self, max_lanes: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_lanes = max_lanes
        self._clock = clock
        self._lock = threading.Lock()
        self._places: deque[Future[bool]] = deque()
        self._in_use = 0
        self._waited_s = 0.0
        self._closed = False

    def __repr__(self) -> str:
        with self._lock:
            end = ", closed" if self._closed else ""
            return f"<LanePool {self._in_use} of {self._max_lanes} in use, {len(self._places)} waiting{end}>"

    @property
    def max_lanes(self) -> int:
        """How many lanes there are."""
        return self._max_lanes

    @property
    def in_use(self) -> int:
        """How many lanes are held now."""
        return self._in_use

    @property
    def waiting(self) -> int:
        """How many wait for a lane now."""
        return len(self._places)

    @property
    def waited_s(self) -> float:
        """How long all coroutines have waited for a lane, in seconds."""
        return self._waited_s

    @contextmanager
    def lane(self, token: CancelToken) -> Iterator[None]:
        """Hold a lane for the length of a ``with`` block; it is given back on every path.

        Args:
            token: Ends the waiting when the job is cancelled.

        Raises:
            JobCancelled: The job was cancelled, or the pool is closed.
        """
        place = self._ask()
        with self._held(place):
            if not token.wait_for(place, counts=False):
                raise JobCancelled
            yield

    @asynccontextmanager
    async def lane_for_coroutine(self, wait_s: float) -> AsyncIterator[None]:
        """Hold a lane for the length of an ``async with`` block; it is given back on every path.

        Args:
            wait_s: How long to wait; zero takes a free lane or none.

        Raises:
            JobCancelled: The pool is closed.
            TimeoutError: No lane became free in time.
            OcrError: Whatever `refuse_waiting` says.
        """
        place = self._ask()
        with self._held(place):
            if not place.done():
                began_s = self._clock()
                try:
                    async with asyncio.timeout(wait_s):
                        await asyncio.wrap_future(place)
                finally:
                    with self._lock:
                        self._waited_s += self._clock() - began_s
            if not place.result():
                raise JobCancelled
            yield

    def resize(self, max_lanes: int) -> None:
        """Have more lanes, or fewer; those in use are not taken away."""
        heirs = []
        with self._lock:
            self._max_lanes = max_lanes
            while self._in_use < max_lanes and (heir := self._first_waiting()):
                self._in_use += 1
                heirs.append(heir)
        for heir in heirs:
            heir.set_result(True)

    def refuse_waiting(self, error: OcrError) -> None:
        """Send away all who wait now, with this error; whoever comes later may wait again."""
        for place in self._dismissed():
            place.set_exception(error)

    def close(self) -> None:
        """Send away all who wait, and whoever comes later; lanes in use are not taken away. Idempotent."""
        with self._lock:
            self._closed = True
        for place in self._dismissed():
            place.set_result(False)

    def _dismissed(self) -> list[Future[bool]]:
        """Those who waited, and do so no longer."""
        with self._lock:
            dismissed = []
            while place := self._first_waiting():
                dismissed.append(place)
            return dismissed

    def _ask(self) -> Future[bool]:
        """A place in the line, or a lane at once."""
        place: Future[bool] = Future()
        with self._lock:
            if self._closed:
                raise JobCancelled
            free = self._in_use < self._max_lanes
            if free:
                self._in_use += 1
            else:
                self._places.append(place)
        if free:
            place.set_result(True)
        return place

    @contextmanager
    def _held(self, place: Future[bool]) -> Iterator[None]:
        """Give a place up at the end, and the lane back if one came with it."""
        try:
            yield
        finally:
            with self._lock:
                if place in self._places:
                    self._places.remove(place)
            # A lane may have been handed over at the very moment in which its place was given up.
            if not place.cancel() and place.exception() is None and place.result():
                self._give_back()

    def _give_back(self) -> None:
        """Hand the lane over to the longest waiting, or make it free."""
        with self._lock:
            heir = self._first_waiting() if self._in_use <= self._max_lanes else None
            if heir is None:
                self._in_use -= 1
        if heir is not None:
            heir.set_result(True)

    def _first_waiting(self) -> Future[bool] | None:
        """The next place that was not given up; from here on it can no longer be cancelled. Called with the lock."""
        while self._places:
            place = self._places.popleft()
            if place.set_running_or_notify_cancel():
                return place
        return None
