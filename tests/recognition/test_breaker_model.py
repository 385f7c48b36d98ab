"""The circuit breaker beside a few plain numbers, by a clock that a test turns."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from glmocr_desktop.core.errors import JobCancelled, RecognitionError, ServerUnavailable
from glmocr_desktop.recognition.breaker import BreakerState, CircuitBreaker, Outcome

pytestmark = pytest.mark.fuzz

_ENDS: dict[Outcome, list[BaseException | None]] = {
    Outcome.SUCCESS: [None, RecognitionError("empty_answer")],
    Outcome.FAULT: [ServerUnavailable("server_not_answering", server="http://here")],
    Outcome.NEUTRAL: [JobCancelled(), KeyError("a bug"), ServerUnavailable("server_needs_login", server="http://here")],
}
_MOST_GROWTH = 8


@dataclass
class _Asked:
    """An attempt that was let in, and when."""

    context: AbstractContextManager[bool]
    opening: int
    trial: bool


class BreakerMachine(RuleBasedStateMachine):
    """Attempts begin and end in any order while time passes."""

    @initialize(failures=st.integers(1, 4), pause_s=st.sampled_from([1.0, 10.0]))
    def build(self, failures: int, pause_s: float) -> None:
        """A breaker as settings make it."""
        self.now_s = 1000.0
        self.failures, self.first_s = failures, pause_s
        self.breaker = CircuitBreaker(failures, pause_s, lambda: self.now_s)
        self.faults = self.openings = 0
        self.pause_s = pause_s
        self.until_s: float | None = None
        self.trial = False
        self.asked: list[_Asked] = []

    @property
    def wanted(self) -> BreakerState:
        """What the breaker must say."""
        if self.until_s is None:
            return BreakerState.CLOSED
        return BreakerState.HALF_OPEN if self.trial or self.now_s >= self.until_s else BreakerState.OPEN

    @rule()
    def begin(self) -> None:
        """Somebody wants to ask the server."""
        state = self.wanted
        context = self.breaker.attempt()
        allowed = context.__enter__()
        assert allowed == (state is BreakerState.CLOSED or (state is BreakerState.HALF_OPEN and not self.trial))
        if allowed:
            self.trial = state is BreakerState.HALF_OPEN
            self.asked.append(_Asked(context, self.openings, self.trial))

    @rule(which=st.integers(0, 9), outcome=st.sampled_from(Outcome), kind=st.integers(0, 2))
    def end(self, which: int, outcome: Outcome, kind: int) -> None:
        """An attempt ends; it counts if the breaker has not opened since it was let in."""
        if not self.asked:
            return
        attempt = self.asked.pop(which % len(self.asked))
        error = _ENDS[outcome][kind % len(_ENDS[outcome])]
        attempt.context.__exit__(type(error) if error else None, error, None)
        if attempt.opening == self.openings:
            self._count(outcome)

    def _count(self, outcome: Outcome) -> None:
        trial, self.trial = self.trial, False
        if outcome is Outcome.FAULT:
            self.faults += 1
            if trial or self.faults >= self.failures:
                self.pause_s = min(2 * self.pause_s, _MOST_GROWTH * self.first_s) if trial else self.first_s
                self.until_s = self.now_s + self.pause_s
                self.openings += 1
        elif outcome is Outcome.SUCCESS:
            self.faults = 0
            if trial:
                self.until_s = None

    @rule(seconds=st.sampled_from([0.0, 0.5, 1.0, 9.9, 10.0, 79.0, 80.0]))
    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.now_s += seconds

    @rule()
    def end_pause(self) -> None:
        """There is a sign that the server is back."""
        self.breaker.end_pause()
        if self.until_s is not None:
            self.until_s = self.now_s

    @invariant()
    def same(self) -> None:
        """Both say the same, and the pause never grows beyond its bound."""
        assert self.breaker.state is self.wanted
        if self.until_s is not None:
            assert self.until_s - self.now_s <= _MOST_GROWTH * self.first_s


TestBreakerModel = BreakerMachine.TestCase
