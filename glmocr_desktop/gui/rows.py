"""What the tree of documents shows: one row a page, and one above the pages of a longer document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum

from glmocr_desktop.core.model import Engine, Failure, Job, JobState, Limits, Page, Phase, Progress, Result, new_id
from glmocr_desktop.jobs.kept import KeptDocument


class RowState(StrEnum):
    """What a row says of itself."""

    WAITING = "waiting"
    READING = "reading"
    PARKED = "parked"
    PAUSED = "paused"
    DONE = "done"
    DONE_OFFLINE = "done_offline"
    TIMED_OUT = "timed_out"
    CANCELLED = "cancelled"
    FAILED = "failed"
    LOCKED = "locked"

    @property
    def active(self) -> bool:
        """Whether a job is on its way."""
        return self in (RowState.WAITING, RowState.READING, RowState.PARKED, RowState.PAUSED)

    @property
    def done(self) -> bool:
        """Whether there is a result to look at."""
        return self in (RowState.DONE, RowState.DONE_OFFLINE)


ACTIVE = tuple(state for state in RowState if state.active)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that was opened, or why it could not be.

    Attributes:
        path: The path as given.
        pages: Its pages; empty when there is an error.
        kept: As it is kept already, if it is.
    """

    path: str
    pages: tuple[Page, ...] = ()
    error: Failure | None = None
    kept: KeptDocument | None = None


class Turn(IntEnum):
    """When a page that waits is read."""

    FIRST = -1
    USUAL = 0
    LAST = 1


URGENCY = (
    RowState.READING,
    RowState.WAITING,
    RowState.PAUSED,
    RowState.PARKED,
    RowState.LOCKED,
    RowState.FAILED,
    RowState.TIMED_OUT,
    RowState.CANCELLED,
    RowState.DONE_OFFLINE,
    RowState.DONE,
)
"""States from the most to the least urgent: a document says what its most urgent page says."""


@dataclass(eq=False, slots=True)
class Row:
    """A page in a mode, a document with several pages, or a file that could not be opened.

    Only `DocumentModel` changes it.

    Attributes:
        page_id: What it is kept by.
        order: Its place among the kept pages of its document.
        position: Its place among the rows that are seen beside it, from 0; -1 while it is not seen.
        page: None for a document with several pages, and for a file that could not be opened.
        began_s: When reading began, in monotonic seconds; later by the time for which the page waited for its place.
        waits_since_s: Since when it waits for its place; None while it does not.
        region: Which of the regions of its page it is, from 1; 0 for a row that is none.
        own_limits: Limits that were chosen for this page alone.
        previous: The result of an earlier reading, given back when the present one is cancelled.
        other: The last answer that was read before the result, kept to be compared with it.
        paused: Whether it is held back.
        turn: Whether it is to be read before or after the others.
        checked: Whether a person found the doubtful places right.
        error: Why the file could not be opened.
        children: All pages of a document, in their order.
        shown: Those that are seen, in the order in which they are.
        counts: How many children are in which state.
    """

    id: int
    name: str
    path: str
    page_id: str = field(default_factory=new_id)
    order: float = 0.0
    parent: Row | None = None
    position: int = -1
    page: Page | None = None
    region: int = 0
    job: Job | None = None
    own_limits: Limits | None = None
    parked: bool = False
    paused: bool = False
    turn: Turn = Turn.USUAL
    progress: Progress | None = None
    began_s: float | None = None
    waits_since_s: float | None = None
    result: Result | None = None
    previous: Result | None = None
    other: Result | None = None
    checked: bool = False
    error: Failure | None = None
    children: list[Row] = field(default_factory=list)
    shown: list[Row] = field(default_factory=list)
    counts: Counter[RowState] = field(default_factory=Counter)

    @property
    def state(self) -> RowState:
        """What the row says of itself."""
        if self.children:
            return next((each for each in URGENCY if self.counts[each]), RowState.WAITING)
        if self.error is not None:
            locked = self.error.kind in ("password_needed", "password_wrong")
            return RowState.LOCKED if locked else RowState.FAILED
        if self.result is not None:
            return _state_of(self.result)
        if self.parked:
            return RowState.PARKED
        if self.paused:
            return RowState.PAUSED
        return RowState.WAITING if self.began_s is None else RowState.READING

    @property
    def failure(self) -> Failure | None:
        """Why there is nothing to look at."""
        return self.error or (self.result.error if self.result else None)

    @property
    def corrected(self) -> bool:
        """Whether a person changed what was read."""
        return self.result is not None and self.result.received is not None

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look at the page."""
        return self.state.done and self.result is not None and bool(self.result.warnings) and not self.checked

    def same_page(self, other: Row) -> bool:
        """Whether another row is of the same page, whatever of it is read."""
        mine, others = self.page, other.page
        return mine is not None and others is not None and replace(others, cut=mine.cut) == mine

    def same_document(self, other: Row) -> bool:
        """Whether another row is of a page of the same document."""
        mine, others = self.page, other.page
        return mine is not None and others is not None and mine.document.id == others.document.id

    @property
    def first_page(self) -> Page | None:
        """The page to show for the row."""
        return self.children[0].page if self.children else self.page

    @property
    def done_count(self) -> int:
        """How many pages below have a result."""
        return self.counts[RowState.DONE] + self.counts[RowState.DONE_OFFLINE]

    def pages(self) -> Iterator[Row]:
        """The row itself, or the pages below it."""
        return iter(self.children) if self.children else iter((self,))

    def assign(self, job: Job, own_limits: Limits | None = None) -> None:
        """Wait for a job's end."""
        if self.result is not None and self.result.state is JobState.DONE:
            self.previous = self.result
        self.job, self.page, self.own_limits = job, job.page, own_limits
        self.result = self.error = self.progress = self.began_s = self.waits_since_s = None
        self.parked = self.paused = False
        self.turn = Turn.USUAL

    def go_on(self, progress: Progress, now_s: float) -> None:
        """There is a sign of life; waiting for a place does not count as reading, nor against the page's time."""
        waits = progress.phase is Phase.LANE
        if waits and self.waits_since_s is None:
            self.waits_since_s = now_s
        elif not waits and self.waits_since_s is not None and self.began_s is not None:
            self.began_s += now_s - self.waits_since_s
            self.waits_since_s = None
        self.progress = progress

    def begin(self, began_s: float) -> None:
        """Be read from now on."""
        self.began_s, self.parked, self.paused = began_s, False, False
        self.waits_since_s = None

    def park(self) -> None:
        """Wait for the server to come back."""
        self.began_s, self.parked, self.paused, self.progress = None, True, False, None

    def hold(self, paused: bool) -> None:
        """Be held back, or wait again."""
        self.paused, self.parked = paused, False

    def finish(self, result: Result) -> None:
        """Take the job's end; a cancelled second reading gives the first one back."""
        if result.state is JobState.CANCELLED and self.previous is not None:
            result = self.previous
        else:
            self.checked = False
            self.other = self.previous or self.other
        self.result, self.previous = result, None
        self.job = result.job
        if self.progress is not None:
            self.agree(self.progress.phase)
        self.progress, self.parked, self.paused = None, False, False

    def exchange(self) -> None:
        """Use the other answer, and keep the one that was used."""
        if self.other is not None and not self.state.active:
            used = self.result if self.state.done else None
            self.result, self.other = self.other, used
            self.job, self.checked = self.result.job, False

    @property
    def leaving(self) -> bool:
        """Whether the page was cancelled, and the server has not yet said what it made of that."""
        return self.failure is not None and self.failure.kind in ("cancelled_leaving", "cancelled_on_server")

    def agree(self, phase: Phase) -> None:
        """The server has let a cancelled page go."""
        kind = {Phase.REMOVED: "cancelled_in_queue", Phase.STOPPED: "cancelled_stopped"}.get(phase)
        if self.leaving and self.result is not None and kind is not None:
            self.result = replace(self.result, error=Failure(kind))


def _state_of(result: Result) -> RowState:
    if result.engine is Engine.OFFLINE and result.state is JobState.DONE:
        return RowState.DONE_OFFLINE
    return _STATES[result.state]


_STATES = {each: RowState(each.value) for each in JobState}
