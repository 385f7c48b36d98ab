"""Requests to one server, over kept-alive sockets; the only module that imports the HTTP library.

Every failure comes as one of our errors, and no answer is larger than a page can be.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import json
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from glmocr_desktop.core.errors import OcrError, RecognitionError, ServerBusy, ServerUnavailable

if TYPE_CHECKING:
    import httpx

_KEEP_ALIVE_S = 4.0  # uvicorn closes idle sockets after 5 s: be first
_UPLOAD_S = 30.0
_REQUEST_S = 10.0
_MOST_MB = 20  # of one answer or message; the text of a dense page has some 10 kB


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
