"""Safe names, and files that are whole or absent."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import new_id

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\..*)?", re.IGNORECASE
)  # on Windows
_LONGEST_BYTES = 180  # file systems take 255, with room for a number and a suffix


def safe_stem(name: str) -> str:
    """A document's name without its suffix, fit for a file name on every system."""
    stem = unicodedata.normalize("NFC", _UNSAFE.sub("_", Path(name).stem)).strip(" .")
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    stem = stem.encode()[:_LONGEST_BYTES].decode("utf-8", "ignore").rstrip(" .")
    return stem or "document"


def make_folder(folder: Path) -> None:
    """Make a folder if it is not there.

    Raises:
        ExportError: It cannot be made, or a file has its name.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(folder, error) from error


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """A path in a folder that no file has yet: ``scan.txt``, ``scan (2).txt`` and so on.

    Raises:
        ExportError: The folder cannot be looked into.
    """
    stem = safe_stem(name)
    path = folder / f"{stem}{suffix}"
    number = 2
    try:
        while path.exists():
            path = folder / f"{stem} ({number}){suffix}"
            number += 1
    except OSError as error:  # a folder that may not be entered, or whose name is too long
        raise _not_written(path, error) from error
    return path


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it.

    Raises:
        ExportError: It could not be written; what was there before still is.
    """
    temporary = path.with_name(f".{new_id()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:  # also when it was interrupted
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> ExportError:
    detail = (error.strerror or "input or output error").lower()
    return ExportError("cannot_write", name=path.name, detail=detail)
