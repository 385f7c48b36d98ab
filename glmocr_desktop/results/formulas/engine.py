"""MathJax, run by QuickJS on one thread of its own.

A context of QuickJS belongs to the thread that made it, so that every call is handed over. While a formula is being
set, Python's other threads run on: QuickJS gives up the interpreter's lock.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = "sphinx-mathjax-offline"  # brings the files of MathJax 3.2.2; itself an extension of Sphinx, never imported
FOLDER = "sphinx-mathjax-offline/static/mathjax"
# What a formula may use. Not among them: html (links, styles, classes), require and autoload (load files), unicode,
# action, setoptions.
_EXTENSIONS = [
    "newcommand",
    "ams",
    "amscd",
    "boldsymbol",
    "braket",
    "enclose",
    "cancel",
    "empheq",
    "cases",
    "centernot",
    "color",
    "colortbl",
    "extpfeil",
    "gensymb",
    "mathtools",
    "mhchem",
    "textmacros",
    "textcomp",
    "upgreek",
    "verb",
    "bbox",
]
FILES = (
    "core.js",
    "adaptors/liteDOM.js",
    "input/tex-base.js",
    *(f"input/tex/extensions/{name}.js" for name in _EXTENSIONS),
    "output/svg.js",
    "output/svg/fonts/tex.js",
)
_CPU_LIMIT_S = 2.0
_MEMORY_LIMIT_BYTES = 256 * 1024 * 1024  # 10 MB of it are MathJax itself
_JS_STACK_BYTES = 16 * 1024 * 1024
_THREAD_STACK_BYTES = 32 * 1024 * 1024  # QuickJS's own limit must be met first: beyond the thread's, a program crashes

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What MathJax found wrong with a formula.

    Attributes:
        id: MathJax's name of the error; "TooMuch" when the formula took more time or memory than it may.
        message: MathJax's own words.
        value: The unknown command, for "UndefinedControlSequence".
        remaining: How many characters of the formula had not been read yet.
    """

    id: str
    message: str = ""
    value: str = ""
    remaining: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What MathJax made of a formula: its own SVG and MathML, both empty if it could not be read."""

    svg: str = ""
    mathml: str = ""
    problem: Problem | None = None


@cache
def mathjax_folder() -> Path | None:
    """Where the files of MathJax are, or None when something that formulas need is not installed."""
    from importlib.metadata import PackageNotFoundError, distribution  # 20 ms, which the start of the window can spare
    from importlib.util import find_spec

    try:
        folder = Path(str(distribution(_PACKAGE).locate_file(FOLDER)))
    except PackageNotFoundError:
        return None
    complete = find_spec("quickjs") is not None and all((folder / name).is_file() for name in FILES)
    return folder if complete else None


class MathJax:
    """One MathJax; made cheaply, loaded (0.3 s) by the first formula."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._context: Any = None
        self._thread = _roomy_thread()

    def set(self, latex: str, *, display: bool) -> Answer:
        """Set a formula.

        Thread:
            Any; waits until those before it are done, each bounded by `_CPU_LIMIT_S`.
        """
        try:
            return self._thread.submit(self._set, latex, display).result()
        except RuntimeError as error:  # the interpreter is shutting down
            _log.info("A formula was not set: %s", error)
            return Answer(problem=Problem("TooMuch"))

    def _set(self, latex: str, display: bool) -> Answer:
        import quickjs

        limit_s = _CPU_LIMIT_S
        while True:
            before_s = time.thread_time()
            try:
                if self._context is None:
                    self._context = _load(self._folder)
                    before_s = time.thread_time()
                self._context.set_time_limit(limit_s)
                told = json.loads(self._context.eval(f"typeset({json.dumps(latex)}, {json.dumps(display)})"))
            except (quickjs.JSException, MemoryError, RuntimeError, ValueError) as error:
                self._context = None  # in an unknown state
                # The limit counts what all threads of the program use, so that a busy program meets it too early.
                if "interrupted" in str(error) and time.thread_time() - before_s < _CPU_LIMIT_S / 2 and limit_s < 60:
                    limit_s *= 4
                    continue
                _log.info("A formula of %d characters was given up: %s", len(latex), str(error)[:200])
                return Answer(problem=Problem("TooMuch"))
            problem = Problem(**told["problem"]) if "problem" in told else None
            return Answer(told["svg"], told["mathml"], problem)


def _roomy_thread() -> ThreadPoolExecutor:
    """One thread with room for deeply nested formulas: the usual stack is small on some systems."""
    executor = ThreadPoolExecutor(1, thread_name_prefix="formulas")
    usual = threading.stack_size(_THREAD_STACK_BYTES)
    try:
        executor.submit(lambda: None).result()  # starts it
    finally:
        threading.stack_size(usual)
    return executor


def _load(folder: Path) -> Any:
    """A context that knows the function `typeset`."""
    import quickjs

    context = quickjs.Context()
    context.set_max_stack_size(_JS_STACK_BYTES)
    context.set_memory_limit(_MEMORY_LIMIT_BYTES)
    context.eval(
        "var MathJax = {version: '3.2.2'};"
        "var console = {log() {}, warn() {}, error() {}};"
        f"var PACKAGES = {json.dumps(['base', *_EXTENSIONS])};"
    )
    for path in (*(folder / name for name in FILES), Path(__file__).with_name("mathjax.js")):
        context.eval(path.read_text(encoding="utf-8"))
    return context
