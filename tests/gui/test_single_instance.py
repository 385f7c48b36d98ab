"""A second start hands over what it was asked for, and ends; nobody else can use that way."""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui import single_instance
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.single_instance import Instance, Listener, Request
from tests.gui.screen import names
from tests.support.pages import numbered_image

# A program that has the place, tells what it is asked for, and does nothing else.
_FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from glmocr_desktop.gui.single_instance import Instance, Listener
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
assert instance.claim()
listener = Listener(instance, app)
listener.asked.connect(lambda request: print(ascii(request), flush=True))
print("ready", flush=True)
app.exec()
"""


def _environ(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GLMOCR_HOME": str(home), **more}


@contextmanager
def _first(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _FIRST, str(home / "data")]
    running = subprocess.Popen(command, env=_environ(home), stdout=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        yield running
    finally:
        running.kill()
        running.communicate(timeout=10)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    """Of what a test builds."""
    return QObject()


def test_a_second_start_hands_its_files_over(home: Path, tmp_path: Path) -> None:
    """As a process: with paths as typed, whatever is in them; and without loading a window."""
    folder = tmp_path / "发票"
    folder.mkdir()
    (folder / "扫描 1.png").touch()
    odd = os.fsdecode(b"not utf-8 \xff.png")
    (folder / odd).touch()
    code = "import sys; from glmocr_desktop.__main__ import main; code = main(); "
    code += "assert 'PySide6.QtWidgets' not in sys.modules; sys.exit(code)"
    with _first(home) as first:
        done = subprocess.run(
            [sys.executable, "-c", code, "扫描 1.png", f"../发票/{odd}", "--capture"],
            cwd=folder,
            env=_environ(home, PYTHONPATH=os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])),
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert first.stdout is not None
        files = (str(folder / "扫描 1.png"), str(folder / odd))
        assert first.stdout.readline().strip() == ascii(Request(files, True, single_instance.screen_name()))


def test_the_place_of_a_dead_program_is_taken_over(home: Path, qtbot: QtBot, owner: QObject) -> None:
    """Its lock and its socket are still there."""
    with _first(home) as first:
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        instance = Instance(home / "data")
        assert Path(instance.address).exists()
        assert not instance.hand_over(Request())
        assert instance.claimed
        listener = Listener(instance, owner)
        later = Request(("/scan.png",), screen=single_instance.screen_name())
        command = "import sys; from pathlib import Path; from glmocr_desktop.gui.single_instance import *; "
        command += f"sys.exit(not Instance(Path({str(home / 'data')!r})).hand_over({later!r}))"
        with qtbot.waitSignal(listener.asked) as heard:
            second = subprocess.Popen([sys.executable, "-c", command], env=_environ(home))
        assert second.wait(10) == 0
        assert heard.args == [later]
        listener.close()
        instance.release()


def test_a_start_that_cannot_hand_over_opens_its_own_window(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one hangs; or its window is on another screen."""
    monkeypatch.setattr(single_instance, "_PATIENCE_S", 0.3)
    with _first(home) as first:
        instance = Instance(home / "data")
        assert not instance.hand_over(Request(screen="another"))
        first.send_signal(signal.SIGSTOP)
        try:
            assert not instance.hand_over(Request(("/given up.png",), screen=single_instance.screen_name()))
        finally:
            first.send_signal(signal.SIGCONT)
        assert not instance.claimed
        assert instance.elsewhere
        # When it wakes, it leaves alone what the later start has opened itself.
        assert instance.hand_over(Request(("/later.png",), screen=single_instance.screen_name()))
        assert first.stdout is not None
        assert "later" in first.stdout.readline()


def test_nowhere_to_put_a_lock(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    instance = Instance(tmp_path / "data")
    assert not instance.hand_over(Request())
    assert not instance.claimed
    assert not instance.elsewhere  # so that the window says that it cannot keep anything, and does not wait for another


def _said(body: object) -> bytes:
    return struct.pack("!I", len(data := json.dumps(body).encode())) + data


_GOOD = {"files": [], "capture": False, "screen": single_instance.screen_name(), "activation": ""}


@pytest.mark.parametrize(
    "sent",
    [
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x02[]",
        b"\x00\x00\x00\x02\xff\xfe",
        b"\x00\x01\x86\xa0" + b"[" * 100_000,
        _said(_GOOD) + b"more",
        _said(_GOOD | {"files": ["relative.png"]}),
        _said(_GOOD | {"files": [7]}),
        _said(_GOOD | {"files": ["/nul\0.png"]}),
        _said(_GOOD | {"files": ["/\ud800.png"]}),
        _said(_GOOD | {"capture": "yes"}),
        _said(_GOOD | {"screen": ["a"]}),
    ],
)
def test_what_is_no_request_is_not_answered(home: Path, qtbot: QtBot, owner: QObject, sent: bytes) -> None:
    instance = Instance(home / "data")
    assert instance.claim()
    listener = Listener(instance, owner)
    asked: list[Request] = []
    listener.asked.connect(asked.append)
    socket = QLocalSocket(owner)
    with qtbot.waitSignal(socket.disconnected):
        socket.connectToServer(instance.address)
        socket.write(sent)
        socket.write(b"g")
    assert socket.readAll().data() == b""
    assert asked == []
    listener.close()
    instance.release()


def test_the_socket_is_the_users_own_and_has_few_guests(home: Path, qtbot: QtBot, owner: QObject) -> None:
    instance = Instance(home / "data")
    assert instance.claim()
    listener = Listener(instance, owner)
    assert Path(instance.address).stat().st_mode & 0o077 == 0
    sockets = [QLocalSocket(owner) for _ in range(9)]
    with qtbot.waitSignal(sockets[-1].disconnected):
        for each in sockets:
            each.connectToServer(instance.address)
    assert sockets[0].state() is QLocalSocket.LocalSocketState.ConnectedState
    listener.close()
    instance.release()
    assert Instance(home / "elsewhere").address != instance.address


def test_the_window_does_what_a_later_start_was_asked_for(
    qtbot: QtBot, lone_window: MainWindow, tmp_path: Path
) -> None:
    window = lone_window
    window.showMinimized()
    window.serve(Request((str(numbered_image(tmp_path, 4)),)))
    assert not window.isMinimized()
    qtbot.waitUntil(lambda: names(window) == ["page 4.png"])
