"""Starts and ends server processes; every wait is bounded."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_START_S = 60
_APP = Path(__file__).with_name("gradio_app.py")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """A real Gradio server in a process of its own; `python` decides with which version of Gradio."""

    def __init__(
        self, folder: Path, concurrency: int = 8, port: int | None = None, python: str = sys.executable
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._concurrency = concurrency
        self._python = python
        self._process: subprocess.Popen[bytes] | None = None
        self.control()

    def control(self, **values: Any) -> None:
        """What the server does from the next page on: ``delay_s``, ``answer``, ``error``."""
        path = self.folder / "control.json"
        temporary = path.with_suffix(".new")
        temporary.write_text(json.dumps(values))
        temporary.replace(path)

    def log(self) -> list[str]:
        """``start N`` and ``end N`` of every page so far."""
        path = self.folder / "log.txt"
        return path.read_text().splitlines() if path.exists() else []

    def start(self) -> None:
        command = [self._python, str(_APP), str(self.port), str(self.folder), str(self._concurrency)]
        with (self.folder / "stderr.txt").open("ab") as errors:
            self._process = subprocess.Popen(command, stdout=errors, stderr=errors)
        wait_until_up(self.url, self._process)

    def queue_size(self) -> int:
        with urllib.request.urlopen(f"{self.url}/gradio_api/queue/status", timeout=5) as answer:
            return int(json.load(answer)["queue_size"])

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)

    def pause(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)


def wait_until_up(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when a Gradio server answers; fail when its process ends or takes too long."""
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server process has ended"
        try:
            with urllib.request.urlopen(f"{url}/config", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
    raise AssertionError("the server did not start")


@contextmanager
def running_server(folder: Path, concurrency: int = 8, python: str = sys.executable) -> Iterator[ServerProcess]:
    server = ServerProcess(folder, concurrency, python=python)
    try:
        server.start()
        yield server
    finally:
        server.kill()
