"""Starts and ends server processes; every wait is bounded."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.nursery import APP, Born, bear

_START_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """A real Gradio server in a process of its own.

    Args:
        python: Decides with which version of Gradio.
        login: User and password that it asks for; None lets everybody in.
        certificate: File with its certificate and key, for https.
    """

    def __init__(
        self,
        folder: Path,
        concurrency: int = 8,
        port: int | None = None,
        python: str = sys.executable,
        *,
        login: tuple[str, str] | None = None,
        certificate: Path | None = None,
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"
        self._more = [*(login or ("", "")), *([str(certificate)] if certificate else [])]
        self._concurrency = concurrency
        self._python = python
        self._process: subprocess.Popen[bytes] | Born | None = None
        self._logs = 0
        self.control()

    def control(self, **values: Any) -> None:
        """What the server does from the next page on: ``delay_s``, ``answer``, ``error``; at its start ``swapped``."""
        path = self.folder / "control.json"
        temporary = path.with_suffix(".new")
        temporary.write_text(json.dumps({"log": self._log_name} | values))
        temporary.replace(path)

    def log(self) -> list[str]:
        """``start N`` and ``end N`` of every page since the log was begun."""
        path = self.folder / self._log_name
        return path.read_text().splitlines() if path.exists() else []

    def begin_log(self) -> None:
        """Have an empty log, and all defaults; what is still being read for nobody ends, and is not in it."""
        self._logs += 1
        self.control()

    @property
    def _log_name(self) -> str:
        return f"log {self._logs}.txt"

    def times(self) -> list[tuple[float, float]]:
        """When each page began and ended on the server, in seconds of its own clock, in the order of their ends."""
        path = self.folder / "times.txt"
        lines = path.read_text().splitlines() if path.exists() else []
        return [(float(began), float(ended)) for began, ended in map(str.split, lines)]

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        arguments = [str(self.port), str(self.folder), str(self._concurrency), *self._more]
        # Each start has its own uploads: one that is started anew has lost those before.
        environ = {"GRADIO_TEMP_DIR": tempfile.mkdtemp(prefix="uploads-", dir=self.folder)}
        output = self.folder / "stderr.txt"
        if self._python == sys.executable and hasattr(os, "fork"):
            self._process = bear(arguments, environ, output)
        else:
            with output.open("ab") as errors:
                command = [self._python, str(APP), *arguments]
                self._process = subprocess.Popen(command, stdout=errors, stderr=errors, env=os.environ | environ)
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

    def resume(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


def wait_until_up(url: str, process: subprocess.Popen[bytes] | Born) -> None:
    """Return when a Gradio server answers; fail when its process ends or takes too long."""
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server process has ended"
        try:
            with urllib.request.urlopen(f"{url}/config", timeout=2, context=unverified):
                return
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 401:  # it is up, and asks for a login
                return
            raise
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
