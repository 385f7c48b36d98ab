"""The journal of a run: JSON Lines that tell what became of every page, and no word of what was read."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Failure, JobState, Result
from glmocr_desktop.results.contract import json_text, page_object

_LONGEST = 1_000_000  # bytes of a line
_BEGINNING = b'{"event": "'
_OF_A_PAGE = ("document", "page", "mode", "state", "engine", "rung", "server", "elapsed_s", "error")


class Journal:
    """Lines are added at the end of a file, each in one piece and at once.

    Args:
        path: The file; None for no journal.
        run: Stands in each line; the same in the continuations of a run, which add what is missing.
        tell: Told when it can be written no more.

    Raises:
        ExportError: It cannot be written, or something else is in the file.

    Attributes:
        failed: Whether something is missing in it.
    """

    def __init__(self, path: Path | None, run: str, tell: Callable[[str], None]) -> None:
        self._path = path
        self._run = run
        self._tell = tell
        self._pages: Counter[tuple[str, int]] = Counter()
        self._files: set[str] = set()
        self._handle = -1
        self.failed = False
        if path is not None:
            self._open(path)

    def began(self, *, resumed: bool) -> None:
        """Pages will be read."""
        self._add("began", {"resumed": resumed})

    def ended(self, result: Result) -> None:
        """A page has ended; those that are in the journal as read before are left out."""
        value = page_object(result)
        place = (value["document"], value["page"])
        if result.state is JobState.DONE and self._pages[place] > 0:
            self._pages[place] -= 1
            return
        self._add("page", {name: value[name] for name in _OF_A_PAGE})

    def unopened(self, path: str, failure: Failure) -> None:
        """A document could not be opened."""
        self._add("unopened", {"document": path, "error": {"kind": failure.kind, "message": failure.message}})

    def written(self, paths: Iterable[Path]) -> None:
        """Files are complete."""
        for each in map(str, paths):
            if each not in self._files:
                self._files.add(each)
                self._add("written", {"file": each})

    def left(self, code: int) -> None:
        """The run has ended with an exit code."""
        self._add("interrupted" if code > 1 else "ended", {"code": code})

    def close(self) -> None:
        """Nothing more will come."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _open(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
            if not stat.S_ISREG(os.fstat(self._handle).st_mode):  # a device or a pipe may never end
                raise ValueError(path)
            self._look_through(path)
        except OSError as error:
            self.close()
            raise _not_written(path, error) from error
        except (ValueError, RecursionError) as error:  # brackets within brackets without an end are JSON, too
            self.close()
            raise ExportError("journal_foreign", name=path.name) from error

    def _look_through(self, path: Path) -> None:
        """Gather what this run has told before, and take off half a line that a killed run has left.

        Raises:
            ValueError: The file is something else.
        """
        whole = 0
        with path.open("rb") as stream:
            while line := stream.readline(_LONGEST):
                if not line.endswith(b"\n"):
                    if len(line) == _LONGEST or not (whole or line.startswith(_BEGINNING[: len(line)])):
                        raise ValueError(path)
                    os.truncate(path, whole)
                    return
                whole += len(line)
                self._remember(json.loads(line))

    def _remember(self, value: Any) -> None:
        if not isinstance(value, dict) or "event" not in value or "run" not in value:
            raise ValueError(value)
        if value["run"] != self._run:
            return
        if value["event"] == "page" and value["state"] == JobState.DONE.value:
            self._pages[value["document"], value["page"]] += 1
        elif value["event"] == "written":
            self._files.add(value["file"])

    def _add(self, event: str, values: dict[str, Any]) -> None:
        if self._path is None or self.failed:
            return
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json_text({"event": event, "at": at, "run": self._run, **values}) + "\n"
        try:
            if os.write(self._handle, data := line.encode()) < len(data):
                raise OSError("no room")
        except OSError as error:
            self.failed = True
            self._tell(str(_not_written(self._path, error)))


def _not_written(path: Path, error: OSError) -> ExportError:
    return ExportError("cannot_write", name=path.name, detail=(error.strerror or str(error)).lower())
