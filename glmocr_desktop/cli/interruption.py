"""Ctrl+C, and what a system sends to end a program: pages that run are cancelled, and what was read is kept."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from glmocr_desktop.jobs.batch import Batch

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class Interruption:
    """Whether somebody ends the program.

    Attributes:
        code: The exit code that tells by what; 0 for nothing.
    """

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self.code = 0

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """Cancel; asked twice, there is no more patience."""
        if self.code:
            raise KeyboardInterrupt
        self.code = 128 + number
        self._batch.cancel()  # and no word here: the interrupted code may be writing


@contextmanager
def interruption(batch: Batch) -> Iterator[Interruption]:
    """Look out for signals meanwhile."""
    found = Interruption(batch)
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    # A program that was started by nohup goes on when the terminal is closed.
    heard = [each for each in numbers if each == signal.SIGINT or signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, found.on_signal) for each in heard}
    try:
        yield found
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
