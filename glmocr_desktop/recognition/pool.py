"""Places at an engine: who may use it now, and who waits for a turn."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled


class LanePool:
    """Hands out a fixed number of lanes, first come, first served.

    The mutable state is the set of waiting places, the count of lanes in use, and whether the pool is closed. It
    changes under the lock only; who gets a lane is decided there, and told to the waiting thread outside.
    A place resolves to True when a lane goes with it, to False when the pool was closed.

    Args:
        max_lanes: How many lanes there are, at least 1.
        wait_s: How long one waits for a lane, in seconds.

    Thread: any.
    """

    def __init__(self, max_lanes: int, wait_s: float = math.inf) -> None:
        self._max_lanes = max_lanes
        self._wait_s = wait_s
        self._lock = threading.Lock()
        self._places: deque[Future[bool]] = deque()
        self._in_use = 0
        self._closed = False

    def __repr__(self) -> str:
        with self._lock:
            end = ", closed" if self._closed else ""
            return f"<LanePool {self._in_use} of {self._max_lanes} in use, {len(self._places)} waiting{end}>"

    @property
    def in_use(self) -> int:
        """How many lanes are held now."""
        return self._in_use

    @property
    def waiting(self) -> int:
        """How many wait for a lane now."""
        return len(self._places)

    @contextmanager
    def lane(self, token: CancelToken) -> Iterator[None]:
        """Hold a lane for the length of a ``with`` block; it is given back on every path.

        Args:
            token: Ends the waiting when the job is cancelled or its deadline passes.

        Raises:
            JobCancelled: The job was cancelled, or the pool is closed.
            JobTimeout: The job's deadline passed.
            TimeoutError: No lane became free within `wait_s`.
        """
        self._take(token)
        try:
            yield
        finally:
            self._give_back()

    def close(self) -> None:
        """Send away all who wait, and whoever comes later; lanes in use are not taken away."""
        with self._lock:
            self._closed = True
            waiting = [place for place in self._places if place.set_running_or_notify_cancel()]
            self._places.clear()
        for place in waiting:
            place.set_result(False)

    def _take(self, token: CancelToken) -> None:
        """Come back with a lane, or raise without one."""
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
        try:
            handed = token.wait_for(place, self._wait_s)
        except BaseException:
            self._withdraw(place)
            raise
        if not handed:
            raise JobCancelled

    def _withdraw(self, place: Future[bool]) -> None:
        """Give up a place; a lane that was handed over at that very moment goes to the next one."""
        with self._lock:
            if place in self._places:
                self._places.remove(place)
        if not place.cancel() and place.result():
            self._give_back()

    def _give_back(self) -> None:
        """Hand the lane over to the longest waiting, or make it free."""
        with self._lock:
            heir = self._first_waiting()
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
