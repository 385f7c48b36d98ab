"""The server as an engine: lanes, discovery, and one job at a time per lane."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError, ServerBusy, ServerUnavailable
from glmocr_desktop.core.model import Answer, Mode, Phase, Progress
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import encode_png
from glmocr_desktop.recognition import gradio
from glmocr_desktop.recognition.breaker import CircuitBreaker
from glmocr_desktop.recognition.discovery import Endpoint, discover
from glmocr_desktop.recognition.health import Health, HealthMonitor
from glmocr_desktop.recognition.http import Limits
from glmocr_desktop.recognition.pool import LanePool
from glmocr_desktop.recognition.transport import Transport

if TYPE_CHECKING:
    from PIL.Image import Image

_PROBE_S = 3.0
_FAULTS_TO_OPEN = 5  # in a row; with four lanes, one bad moment costs four
_OPEN_S = 10.0
_PREFIXES = ("/gradio_api", "")  # Gradio 5 and 6, Gradio 4


class ServerEngine:
    """Reads pages by one Gradio server.

    Args:
        settings: Address, lanes, prompts and limits.
        transport: Runs the requests; shared and closed by its owner.
        on_health: Told of every change of the server's health, on any thread.
    """

    def __init__(self, settings: Settings, transport: Transport, on_health: Callable[[Health], None]) -> None:
        self.url = settings.server_url
        self._settings = settings
        self._transport = transport
        limits = Limits(settings.connect_timeout_s, settings.silence_s, settings.lanes)
        self._session = transport.session(self.url, limits)
        self._lanes = LanePool(settings.lanes, settings.lane_wait_s)
        self._breaker = CircuitBreaker(_FAULTS_TO_OPEN, _OPEN_S)
        self._on_health = on_health
        self._monitor = HealthMonitor(self._session.server, self._probe, settings.probe_interval_s, self._on_seen)
        self._prefix = _PREFIXES[0]
        self._endpoint: Endpoint | None = None
        self._doubted = False  # the server may have come back as another one
        self._undiscovered: OcrError | None = None  # how the last discovery failed
        self._discovering = asyncio.Lock()
        self._watching: Future[None] | None = None
        self._was_up = True

    @property
    def health(self) -> Health:
        """The server as it was last seen."""
        return self._monitor.health

    def watch(self) -> None:
        """Look after the server's health until `close`."""
        if self._watching is None:
            self._watching = self._transport.submit(self._monitor.watch())

    def close(self) -> None:
        """Stop looking after the server; pages that are being read go on."""
        if self._watching is not None:
            self._watching.cancel()

    def endpoint(self, token: CancelToken) -> Endpoint:
        """What the server offers.

        Raises:
            ServerUnavailable: It does not answer or offers nothing that fits.
        """
        return token.wait_for(self._transport.submit(self._discovered()))

    def probe(self, token: CancelToken) -> Health:
        """Look at the server's health now."""
        return token.wait_for(self._transport.submit(self._monitor.probe()))

    def read(
        self, image: Image, mode: Mode, prompt: str, token: CancelToken, on_progress: Callable[[Progress], None]
    ) -> Answer:
        """Read one page.

        Args:
            image: RGB, upright.
            mode: Picks the choice where the server offers some.
            prompt: Sent where the server takes a free prompt.
            token: Ends the wait at once, in every phase.
            on_progress: Called from the transport thread too.

        Raises:
            JobCancelled: Says whether the server may still be at work on the page.
            JobTimeout: The job's deadline passed.
            ServerUnavailable: The server is gone, silent or broken.
            ServerBusy: No place became free.
            RecognitionError: The server could not read the page.

        Thread: pool.
        """
        with self._breaker.attempt() as allowed:
            if not allowed:  # it failed several times in a row: no page waits to find that out again
                raise ServerUnavailable("server_down", server=self._session.server)
            return self._ask(image, mode, prompt, token, on_progress)

    def _ask(
        self, image: Image, mode: Mode, prompt: str, token: CancelToken, on_progress: Callable[[Progress], None]
    ) -> Answer:
        png = encode_png(image, self._settings.max_image_pixels)
        on_progress(Progress(Phase.LANE))
        seen = _LastPhase(on_progress)
        try:
            with self._lanes.lane(token):
                return Answer(token.wait_for(self._transport.submit(self._read(png, mode, prompt, seen))))
        except JobCancelled:
            if seen.phase is Phase.READING:
                raise JobCancelled("cancelled_on_server") from None
            raise
        except TimeoutError as error:
            server, limit_s = self._session.server, self._settings.lane_wait_s
            raise ServerBusy("lane_wait", server=server, limit_s=limit_s) from error

    def _on_seen(self, health: Health) -> None:
        """A server that comes back is given its chance at once, and the news are passed on."""
        was_up, self._was_up = self._was_up, health.up
        if health.up and not was_up:
            self._breaker.end_pause()
        self._on_health(health)

    async def _read(self, png: bytes, mode: Mode, prompt: str, on_progress: Callable[[Progress], None]) -> str:
        try:
            endpoint = await self._discovered()
            return await gradio.read_page(self._transport, self._session, endpoint, png, mode, prompt, on_progress)
        except ServerUnavailable as error:
            self._doubted = True
            if error.kind == "server_not_answering":
                self._monitor.report_down()
            raise

    async def _discovered(self) -> Endpoint:
        failed_before = self._undiscovered
        async with self._discovering:
            if self._endpoint is None or self._doubted:
                failed = self._undiscovered
                if failed is not None and failed is not failed_before:  # while this page waited for it
                    raise type(failed)(failed.kind, **failed.values) from failed
                try:
                    self._endpoint = await discover(self._transport, self._session, self._endpoint)
                except OcrError as error:
                    self._undiscovered = error
                    raise
                self._doubted, self._undiscovered = False, None
                self._prefix = self._endpoint.prefix
            return self._endpoint

    async def _probe(self) -> int:
        try:
            return await gradio.queue_size(self._session, self._prefix, _PROBE_S)
        except OcrError as error:
            if error.values.get("detail") != "HTTP 404":
                raise
        self._prefix = next(each for each in _PREFIXES if each != self._prefix)
        return await gradio.queue_size(self._session, self._prefix, _PROBE_S)


class _LastPhase:
    """Passes progress on and remembers the last phase, for the words of a cancel."""

    def __init__(self, on_progress: Callable[[Progress], None]) -> None:
        self._on_progress = on_progress
        self.phase = Phase.LANE

    def __call__(self, progress: Progress) -> None:
        self.phase = progress.phase
        self._on_progress(progress)
