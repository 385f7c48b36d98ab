"""Where threads meet Qt: jobs go out to a thread pool, and come back as signals on the GUI thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled
from glmocr_desktop.core.model import EngineChoice, Failure, Job, JobState, Progress, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.metrics import Snapshot
from glmocr_desktop.jobs.proving import Proven, prove, prove_address
from glmocr_desktop.jobs.queue import JobQueue
from glmocr_desktop.jobs.telemetry import Telemetry
from glmocr_desktop.recognition.health import Health
from glmocr_desktop.recognition.network.place import place_of
from glmocr_desktop.recognition.pipeline import Pipeline

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")
_BACKGROUND_THREADS = 3  # opening, thumbnails and exports; each waits for files rather than for the processor


class JobEngine(QObject):
    """Runs jobs and tells how they go.

    Every submitted job ends in exactly one `job_ended`, whatever happens.

    Signals:
        job_started(job id): It left the local queue.
        job_progressed(job id, Progress): A sign of life.
        job_parked(job id, Failure): It needs the server, which is down; it starts by itself when the server is back.
        job_ended(job id, Result): The one end.
        health_changed(Health): A server was seen in another state; see `healths` for all of them.
        metrics_refused(Failure): The figures cannot be offered at the port that is set.

    Thread: GUI, for every method.
    """

    job_started = Signal(str)
    job_progressed = Signal(str, object)
    job_parked = Signal(str, object)
    job_ended = Signal(str, object)
    health_changed = Signal(object)
    metrics_refused = Signal(object)
    _job_returned = Signal(str, object)
    _health_seen = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._queue = JobQueue()
        self._parked: dict[str, Job] = {}
        self._threads = QThreadPool(self)
        self._background = ThreadPoolExecutor(_BACKGROUND_THREADS, "background")
        self._pipeline = Pipeline(settings, on_health=self._health_seen.emit)
        self._threads.setMaxThreadCount(self._pipeline.places)
        self._telemetry = Telemetry(
            self._pipeline_now,
            lambda: self._queue.waiting,
            lambda: self._settings.metrics_port,
            self.metrics_refused.emit,
        )
        self._open = True
        self.job_ended.connect(self._on_job_ended)
        self._job_returned.connect(self._on_job_returned)
        # Queued also on this thread: what a new pipeline says while it is made is heard when it is in use.
        self._health_seen.connect(self._on_health_seen, Qt.ConnectionType.QueuedConnection)

    @property
    def settings(self) -> Settings:
        """The settings that new jobs run with."""
        return self._settings

    @property
    def health(self) -> Health:
        """The server as it was last seen; of several, the one that pages go to first."""
        return self._pipeline.health

    @property
    def healths(self) -> tuple[Health, ...]:
        """Every server of the settings as it was last seen, in their order."""
        return tuple(each.health for each in self._pipeline.servers.all)

    def start(self) -> None:
        """Begin to look after the server's health; `health_changed` tells what is found."""
        self._pipeline.start()
        self._telemetry.start()
        self._background.submit(self._telemetry.offer)

    def apply(self, settings: Settings) -> None:
        """Use other settings for all jobs that start from now on; running ones keep theirs."""
        if settings == self._settings:
            return
        before, self._settings = self._settings, settings
        self._background.submit(self._telemetry.offer)
        if not settings.reads_like(before):
            self.reconnect()

    def reconnect(self) -> None:
        """Meet the servers anew, as when a login was stored or a certificate trusted."""
        self._pipeline = self._pipeline.adapted(self._settings)
        self._threads.setMaxThreadCount(self._pipeline.places)

    def submit(self, jobs: Iterable[Job]) -> None:
        """Let jobs be run in their order."""
        if not self._open:
            return
        added = list(jobs)
        self._queue.put(added)
        for _ in added:  # one worker a job: a worker that finds the queue empty (cancelled jobs) just ends
            self._threads.start(self._worker())

    def cancel(self, job_ids: Iterable[str]) -> None:
        """End these jobs early; what ended already is left as it is."""
        ids = list(job_ids)
        parked = [self._parked.pop(each) for each in ids if each in self._parked]
        self._end_unread([*parked, *self._queue.cancel(ids)])

    def cancel_all(self) -> None:
        """End every job that has not ended."""
        self.cancel([*self._parked])
        self._end_unread(self._queue.cancel())

    def run_in_background(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Run file or network work off the GUI thread; await it with ``asyncio.wrap_future``."""
        return self._background.submit(function, *args, **kwargs)

    def snapshot(self, range_s: float) -> Snapshot:
        """The figures of the last seconds, up to an hour."""
        return self._telemetry.snapshot(range_s)

    def reset_metrics(self) -> None:
        """Count anew from now on."""
        self._telemetry.reset()

    def prove(self, url: str, token: CancelToken) -> Future[Proven]:
        """Find out, in the background, whether a server reads: its `Health.canaries` say so.

        Args:
            url: One of the addresses of the settings.
            token: Ends it; the future then raises `JobCancelled`.
        """
        server = next(each for each in self._pipeline.servers.all if each.url == url)
        return self.run_in_background(prove, server, token)

    def prove_address(self, settings: Settings, url: str, token: CancelToken) -> Future[Proven]:
        """Find out, in the background, whether a server reads that need not be in use, by other settings.

        Args:
            settings: Those to ask it by.
            url: Any address.
            token: Ends it; the future then raises `JobCancelled`.
        """
        return self.run_in_background(prove_address, settings, url, token)

    @staticmethod
    def place(url: str) -> Future[str]:
        """How far pages travel to a server: a value of `recognition.network.place.Place`.

        The name service may take half a minute, and must not keep the program from ending: it is asked on a thread
        that nobody waits for.
        """
        found: Future[str] = Future()
        found.set_running_or_notify_cancel()
        threading.Thread(target=lambda: found.set_result(place_of(url)), name="place", daemon=True).start()
        return found

    def shutdown(self, wait_s: float = 2.0) -> bool:
        """Take no more jobs, end all that run, and close everything.

        Args:
            wait_s: How long to wait for threads to come back.

        Returns:
            Whether all threads came back. Blocks up to ``wait_s``: it is the last thing that the window does.
        """
        if not self._open:
            return True
        self._open = False
        deadline = time.monotonic() + wait_s
        self.cancel_all()
        self._queue.close()
        self._background.shutdown(wait=False, cancel_futures=True)
        closing = threading.Thread(target=self._telemetry.close, name="closing", daemon=True)
        closing.start()  # each may take a moment
        self._pipeline.close()
        closing.join(max(0.0, deadline - time.monotonic()))
        return self._threads.waitForDone(max(1, int((deadline - time.monotonic()) * 1000)))

    def _worker(self) -> _Worker:
        return _Worker(
            self._queue,
            self._pipeline_now,
            self.job_started.emit,
            self.job_progressed.emit,
            self._job_returned.emit,
        )

    def _pipeline_now(self) -> Pipeline:
        return self._pipeline

    def _end_unread(self, jobs: list[Job]) -> None:
        for job in jobs:
            self.job_ended.emit(job.id, Result(job, JobState.CANCELLED, 0.0, error=Failure.of(JobCancelled())))

    def _on_job_ended(self, _job_id: str, result: Result) -> None:
        self._telemetry.count(result)

    def _on_job_returned(self, job_id: str, result: Result) -> None:
        self._threads.setMaxThreadCount(self._pipeline.places)  # every page may teach what the server can do
        if self._needs_server(result) and self._open and not self.health.up:
            assert result.error is not None
            self._parked[job_id] = result.job
            self.job_parked.emit(job_id, result.error)
        else:
            self.job_ended.emit(job_id, result)

    @staticmethod
    def _needs_server(result: Result) -> bool:
        error = result.error
        return error is not None and error.kind == "offline_formula" and result.job.engine is EngineChoice.AUTO

    def _on_health_seen(self, health: Health) -> None:
        self._threads.setMaxThreadCount(self._pipeline.places)
        self.health_changed.emit(health)
        if self.health.up and self._parked:
            jobs = list(self._parked.values())
            self._parked.clear()
            self.submit(jobs)


class _Worker(QRunnable):
    """Runs the next job; owns no QObject, its only way back is bound emits."""

    def __init__(
        self,
        queue: JobQueue,
        pipeline: Callable[[], Pipeline],
        started: Callable[[str], None],
        progressed: Callable[[str, Progress], None],
        returned: Callable[[str, Result], None],
    ) -> None:
        super().__init__()
        self._queue = queue
        self._pipeline = pipeline
        self._started = started
        self._progressed = progressed
        self._returned = returned

    def run(self) -> None:
        """Take and run a job.

        Thread: pool.
        """
        taken = self._queue.take()
        if taken is None:
            return
        job, token = taken
        self._started(job.id)
        voice = _Voice(lambda progress: self._progressed(job.id, progress))
        result = self._pipeline().run(job, token, voice)
        self._queue.done(job.id)
        self._returned(job.id, result)
        voice.end()


class _Voice:
    """Passes a job's progress on; what becomes of a cancelled job on the server is told after its end.

    Thread: any.
    """

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._held: list[Progress] | None = []

    def __call__(self, progress: Progress) -> None:
        with self._lock:
            if progress.phase.afterwards and self._held is not None:
                self._held.append(progress)
                return
        self._tell(progress)

    def end(self) -> None:
        """The job's end was told."""
        with self._lock:
            held, self._held = self._held or [], None
        for progress in held:
            self._tell(progress)
