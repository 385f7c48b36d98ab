"""One window for each user: a second start hands over what it was asked for, and ends.

Importing this module loads nothing of the window, so that a second start ends within a moment.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import struct
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from glmocr_desktop.core.private import make_private_folder

_log = logging.getLogger(__name__)

_PATIENCE_S = 3.0  # for a window that is just opening or closing; one that hangs is left alone after it
_ROUND_MS = 100
_GUEST_MS = 5_000
_MOST_GUESTS = 8
_MOST_BYTES = 4 << 20  # twice as much as a command line can hold
_SIZE = struct.Struct("!I")
# The first window answers before it acts, and acts when it hears that somebody still waits: a second start that gave
# up has opened the same files itself.
_READY, _ELSEWHERE, _GO = b"r", b"e", b"g"


@dataclass(frozen=True, slots=True)
class Request:
    """What a start of the program was asked for.

    Attributes:
        files: Files and folders, with their whole paths.
        capture: Whether to begin with a capture of the screen.
        screen: Where its window would open.
        activation: What a Wayland desktop gave the start, so that its window may come to the front.
    """

    files: tuple[str, ...] = ()
    capture: bool = False
    screen: str = ""
    activation: str = ""

    @classmethod
    def of_start(cls, files: Iterable[str], *, capture: bool) -> Request:
        """What this start was asked for."""
        whole = tuple(os.path.abspath(each) for each in files)  # noqa: PTH100  # links keep their names
        return cls(whole, capture, screen_name(), os.environ.get("XDG_ACTIVATION_TOKEN", ""))


def screen_name() -> str:
    """The display server that windows of this process open on; empty where there is only one."""
    return os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""


class Instance:
    """The place that only one running program of a user, or of a `GLMOCR_HOME`, can have.

    Args:
        data_dir: The folder of what it keeps.

    Thread: main.
    """

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir
        self._lock = QLockFile(str(data_dir / "window.lock"))
        self._lock.setStaleLockTime(0)  # only the end of its process makes it stale
        self.address = _address(data_dir)

    def claim(self, wait_ms: int = 0) -> bool:
        """Take the place if it is free, also from a program that died."""
        try:
            make_private_folder(self._folder)
        except OSError:  # tried all the same, so that the lock tells that it has nowhere to be
            _log.info("There is no folder for the lock.", exc_info=True)
        return self._lock.isLocked() or self._lock.tryLock(wait_ms)

    @property
    def claimed(self) -> bool:
        """Whether this program has the place."""
        return self._lock.isLocked()

    @property
    def elsewhere(self) -> bool:
        """Whether another program has the place; a lock that could not be made, say on a full disk, tells of none."""
        return not self.claimed and self._lock.error() is QLockFile.LockError.LockFailedError

    def release(self) -> None:
        """Leave the place to the next start."""
        self._lock.unlock()

    def hand_over(self, request: Request) -> bool:
        """Let the program that has the place do it.

        Returns:
            Whether it will; otherwise this program has the place now, or nobody can be reached there.
        """
        until = time.monotonic() + _PATIENCE_S
        message, wait_ms = _framed(request), 0
        while not self.claim(wait_ms):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                return False
            answer = self._ask(message, until)
            if answer == _READY:
                return True
            if answer == _ELSEWHERE or time.monotonic() > until:
                return False
            wait_ms = _ROUND_MS
        return False

    def _ask(self, message: bytes, until: float) -> bytes:
        """What the other program answers; nothing when it is not there, or silent."""
        if not _ours(self.address):
            return b""
        socket = QLocalSocket()
        socket.connectToServer(self.address)
        answer = b""
        if socket.waitForConnected(_ROUND_MS):
            socket.write(message)
            if socket.waitForReadyRead(max(1, int((until - time.monotonic()) * 1000))):
                answer = bytes(socket.read(1).data())
            if answer == _READY:
                socket.write(_GO)
                socket.waitForBytesWritten(_ROUND_MS)
        socket.disconnectFromServer()
        return answer


class Listener(QObject):
    """Hears what later starts were asked for.

    Args:
        instance: The place, which is claimed.

    Signals:
        asked(Request): A later start wants this of the window.

    Thread: GUI.
    """

    asked = Signal(object)

    def __init__(self, instance: Instance, parent: QObject) -> None:
        super().__init__(parent)
        self._guests: set[_Guest] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        # Whoever had it before is dead: the lock is ours.
        QLocalServer.removeServer(instance.address)
        if not self._server.listen(instance.address):
            _log.info("Later starts cannot be heard: %s", self._server.errorString())

    def close(self) -> None:
        """Hear nothing more."""
        self._server.close()

    def _on_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._guests) >= _MOST_GUESTS:
                socket.abort()
                socket.deleteLater()
                continue
            guest = _Guest(socket, self)
            guest.asked.connect(self.asked)
            guest.left.connect(self._on_left)
            self._guests.add(guest)

    def _on_left(self, guest: _Guest) -> None:
        self._guests.discard(guest)
        guest.deleteLater()


class _Guest(QObject):
    """A later start, or whoever else found the socket: nothing that it sends is believed unchecked."""

    asked = Signal(object)
    left = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        socket.setParent(self)
        socket.setReadBufferSize(1 << 16)
        self._socket = socket
        self._heard = bytearray()
        self._request: Request | None = None
        self._gone = False
        socket.readyRead.connect(self._on_ready_read)
        socket.disconnected.connect(self._leave)
        QTimer.singleShot(_GUEST_MS, self, self._leave)
        self._on_ready_read()

    def _on_ready_read(self) -> None:
        while not self._gone and (data := self._socket.readAll().data()):
            self._heard += data
            self._listen()

    def _listen(self) -> None:
        if self._request is not None:
            if self._heard == _GO:
                self.asked.emit(self._request)
            self._leave()
        elif len(self._heard) >= _SIZE.size:
            (size,) = _SIZE.unpack_from(self._heard)
            if size > _MOST_BYTES or len(self._heard) > _SIZE.size + size:
                self._leave()
            elif len(self._heard) == _SIZE.size + size:
                self._answer(_understood(bytes(self._heard[_SIZE.size :])))

    def _answer(self, request: Request | None) -> None:
        if request is None:
            self._leave()
            return
        self._heard.clear()
        self._request = request
        self._socket.write(_READY if request.screen == screen_name() else _ELSEWHERE)
        self._socket.flush()

    def _leave(self) -> None:
        if not self._gone:
            self._gone = True
            self._socket.abort()
            self.left.emit(self)


def _framed(request: Request) -> bytes:
    """A request as it goes through the socket; names that are no text go through as they are."""
    body = json.dumps(asdict(request)).encode()
    return _SIZE.pack(len(body)) + body


def _understood(body: bytes) -> Request | None:
    """A request that came through the socket; None when it is none."""
    try:
        said = json.loads(body)
        request = Request(tuple(said["files"]), said["capture"], said["screen"], said["activation"])
        words = [os.fsencode(each) for each in (*request.files, request.screen, request.activation)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(request.capture, bool) or any(b"\0" in each for each in words):
        return None
    return request if all(Path(each).is_absolute() for each in request.files) else None


def _address(data_dir: Path) -> str:
    """Where the program of a folder listens: short, since the path of a socket has 107 bytes at most."""
    name = f"glmocr-desktop-{hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(runtime if runtime and Path(runtime).is_dir() else QDir.tempPath()) / name)


def _ours(address: str) -> bool:
    """Whether nobody else made the socket: where all users may write, anybody could."""
    if sys.platform == "win32":
        return True
    try:
        return Path(address).stat().st_uid == os.getuid()
    except OSError:
        return False
