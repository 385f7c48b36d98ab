"""The files in what a user gave; a folder is walked as it is needed, whatever is in it."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from glmocr_desktop.core.errors import InputError
from glmocr_desktop.documents.names import visible_name
from glmocr_desktop.documents.paths import ask
from glmocr_desktop.documents.source import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SUFFIXES = (
    *(".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".webp", ".bmp", ".dib", ".gif", ".apng"),
    *(".heic", ".heif", ".hif", ".avif", ".jp2", ".j2k", ".jpx", ".jpf", ".ppm", ".pgm", ".pbm", ".pnm", ".ico"),
)
"""Endings of the files that are looked for in a folder, and offered by a file dialog."""

_MAX_DEPTH = 100  # folders in folders; people have a dozen
_LISTING_S = 60.0  # a hundred thousand names from far away
_NO_DOCUMENTS = ("/proc", "/sys", "/dev")  # where the system shows itself as files


def find_files(paths: Iterable[str]) -> Iterator[str | InputError]:
    """The files in what a user gave, one after the other, as they are found.

    A file is given back as it is, whatever its name. A folder is walked: its own files first, then its folders,
    each in natural order (2 before 10); only files with a readable ending; hidden ones are left out, and a folder
    that is linked to more than once is walked once. What the system shows as files (``/proc``) is not looked into.

    Args:
        paths: Files and folders.

    Yields:
        The path of a file (in a folder: that folder as given, joined with the rest), or the error for a path
        that is missing or does not answer, a folder that may not be entered or one with nothing in it to read. The
        others go on.
    """
    for path in paths:
        try:
            is_folder = ask(_is_folder, path, visible_name(path))
        except InputError as error:
            yield error
            continue
        except (OSError, ValueError) as error:
            yield unreadable(error, visible_name(path))
            continue
        if not is_folder:
            yield path
            continue
        empty = True
        for found in _walk(path):
            empty = False
            yield found
        if empty:
            yield InputError("no_documents", name=visible_name(path))


def _walk(top: str) -> Iterator[str | InputError]:
    """Readable files below a folder; what was seen keeps links from leading in circles."""
    seen: set[tuple[int, int]] = set()
    strange = _strange_devices()
    waiting = [(top, 0)]
    while waiting:
        folder, depth = waiting.pop()
        name = visible_name(folder)
        try:
            identity, files, folders = ask(_listed, folder, name, _LISTING_S)
        except InputError as error:
            yield error
            continue
        except OSError as error:
            yield InputError("too_deep", name=name) if error.errno == errno.ENAMETOOLONG else unreadable(error, name)
            continue
        if identity in seen or identity[0] in strange:
            continue
        seen.add(identity)
        if depth > _MAX_DEPTH:
            yield InputError("too_deep", name=name)
            continue
        yield from (os.path.join(folder, each) for each in files)  # noqa: PTH118  # keeps the folder as it was given
        waiting.extend((os.path.join(folder, each), depth + 1) for each in reversed(folders))  # noqa: PTH118


def _is_folder(path: str) -> bool:
    return stat.S_ISDIR(Path(path).stat().st_mode)


def _listed(folder: str) -> tuple[tuple[int, int], list[str], list[str]]:
    """Which folder this is, and the names of the files and folders in it, in their order."""
    status = Path(folder).stat()
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith("."):
                continue
            if entry.name.lower().endswith(SUFFIXES) and _is(entry.is_file):
                files.append(entry.name)
            elif _is(entry.is_dir):
                folders.append(entry.name)
    return (status.st_dev, status.st_ino), sorted(files, key=_natural), sorted(folders, key=_natural)


def _strange_devices() -> set[int]:
    """The devices on which there are no documents, whichever way leads there."""
    found = set[int]()
    for path in ("/", *_NO_DOCUMENTS):
        try:
            found.add(Path(path).stat().st_dev)
        except OSError:  # not on this system
            continue
    return found - {Path(os.sep).stat().st_dev}


def _is(test: Callable[[], bool]) -> bool:
    """Whether an entry is of a kind; one that leads nowhere or in a circle is of none."""
    try:
        return test()
    except OSError:
        return False


def _natural(name: str) -> tuple[list[str | int], str]:
    """Sorts names as people count; of very long numbers, as letters."""
    parts = re.split(r"(\d{1,18})", name.casefold())
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], name
