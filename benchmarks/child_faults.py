"""A batch whose child processes are killed, stopped and run out of memory at random moments: which pages are lost?

The command line's batch reads images and pages of PDFs by a real Gradio server, and then offline. Meanwhile one child
after the other is struck: the decoders, and the offline engine with them. Promise: every page has an end, a page fails
only when it was struck itself (twice, if it was being decoded), and all others are read.

Run: ``python -m benchmarks.child_faults [--pages 100] [--offline 20] [--seed 1]``, from the project's folder; it takes
some minutes. It ends with 1 when a page has no end, or more pages fail than were struck.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from glmocr_desktop.core.model import EngineChoice, Job, JobState, Limits, Page, Result
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.documents import open_document
from glmocr_desktop.documents.decoders import decoders
from glmocr_desktop.jobs.batch import Batch
from glmocr_desktop.recognition.pipeline import Pipeline
from tests.support.pages import numbered_page
from tests.support.servers import running_server

_FAULTS = ("killed", "stopped", "out of memory")
_BETWEEN_S = (2.0, 6.0)  # a child takes a second to start, and pages are to be read between two strikes
_TINY_BYTES = 1_000_000  # nothing more can be had then
_DEADLINE_S = 40.0


class _Striker:
    """Strikes children of this process at random moments.

    Args:
        pipeline: Has the offline engine.
        offline: Whether to strike that one, too.
    """

    def __init__(self, pipeline: Pipeline, offline: bool, seed: int) -> None:
        self._pipeline = pipeline
        self._offline = offline
        self._random = random.Random(seed)
        self._enough = threading.Event()
        self.struck: Counter[str] = Counter()

    @contextmanager
    def striking(self) -> Iterator[None]:
        """For the length of the block."""
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            yield
        finally:
            self._enough.set()
            thread.join()
            for pid in decoders().pids:  # else one that is stopped would meet whoever comes next
                _strike(pid, "killed")

    def _run(self) -> None:
        while not self._enough.wait(self._random.uniform(*_BETWEEN_S)):
            pid = self._pipeline.offline_pid
            choices = [*decoders().pids, *([pid] * 2 if self._offline and pid is not None else [])]
            if choices:
                chosen, fault = self._random.choice(choices), self._random.choice(_FAULTS)
                try:
                    _strike(chosen, fault)
                except (ProcessLookupError, psutil.NoSuchProcess):
                    continue
                self.struck[f"{'offline engine' if chosen == pid else 'decoder'} {fault}"] += 1


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100, help="by the server")
    parser.add_argument("--offline", type=int, default=20, help="pages by the offline engine")
    parser.add_argument("--seed", type=int, default=1)
    choice = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_server(folder) as server:
            server.control(delay_s=0.3)
            by_server = Settings(server_url=server.url, engine=EngineChoice.SERVER)
            good = _batch("server", by_server, _pages(folder, choice.pages), choice.seed)
        offline = Settings(engine=EngineChoice.OFFLINE)
        return 0 if _batch("offline", offline, _pages(folder, choice.offline), choice.seed) and good else 1


def _pages(folder: Path, count: int) -> list[Page]:
    """Images and pages of a PDF, by turns."""
    report = open_document(str(resource_path("samples/report.pdf")))
    return [report[each % len(report)] if each % 2 else numbered_page(folder, each) for each in range(count)]


def _batch(name: str, settings: Settings, pages: list[Page], seed: int) -> bool:
    """Read all pages; whether the promise was kept."""
    pipeline = Pipeline(settings)
    pipeline.start()
    striker = _Striker(pipeline, settings.engine is EngineChoice.OFFLINE, seed)
    limits = Limits(total_s=_DEADLINE_S)
    jobs = [Job(page, engine=settings.engine, limits=limits) for page in pages]
    results: list[Result] = []
    with striker.striking():
        results.extend(Batch(pipeline).run(jobs))
    pipeline.close()
    failed = [each for each in results if each.state is not JobState.DONE]
    struck = striker.struck.total()
    read = len(results) - len(failed)
    print(f"{name}: {len(results)} of {len(pages)} pages ended, {read} read, {len(failed)} failed")
    print(f"    struck: {', '.join(f'{each} {count}×' for each, count in sorted(striker.struck.items())) or 'none'}")
    print(f"    decoded or read once more, or not hit: {struck - len(failed)} of {struck}")
    for kind, count in Counter(each.error.kind if each.error else each.state for each in failed).items():
        print(f"    failed as {kind}: {count}")
    return len(results) == len(pages) and len(failed) <= struck


def _strike(pid: int, fault: str) -> None:
    if fault == "killed":
        os.kill(pid, signal.SIGKILL)
    elif fault == "stopped":
        os.kill(pid, signal.SIGSTOP)
    else:
        psutil.Process(pid).rlimit(psutil.RLIMIT_AS, (_TINY_BYTES, _TINY_BYTES))


if __name__ == "__main__":
    sys.exit(main())
