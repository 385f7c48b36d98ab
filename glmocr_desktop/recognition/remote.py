"""One server as an engine: its pool, its breaker, its health, what it offers, and one job at a time per lane."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError, RecognitionError, ServerUnavailable
from glmocr_desktop.core.model import Answer, Mode, Phase, Progress
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition import gradio
from glmocr_desktop.recognition.breaker import BreakerState, CircuitBreaker
from glmocr_desktop.recognition.discovery import Endpoint, ImageForm
from glmocr_desktop.recognition.health import Health, HealthMonitor, HealthState, Sight
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.offer import Offer
from glmocr_desktop.recognition.pace import Pace
from glmocr_desktop.recognition.pool import ConnectionPool
from glmocr_desktop.recognition.proof import Proof
from glmocr_desktop.recognition.request import Request
from glmocr_desktop.recognition.uploads import Uploads
from glmocr_desktop.recognition.visit import LastPhase, Turn, Visit

_LOOK_S = 3.0
_NOT_FOUND = "HTTP 404"
_GONE = {"server_not_answering", "server_silent", "connect_slow", "server_busy"}  # to be down says it all
_FAULTS_TO_OPEN = 5  # in a row; with four lanes, one bad moment costs four
_OPEN_S = 10.0


class ServerEngine:
    """Reads pages by one Gradio server.

    Args:
        url: Its address.
        settings: Lanes, prompts and limits.
        transport: Runs the requests; shared and closed by its owner.
        on_health: Told of every change of the server's health, on any thread.
    """

    def __init__(self, url: str, settings: Settings, transport: Transport, on_health: Callable[[Health], None]) -> None:
        self.url = url
        self.pace = Pace()
        self._turn = Turn()
        self._settings = settings
        self._transport = transport
        self.pool = ConnectionPool(
            transport,
            url,
            Access.of(settings, url),
            max_connections=settings.lanes,
            acquire_timeout_s=settings.lane_wait_s,
            idle_timeout_s=settings.idle_timeout_s,
        )
        self._session = self.pool.session
        self._breaker = CircuitBreaker(_FAULTS_TO_OPEN, _OPEN_S)
        self._on_health = on_health
        self._monitor = HealthMonitor(
            self._session.server, self._look, settings.probe_interval_s, self._on_seen, self._on_sight_of_restart
        )
        self._uploads = Uploads()
        self._offer = Offer(transport, self._session, settings.endpoint, self._on_restart)
        self._proof = Proof(self._read_known, self._monitor.report_canaries, settings.timeout_s)
        self._watching: Future[None] | None = None
        self._was_up = True
        self._others_waiting = 0

    @property
    def health(self) -> Health:
        """The server as it was last seen."""
        return self._monitor.health

    @property
    def monitor(self) -> HealthMonitor:
        """Keeps its health, and the last hour of it."""
        return self._monitor

    @property
    def breaker(self) -> CircuitBreaker:
        """Says whether it may be asked."""
        return self._breaker

    @property
    def usable(self) -> bool:
        """Whether a page may be sent there now."""
        return self.health.up and self._breaker.state is not BreakerState.OPEN

    @property
    def crowd(self) -> int:
        """How many pages would go before one that comes now: ours, and those of others as they were last seen."""
        return self.pool.crowd + self._others_waiting

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
        return token.wait_for(self._transport.submit(self._offer.endpoint()))

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """All that reads images there, the best first, as last seen; empty before the first page."""
        return self._offer.endpoints

    def probe(self, token: CancelToken) -> Health:
        """Look at the server's health now."""
        return token.wait_for(self._transport.submit(self._monitor.probe()))

    def read(self, request: Request, token: CancelToken, on_progress: Callable[[Progress], None]) -> Answer:
        """Read one page: send it, wait for a lane, and let it be read.

        Args:
            request: The page.
            token: Ends the wait at once, in every phase.
            on_progress: Called from the transport thread too; also after a cancel, when the server has agreed to it.

        Raises:
            JobCancelled: Says what the server may still be doing with the page.
            JobTimeout: The job's deadline passed.
            ServerUnavailable: The server is gone, silent, too slow or broken.
            ServerBusy: No place became free.
            RecognitionError: The server could not read the page.

        Thread: pool.
        """
        with self._breaker.attempt() as allowed:
            if not allowed:  # it failed several times in a row: no page waits to find that out again
                raise self.refusal()
            seen = LastPhase(token, on_progress)
            try:
                text = self._wait(request, token, seen)
                ignored = request.own_prompt and not self._offer.takes_prompt
                return Answer(text, warnings=("prompt_ignored",) if ignored else ())
            except JobCancelled:
                raise seen.cancelled() from None
            except OcrError as error:
                seen.give_up()
                if isinstance(error, RecognitionError):
                    # It may have been started anew: without its images, and with other functions.
                    self._offer.doubt()
                    self._uploads.forget(request.digest)
                raise

    def report_answer(self, *, wrong: bool) -> None:
        """Tell whether an answer was useless: after several in a row the server has to prove that it reads.

        Thread: pool.
        """
        self._proof.answered(wrong=wrong)

    def prove(self, token: CancelToken) -> Health:
        """Let the server read pages whose text is known; `Health.canaries` tells how that went.

        Thread: pool.
        """
        self._proof.run(token)
        return self.health

    def refusal(self) -> ServerUnavailable:
        """Why no page is sent there now."""
        error = self.health.error
        if error is None or error.kind in _GONE:
            return ServerUnavailable("server_down", server=self._session.server)
        return ServerUnavailable(error.kind, **dict(error.values))

    def _on_seen(self, health: Health) -> None:
        """A server that comes back is given its chance at once, and the news are passed on."""
        was_up, self._was_up = self._was_up, health.up
        if health.up and not was_up:
            self._breaker.end_pause()
        if was_up and not health.up:
            self.pool.refuse_waiting(self.refusal())
        self._on_health(health)

    def _on_restart(self) -> None:
        """Nothing holds any longer that was known of the server.

        Thread: transport.
        """
        self._uploads.forget_all()
        self.pace.forget()
        self.pool.follow(self.pace.concurrency)
        self._proof.forget()
        self._breaker.end_pause()

    def _on_sight_of_restart(self, _sight: Sight) -> None:
        self._offer.doubt()
        self._on_restart()

    def _read_known(self, png: bytes, mode: Mode, token: CancelToken) -> str:
        """Read a page whose text is known, whatever is thought of the server."""
        limits = self._settings.limits
        request = Request(png, 0, mode, self._settings.prompt(mode), limits, limits.first_s)
        return self._wait(request, token, _ignore)

    def _wait(self, request: Request, token: CancelToken, on_progress: Callable[[Progress], None]) -> str:
        """Let the transport do it all, and wait; while the page waits for a lane, its time stands."""
        sent, placed = Future[None](), Future[None]()

        def settle(_work: object) -> None:
            _tell(sent)
            _tell(placed)

        work = self._transport.submit(self._read(request, sent, placed, on_progress))
        work.add_done_callback(settle)
        try:
            token.wait_for(sent)
            token.wait_for(placed, counts=False)
            return token.wait_for(work)
        finally:
            work.cancel()

    async def _read(
        self, request: Request, sent: Future[None], placed: Future[None], on_progress: Callable[[Progress], None]
    ) -> str:
        """Send a page, wait for a lane, and let the page be read; tell by the futures how far it is."""
        try:
            endpoint, uploaded = await self._sent(request, on_progress)
            on_progress(Progress(Phase.LANE))
            _tell(sent)
            async with self.pool.lane(request.limits.lane_wait_s):
                _tell(placed)
                if self._breaker.state is BreakerState.OPEN:  # it failed for others while this page waited
                    raise ServerUnavailable("server_down", server=self._session.server)
                if await self._offer.endpoint() is not endpoint:  # it was started anew meanwhile
                    endpoint, uploaded = await self._sent(request, on_progress)
                await self._turn.over()
                with Visit(self.pace, self._turn, request.pixels, on_progress) as visit:
                    stay = gradio.Stay(self._transport, self._session, endpoint, request, visit)
                    text = await stay.read(uploaded)
                self.pool.follow(self.pace.concurrency)
                return text
        except ServerUnavailable as error:
            self._offer.doubt()  # it may come back as another one
            if error.kind == "server_not_answering":
                self._monitor.report_down(error)
            raise

    async def _sent(self, request: Request, on_progress: Callable[[Progress], None]) -> tuple[Endpoint, str | None]:
        """Send the image, which the server can take while it reads other pages; its path there, if it has one."""
        on_progress(Progress(Phase.UPLOADING))
        endpoint = await self._offer.endpoint()
        if endpoint.image_form is ImageForm.BASE64:
            return endpoint, None
        await self._turn.over()
        path = await self._uploads.path_of(request.digest, lambda: gradio.upload(self._session, endpoint, request))
        return endpoint, path

    async def _look(self) -> Sight:
        if self.health.state is HealthState.NOT_READING:
            self._proof.repeat()
        try:
            sight = await gradio.look(self._session, self._offer.prefix, _LOOK_S)
        except OcrError as error:
            if error.values.get("detail") != _NOT_FOUND:
                raise
            self._offer.try_other_prefix()
            sight = await self._look_there()
        self._others_waiting = max(0, sight.waiting - self.pool.in_use)
        return replace(sight, version=self._offer.version)

    async def _look_there(self) -> Sight:
        """A server without a queue in either place is none of Gradio's."""
        try:
            return await gradio.look(self._session, self._offer.prefix, _LOOK_S)
        except OcrError as error:
            if error.values.get("detail") != _NOT_FOUND:
                raise
            raise ServerUnavailable("server_not_gradio", server=self._session.server) from error


def _tell(future: Future[None]) -> None:
    """Let the one who waits know, once, and if he still does."""
    if not future.done() and future.set_running_or_notify_cancel():
        future.set_result(None)


def _ignore(_progress: Progress) -> None:
    """Nobody is told."""
