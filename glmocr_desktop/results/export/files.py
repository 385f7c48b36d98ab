"""Files that are whole or absent."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import new_id


def make_folder(folder: Path) -> None:
    """Make a folder if it is not there.

    Raises:
        ExportError: It cannot be made, a file has its name, or nothing may be written in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _not_written(folder, error) from error


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it; its folder is made, and an existing file replaced.

    Raises:
        ExportError: It could not be written; what was there before still is.
    """
    with _temporary(path, content) as temporary:
        _replace(temporary, path)


def write_free(
    path: Path,
    content: bytes,
    *,
    may_replace: Callable[[Path], bool] = lambda _path: False,
    before: Callable[[Path], None] = lambda _path: None,
    mark: str = "",
) -> Path:
    """Write a file under its name or, when there is one already, ``scan (2).txt``, ``scan (3).txt`` and so on.

    Args:
        path: The first choice; its folder is made.
        content: Its bytes.
        may_replace: Whether a path may be written whatever is there.
        before: Told where the file will be, before it is there; perhaps several times, the last time counts.
        mark: Of temporary files, for `remove_temporary`.

    Returns:
        Where it is now.

    Raises:
        ExportError: It could not be written.
    """
    names = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    with _temporary(path, content, mark) as temporary:
        free = path
        while not _placed(temporary, free, may_replace, before):
            free = next(names)
        _sync_folder(free.parent)
    return free


def remove_temporary(folder: Path, mark: str) -> None:
    """Remove what was left by a program that was killed while it wrote files with a mark, and by no other."""
    with suppress(OSError):
        for each in folder.glob(f".glmocr-{mark}-*.part"):
            each.unlink(missing_ok=True)


def _placed(temporary: Path, path: Path, may_replace: Callable[[Path], bool], before: Callable[[Path], None]) -> bool:
    replace = may_replace(path)
    if not replace and os.path.lexists(path):
        return False
    before(path)
    return _put(temporary, path, replace=replace)


def _sync_folder(folder: Path) -> None:
    """Let a new name survive a power cut."""
    with suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _put(temporary: Path, path: Path, *, replace: bool) -> bool:
    """Give a file its name; false when another one has it."""
    if replace:
        _replace(temporary, path)
        return True
    try:
        path.hardlink_to(temporary)  # unlike a look before a rename, this leaves no moment for another program
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if os.path.lexists(path):
            return False
        temporary.replace(path)
    return True


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except PermissionError as error:  # Windows keeps a file that another program has open
        if not path.is_file():
            raise
        raise ExportError("cannot_replace", name=path.name) from error


@contextmanager
def _temporary(path: Path, content: bytes, mark: str = "") -> Iterator[Path]:
    """A file beside a path, of which nothing is left afterwards."""
    temporary = path.with_name(f".glmocr-{mark}-{new_id()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield temporary
    except OSError as error:
        raise _not_written(path, error) from error
    finally:  # also when it was interrupted
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> ExportError:
    detail = (error.strerror or "input or output error").lower()
    return ExportError("cannot_write", name=path.name, detail=detail)
