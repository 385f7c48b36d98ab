"""A page becomes an answer: THE function that every front end calls, and the ladder inside it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import (
    InputError,
    JobCancelled,
    JobTimeout,
    OcrError,
    RecognitionError,
    ServerBusy,
    ServerUnavailable,
)
from glmocr_desktop.core.model import (
    Answer,
    Attempt,
    Engine,
    EngineChoice,
    Failure,
    Job,
    JobState,
    Phase,
    Progress,
    Result,
    Rung,
)
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import load_page
from glmocr_desktop.recognition.health import Health, HealthState
from glmocr_desktop.recognition.ladder import ENGINE_OF, max_pixels, next_rung, pause_s, prompt
from glmocr_desktop.recognition.offline import OfflineEngine
from glmocr_desktop.recognition.remote import ServerEngine
from glmocr_desktop.recognition.transport import Transport
from glmocr_desktop.results.blocks import parse
from glmocr_desktop.results.suspects import cut_loop, find_suspects, refuse_error_text

_log = logging.getLogger(__name__)
_OFFLINE_PLACES = 2  # one page is read, the next one prepared
_CLIMB = (ServerUnavailable, ServerBusy, RecognitionError)  # what the next rung may mend


@dataclass(frozen=True)
class Services:
    """What outlives a change of settings."""

    transport: Transport = field(default_factory=Transport)
    offline: OfflineEngine = field(default_factory=OfflineEngine)


class Pipeline:
    """Runs jobs by the server and offline, as the settings say.

    Args:
        settings: Plain and picklable, so that another process can build the same pipeline.
        on_health: Told of every change of the server's health, on any thread.
        services: What it shares with other pipelines; its own when not given.

    Thread: any; many jobs may run at once.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        on_health: Callable[[Health], None] = lambda _health: None,
        services: Services | None = None,
    ) -> None:
        self._settings = settings
        self._on_health = on_health
        self._services = services or Services()
        self._server = ServerEngine(settings, self._services.transport, on_health)

    @property
    def health(self) -> Health:
        """The server as it was last seen."""
        if self._settings.engine is EngineChoice.OFFLINE:
            return Health(HealthState.UNUSED, self._server.health.server)
        return self._server.health

    @property
    def places(self) -> int:
        """How many jobs are worth running at once now.

        Offline reads one page after another: more jobs would only spend their time, which counts, on waiting.
        """
        return self._settings.lanes if self.health.up else _OFFLINE_PLACES

    def start(self) -> None:
        """Look after the server's health from now on, if a server may be used at all."""
        if self._settings.engine is not EngineChoice.OFFLINE:
            self._server.watch()
        self._on_health(self.health)

    def adapted(self, settings: Settings) -> Pipeline:
        """A pipeline with other settings; jobs that run in this one go on, but it leaves its server alone."""
        other = Pipeline(settings, on_health=self._on_health, services=self._services)
        self._server.close()
        other.start()
        return other

    def close(self) -> None:
        """End everything, within about a second; jobs that still run end as cancelled. Idempotent."""
        self._services.offline.close()
        self._services.transport.close()

    def run(
        self, job: Job, token: CancelToken, on_progress: Callable[[Progress], None] = lambda _progress: None
    ) -> Result:
        """Read one page; never raises, however it ends.

        Args:
            job: What to read.
            token: Its deadline begins to count here.
            on_progress: Signs of life, from any thread.

        Thread: pool.
        """
        began = time.monotonic()
        attempts: list[Attempt] = []
        token.start(job.timeout_s)
        try:
            answer, rung = self._climb(job, token, attempts, on_progress)
            asked = prompt(job, rung, self._settings)
            suspects = find_suspects(answer.text, formatted=answer.formatted, prompt=asked, mode=job.mode)
            text = cut_loop(answer.text) if "loop" in suspects else answer.text
            blocks = parse(text, formatted=answer.formatted)
            token.close()
            done = Result(
                job,
                JobState.DONE,
                time.monotonic() - began,
                tuple(attempts),
                engine=attempts[-1].engine,
                server=self._server.url if attempts[-1].engine is Engine.SERVER else None,
                rung=rung,
                text=text,
                formatted=answer.formatted,
                blocks=blocks,
                warnings=tuple(dict.fromkeys((*answer.warnings, *suspects))),
            )
        except JobCancelled as error:
            state, failure = JobState.CANCELLED, Failure.of(error)
        except JobTimeout as error:
            state, failure = JobState.TIMED_OUT, Failure.of(error)
        except OcrError as error:
            state, failure = JobState.FAILED, Failure.of(error)
        except Exception as error:  # noqa: BLE001 - a bug costs one page, never the program
            _log.exception("A job failed inside the program")
            state, failure = JobState.FAILED, Failure("unexpected", (("detail", type(error).__name__),))
        else:
            return done
        return Result(job, state, time.monotonic() - began, tuple(attempts), error=failure)

    def _climb(
        self, job: Job, token: CancelToken, attempts: list[Attempt], on_progress: Callable[[Progress], None]
    ) -> tuple[Answer, Rung]:
        """Try the rungs from the top until one gives an answer; every try is kept in ``attempts``."""
        last: OcrError | None = None
        while rung := next_rung(job, attempts, self._settings, server_up=self._server.health.up):
            token.pause(pause_s(rung))
            on_progress(Progress(Phase.PREPARING))
            began = time.monotonic()
            try:
                answer = self._try(rung, job, token, on_progress)
            except InputError:  # no engine was asked
                raise
            except OcrError as error:
                attempts.append(Attempt(rung, ENGINE_OF[rung], time.monotonic() - began, Failure.of(error)))
                if not isinstance(error, _CLIMB):
                    raise
                last = error
            else:
                attempts.append(Attempt(rung, ENGINE_OF[rung], time.monotonic() - began))
                return answer, rung
        assert last is not None  # the last rung returned, or raised
        raise last

    def _try(self, rung: Rung, job: Job, token: CancelToken, on_progress: Callable[[Progress], None]) -> Answer:
        if ENGINE_OF[rung] is Engine.OFFLINE:
            image = load_page(job.page, token)
            on_progress(Progress(Phase.READING))
            return self._services.offline.read(image, job.mode, token)
        if not self._server.health.up:  # known to be down: no page waits to find that out again
            raise ServerUnavailable("server_down", server=self._server.health.server)
        # A server takes a small image, which is drawn or decoded in half the time of a large one.
        image = load_page(job.page, token, max_pixels(rung, self._settings))
        answer = self._server.read(image, job.mode, prompt(job, rung, self._settings), token, on_progress)
        refuse_error_text(answer.text)
        return answer
