"""Requests to one server, over kept-alive sockets.

Every failure comes as one of our errors, and no answer is larger than a page can be.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from glmocr_desktop.core.errors import ServerUnavailable
from glmocr_desktop.recognition.network.access import Access, Secret, SecretKind
from glmocr_desktop.recognition.network.background import in_thread
from glmocr_desktop.recognition.network.bodies import Sending, read_json, read_lines
from glmocr_desktop.recognition.network.http_errors import mapped_errors, status_error
from glmocr_desktop.recognition.network.sign_in import LoginNeeded, SignIn

if TYPE_CHECKING:
    import ssl

    import aiohttp

    from glmocr_desktop.recognition.network.connector import Exchange, Tally

__all__ = ["Credentials", "HttpSession", "Sockets", "mapped_errors"]

_T = TypeVar("_T")
_CONNECT_S = 3.0
_LOGIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Sockets:
    """The sockets to a server: how many were opened and closed so far, and how many are open now."""

    opened: int = 0
    closed: int = 0
    in_use: int = 0
    idle: int = 0


@dataclass(frozen=True, slots=True)
class Credentials:
    """What lets a client in, and how it gets there; its ``repr`` tells nothing of it.

    Attributes:
        headers: They go along with every request.
        cookies: By name.
        verified: How certificates are verified; None for a server without TLS.
        proxy: Its address, with its login; None for none.
    """

    headers: dict[str, str] = field(repr=False)
    cookies: dict[str, str] = field(repr=False)
    verified: ssl.SSLContext | None
    proxy: str | None = field(repr=False)


class HttpSession:
    """Requests to one server over kept-alive sockets; every failure comes as one of our errors.

    Args:
        url: The server's address.
        connections: How many jobs at once; each has a stream and a request beside it.
        idle_timeout_s: Sockets that are not used for so long are closed, in seconds.
        access: How the server may be reached.

    Thread: transport only, except the constructor and `sockets`.
    """

    def __init__(self, url: str, *, connections: int, idle_timeout_s: float, access: Access) -> None:
        self.url = url
        self.server = urlsplit(url).netloc  # how messages name it
        self._connections = connections
        self._idle_timeout_s = idle_timeout_s
        self._access = access
        self._sign_in = SignIn(access, self.server, self._log_in)
        self._opening = asyncio.Lock()
        self._client: aiohttp.ClientSession | None = None
        self._proxy: str | None = None
        self._tls: ssl.SSLContext | None = None
        self._tally: Tally | None = None
        self._distrusted = False  # a certificate was refused: by now, somebody may have said that it is right

    @property
    def sockets(self) -> Sockets:
        """The sockets to the server, counted. Thread: any."""
        tally = self._tally
        if tally is None:
            return Sockets()
        idle = tally.opened - tally.closed - tally.connecting - tally.in_use
        return Sockets(tally.opened, tally.closed, tally.in_use, max(0, idle))

    @property
    def login_wanted(self) -> SecretKind | None:
        """How the server asked for a login; None when it has not asked so far."""
        return self._sign_in.wanted

    async def get_json(self, path: str, limit_s: float = 10.0) -> Any:
        """GET a JSON document, all of it within ``limit_s``: no job's deadline stands behind a probe."""
        return await self._json(Sending("GET", path), limit_s, limit_s, "server_silent")

    async def post_json(self, path: str, body: object, limit_s: float = 10.0, connect_s: float = _CONNECT_S) -> Any:
        """POST a JSON document and return the answer's, all of it within ``limit_s``."""
        return await self._json(Sending.json(path, body), limit_s, connect_s, "server_silent")

    async def upload(
        self,
        path: str,
        name: str,
        content: bytes,
        media_type: str,
        limit_s: float = 30.0,
        connect_s: float = _CONNECT_S,
    ) -> Any:
        """POST a file as a form and return the answer's JSON, all of it within ``limit_s``."""
        return await self._json(Sending.file(path, name, content, media_type), limit_s, connect_s, "upload_slow")

    async def events(
        self, path: str, params: dict[str, str], silence_s: float = 40.0, connect_s: float = _CONNECT_S
    ) -> AsyncGenerator[dict[str, Any], None]:
        """The JSON messages of a stream of server-sent events, until it ends.

        Raises:
            ServerUnavailable: No connection within ``connect_s``, nothing came for ``silence_s``, or the stream broke.
            RecognitionError: A message is too large.
        """
        request = Sending("GET", path, params)
        response, held = await self._allowed(lambda: self._stream(request, silence_s, connect_s))
        async with held, contextlib.aclosing(read_lines(response)) as lines:
            async for line in lines:
                if line.startswith(b"data:"):
                    message = json.loads(line[5:].decode())
                    if not isinstance(message, dict):
                        raise TypeError("a message that is no object")
                    yield message

    async def credentials(self) -> Credentials:
        """What another client needs to be let in as this session is.

        Raises:
            ServerUnavailable: The certificates or the proxy cannot be used.
        """
        cookies = (await self._opened()).cookies(self.url)
        return Credentials(dict(self._sign_in.headers), cookies, self._tls, self._proxy)

    async def close(self) -> None:
        """Close all sockets."""
        self._sign_in.stop()
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _json(self, request: Sending, limit_s: float, connect_s: float, late: str) -> Any:
        connect_s = min(connect_s, limit_s)

        async def ask() -> Any:
            async with self._exchange(connect_s, late, limit_s) as exchange, asyncio.timeout(limit_s):
                return await read_json(await self._ask(exchange, request, connect_s, None))

        return await self._allowed(ask)

    async def _stream(
        self, request: Sending, silence_s: float, connect_s: float
    ) -> tuple[aiohttp.ClientResponse, contextlib.AsyncExitStack]:
        """A stream that has begun, and what ends it."""
        async with contextlib.AsyncExitStack() as stack:
            exchange = await stack.enter_async_context(self._exchange(connect_s, "server_silent", silence_s))
            response = await self._ask(exchange, request, connect_s, silence_s)
            return response, stack.pop_all()

    async def _allowed(self, ask: Callable[[], Awaitable[_T]]) -> _T:
        """What a request brings; when the server wants a login for it, it is sent once more after signing in.

        The time that signing in takes counts for nobody's limit: a person may have to unlock the keyring.
        """
        try:
            return await ask()
        except LoginNeeded as needed:
            await self._sign_in.renew(needed)
        try:
            return await ask()
        except LoginNeeded as needed:
            raise self._sign_in.refused(needed) from None

    async def _log_in(self, secret: Secret) -> bool:
        """Send user and password to the login page, which gives a cookie; whether they were right.

        Twice at most: the first time, the socket may be one that a proxy closes at this very moment.
        """
        try:
            return await self._entered(secret)
        except ServerUnavailable as error:
            if error.kind != "server_broken":
                raise
            return await self._entered(secret)

    async def _entered(self, secret: Secret) -> bool:
        request = Sending.form("/login", {"username": secret.user, "password": secret.password})
        async with self._exchange(_CONNECT_S, "server_silent", _LOGIN_S) as exchange, asyncio.timeout(_LOGIN_S):
            response = await self._send(exchange, request, _CONNECT_S, None)
            if response.status == 429 or response.status >= 500:
                raise status_error(self.server, response.status)
            return response.ok and response.status < 300

    @contextlib.asynccontextmanager
    async def _exchange(self, connect_s: float, late: str, limit_s: float) -> AsyncIterator[Exchange]:
        """One request: every failure is mapped, and its socket is given back or closed."""
        self._access.check()
        exchange = await self._opened()
        try:
            with mapped_errors(self.server, limit_s):
                try:
                    yield exchange
                except TimeoutError as error:
                    if not exchange.connected:
                        raise ServerUnavailable("connect_slow", server=self.server, limit_s=connect_s) from error
                    raise ServerUnavailable(late, server=self.server, limit_s=limit_s) from error
        except ServerUnavailable as error:
            self._distrusted = self._distrusted or error.kind == "certificate_unknown"
            raise
        finally:
            exchange.close()

    async def _ask(
        self, exchange: Exchange, request: Sending, connect_s: float, silence_s: float | None
    ) -> aiohttp.ClientResponse:
        """Send a request and wait for the head of an answer that brings a result."""
        turn = self._sign_in.turn
        response = await self._send(exchange, request, connect_s, silence_s)
        if response.status in (401, 403):
            challenge = response.headers.get("WWW-Authenticate", "")
            raise LoginNeeded(turn, challenge)
        if response.status >= 300:
            raise status_error(self.server, response.status)
        return response

    async def _send(
        self, exchange: Exchange, request: Sending, connect_s: float, silence_s: float | None
    ) -> aiohttp.ClientResponse:
        return await exchange.send(
            request.method,
            self.url + request.path,
            connect_s=connect_s,
            silence_s=silence_s,
            params=request.params,
            data=request.data(),
            headers=self._sign_in.headers | request.headers,
            proxy=self._proxy,
        )

    async def _opened(self) -> Exchange:
        """A request that is about to begin; the first one makes the client."""
        from glmocr_desktop.recognition.network import connector

        async with self._opening:
            tally = self._tally = self._tally or connector.Tally()
            if self._client is not None and self._distrusted and not (tally.in_use or tally.connecting):
                await self._client.close()
                self._client = None
            if self._client is None:
                self._proxy = self._access.proxy()
                self._tls = await in_thread(self._access.tls)
                self._distrusted = False
                self._client = connector.new_client(
                    # A job holds one socket for its stream and needs another for its requests; and there are probes.
                    limit=2 * self._connections + 4,
                    idle_timeout_s=self._idle_timeout_s,
                    verified=self._tls,
                    local_only=self._access.local_only,
                    tally=tally,
                )
            return connector.Exchange(self._client, tally)
