"""The local queue beside a plain list that says the same in a slow and simple way."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Document, Job, Page
from glmocr_desktop.jobs.queue import JobQueue

pytestmark = pytest.mark.fuzz

_PAGE = Page(Document("a", "/a", "a"))
_PLACES = st.lists(st.integers(0, 40), max_size=6, unique=True)


@dataclass
class _Model:
    """All jobs that have not left, in their order; who is paused; who runs."""

    line: list[str] = field(default_factory=list)
    paused: set[str] = field(default_factory=set)
    running: dict[str, CancelToken] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    all_paused: bool = False
    closed: bool = False


class QueueMachine(RuleBasedStateMachine):
    """Everything that may happen to a queue, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = JobQueue()
        self.model = _Model()
        self.jobs: list[Job] = []

    def _ids(self, places: list[int]) -> list[str]:
        """Some jobs, also such as have left, and one that never was."""
        return [self.jobs[place].id if place < len(self.jobs) else f"unknown {place}" for place in places]

    @rule(count=st.integers(0, 5), paused=st.booleans())
    def put(self, count: int, paused: bool) -> None:
        """New jobs come to the end, also to a closed queue."""
        new = [Job(_PAGE) for _ in range(count)]
        ids = [job.id for job in new]
        held = ids if paused or self.model.all_paused else []
        assert self.queue.put(new, paused=paused) == held
        self.jobs += new
        self.model.line += ids
        self.model.paused |= set(held)

    @rule()
    def take(self) -> None:
        """The first that is not paused runs."""
        taken = self.queue.take()
        free = [each for each in self.model.line if each not in self.model.paused]
        if self.model.closed or not free:
            assert taken is None
            return
        assert taken is not None
        job, token = taken
        assert job.id == free[0]
        self.model.line.remove(job.id)
        self.model.left.append(job.id)
        self.model.running[job.id] = token
        assert not token.cancelled

    @rule(places=_PLACES)
    def done(self, places: list[int]) -> None:
        """Running jobs end; for others it means nothing."""
        for each in self._ids(places):
            self.queue.done(each)
            self.model.running.pop(each, None)

    @rule(places=st.none() | _PLACES)
    def pause(self, places: list[int] | None) -> None:
        """Some, or all."""
        ids = None if places is None else self._ids(places)
        waiting = [each for each in self.model.line if each not in self.model.paused]
        wanted = waiting if ids is None else [each for each in ids if each in waiting]
        assert self.queue.pause(ids) == wanted
        self.model.paused |= set(wanted)
        self.model.all_paused |= ids is None

    @rule(places=st.none() | _PLACES)
    def resume(self, places: list[int] | None) -> None:
        """Some, or all; each has its own place again."""
        ids = None if places is None else self._ids(places)
        wanted = self.model.paused if ids is None else {each for each in ids if each in self.model.paused}
        assert sorted(self.queue.resume(ids)) == sorted(wanted)
        self.model.paused = self.model.paused - wanted
        self.model.all_paused &= ids is not None

    @rule(places=_PLACES, first=st.booleans())
    def move(self, places: list[int], first: bool) -> None:
        """Some go to the front or to the end, in the order in which they are named."""
        ids = self._ids(places)
        moved = [each for each in ids if each in self.model.line]
        assert (self.queue.promote(ids) if first else self.queue.demote(ids)) == moved
        rest = [each for each in self.model.line if each not in moved]
        self.model.line = moved + rest if first else rest + moved

    @rule(places=st.none() | _PLACES)
    def cancel(self, places: list[int] | None) -> None:
        """Some, or all: what has not run is gone, what runs is told."""
        ids = None if places is None else self._ids(places)
        self._cancelled(self.queue.cancel(ids), [*self.model.line, *self.model.running] if ids is None else ids)

    @precondition(lambda self: len(self.jobs) > 10)
    @rule()
    def close(self) -> None:
        """Nothing is handed out any more."""
        self._cancelled(self.queue.close(), [*self.model.line, *self.model.running])
        self.model.closed = True

    def _cancelled(self, gone: list[Job], ids: list[str]) -> None:
        wanted = [each for each in ids if each in self.model.line]
        assert sorted(job.id for job in gone) == sorted(wanted)
        self.model.left += wanted
        self.model.line = [each for each in self.model.line if each not in wanted]
        self.model.paused -= set(wanted)
        assert all(self.model.running[each].cancelled for each in ids if each in self.model.running)

    @invariant()
    def same(self) -> None:
        """Both say the same, and no job left twice."""
        waiting = len(self.model.line) - len(self.model.paused)
        assert self.queue.waiting == waiting
        assert self.queue.at_hand == waiting + len(self.model.running)
        assert self.queue.all_paused == self.model.all_paused
        assert len(set(self.model.left)) == len(self.model.left)
        assert len(self.model.left) + len(self.model.line) == len(self.jobs)


TestQueueModel = QueueMachine.TestCase
