"""What happened in the last hour: small enough to keep of many pages, and quick to add up.

What happens becomes marks: integers of a series (the pages of a server, a phase) and a bucket in it. Kept are the marks
of each second, and how often each mark was made until some moments of the hour: the difference of two moments is all
that was marked between them.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from operator import sub

HISTORY_S = 3600
"""How long everything is kept."""

_MOST_MARKS = 2_000_000  # some 200,000 pages, 8 MB; more pages than that shorten the history
_STEP_S = 30  # from one moment that is kept to the next
_BUCKETS = 768  # in a series: the last one is for 20 hours and more
_SHORTEST_S = 1e-5  # what is shorter counts as nothing
_GROWTH = math.log(1.03)  # from a bucket to the next one: a time is known to within 1.5 %


@dataclass(slots=True)
class Second:
    """What is kept of a second.

    Attributes:
        number: Of the clock.
        ended: How many jobs, by the index of their outcome; empty when none did.
        gauges: Those of a sample; empty when none was taken.
    """

    number: int
    marks: array[int] = field(default_factory=lambda: array("I"))
    ended: tuple[int, ...] = ()
    gauges: tuple[int, ...] = ()


class History:
    """Keeps an hour of seconds and their marks.

    Thread: any, one at a time.
    """

    def __init__(self) -> None:
        self._seconds: deque[Second] = deque()
        self._series: dict[tuple[str, str], int] = {}
        self._made = array("I")
        self._made_until: deque[tuple[int, array[int]]] = deque()
        self._kept = 0

    def at(self, now_s: float) -> Second:
        """The running second; what is too old is forgotten."""
        now = int(now_s)
        if not self._seconds or self._seconds[-1].number < now:
            if not self._made_until or self._made_until[-1][0] + _STEP_S <= now:
                self._made_until.append((now, self._made[:]))
            self._seconds.append(Second(now))
            self._forget(now - HISTORY_S)
        return self._seconds[-1]

    def mark(self, second: Second, happened: Iterable[tuple[str, str, int]]) -> None:
        """Note what happened in the running second: kind and name of a series, and the bucket in it."""
        before = len(second.marks)
        for kind, name, bucket in happened:
            number = self._series.setdefault((kind, name), len(self._series))
            if (missing := (number + 1) * _BUCKETS - len(self._made)) > 0:
                self._made.extend([0] * missing)
            mark = number * _BUCKETS + bucket
            second.marks.append(mark)
            self._made[mark] += 1
        self._kept += len(second.marks) - before

    def since(self, first: int) -> list[Second]:
        """The seconds that are known from this one on, oldest first."""
        return list(takewhile(lambda each: each.number >= first, reversed(self._seconds)))[::-1]

    def counts_since(self, first: int) -> dict[str, dict[str, list[int]]]:
        """How often each bucket was marked from a second on, by the kind and the name of its series."""
        found: dict[str, dict[str, list[int]]] = {}
        if self._seconds:
            counts = list(map(sub, self._made, self._made_before(max(first, self._seconds[0].number))))
            for (kind, name), number in self._series.items():
                found.setdefault(kind, {})[name] = counts[number * _BUCKETS : (number + 1) * _BUCKETS]
        return found

    def _forget(self, last: int) -> None:
        """Drop what happened until this second, and more if there is too much; it stays counted as made."""
        self._drop_moments(last + 1)
        while self._seconds[0].number <= last or self._kept > _MOST_MARKS:
            gone = self._seconds.popleft()
            self._kept -= len(gone.marks)
            moment, made = self._made_until[0]
            if gone.number >= moment:
                made.extend([0] * (len(self._made) - len(made)))
                for mark in gone.marks:
                    made[mark] += 1
                self._made_until[0] = (gone.number + 1, made)
        self._drop_moments(self._seconds[0].number)

    def _drop_moments(self, first: int) -> None:
        """Keep one moment that is not after this second."""
        while len(self._made_until) > 1 and self._made_until[1][0] <= first:
            self._made_until.popleft()

    def _made_before(self, first: int) -> array[int]:
        """How often each mark was made until a second began that is known, or comes after one."""
        moment, until = next(each for each in reversed(self._made_until) if each[0] <= first)
        made = until[:]
        made.extend([0] * (len(self._made) - len(made)))
        for each in self._seconds:
            if moment <= each.number < first:
                for mark in each.marks:
                    made[mark] += 1
        return made


def bucket_of(seconds: float) -> int:
    """The bucket of a length of time."""
    if seconds <= _SHORTEST_S:
        return 0
    return min(_BUCKETS - 1, 1 + int(math.log(seconds / _SHORTEST_S) / _GROWTH))


def spread_s(counts: Sequence[int], shares: Iterable[float]) -> list[float]:
    """The lengths of time that these shares of all are not above, by linear interpolation between the two next to each.

    Args:
        counts: Of each bucket; not all of them nothing.
        shares: From 0 to 1.
    """
    ends = list(accumulate(counts))
    last = ends[-1] - 1
    found = []
    for share in shares:
        rest, place = math.modf(share * last)
        low, high = (_middle_s(bisect_right(ends, min(int(place) + each, last))) for each in (0, 1))
        found.append(low + rest * (high - low))
    return found


def _middle_s(bucket: int) -> float:
    return _SHORTEST_S * math.exp((bucket - 0.5) * _GROWTH) if bucket else 0.0
