"""The bytes of a file that somebody else made: opened without ever hanging."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

from glmocr_desktop.core.errors import InputError

_HEAD_BYTES = 1024  # a PDF may begin anywhere in its first kilobyte (PDF 1.7, appendix H)


class Source(io.BufferedReader):
    """A regular, not empty file, open for reading.

    Args:
        file: Path of the file.
        name: What errors call it.

    Raises:
        InputError: There is no such file, it may not be read, it is empty, or not a file at all.
    """

    def __init__(self, file: str, name: str) -> None:
        try:
            super().__init__(io.FileIO(file, opener=_open_regular))
        except (OSError, ValueError) as error:
            raise unreadable(error, name) from error
        if not self.head():
            self.close()
            raise InputError("empty_file", name=name)

    def head(self) -> bytes:
        """The first kilobyte; the next read starts from the beginning again."""
        self.seek(0)
        head = self.read(_HEAD_BYTES)
        self.seek(0)
        return head


def _open_regular(path: str, flags: int) -> int:
    """Open a regular file; a pipe, a device or a folder is refused before it can block."""
    if not stat.S_ISREG(Path(path).stat().st_mode):
        raise OSError("not a regular file")
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def unreadable(error: OSError | ValueError, name: str) -> InputError:
    """What a user reads when the system does not let a path be opened."""
    if isinstance(error, PermissionError):
        return InputError("no_permission", name=name)
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):  # ValueError: a null character in it
        return InputError("not_found", name=name)
    return InputError("not_a_file", name=name)
