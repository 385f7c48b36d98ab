"""Lanes: fair, never lost, and no wait outlives its job."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled
from glmocr_desktop.recognition.lanes import LanePool


class _Holder:
    """A thread that takes a lane, tells so, and keeps it until it is let go."""

    def __init__(self, pool: LanePool, on_lane: Callable[[], None] = lambda: None) -> None:
        self.token = CancelToken()
        self.held = threading.Event()
        self.let_go = threading.Event()
        self.ended: Future[None] = Future()
        self._pool = pool
        self._on_lane = on_lane
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            with self._pool.lane(self.token):
                self._on_lane()
                self.held.set()
                self.let_go.wait(10)
        except Exception as error:  # noqa: BLE001 - the test asserts on it
            self.ended.set_exception(error)
        else:
            self.ended.set_result(None)

    def release(self) -> None:
        self.let_go.set()
        self.ended.result(10)


def _holding(pool: LanePool) -> _Holder:
    holder = _Holder(pool)
    assert holder.held.wait(10)
    return holder


def _waiting(pool: LanePool, on_lane: Callable[[], None] = lambda: None) -> _Holder:
    """A holder that stands in the line when this returns."""
    before = pool.waiting
    stands = threading.Event()
    holder = _Holder(pool, on_lane)
    for _ in range(2000):
        if pool.waiting > before:
            break
        stands.wait(0.005)
    assert pool.waiting == before + 1
    return holder


def test_repr_tells_lanes_and_waiting() -> None:
    """The state is visible to people and tests alike."""
    pool = LanePool(2)
    assert repr(pool) == "<LanePool 0 of 2 in use, 0 waiting>"
    first, second = _holding(pool), _holding(pool)
    third = _waiting(pool)
    assert repr(pool) == "<LanePool 2 of 2 in use, 1 waiting>"
    assert (pool.in_use, pool.waiting) == (2, 1)
    for holder in (first, second, third):
        holder.release()
    pool.close()
    assert repr(pool) == "<LanePool 0 of 2 in use, 0 waiting, closed>"


def test_lanes_go_out_in_the_order_of_arrival() -> None:
    """Nobody is overtaken."""
    pool = LanePool(1)
    first = _holding(pool)
    order: list[int] = []
    others = [_waiting(pool, lambda number=number: order.append(number)) for number in range(6)]  # type: ignore[misc]
    for holder in (first, *others):
        holder.release()
    assert order == list(range(6))


def test_a_cancel_ends_the_waiting_and_keeps_the_others_in_line() -> None:
    """A cancelled waiter leaves; the one behind it gets the lane."""
    pool = LanePool(1)
    first = _holding(pool)
    second, third = _waiting(pool), _waiting(pool)
    assert second.token.cancel()
    with pytest.raises(JobCancelled):
        second.ended.result(10)
    assert repr(pool) == "<LanePool 1 of 1 in use, 1 waiting>"
    first.release()
    assert third.held.wait(10)
    third.release()
    assert repr(pool) == "<LanePool 0 of 1 in use, 0 waiting>"


def test_waiting_for_a_turn_does_not_count_against_the_deadline() -> None:
    pool = LanePool(1)
    first = _holding(pool)
    second = _waiting(pool)
    second.token.start(0.8)
    assert not second.held.wait(1.0)
    first.release()
    assert second.held.wait(10)
    assert second.token.remaining_s() > 0
    assert 0.9 < second.token.uncounted_s < 10
    second.release()


def test_a_cancelled_job_gets_no_lane() -> None:
    """Not even a free one."""
    pool = LanePool(1)
    token = CancelToken()
    token.cancel()
    with pytest.raises(JobCancelled), pool.lane(token):
        pytest.fail("a cancelled job must not run")
    assert repr(pool) == "<LanePool 0 of 1 in use, 0 waiting>"


def test_an_error_inside_gives_the_lane_back() -> None:
    """Whatever happens while a lane is held."""
    pool = LanePool(1)
    with pytest.raises(KeyError), pool.lane(CancelToken()):
        raise KeyError
    assert repr(pool) == "<LanePool 0 of 1 in use, 0 waiting>"


def test_close_sends_away_all_who_wait_and_all_who_come_later() -> None:
    """Whoever holds a lane keeps it."""
    pool = LanePool(1)
    first = _holding(pool)
    others = [_waiting(pool) for _ in range(3)]
    pool.close()
    pool.close()
    for holder in others:
        with pytest.raises(JobCancelled):
            holder.ended.result(10)
    with pytest.raises(JobCancelled), pool.lane(CancelToken()):
        pass
    assert repr(pool) == "<LanePool 1 of 1 in use, 0 waiting, closed>"
    first.release()
    assert repr(pool) == "<LanePool 0 of 1 in use, 0 waiting, closed>"


class _CancelAtHandOver(CancelToken):
    """Cancels itself when its wait is over, before anybody has seen the outcome."""

    def wait_for(self, future: Future, *args: float, **kwargs: bool):  # type: ignore[no-untyped-def, type-arg]
        future.add_done_callback(lambda _done: self.cancel())
        return super().wait_for(future, *args, **kwargs)


def test_a_lane_handed_over_at_the_moment_of_a_cancel_is_not_lost() -> None:
    """It goes to the next one in line."""
    pool = LanePool(1)
    first = _holding(pool)
    unlucky = Future[None]()

    def run() -> None:
        try:
            with pool.lane(_CancelAtHandOver()):
                unlucky.set_result(None)
        except JobCancelled as error:
            unlucky.set_exception(error)

    thread = threading.Thread(target=run)
    stands = threading.Event()
    thread.start()
    for _ in range(2000):
        if pool.waiting:
            break
        stands.wait(0.005)
    last = _waiting(pool)
    first.release()
    thread.join(10)
    with pytest.raises(JobCancelled):
        unlucky.result(0)
    assert last.held.wait(10)
    last.release()
    assert repr(pool) == "<LanePool 0 of 1 in use, 0 waiting>"


def test_no_lane_is_lost_by_200_threads_with_random_cancels() -> None:
    """Never more in use than there are lanes, and all are free at the end."""
    pool = LanePool(3)
    chance = random.Random(7)
    tokens = [CancelToken() for _ in range(200)]
    doomed = chance.sample(tokens, 100)
    at_once = 0
    most = 0
    count = threading.Lock()
    ready = threading.Barrier(201)
    work = threading.Event()

    def job(token: CancelToken) -> str:
        nonlocal at_once, most
        ready.wait(10)
        ended = "read"
        for _ in range(20):
            try:
                with pool.lane(token):
                    with count:
                        at_once += 1
                        most = max(most, at_once)
                    work.wait(0.0002)  # lets the others run meanwhile
                    with count:
                        at_once -= 1
            except JobCancelled:
                ended = "cancelled"
        return ended

    with ThreadPoolExecutor(200) as threads:
        jobs = [threads.submit(job, token) for token in tokens]
        ready.wait(10)
        for token in doomed:
            token.cancel()
        ends = [each.result(30) for each in jobs]
    assert {end for end, token in zip(ends, tokens, strict=True) if not token.cancelled} == {"read"}
    assert most == 3
    assert repr(pool) == "<LanePool 0 of 3 in use, 0 waiting>"
