"""The program as people start it: a process of its own."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

_LIMIT_S = 90


class Ended(NamedTuple):
    """How a call of the command line ended: exit code, standard output, standard error."""

    code: int
    output: str
    errors: str


Run = Callable[..., Ended]


class Program:
    """``glmocr-desktop`` with arguments; its standard error is read as it comes, so that a test can wait for words.

    Args:
        arguments: After the program's name.
        output: Where standard output goes, if not into `output`.
        environ: Added to the environment.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        cwd: Path,
        *,
        output: int = subprocess.PIPE,
        environ: dict[str, str] | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "glmocr_desktop", *arguments],
            cwd=cwd,
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
        )
        self.lines: list[str] = []
        self.output = b""
        self._changed = threading.Condition()
        self._ended = False
        self._threads = [threading.Thread(target=self._read_errors, daemon=True)]
        if output == subprocess.PIPE:
            self._threads.append(threading.Thread(target=self._read_output, daemon=True))
        for thread in self._threads:
            thread.start()

    def wait_for(self, wanted: Callable[[str], bool]) -> str:
        """The first line of standard error that is wanted."""

        def found() -> str | None:
            return next((line for line in self.lines if wanted(line)), None)

        with self._changed:
            self._changed.wait_for(lambda: found() is not None or self._ended, _LIMIT_S)
            line = found()
        assert line is not None, self.lines
        return line

    def interrupt(self, number: int = signal.SIGINT) -> None:
        self.process.send_signal(number)

    def end(self, limit_s: float = _LIMIT_S) -> int:
        """Wait until it has ended; its exit code."""
        try:
            code = self.process.wait(limit_s)
        finally:
            self.process.kill()
        for thread in self._threads:
            thread.join(10)
        return code

    @property
    def errors(self) -> str:
        return "\n".join(self.lines)

    def children(self) -> list[int]:
        """Descriptors of the processes that it has started and that live (Linux), for `ends`.

        Python's own helper among them ends a moment after the program, when it sees that it is gone.
        """
        task = Path(f"/proc/{self.process.pid}/task")
        return [os.pidfd_open(int(pid)) for each in task.iterdir() for pid in (each / "children").read_text().split()]

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as stream:
            for raw in stream:
                with self._changed:
                    self.lines.append(raw.decode().rstrip("\n"))
                    self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _read_output(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            self.output = stream.read()


def ends(pidfd: int, limit_s: float = 10) -> bool:
    """Whether a process that is watched by its descriptor ends in time; the descriptor is closed."""
    try:
        return bool(select.select([pidfd], [], [], limit_s)[0])
    finally:
        os.close(pidfd)
