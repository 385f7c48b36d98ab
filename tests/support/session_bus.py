"""A session bus of its own, and what stands in for the desktop on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def running_bus() -> Iterator[dict[str, str]]:
    """A bus; what programs need in their environment to find it, and this package."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("there is no dbus-daemon")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert running.stdout is not None
        if not (address := running.stdout.readline().strip()):
            pytest.skip("no session bus can be started here")
        yield {**os.environ, "DBUS_SESSION_BUS_ADDRESS": address, "PYTHONPATH": str(Path.cwd())}
    finally:
        running.kill()
        running.communicate(timeout=10)


@contextmanager
def running_portal(environ: dict[str, str], script: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A program that offers something on the bus, and prints ``ready`` when it does."""
    command = [sys.executable, str(script), *arguments]
    portal = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)
    try:
        assert portal.stdout is not None
        assert portal.stdout.readline() == "ready\n"
        yield portal
    finally:
        portal.kill()
        portal.communicate(timeout=10)
