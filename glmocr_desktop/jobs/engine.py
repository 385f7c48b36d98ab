"""Where threads meet Qt: jobs go out to a thread pool, and come back as signals on the GUI thread."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled
from glmocr_desktop.core.log import OwnWord
from glmocr_desktop.core.model import EngineChoice, Failure, Job, JobState, Progress, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.ends import Ends, Keep
from glmocr_desktop.jobs.metrics import Snapshot
from glmocr_desktop.jobs.proving import Proven, prove, prove_address
from glmocr_desktop.jobs.queue import JobQueue
from glmocr_desktop.jobs.telemetry import Telemetry
from glmocr_desktop.jobs.voice import Voice
from glmocr_desktop.recognition.health import Health
from glmocr_desktop.recognition.network.place import place_of
from glmocr_desktop.recognition.pipeline import Pipeline

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")
_BACKGROUND_THREADS = 3  # opening, thumbnails and exports; each waits for files rather than for the processor
_LEAST_TOLD = 20
_SLICE_S = 0.006  # many jobs that end at once are told of a few at a time, so that the window goes on between them


class JobEngine(QObject):
    """Runs jobs and tells how they go.

    Every submitted job ends in exactly one `job_ended`, whatever happens; it is told when it is kept, if it is.

    Signals:
        job_started(job id): It left the local queue.
        job_progressed(job id, Progress): A sign of life.
        job_parked(job id, Failure): It needs the server, which is down; it starts by itself when the server is back.
        job_ended(job id, Result): The one end.
        jobs_paused(list[job id]): They are held back until they are resumed.
        jobs_resumed(list[job id]): They wait for their turn again.
        paused_changed(bool): Whether everything is paused, what will be submitted as well.
        health_changed(Health): A server was seen in another state; see `healths` for all of them.
        metrics_refused(Failure): The figures cannot be offered at the port that is set.

    Thread: GUI, for every method.
    """

    job_started = Signal(str)
    job_progressed = Signal(str, object)
    job_parked = Signal(str, object)
    job_ended = Signal(str, object)
    jobs_paused = Signal(object)
    jobs_resumed = Signal(object)
    paused_changed = Signal(bool)
    health_changed = Signal(object)
    metrics_refused = Signal(object)
    _job_returned = Signal(str, object)
    _ends_kept = Signal(object)
    _worker_left = Signal()
    _health_seen = Signal(object)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._queue = JobQueue()
        self._parked: dict[str, Job] = {}
        self._ends = Ends()
        self._unread: deque[Job] = deque()  # cancelled before they began; their end is still to be told
        self._unkept: dict[str, Result] = {}  # ends that are told when they are kept
        self._kept: deque[Result] = deque()  # and those that can be told now
        self._keeping: dict[Future[None], list[Result]] = {}  # those on their way to whoever keeps them
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.timeout.connect(self._tell_ends)
        self._workers = 0
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
        self._ends_kept.connect(self._on_ends_kept)
        self._worker_left.connect(self._on_worker_left)
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
        names = OwnWord(" ".join(settings.differing(before)))  # never what is in them
        _log.info("Settings were changed", extra={"facts": {"names": names}})
        self._background.submit(self._telemetry.offer)
        if not settings.reads_like(before):
            self.reconnect()

    def reconnect(self) -> None:
        """Meet the servers anew, as when a login was stored or a certificate trusted."""
        self._pipeline = self._pipeline.adapted(self._settings)
        self._man()

    def keep_by(self, keep: Keep | None) -> None:
        """Let every end be kept before it is told, from now on; nobody waits for that once the program ends."""
        self._ends.keep_by(keep)

    def submit(self, jobs: Iterable[Job], *, paused: bool = False) -> None:
        """Let jobs be run in their order, or held back."""
        if not self._open:
            return
        if held := self._queue.put(jobs, paused=paused):
            self.jobs_paused.emit(held)
        self._man()

    @property
    def all_paused(self) -> bool:
        """Whether everything is paused, what will be submitted as well."""
        return self._queue.all_paused

    def pause(self, job_ids: Iterable[str] | None = None) -> None:
        """Hold back what has not begun: these jobs, or all that there are and all that will come."""
        ids = None if job_ids is None else list(job_ids)
        held = self._queue.pause(ids)
        parked = [self._parked.pop(each) for each in ids or () if each in self._parked]
        held += self._queue.put(parked, paused=True)
        if held:
            self.jobs_paused.emit(held)
        if ids is None:
            self.paused_changed.emit(True)

    def resume(self, job_ids: Iterable[str] | None = None) -> None:
        """Go on with these jobs, or with all."""
        ids = None if job_ids is None else list(job_ids)
        if resumed := self._queue.resume(ids):
            self.jobs_resumed.emit(resumed)
        if ids is None:
            self.paused_changed.emit(False)
        self._man()

    def promote(self, job_ids: Iterable[str]) -> list[str]:
        """Read these jobs first, as far as they have not begun.

        Returns:
            Those that are now the first.
        """
        return self._queue.promote(job_ids)

    def demote(self, job_ids: Iterable[str]) -> list[str]:
        """Read these jobs last, as far as they have not begun.

        Returns:
            Those that are now the last.
        """
        return self._queue.demote(job_ids)

    def cancel(self, job_ids: Iterable[str]) -> None:
        """End these jobs early; what ended already is left as it is."""
        ids = list(job_ids)
        parked = [self._parked.pop(each) for each in ids if each in self._parked]
        self._ends.give_up(self._queue.running(ids))
        self._end_unread([*parked, *self._queue.cancel(ids)])

    def cancel_all(self) -> None:
        """End every job that has not ended."""
        self._ends.give_up(self._queue.running())
        self._end_unread(self._cancel_all())

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
        while self._unread:  # what a person cancelled before is kept
            self._tell_ends()
        self._ends.close()
        for handing, results in self._keeping.items():
            if handing.cancel():
                self._ends.then(results, self._ends_kept.emit)
        untold = [*self._unkept.values(), *map(_unread, self._cancel_all()), *map(_unread, self._queue.close())]
        self._telling.stop()
        self._unkept.clear()
        for result in untold:
            self.job_ended.emit(result.job.id, result)
        self._background.shutdown(wait=False, cancel_futures=True)
        closing = threading.Thread(target=self._telemetry.close, name="closing", daemon=True)
        closing.start()  # each may take a moment
        self._pipeline.close()
        closing.join(max(0.0, deadline - time.monotonic()))
        return self._threads.waitForDone(max(1, int((deadline - time.monotonic()) * 1000)))

    def _man(self) -> None:
        """Have a worker for every job that could run, up to the number of those that are worth running at once."""
        places = self._pipeline.places
        self._threads.setMaxThreadCount(places)
        for _ in range(min(places, self._queue.at_hand) - self._workers if self._open else 0):
            self._workers += 1
            self._threads.start(self._worker())

    def _worker(self) -> _Worker:
        return _Worker(
            self._queue,
            self._pipeline_now,
            self.job_started.emit,
            self.job_progressed.emit,
            self._wait_kept,
            self._job_returned.emit,
            self._too_many,
            self._worker_left.emit,
        )

    def _too_many(self) -> bool:
        """Whether a worker should leave. Thread: any."""
        return self._workers > self._pipeline.places

    def _on_worker_left(self) -> None:
        self._workers -= 1
        self._man()  # a job may have come since it looked

    def _pipeline_now(self) -> Pipeline:
        return self._pipeline

    def _cancel_all(self) -> list[Job]:
        """End all that run, and take out the others."""
        parked = list(self._parked.values())
        self._parked.clear()
        return [*parked, *self._queue.cancel()]

    def _end_unread(self, jobs: list[Job]) -> None:
        self._unread.extend(jobs)
        self._tell_ends()

    def _tell_ends(self) -> None:
        """Tell some of the ends that can be told, or have some kept of those that cannot yet."""
        until = time.monotonic() + _SLICE_S
        done = 0
        ended: list[Result] = []
        while (self._kept or self._unread) and (done < _LEAST_TOLD or time.monotonic() < until):
            done += 1
            result = self._kept.popleft() if self._kept else _unread(self._unread.popleft())
            if result.job.id in self._unkept or not self._ends.kept:
                self._unkept.pop(result.job.id, None)
                self.job_ended.emit(result.job.id, result)
            else:
                ended.append(result)
        self._keep_then_tell(ended)
        if self._kept or self._unread:
            self._telling.start()

    def _keep_then_tell(self, results: list[Result]) -> None:
        if results:
            self._unkept.update((result.job.id, result) for result in results)
            handing = self._background.submit(self._ends.then, results, self._ends_kept.emit)
            self._keeping[handing] = results

    def _on_ends_kept(self, results: list[Result]) -> None:
        if self._open:
            self._keeping = {each: some for each, some in self._keeping.items() if not each.done()}
            self._kept.extend(results)
            self._telling.start()

    def _on_job_ended(self, _job_id: str, result: Result) -> None:
        self._telemetry.count(result)

    def _on_job_returned(self, job_id: str, result: Result) -> None:
        self._man()  # every page may teach what the server can do
        if self._needs_server(result) and self._open and not self.health.up:
            assert result.error is not None
            self._parked[job_id] = result.job
            self.job_parked.emit(job_id, result.error)
        elif self._needs_server(result) and self._open:
            self._keep_then_tell([result])
        else:
            self.job_ended.emit(job_id, result)

    def _wait_kept(self, result: Result) -> None:
        """Wait until an end is kept that is surely one. Thread: pool."""
        if not self._needs_server(result):
            self._ends.wait(result)

    @staticmethod
    def _needs_server(result: Result) -> bool:
        error = result.error
        return error is not None and error.kind == "offline_formula" and result.job.engine is EngineChoice.AUTO

    def _on_health_seen(self, health: Health) -> None:
        self._man()
        self.health_changed.emit(health)
        if self.health.up and self._parked:
            jobs = list(self._parked.values())
            self._parked.clear()
            self.submit(jobs)


class _Worker(QRunnable):
    """Runs one job after the other; owns no QObject, its only way back is bound emits."""

    def __init__(
        self,
        queue: JobQueue,
        pipeline: Callable[[], Pipeline],
        started: Callable[[str], None],
        progressed: Callable[[str, Progress], None],
        wait_kept: Callable[[Result], None],
        returned: Callable[[str, Result], None],
        too_many: Callable[[], bool],
        left: Callable[[], None],
    ) -> None:
        super().__init__()
        self._queue = queue
        self._pipeline = pipeline
        self._started = started
        self._progressed = progressed
        self._wait_kept = wait_kept
        self._returned = returned
        self._too_many = too_many
        self._left = left

    def run(self) -> None:
        """Take and run jobs until there is none, or there are more workers than places.

        Thread: pool.
        """
        while not self._too_many() and (taken := self._queue.take()) is not None:
            self._run(*taken)
        self._left()

    def _run(self, job: Job, token: CancelToken) -> None:
        self._started(job.id)
        voice = Voice(lambda progress: self._progressed(job.id, progress))
        result = self._pipeline().run(job, token, voice)
        self._wait_kept(result)
        self._queue.done(job.id)
        self._returned(job.id, result)
        voice.end()


def _unread(job: Job) -> Result:
    """How a job ended that was cancelled before it began."""
    return Result(job, JobState.CANCELLED, 0.0, error=Failure.of(JobCancelled()))
