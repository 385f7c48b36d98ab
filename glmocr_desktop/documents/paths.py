"""Paths that may never answer: the drive behind one can be gone, and the system then waits for it without an end.

No call to the system can be ended from outside, so each is made on a thread that may be left behind. Where one was,
nothing more is asked for a while: so a dead drive costs a wait and a thread, not one for each of its files.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import sys
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from glmocr_desktop.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

_LIMIT_S = 15.0  # a disk of a server that sleeps needs ten seconds to turn
_REMEMBERED_S = 30.0

_lock = threading.Lock()
_silent: dict[str, float] = {}  # place: when it is asked again


def ask(function: Callable[[str], T], path: str, name: str, limit_s: float | None = None) -> T:
    """The outcome of a function that asks the system about a path.

    Args:
        function: What to call with the path; it may go on after this has given up.
        path: A file or folder.
        name: What errors call it.
        limit_s: How long to wait; None for 15 s.

    Raises:
        InputError: ``path_hangs``: there is no answer, or has been none lately from where the path lies.
        Exception: Whatever the function raises.

    Thread: any; blocks.
    """
    where = place(path, _mounts())
    with _lock:
        if time.monotonic() < _silent.get(where, 0.0):
            raise InputError("path_hangs", name=name)
    answer: Future[T] = Future()
    threading.Thread(target=_answer, args=(answer, function, path), name="path", daemon=True).start()
    try:
        return answer.result(_LIMIT_S if limit_s is None else limit_s)
    except TimeoutError as error:
        if answer.done():  # the function itself raised it
            raise
        with _lock:
            _silent[where] = time.monotonic() + _REMEMBERED_S
        raise InputError("path_hangs", name=name) from error


def place(path: str, mounts: Iterable[str] = (), *, windows: bool = sys.platform == "win32") -> str:
    """What answers for a path: a drive, a share, what is mounted, or else its folder. Nothing is asked for it.

    Args:
        path: In the form of the system.
        mounts: Where drives and shares lie, on systems that have them among the folders.
        windows: Whether the path is one of Windows.
    """
    if windows:
        whole = ntpath.normcase(ntpath.normpath(path))
        drive = ntpath.splitdrive(whole)[0]
        return drive or ntpath.dirname(whole)
    whole = posixpath.normpath(path if path.startswith("/") else posixpath.join(os.fspath(Path.cwd()), path))
    if whole.startswith("/Volumes/"):  # where macOS has its drives, of which it keeps no list
        return "/".join(whole.split("/")[:3])
    above = [each for each in mounts if each != "/" and (whole == each or whole.startswith(each + "/"))]
    return max(above, key=len, default=posixpath.dirname(whole))


def _answer(answer: Future[T], function: Callable[[str], T], path: str) -> None:
    try:
        outcome = function(path)
    except Exception as error:  # noqa: BLE001 - raised again by whoever asked
        answer.set_exception(error)
    else:
        answer.set_result(outcome)


def _mounts() -> list[str]:
    """Where drives lie on Linux; reading this list waits for none of them."""
    with suppress(OSError, ValueError, IndexError):
        lines = Path("/proc/self/mounts").read_bytes().splitlines()
        return [os.fsdecode(line.split(b" ")[1].decode("unicode_escape").encode("latin-1")) for line in lines]
    return []
