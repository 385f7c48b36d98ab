"""What was counted since the program began, for those who ask again and again and reckon the difference themselves."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from glmocr_desktop.core.model import Phase, Result
from glmocr_desktop.jobs.metrics import READ, Outcome, outcome_of, server_of

BOUNDS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)


@dataclass(frozen=True, slots=True)
class Durations:
    """How long something took, each time.

    Attributes:
        counts: How many times were not above each of `BOUNDS_S` and above the one before; last, those above all.
    """

    counts: tuple[int, ...] = (0,) * (len(BOUNDS_S) + 1)
    sum_s: float = 0.0

    def and_also(self, seconds: float) -> Durations:
        """With one more."""
        place = bisect_left(BOUNDS_S, seconds)
        return Durations(
            tuple(count + (index == place) for index, count in enumerate(self.counts)), self.sum_s + seconds
        )


class Lifetime:
    """Counts that only grow.

    Thread: any.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ended: Counter[tuple[str, Outcome]] = Counter()
        self._pages = Durations()
        self._phases: dict[Phase, Durations] = {}

    @property
    def ended(self) -> dict[tuple[str, Outcome], int]:
        """Jobs that ended, by server and outcome; see `metrics.server_of`."""
        with self._lock:
            return dict(self._ended)

    @property
    def pages(self) -> Durations:
        """The pages that were read, as in `Result.elapsed_s`."""
        return self._pages

    @property
    def phases(self) -> dict[Phase, Durations]:
        """The spans of these pages."""
        with self._lock:
            return dict(self._phases)

    def count(self, result: Result) -> None:
        """A job has ended."""
        outcome = outcome_of(result)
        with self._lock:
            self._ended[server_of(result), outcome] += 1
            if outcome in READ:
                self._pages = self._pages.and_also(result.elapsed_s)
                for span in result.spans:
                    self._phases[span.phase] = self._phases.get(span.phase, Durations()).and_also(span.elapsed_s)
