"""How long the pages that are left will take, as a range: from how long the last ones took, and how many at once."""

from __future__ import annotations

import math
import statistics
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from glmocr_desktop.core.model import Engine

_WINDOW_S = 30.0
_PAUSE_S = 2.0  # without a page that is read; less lies between one page and the next
_LEAST = 3  # pages; before, nothing is said
_MOST = 2000  # pages that are remembered
_SURENESS = 1.3  # standard errors to either side: about four of five times
_LEAST_SPREAD, _MOST_SPREAD = 0.1, 0.7


@dataclass(frozen=True, slots=True)
class _Ended:
    """A page that was read."""

    at_s: float
    elapsed_s: float
    engine: Engine


class Estimate:
    """Hears of pages that begin and end, and says how fast that goes.

    Two ways are taken, and the range holds both: how many pages ended lately, and how long a page takes while how many
    are read at once. What was before another engine took over is forgotten.

    Thread: one; it is not locked.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ended: deque[_Ended] = deque(maxlen=_MOST)
        self._running: set[str] = set()
        self._since_s = -math.inf  # when reading began, after the last pause
        self._idle_since_s = -math.inf  # when the last of those that ran ended

    def began(self, job_id: str) -> None:
        """A page is being read."""
        now_s = self._clock()
        if not self._running and now_s - self._idle_since_s > _PAUSE_S:
            self._since_s = now_s
        self._running.add(job_id)

    def left(self, job_id: str) -> None:
        """A page is not being read any more, and nothing came of it."""
        self._running.discard(job_id)
        self._idle_since_s = self._clock()

    def ended(self, job_id: str, elapsed_s: float, engine: Engine) -> None:
        """A page was read."""
        if job_id not in self._running:
            return
        self.left(job_id)
        self._ended.append(_Ended(self._clock(), elapsed_s, engine))
        self._forget_other_engine()

    def rate(self) -> float | None:
        """Pages a second; None while nothing is read, or too little was."""
        ended, span_s = self._lately()
        return len(ended) / span_s if self._running and len(ended) >= _LEAST else None

    def range_s(self, pages: int) -> tuple[float, float] | None:
        """The least and the most that pages will take, in seconds; None while nobody knows.

        Args:
            pages: Those that are read now or wait for it; none that are paused.
        """
        if not pages or not self._running or len(self._ended) < _LEAST:
            return None
        took = [each.elapsed_s for each in list(self._ended)[-200:]]
        mean_s = statistics.fmean(took)
        ways = [mean_s / min(len(self._running), pages)]
        if rate := self.rate():
            ways.append(1 / rate)
        variation = statistics.stdev(took) / mean_s if mean_s > 0 else 0.0
        spread = _SURENESS * variation * math.sqrt(1 / len(took) + 1 / pages)
        spread = min(_MOST_SPREAD, max(_LEAST_SPREAD, spread))
        return pages * min(ways) * (1 - spread), pages * max(ways) * (1 + spread)

    def _lately(self) -> tuple[list[_Ended], float]:
        """The pages that ended lately, and within how many seconds."""
        now_s = self._clock()
        since_s = max(self._since_s, now_s - _WINDOW_S)
        ended = [each for each in self._ended if each.at_s >= since_s]
        return ended, max(0.001, now_s - since_s)

    def _forget_other_engine(self) -> None:
        """Three pages in a row by an engine: it has taken over. The text of a PDF is no sign of that."""
        last = [each for each in self._ended if each.engine is not Engine.TEXT_LAYER][-_LEAST - 1 :]
        if len(last) <= _LEAST or any(each.engine is not last[-1].engine for each in last[1:]):
            return
        if last[0].engine is not last[-1].engine:
            while self._ended[0] is not last[1]:
                self._ended.popleft()
            self._since_s = max(self._since_s, last[0].at_s)
