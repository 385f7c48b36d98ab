"""What is kept of documents, pages and results, across restarts and crashes."""

from __future__ import annotations

from dataclasses import dataclass

from glmocr_desktop.core.model import Document, Engine, Failure, Job, JobState, Limits, Mode, Page, Result


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it is kept: one row of the window, or one page of a run of the command line.

    Attributes:
        id: Of the row, not of a job.
        order: Its place among the pages of its document.
        region: Which of the regions of its page it is, from 1; 0 for none.
        job: The last one.
        own_limits: Limits that were chosen for this page alone.
        paused: Whether it is held back.
        turn: -1 to be read first, 1 to be read last.
        result: How the last job ended; None while it has not.
        previous: Given back when the present reading is cancelled.
        other: Another answer, kept to be compared with the result.
        checked: Whether a person found the doubtful places right.
    """

    id: str
    page: Page
    order: float = 0.0
    region: int = 0
    job: Job | None = None
    own_limits: Limits | None = None
    paused: bool = False
    turn: int = 0
    result: Result | None = None
    previous: Result | None = None
    other: Result | None = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document as it is kept.

    Attributes:
        document: Without its password.
        order: Its place on the desk.
        added_at: Seconds since the epoch.
        error: Why it could not be opened.
        owned: Whether its file is the program's own, made of what was pasted or captured.
        locked: Whether it was opened by a password.
    """

    document: Document
    pages: tuple[KeptPage, ...] = ()
    order: float = 0.0
    added_at: float = 0.0
    error: Failure | None = None
    owned: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the history.

    Attributes:
        number: Of the page.
        count: How many pages its document has.
        ended_at: Seconds since the epoch.
        on_desk: Whether it stands in the window, too.
        corrected: Whether a person changed what was read.
        excerpt: Some words around those that were looked for, or the first ones.
    """

    page_id: str
    document_id: str
    name: str
    path: str
    number: int
    count: int
    region: int
    mode: Mode
    engine: Engine | None
    state: JobState
    ended_at: float
    on_desk: bool
    corrected: bool
    excerpt: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for in the history; None and an empty text mean anything.

    Attributes:
        words: All of them have to be there, in any order.
        since: The earliest end, in seconds since the epoch.
        until: The latest end.
    """

    words: str = ""
    mode: Mode | None = None
    engine: Engine | None = None
    state: JobState | None = None
    since: float | None = None
    until: float | None = None
