"""What walks through the program: documents become pages, pages become jobs, jobs become results.

Everything here is frozen and picklable, so that a job can be run by any thread or process.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import Flag, StrEnum, auto

from glmocr_desktop.core.errors import SENTENCES, OcrError


class Mode(StrEnum):
    """What a page is read as."""

    TEXT = "text"
    TABLE = "table"
    FORMULA = "formula"


class Engine(StrEnum):
    """Who read a page."""

    SERVER = "server"
    OFFLINE = "offline"
    TEXT_LAYER = "text_layer"


class EngineChoice(StrEnum):
    """Who may read a page: the whole ladder, or one engine only."""

    AUTO = "auto"
    SERVER = "server"
    OFFLINE = "offline"


class Language(StrEnum):
    """What the window speaks: what the system speaks, or one language."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"


class Theme(StrEnum):
    """How the window is coloured: as the system is, or always in one way."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Rung(StrEnum):
    """The steps of the recovery ladder, from the top."""

    FIRST = "first"
    RETRY = "retry"
    DEGRADED = "degraded"
    OFFLINE = "offline"


class JobState(StrEnum):
    """Where a job is. `WAITING` and `READING` are on the way, the others are ends."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TIMED_OUT = "timed_out"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to the job."""
        return self not in (JobState.WAITING, JobState.READING)


class Phase(StrEnum):
    """What a job that is being read is doing; the last two come after it was cancelled, when the server has agreed."""

    PREPARING = "preparing"
    LANE = "lane"
    UPLOADING = "uploading"
    QUEUED = "queued"
    READING = "reading"
    PARSING = "parsing"
    REMOVED = "removed"
    STOPPED = "stopped"

    @property
    def afterwards(self) -> bool:
        """Whether it tells what became of a cancelled job on the server."""
        return self in (Phase.REMOVED, Phase.STOPPED)


class BlockKind(StrEnum):
    """What a part of an answer is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    FORMULA = "formula"
    CODE = "code"


def new_id() -> str:
    """A name that no other document or job has."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Document:
    """What a user added.

    Attributes:
        path: The path as given; a file found in a folder is that folder as given, joined with the rest.
        file: Where its bytes are (absolute).
        name: What the user sees.
        password: Opens an encrypted PDF; never written anywhere.
    """

    path: str
    file: str
    name: str
    password: str | None = field(default=None, repr=False)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle on a page, in shares of its width and height, 0 to 1."""

    left: float
    top: float
    width: float
    height: float

    def within(self, outer: Region) -> Region:
        """Where this is on a page, when it is known where it is in another region of that page."""
        return Region(
            outer.left + self.left * outer.width,
            outer.top + self.top * outer.height,
            self.width * outer.width,
            self.height * outer.height,
        )

    def turned(self, degrees: int) -> Region:
        """Where this is when the page is turned clockwise by quarters."""
        turned = self
        for _ in range(degrees // 90 % 4):
            turned = Region(1 - turned.top - turned.height, turned.left, turned.height, turned.width)
        return turned


@dataclass(frozen=True, slots=True)
class Cut:
    """What of a page is read, and which way up.

    Attributes:
        turn: How far the page is turned clockwise, before anything else: 0, 90, 180 or 270 degrees.
        region: The part of the turned page that is read; None for all of it.
    """

    turn: int = 0
    region: Region | None = None

    @property
    def whole(self) -> bool:
        """Whether the page is read as it is."""
        return self.turn == 0 and self.region is None

    def turned(self, degrees: int) -> Cut:
        """The same part of the page, turned further by quarters."""
        return Cut((self.turn + degrees) % 360, self.region and self.region.turned(degrees))

    def placed(self, region: Region, turn: int) -> Region:
        """Where something that was read is on the whole page, when that is shown turned by so many degrees."""
        whole = region.within(self.region) if self.region else region
        return whole.turned(turn - self.turn)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: the unit that is read, and that can fail.

    Attributes:
        number: From 1.
        count: How many pages the document has.
        cut: What of it is read.
    """

    document: Document
    number: int = 1
    count: int = 1
    cut: Cut = Cut()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a job and its parts may take, in seconds.

    Attributes:
        total_s: The whole job, from the moment it leaves the local queue.
        connect_s: Opening a connection to the server.
        upload_s: Sending the page.
        lane_wait_s: Waiting for a place at the server.
        queue_wait_s: Waiting in the server's queue.
        silence_s: The server sends nothing, not even a heartbeat.
        first_s: Reading by the server without progress on the first rung, for a small page.
        retry_s: The same on the second rung.
        degraded_s: The same on the third rung.
    """

    total_s: float = 120.0
    connect_s: float = 3.0
    upload_s: float = 30.0
    lane_wait_s: float = 600.0
    queue_wait_s: float = 600.0
    silence_s: float = 40.0
    first_s: float = 30.0
    retry_s: float = 15.0
    degraded_s: float = 10.0


@dataclass(frozen=True, slots=True)
class OwnPrompt:
    """What a user wrote to ask of a page, instead of the prompt of a mode.

    Attributes:
        name: What it is called.
        text: What the server is asked for.
        template: A JSON object whose keys the answer shall have; empty when it may be any text.
    """

    name: str
    text: str
    template: str = ""

    @property
    def asked(self) -> str:
        """All that is sent."""
        return f"{self.text}\n{self.template}" if self.template else self.text


@dataclass(frozen=True, slots=True)
class Job:
    """A page in a mode.

    Attributes:
        own_prompt: Asked instead of the mode's; the mode is then text.
    """

    page: Page
    mode: Mode = Mode.TEXT
    engine: EngineChoice = EngineChoice.AUTO
    limits: Limits = Limits()
    id: str = field(default_factory=new_id)
    own_prompt: OwnPrompt | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A sign of life from a job.

    Attributes:
        position: Place in the server's queue, from 1; None when not queued or not known.
        eta_s: What the server expects, in seconds; None when it does not say.
        fraction: Share done, 0 to 1; None when not known.
    """

    phase: Phase
    position: int | None = None
    eta_s: float | None = None
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as it is kept in a result: no traceback, no references into the program.

    Attributes:
        kind: A key of `core.errors.SENTENCES`.
        values: What the sentence names.
    """

    kind: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, error: OcrError) -> Failure:
        """What is worth keeping of an error."""
        return cls(error.kind, tuple(error.values.items()))

    @property
    def message(self) -> str:
        """The sentence that a user reads."""
        return SENTENCES[self.kind].format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One rung of the ladder, as it was tried.

    Attributes:
        server: Address of the server that was asked, if one was.
    """

    rung: Rung
    engine: Engine
    elapsed_s: float
    error: Failure | None = None
    server: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """What a job did for a while.

    Attributes:
        began_s: Seconds since the job left the local queue, in real time: waiting for a lane counts here.
        server: Address of the server that it was at, if it was at one.
    """

    phase: Phase
    rung: Rung
    began_s: float
    elapsed_s: float
    server: str | None = None


class Style(Flag):
    """How a run of text looks; `FORMULA` says that it is LaTeX."""

    PLAIN = 0
    BOLD = auto()
    ITALIC = auto()
    STRIKE = auto()
    CODE = auto()
    FORMULA = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style.

    Attributes:
        text: Of a formula its LaTeX without delimiters; a line break is a newline.
    """

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list.

    Attributes:
        level: How deep it is nested, from 0.
        number: Of a numbered list; None for a bullet.
    """

    runs: tuple[Run, ...]
    level: int = 0
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; spans are at least 1.

    Attributes:
        text: Its lines; a formula in it stands between single dollar signs.
    """

    text: str
    row_span: int = 1
    col_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One part of an answer.

    Attributes:
        text: The words of a paragraph, heading or list without markup, inline formulas between single dollar signs;
            the lines of code; the tidied LaTeX of a formula without delimiters; empty for a table.
        runs: The words of a paragraph or heading with their styles; empty otherwise.
        items: The entries of a list; empty otherwise.
        rows: The cells that begin in each row of a table, from left to right; empty otherwise.
        level: Of a heading, 1 to 6; 0 otherwise.
        language: Of code, when the answer names it.
        received: The LaTeX of a formula as it was received, when tidying changed it; empty otherwise.
        source: What stands for the block in the text of its result.
        regions: Where on the page it is known to come from.
    """

    kind: BlockKind
    text: str = ""
    runs: tuple[Run, ...] = ()
    items: tuple[Item, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    level: int = 0
    language: str = ""
    received: str = ""
    source: str = field(default="", compare=False, repr=False)
    regions: tuple[Region, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine gave for a page.

    Attributes:
        text: The answer as received. A table is HTML, a formula LaTeX between ``$$``.
        formatted: Whether the text is light Markdown (a server's) rather than plain lines (offline reading).
        warnings: Kinds of suspects and notes that the engine itself knows of.
        regions: Where the paragraphs of an unformatted text stand, in their order; empty when that is not known.
    """

    text: str
    formatted: bool = True
    warnings: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """How a job ended, whatever happened to it.

    Attributes:
        state: One of the ends of `JobState`.
        engine: Who read the page; None unless it is done.
        server: Address of the server that read it, if one did.
        rung: Which step of the ladder made it; None unless it is done.
        elapsed_s: Seconds since the job left the local queue.
        formatted: See `Answer.formatted`.
        warnings: Reasons to doubt the result.
        error: Why there is no result; None when it is done.
        received: The answer as it was received, when a person corrected the text since; None otherwise.
        spans: What the job did and for how long, in order; they do not overlap.
    """

    job: Job
    state: JobState
    elapsed_s: float
    attempts: tuple[Attempt, ...] = ()
    engine: Engine | None = None
    server: str | None = None
    rung: Rung | None = None
    text: str = ""
    formatted: bool = True
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()
    error: Failure | None = None
    received: str | None = None
    spans: tuple[Span, ...] = ()
