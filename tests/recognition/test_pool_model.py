"""The connection pool beside a plain line of names, by a clock that a test turns."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from glmocr_desktop.core.errors import JobCancelled, OcrError, ServerBusy, ServerUnavailable
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.pool import ConnectionPool
from tests.support.turned_clock import TurnedLoop

pytestmark = pytest.mark.fuzz

_URL = "http://127.0.0.1:9"
_ACQUIRE_S = 10.0
_DOWN = ServerUnavailable("server_not_answering", server=_URL)


class _Page:
    """Wants a lane, holds it until it is let go, and remembers how that went."""

    def __init__(self, pool: ConnectionPool, loop: TurnedLoop, wait_s: float | None) -> None:
        self._let_go = asyncio.Event()
        self.holds = False
        self.error: BaseException | None = None
        self.until_s = loop.time() + (_ACQUIRE_S if wait_s is None else wait_s)
        self.task = loop.create_task(self._stay(pool, wait_s))

    async def _stay(self, pool: ConnectionPool, wait_s: float | None) -> None:
        try:
            async with pool.lane(wait_s):
                self.holds = True
                await self._let_go.wait()
        except (OcrError, asyncio.CancelledError) as error:
            self.error = error
        finally:
            self.holds = False

    def release(self) -> None:
        """Be done."""
        self._let_go.set()


class PoolMachine(RuleBasedStateMachine):
    """Pages come, go, lose their patience or are cancelled, while the number of lanes changes."""

    @initialize(lanes=st.sampled_from([0, 0, 1, 3]))
    def build(self, lanes: int) -> None:
        """A pool as settings make it; 0 finds out how many lanes are useful."""
        self.loop = TurnedLoop()
        self.transport = Transport()
        self.pool = ConnectionPool(
            self.transport,
            _URL,
            Access(_URL),
            max_connections=lanes,
            acquire_timeout_s=_ACQUIRE_S,
            idle_timeout_s=4,
        )
        self.by_hand, self.lanes = bool(lanes), lanes or 2
        self.holding: list[_Page] = []
        self.line: list[_Page] = []
        self.closed = False

    def teardown(self) -> None:
        """Whatever happened, nothing is left."""
        if not hasattr(self, "pool"):
            return
        for page in (*self.line, *self.holding):
            page.task.cancel()
        self.loop.settle()
        stats = self.pool.stats()
        assert (stats.in_use, stats.waiting, stats.idle, stats.opened - stats.closed) == (0, 0, 0, 0)
        self.pool.close()
        self.transport.close()
        self.loop.close()

    @rule(count=st.integers(1, 4), wait_s=st.sampled_from([None, 0.0, 3.0, 30.0]))
    def come(self, count: int, wait_s: float | None) -> None:
        """Pages want a lane, one after the other."""
        for _ in range(count):
            self._come(wait_s)

    def _come(self, wait_s: float | None) -> None:
        page = _Page(self.pool, self.loop, wait_s)
        self.loop.settle()
        if self.closed:
            assert isinstance(page.error, JobCancelled)
        elif len(self.holding) < self.lanes:
            self.holding.append(page)
        elif wait_s == 0:
            assert isinstance(page.error, ServerBusy)
        else:
            self.line.append(page)

    @rule(which=st.integers(0, 9), cancelled=st.booleans())
    def go(self, which: int, cancelled: bool) -> None:
        """A page that holds a lane is done, or cancelled; the one that came first has the lane."""
        if self.holding:
            page = self.holding.pop(which % len(self.holding))
            page.task.cancel() if cancelled else page.release()
            self.loop.settle()
            assert page.task.done()
            self._fill()

    @rule(which=st.integers(0, 9))
    def give_up(self, which: int) -> None:
        """A page that waits is cancelled."""
        if self.line:
            page = self.line.pop(which % len(self.line))
            page.task.cancel()
            self.loop.settle()
            assert isinstance(page.error, asyncio.CancelledError)

    @rule(first=st.integers(0, 9), second=st.integers(0, 9))
    def go_while_another_gives_up(self, first: int, second: int) -> None:
        """Both at the same moment: the lane must go to somebody who still wants it."""
        if self.holding and self.line:
            done = self.holding.pop(first % len(self.holding))
            waits = self.line.pop(second % len(self.line))
            done.release()
            waits.task.cancel()
            self.loop.settle()
            assert done.task.done()
            assert waits.task.done()
            self._fill()

    @rule(seconds=st.sampled_from([1.0, 2.5, 9.0, 31.0]))
    def wait(self, seconds: float) -> None:
        """Some lose their patience."""
        self.loop.turn(seconds)
        late = [page for page in self.line if page.until_s <= self.loop.time()]
        assert all(isinstance(page.error, ServerBusy) for page in late)
        self.line = [page for page in self.line if page not in late]

    @rule(concurrency=st.sampled_from([1, 1, 2, 4, 20]))
    def follow(self, concurrency: int) -> None:
        """The server turns out to read more, or fewer, pages at once."""
        self.pool.follow(concurrency)
        self.loop.settle()
        if not self.by_hand:
            self.lanes = min(concurrency + 1, ConnectionPool.MOST_LANES)
        self._fill()

    @rule(how=st.integers(0, 15))
    def send_away(self, how: int) -> None:
        """The server is down, or the program ends; not often, as little happens afterwards."""
        if how == 14:
            self.pool.refuse_waiting(_DOWN)
            self._sent_away(ServerUnavailable)
        elif how == 15:
            self.pool.close()
            self.closed = True
            self._sent_away(JobCancelled)

    def _sent_away(self, kind: type[OcrError]) -> None:
        self.loop.settle()
        assert all(isinstance(page.error, kind) for page in self.line)
        self.line = []

    def _fill(self) -> None:
        """Free lanes go to those who came first."""
        while self.line and len(self.holding) < self.lanes:
            self.holding.append(self.line.pop(0))

    @invariant()
    def same(self) -> None:
        """Exactly those hold a lane who should, and the pool says so."""
        if hasattr(self, "pool"):
            assert all(page.holds for page in self.holding)
            assert not any(page.holds or page.task.done() for page in self.line)
            stats = self.pool.stats()
            assert (stats.lanes, stats.in_use, stats.waiting) == (self.lanes, len(self.holding), len(self.line))
            assert self.pool.crowd == max(0, len(self.holding) - self.lanes + 1) + len(self.line)


TestPoolModel = PoolMachine.TestCase
TestPoolModel.settings = settings(max_examples=2 * settings().max_examples)
