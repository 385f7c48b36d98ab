"""A process that has Gradio loaded already, and bears test servers: loading it takes each of them seconds.

Where processes cannot be copied (Windows), or for another Python, a server is started by itself.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

APP = Path(__file__).with_name("gradio_app.py")
_lock = threading.Lock()
_nurseries: list[subprocess.Popen[str]] = []


class Born:
    """A server process that the nursery made; as much of `subprocess.Popen` as tests need."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        """None while it runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def wait(self, timeout: float) -> None:
        """Raises `subprocess.TimeoutExpired` when it goes on."""
        ended = threading.Event()
        left_s = timeout
        while self.poll() is None:
            if left_s <= 0:
                raise subprocess.TimeoutExpired(str(APP), timeout)
            ended.wait(0.02)  # nobody tells of the end of a process that is not one's own child
            left_s -= 0.02


def bear(arguments: list[str], environ: dict[str, str], output: Path) -> Born:
    """Start a server.

    Args:
        arguments: Those of `gradio_app`.
        environ: Variables beside those of this process.
        output: What it prints is added to this file.
    """
    with _lock:
        if not _nurseries:
            command = [sys.executable, str(APP), "--nursery"]
            _nurseries.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
            atexit.register(_close)
        (nursery,) = _nurseries
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        print(json.dumps([arguments, environ, str(output)]), file=nursery.stdin, flush=True)
        return Born(int(nursery.stdout.readline()))


def _close() -> None:
    for nursery in _nurseries:
        assert nursery.stdin is not None
        nursery.stdin.close()
        nursery.wait(10)
