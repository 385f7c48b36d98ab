"""How long the pages that are left will take."""

from __future__ import annotations

import itertools
import random

from glmocr_desktop.core.model import Engine
from glmocr_desktop.jobs.estimate import Estimate


class _Reading:
    """Pages that are read, some at once, in a time of their own."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.estimate = Estimate(lambda: self.now_s)
        self._ids = (str(number) for number in itertools.count())

    def read(self, pages: int, took_s: list[float], *, at_once: int = 1, engine: Engine = Engine.SERVER) -> None:
        """Read pages with as many at once, and have as many running at the end."""
        lanes: list[tuple[float, str, float]] = []
        times = itertools.cycle(took_s)

        def begin() -> None:
            job_id, took = next(self._ids), next(times)
            self.estimate.began(job_id)
            lanes.append((self.now_s + took, job_id, took))

        for _ in range(at_once):
            begin()
        for _ in range(pages):
            lanes.sort()
            self.now_s, job_id, took = lanes.pop(0)
            self.estimate.ended(job_id, took, engine)
            begin()


def test_nothing_is_said_before_three_pages_have_ended() -> None:
    reading = _Reading()
    reading.read(2, [2.0])
    assert reading.estimate.range_s(100) is None
    assert reading.estimate.rate() is None
    reading.read(1, [2.0])
    assert reading.estimate.range_s(100) is not None
    assert reading.estimate.range_s(0) is None


def test_the_range_holds_what_then_happens() -> None:
    """With 4 at once in 1 to 4 s a page, in four of five cases and more."""
    right = 0
    for seed in range(20):
        chance = random.Random(seed)
        reading = _Reading()
        reading.read(40, [chance.uniform(1, 4) for _ in range(400)], at_once=4)
        found = reading.estimate.range_s(60)
        assert found is not None
        truth_s = sum(chance.uniform(1, 4) for _ in range(60)) / 4
        right += found[0] <= truth_s <= found[1]
    assert right >= 16


def test_the_range_is_wider_when_pages_differ() -> None:
    widths = []
    for took_s in ([2.0], [0.5, 0.5, 0.5, 6.5]):
        reading = _Reading()
        reading.read(12, took_s)
        least_s, most_s = reading.estimate.range_s(10) or (0, 0)
        widths.append(most_s / least_s)
    assert widths[0] < 1.6
    assert widths[1] > 1.5 * widths[0]


def test_another_engine_is_noticed_after_three_pages() -> None:
    reading = _Reading()
    reading.read(50, [1.0], at_once=4)
    least_s, most_s = reading.estimate.range_s(100) or (0, 0)
    assert least_s < 25 < most_s
    reading = _Reading()
    reading.read(20, [1.0])
    reading.read(3, [10.0], engine=Engine.OFFLINE)
    least_s, most_s = reading.estimate.range_s(10) or (0, 0)
    assert most_s > 100
    assert least_s > 30


def test_the_rate_is_that_of_the_last_half_minute() -> None:
    reading = _Reading()
    reading.read(20, [10.0])
    reading.read(60, [0.5])
    rate = reading.estimate.rate()
    assert rate is not None
    assert 1.8 < rate < 2.2


def test_a_pause_does_not_count() -> None:
    """What was between, when nothing was read, makes the pages no slower."""
    estimate_now = [0.0]
    estimate = Estimate(lambda: estimate_now[0])

    def read(first: int, count: int) -> None:
        for number in range(first, first + count):
            estimate.began(str(number))
            estimate_now[0] += 2
            estimate.ended(str(number), 2.0, Engine.SERVER)

    read(0, 5)
    assert estimate.rate() is None  # nothing is being read
    estimate_now[0] += 15
    read(5, 3)
    estimate.began("now")
    rate = estimate.rate()
    assert rate is not None
    assert 0.45 < rate < 0.55
    least_s, most_s = estimate.range_s(10) or (0, 0)
    assert least_s < 20 < most_s < 30
    estimate.left("now")
    assert estimate.range_s(10) is None
