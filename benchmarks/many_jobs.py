"""A thousand pages with every tenth cancelled, by a real server through the whole pipeline: is anybody else harmed?

The cancels come at random moments of a page's life, half of them within its first 20 ms. Promises: every page ends
exactly once, each with its own text or as cancelled, the server's queue is empty afterwards and begins nothing any
more, and no thread is left.

Run: ``python -m benchmarks.many_jobs [--jobs 1000] [--lanes 8]``, from the project's folder; it takes about a minute.
It ends with 1 if a promise was broken.
"""

from __future__ import annotations

import argparse
import os
import queue
import random
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import EngineChoice, Job, JobState, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.pipeline import Pipeline
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess, running_server

_PAGE_S = 0.15  # the server's time for a page; every cancel comes before that is over
_SOON_S = 0.02
_CANCELLED_SHARE = 0.1
_AFTERWARDS_S = 2.0
_PROMPT = "Text Recognition:"


@dataclass
class _Run:
    """One page, and when it is to be cancelled after its beginning."""

    job: Job
    cancel_after_s: float | None
    token: CancelToken = field(default_factory=CancelToken)
    results: list[Result] = field(default_factory=list)
    cancelled_at: float = 0.0
    latency_ms: float = 0.0

    def run(self, pipeline: Pipeline) -> None:
        """Read it. Thread: pool."""
        timer = threading.Timer(self.cancel_after_s or 0, self._cancel)
        if self.cancel_after_s is not None:
            timer.start()
        self.results.append(pipeline.run(self.job, self.token))
        self.latency_ms = (time.perf_counter() - self.cancelled_at) * 1000
        if self.cancel_after_s is not None:
            timer.join()

    def _cancel(self) -> None:
        self.cancelled_at = time.perf_counter()
        self.token.cancel()


def _runs(folder: Path, count: int) -> list[_Run]:
    chance = random.Random(1)
    cancelled = chance.sample(range(count), round(count * _CANCELLED_SHARE))
    moments = {
        number: chance.uniform(0, _SOON_S if index % 2 else 0.8 * _PAGE_S) for index, number in enumerate(cancelled)
    }
    jobs = [Job(numbered_page(folder, number), engine=EngineChoice.SERVER) for number in range(count)]
    return [_Run(job, moments.get(number)) for number, job in enumerate(jobs)]


def _read_all(pipeline: Pipeline, runs: list[_Run]) -> int:
    """Read all pages, as many at once as the pipeline has places; the most threads that were seen."""
    waiting: queue.SimpleQueue[_Run] = queue.SimpleQueue()
    for each in runs:
        waiting.put(each)
    most = 0

    def work() -> None:
        nonlocal most
        while True:
            try:
                run = waiting.get_nowait()
            except queue.Empty:
                return
            run.run(pipeline)
            most = max(most, threading.active_count())

    workers = [threading.Thread(target=work) for _ in range(pipeline.places)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return most


def _harmed(runs: list[_Run]) -> list[str]:
    """Pages that nobody cancelled, and that did not come back with their own text."""
    return [
        f"page {number}: {[(each.state, each.text, each.error) for each in run.results]}"
        for number, run in enumerate(runs)
        if run.cancel_after_s is None and [each.text for each in run.results] != [f"{_PROMPT} page {number}"]
    ]


def _measure(server: ServerProcess, runs: list[_Run], lanes: int) -> bool:
    """Print what happened; whether all promises were kept."""
    threads_before = threading.active_count()
    pipeline = Pipeline(Settings(server_url=server.url, lanes=lanes))
    pipeline.servers.all[0].endpoint(CancelToken())
    server.control(delay_s=_PAGE_S)
    began = time.monotonic()
    most_threads = _read_all(pipeline, runs)
    elapsed_s = time.monotonic() - began
    CancelToken().pause(_PAGE_S)
    started = sum(line.startswith("start") for line in server.log())
    CancelToken().pause(_AFTERWARDS_S)
    later = sum(line.startswith("start") for line in server.log()) - started
    queued = server.queue_size()
    pool = pipeline.servers.all[0].pool.stats()
    pipeline.close()
    harmed, threads_left = _harmed(runs), threading.active_count() - threads_before
    once = sum(len(each.results) == 1 for each in runs)
    states = [result.state for each in runs for result in each.results]
    done, cancelled = states.count(JobState.DONE), states.count(JobState.CANCELLED)
    wanted = sum(each.cancel_after_s is not None for each in runs)
    latencies = [each.latency_ms for each in runs if each.results[0].state is JobState.CANCELLED]
    print(f"{len(runs)} pages by {lanes} lanes in {elapsed_s:.1f} s ({len(runs) / elapsed_s:.1f} a second)")
    print(f"ended exactly once: {once}; done with their own text: {done}; cancelled: {cancelled} of {wanted}")
    print(f"harmed though nobody cancelled them: {len(harmed)} {harmed[:3] or ''}")
    print(
        f"afterwards: {queued} in the server's queue, {later} begun, {threads_left} threads left (most: {most_threads})"
    )
    print(f"begun by the server: {started}; sockets opened: {pool.opened}, closed: {pool.closed}")
    print(f"from a cancel to its end: median {statistics.median(latencies):.2f} ms, most {max(latencies):.2f} ms")
    return (once, done, cancelled) == (len(runs), len(runs) - wanted, wanted) and not (
        harmed or later or queued or threads_left
    )


def main() -> int:
    """Print the figures; 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--lanes", type=int, default=8)
    given = parser.parse_args()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "server").mkdir()
        (folder / "pages").mkdir()
        runs = _runs(folder / "pages", given.jobs)
        with running_server(folder / "server", given.lanes) as server:
            return 0 if _measure(server, runs, given.lanes) else 1


if __name__ == "__main__":
    sys.exit(main())
