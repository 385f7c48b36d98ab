"""The circuit breaker: a server that failed several times in a row is left alone for a while.

While it is open, pages go to the next engine at once instead of waiting for a timeout each.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from glmocr_desktop.core.errors import RecognitionError, ServerUnavailable

_MAX_GROWTH = 8  # the pause doubles after each failed trial, up to this many times the first one

# A wrong address or a missing login will not pass with time, and its own sentence helps more than "is down".
# "server_down" is said without asking the server.
_NOT_FAULTS = frozenset(
    {
        "server_needs_login",
        "login_refused",
        "password_store_locked",
        "certificate_unknown",
        "certificates_unusable",
        "proxy_unknown",
        "not_this_computer",
        "server_no_endpoint",
        "server_no_such_endpoint",
        "server_down",
    }
)


class BreakerState(StrEnum):
    """Who is let through: everybody, nobody, or one trial."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Outcome(StrEnum):
    """What an attempt says of the server; `NEUTRAL` says nothing."""

    SUCCESS = "success"
    FAULT = "fault"
    NEUTRAL = "neutral"


def outcome_of(error: BaseException | None) -> Outcome:
    """What the end of an attempt says of the server.

    A server that refuses a page is alive. A cancel, a deadline that the user chose, a full queue and a bug say nothing.

    Args:
        error: How the attempt failed; None when it gave an answer.
    """
    if error is None or isinstance(error, RecognitionError):
        return Outcome.SUCCESS
    if isinstance(error, ServerUnavailable) and error.kind not in _NOT_FAULTS:
        return Outcome.FAULT
    return Outcome.NEUTRAL


class CircuitBreaker:
    """Decides whether a server may be asked, by how the attempts before ended.

    Closed, it lets everybody through. After `failures_to_open` faults in a row it is open and lets nobody through.
    After `open_s` it is half-open and lets exactly one trial through: success closes it, a fault opens it again for
    twice as long (up to 8 times `open_s`), and a trial that ends without saying anything makes room for another.

    The mutable state changes under the lock only. Every opening begins a new period, and an attempt counts only in the
    period in which it was let in: what was under way when the server failed decides nothing later.

    Args:
        failures_to_open: Faults in a row that open it, at least 1.
        open_s: The first pause, in seconds.
        clock: Monotonic seconds.

    Thread: any.
    """

    def __init__(self, failures_to_open: int, open_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._failures_to_open = failures_to_open
        self._open_s = open_s
        self._clock = clock
        self._lock = threading.Lock()
        self._period = 0
        self._faults = 0
        self._pause_s = open_s
        self._open_until: float | None = None  # None while closed
        self._on_trial = False

    def __repr__(self) -> str:
        with self._lock:
            state = self._state()
            if state is BreakerState.CLOSED or self._open_until is None:
                how = f"closed, {self._faults} of {self._failures_to_open} faults"
            elif state is BreakerState.OPEN:
                how = f"open, {self._open_until - self._clock():.3f} s left"
            else:
                how = f"half-open, trial {'under way' if self._on_trial else 'wanted'}"
        return f"<CircuitBreaker {how}>"

    @property
    def state(self) -> BreakerState:
        """Where it is now; by the time it is used, another thread may have changed it, so `attempt` decides."""
        with self._lock:
            return self._state()

    @contextmanager
    def attempt(self) -> Iterator[bool]:
        """Ask the server inside of a ``with`` block; how the block ends is counted by `outcome_of`, on every path.

        Yields:
            Whether the server may be asked. When not, nothing is counted, whatever the block does.
        """
        period = self._enter()
        if period is None:
            yield False
            return
        try:
            yield True
        except BaseException as error:
            self._leave(period, outcome_of(error))
            raise
        self._leave(period, Outcome.SUCCESS)

    def end_pause(self) -> None:
        """Let a trial through now: there is a sign that the server is back. No effect unless it is open."""
        with self._lock:
            if self._open_until is not None:
                self._open_until = self._clock()

    def _state(self) -> BreakerState:
        """Called with the lock."""
        if self._open_until is None:
            return BreakerState.CLOSED
        return BreakerState.HALF_OPEN if self._on_trial or self._clock() >= self._open_until else BreakerState.OPEN

    def _enter(self) -> int | None:
        """The period in which the attempt counts; None when it may not begin."""
        with self._lock:
            state = self._state()
            if state is BreakerState.OPEN or self._on_trial:
                return None
            self._on_trial = state is BreakerState.HALF_OPEN
            return self._period

    def _leave(self, period: int, outcome: Outcome) -> None:
        """Count an attempt that was let in."""
        with self._lock:
            if period != self._period:
                return
            trial, self._on_trial = self._on_trial, False
            if outcome is Outcome.FAULT:
                self._faults += 1
                if trial:
                    self._open(min(self._pause_s * 2, self._open_s * _MAX_GROWTH))
                elif self._faults >= self._failures_to_open:
                    self._open(self._open_s)
            elif outcome is Outcome.SUCCESS:
                self._faults = 0
                if trial:
                    self._open_until = None

    def _open(self, pause_s: float) -> None:
        """Called with the lock."""
        self._pause_s = pause_s
        self._open_until = self._clock() + pause_s
        self._period += 1
