"""What is left when the program falls: a report that its user may show to somebody, and that is sent to nobody."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import platform
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from glmocr_desktop import __version__
from glmocr_desktop.core.log import LOG_FILE, readable_line
from glmocr_desktop.core.private import make_private_file
from glmocr_desktop.core.redaction import Redaction
from glmocr_desktop.core.settings_file import home_dirs

_log = logging.getLogger(__name__)
_KEPT = 5  # reports
_LINES = 50  # of the log
_RUNNING = "running-{}.txt"
_CLOCK_S = 60.0  # by how much a clock that was set may make a program younger than its file


class CrashWatch:
    """Writes down where the program stood when it falls by a fault in a library; errors of Python go to the log.

    Thread: main.
    """

    def __init__(self) -> None:
        self._path = _folder() / _RUNNING.format(os.getpid())
        self._file: IO[str] | None = None

    def begin(self) -> None:
        """Watch from now on; without a place to write to, only errors of Python are noted."""
        sys.excepthook = _on_error
        threading.excepthook = lambda found: _on_error(found.exc_type, found.exc_value, found.exc_traceback)
        sys.unraisablehook = lambda found: _on_error(found.exc_type, found.exc_value, found.exc_traceback)
        with suppress(OSError):
            make_private_file(self._path)
            self._file = self._path.open("w", encoding="utf-8")
            print(json.dumps(_facts()), file=self._file, flush=True)
            faulthandler.enable(self._file)

    def end(self) -> None:
        """The program ends orderly: there is nothing to report."""
        if self._file is not None:
            faulthandler.disable()
            with suppress(OSError):  # a full disk: its first line never got there
                self._file.close()
            self._file = None
            with suppress(OSError):
                self._path.unlink(missing_ok=True)


def new_report() -> str:
    """The report of the last fall that nobody has been told of; empty when there was none.

    Programs that were killed, or that the power left, wrote nothing: there is nothing to tell of them.

    Thread: any. Blocks.
    """
    newest = ""
    for path in sorted(_folder().glob(_RUNNING.format("*")), key=_age_s, reverse=True):
        if _runs(path):
            continue
        with suppress(OSError, UnicodeDecodeError):
            first, _, fault = path.read_text(encoding="utf-8").partition("\n")
            if fault.strip():
                newest = _written(first, fault)
            path.unlink()  # only now: a report that could not be written is written at a later start
    return newest


def _written(facts: str, fault: str) -> str:
    """Keep a report beside the few before it."""
    text = Redaction.of((), ()).text("\n".join((facts, "", fault, *_last_lines())))
    path = _folder() / time.strftime("crash-%Y-%m-%d-%H.%M.%S.txt")
    make_private_file(path)
    path.write_text(text, encoding="utf-8")
    for old in sorted(_folder().glob("crash-*.txt"))[:-_KEPT]:
        old.unlink(missing_ok=True)
    return text


def _last_lines() -> list[str]:
    try:
        lines = (home_dirs()[2] / LOG_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [readable_line(line) for line in lines[-_LINES:]]


def _facts() -> dict[str, Any]:
    return {
        "version": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "began": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
    }


def _folder() -> Path:
    return home_dirs()[2] / "crashes"


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _runs(path: Path) -> bool:
    """Whether the program that a file belongs to is still there, and not a later one that got its number."""
    import psutil

    number = path.stem.partition("-")[2]
    try:
        return not number.isdecimal() or psutil.Process(int(number)).create_time() <= path.stat().st_mtime + _CLOCK_S
    except (psutil.NoSuchProcess, OSError):
        return False
    except psutil.AccessDenied:
        return True


def _on_error(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """A bug: the log has it, the program lives on."""
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        _log.error("Something went wrong inside the program.", exc_info=(kind, error or kind(), trace))
