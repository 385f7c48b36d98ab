"""The connection pool: lanes to one server, with kept-alive sockets under them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from glmocr_desktop.core.errors import OcrError, ServerBusy
from glmocr_desktop.recognition.lanes import LanePool
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.transport import Transport

_FIRST_LANES = 2  # one page is read, the next one waits at the server


@dataclass(frozen=True, slots=True)
class PoolStats:
    """A pool at one moment.

    Attributes:
        lanes: How many pages may be at the server at once.
        in_use: How many are.
        waiting: How many wait for a lane.
        idle: Open sockets that nobody uses.
        opened: Sockets that were ever opened.
        closed: Sockets that were closed since.
        waited_s: How long pages have waited for a lane, all together.
    """

    lanes: int
    in_use: int
    waiting: int
    idle: int
    opened: int
    closed: int
    waited_s: float


class ConnectionPool:
    """Hands out lanes to one server, first come, first served, and counts the sockets under them.

    A socket is opened when a lane needs one, kept alive for the next page, and closed when it was idle for long, when
    it broke, or when the job on it ended early.

    Args:
        transport: Runs the requests.
        url: The server.
        access: How it is reached.
        max_connections: How many lanes there are; 0 begins with 2 and lets `follow` find out how many are useful.
        acquire_timeout_s: How long one waits for a lane, unless `lane` is told otherwise.
        idle_timeout_s: How long a socket is kept that nobody uses.

    Thread: any, except where a method says otherwise.
    """

    MOST_LANES = 16
    """More than this is never found out by itself."""

    def __init__(
        self,
        transport: Transport,
        url: str,
        access: Access,
        *,
        max_connections: int,
        acquire_timeout_s: float,
        idle_timeout_s: float,
    ) -> None:
        self._by_hand = max_connections
        self._acquire_timeout_s = acquire_timeout_s
        self._lanes = LanePool(max_connections or _FIRST_LANES)
        self.session = transport.session(
            url, connections=max_connections or self.MOST_LANES, idle_timeout_s=idle_timeout_s, access=access
        )

    def __repr__(self) -> str:
        now = self.stats()
        return (
            f"<ConnectionPool {now.in_use} of {now.lanes} lanes in use, {now.waiting} waiting, "
            f"{now.opened} sockets opened, {now.closed} closed, {now.idle} idle>"
        )

    @property
    def lanes(self) -> int:
        """How many lanes there are."""
        return self._lanes.max_lanes

    @property
    def in_use(self) -> int:
        """How many lanes are held now."""
        return self._lanes.in_use

    @property
    def crowd(self) -> int:
        """How many pages would go before one that comes now."""
        return max(0, self._lanes.in_use - self._lanes.max_lanes + 1) + self._lanes.waiting

    def stats(self) -> PoolStats:
        """What the pool does now."""
        sockets = self.session.sockets
        return PoolStats(
            self._lanes.max_lanes,
            self._lanes.in_use,
            self._lanes.waiting,
            sockets.idle,
            sockets.opened,
            sockets.closed,
            self._lanes.waited_s,
        )

    @asynccontextmanager
    async def lane(self, wait_s: float | None = None) -> AsyncIterator[None]:
        """Hold a lane for the length of an ``async with`` block; it is given back on every path.

        Args:
            wait_s: How long to wait; zero takes a free lane or none.

        Raises:
            JobCancelled: The pool is closed.
            ServerBusy: No lane became free in time.
            OcrError: Whatever `refuse_waiting` says.

        Thread: transport only.
        """
        limit_s = self._acquire_timeout_s if wait_s is None else wait_s
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._lanes.lane_for_coroutine(limit_s))
            except TimeoutError as error:
                raise ServerBusy("lane_wait", server=self.session.server, limit_s=limit_s) from error
            yield

    def follow(self, concurrency: int) -> None:
        """The server was seen to read so many pages at once: one more may wait there. No effect when set by hand."""
        if not self._by_hand:
            self._lanes.resize(min(concurrency + 1, self.MOST_LANES))

    def refuse_waiting(self, error: OcrError) -> None:
        """Send away all who wait for a lane, with this error."""
        self._lanes.refuse_waiting(error)

    def close(self) -> None:
        """Send away all who wait, and whoever comes later. The sockets are closed by the transport. Idempotent."""
        self._lanes.close()
