"""The one thread that speaks HTTP: an asyncio loop with one client per server.

Pool threads hand coroutines over with `Transport.submit` and wait on the future; cancelling the future cancels the
coroutine and closes its socket. No other module imports the HTTP library.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
import logging
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from glmocr_desktop.core.errors import JobCancelled, OcrError, RecognitionError, ServerBusy, ServerUnavailable

if TYPE_CHECKING:
    import httpx

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_KEEP_ALIVE_S = 4.0  # uvicorn closes idle sockets after 5 s: be first
_UPLOAD_S = 30.0
_REQUEST_S = 10.0
_MOST_MB = 20  # of one answer or message; the text of a dense page has some 10 kB
_CLOSE_S = 1.0


def is_loopback(url: str) -> bool:
    """Whether an address is on this computer."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the steps of a request may take, and how many run at once."""

    connect_s: float
    silence_s: float
    connections: int


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

    def session(self, url: str, limits: Limits) -> HttpSession:
        """The way to one server; its sockets open when they are needed."""
        session = HttpSession(url, limits)
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
        loop = asyncio.get_running_loop()
        done: asyncio.Future[_T] = loop.create_future()

        def settle(value: _T | None, error: BaseException | None) -> None:
            if done.done():  # nobody waits any more
                return
            if error is not None:
                done.set_exception(error)
            else:
                done.set_result(value)  # type: ignore[arg-type]

        def run() -> None:
            value: _T | None = None
            error: BaseException | None = None
            try:
                value = function()
            except BaseException as caught:  # noqa: BLE001 - carried over to the waiting coroutine
                error = caught
            with contextlib.suppress(RuntimeError):  # the loop is closed: the program is ending
                loop.call_soon_threadsafe(settle, value, error)

        threading.Thread(target=run, name="transport-blocking", daemon=True).start()
        return await done

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


class HttpSession:
    """Requests to one server over kept-alive sockets; every failure comes as one of our errors.

    Thread: transport only, except the constructor.
    """

    def __init__(self, url: str, limits: Limits) -> None:
        self.url = url
        self._limits = limits
        self._client: httpx.AsyncClient | None = None

    @property
    def server(self) -> str:
        """How messages name the server."""
        return urlsplit(self.url).netloc

    async def get_json(self, path: str, limit_s: float = _REQUEST_S) -> Any:
        """GET a JSON document, all of it within ``limit_s``: no job's deadline stands behind a probe."""
        try:
            async with asyncio.timeout(limit_s):
                return await self._json("GET", path, limit_s)
        except TimeoutError as error:
            raise ServerUnavailable("server_silent", server=self.server, limit_s=limit_s) from error

    async def post_json(self, path: str, body: object, limit_s: float = _REQUEST_S) -> Any:
        """POST a JSON document and return the answer's."""
        return await self._json("POST", path, limit_s, json=body)

    async def upload(self, path: str, name: str, content: bytes, media_type: str) -> Any:
        """POST a file as a form and return the answer's JSON."""
        return await self._json("POST", path, _UPLOAD_S, files={"files": (name, content, media_type)})

    async def events(self, path: str, params: dict[str, str]) -> AsyncGenerator[dict[str, Any], None]:
        """The JSON messages of a stream of server-sent events, until it ends.

        Raises:
            ServerUnavailable: Nothing came for as long as the silence limit, or the stream broke.
            RecognitionError: A message is too large.
        """
        httpx = _httpx()
        timeout = httpx.Timeout(self._limits.silence_s, connect=self._limits.connect_s)
        with mapped_errors(self.server, self._limits.silence_s):
            async with self._opened().stream("GET", self.url + path, params=params, timeout=timeout) as response:
                response.raise_for_status()
                async with contextlib.aclosing(_lines(response)) as lines:
                    async for line in lines:
                        if line.startswith(b"data:"):
                            message = json.loads(line[5:].decode())
                            if not isinstance(message, dict):
                                raise TypeError("a message that is no object")
                            yield message

    async def close(self) -> None:
        """Close all sockets."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _json(self, method: str, path: str, limit_s: float, **kwargs: Any) -> Any:
        httpx = _httpx()
        timeout = httpx.Timeout(limit_s, connect=min(limit_s, self._limits.connect_s))
        with mapped_errors(self.server, limit_s):
            async with self._opened().stream(method, self.url + path, timeout=timeout, **kwargs) as response:
                response.raise_for_status()
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    _refuse_too_large(body)
                return json.loads(body.decode())

    def _opened(self) -> httpx.AsyncClient:
        if self._client is None:
            httpx = _httpx()
            # A job holds one socket for its stream and needs another for its requests; httpcore fails under
            # contention when there are fewer connections than users of it (encode/httpcore#1110).
            most = 2 * self._limits.connections + 4
            self._client = httpx.AsyncClient(
                limits=httpx.Limits(
                    max_connections=most, max_keepalive_connections=most, keepalive_expiry=_KEEP_ALIVE_S
                ),
                trust_env=not is_loopback(self.url),  # a proxy would look for localhost on its own machine
                follow_redirects=False,
            )
        return self._client


async def _lines(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """The lines of a stream without their ends.

    The library's own lines also end at U+2028, U+0085 and their kin, which stand as they are in a server's JSON.
    """
    held = bytearray()
    async for chunk in response.aiter_bytes():
        held += chunk
        if b"\n" in chunk:
            *lines, rest = held.split(b"\n")
            for line in lines:
                yield bytes(line)
            held = rest
        _refuse_too_large(held)
    yield bytes(held)


def _refuse_too_large(content: bytearray) -> None:
    if len(content) > _MOST_MB * 1_000_000:
        raise RecognitionError("answer_too_large", limit_mb=_MOST_MB)


@contextlib.contextmanager
def mapped_errors(server: str, silence_s: float) -> Iterator[None]:
    """Turn everything that the HTTP library raises into our errors.

    Raises:
        ServerUnavailable: Nobody answers, the server breaks off, or it answers nonsense.
        ServerBusy: Its queue is full.
        RecognitionError: It refuses this request.
    """
    httpx = _httpx()
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise _status_error(server, error.response.status_code) from error
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise ServerUnavailable("server_not_answering", server=server) from error
    except httpx.TimeoutException as error:
        raise ServerUnavailable("server_silent", server=server, limit_s=silence_s) from error
    except httpx.HTTPError as error:
        raise ServerUnavailable("server_broken", server=server, detail="the connection was lost") from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ServerUnavailable("server_broken", server=server, detail="its answer makes no sense") from error


def _status_error(server: str, status: int) -> OcrError:
    if status in (401, 403):
        return ServerUnavailable("server_needs_login", server=server)
    if status in (429, 503):
        return ServerBusy("server_busy", server=server)
    if status == 413:
        return RecognitionError("server_refused", detail="the page is too large for it.")
    if status in (400, 422):
        return RecognitionError("server_refused", detail=f"it did not accept the request (HTTP {status}).")
    return ServerUnavailable("server_broken", server=server, detail=f"HTTP {status}")


def _httpx() -> Any:
    """The HTTP library, loaded at the first use: it costs 60-90 ms and 18 MB (measured)."""
    import httpx

    return httpx
