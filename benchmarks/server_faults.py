"""Every fault of a server, on many pages beside healthy ones, through the whole pipeline: is any promise broken?

Each row is one fault, with the ladder (again, with less, offline) or without it. All pages of a row are on their way
to the same server together: the faults strike while the healthy pages are being read. Promises: every page ends
exactly once, none later than its deadline and 0.2 s, the healthy ones are read by the server at the first try, and
nothing is left: no page in the server's queue, no thread, no socket, no file.

Run: ``python -m benchmarks.server_faults [--faulty 20] [--healthy 20] [--once] [--only NAME]``, from the project's
folder; it takes some six minutes. It ends with 1 if a promise was broken. After five faults in a row the server is left
alone; ``--faulty 4 --once`` shows what trying again and asking for less are good for.
"""

from __future__ import annotations

import argparse
import gc
import os
import ssl
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import trustme

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Engine, EngineChoice, Job, JobState, Limits, Result, Rung
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.offline import OfflineEngine
from glmocr_desktop.recognition.pipeline import Pipeline, Services
from tests.support.faults import MIDSTREAM, Fault, Step
from tests.support.faulty_server import FaultyServer, faulty_server
from tests.support.pages import numbered_page
from tests.support.raw_http import full_backlog, raw_server
from tests.support.servers import free_port

_GRACE_S = 0.2
_DEADLINE_S = {True: 6.0, False: 3.0}  # with the ladder, and without it
_LEFT_S = 7.0  # for sockets and threads that are on their way out: Gradio's client waits 5 s for a description
_LANES = 64
_LIMITS = Limits(connect_s=0.8, upload_s=1.2, queue_wait_s=2.4, silence_s=2.0, first_s=1.2, retry_s=1.0, degraded_s=1.0)


@dataclass(frozen=True)
class _Case:
    """A server, and the fault that it has at a step."""

    name: str
    start: Callable[[ExitStack, Path], tuple[str, FaultyServer | None]]
    step: Step | None = None
    fault: Fault | None = None


@dataclass
class _Ended:
    results: list[Result] = field(default_factory=list)
    counted_s: float = 0.0


@dataclass(frozen=True)
class _Left:
    """What the process holds."""

    threads: int
    sockets: int
    files: int

    def more_than(self, other: _Left) -> bool:
        return self.threads > other.threads or self.sockets > other.sockets or self.files > other.files

    @classmethod
    def now(cls, folder: Path) -> _Left:
        gc.collect()
        links = []
        for each in Path("/proc/self/fd").iterdir():
            try:
                links.append(str(each.readlink()))
            except OSError:  # that of the listing itself
                continue
        # The offline engine is the same for all rows; it starts its process and that one's thread when it needs them.
        threads = sum(each.name != "offline-engine" for each in threading.enumerate())
        return cls(threads, sum(each.startswith("socket:") for each in links), len(list(folder.iterdir())))


def _ordinary(stack: ExitStack, _folder: Path) -> tuple[str, FaultyServer | None]:
    server = stack.enter_context(faulty_server())
    server.elsewhere = stack.enter_context(raw_server()).url
    return server.url, server


def _nobody(_stack: ExitStack, _folder: Path) -> tuple[str, FaultyServer | None]:
    return f"http://127.0.0.1:{free_port()}", None


def _hanging(stack: ExitStack, _folder: Path) -> tuple[str, FaultyServer | None]:
    return stack.enter_context(full_backlog()), None


def _untrusted(stack: ExitStack, _folder: Path) -> tuple[str, FaultyServer | None]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return stack.enter_context(faulty_server(context)).url, None


def _cases() -> Iterator[_Case]:
    before = [fault for fault in Fault if fault not in MIDSTREAM]
    for step in (Step.UPLOAD, Step.JOIN, Step.STREAM):
        for fault in before:
            yield _Case(f"{step.name} {fault.name}", _ordinary, step, fault)
    for fault in Fault:
        if fault in MIDSTREAM:
            yield _Case(f"STREAM {fault.name}", _ordinary, Step.STREAM, fault)
    for step in (Step.CONFIG, Step.INFO):
        for fault in before:
            yield _Case(f"{step.name} {fault.name}", _ordinary, step, fault)
    yield _Case("NOBODY LISTENS", _nobody)
    yield _Case("CONNECT HANGS", _hanging)
    yield _Case("CERTIFICATE", _untrusted)


def _run_pages(pipeline: Pipeline, jobs: list[Job]) -> dict[str, _Ended]:
    """Each page on a thread of its own; how each ended."""
    ended = {job.id: _Ended() for job in jobs}
    together = threading.Barrier(len(jobs))

    def run(job: Job) -> None:
        token = CancelToken()
        together.wait(30)
        began = time.monotonic()
        ended[job.id].results.append(pipeline.run(job, token))
        ended[job.id].counted_s = time.monotonic() - began - token.uncounted_s

    threads = [threading.Thread(target=run, args=(job,), daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(_DEADLINE_S.values()) * 2)
    return ended


def _how(results: list[Result]) -> str:
    """Who read the pages, and why the others failed."""
    kinds: Counter[str] = Counter()
    for each in results:
        if each.state is JobState.DONE:
            rung = each.rung or Rung.FIRST
            kinds["server" if rung is Rung.FIRST else rung.value] += 1
        else:
            name = each.error.kind if each.error else "?"
            kinds[f"{'late' if each.state is JobState.TIMED_OUT else 'failed'}:{name}"] += 1
    return ", ".join(f"{count} {name}" for name, count in kinds.most_common())


class _Bench:
    """Runs the rows."""

    def __init__(self, folder: Path, faulty: int, healthy: int, *, once: bool) -> None:
        self._folder = folder
        self._once = once
        (folder / "temporary").mkdir()
        tempfile.tempdir = str(folder / "temporary")
        self._pages = [numbered_page(folder, number) for number in range(faulty + healthy)]
        self._faulty = faulty
        self._offline = OfflineEngine()
        warm = Pipeline(Settings(engine=EngineChoice.OFFLINE), services=Services(offline=self._offline))
        assert warm.run(Job(self._pages[0], engine=EngineChoice.OFFLINE), CancelToken()).state is JobState.DONE

    def close(self) -> None:
        self._offline.close()

    def row(self, case: _Case, ladder: bool) -> list[str]:
        """Run one row and print it; the promises that it broke."""
        before = _Left.now(self._folder / "temporary")
        with ExitStack() as stack:
            url, server = case.start(stack, self._folder)
            everybody = case.step not in (Step.UPLOAD, Step.JOIN, Step.STREAM)
            faulty = len(self._pages) if everybody else self._faulty
            if server is not None and case.step is not None and case.fault is not None:
                if everybody:
                    server.describing = {case.step: case.fault}
                else:
                    server.faults = dict.fromkeys(range(faulty), (case.step, case.fault))
                    server.together = len(self._pages)
                    server.once = self._once
            ended, latest_s = self._read(url, ladder, known=not everybody)
            broken = self._broken(case, ended[faulty:], latest_s, ladder)
            if server is not None and not server.wait_until(lambda: not server.queued, _LEFT_S):
                broken.append(f"{len(server.queued)} pages left in the server's queue")
        left = self._left(before)
        if left.more_than(before):
            broken.append(f"left: {[each.name for each in threading.enumerate()]}, {left}")
        once = sum(len(each.results) == 1 for each in ended)
        if once < len(ended):
            broken.append(f"{len(ended) - once} pages did not end once")
        results = [result for each in ended[:faulty] for result in each.results]
        print(
            f"{case.name:22}{'on' if ladder else 'off':>5}{once:>5}/{len(ended)}"
            f"{latest_s:8.2f}/{_DEADLINE_S[ladder]:g} s{left.threads - before.threads:>5}"
            f"{left.sockets - before.sockets:>4}{left.files - before.files:>4}   {_how(results)}"
            f"{'   BROKEN: ' + '; '.join(broken) if broken else ''}",
            flush=True,
        )
        return broken

    def _read(self, url: str, ladder: bool, *, known: bool) -> tuple[list[_Ended], float]:
        choice = EngineChoice.AUTO if ladder else EngineChoice.SERVER
        settings = Settings(server_url=url, lanes=_LANES, engine=choice, retry=ladder, degraded=ladder)
        services = Services(offline=self._offline)
        pipeline = Pipeline(settings, services=services)
        if known:  # what the server offers is no part of these rows
            pipeline.servers.all[0].endpoint(CancelToken())
        limits = replace(_LIMITS, total_s=_DEADLINE_S[ladder])
        jobs = [Job(page, engine=choice, limits=limits) for page in self._pages]
        ended = list(_run_pages(pipeline, jobs).values())
        services.transport.close()
        return ended, max(each.counted_s for each in ended)

    def _broken(self, case: _Case, healthy: list[_Ended], latest_s: float, ladder: bool) -> list[str]:
        broken = []
        if latest_s > _DEADLINE_S[ladder] + _GRACE_S:
            broken.append(f"one ended after {latest_s:.2f} s")
        texts = {number: each.results for number, each in enumerate(healthy, self._faulty)}
        harmed = [
            f"healthy page {number} of {case.name}: {_how([result])} after {[each.error for each in result.attempts]}"
            for number, results in texts.items()
            for result in results
            if (result.engine, result.rung, result.text) != (Engine.SERVER, Rung.FIRST, f"page {number}")
        ]
        return broken + harmed

    def _left(self, before: _Left) -> _Left:
        """What is left, after a moment for what is on its way out."""
        ending, deadline = CancelToken(), time.monotonic() + _LEFT_S
        while (left := _Left.now(self._folder / "temporary")).more_than(before) and time.monotonic() < deadline:
            ending.pause(0.05)
        return left


def main() -> int:
    """Print the table; 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faulty", type=int, default=20)
    parser.add_argument("--healthy", type=int, default=20)
    parser.add_argument("--once", action="store_true", help="a fault strikes a page only the first time")
    parser.add_argument("--only", default="", help="rows whose name has this in it")
    given = parser.parse_args()
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nobody's logins are looked at
    cases = [each for each in _cases() if given.only in each.name]
    print(f"{'fault':22}{'ladder':>5}{'once':>7}{'latest':>9}{'left: thr, sock, files':>27}   how the faulty ended")
    broken, began = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        bench = _Bench(Path(name), given.faulty, given.healthy, once=given.once)
        try:
            for case in cases:
                for ladder in (True, False):
                    broken += bool(bench.row(case, ladder))
        finally:
            bench.close()
    print(f"{2 * len(cases)} rows in {time.monotonic() - began:.0f} s, {broken} broke a promise")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
