"""What all tests share: their own settings, a real server, and a look at what is left behind."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from glmocr_desktop.recognition.network.transport import Transport
from tests.support.fuzzing import choose_profile
from tests.support.guarded import GuardedServer, guarded_server
from tests.support.keyrings import MemoryKeyring, memory_keyring
from tests.support.servers import ServerProcess, free_port, running_server

PATIENCE_MS = 60_000
"""How long a test waits for what is sure to come."""

choose_profile()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test talks to the developer's desktop: those about it start a bus of their own.
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/dev/null"
# Nor does any look into the developer's own keyring; those about logins bring one of their own.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the developer's own settings."""
    for name in [name for name in os.environ if name.startswith("GLMOCR_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GLMOCR_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log is a failure, unless the test asked for it with ``caplog.set_level(logging.CRITICAL)``."""
    yield
    records = [each for each in caplog.get_records("call") if each.levelno >= logging.WARNING]
    unexpected = [each for each in records if each.name.startswith(("glmocr_desktop", "qasync", "asyncio"))]
    assert not unexpected, [each.getMessage() for each in unexpected]


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A test that leaves one of the program's threads running fails."""
    before = set(threading.enumerate())
    yield
    names = ("transport", "background", "reading", "sampler")
    left = [each for each in threading.enumerate() if each not in before and each.name.startswith(names)]
    for thread in left:
        thread.join(2)
    assert not [each for each in left if each.is_alive()]


class _PatientBot(QtBot):
    """Waits for as long as a busy machine may need: a test that passes never waits a moment longer for it."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802 - pytest-qt's name
        """Wait until something is so."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **kwargs: Any) -> Any:  # noqa: N802 - pytest-qt's name
        """Wait for a signal."""
        return super().waitSignal(signal, timeout=timeout, **kwargs)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Drives the window; waits for a minute where no other time is given."""
    return _PatientBot(request)


@pytest.fixture
def transport() -> Iterator[Transport]:
    """The thread that network requests run on."""
    running = Transport()
    yield running
    running.close()


@pytest.fixture
def guarded() -> Iterator[GuardedServer]:
    """A server that asks for a login, if a test wants it to."""
    with guarded_server() as running:
        yield running


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    """A keyring of the test's own."""
    with memory_keyring() as ours:
        yield ours


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all tests of a worker: starting it takes seconds."""
    with running_server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def server(shared_server: ServerProcess) -> ServerProcess:
    """A running server with its defaults: at once, 8 pages at a time, ``<prompt> page <number>``."""
    shared_server.begin_log()
    return shared_server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ServerProcess]:
    """A server that a test may kill; not started yet."""
    folder = tmp_path / "server"
    folder.mkdir()
    own = ServerProcess(folder)
    yield own
    own.kill()


@pytest.fixture
def closed_url() -> str:
    """An address where nobody listens."""
    return f"http://127.0.0.1:{free_port()}"
