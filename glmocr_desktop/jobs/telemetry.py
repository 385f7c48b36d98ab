"""Watches the jobs and servers of a program, whatever pipeline it uses: counts, samples, and where they are told."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import Failure, Result
from glmocr_desktop.jobs.lifetime import Lifetime
from glmocr_desktop.jobs.metrics import Metrics, ServerNow, Snapshot
from glmocr_desktop.recognition.health import HealthMonitor, Seen
from glmocr_desktop.recognition.pipeline import Pipeline
from glmocr_desktop.recognition.remote import ServerEngine

if TYPE_CHECKING:
    from glmocr_desktop.jobs.exposition import Exposition

_log = logging.getLogger(__name__)
_SAMPLE_S = 1.0
_SEEN_S = 3600.0
_SCRAPED_S = 60.0


class Telemetry:
    """The figures of a program.

    Args:
        pipeline: The one in use now.
        queued: How many jobs wait in the local queue.
        port: Where the figures are to be offered now; 0 for nowhere.
        on_refused: Told, on any thread, why they cannot be offered there.

    Thread: any.
    """

    def __init__(
        self,
        pipeline: Callable[[], Pipeline],
        queued: Callable[[], int],
        port: Callable[[], int],
        on_refused: Callable[[Failure], None],
    ) -> None:
        self._pipeline = pipeline
        self._queued = queued
        self._port = port
        self._on_refused = on_refused
        self._metrics = Metrics()
        self._lifetime = Lifetime()
        self._seen: dict[str, tuple[HealthMonitor, tuple[Seen, ...]]] = {}  # its monitor, and what came before that
        self._seen_lock = threading.Lock()
        self._closed = threading.Event()
        self._sampler = threading.Thread(target=self._sample_always, name="sampler", daemon=True)
        self._offering = threading.Lock()
        self._exposition: Exposition | None = None
        self._offered = 0

    def start(self) -> None:
        """Take a sample each second from now on, until `close`; to be called once."""
        self._sampler.start()

    def count(self, result: Result) -> None:
        """A job has ended."""
        self._metrics.count(result)
        self._lifetime.count(result)

    def snapshot(self, range_s: float) -> Snapshot:
        """The figures of the last seconds."""
        return self._metrics.snapshot(range_s, self._servers())

    def reset(self) -> None:
        """Begin anew; what is offered at a port goes on growing."""
        self._metrics.reset()

    def offer(self) -> None:
        """Offer the figures at the port that is wanted now; may block for half a second."""
        with self._offering:
            try:
                self._move_to(0 if self._closed.is_set() else self._port())
            except SettingsError as error:
                self._on_refused(Failure.of(error))
            except Exception:  # noqa: BLE001 - a bug costs the port, never the program
                _log.exception("The figures cannot be offered")

    def _move_to(self, port: int) -> None:
        if port == self._offered:
            return
        self._offered = 0
        if self._exposition is not None:
            self._exposition.close()
            self._exposition = None
        if port:
            from glmocr_desktop.jobs.exposition import Exposition

            self._exposition = Exposition(port, lambda: self.snapshot(_SCRAPED_S), self._lifetime)
            self._offered = port

    def close(self) -> None:
        """End everything; blocks for half a second when the figures are offered."""
        self._closed.set()
        self.offer()
        if self._sampler.ident is not None:
            self._sampler.join()

    def _servers(self) -> list[ServerNow]:
        return [
            ServerNow(each.url, each.health, each.breaker.state.value, each.pool.stats(), self._seen_of(each))
            for each in self._pipeline().servers.all
        ]

    def _seen_of(self, server: ServerEngine) -> tuple[Seen, ...]:
        """The last hour of a server, also what an earlier pipeline saw of it."""
        oldest_s = time.time() - _SEEN_S
        with self._seen_lock:
            monitor, earlier = self._seen.get(server.url, (server.monitor, ()))
            if monitor is not server.monitor:
                earlier = tuple(each for each in (*earlier, *monitor.history) if each.at_s > oldest_s)
            self._seen[server.url] = server.monitor, earlier
        return (*(each for each in earlier if each.at_s > oldest_s), *server.monitor.history)

    def _sample_always(self) -> None:
        """Body of the thread."""
        while not self._closed.wait(_SAMPLE_S):
            try:
                self._sample()
            except Exception:  # noqa: BLE001 - a bug costs one sample, never the others
                _log.exception("A sample could not be taken")

    def _sample(self) -> None:
        pipeline = self._pipeline()
        pools = [each.pool.stats() for each in pipeline.servers.all]
        self._metrics.sample(
            in_use=sum(each.in_use for each in pools),
            lanes=sum(each.lanes for each in pools),
            waiting=sum(each.waiting for each in pools),
            opened=sum(each.opened for each in pools),
            queued=self._queued(),
            memory_bytes=_memory_bytes(os.getpid()) + _memory_bytes(pipeline.offline_pid),
        )


def _memory_bytes(pid: int | None) -> int:
    """What a process holds; nothing when it is gone."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss) if pid else 0
    except psutil.Error:
        return 0
