"""A page becomes an answer: THE function that every front end calls, and the ladder inside it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, JobTimeout, OcrError
from glmocr_desktop.core.log import OwnWord
from glmocr_desktop.core.model import EngineChoice, Failure, Job, JobState, Progress, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.climb import Climb
from glmocr_desktop.recognition.health import Health, HealthState
from glmocr_desktop.recognition.ladder import ENGINE_OF
from glmocr_desktop.recognition.network.transport import Transport
from glmocr_desktop.recognition.offline import OfflineEngine
from glmocr_desktop.recognition.servers import Servers
from glmocr_desktop.recognition.stopwatch import Stopwatch
from glmocr_desktop.results.blocks import located, parse
from glmocr_desktop.results.suspects import cut_loop

_log = logging.getLogger(__name__)
_OFFLINE_PLACES = 2  # one page is read, the next one prepared
_AHEAD = 2  # pages that are prepared and sent while the server reads those before them
_TOO_SLOW = {"lane_wait", "queue_wait", "rung_timeout"}  # a limit that was set ended the page; nothing broke


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
        self._servers = Servers(settings, self._services.transport, self._on_seen)

    @property
    def health(self) -> Health:
        """The server as it was last seen; of several, the one that pages go to first."""
        if self._settings.engine is EngineChoice.OFFLINE:
            return Health(HealthState.UNUSED, self._servers.health.server)
        return self._servers.health

    @property
    def servers(self) -> Servers:
        """All servers, with their pools, breakers and health."""
        return self._servers

    @property
    def offline_pid(self) -> int | None:
        """Process id of the offline engine; None when it does not run."""
        return self._services.offline.pid

    @property
    def places(self) -> int:
        """How many jobs are worth running at once now.

        With a server, one for each lane, and some whose pages are sent ahead of their turn. Offline reads one page
        after another: more jobs would only hold their images in memory.
        """
        return self._servers.lanes + _AHEAD if self.health.up else _OFFLINE_PLACES

    def _on_seen(self, _health: Health) -> None:
        self._on_health(self.health)

    def start(self) -> None:
        """Look after the server's health from now on, if a server may be used at all."""
        if self._settings.engine is not EngineChoice.OFFLINE:
            self._servers.watch()
        self._on_health(self.health)

    def adapted(self, settings: Settings) -> Pipeline:
        """A pipeline with other settings; jobs that run in this one go on, but it leaves its server alone."""
        other = Pipeline(settings, on_health=self._on_health, services=self._services)
        self._servers.close()
        other.start()
        return other

    def close(self) -> None:
        """End everything, within about a second; jobs that still run end as cancelled. Idempotent."""
        offline = threading.Thread(target=self._services.offline.close, name="closing")
        offline.start()  # each may take a second
        self._services.transport.close()
        offline.join()

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
        result = self._run(job, token, on_progress)
        _log_end(result)
        return result

    def _run(self, job: Job, token: CancelToken, on_progress: Callable[[Progress], None]) -> Result:
        began = time.monotonic()
        token.start(job.limits.total_s)
        watch = Stopwatch(on_progress)
        climb = Climb(job, token, self._settings, self._servers, self._services.offline, watch)
        try:
            reading = climb.run()
            text = cut_loop(reading.answer.text) if "loop" in reading.suspects else reading.answer.text
            blocks = located(parse(text, formatted=reading.answer.formatted), reading.answer.regions)
            token.close()
            return Result(
                job,
                JobState.DONE,
                time.monotonic() - began - token.uncounted_s,
                tuple(climb.attempts),
                engine=ENGINE_OF[reading.rung],
                server=reading.server,
                rung=reading.rung,
                text=text,
                formatted=reading.answer.formatted,
                blocks=blocks,
                warnings=tuple(dict.fromkeys((*reading.answer.warnings, *reading.suspects))),
                spans=watch.stop(),
            )
        except JobCancelled as error:
            state, failure = JobState.CANCELLED, Failure.of(error)
        except JobTimeout as error:
            state, failure = JobState.TIMED_OUT, Failure.of(error)
        except OcrError as error:
            state = JobState.TIMED_OUT if error.kind in _TOO_SLOW else JobState.FAILED
            failure = Failure.of(error)
        except Exception as error:  # noqa: BLE001 - a bug costs one page, never the program
            _log.exception("A job failed inside the program")
            state, failure = JobState.FAILED, Failure("unexpected", (("detail", type(error).__name__),))
        elapsed_s = time.monotonic() - began - token.uncounted_s
        return Result(job, state, elapsed_s, tuple(climb.attempts), error=failure, spans=watch.stop())


def _log_end(result: Result) -> None:
    """How a job ended, without a word of the page; ids are cut, since whole ones look like secrets."""
    job = result.job
    facts: dict[str, object] = {
        "job": OwnWord(job.id[:8]),
        "document": OwnWord(job.page.document.id[:8]),
        "page": job.page.number,
        "mode": job.mode,
        "state": result.state,
        "elapsed_s": round(result.elapsed_s, 3),
        "attempts": len(result.attempts),
    }
    if result.rung is not None:
        facts["rung"] = result.rung
    if result.error is not None:
        facts["kind"] = OwnWord(result.error.kind)
    _log.info("A job ended", extra={"facts": facts})
