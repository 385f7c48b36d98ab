"""Does work take as long as its input, or as long as its square?

Nobody knows how fast the machine is, so one run is compared with another one of the same work.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TIMES = 8
"""How much longer the long input of `assert_grows_with_length` has to be."""

_LEEWAY = 3.0  # for what a shared machine does to one of two runs; a square would take 8 times as long as it may
_NOTHING_S = 0.02


def assert_grows_with_length(work: Callable[[T], object], short: T, long: T) -> None:
    """Eight times the length takes about eight times as long; 64 times as long would be quadratic."""
    assert _best_s(work, long, 2) < _LEEWAY * TIMES * _best_s(work, short, 3) + _NOTHING_S


def _best_s(work: Callable[[T], object], given: T, runs: int) -> float:
    """Processor time of the quickest of some runs."""
    taken_s: list[float] = []
    for _ in range(runs):
        began_s = time.process_time()
        work(given)
        taken_s.append(time.process_time() - began_s)
        if taken_s[-1] < _NOTHING_S:
            break
    return min(taken_s)
