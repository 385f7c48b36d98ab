"""Opens hostile files as the window does, in a process that may be lost, and tells how each ended."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

_LIMIT_S = 90.0  # of one page; a decoder has 60
_GRACE_S = 30.0  # of the trial beyond that
_LOOK_S = 0.05
_THUMBNAIL_PX = 256


@dataclass(frozen=True)
class Ending:
    """How a file ended.

    Attributes:
        path: Of the file.
        kind: Of the error, in the program's words; empty for a result.
        broken: What no file may do: an error that is no sentence, a crash, a hang; empty when it did not.
        took_s: How long it took.
        peak_mb: What the program and its children had in memory, at most.
    """

    path: Path
    kind: str
    broken: str
    took_s: float
    peak_mb: float


def tried(paths: Iterable[Path], limit_s: float = _LIMIT_S) -> Iterator[Ending]:
    """Open each of the files, draw its first page small and load it large."""
    trial = _Trial(limit_s)
    try:
        for path in paths:
            yield trial.of(path)
    finally:
        trial.end()


class _Trial:
    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._spawn = multiprocessing.get_context("spawn")
        self._start()

    def of(self, path: Path) -> Ending:
        begun, peak = time.monotonic(), 0
        self._ours.send(str(path))
        while not self._ours.poll(_LOOK_S) and self._process.is_alive():
            peak = max(peak, _memory(self._process.pid))
            if time.monotonic() - begun > 2 * self._limit_s + _GRACE_S:
                self.end()
        peak = max(peak, _memory(self._process.pid))
        kind, broken = "", f"the process was lost ({self._process.exitcode})"
        with suppress(EOFError, OSError):
            kind, broken = self._ours.recv()
        took_s = time.monotonic() - begun
        if not self._process.is_alive() or broken.startswith("the process"):
            self.end()
            self._start()
        return Ending(path, kind, broken, took_s, peak / 1e6)

    def end(self) -> None:
        """End the process and its children."""
        with suppress(psutil.NoSuchProcess):
            for each in psutil.Process(self._process.pid).children(recursive=True):
                each.kill()
        self._process.kill()
        self._process.join()

    def _start(self) -> None:
        self._ours, theirs = self._spawn.Pipe()
        self._process = self._spawn.Process(target=_try_all, args=(theirs, self._limit_s))
        self._process.start()
        theirs.close()
        self._ours.recv()  # ready: what follows is the time of files


def _memory(pid: int | None) -> int:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        return sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))
    return 0


def _try_all(theirs: Connection, limit_s: float) -> None:
    from glmocr_desktop.core.resources import resource_path

    _end(sorted(resource_path("samples").glob("*.pdf"))[0], limit_s)
    theirs.send("ready")
    with suppress(EOFError):
        while True:
            theirs.send(_end(Path(theirs.recv()), limit_s))


def _end(path: Path, limit_s: float) -> tuple[str, str]:
    from glmocr_desktop.core.cancel import CancelToken
    from glmocr_desktop.core.errors import InputError, OcrError
    from glmocr_desktop.documents import load_page, open_document, thumbnail

    try:
        page = open_document(str(path))[0]
        with suppress(OcrError):
            thumbnail(page, _THUMBNAIL_PX)
        token = CancelToken()
        token.start(limit_s)
        load_page(page, token).close()
    except InputError as error:
        return error.kind, "" if str(error) else "an empty sentence"
    except OcrError as error:
        return error.kind, f"not read within {limit_s:g} s" if error.kind == "timeout_total" else ""
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return "", f"{type(error).__name__}: {error}"
    return "", ""
