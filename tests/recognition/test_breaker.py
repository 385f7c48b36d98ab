"""A server that fails is left alone for a while, and one page at a time finds out whether it is back."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress

import pytest

from glmocr_desktop.core.errors import (
    InputError,
    JobCancelled,
    JobTimeout,
    OcrError,
    RecognitionError,
    ServerBusy,
    ServerUnavailable,
)
from glmocr_desktop.recognition.breaker import BreakerState, CircuitBreaker, Outcome, outcome_of

FAULT = ServerUnavailable("server_not_answering", server="http://here")


class FakeClock:
    """Seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class BusyClock(FakeClock):
    """Takes long enough to be looked at that another thread has its turn meanwhile."""

    def __call__(self) -> float:
        return self.now_s + 0 * sum(1 for _ in range(20_000))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def breaker(clock: FakeClock) -> CircuitBreaker:
    return CircuitBreaker(3, 10, clock)


def attempt(breaker: CircuitBreaker, error: BaseException | None = None) -> bool:
    """Ask the server, unless it may not be asked."""
    with suppress(BaseException), breaker.attempt() as allowed:
        if allowed and error is not None:
            raise error
    return allowed


def open_it(breaker: CircuitBreaker) -> None:
    while attempt(breaker, FAULT):
        pass


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, Outcome.SUCCESS),
        (RecognitionError("server_cancelled"), Outcome.SUCCESS),
        (ServerUnavailable("server_not_answering", server=""), Outcome.FAULT),
        (ServerUnavailable("server_silent", server="", limit_s=1), Outcome.FAULT),
        (ServerUnavailable("server_broken", server="", detail=""), Outcome.FAULT),
        (ServerUnavailable("server_not_gradio", server=""), Outcome.FAULT),
        (ServerUnavailable("server_needs_login", server=""), Outcome.NEUTRAL),
        (ServerUnavailable("server_no_endpoint", server=""), Outcome.NEUTRAL),
        (ServerUnavailable("server_no_such_endpoint", server="", endpoint="", offered=""), Outcome.NEUTRAL),
        (ServerUnavailable("server_down", server=""), Outcome.NEUTRAL),
        (ServerBusy("server_busy", server=""), Outcome.NEUTRAL),
        (ServerBusy("lane_wait", server="", limit_s=1), Outcome.NEUTRAL),
        (JobCancelled(), Outcome.NEUTRAL),
        (JobTimeout("timeout_total", limit_s=1), Outcome.NEUTRAL),
        (InputError("damaged", name="a.png"), Outcome.NEUTRAL),
        (ValueError("a bug"), Outcome.NEUTRAL),
        (KeyboardInterrupt(), Outcome.NEUTRAL),
    ],
)
def test_only_real_faults_count(error: BaseException | None, outcome: Outcome) -> None:
    assert outcome_of(error) is outcome


def test_opens_after_faults_in_a_row(breaker: CircuitBreaker) -> None:
    for faults in range(3):
        assert repr(breaker) == f"<CircuitBreaker closed, {faults} of 3 faults>"
        assert attempt(breaker, FAULT)
    assert repr(breaker) == "<CircuitBreaker open, 10.000 s left>"
    assert not attempt(breaker)


def test_a_success_between_faults_begins_the_count_anew(breaker: CircuitBreaker) -> None:
    for error in (FAULT, FAULT, None, FAULT, FAULT):
        attempt(breaker, error)
    assert repr(breaker) == "<CircuitBreaker closed, 2 of 3 faults>"


def test_what_says_nothing_neither_counts_nor_forgives(breaker: CircuitBreaker) -> None:
    for error in (FAULT, JobCancelled(), FAULT, KeyboardInterrupt(), ServerBusy("server_busy", server="")):
        attempt(breaker, error)
    assert repr(breaker) == "<CircuitBreaker closed, 2 of 3 faults>"


def test_one_fault_can_be_enough(clock: FakeClock) -> None:
    breaker = CircuitBreaker(1, 10, clock)
    attempt(breaker, FAULT)
    assert breaker.state is BreakerState.OPEN


def test_the_error_of_an_attempt_goes_on_to_its_caller(breaker: CircuitBreaker) -> None:
    with pytest.raises(ServerUnavailable) as caught, breaker.attempt():
        raise FAULT
    assert caught.value is FAULT


def test_what_happens_in_a_block_that_may_not_ask_counts_for_nothing(breaker: CircuitBreaker) -> None:
    open_it(breaker)
    with suppress(ServerUnavailable), breaker.attempt() as allowed:
        raise FAULT
    assert not allowed
    assert repr(breaker) == "<CircuitBreaker open, 10.000 s left>"


def test_half_open_exactly_after_the_pause(breaker: CircuitBreaker, clock: FakeClock) -> None:
    open_it(breaker)
    clock.now_s += 9.999
    assert (breaker.state, attempt(breaker)) == (BreakerState.OPEN, False)
    clock.now_s += 0.001
    assert repr(breaker) == "<CircuitBreaker half-open, trial wanted>"
    assert attempt(breaker)
    assert repr(breaker) == "<CircuitBreaker closed, 0 of 3 faults>"


def test_one_trial_at_a_time(breaker: CircuitBreaker, clock: FakeClock) -> None:
    open_it(breaker)
    clock.now_s += 10
    with breaker.attempt() as trial:
        assert repr(breaker) == "<CircuitBreaker half-open, trial under way>"
        clock.now_s += 1000
        assert (trial, attempt(breaker)) == (True, False)
    assert attempt(breaker)


def test_the_pause_doubles_after_each_failed_trial_up_to_a_limit(breaker: CircuitBreaker, clock: FakeClock) -> None:
    open_it(breaker)
    for pause_s in (20, 40, 80, 80):
        clock.now_s += 80
        assert attempt(breaker, FAULT)
        assert repr(breaker) == f"<CircuitBreaker open, {pause_s}.000 s left>"


def test_the_first_pause_is_short_again_after_a_success(breaker: CircuitBreaker, clock: FakeClock) -> None:
    open_it(breaker)
    clock.now_s += 10
    attempt(breaker, FAULT)
    clock.now_s += 20
    attempt(breaker)
    open_it(breaker)
    assert repr(breaker) == "<CircuitBreaker open, 10.000 s left>"


def test_three_faults_are_needed_again_after_a_success(breaker: CircuitBreaker, clock: FakeClock) -> None:
    open_it(breaker)
    clock.now_s += 10
    attempt(breaker)
    attempt(breaker, FAULT)
    attempt(breaker, FAULT)
    assert breaker.state is BreakerState.CLOSED


@pytest.mark.parametrize("error", [JobCancelled(), KeyboardInterrupt(), ServerBusy("server_busy", server="")])
def test_a_trial_that_says_nothing_makes_room_for_another(
    breaker: CircuitBreaker, clock: FakeClock, error: BaseException
) -> None:
    open_it(breaker)
    clock.now_s += 10
    assert attempt(breaker, error)
    assert repr(breaker) == "<CircuitBreaker half-open, trial wanted>"
    assert attempt(breaker)
    assert breaker.state is BreakerState.CLOSED


def test_a_server_that_refuses_a_page_is_back(breaker: CircuitBreaker, clock: FakeClock) -> None:
    open_it(breaker)
    clock.now_s += 10
    attempt(breaker, RecognitionError("server_cancelled"))
    assert breaker.state is BreakerState.CLOSED


@pytest.mark.parametrize("late_error", [None, FAULT])
def test_what_was_under_way_when_it_opened_decides_nothing(
    breaker: CircuitBreaker, clock: FakeClock, late_error: OcrError | None
) -> None:
    """Neither closes it, nor takes the place of the trial, nor counts after the server came back."""
    late = [breaker.attempt() for _ in range(3)]
    for each in late:
        each.__enter__()
    open_it(breaker)
    leave(late[0], late_error)
    assert repr(breaker) == "<CircuitBreaker open, 10.000 s left>"
    clock.now_s += 10
    with breaker.attempt():
        leave(late[1], late_error)
        assert repr(breaker) == "<CircuitBreaker half-open, trial under way>"
    attempt(breaker, FAULT)
    leave(late[2], late_error)
    assert repr(breaker) == "<CircuitBreaker closed, 1 of 3 faults>"


def test_a_sign_of_life_ends_the_pause_with_a_trial(breaker: CircuitBreaker) -> None:
    open_it(breaker)
    breaker.end_pause()
    assert repr(breaker) == "<CircuitBreaker half-open, trial wanted>"
    with breaker.attempt() as trial:
        breaker.end_pause()
        assert (trial, attempt(breaker)) == (True, False)
    assert breaker.state is BreakerState.CLOSED


def test_a_sign_of_life_means_nothing_to_a_closed_one(breaker: CircuitBreaker) -> None:
    attempt(breaker, FAULT)
    breaker.end_pause()
    assert repr(breaker) == "<CircuitBreaker closed, 1 of 3 faults>"


@pytest.fixture
def _restless() -> Iterator[None]:
    """Threads take turns as often as they can, so that they meet in the middle of everything."""
    before_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before_s)


@pytest.mark.usefixtures("_restless")
def test_fifty_threads_in_half_open_let_exactly_one_through() -> None:
    """Every thread holds its answer until all have one; the trial is cancelled, so each round begins alike."""
    clock = BusyClock()
    breaker = CircuitBreaker(1, 10, clock)
    open_it(breaker)
    clock.now_s += 10
    together = threading.Barrier(50)

    def ask() -> bool:
        together.wait(10)
        with suppress(JobCancelled), breaker.attempt() as allowed:
            together.wait(10)
            raise JobCancelled
        return allowed

    with ThreadPoolExecutor(50) as threads:
        for _ in range(20):
            assert sum(each.result(20) for each in [threads.submit(ask) for _ in range(50)]) == 1
    assert repr(breaker) == "<CircuitBreaker half-open, trial wanted>"


@pytest.mark.usefixtures("_restless")
def test_no_count_is_lost_between_threads(clock: FakeClock) -> None:
    breaker = CircuitBreaker(10_001, 10, clock)
    with ThreadPoolExecutor(20) as threads:
        for each in [threads.submit(lambda: [attempt(breaker, FAULT) for _ in range(500)]) for _ in range(20)]:
            assert all(each.result(20))
    assert repr(breaker) == "<CircuitBreaker closed, 10000 of 10001 faults>"


@pytest.mark.parametrize("seed", range(20))
def test_any_course_of_events_agrees_with_the_rules(seed: int) -> None:
    """A model that knows the rules and nothing of the code: 1,000 random events, with up to 8 attempts under way."""
    chance, clock, model = random.Random(seed), FakeClock(), Model()
    breaker = CircuitBreaker(3, 10, clock)
    under_way: list[tuple[AbstractContextManager[bool], str]] = []
    for _ in range(1000):
        event = chance.choice(("begin", "begin", "end", "end", "wait", "sign"))
        if event == "begin" and len(under_way) < 8:
            block: AbstractContextManager[bool] = breaker.attempt()
            role = model.begin(clock.now_s)
            assert block.__enter__() == (role != "refused")
            under_way.append((block, role))
        elif event == "end" and under_way:
            ending, role = under_way.pop(chance.randrange(len(under_way)))
            error = chance.choice((None, FAULT, FAULT, JobCancelled()))
            leave(ending, error)
            model.end(role, error, clock.now_s)
        elif event == "wait":
            clock.now_s += chance.choice((0.5, 5, 40))
        elif event == "sign" and chance.random() < 0.2:
            breaker.end_pause()
            model.until_s = min(model.until_s, clock.now_s)
        assert breaker.state == model.state(clock.now_s)


class Model:
    """The rules, told by the story of each server failure: attempts are named by the failure they came after."""

    def __init__(self) -> None:
        self.row: list[str] = []
        self.broken = False
        self.until_s = 0.0
        self.trials_failed = 0
        self.trial: str | None = None
        self.name = 0

    def state(self, now_s: float) -> str:
        if not self.broken:
            return "closed"
        return "half_open" if self.trial or now_s >= self.until_s else "open"

    def begin(self, now_s: float) -> str:
        if not self.broken:
            return f"usual {self.name}"
        if self.trial or now_s < self.until_s:
            return "refused"
        self.name += 1
        self.trial = f"trial {self.name}"
        return self.trial

    def end(self, role: str, error: OcrError | None, now_s: float) -> None:
        if role == self.trial:
            self.trial = None
            if error is FAULT:
                self.trials_failed += 1
                self.until_s = now_s + min(10 * 2**self.trials_failed, 80)
            elif error is None:
                self.broken, self.row = False, []
        elif not self.broken and role == f"usual {self.name}":
            self.row = [] if error is None else [*self.row, role] if error is FAULT else self.row
            if len(self.row) == 3:
                self.broken, self.trials_failed, self.until_s = True, 0, now_s + 10


def leave(block: AbstractContextManager[bool], error: BaseException | None) -> None:
    """End a ``with`` block that was begun by hand."""
    if error is None:
        block.__exit__(None, None, None)
    else:
        with suppress(type(error)):
            block.__exit__(type(error), error, error.__traceback__)
