"""Watches the jobs and servers of a program, whatever pipeline it uses: counts, samples, and where they are told."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import Failure, Result
from glmocr_desktop.jobs.lifetime import Lifetime
from glmocr_desktop.jobs.metrics import Metrics, ServerNow, Snapshot
from glmocr_desktop.recognition.health import Seen
from glmocr_desktop.recognition.pipeline import Pipeline

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
        self._seen: dict[str, deque[Seen]] = {}
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
            ServerNow(
                each.url,
                each.health,
                each.breaker.state.value,
                each.pool.stats(),
                self._seen_of(each.url, each.monitor.history),
            )
            for each in self._pipeline().servers.all
        ]

    def _seen_of(self, url: str, history: tuple[Seen, ...]) -> tuple[Seen, ...]:
        """The last hour of a server, also what an earlier pipeline saw of it."""
        with self._seen_lock:
            kept = self._seen.setdefault(url, deque())
            newest_s = kept[-1].at_s if kept else 0.0
            kept.extend(each for each in history if each.at_s > newest_s)
            while kept and kept[0].at_s < kept[-1].at_s - _SEEN_S:
                kept.popleft()
            return tuple(kept)

    def _sample_always(self) -> None:
        """Body of the thread."""
        import psutil

        own = psutil.Process(os.getpid())
        while not self._closed.wait(_SAMPLE_S):
            memory_bytes = own.memory_info().rss
            if child := self._pipeline().offline_pid:
                try:
                    memory_bytes += psutil.Process(child).memory_info().rss
                except psutil.Error:  # it has just ended
                    _log.debug("The offline engine is gone.")
            pools = [each.pool for each in self._servers()]
            self._metrics.sample(
                in_use=sum(each.in_use for each in pools),
                lanes=sum(each.lanes for each in pools),
                waiting=sum(each.waiting for each in pools),
                opened=sum(each.opened for each in pools),
                queued=self._queued(),
                memory_bytes=memory_bytes,
            )
