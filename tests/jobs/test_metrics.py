"""The figures agree with the truth."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from statistics import quantiles

import pytest

from glmocr_desktop.core.model import Phase
from glmocr_desktop.jobs import history
from glmocr_desktop.jobs.metrics import READ, Metrics, Outcome, Percentiles, ServerNow
from glmocr_desktop.jobs.metrics_export import metrics_csv, metrics_json
from glmocr_desktop.recognition.health import Health, HealthState, Seen
from glmocr_desktop.recognition.pool import PoolStats
from tests.jobs.ended import PHASES, ended

_TODAY_S = 1_800_000_000.0
_URLS = ("http://a", "http://b")


class _Clock:
    """Seconds that pass when a test wants it."""

    def __init__(self) -> None:
        self.now_s = 5000.25

    def __call__(self) -> float:
        return self.now_s

    def wall(self) -> float:
        return _TODAY_S + self.now_s


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def metrics(clock: _Clock) -> Metrics:
    return Metrics(clock, clock.wall)


def _servers() -> list[ServerNow]:
    seen = (Seen(_TODAY_S, HealthState.DOWN, None), Seen(_TODAY_S + 1, HealthState.READY, 2.5))
    health = Health(HealthState.READY, "a", latency_ms=2.5)
    return [ServerNow(url, health, "closed", PoolStats(4, 2, 1, 1, 9, 8, 3.0), seen) for url in _URLS]


def _truth(took_s: Sequence[float]) -> Percentiles:
    cuts = quantiles(took_s, n=100, method="inclusive")
    return Percentiles(cuts[49], cuts[94], cuts[98], len(took_s))


def _near(found: Percentiles | None, took_s: Sequence[float]) -> bool:
    true = _truth(took_s)
    assert found is not None
    pairs = ((found.p50, true.p50), (found.p95, true.p95), (found.p99, true.p99))
    return found.count == true.count and all(abs(a - b) <= 0.05 * b for a, b in pairs)


def test_five_hundred_jobs_are_counted_and_timed_truly(metrics: Metrics, clock: _Clock) -> None:
    chance = random.Random(4)
    outcomes = chance.choices(list(Outcome), k=500)
    results = [ended(outcome, chance, _URLS[number % 2]) for number, outcome in enumerate(outcomes)]
    for each in results:
        metrics.count(each)
        clock.now_s += 0.1
    snapshot = metrics.snapshot(60, _servers())
    assert snapshot.outcomes == snapshot.totals == Counter(outcomes)
    read = [result for result, outcome in zip(results, outcomes, strict=True) if outcome in READ]
    assert _near(snapshot.latency, [each.elapsed_s for each in read])
    assert set(snapshot.phases) == set(PHASES)
    for index, phase in enumerate(PHASES):
        assert _near(snapshot.phases[phase], [each.spans[index].elapsed_s for each in read])
    assert snapshot.pages_per_s == pytest.approx(len(read) / 50)
    for index, server in enumerate(snapshot.servers):
        mine = [outcome for number, outcome in enumerate(outcomes) if number % 2 == index]
        assert server.outcomes == dict.fromkeys(Outcome, 0) | Counter(
            each for each in mine if each is not Outcome.OFFLINE
        )
        assert _near(server.latency, [each.elapsed_s for each in read if each.server == _URLS[index]])
    assert sum(sum(each.ended.values()) for each in snapshot.samples) == 500
    assert snapshot.health[_URLS[0]] == _servers()[0].seen


@pytest.mark.parametrize("range_s", [1, 60, 601, 3600])
def test_a_range_has_what_happened_in_it(metrics: Metrics, clock: _Clock, range_s: int) -> None:
    """For more than an hour, a page a second."""
    chance = random.Random(1)
    for number in range(4000):
        clock.now_s += 1
        metrics.count(ended(Outcome.FAILED if number % 2 else Outcome.DONE, chance))
        metrics.sample(in_use=number % 3, lanes=4, waiting=0, opened=number, queued=number, memory_bytes=number)
    snapshot = metrics.snapshot(range_s)
    assert sum(snapshot.outcomes.values()) == range_s
    assert sum(snapshot.totals.values()) == 4000
    assert sum(sum(each.ended.values()) for each in snapshot.samples) == range_s
    assert len(snapshot.samples) <= 151
    assert [each.at_s for each in snapshot.samples] == sorted(each.at_s for each in snapshot.samples)
    last = snapshot.samples[-1]
    assert (last.opened, last.lanes, last.memory_bytes, snapshot.memory_bytes) == (3999, 4, 3999, 3999)
    assert last.at_s <= snapshot.at_s == _TODAY_S + clock.now_s
    assert snapshot.pages_per_s == pytest.approx(snapshot.outcomes[Outcome.DONE] / range_s)


def test_very_many_pages_shorten_the_hour(clock: _Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is forgotten is in no range, and what is left is counted truly."""
    monkeypatch.setattr(history, "_MOST_MARKS", 800)  # of a hundred pages
    metrics = Metrics(clock, clock.wall)
    chance = random.Random(1)
    results = [ended(Outcome.DONE, chance) for _ in range(1000)]
    for number, each in enumerate(results):
        metrics.count(each)
        clock.now_s += 0.25 * (number % 3)
    clock.now_s += 1
    metrics.sample(in_use=0, lanes=0, waiting=0, opened=0, queued=0, memory_bytes=0)
    snapshot = metrics.snapshot(3600)
    assert snapshot.latency is not None
    count = snapshot.latency.count
    assert 80 < count <= 100
    assert _near(snapshot.latency, [each.elapsed_s for each in results[-count:]])
    assert snapshot.totals[Outcome.DONE] == 1000


def test_seconds_without_a_sample_are_like_those_before(metrics: Metrics, clock: _Clock) -> None:
    metrics.sample(in_use=3, lanes=4, waiting=2, opened=5, queued=7, memory_bytes=11)
    clock.now_s += 3
    samples = metrics.snapshot(60).samples
    assert [(each.in_use, each.queued, sum(each.ended.values())) for each in samples] == [(3, 7, 0)] * 4
    assert [each.length_s for each in samples] == [1, 1, 1, 0.25]


def test_nothing_happened_yet(metrics: Metrics) -> None:
    snapshot = metrics.snapshot(3600, _servers())
    assert set(snapshot.outcomes.values()) == {0}
    assert (snapshot.latency, snapshot.phases, snapshot.samples, snapshot.pages_per_s) == (None, {}, (), 0)
    assert snapshot.servers[0].latency is None
    json.loads(metrics_json(snapshot))
    assert metrics_csv(snapshot).startswith("record,name,at,")


def test_a_reset_begins_anew(metrics: Metrics, clock: _Clock) -> None:
    chance = random.Random(1)
    metrics.count(ended(Outcome.DONE, chance))
    clock.now_s += 7
    metrics.reset()
    metrics.count(ended(Outcome.OFFLINE, chance))
    snapshot = metrics.snapshot(60)
    assert (sum(snapshot.outcomes.values()), sum(snapshot.totals.values())) == (1, 1)
    assert snapshot.since_s == snapshot.at_s == clock.wall()
    assert snapshot.pages_per_s == 1


def test_a_quiet_night_leaves_nothing_of_the_evening(metrics: Metrics, clock: _Clock) -> None:
    chance = random.Random(1)
    for _ in range(100):
        metrics.count(ended(Outcome.DONE, chance))
        clock.now_s += 1
    clock.now_s += 30_000
    assert sum(metrics.snapshot(3600).outcomes.values()) == 0
    result = ended(Outcome.DONE, chance)
    metrics.count(result)
    snapshot = metrics.snapshot(3600)
    assert snapshot.latency is not None
    assert snapshot.latency.count == 1
    assert snapshot.latency.p99 == pytest.approx(result.elapsed_s, rel=0.02)
    assert sum(snapshot.totals.values()) == 101


def test_the_files_say_the_same(metrics: Metrics, clock: _Clock) -> None:
    chance = random.Random(2)
    for outcome in Outcome:
        metrics.count(ended(outcome, chance))
    metrics.sample(in_use=1, lanes=4, waiting=0, opened=2, queued=3, memory_bytes=5)
    snapshot = metrics.snapshot(600, _servers())
    assert snapshot.latency is not None
    value = json.loads(metrics_json(snapshot))
    assert value["outcomes"] == {each.value: 1 for each in Outcome}
    assert value["latency"]["p95_s"] == pytest.approx(snapshot.latency.p95, abs=1e-4)
    assert set(value["phases"]) == {each.value for each in PHASES}
    assert datetime.fromisoformat(value["at"]).timestamp() == pytest.approx(clock.wall(), abs=0.001)
    assert [each["url"] for each in value["servers"]] == list(_URLS)
    assert value["health"][_URLS[0]][1] == {
        "at": "2027-01-15T08:00:01.000+00:00",
        "state": "ready",
        "latency_s": 0.0025,
    }
    rows = list(csv.DictReader(io.StringIO(metrics_csv(snapshot))))
    records = Counter(each["record"] for each in rows)
    assert records == {"range": 1, "total": 1, "phase": len(PHASES), "server": 2, "sample": 1}
    by_name = {each["name"]: each for each in rows}
    assert float(by_name[Phase.READING]["p50_s"]) == value["phases"]["reading"]["p50_s"]
    assert (by_name["http://a"]["offline"], by_name["http://a"]["failed"], by_name["http://b"]["failed"]) == (
        "0",
        "1",
        "0",
    )
    sample = next(each for each in rows if each["record"] == "sample")
    assert (sample["done"], sample["lanes"], sample["queued"], sample["breaker"]) == ("1", "4", "3", "")
