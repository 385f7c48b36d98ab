"""Ends of jobs are kept before anybody hears of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

from glmocr_desktop.core.model import JobState, Result

Keep = Callable[[Sequence[Result]], "Future[None]"]
"""Writes ends down; the future is done when they are safe."""


class Ends:
    """Stands between whoever runs jobs and whoever keeps their ends; without somebody to keep them, does nothing.

    What ends because the program does is not kept: such jobs are read when it is opened again.

    Thread: any.
    """

    def __init__(self) -> None:
        self._keep: Keep | None = None
        self._closed: Future[None] = Future()
        self._given_up: set[str] = set()

    @property
    def kept(self) -> bool:
        """Whether there is somebody who keeps them."""
        return self._keep is not None

    def keep_by(self, keep: Keep | None) -> None:
        """Let somebody keep all ends from now on."""
        self._keep = keep

    def give_up(self, job_ids: Iterable[str]) -> None:
        """A person cancelled these jobs: that is an end like others, whatever comes in between."""
        if self._keep is not None:
            self._given_up.update(job_ids)

    def wait(self, result: Result) -> None:
        """Come back when an end is safe, however long that takes; at once when the program ends."""
        given_up = result.job.id in self._given_up
        self._given_up.discard(result.job.id)
        if self._keep is None or (self._closed.done() and not (given_up or result.state is JobState.DONE)):
            return
        wait((self._keep([result]), self._closed), return_when=FIRST_COMPLETED)

    def then(self, results: list[Result], tell: Callable[[list[Result]], object]) -> None:
        """Call back when ends are safe, on any thread, or at once; never after the program's end."""
        if self._keep is None:
            tell(results)
            return
        self._keep(results).add_done_callback(lambda _kept: None if self._closed.done() else tell(results))

    def close(self) -> None:
        """The program ends: nobody waits any more."""
        if not self._closed.done():
            self._closed.set_result(None)
