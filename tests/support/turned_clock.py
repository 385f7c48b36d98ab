"""A loop for coroutines whose clock a test turns: what waits for an hour waits for a moment."""

from __future__ import annotations

import asyncio

_TURNS = 12  # of the loop, until whatever one thing leads to has happened


class TurnedLoop(asyncio.SelectorEventLoop):
    """Its seconds pass only by `turn`."""

    def __init__(self) -> None:
        super().__init__()
        self._now_s = 1000.0

    def time(self) -> float:
        """Seconds, for timeouts."""
        return self._now_s

    def settle(self) -> None:
        """Let everything happen that is due."""
        self.run_until_complete(self._settle())

    def turn(self, seconds: float) -> None:
        """Let time pass, and then everything happen that is due."""
        self._now_s += seconds
        self.settle()

    async def _settle(self) -> None:
        for _ in range(_TURNS):
            await asyncio.sleep(0)
