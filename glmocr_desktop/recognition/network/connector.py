"""The sockets to one server: the part that is built on aiohttp's classes, loaded with it at the first request."""

from __future__ import annotations

import asyncio
import socket
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from glmocr_desktop.recognition.network.access import is_loopback_host
from glmocr_desktop.recognition.network.background import in_thread

if TYPE_CHECKING:
    import ssl

_NEVER_ROUNDED_S = 1e9  # aiohttp rounds longer limits up to whole seconds of the clock


class NotThisComputer(OSError):
    """A host that was to be on this computer has another one's address."""


@dataclass(slots=True)
class Tally:
    """The sockets to one server; written on the transport thread, read on any."""

    opened: int = 0
    closed: int = 0
    connecting: int = 0
    in_use: int = 0


class Exchange:
    """One request under way, its socket once it has one, and the answer once it begins.

    Args:
        client: Sends it.
        tally: Where its socket is counted.
    """

    def __init__(self, client: aiohttp.ClientSession, tally: Tally) -> None:
        self._client = client
        self._response: aiohttp.ClientResponse | None = None
        self._tally = tally
        self._transport: asyncio.Transport | None = None

    @property
    def connected(self) -> bool:
        """Whether it has a socket."""
        return self._transport is not None

    async def send(
        self, method: str, url: str, *, connect_s: float, silence_s: float | None, **content: Any
    ) -> aiohttp.ClientResponse:
        """Send the request and wait for the head of the answer.

        Args:
            method: GET or POST.
            url: Where to; redirects are answers, too.
            connect_s: How long it may take to get a socket, in seconds.
            silence_s: How long nothing may come through the socket, in seconds; None for no limit.
            **content: What else the client takes.
        """
        _current_exchange.set(self)
        timeout = aiohttp.ClientTimeout(
            total=None, connect=connect_s, sock_read=silence_s, ceil_threshold=_NEVER_ROUNDED_S
        )
        self._response = await self._client.request(method, url, timeout=timeout, allow_redirects=False, **content)
        return self._response

    def cookies(self, url: str) -> dict[str, str]:
        """What the client would send along to an address."""
        return {name: each.value for name, each in self._client.cookie_jar.filter_cookies(URL(url)).items()}

    def use(self, transport: asyncio.Transport | None) -> None:
        """Note which socket it was given; a stale one may be replaced by another."""
        if self._transport is None:
            self._tally.in_use += 1
        self._transport = transport

    def close(self) -> None:
        """Give its socket back when the answer was read to its end, else close it now; idempotent.

        A close in good order would first send what a silent server does not take.
        """
        transport, self._transport = self._transport, None
        if transport is None:
            return
        self._tally.in_use -= 1
        if self._response is None or self._response.connection is not None:
            transport.abort()
        if self._response is not None:
            self._response.close()


_current_exchange: ContextVar[Exchange] = ContextVar("_current_exchange")


class _Connector(aiohttp.TCPConnector):
    """Keeps sockets alive between requests, counts them, and tells each request which one it has.

    Args:
        limit: Most sockets at once.
        idle_timeout_s: A socket that is not used for so long is closed, in seconds.
        verified: How certificates are verified; None for a server without TLS.
        local_only: Whether to refuse every address that is not this computer's.
        tally: Where sockets are counted.
    """

    def __init__(
        self,
        *,
        limit: int,
        idle_timeout_s: float,
        verified: ssl.SSLContext | None,
        local_only: bool,
        tally: Tally,
    ) -> None:
        self._local_only = local_only
        self._tally = tally
        super().__init__(
            limit=limit,
            keepalive_timeout=idle_timeout_s,
            timeout_ceil_threshold=_NEVER_ROUNDED_S,
            ssl=verified if verified is not None else True,
            resolver=_Resolver(),
            socket_factory=self._new_socket,
        )

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Any], timeout: aiohttp.ClientTimeout
    ) -> Any:  # aiohttp does not export the class of its connections
        """Find or open a socket for a request."""
        self._tally.connecting += 1
        try:
            connection = await super().connect(req, traces, timeout)
        finally:
            self._tally.connecting -= 1
        _current_exchange.get().use(connection.transport)
        return connection

    def _new_socket(self, address: tuple[Any, ...]) -> socket.socket:
        """Every socket begins here, after its address is known and before anything is sent."""
        family, kind, protocol, _, (host, *_) = address
        if self._local_only and not is_loopback_host(host):
            raise NotThisComputer(f"{host} is another computer's address")
        created = _CountedSocket(family, kind, protocol)
        created.tally = self._tally
        self._tally.opened += 1
        return created


class _CountedSocket(socket.socket):
    tally: Tally | None = None

    def close(self) -> None:
        tally, self.tally = self.tally, None
        if tally is not None:
            tally.closed += 1
        super().close()


class _Resolver(AbstractResolver):
    """Finds the addresses of a host on a thread that never keeps the program from ending."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host.

        Raises:
            OSError: It has none.
        """
        found = await in_thread(lambda: socket.getaddrinfo(host, port, family, socket.SOCK_STREAM))
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=int(address[1]),
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        """Nothing is kept."""


def new_client(
    *, limit: int, idle_timeout_s: float, verified: ssl.SSLContext | None, local_only: bool, tally: Tally
) -> aiohttp.ClientSession:
    """A client of one server; its cookies, also those of a host without a name, are its own.

    Args:
        limit: Most sockets at once.
        idle_timeout_s: A socket that is not used for so long is closed, in seconds.
        verified: How certificates are verified; None for a server without TLS.
        local_only: Whether to refuse every address that is not this computer's.
        tally: Where sockets are counted.
    """
    connector = _Connector(
        limit=limit, idle_timeout_s=idle_timeout_s, verified=verified, local_only=local_only, tally=tally
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.CookieJar(unsafe=True),
        trust_env=False,  # would also send the passwords in ~/.netrc; proxies come with each request
    )
