"""A file that one process at a time can hold; it lets go when it ends, however that happens."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


class HeldElsewhere(Exception):
    """Another process holds the file."""


class Lock:
    """Held from the beginning until `release`.

    Args:
        path: A file of its own, which is made and taken away again.

    Raises:
        HeldElsewhere: Another process holds it.
        OSError: It cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = _held(path)
        while not _is_still_at(self._handle, path):  # the one who held it has just taken it away
            os.close(self._handle)
            self._handle = _held(path)

    def release(self) -> None:
        """Let go of it."""
        with suppress(OSError):  # Windows takes no file away that is open
            self._path.unlink(missing_ok=True)
        os.close(self._handle)


def _held(path: Path) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        os.close(handle)
        raise HeldElsewhere from error
    except OSError:
        os.close(handle)
        raise
    return handle


def _is_still_at(handle: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    held = os.fstat(handle)
    return (held.st_dev, held.st_ino) == (there.st_dev, there.st_ino)
