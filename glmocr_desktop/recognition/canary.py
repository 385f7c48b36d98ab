"""Does a server really read? One small image for each mode, whose content is known, is read and compared."""

from __future__ import annotations

import html
import re
import statistics
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError
from glmocr_desktop.core.model import BlockKind, Failure, Mode
from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.results.blocks import grid, parse

_ENOUGH = 0.9  # share of the characters: another font or a missed comma is no failure, another text is
_MOST_TIMES = 2  # an answer that is longer than so many times what the image says is another text

# How a reading ends that was tried in earnest; anything else (a full queue, a broken line) says nothing of reading.
_DOES_NOT_READ = frozenset(
    {
        "answer_too_large",
        "rung_timeout",
        "server_cancelled",
        "server_error_text",
        "server_refused",
        "suspect_answer",
    }
)

_TAG = re.compile(r"<[^<>]*>")
_FENCE = re.compile(r"^\s*```.*$", re.MULTILINE)
_MARKUP = re.compile(r"[*_#`\\$\s]+")
_SAME = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014\u2212", "''\"\"------")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]+")

_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{\s*(equation|align|gather|displaymath|math)\*?\s*\}")
_INVISIBLE = re.compile(
    r"\\(left\.?|right\.?|[bB]igg?[lr]?|(display|text)style|(no)?limits|math(rm|it|bf|normal)|text|q?quad)(?![a-zA-Z])"
    r"|\\[,;:!>() \[\]]|\$|~|&|\\\\"
)
_TIMES = re.compile(r"\\(cdot|times|ast)(?![a-zA-Z])|[*·×⋅∗]")  # may as well be left out
_FRACTION = re.compile(r"\\[dtc]frac(?![a-zA-Z])")
_LATEX = re.compile(r"\\[a-zA-Z]+|\\.|\S", re.DOTALL)
_ARGUMENTS = {"^": 1, "_": 1, "\\sqrt": 1, "\\frac": 2}


@dataclass(frozen=True, slots=True)
class Canary:
    """An image whose content is known.

    Attributes:
        mode: What it is read as.
        file: Its name in `resources/canaries`.
        known: What it says: plain lines, a table in HTML, or LaTeX without delimiters.
    """

    mode: Mode
    file: str
    known: str

    def png(self) -> bytes:
        """The image.

        Raises:
            OSError: The program's own file is not there.
        """
        return (resource_path("canaries") / self.file).read_bytes()

    def is_read(self, text: str) -> bool:
        """Whether a person would say that this text is what the image says, however it is written."""
        if self.mode is Mode.FORMULA:
            return len(text) <= 10 * len(self.known) and _formula(text) == _formula(self.known)
        if self.mode is Mode.TABLE:
            known, found = _cells(self.known), _cells(text)
            return len(known) == len(found) and _alike("\n".join(known), "\n".join(found))
        return _alike(_plain(self.known), _plain(text))


CANARIES = (
    Canary(
        Mode.TEXT,
        "text.png",
        "The harbour office opens at 7:45.\nPlease bring form 3082\nand two small photographs.",
    ),
    Canary(
        Mode.TABLE,
        "table.png",
        "<table><tr><td>Fruit</td><td>Boxes</td><td>Price</td></tr><tr><td>Apples</td><td>24</td><td>18.50</td></tr>"
        "<tr><td>Plums</td><td>7</td><td>6.25</td></tr></table>",
    ),
    Canary(Mode.FORMULA, "formula.png", r"W = \frac{3 m v^{2}}{2} + \sqrt{k + 7}"),
)


@dataclass(frozen=True, slots=True)
class CanaryResult:
    """How one canary was read.

    Attributes:
        reads: Whether the answer is what the image says.
        elapsed_s: Seconds from asking to the answer or the error.
        error: Why there is no answer.
        skipped: Whether the server has no such mode, so that it was not read.
    """

    mode: Mode
    reads: bool
    elapsed_s: float
    error: Failure | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class CanaryReport:
    """How a server read the canaries."""

    results: tuple[CanaryResult, ...]

    @property
    def read(self) -> int:
        """How many were read right."""
        return sum(each.reads for each in self.results)

    @property
    def asked(self) -> int:
        """How many the server was asked to read; a mode that it does not have is none of them."""
        return sum(not each.skipped for each in self.results)

    @property
    def elapsed_s(self) -> float | None:
        """Median seconds of those that were read right; None when there is none."""
        return statistics.median(each.elapsed_s for each in self.results if each.reads) if self.read else None

    @property
    def reads_nothing(self) -> bool:
        """Whether every canary that was asked for came back wrong or was refused."""
        asked = [each for each in self.results if not each.skipped]
        return bool(asked) and not any(
            each.reads or (each.error is not None and each.error.kind not in _DOES_NOT_READ) for each in asked
        )


def read_canaries(read: Callable[[bytes, Mode], str], token: CancelToken) -> CanaryReport:
    """Have the canaries read, one after the other.

    Args:
        read: Reads a PNG in a mode; raises an `OcrError` when it cannot.
        token: Ends it; when its time is up, the canaries that are left count as not read in time.

    Raises:
        JobCancelled: The token was cancelled.

    Thread: pool; this takes as long as the reading.
    """
    return CanaryReport(tuple(_read(canary, read, token) for canary in CANARIES))


def matching_characters(wanted: str, found: str) -> int:
    """How many characters two texts share in the same order."""
    within = found[: _MOST_TIMES * len(wanted)]  # a server may send a book, and this is quadratic
    matches = SequenceMatcher(None, wanted, within, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches)


def _read(canary: Canary, read: Callable[[bytes, Mode], str], token: CancelToken) -> CanaryResult:
    began_s = time.monotonic()
    try:
        token.check()
        text = read(canary.png(), canary.mode)
    except JobCancelled:
        raise
    except OcrError as error:
        skipped = error.kind == "server_no_mode"
        return CanaryResult(canary.mode, False, time.monotonic() - began_s, Failure.of(error), skipped)
    elapsed_s = time.monotonic() - began_s
    return CanaryResult(canary.mode, canary.is_read(text), elapsed_s)


def _alike(known: str, found: str) -> bool:
    return len(found) <= _MOST_TIMES * len(known) and matching_characters(known, found) >= _ENOUGH * len(known)


def _plain(text: str) -> str:
    """The characters that are seen: without markup, white space and the many forms of quotes and dashes."""
    bare = html.unescape(_TAG.sub("", _FENCE.sub("", text)))
    return _MARKUP.sub("", unicodedata.normalize("NFKC", bare).translate(_SAME))


def _cells(text: str) -> list[str]:
    """The texts of a table's cells in their order, whether it is HTML or Markdown."""
    rows = [row for block in parse(text) if block.kind is BlockKind.TABLE for row in grid(block)]
    if not rows:
        lines = (line.strip() for line in text.splitlines() if "|" in line and not _RULE.fullmatch(line))
        rows = [_PIPE.split(line) for line in lines]
    return [plain for row in rows for cell in row if (plain := _plain(cell))]


def _formula(text: str) -> str:
    """LaTeX in one way of writing: braces around every argument and nowhere else, nothing that is not seen."""
    shown = _ENVIRONMENT.sub("", _FENCE.sub("", text)).translate(_SAME)
    shown = _TIMES.sub("", _INVISIBLE.sub("", _FRACTION.sub(r"\\frac", shown)))
    written: list[str] = []
    owed = [0]  # how many arguments the last command of each open group still takes
    arguments: list[bool] = []  # for each open group, whether it is one
    for token in _LATEX.findall(shown):
        if token == "{":
            arguments.append(owed[-1] > 0)
            owed[-1] = max(0, owed[-1] - 1)
            owed.append(0)
            written += "{" * arguments[-1]
        elif token == "}":
            if arguments:
                owed.pop()
                written += "}" * arguments.pop()
        elif owed[-1]:
            owed[-1] -= 1
            written += ("{", token, "}")
        else:
            owed[-1] = _ARGUMENTS.get(token, 0)
            written.append(token)
    return "".join(written).rstrip(".,")
