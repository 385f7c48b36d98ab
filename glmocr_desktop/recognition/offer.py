"""What a server offers: found out once, and again when it may have come back as another one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from glmocr_desktop.core.errors import OcrError, ServerUnavailable
from glmocr_desktop.recognition.discovery import Endpoint, discover
from glmocr_desktop.recognition.network.http import HttpSession
from glmocr_desktop.recognition.network.transport import Transport

_PREFIXES = ("/gradio_api", "")  # Gradio 5 and 6, Gradio 4


class Offer:
    """Keeps a server's endpoint.

    Args:
        transport: Runs the discovery.
        session: The way to the server.
        wanted: Name of the endpoint; empty for the one that most looks like it reads.
        on_restart: Called when the server turns out to have been started anew.

    Thread: transport only, except the constructor, `doubt` and where a property says otherwise.
    """

    def __init__(self, transport: Transport, session: HttpSession, wanted: str, on_restart: Callable[[], None]) -> None:
        self._transport = transport
        self._session = session
        self._wanted = wanted
        self._on_restart = on_restart
        self._prefix = _PREFIXES[0]
        self._endpoint: Endpoint | None = None
        self._endpoints: tuple[Endpoint, ...] = ()
        self._doubted = False
        self._failure: OcrError | None = None  # how the last discovery ended
        self._discovering = asyncio.Lock()

    @property
    def prefix(self) -> str:
        """What stands before every API route, as far as it is known."""
        return self._prefix

    @property
    def version(self) -> str:
        """The server's version; empty while it is not known for sure."""
        return self._endpoint.version if self._endpoint is not None and not self._doubted else ""

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """All that reads images there, the best first, as last seen; empty while it is not known. Thread: any."""
        return self._endpoints

    @property
    def takes_prompt(self) -> bool:
        """Whether the endpoint reads by any prompt, as last seen. Thread: any."""
        return self._endpoint is not None and self._endpoint.takes_prompt

    def doubt(self) -> None:
        """The server failed, or was started anew: ask again before the next page. Thread: any."""
        self._doubted = True

    def try_other_prefix(self) -> None:
        """Nothing was found under this one."""
        self._prefix = next(each for each in _PREFIXES if each != self._prefix)

    async def endpoint(self) -> Endpoint:
        """The endpoint that reads; the same object as long as the server was not started anew.

        Raises:
            ServerUnavailable: The server does not answer, or offers nothing that fits or is wanted.
        """
        if self._endpoint is not None and not self._doubted:
            return self._endpoint
        failed_before = self._failure
        async with self._discovering:
            if self._endpoint is None or self._doubted:
                failed = self._failure
                if failed is not None and failed is not failed_before:  # while this page waited for it
                    raise type(failed)(failed.kind, **failed.values) from failed
                await self._discover()
            assert self._endpoint is not None
            return self._endpoint

    async def _discover(self) -> None:
        known = self._endpoint
        try:
            self._endpoints = await discover(self._transport, self._session, self._endpoints)
            self._endpoint = self._chosen()
        except OcrError as error:
            self._failure = error
            raise
        self._doubted, self._failure = False, None
        self._prefix = self._endpoint.prefix
        if known is not None and known is not self._endpoint:
            self._on_restart()

    def _chosen(self) -> Endpoint:
        if not self._wanted:
            return self._endpoints[0]
        for each in self._endpoints:
            if each.name == self._wanted:
                return each
        raise ServerUnavailable(
            "server_no_such_endpoint",
            server=self._session.server,
            endpoint=self._wanted,
            offered=", ".join(each.name for each in self._endpoints),
        )
