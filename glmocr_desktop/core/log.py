"""Where the details go that a user's sentence leaves out; nothing private gets there."""

from __future__ import annotations

import io
import json
import logging
import os
import platform
import sys
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from glmocr_desktop import __version__
from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import JobState
from glmocr_desktop.core.private import make_private_folder
from glmocr_desktop.core.redaction import Redaction
from glmocr_desktop.core.settings_file import home_dirs

LOG_FILE = "glmocr-desktop.log"
"""The newest log in the log folder."""

_APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND
_FILE_BYTES = 1_000_000
_OLD_FILES = 2
_MESSAGE_CHARACTERS = 8_000
_SAME_TEXTS = 64  # most lines say one of a few things


class OwnWord(str):
    """A word among the facts of a line that the program made itself, as an id or a kind: nothing in it is private."""

    __slots__ = ()


def start_log(*, verbose: bool = False, file: Path | None = None) -> None:
    """Send warnings and worse to standard error, and also what the program does to a file in the log folder.

    A file is made when there is something to write, and is the user's alone. Without a place to write to, there is
    only standard error.

    Args:
        verbose: Whether standard error gets all that the file gets.
        file: Another file to write to as well.

    Raises:
        ExportError: That file cannot be written.
    """
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.INFO if verbose else logging.WARNING)
    terminal.setFormatter(_Readable())
    handlers: list[logging.Handler] = [terminal]
    with suppress(OSError):
        handlers.append(_logging_to(home_dirs()[2] / LOG_FILE))
    if file is not None:
        try:
            handlers.append(_logging_to(file))
            os.close(os.open(file, _APPEND, 0o600))  # a handler would keep its trouble to itself
        except OSError as error:
            detail = (error.strerror or "input or output error").lower()
            raise ExportError("cannot_write", name=str(file), detail=detail) from error
    logging.basicConfig(level=logging.WARNING, handlers=handlers)
    logging.getLogger("glmocr_desktop").setLevel(logging.INFO)
    logging.captureWarnings(True)


def _logging_to(path: Path) -> logging.Handler:
    make_private_folder(path.parent)
    return _SharedFile(path)


def log_start(what: str) -> None:
    """Say which program this is, and on what it runs.

    Args:
        what: The command, or the window.
    """
    facts = {
        "what": what,
        "version": __version__,
        "python": platform.python_version(),
        "system": sys.platform,
        "machine": platform.machine(),
    }
    logging.getLogger(__name__).info("The program started", extra={"facts": facts})


def readable_line(line: str) -> str:
    """A line of the file as a person reads it; as it is, when it is no line of this log."""
    try:
        said = json.loads(line)
        facts = "".join(f" {name}={value}" for name, value in said.get("facts", {}).items())
        head = f"{said['time']} {said['level']} {said['logger']}: {said['message']}{facts}"
        return f"{head} ({said['exception']})\n{said['error']}" if "error" in said else head
    except (ValueError, KeyError, TypeError, AttributeError):
        return line


def error_of(line: str) -> tuple[datetime, str] | None:
    """When a line of the file tells of an error, and of which kind; None when it tells of none."""
    try:
        said = json.loads(line)
        facts = said.get("facts", {})
        kind = said.get("exception") or facts.get("kind")
        if not kind or facts.get("state") == JobState.CANCELLED:
            return None
        return datetime.fromisoformat(said["time"]), str(kind)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class _Structured(logging.Formatter):
    """A record as one JSON object in one line. ``extra={"facts": {…}}`` are its figures and words.

    Redaction takes longer than all the rest: numbers, enums and `OwnWord` do without, and a text that comes often is
    redacted once.
    """

    def __init__(self) -> None:
        super().__init__()
        redaction = Redaction()
        self._text = redaction.text
        self._frequent_text = lru_cache(_SAME_TEXTS)(redaction.text)

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._frequent_text(record.getMessage()[:_MESSAGE_CHARACTERS]),
        }
        if facts := getattr(record, "facts", None):
            said["facts"] = {name: self._fact(value) for name, value in facts.items()}
        if record.exc_info and record.exc_info[0] is not None:
            said["exception"] = record.exc_info[0].__name__  # what it says may go as a whole with a file's name
            said["error"] = self._text(self.formatException(record.exc_info)[-_MESSAGE_CHARACTERS:])
        return json.dumps(said)

    def _fact(self, value: object) -> object:
        if isinstance(value, int | float | StrEnum | OwnWord):
            return value
        return self._text(str(value))


class _Readable(_Structured):
    """The same for a terminal, which does not obey what a text says."""

    def format(self, record: logging.LogRecord) -> str:
        text = readable_line(super().format(record))
        return "".join(each if each == "\n" or each.isprintable() else f"\\u{ord(each):04x}" for each in text)


class _SharedFile(RotatingFileHandler):
    """A file that several processes add to: whoever finds it full sets it aside, and the others follow.

    It never fails: what cannot be written is not.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_FILE_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True)
        self.setFormatter(_Structured())

    def _open(self) -> io.TextIOWrapper:
        descriptor = os.open(self.baseFilename, _APPEND, 0o600)
        return open(descriptor, "a", encoding="utf-8")  # noqa: PTH123 - a descriptor

    def shouldRollover(self, _record: logging.LogRecord) -> bool:  # noqa: N802
        if self.stream is not None and not self._is_current(self.stream):
            self.stream.close()
            self.stream = self._open()
        return self.stream is not None and os.fstat(self.stream.fileno()).st_size >= _FILE_BYTES

    def _is_current(self, stream: io.TextIOWrapper) -> bool:
        """Whether the file that is open still has its name: another process may have set it aside."""
        try:
            return os.path.samestat(os.fstat(stream.fileno()), Path(self.baseFilename).stat())
        except FileNotFoundError:
            return False

    def doRollover(self) -> None:  # noqa: N802
        with suppress(OSError):  # Windows: another process has it open, and sets it aside later
            super().doRollover()

    def handleError(self, _record: logging.LogRecord) -> None:  # noqa: N802
        """A full disk is told by those whose work it stops."""
