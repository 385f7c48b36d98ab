"""Figures about the pages that ended: how many, how, how fast and by whom; kept for an hour.

What is known of a page becomes a few marks: integers of a series (the pages of a server, a phase) and a bucket in it
(an outcome, or a length of time to within 1.5 %). Kept are the marks of each second, and how often each mark was made
until some moments of the hour: the difference of two moments is all that was marked between them.
"""

from __future__ import annotations

import math
import threading
import time
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate, takewhile
from operator import sub

from glmocr_desktop.core.model import JobState, Phase, Result, Rung
from glmocr_desktop.recognition.health import Health, Seen
from glmocr_desktop.recognition.pool import PoolStats

_HISTORY_S = 3600
_MOST_POINTS = 150
_MOST_MARKS = 2_000_000  # some 200,000 pages, 8 MB; more pages than that shorten the history
_STEP_S = 30  # from one moment that is kept to the next
_BUCKETS = 768  # in a series: the last one is for 20 hours and more
_SHORTEST_S = 1e-5  # what is shorter counts as nothing
_GROWTH = math.log(1.03)  # from a bucket to the next one


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


@dataclass(slots=True)
class _Second:
    """What is kept of a second.

    Attributes:
        gauges: Those of `Sample`, in their order; empty when no sample was taken.
    """

    second: int
    ended: list[int] = field(default_factory=lambda: [0] * len(_OUTCOMES))
    marks: array[int] = field(default_factory=lambda: array("I"))
    gauges: tuple[int, ...] = ()


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
        self._series: dict[tuple[str, str], int] = {}
        self.reset()

    def reset(self) -> None:
        """Begin anew."""
        with self._lock:
            self._began_s = self._clock()
            self._totals: Counter[Outcome] = Counter()
            self._seconds: deque[_Second] = deque()
            self._made = array("I")
            self._made_before: deque[tuple[int, array[int]]] = deque()
            self._kept = 0

    def count(self, result: Result) -> None:
        """A job has ended."""
        outcome, server = outcome_of(result), server_of(result)
        index = _OUTCOMES.index(outcome)
        with self._lock:
            marks = [self._mark("ended", server, index)]
            if outcome in READ:
                marks.append(self._mark("page", server, _bucket(result.elapsed_s)))
                marks += [self._mark("phase", span.phase, _bucket(span.elapsed_s)) for span in result.spans]
            second = self._second()
            second.ended[index] += 1
            second.marks.extend(marks)
            for mark in marks:
                self._made[mark] += 1
            self._totals[outcome] += 1
            self._kept += len(marks)

    def sample(self, *, in_use: int, lanes: int, waiting: int, opened: int, queued: int, memory_bytes: int) -> None:
        """How things are now; to be told once a second. See `Sample`."""
        with self._lock:
            self._second().gauges = (in_use, lanes, waiting, opened, queued, memory_bytes)

    def snapshot(self, range_s: float, servers: Iterable[ServerNow] = ()) -> Snapshot:
        """The figures of the last seconds.

        Args:
            range_s: How many, up to an hour.
            servers: As they are now.
        """
        with self._lock:
            now_s, at_s = self._clock(), self._wall()
            seconds = max(1, min(_HISTORY_S, math.ceil(range_s)))
            first = int(now_s) - seconds + 1
            recent = list(takewhile(lambda each: each.second >= first, reversed(self._seconds)))[::-1]
            found = self._found(recent)
            samples = _samples(recent, seconds, now_s, at_s - now_s)
            totals, began_s = dict(self._totals), self._began_s
        rate = 1 / min(seconds, max(1.0, now_s - began_s))
        pages = [sum(column) for column in zip(*found["page"].values(), strict=True)]
        states = tuple(servers)
        return Snapshot(
            at_s,
            range_s,
            _outcomes([sum(column) for column in zip(*found["ended"].values(), strict=True)]),
            {each: totals.get(each, 0) for each in Outcome},
            sum(pages) * rate,
            _percentiles(pages),
            {each: took for each in Phase if (took := _percentiles(found["phase"].get(each, [])))},
            tuple(_server_metrics(each, found, rate) for each in states),
            samples,
            {each.url: each.seen for each in states},
            samples[-1].memory_bytes if samples else 0,
            at_s - now_s + began_s,
        )

    def _mark(self, kind: str, name: str, bucket: int) -> int:
        number = self._series.setdefault((kind, name), len(self._series))
        missing = (number + 1) * _BUCKETS - len(self._made)
        if missing > 0:
            self._made.extend([0] * missing)
        return number * _BUCKETS + bucket

    def _second(self) -> _Second:
        """The running second; what is too old is forgotten."""
        now = int(self._clock())
        if not self._seconds or self._seconds[-1].second < now:
            if not self._made_before or self._made_before[-1][0] + _STEP_S <= now:
                self._made_before.append((now, self._made[:]))
            self._seconds.append(_Second(now))
            while self._seconds[0].second <= now - _HISTORY_S or self._kept > _MOST_MARKS:
                self._kept -= len(self._seconds.popleft().marks)
            while len(self._made_before) > 1 and self._made_before[1][0] <= self._seconds[0].second:
                self._made_before.popleft()
        return self._seconds[-1]

    def _found(self, recent: Sequence[_Second]) -> dict[str, dict[str, list[int]]]:
        """How often each bucket was marked in the last seconds, by the kind and the name of its series."""
        found: dict[str, dict[str, list[int]]] = {"ended": {}, "page": {}, "phase": {}}
        if not recent:
            return found
        first = recent[0].second
        moment, before = next(each for each in reversed(self._made_before) if each[0] <= first)
        before = before[:]
        before.extend([0] * (len(self._made) - len(before)))
        for each in self._seconds:
            if moment <= each.second < first:
                for mark in each.marks:
                    before[mark] += 1
        counts = list(map(sub, self._made, before))
        for (kind, name), number in self._series.items():
            found[kind][name] = counts[number * _BUCKETS : (number + 1) * _BUCKETS]
        return found


def _bucket(seconds: float) -> int:
    if seconds <= _SHORTEST_S:
        return 0
    return min(_BUCKETS - 1, 1 + int(math.log(seconds / _SHORTEST_S) / _GROWTH))


def _middle_s(bucket: int) -> float:
    return _SHORTEST_S * math.exp((bucket - 0.5) * _GROWTH) if bucket else 0.0


def _percentiles(counts: Sequence[int]) -> Percentiles | None:
    """By linear interpolation between the two times that are next to each share.

    Args:
        counts: Of each bucket.
    """
    ends = list(accumulate(counts))
    if not ends or not ends[-1]:
        return None

    def at(share: float) -> float:
        rest, place = math.modf(share * (ends[-1] - 1))
        low, high = (_middle_s(bisect_right(ends, min(int(place) + each, ends[-1] - 1))) for each in (0, 1))
        return low + rest * (high - low)

    return Percentiles(at(0.5), at(0.95), at(0.99), ends[-1])


def _outcomes(counts: Sequence[int]) -> dict[Outcome, int]:
    return dict(zip(_OUTCOMES, counts or _NONE, strict=False))


def _server_metrics(now: ServerNow, found: Mapping[str, Mapping[str, Sequence[int]]], rate: float) -> ServerMetrics:
    pages = found["page"].get(now.url, [])
    return ServerMetrics(
        now.url,
        now.health.server,
        now.health,
        now.breaker,
        now.pool,
        _outcomes(found["ended"].get(now.url, [])),
        _percentiles(pages),
        sum(pages) * rate,
    )


def _samples(kept: Sequence[_Second], range_s: int, now_s: float, epoch_s: float) -> tuple[Sample, ...]:
    """Seconds drawn together to few samples; a second of which nothing is known is like the one before."""
    step = math.ceil(range_s / _MOST_POINTS)
    ended: defaultdict[int, list[list[int]]] = defaultdict(list)
    seen: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for each in kept:
        number = each.second // step
        ended[number].append(each.ended)
        if each.gauges:
            seen[number].append(each.gauges)
    samples: list[Sample] = []
    gauges: tuple[int, ...] = (0,) * 6
    for number in range(kept[0].second // step, int(now_s) // step + 1) if kept else ():
        gauges = tuple(map(max, *rows)) if len(rows := seen.get(number, [])) > 1 else rows[0] if rows else gauges
        in_use, lanes, waiting, opened, queued, memory_bytes = gauges
        sums = list(map(sum, zip(*ended.get(number, ()), strict=True)))
        began_s, length_s = number * step, min(step, now_s - number * step)
        samples.append(
            Sample(epoch_s + began_s, _outcomes(sums), in_use, lanes, waiting, opened, queued, memory_bytes, length_s)
        )
    return tuple(samples)
