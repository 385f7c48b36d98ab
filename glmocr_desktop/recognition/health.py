"""Is the server alive, and how busy is it? Asked by small probes, and told at once by jobs that fail."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from glmocr_desktop.core.errors import OcrError

_FAILURES_TO_DOWN = 2  # a single lost probe is no outage
_SLOW_MS = 1500.0  # a probe takes 1-4 ms, up to 0.3 s beside a busy model


class HealthState(StrEnum):
    """What the status bar says of the server."""

    UNUSED = "unused"
    CHECKING = "checking"
    READY = "ready"
    BUSY = "busy"
    SLOW = "slow"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Health:
    """The server as it was last seen.

    Attributes:
        server: Its address.
        latency_ms: How long the last probe took; None before the first one and while it is down.
        waiting: Pages in the server's queue, anybody's.
    """

    state: HealthState
    server: str
    latency_ms: float | None = None
    waiting: int = 0

    @property
    def up(self) -> bool:
        """Whether pages may be sent there; a server that was not seen yet gets its chance."""
        return self.state not in (HealthState.DOWN, HealthState.UNUSED)


class HealthMonitor:
    """Keeps the last known `Health` and tells of every change.

    Args:
        server: Address, for the words only.
        probe: Asks the server once and returns how many pages wait in its queue.
        interval_s: Pause between probes.
        on_change: Called from the transport thread or a pool thread, only when something changed.
    """

    def __init__(
        self,
        server: str,
        probe: Callable[[], Awaitable[int]],
        interval_s: float,
        on_change: Callable[[Health], None],
    ) -> None:
        self._probe = probe
        self._interval_s = interval_s
        self._on_change = on_change
        self._lock = threading.Lock()
        self._health = Health(HealthState.CHECKING, server)
        self._failures = 0

    @property
    def health(self) -> Health:
        """The server as it was last seen."""
        return self._health

    async def watch(self) -> None:
        """Probe until cancelled.

        Thread: transport only.
        """
        while True:
            await self.probe()
            await asyncio.sleep(self._interval_s * random.uniform(0.9, 1.1))

    async def probe(self) -> Health:
        """Probe once, and return what came of it.

        Thread: transport only.
        """
        began = time.perf_counter()
        try:
            waiting = await self._probe()
        except OcrError:
            self._failures += 1
            # The first look decides alone: nothing is known yet that one lost probe could contradict.
            if self._failures >= _FAILURES_TO_DOWN or self._health.state is HealthState.CHECKING:
                self.report_down()
        else:
            self._failures = 0
            latency_ms = (time.perf_counter() - began) * 1000
            state = HealthState.BUSY if waiting else HealthState.READY
            self._set(HealthState.SLOW if latency_ms > _SLOW_MS else state, latency_ms, waiting)
        return self._health

    def report_down(self) -> None:
        """A job found that nobody answers there: that is worth as much as several probes.

        Thread: any.
        """
        self._set(HealthState.DOWN, None, 0)

    def _set(self, state: HealthState, latency_ms: float | None, waiting: int) -> None:
        with self._lock:
            before = self._health
            self._health = Health(state, before.server, latency_ms, waiting)
            changed = self._health != before
        if changed:
            self._on_change(self._health)
