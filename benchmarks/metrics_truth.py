"""Five hundred pages whose ends and times are known, by real servers through the whole engine: are the figures true?

The server notes by its own clock how long it read each page. Some pages it refuses, once or always, some it reads too
slowly, some are cancelled; one server breaks off at the first try. Promises: every count is equal, and every percentile
is within 5 % of the truth. A full hour of pages is counted, too, to see what a look at it costs.

Run: ``python -m benchmarks.metrics_truth``, from the project's folder; it takes about a minute and a half.
It ends with 1 if a promise was broken.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from glmocr_desktop.core.model import EngineChoice, Job, Limits, Phase, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.jobs.metrics import READ, Metrics, Outcome, Percentiles, outcome_of
from tests.jobs.ended import ended
from tests.support.faults import Fault, Step
from tests.support.faulty_server import faulty_server
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess, running_server

_TRUTH = {
    Outcome.DONE: 300,
    Outcome.RETRIED: 40,
    Outcome.DEGRADED: 40,
    Outcome.OFFLINE: 30,
    Outcome.TIMED_OUT: 20,
    Outcome.FAILED: 30,
    Outcome.CANCELLED: 40,
}
_LANES = 8
_TOLERANCE = 0.05
_ECHO = {"answers": {"Text Recognition:": "Text Recognition:"}}  # useless; the simpler prompt does better
_LATE = {"delay_s": 3.0}
_RANGE_S = 3600.0


class _Run:
    """The engine, the pages, and all results."""

    def __init__(self, folder: Path, server: ServerProcess) -> None:
        self.server = server
        self.results: list[Result] = []
        self.engine = JobEngine(Settings(server_url=server.url, lanes=_LANES))
        self.engine.job_ended.connect(lambda _job_id, result: self.results.append(result))
        self.engine.start()
        self._folder = folder
        self._made = 0

    def jobs(self, outcome: Outcome, limits: Limits = Limits()) -> list[Job]:  # noqa: B008 - frozen
        """Pages that will end so."""
        numbers = range(self._made, self._made + _TRUTH[outcome])
        self._made += len(numbers)
        engine = EngineChoice.AUTO if outcome is Outcome.OFFLINE else EngineChoice.SERVER
        return [Job(numbered_page(self._folder, number), engine=engine, limits=limits) for number in numbers]

    def read(self, jobs: list[Job]) -> None:
        """Read these pages, and wait for their ends."""
        wanted = len(self.results) + len(jobs)
        self.engine.submit(jobs)
        _wait_until(lambda: len(self.results) >= wanted)

    def cancel(self, jobs: list[Job]) -> None:
        """Begin with these pages, and cancel all of them."""
        started: list[str] = []
        wanted = len(self.results) + len(jobs)
        self.engine.job_started.connect(started.append)
        self.engine.submit(jobs)
        _wait_until(lambda: len(started) >= _LANES)
        self.engine.cancel_all()
        _wait_until(lambda: len(self.results) >= wanted)


def _wait_until(met) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if met() else None)
    timer.start(10)
    loop.exec()


def _numbers(jobs: Iterable[Job], control: dict[str, object]) -> dict[str, object]:
    return {job.page.document.name.removeprefix("page ").removesuffix(".png"): control for job in jobs}


def _line(name: str, true: float, found: float, *, exact: bool = False) -> bool:
    """Print one figure; whether it is true."""
    error = abs(found - true) / true if true else float(found != true)
    fine = found == true if exact else error <= _TOLERANCE
    shown = f"{true:12g}{found:12g}" if exact else f"{true:12.4f}{found:12.4f}{error:9.2%}"
    print(f"{name:32}{shown}{'' if fine else '   WRONG'}")
    return fine


def _times(name: str, took_s: list[float], found: Percentiles | None) -> bool:
    assert found is not None
    cuts = statistics.quantiles(took_s, n=100, method="inclusive")
    fine = [_line(f"{name} count", len(took_s), found.count, exact=True)]
    for share, measured in ((50, found.p50), (95, found.p95), (99, found.p99)):
        fine.append(_line(f"{name} p{share} (s)", cuts[share - 1], measured))
    return all(fine)


def _measure(run: _Run) -> bool:
    chance = random.Random(1)
    done, degraded = run.jobs(Outcome.DONE), run.jobs(Outcome.DEGRADED)
    slow: dict[str, object] = {}
    for number, job in enumerate([*done, *degraded]):
        delay_s = min(4.0, max(0.8, chance.lognormvariate(0.2, 0.4)))
        slow |= _numbers([job], {"delay_s": delay_s} | ({} if number < len(done) else _ECHO))
    run.server.control(pages=slow)
    both = [*done]
    for index, job in enumerate(degraded):  # far from each other: several useless answers in a row are told by health
        both.insert(index * 8, job)
    run.read(both)
    print(f"{'':32}{'truth':>12}{'measured':>12}{'error':>9}")
    by_server_s = [ended_s - began_s for began_s, ended_s in run.server.times()]
    fine = _times("reading, by the server's clock", by_server_s, run.engine.snapshot(_RANGE_S).phases[Phase.READING])

    offline, failed = run.jobs(Outcome.OFFLINE), run.jobs(Outcome.FAILED)
    run.server.control(pages=_numbers([*offline, *failed], {"error": "no"}))
    mixed = [*offline, *failed]
    chance.shuffle(mixed)
    run.read(mixed)
    with faulty_server() as other:
        retried = run.jobs(Outcome.RETRIED)
        other.once = True
        other.faults = {int(name): (Step.STREAM, Fault.CLEAN_END) for name in _numbers(retried, {})}
        run.engine.apply(replace(run.engine.settings, server_url=other.url))
        for job in retried:  # one by one: five in a row open the breaker
            run.read([job])
    run.engine.apply(replace(run.engine.settings, server_url=run.server.url))
    late, cancelled = run.jobs(Outcome.TIMED_OUT, Limits(total_s=0.8)), run.jobs(Outcome.CANCELLED)
    run.server.control(pages=_numbers([*late, *cancelled], _LATE))
    run.read(late)
    run.cancel(cancelled)

    snapshot = run.engine.snapshot(_RANGE_S)
    fine &= _line("jobs", sum(_TRUTH.values()), len({each.job.id for each in run.results}), exact=True)
    for outcome, count in _TRUTH.items():
        fine &= _line(outcome, count, snapshot.outcomes[outcome], exact=True)
        fine &= count == snapshot.totals[outcome] == Counter(map(outcome_of, run.results))[outcome]
    fine &= _line("in the samples", 500, sum(sum(each.ended.values()) for each in snapshot.samples), exact=True)
    read = [each for each in run.results if outcome_of(each) in READ]
    fine &= _times("page", [each.elapsed_s for each in read], snapshot.latency)
    for phase in snapshot.phases:
        took_s = [span.elapsed_s for each in read for span in each.spans if span.phase is phase]
        fine &= _times(phase, took_s, snapshot.phases[phase])
    here = snapshot.servers[0].outcomes
    fine &= _line("done by the server", _TRUTH[Outcome.DONE], here[Outcome.DONE], exact=True)
    gaps = [_uncovered_s(each) for each in run.results if each.spans]
    print(f"time of a page that no span covers: median {statistics.median(gaps) * 1000:.2f} ms, most {max(gaps):.3f} s")
    return fine


def _uncovered_s(result: Result) -> float:
    end_s = max(each.began_s + each.elapsed_s for each in result.spans)
    return end_s - sum(each.elapsed_s for each in result.spans)


def _cost() -> None:
    """What a look at a full hour costs."""
    now_s = 0.0
    metrics = Metrics(lambda: now_s, lambda: now_s)
    chance = random.Random(1)
    results = [ended(Outcome.DONE, chance, f"http://{number % 3}") for number in range(5000)]
    began = time.thread_time()
    for number in range(180_000):
        now_s += 0.02
        metrics.count(results[number % 5000])
    print(f"counting a page: {(time.thread_time() - began) / 180_000 * 1e6:.0f} µs")
    for range_s in (60, 600, 3600):
        took_ms = []
        for _ in range(50):
            now_s += 0.25
            began = time.thread_time()
            metrics.snapshot(range_s)
            took_ms.append((time.thread_time() - began) * 1000)
        print(
            f"a look at {range_s} s of 180,000 pages: {statistics.median(took_ms):.1f} ms, most {max(took_ms):.1f} ms"
        )


def main() -> int:
    """Print the figures; 1 if a promise was broken."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    _application = QCoreApplication.instance() or QCoreApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "server").mkdir()
        (folder / "pages").mkdir()
        with running_server(folder / "server", _LANES) as server:
            run = _Run(folder / "pages", server)
            try:
                fine = _measure(run)
            finally:
                run.engine.shutdown()
    _cost()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
