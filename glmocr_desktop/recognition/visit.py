"""One page at a server: what is told of it, what it teaches, and when it is better to wait a moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled
from glmocr_desktop.core.model import Phase, Progress
from glmocr_desktop.recognition.pace import Pace

_UNPACKING_S = 0.03  # a server says that it starts some 10 ms before it has unpacked the image
_TURN_S = 0.05  # a server that waits for other reasons is not waited for


class LastPhase:
    """Passes the progress of one try on and remembers its last phase, for the words of a cancel.

    Args:
        token: The job's; what becomes of a try on the server is told only when the job was cancelled in it.
        on_progress: Gets the progress.
    """

    def __init__(self, token: CancelToken, on_progress: Callable[[Progress], None]) -> None:
        self._token = token
        self._on_progress = on_progress
        self._phase = Phase.PREPARING
        self._given_up = False

    def __call__(self, progress: Progress) -> None:
        """A sign of life."""
        if not progress.phase.afterwards:
            self._phase = progress.phase
        elif self._given_up or not self._token.cancelled:
            return
        self._on_progress(progress)

    def give_up(self) -> None:
        """The try failed, and another one may follow."""
        self._given_up = True

    def cancelled(self) -> JobCancelled:
        """How the job ends now; what the server makes of it is told later, as progress."""
        return JobCancelled(
            {Phase.QUEUED: "cancelled_leaving", Phase.READING: "cancelled_on_server"}.get(self._phase, "cancelled")
        )


class Turn:
    """The moment in which a server turns from one page to the next, and is better not given anything else to do.

    Its idle time between two pages is some 8 ms, and three times that when it has to take an upload meanwhile
    (measured). A server that reads a page in no time is never idle, and not waited for.

    Args:
        clock: Monotonic seconds.

    Thread: transport only.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._queued = 0
        self._reading = 0
        self._began_s = 0.0
        self._took_s = 0.0
        self._begun = asyncio.Event()

    def joined(self) -> None:
        """A page of ours waits there."""
        self._queued += 1

    def began(self) -> None:
        """It is being read."""
        self._queued -= 1
        self._reading += 1
        self._began_s = self._clock()
        self._begun.set()

    def left(self) -> None:
        """It does not wait any more."""
        self._queued -= 1
        self._begun.set()

    def ended(self) -> None:
        """It was read."""
        self._reading -= 1
        self._took_s = self._clock() - self._began_s

    async def over(self) -> None:
        """Come back when the next page is being read, unless there is none."""
        if self._took_s <= _TURN_S:
            return
        if self._queued and not self._reading:
            self._begun.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_TURN_S):
                    await self._begun.wait()
        if self._reading:
            await asyncio.sleep(self._began_s + _UNPACKING_S - self._clock())


class Visit:
    """A page from joining a server's queue to its end, as a ``with`` block; called with its progress.

    Args:
        pace: Learns how long the page is read, and beside which others.
        turn: Is told when the server turns to it.
        pixels: Size of the page.
        on_progress: Gets the progress, too.

    Thread: transport only.
    """

    def __init__(self, pace: Pace, turn: Turn, pixels: int, on_progress: Callable[[Progress], None]) -> None:
        self._turn = turn
        self._page = pace.reading(pixels)
        self._on_progress = on_progress
        self._begun = False

    def __enter__(self) -> Visit:
        self._turn.joined()
        return self

    def __call__(self, progress: Progress) -> None:
        """A sign of life."""
        if progress.phase is Phase.READING and not self._begun:
            self._begun = True
            self._turn.began()
            self._page.__enter__()
        self._on_progress(progress)

    def __exit__(self, *_error: object) -> None:
        if self._begun:
            self._turn.ended()
            self._page.__exit__(None, None, None)
        else:
            self._turn.left()
