"""The program as a process that is watched: whom it talks to, what it starts, and what it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

_AUDITED = Path(__file__).parent.parent / "support" / "audited"
_LIMIT_S = 120


class Watched(NamedTuple):
    """What a run of the program did.

    Attributes:
        code: Its exit code.
        output: Its standard output.
        errors: Its standard error.
        events: What was done, and with what: see `tests.support.audited`.
        home: Its settings, data and logs.
        temporary: Its folder for temporary files, sockets among them.
    """

    code: int
    output: bytes
    errors: str
    events: list[tuple[str, Any]]
    home: Path
    temporary: Path

    def reached(self) -> set[tuple[str, int]]:
        """The addresses, by host and port, of all connections."""
        addresses = [what for event, what in self.events if event in ("socket.connect", "socket.sendto")]
        return {(each[0], each[1]) for each in addresses if isinstance(each, list)}

    def looked_up(self) -> set[str]:
        """The names that were asked for."""
        return {what for event, what in self.events if event in ("socket.getaddrinfo", "socket.gethostbyname")}

    def started(self) -> list[Sequence[str]]:
        """The programs that were started, with their arguments."""
        return [what for event, what in self.events if event in ("subprocess.Popen", "os.posix_spawn", "os.exec")]

    def others(self) -> list[tuple[str, Any]]:
        """What should never be done: a shell, another program's opening."""
        never = ("os.system", "os.startfile", "pty.spawn", "webbrowser.open", "urllib.Request")
        return [each for each in self.events if each[0] in never]


Watch = Callable[..., Watched]


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    """Runs the program with arguments in a folder, everything it makes being open to all unless it sees to it."""
    home, temporary, into = (tmp_path / each for each in ("home", "temporary", "events.txt"))
    home.mkdir()
    temporary.mkdir()
    environ = os.environ | {
        "GLMOCR_HOME": str(home),
        "TMPDIR": str(temporary),
        "XDG_RUNTIME_DIR": str(temporary),
        "AUDITED_INTO": str(into),
        "PYTHONPATH": os.pathsep.join((str(_AUDITED), str(Path(__file__).parents[2]))),
    }

    def run(*arguments: str, cwd: Path, given: bytes | None = None, server: str = "") -> Watched:
        into.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-m", "glmocr_desktop", *arguments],
            cwd=cwd,
            env=environ | ({"GLMOCR_SERVER_URL": server} if server else {}),
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            timeout=_LIMIT_S,
            check=False,
            umask=0,
        )
        events = [tuple(json.loads(line)) for line in into.read_text().splitlines()] if into.exists() else []
        return Watched(done.returncode, done.stdout, done.stderr.decode(), events, home, temporary)  # type: ignore[arg-type]

    return run
