"""A formula becomes a drawing and MathML."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from glmocr_desktop.results.formulas import complaints, mathml, svg
from glmocr_desktop.results.formulas.complaints import Complaint
from glmocr_desktop.results.formulas.engine import Answer, MathJax, Problem, mathjax_folder
from glmocr_desktop.results.formulas.latex import bare
from glmocr_desktop.results.formulas.mend import mended

_LONGEST = 20_000  # characters; longer ones are loops, not formulas
_TRIES = 6  # at mending one formula
_MENDING_S = 3.0
_LARGEST_EX = 5000.0  # of either side of a drawing: 40,000 pixels in a text of the usual size
_CACHE_ENTRIES = 4000
_CACHE_BYTES = 64 * 1024 * 1024
_COLOUR = re.compile(r"[A-Za-z]+|#[0-9A-Fa-f]{3,8}")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # no XML may hold these

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula that was typeset.

    Attributes:
        svg: A drawing of it in black, for any reader of SVG Tiny; "" if nothing could be drawn.
        mathml: The same as MathML; "" if nothing could be read.
        width_ex: In ex (the height of an x) of the text around it, as the others.
        height_ex: Above the baseline.
        depth_ex: Below the baseline.
        error: What is wrong with it; false when all of it was drawn as it stands. There may be a drawing all the same:
            of what could be made out.
        error_at: Where in the LaTeX, counted in characters; None when nobody knows.
    """

    svg: str = field(default="", repr=False)
    mathml: str = field(default="", repr=False)
    width_ex: float = 0.0
    height_ex: float = 0.0
    depth_ex: float = 0.0
    error: Complaint = complaints.NOTHING
    error_at: int | None = None

    def coloured(self, colour: str) -> str:
        """The drawing in another colour.

        Args:
            colour: The name of a colour or `#rrggbb`.

        Raises:
            ValueError: It is neither.
        """
        if not _COLOUR.fullmatch(colour):
            raise ValueError(f"not a colour: {colour!r}")
        return self.svg.replace(f'"{svg.INK}"', f'"{colour}"')


def available() -> bool:
    """Whether formulas can be typeset at all: whether MathJax and QuickJS are installed."""
    return mathjax_folder() is not None


def typeset(latex: str, *, display: bool = False) -> Typeset:
    """Typeset a formula. Never fails: see `Typeset.error`.

    Args:
        latex: The formula, with or without delimiters around it.
        display: On a line of its own rather than within words.

    Thread:
        Any, but not one that must not block: takes some 20 ms, and at most some seconds.
    """
    if (folder := mathjax_folder()) is None:
        return Typeset(error=complaints.NOT_INSTALLED)
    if len(latex) > _LONGEST:
        return Typeset(error=complaints.TOO_LONG)
    known = _cache.get((latex, display))
    if known is None:
        known = _typeset(_engine(folder), latex, display)
        _cache.put((latex, display), known)
    return known


def _typeset(engine: MathJax, latex: str, display: bool) -> Typeset:
    source, offset = bare(_FORBIDDEN.sub(" ", latex))
    if not source:
        return Typeset(error=complaints.EMPTY)
    answer = engine.set(source, display=display)
    problem = answer.problem
    error, at = complaints.NOTHING, None
    if problem is not None:
        error = Complaint.of(problem)
        if problem.id != "TooMuch":
            at = offset + max(0, len(source) - problem.remaining)
        if not answer.svg:
            answer = _mended(engine, source, display, problem)
    return _cleaned(answer, error, at)


def _mended(engine: MathJax, source: str, display: bool, problem: Problem) -> Answer:
    """The answer to what was probably meant."""
    seen = {source}
    begun_s = time.monotonic()
    for _ in range(_TRIES):
        if problem.id == "TooMuch" or time.monotonic() - begun_s > _MENDING_S:
            break
        at = max(0, len(source) - problem.remaining)
        for attempt in mended(source, problem.id, at):
            if attempt in seen:
                continue
            seen.add(attempt)
            answer = engine.set(attempt, display=display)
            if answer.svg:
                return answer
            if answer.problem is not None:
                source, problem = attempt, answer.problem
            break
        else:
            break
    return Answer()


def _cleaned(answer: Answer, error: Complaint, at: int | None) -> Typeset:
    failed = Typeset(error=error or Complaint.of(Problem("TooMuch")), error_at=at)
    if not answer.svg:
        return failed
    try:
        drawing = svg.plain(answer.svg)
        notation = mathml.plain(answer.mathml)
    except (ValueError, RecursionError) as problem:
        _log.info("A formula could not be cleaned up: %r", problem)
        return failed
    if drawing.width_ex > _LARGEST_EX or drawing.height_ex + drawing.depth_ex > _LARGEST_EX:
        return failed
    if error and drawing.empty:
        return failed
    return Typeset(
        drawing.svg, notation, drawing.width_ex, drawing.height_ex, drawing.depth_ex, error=error, error_at=at
    )


class _Cache:
    """The formulas that were asked for last, bounded in number and size."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, bool], Typeset] = OrderedDict()
        self._size_bytes = 0

    def get(self, key: tuple[str, bool]) -> Typeset | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: tuple[str, bool], formula: Typeset) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = formula
            self._size_bytes += _size_bytes(key, formula)
            while len(self._kept) > _CACHE_ENTRIES or self._size_bytes > _CACHE_BYTES:
                self._size_bytes -= _size_bytes(*self._kept.popitem(last=False))


def _size_bytes(key: tuple[str, bool], formula: Typeset) -> int:
    return len(key[0]) + len(formula.svg) + len(formula.mathml)


_cache = _Cache()


@cache
def _engine(folder: Path) -> MathJax:
    return MathJax(folder)
