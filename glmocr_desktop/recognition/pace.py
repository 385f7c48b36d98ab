"""How fast a server is: what its pages took, how long the next one may take, and how many it reads at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_NEW_SHARE = 0.3  # of the last page in the running mean
_PATIENCE = 3.0  # times the usual time: pages differ
_OVERLAP = 0.25  # of a page's time: messages of two pages that follow each other may come in the wrong order
_LEAST_OVERLAP_S = 0.005


class Pace:
    """Learns from pages as they are read; forgets when the server is started anew.

    Args:
        clock: Monotonic seconds.

    Thread: any.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Know nothing, as in the beginning."""
        with self._lock:
            self._s_per_megapixel: float | None = None
            self._reading: dict[object, float] = {}
            self._concurrency = 1

    @property
    def concurrency(self) -> int:
        """How many pages the server was seen to read at once, at least 1."""
        return self._concurrency

    def patience_s(self, pixels: int) -> float:
        """How long a page of this size may take before something is wrong with it; 0 when no page was read yet."""
        usual = self._s_per_megapixel
        return 0.0 if usual is None else _PATIENCE * usual * _megapixels(pixels)

    @contextmanager
    def reading(self, pixels: int) -> Iterator[None]:
        """The server reads a page for the length of a ``with`` block.

        A page that is given up counts like one that was read: it would have taken even longer.
        """
        page = object()
        with self._lock:
            self._reading[page] = self._clock()
        try:
            yield
        finally:
            with self._lock:
                began = self._reading.pop(page, None)
                if began is not None:
                    self._learn(began, self._clock(), pixels)

    def _learn(self, began: float, ended: float, pixels: int) -> None:
        """Called with the lock."""
        took_s = ended - began
        beside = ended - max(_LEAST_OVERLAP_S, _OVERLAP * took_s)
        together = 1 + sum(other <= beside for other in self._reading.values())
        self._concurrency = max(self._concurrency, together)
        rate = took_s / _megapixels(pixels)
        usual = self._s_per_megapixel
        self._s_per_megapixel = rate if usual is None else usual + _NEW_SHARE * (rate - usual)


def _megapixels(pixels: int) -> float:
    """The size of a page; a small one takes as long as one of a megapixel."""
    return max(1.0, pixels / 1_000_000)
