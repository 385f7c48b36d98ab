"""The one thread that network requests run on: an asyncio loop.

Pool threads hand coroutines over with `Transport.submit` and wait on the future; cancelling the future cancels the
coroutine and closes its socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from glmocr_desktop.core.errors import JobCancelled, OcrError
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.background import in_thread
from glmocr_desktop.recognition.network.http import HttpSession

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_CLOSE_S = 1.0


class Transport:
    """An asyncio loop on a daemon thread, started at the first use.

    Thread: any, except where a method says otherwise.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closed = False
        self._submitted: set[asyncio.Task[Any]] = set()
        self._spawned: set[asyncio.Task[Any]] = set()
        self._sessions: list[HttpSession] = []

    def submit(self, work: Coroutine[Any, Any, _T]) -> Future[_T]:
        """Run a coroutine on the transport thread.

        Raises:
            JobCancelled: The transport is closed; the coroutine was not started.
        """
        with self._lock:
            if self._closed:
                work.close()
                raise JobCancelled
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._run, args=(self._loop,), name="transport", daemon=True)
                self._thread.start()
            future: Future[_T] = Future()
            self._loop.call_soon_threadsafe(self._begin, work, future)
            return future

    def session(self, url: str, *, connections: int, idle_timeout_s: float, access: Access) -> HttpSession:
        """The way to one server; its sockets open when they are needed. The arguments are those of `HttpSession`."""
        session = HttpSession(url, connections=connections, idle_timeout_s=idle_timeout_s, access=access)
        self._sessions.append(session)
        return session

    def spawn(self, work: Coroutine[Any, Any, None], limit_s: float) -> None:
        """Let a coroutine run on by itself for a bounded time; how it ends is only logged.

        Thread: transport only.
        """
        task = asyncio.get_running_loop().create_task(_bounded(work, limit_s))
        self._spawned.add(task)
        task.add_done_callback(self._spawned.discard)

    async def in_thread(self, function: Callable[[], _T]) -> _T:
        """Await a blocking function on a thread of its own that never keeps the program from ending.

        Thread: transport only.
        """
        return await in_thread(function)

    def close(self) -> None:
        """Cancel everything that runs, close all sockets and end the thread; idempotent, at most about a second."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        if self._loop is not None and self._thread is not None:
            shut = asyncio.run_coroutine_threadsafe(self._shut(), self._loop)
            with contextlib.suppress(TimeoutError):
                shut.result(_CLOSE_S)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_CLOSE_S)

    def _begin(self, work: Coroutine[Any, Any, _T], future: Future[_T]) -> None:
        """Start a coroutine, unless nobody wants it any more; its end and its future's end are one.

        The standard library's bridge does the same, but keeps its tasks to itself, and `close` must reach ours
        without touching those inside the HTTP library.
        """
        if future.cancelled():
            work.close()
            return
        loop = asyncio.get_running_loop()
        task = loop.create_task(work)
        self._submitted.add(task)

        def on_task_done(_task: asyncio.Task[_T]) -> None:
            self._submitted.discard(task)
            if task.cancelled():
                future.cancel()
            elif future.set_running_or_notify_cancel():
                if (error := task.exception()) is not None:
                    future.set_exception(error)
                else:
                    future.set_result(task.result())

        def on_future_done(_future: Future[_T]) -> None:
            if future.cancelled() and not task.done():
                loop.call_soon_threadsafe(task.cancel)

        task.add_done_callback(on_task_done)
        future.add_done_callback(on_future_done)

    async def _shut(self) -> None:
        await _cancelled(self._submitted)
        # The jobs that ended now want their pages out of the server's queue: they get a moment for it.
        if self._spawned:
            await asyncio.wait(self._spawned, timeout=_CLOSE_S / 2)
        await _cancelled(self._spawned)
        for session in self._sessions:
            await session.close()

    @staticmethod
    def _run(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.close()


async def _cancelled(tasks: set[asyncio.Task[Any]]) -> None:
    """Cancel our own tasks and wait until they have ended; those inside the HTTP library end with them."""
    own = list(tasks)
    for task in own:
        task.cancel()
    await asyncio.gather(*own, return_exceptions=True)


async def _bounded(work: Coroutine[Any, Any, None], limit_s: float) -> None:
    try:
        async with asyncio.timeout(limit_s):
            await work
    except (OcrError, TimeoutError) as error:
        _log.debug("Work in the background ended: %s", error)
