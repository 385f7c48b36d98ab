"""Many jobs at once without Qt: what the command line runs."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Job, Result
from glmocr_desktop.recognition.pipeline import Pipeline

_MOST_THREADS = 256  # each is started when a job needs it
_LOOK_S = 0.5  # a wait without an end cannot be interrupted by Ctrl+C on Windows


class Batch:
    """Runs jobs from an iterator that may be long and lazy.

    Args:
        pipeline: Runs each job, and says how many at once.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._tokens: dict[str, CancelToken] = {}
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled

    def cancel(self) -> None:
        """Take no more jobs and end those that run; `run` still yields how they ended.

        Thread: any, also a signal handler (it takes no lock that the interrupted code could hold).
        """
        self._cancelled = True
        for token in list(self._tokens.values()):
            token.cancel()

    def run(self, jobs: Iterable[Job]) -> Generator[Result, None, None]:
        """Yield the result of each job as it ends; whoever stops asking cancels what still runs."""
        with ThreadPoolExecutor(_MOST_THREADS, "reading") as pool:
            try:
                yield from self._results(pool, iter(jobs))
            except BaseException:  # leaving the pool waits for what runs
                self.cancel()
                raise

    def _results(self, pool: ThreadPoolExecutor, source: Iterator[Job]) -> Iterator[Result]:
        running: set[Future[Result]] = set()
        while True:
            while not self._cancelled and len(running) < self._pipeline.places and (job := next(source, None)):
                running.add(pool.submit(self._run_one, job, self._token(job)))
            if not running:
                return
            ended, running = wait(running, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
            for future in ended:
                yield future.result()

    def _token(self, job: Job) -> CancelToken:
        token = self._tokens[job.id] = CancelToken()
        if self._cancelled:
            token.cancel()
        return token

    def _run_one(self, job: Job, token: CancelToken) -> Result:
        try:
            return self._pipeline.run(job, token)
        finally:
            self._tokens.pop(job.id, None)
