"""The token that ends jobs early: who is first wins, and nobody waits longer than allowed."""

from __future__ import annotations

import math
import threading
import time
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, JobTimeout


class _Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_new_token_is_open() -> None:
    token = CancelToken()
    token.check()
    assert not token.cancelled
    assert token.remaining_s() == math.inf
    assert repr(token) == "<CancelToken open, inf s left>"


def test_deadline_counts_from_the_start() -> None:
    """With a clock that the test moves."""
    clock = _Clock()
    token = CancelToken(clock)
    clock.now += 100
    token.start(5)
    assert token.remaining_s() == 5
    clock.now += 4.999
    token.check()
    clock.now += 0.001
    assert token.remaining_s() == 0
    with pytest.raises(JobTimeout) as caught:
        token.check()
    assert caught.value.values == {"limit_s": 5}
    clock.now += 100
    assert token.remaining_s() == 0


def test_cancel_beats_a_deadline_that_passed_too() -> None:
    clock = _Clock()
    token = CancelToken(clock)
    token.start(1)
    clock.now += 2
    assert token.cancel()
    with pytest.raises(JobCancelled):
        token.check()
    assert "cancelled" in repr(token)


def test_cancel_after_close_comes_too_late() -> None:
    token = CancelToken()
    token.close()
    assert not token.cancel()
    token.check()
    assert not token.cancelled
    assert "closed" in repr(token)


def test_close_after_cancel_is_refused() -> None:
    token = CancelToken()
    assert token.cancel()
    assert token.cancel()  # twice is once
    with pytest.raises(JobCancelled):
        token.close()


def test_of_cancel_and_close_exactly_one_wins() -> None:
    """1,000 races between two threads; both must agree on who was first."""
    cancels = closes = 0
    with ThreadPoolExecutor(2) as threads:
        for _ in range(1000):
            token = CancelToken()
            barrier = threading.Barrier(2)

            def close(token: CancelToken = token, barrier: threading.Barrier = barrier) -> bool:
                barrier.wait(10)
                try:
                    token.close()
                except JobCancelled:
                    return False
                return True

            def cancel(token: CancelToken = token, barrier: threading.Barrier = barrier) -> bool:
                barrier.wait(10)
                return token.cancel()

            closed, cancelled = threads.submit(close), threads.submit(cancel)
            assert closed.result(10) != cancelled.result(10)
            assert token.cancelled == cancelled.result()
            cancels += cancelled.result()
            closes += closed.result()
    assert cancels + closes == 1000


def test_wait_returns_the_result() -> None:
    future: Future[int] = Future()
    threading.Timer(0.01, future.set_result, [7]).start()
    assert CancelToken().wait_for(future) == 7


def test_wait_raises_what_the_future_raises() -> None:
    future: Future[int] = Future()
    future.set_exception(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        CancelToken().wait_for(future)


def test_cancel_frees_a_waiting_thread_at_once() -> None:
    """And the future is cancelled with it."""
    token, future = CancelToken(), Future[int]()
    cancelled_at: list[float] = []

    def cancel() -> None:
        cancelled_at.append(time.monotonic())
        token.cancel()

    threading.Timer(0.02, cancel).start()
    with pytest.raises(JobCancelled):
        token.wait_for(future)
    assert time.monotonic() - cancelled_at[0] < 5
    assert future.cancelled()


def test_a_cancelled_token_waits_for_nothing() -> None:
    token, future = CancelToken(), Future[int]()
    token.cancel()
    with pytest.raises(JobCancelled):
        token.wait_for(future)
    assert future.cancelled()


def test_deadline_ends_the_wait() -> None:
    token, future = CancelToken(), Future[int]()
    token.start(0.02)
    began = time.monotonic()
    with pytest.raises(JobTimeout):
        token.wait_for(future, limit_s=60)
    assert 0.02 <= time.monotonic() - began < 30
    assert future.cancelled()


def test_the_limit_of_a_step_is_no_deadline() -> None:
    token, future = CancelToken(), Future[int]()
    token.start(10)
    with pytest.raises(TimeoutError):
        token.wait_for(future, limit_s=0.01)
    assert future.cancelled()
    token.check()


def test_work_that_was_cancelled_by_who_runs_it_ends_the_job() -> None:
    """A transport that closes cancels its coroutines: that is no bug of the program."""
    future: Future[int] = Future()
    assert future.cancel()
    with pytest.raises(JobCancelled) as caught:
        CancelToken().wait_for(future)
    assert not isinstance(caught.value, CancelledError)


def test_a_token_keeps_nothing_of_the_waits_that_ended() -> None:
    """A job waits often; what stays behind after each would be called by a late cancel."""
    token = CancelToken()
    for number in range(50):
        future: Future[int] = Future()
        future.set_result(number)
        assert token.wait_for(future) == number
    with pytest.raises(TimeoutError):
        token.wait_for(Future[int](), limit_s=0)
    assert token._callbacks == []


def test_many_threads_wait_on_one_token() -> None:
    """One cancel frees them all."""
    token = CancelToken()
    futures = [Future[int]() for _ in range(20)]
    ready = threading.Barrier(21)

    def wait(future: Future[int]) -> str:
        ready.wait(10)
        try:
            token.wait_for(future)
        except JobCancelled:
            return "cancelled"
        return "result"

    with ThreadPoolExecutor(20) as threads:
        ends = [threads.submit(wait, each) for each in futures]
        ready.wait(10)
        assert token.cancel()
        assert {each.result(10) for each in ends} == {"cancelled"}
    assert all(each.cancelled() for each in futures)
