"""The figures in the text format of Prometheus, for programs on this computer. Loaded when a port is set."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from itertools import accumulate

from prometheus_client import CollectorRegistry, Metric, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.jobs.lifetime import BOUNDS_S, Durations, Lifetime
from glmocr_desktop.jobs.metrics import Outcome, ServerMetrics, Snapshot
from glmocr_desktop.recognition.breaker import BreakerState

_HOST = "127.0.0.1"  # nobody else's business
_BOUNDS = [*map(str, BOUNDS_S), "+Inf"]


class Exposition:
    """Answers those who ask for the figures at a port of this computer.

    Args:
        port: Which one.
        snapshot: The figures now; called on threads of its own.
        lifetime: What only grows.

    Raises:
        SettingsError: The port cannot be had.

    Thread: any; making and closing it may block for half a second.
    """

    def __init__(self, port: int, snapshot: Callable[[], Snapshot], lifetime: Lifetime) -> None:
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Figures(snapshot, lifetime))
        try:
            self._server, self._thread = start_http_server(port, _HOST, registry)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise SettingsError("metrics_port_in_use", port=port) from error
            detail = error.strerror or type(error).__name__
            raise SettingsError("metrics_port_refused", port=port, detail=detail) from error

    def close(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Figures(Collector):
    def __init__(self, snapshot: Callable[[], Snapshot], lifetime: Lifetime) -> None:
        self._snapshot = snapshot
        self._lifetime = lifetime

    def collect(self) -> Iterator[Metric]:
        """The figures as they are now."""
        snapshot, lifetime = self._snapshot(), self._lifetime
        urls = [each.url for each in snapshot.servers]
        counts = {(url, outcome): 0 for url in ("", *urls) for outcome in Outcome} | lifetime.ended
        pages = CounterMetricFamily("glmocr_pages", "Pages that ended.", labels=["server", "outcome"])
        for (url, outcome), count in counts.items():
            pages.add_metric([url, outcome], count)
        yield pages
        whole = HistogramMetricFamily("glmocr_page_seconds", "From the local queue to the result of a page.")
        _add(whole, [], lifetime.pages)
        yield whole
        phases = HistogramMetricFamily("glmocr_phase_seconds", "Phases of the pages that were read.", labels=["phase"])
        for phase, durations in lifetime.phases.items():
            _add(phases, [phase], durations)
        yield phases
        yield from _of_servers(snapshot.servers)
        queued = snapshot.samples[-1].queued if snapshot.samples else 0
        yield GaugeMetricFamily("glmocr_queued_pages", "Pages in the local queue.", queued)
        yield GaugeMetricFamily("glmocr_memory_bytes", "The program and its offline engine.", snapshot.memory_bytes)


def _add(family: HistogramMetricFamily, labels: list[str], durations: Durations) -> None:
    buckets = list(zip(_BOUNDS, map(float, accumulate(durations.counts)), strict=True))
    family.add_metric(labels, buckets, durations.sum_s)


def _of_servers(servers: tuple[ServerMetrics, ...]) -> Iterator[Metric]:
    gauges: list[tuple[str, str, Callable[[ServerMetrics], float | None]]] = [
        ("glmocr_server_up", "Whether pages may be sent there.", lambda each: each.health.up),
        ("glmocr_server_look_seconds", "How long it took to answer a look.", _look_s),
        ("glmocr_server_waiting_pages", "Pages in the server's queue.", lambda each: each.health.waiting),
        ("glmocr_lanes", "Pages that may be there at once.", lambda each: each.pool.lanes),
        ("glmocr_lanes_in_use", "Pages that are there.", lambda each: each.pool.in_use),
        ("glmocr_lanes_waiting_pages", "Pages that wait for a lane.", lambda each: each.pool.waiting),
    ]
    for name, text, value_of in gauges:
        gauge = GaugeMetricFamily(name, text, labels=["server"])
        for each in servers:
            if (value := value_of(each)) is not None:
                gauge.add_metric([each.url], float(value))
        yield gauge
    sockets = CounterMetricFamily("glmocr_sockets_opened", "Sockets that were opened.", labels=["server"])
    breaker = GaugeMetricFamily("glmocr_breaker", "1 at the state of the breaker.", labels=["server", "state"])
    for each in servers:
        sockets.add_metric([each.url], each.pool.opened)
        for state in BreakerState:
            breaker.add_metric([each.url, state], float(each.breaker == state))
    yield sockets
    yield breaker


def _look_s(server: ServerMetrics) -> float | None:
    latency_ms = server.health.latency_ms
    return None if latency_ms is None else latency_ms / 1000
