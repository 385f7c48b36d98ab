"""The connection pool: lanes and real sockets, opened when needed, kept alive, and never left behind."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from glmocr_desktop.core.errors import JobCancelled, OcrError, ServerBusy, ServerUnavailable
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.pool import ConnectionPool
from tests.support.faults import Fault, Step
from tests.support.faulty_server import FaultyServer, faulty_server

Build = Callable[..., ConnectionPool]
Hold = Callable[[ConnectionPool], "_Holder"]


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_server() as running:
        yield running


@pytest.fixture
def build(transport: Transport, server: FaultyServer) -> Build:
    def make(lanes: int, acquire_timeout_s: float = 10, idle_timeout_s: float = 4) -> ConnectionPool:
        return ConnectionPool(
            transport,
            server.url,
            Access(server.url),
            max_connections=lanes,
            acquire_timeout_s=acquire_timeout_s,
            idle_timeout_s=idle_timeout_s,
        )

    return make


class _Holder:
    """A coroutine that takes a lane and keeps it until it is let go."""

    def __init__(self, pool: ConnectionPool, transport: Transport, wait_s: float | None = None) -> None:
        self.held = threading.Event()
        self._let_go = asyncio.Event()
        self._transport = transport
        self._pool = pool
        self._wait_s = wait_s
        self.ended = transport.submit(self._run())

    async def _run(self) -> None:
        async with self._pool.lane(self._wait_s):
            self.held.set()
            await self._let_go.wait()

    def release(self) -> None:
        async def let_go() -> None:
            self._let_go.set()

        self._transport.submit(let_go()).result(10)
        self.ended.result(10)


@pytest.fixture
def hold(transport: Transport) -> Hold:
    def holding(pool: ConnectionPool) -> _Holder:
        holder = _Holder(pool, transport)
        assert holder.held.wait(10)
        return holder

    return holding


def _ask(pool: ConnectionPool, transport: Transport, path: str = "/config") -> object:
    """One request on a lane."""
    return transport.submit(_asked(pool, path)).result(20)


async def _asked(pool: ConnectionPool, path: str = "/config") -> object:
    async with pool.lane():
        return await pool.session.get_json(path)


def test_nothing_is_opened_before_it_is_needed(build: Build, server: FaultyServer, hold: Hold) -> None:
    pool = build(3)
    assert repr(pool) == "<ConnectionPool 0 of 3 lanes in use, 0 waiting, 0 sockets opened, 0 closed, 0 idle>"
    holder = hold(pool)
    assert repr(pool) == "<ConnectionPool 1 of 3 lanes in use, 0 waiting, 0 sockets opened, 0 closed, 0 idle>"
    holder.release()
    assert server.open_sockets == 0


def test_one_socket_serves_one_page_after_another(build: Build, server: FaultyServer, transport: Transport) -> None:
    pool = build(3)
    for _ in range(20):
        _ask(pool, transport)
    stats = pool.stats()
    assert (stats.opened, stats.closed, stats.idle) == (1, 0, 1)
    assert server.open_sockets == 1


def test_an_idle_socket_is_closed_though_nobody_asks_for_anything(
    build: Build, server: FaultyServer, transport: Transport
) -> None:
    pool = build(1, idle_timeout_s=0.2)
    _ask(pool, transport)
    assert server.wait_until(lambda: server.open_sockets == 0)
    _ask(pool, transport)
    assert pool.stats().opened == 2


def test_a_socket_that_broke_is_not_used_again(build: Build, server: FaultyServer, transport: Transport) -> None:
    pool = build(1)
    server.describing = {Step.CONFIG: Fault.RESET}
    with pytest.raises(ServerUnavailable):
        _ask(pool, transport)
    server.describing = {}
    _ask(pool, transport)
    stats = pool.stats()
    assert (stats.closed, stats.idle, stats.in_use) == (stats.opened - 1, 1, 0)


def test_a_lane_and_its_socket_come_back_on_every_path(
    build: Build, server: FaultyServer, transport: Transport
) -> None:
    """An answer, an error, a cancel in the middle, an exception of the caller."""
    pool = build(1)
    for fault in (None, Fault.HTTP_500, Fault.CLOSED, Fault.BAD_JSON, Fault.HUGE):
        server.describing = {Step.CONFIG: fault} if fault else {}
        with suppress(OcrError):
            _ask(pool, transport)
    server.describing = {Step.CONFIG: Fault.HANG}
    hung = transport.submit(_asked(pool))
    _until(lambda: pool.stats().in_use == 1)
    assert hung.cancel()
    holder = _Holder(pool, transport)
    assert holder.held.wait(10)
    holder.ended.cancel()
    server.describing = {}
    assert _ask(pool, transport)
    assert server.wait_until(lambda: server.open_sockets == 1)
    assert repr(pool).startswith("<ConnectionPool 0 of 1 lanes in use, 0 waiting")


def test_without_patience_there_is_a_free_lane_or_an_error_at_once(
    build: Build, transport: Transport, hold: Hold
) -> None:
    pool = build(1)
    holder = hold(pool)
    with pytest.raises(ServerBusy) as caught:
        _Holder(pool, transport, wait_s=0).ended.result(10)
    assert (caught.value.kind, caught.value.values["limit_s"]) == ("lane_wait", 0)
    holder.release()
    free = _Holder(pool, transport, wait_s=0)
    assert free.held.wait(10)
    free.release()


def test_patience_has_an_end(build: Build, transport: Transport, hold: Hold) -> None:
    pool = build(1, acquire_timeout_s=0.1)
    holder = hold(pool)
    with pytest.raises(ServerBusy) as caught:
        _ask(pool, transport)
    assert caught.value.values["limit_s"] == 0.1
    assert pool.stats().waiting == 0
    assert 0.1 <= pool.stats().waited_s < 5
    holder.release()


def test_who_waits_is_woken_when_a_lane_comes_back_in_the_order_of_arrival(
    build: Build, transport: Transport, hold: Hold
) -> None:
    pool = build(1)
    holders = [hold(pool)]
    for waiting in range(1, 4):
        holders.append(_Holder(pool, transport))
        _until(lambda waiting=waiting: pool.stats().waiting == waiting)  # type: ignore[misc]
    holders[2].ended.cancel()  # the one who gives up is passed over
    _until(lambda: pool.stats().waiting == 2)
    holders[0].release()
    assert holders[1].held.wait(10)
    assert not holders[3].held.is_set()
    holders[1].release()
    assert holders[3].held.wait(10)
    holders[3].release()
    assert not holders[2].held.is_set()
    assert repr(pool).startswith("<ConnectionPool 0 of 1 lanes in use, 0 waiting")


def test_a_dead_server_keeps_nobody_waiting(build: Build, transport: Transport, hold: Hold) -> None:
    pool = build(1)
    holder = hold(pool)
    waiting = [_Holder(pool, transport) for _ in range(5)]
    _until(lambda: pool.stats().waiting == 5)
    pool.refuse_waiting(ServerUnavailable("server_down", server="h"))
    for each in waiting:
        with pytest.raises(ServerUnavailable):
            each.ended.result(10)
    holder.release()
    hold(pool).release()  # who comes later may try


def test_closing_twice_and_while_in_use(build: Build, transport: Transport, hold: Hold) -> None:
    pool = build(1)
    holder = hold(pool)
    waiting = _Holder(pool, transport)
    _until(lambda: pool.stats().waiting == 1)
    pool.close()
    pool.close()
    for each in (waiting, _Holder(pool, transport)):
        with pytest.raises(JobCancelled):
            each.ended.result(10)
    holder.release()
    assert pool.stats().in_use == 0


def test_lanes_follow_what_the_server_was_seen_to_do(build: Build) -> None:
    """One more than it reads at once; by hand they stay as they are."""
    learned, by_hand = build(0), build(3)
    assert learned.lanes == 2
    for pool in (learned, by_hand):
        pool.follow(5)
    assert (learned.lanes, by_hand.lanes) == (6, 3)
    learned.follow(1000)
    assert learned.lanes == ConnectionPool.MOST_LANES
    learned.follow(1)
    assert learned.lanes == 2


def test_who_waits_gets_a_lane_that_was_learned_of(build: Build, transport: Transport, hold: Hold) -> None:
    pool = build(0)
    holders = [hold(pool), hold(pool), _Holder(pool, transport)]
    _until(lambda: pool.stats().waiting == 1)
    pool.follow(2)
    assert holders[2].held.wait(10)
    for each in holders:
        each.release()


def test_200_threads_share_four_lanes(build: Build, server: FaultyServer, transport: Transport) -> None:
    """Each gets its turn, no lane is lost, and the sockets are few."""
    pool = build(4)
    ready = threading.Barrier(200)

    def ask(_number: int) -> bool:
        ready.wait(20)
        return bool(_ask(pool, transport))

    with ThreadPoolExecutor(200) as threads:
        assert all(threads.map(ask, range(200)))
    stats = pool.stats()
    assert (stats.in_use, stats.waiting) == (0, 0)
    assert stats.opened <= 4
    assert server.open_sockets <= 4


def _until(true: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(2000):
        if true():
            return
        pause.wait(0.005)
    raise AssertionError("it never came true")
