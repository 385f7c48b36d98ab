"""Is the server alive, how busy is it, does it read? Asked by small looks, and told at once by jobs that fail."""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from glmocr_desktop.core.errors import OcrError, ServerUnavailable
from glmocr_desktop.core.log import OwnWord
from glmocr_desktop.core.model import Failure
from glmocr_desktop.recognition.canary import CanaryReport

_log = logging.getLogger(__name__)

_FAILURES_TO_DOWN = 2  # a single lost look is no outage
_SILENCES_TO_DOWN = 3  # a busy model can keep a whole server from answering for a while
_SLOW_MS = 1500.0  # a look takes 1-4 ms, up to 0.3 s beside a busy model (measured)
_SOON_S = 1.0  # to the next look while something is wrong, so that an outage and its end are seen quickly
_JITTER = 0.1  # many windows do not all ask at the same moment
_SAMPLE_S = 5.0
_HISTORY_S = 3600.0
_HISTORY_MOST = 1500  # twice the samples of an hour: room for a server that comes and goes

_LOGIN = frozenset({"server_needs_login", "login_refused"})
_CERTAIN = frozenset({"server_not_answering", "certificate_unknown", "not_this_computer"})  # no second look differs
_SILENCE = frozenset({"server_silent", "connect_slow"})


class HealthState(StrEnum):
    """What the status bar says of the server."""

    UNUSED = "unused"
    CHECKING = "checking"
    READY = "ready"
    BUSY = "busy"
    SLOW = "slow"
    NOT_READING = "not_reading"
    """It answers, but the pages whose text is known come back wrong."""
    NEEDS_LOGIN = "needs_login"
    DOWN = "down"


_WELL = frozenset({HealthState.READY, HealthState.BUSY, HealthState.SLOW})
_NOT_UP = frozenset({HealthState.DOWN, HealthState.UNUSED, HealthState.NOT_READING, HealthState.NEEDS_LOGIN})


@dataclass(frozen=True, slots=True)
class Sight:
    """What one look at a server shows.

    Attributes:
        waiting: Pages in the server's queue, anybody's.
        app_id: Changes when the server starts anew; empty when it was not asked for.
        version: The server's version; empty when it was not asked for.
    """

    waiting: int
    app_id: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The server's state at some moment of the last hour.

    Attributes:
        at_s: Seconds since 1970.
        latency_ms: How long the look took; None when nobody answered.
    """

    at_s: float
    state: HealthState
    latency_ms: float | None


@dataclass(frozen=True, slots=True)
class Health:
    """The server as it was last seen.

    Attributes:
        server: Its address.
        latency_ms: How long the last look took; None before the first one, and while it is down or asks for a login.
        waiting: Pages in the server's queue, anybody's.
        version: The server's version, as last heard; empty when it was never heard.
        canaries: How it read the pages whose text is known; None when it was not asked since it started.
        error: Why it is down or refuses.
    """

    state: HealthState
    server: str
    latency_ms: float | None = None
    waiting: int = 0
    version: str = ""
    canaries: CanaryReport | None = None
    error: Failure | None = None

    @property
    def up(self) -> bool:
        """Whether pages may be sent there; a server that was not seen yet gets its chance."""
        return self.state not in _NOT_UP


class HealthMonitor:
    """Keeps the last known `Health` and tells of every change that shows.

    Args:
        server: Address, for the words only.
        look: Asks the server once, bounded by itself; raises an `OcrError` when that fails.
        interval_s: Pause between looks while all is well.
        on_change: Called from the transport thread or the thread that reported; never with an older state last.
        on_restart: Called from the transport thread, once for each new start of the server or change of its version:
            what was uploaded to it and what is known of it holds no longer.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        server: str,
        look: Callable[[], Awaitable[Sight]],
        interval_s: float,
        on_change: Callable[[Health], None],
        on_restart: Callable[[Sight], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._interval_s = interval_s
        self._on_change = on_change
        self._on_restart = on_restart
        self._clock = clock
        self._lock = threading.Lock()
        self._telling = threading.RLock()  # again by a listener that reports something itself
        self._health = Health(HealthState.CHECKING, server)
        self._told = self._health
        self._app_id = ""
        self._failures = 0
        self._only_silence = True
        self._history: deque[tuple[float, Seen]] = deque(maxlen=_HISTORY_MOST)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._alarm = asyncio.Event()

    @property
    def health(self) -> Health:
        """The server as it was last seen."""
        return self._health

    @property
    def history(self) -> tuple[Seen, ...]:
        """The last hour, oldest first: every change of state, and a sample each few seconds between them."""
        oldest_s = self._clock() - _HISTORY_S
        with self._lock:
            return tuple(seen for moment_s, seen in self._history if moment_s >= oldest_s)

    async def watch(self) -> None:
        """Look until cancelled.

        Thread: transport only.
        """
        self._loop = asyncio.get_running_loop()
        while True:
            self._alarm.clear()
            try:
                await self.probe()
            except Exception:  # noqa: BLE001 - a bug costs one look, never the watch
                _log.exception("Looking at the server failed inside the program")
            soon_s, jitter = min(_SOON_S, self._interval_s), random.uniform(1 - _JITTER, 1 + _JITTER)
            if not self._failures:
                with suppress(TimeoutError):
                    # Not `asyncio.wait_for`, which loses a cancel that comes together with the alarm (Python 3.11).
                    async with asyncio.timeout(self._interval_s * jitter):
                        await self._alarm.wait()
            if self._failures:
                await asyncio.sleep(soon_s * jitter)

    async def probe(self) -> Health:
        """Look once, and return what came of it.

        Thread: transport only.
        """
        began_s = self._clock()
        try:
            sight = await self._look()
        except OcrError as error:
            self._fail(error, certain=error.kind in _CERTAIN)
        else:
            self._see(sight, max(0.0, self._clock() - began_s) * 1000)
        return self._health

    def report_down(self, error: OcrError) -> None:
        """A job found that nobody answers there: that is worth as much as several looks.

        Thread: any.
        """
        self._fail(error, certain=True)
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop is closed: the program is ending
                self._loop.call_soon_threadsafe(self._alarm.set)

    def report_canaries(self, report: CanaryReport) -> None:
        """Tell how the server read the pages whose text is known.

        A server that read none of them is not sent any page until a later report or its next start.

        Thread: any.
        """
        with self._lock:
            self._keep(self._judged(replace(self._health, canaries=report)))
        self._tell()

    def _see(self, sight: Sight, latency_ms: float) -> None:
        with self._lock:
            before = self._health
            restarted = any(
                known and heard and heard != known
                for known, heard in ((self._app_id, sight.app_id), (before.version, sight.version))
            )
            self._app_id = sight.app_id or self._app_id
            self._failures, self._only_silence = 0, True
            answering = replace(
                before,
                latency_ms=latency_ms,
                waiting=sight.waiting,
                version=sight.version or before.version,
                canaries=None if restarted else before.canaries,
            )
            self._keep(self._judged(answering))
        if restarted:
            self._on_restart(sight)
        self._tell()

    def _fail(self, error: OcrError, *, certain: bool) -> None:
        with self._lock:
            before = self._health
            if error.kind in _LOGIN:  # it answers, so that there is no hurry to look again
                self._failures, self._only_silence = 0, True
                state = HealthState.NEEDS_LOGIN
            else:
                self._failures += 1
                self._only_silence &= error.kind in _SILENCE
                enough = _SILENCES_TO_DOWN if self._only_silence else _FAILURES_TO_DOWN
                # The first look decides alone: nothing is known yet that one lost look could contradict.
                known_up = before.state not in (HealthState.CHECKING, HealthState.DOWN)
                if known_up and not certain and self._failures < enough:
                    return
                state = HealthState.DOWN
            self._keep(replace(before, state=state, latency_ms=None, waiting=0, error=Failure.of(error)))
        self._tell()

    def _judged(self, health: Health) -> Health:
        """The state of a server that answers; what is known of another one stays."""
        if health.latency_ms is None:
            return health
        if health.canaries is not None and health.canaries.reads_nothing:
            error = ServerUnavailable("server_not_reading", server=health.server)
            return replace(health, state=HealthState.NOT_READING, error=Failure.of(error))
        state = HealthState.BUSY if health.waiting else HealthState.READY
        return replace(health, state=HealthState.SLOW if health.latency_ms > _SLOW_MS else state, error=None)

    def _keep(self, health: Health) -> None:
        """Make this the last known health, under the lock."""
        changed, self._health = health.state is not self._health.state, health
        now_s = self._clock()
        # A clock that went back must not silence the samples until it has caught up.
        if changed or not self._history or not 0 <= now_s - self._history[-1][0] < _SAMPLE_S:
            self._history.append((now_s, Seen(time.time(), health.state, health.latency_ms)))

    def _tell(self) -> None:
        """Tell of the last known health if it looks different; one thread at a time, so that the newest comes last."""
        with self._telling:
            health, told = self._health, self._told
            if _shown(health) != _shown(told):
                self._told = health
                _log_change(told, health)
                self._on_change(health)


def _log_change(before: Health, now: Health) -> None:
    """Which server it is concerns nobody else, and how busy it is would fill the log."""
    if now.state is before.state or {before.state, now.state} <= _WELL:
        return
    facts: dict[str, object] = {"state": now.state, "before": before.state}
    if now.error is not None:
        facts["kind"] = OwnWord(now.error.kind)
    _log.info("The state of a server changed", extra={"facts": facts})


def _shown(health: Health) -> Health:
    return replace(health, latency_ms=None if health.latency_ms is None else round(health.latency_ms))
