"""Figures about the pages that ended: how many, how, how fast and by whom; kept for an hour."""

from __future__ import annotations

import math
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from glmocr_desktop.core.model import JobState, Phase, Result, Rung
from glmocr_desktop.jobs.history import HISTORY_S, History, Second, bucket_of, spread_s
from glmocr_desktop.recognition.health import Health, Seen
from glmocr_desktop.recognition.pool import PoolStats

_MOST_POINTS = 150
_SHARES = (0.5, 0.95, 0.99)


class Outcome(StrEnum):
    """How a job ended; each ended job is exactly one of these."""

    DONE = "done"
    """Read by the first rung."""
    RETRIED = "retried"
    DEGRADED = "degraded"
    OFFLINE = "offline"
    TIMED_OUT = "timed_out"
    FAILED = "failed"
    CANCELLED = "cancelled"


READ = frozenset({Outcome.DONE, Outcome.RETRIED, Outcome.DEGRADED, Outcome.OFFLINE})
"""The outcomes of a page that was read."""

_OF_RUNG = {Rung.RETRY: Outcome.RETRIED, Rung.DEGRADED: Outcome.DEGRADED, Rung.OFFLINE: Outcome.OFFLINE}
_OF_STATE = {JobState.TIMED_OUT: Outcome.TIMED_OUT, JobState.CANCELLED: Outcome.CANCELLED}
_OUTCOMES = tuple(Outcome)
_NONE = (0,) * len(_OUTCOMES)
_ONE_OF = {one: tuple(int(each is one) for each in _OUTCOMES) for one in _OUTCOMES}


@dataclass(frozen=True, slots=True)
class Percentiles:
    """How long something took: half, 95 % and 99 % of the times are not above these seconds."""

    p50: float
    p95: float
    p99: float
    count: int


@dataclass(frozen=True, slots=True)
class ServerNow:
    """A server at one moment.

    Attributes:
        breaker: "closed", "open" or "half_open".
        seen: The last hour of its health, oldest first.
    """

    url: str
    health: Health
    breaker: str
    pool: PoolStats
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerMetrics:
    """A server now, and in the range.

    Attributes:
        server: Its address without the scheme.
        outcomes: Of the pages that it read, or was the last to fail at.
        latency: Of the pages that it read, from the local queue to the result; None when there are none.
        pages_per_s: Pages that it read.
    """

    url: str
    server: str
    health: Health
    breaker: str
    pool: PoolStats
    outcomes: Mapping[Outcome, int]
    latency: Percentiles | None
    pages_per_s: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Some seconds of the range, in a row of samples without gaps.

    Attributes:
        at_s: When they began, in seconds since 1970.
        ended: Jobs that ended in them.
        in_use: Lanes in use of all servers; this and what follows is the most that was seen in these seconds.
        opened: Sockets that were ever opened.
        queued: Jobs in the local queue.
        length_s: How many seconds; the last sample may still be under way, and is shorter then.
    """

    at_s: float
    ended: Mapping[Outcome, int]
    in_use: int
    lanes: int
    waiting: int
    opened: int
    queued: int
    memory_bytes: int
    length_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All figures at one moment; those without another word are about the range.

    Attributes:
        at_s: Now, in seconds since 1970.
        outcomes: Jobs that ended in the range; every outcome is there.
        totals: The same since the last reset.
        pages_per_s: Pages that were read.
        latency: Of the pages that were read, as in `Result.elapsed_s`; None when there are none.
        phases: How long the phases of these pages took, each span for itself; only those that there were.
        samples: At most 151, oldest first.
        health: The last hour of each server, by its address.
        memory_bytes: Of the program and its offline engine, as last sampled.
        since_s: When the last reset was, in seconds since 1970.
    """

    at_s: float
    range_s: float
    outcomes: Mapping[Outcome, int]
    totals: Mapping[Outcome, int]
    pages_per_s: float
    latency: Percentiles | None
    phases: Mapping[Phase, Percentiles]
    servers: tuple[ServerMetrics, ...]
    samples: tuple[Sample, ...]
    health: Mapping[str, tuple[Seen, ...]]
    memory_bytes: int
    since_s: float


def outcome_of(result: Result) -> Outcome:
    """How a job ended, in one word."""
    if result.state is JobState.DONE:
        return _OF_RUNG.get(result.rung, Outcome.DONE) if result.rung else Outcome.DONE
    return _OF_STATE.get(result.state, Outcome.FAILED)


def server_of(result: Result) -> str:
    """The server that an outcome belongs to: the one that read the page, or the last that failed; else empty."""
    if result.state is JobState.DONE:
        return result.server or ""
    return next((each.server for each in reversed(result.attempts) if each.server), "")


class Metrics:
    """Counts ended jobs and keeps samples of an hour.

    Args:
        clock: Monotonic seconds.
        wall: Seconds since 1970.

    Thread: any.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, wall: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._wall = wall
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        with self._lock:
            self._began_s = self._clock()
            self._totals = _NONE
            self._history = History()

    def count(self, result: Result) -> None:
        """A job has ended."""
        outcome, server = outcome_of(result), server_of(result)
        one = _ONE_OF[outcome]
        happened = [("ended", server, _OUTCOMES.index(outcome))]
        if outcome in READ:
            happened.append(("page", server, bucket_of(result.elapsed_s)))
            happened += [("phase", span.phase, bucket_of(span.elapsed_s)) for span in result.spans]
        with self._lock:
            second = self._history.at(self._clock())
            second.ended = _added(second.ended or _NONE, one)
            self._totals = _added(self._totals, one)
            self._history.mark(second, happened)

    def sample(self, *, in_use: int, lanes: int, waiting: int, opened: int, queued: int, memory_bytes: int) -> None:
        """How things are now; to be told once a second. See `Sample`."""
        with self._lock:
            second = self._history.at(self._clock())
            second.gauges = (in_use, lanes, waiting, opened, queued, memory_bytes)

    def snapshot(self, range_s: float, servers: Iterable[ServerNow] = ()) -> Snapshot:
        """The figures of the last seconds.

        Args:
            range_s: How many, up to an hour.
            servers: As they are now.
        """
        with self._lock:
            now_s, at_s = self._clock(), self._wall()
            seconds = max(1, min(HISTORY_S, math.ceil(range_s)))
            first = int(now_s) - seconds + 1
            found = self._history.counts_since(first)
            samples = _samples(self._history.since(first), seconds, now_s, at_s - now_s)
            totals, began_s = self._totals, self._began_s
        rate = 1 / min(seconds, max(1.0, now_s - began_s))
        pages = _added(*found.get("page", {}).values())
        phases = found.get("phase", {})
        states = tuple(servers)
        return Snapshot(
            at_s,
            range_s,
            _outcomes(_added(*found.get("ended", {}).values())),
            _outcomes(totals),
            sum(pages) * rate,
            _percentiles(pages),
            {each: took for each in Phase if (took := _percentiles(phases.get(each, ())))},
            tuple(_server_metrics(each, found, rate) for each in states),
            samples,
            {each.url: each.seen for each in states},
            samples[-1].memory_bytes if samples else 0,
            at_s - now_s + began_s,
        )


def _added(*counts: Sequence[int]) -> tuple[int, ...]:
    """Of each place the sum."""
    return tuple(map(sum, zip(*counts, strict=True)))


def _outcomes(counts: Sequence[int]) -> dict[Outcome, int]:
    return dict(zip(_OUTCOMES, counts or _NONE, strict=False))


def _percentiles(counts: Sequence[int]) -> Percentiles | None:
    if not (count := sum(counts)):
        return None
    p50, p95, p99 = spread_s(counts, _SHARES)
    return Percentiles(p50, p95, p99, count)


def _server_metrics(now: ServerNow, found: Mapping[str, Mapping[str, Sequence[int]]], rate: float) -> ServerMetrics:
    pages = found.get("page", {}).get(now.url, ())
    return ServerMetrics(
        now.url,
        now.health.server,
        now.health,
        now.breaker,
        now.pool,
        _outcomes(found.get("ended", {}).get(now.url, ())),
        _percentiles(pages),
        sum(pages) * rate,
    )


def _samples(kept: Sequence[Second], range_s: int, now_s: float, epoch_s: float) -> tuple[Sample, ...]:
    """Seconds drawn together to few samples; a second of which nothing is known is like the one before."""
    step = math.ceil(range_s / _MOST_POINTS)
    ended: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    seen: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for each in kept:
        number = each.number // step
        if each.ended:
            ended[number].append(each.ended)
        if each.gauges:
            seen[number].append(each.gauges)
    samples: list[Sample] = []
    gauges: tuple[int, ...] = (0,) * 6
    for number in range(kept[0].number // step, int(now_s) // step + 1) if kept else ():
        if rows := seen.get(number):
            gauges = tuple(map(max, zip(*rows, strict=True)))
        in_use, lanes, waiting, opened, queued, memory_bytes = gauges
        sums = _outcomes(_added(*ended.get(number, ())))
        began_s, length_s = number * step, min(step, now_s - number * step)
        samples.append(Sample(epoch_s + began_s, sums, in_use, lanes, waiting, opened, queued, memory_bytes, length_s))
    return tuple(samples)
