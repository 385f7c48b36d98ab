"""What a user dropped: the files in it, and the pages in a file."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, cast

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError
from glmocr_desktop.core.model import Document, Page
from glmocr_desktop.documents.decoders import decoders
from glmocr_desktop.documents.decoding import Request, Work
from glmocr_desktop.documents.source import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SUFFIXES = (
    *(".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".webp", ".bmp", ".dib", ".gif", ".apng"),
    *(".heic", ".heif", ".hif", ".avif", ".jp2", ".j2k", ".jpx", ".jpf", ".ppm", ".pgm", ".pbm", ".pnm", ".ico"),
)
"""Endings of the files that are looked for in a folder, and offered by a file dialog."""

_JOINERS = "\u200c\u200d"  # hold letters and emoji together
_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # of characters, which Windows allows in a name; no bytes
_SPEC = re.compile(r"(\d{1,9})?\s*(-)?\s*(\d{1,9})?")
_AS_ASCII = str.maketrans({"，": ",", "、": ",", "；": ",", ";": ",", "–": "-", "—": "-", "－": "-", "～": "-"})


def find_files(paths: Iterable[str]) -> Iterator[str | InputError]:
    """The files in what a user gave, one after the other, as they are found.

    A file is given back as it is, whatever its name. A folder is walked: its own files first, then its folders,
    each in natural order (2 before 10); only files with a readable ending; hidden ones are left out, and a folder
    that is linked to more than once is walked once.

    Args:
        paths: Files and folders.

    Yields:
        The path of a file (in a folder: that folder as given, joined with the rest), or the error for a path
        that is missing, a folder that may not be entered or one with nothing in it to read. The others go on.
    """
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(Path(path).stat().st_mode)
        except (OSError, ValueError) as error:
            yield unreadable(error, visible_name(path))
            continue
        if not is_folder:
            yield path
            continue
        empty = True
        for found in _walk(path, set()):
            empty = False
            yield found
        if empty:
            yield InputError("no_documents", name=visible_name(path))


def open_document(
    path: str,
    *,
    file: str | None = None,
    pages: str | None = None,
    password: str | None = None,
    token: CancelToken | None = None,
) -> list[Page]:
    """The pages of a file; what it is, is decided by what is in it, not by its name.

    Args:
        path: The file, as the user gave it.
        file: Where its bytes are, if `path` is only a label (standard input, a pasted image).
        pages: Which pages, as in ``1-3,7`` or ``5-``, in this order; None for all.
        password: Opens an encrypted PDF.
        token: Ends it.

    Raises:
        InputError: It cannot be opened, or has no such pages.
        JobCancelled: It was ended.

    Thread: any. Blocks; reads headers only, in a child process.
    """
    name = visible_name(path)
    where = str(Path(file or path).absolute())
    document = Document(path=path, file=where, name=name, password=password)
    count = cast("int", decoders().call(Request(Work.COUNT, Page(document)), name, token or CancelToken()).head)
    return [Page(document, number, count) for number in _selected(pages, count, name)]


def visible_name(path: str) -> str:
    """The last part of a path, in characters that can be shown."""
    return printable(Path(path).name or path)


def printable(text: str) -> str:
    """A path without what would change a line or command a terminal: control and direction signs, broken bytes."""
    whole = _HALVES.sub("\ufffd", text)
    decoded = whole.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() or sign in _JOINERS else "\ufffd" for sign in decoded)


def check_page_range(pages: str) -> None:
    """Look whether a page range can be one of any document.

    Raises:
        ValueError: It cannot.
    """
    for part in pages.translate(_AS_ASCII).split(","):
        match = _SPEC.fullmatch(part.strip())
        if match is None or not any(match.group(1, 3)) or "0" in match.group(1, 3):
            raise ValueError(part)
        if match[1] and match[3] and int(match[1]) > int(match[3]):
            raise ValueError(part)


def _selected(pages: str | None, count: int, name: str) -> list[int]:
    """Page numbers that a user asked for, each once."""
    if pages is None or not pages.strip():
        return list(range(1, count + 1))
    chosen: dict[int, None] = {}
    for part in pages.translate(_AS_ASCII).split(","):
        match = _SPEC.fullmatch(part.strip())
        if match is None or not any(match.group(1, 3)):
            raise InputError("page_range", pages=pages, name=name, count=count)
        first = int(match[1] or 1)
        last = int(match[3] or count) if match[2] else first
        if not 1 <= first <= last <= count:
            raise InputError("page_range", pages=pages, name=name, count=count)
        chosen.update(dict.fromkeys(range(first, last + 1)))
    return list(chosen)


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[str | InputError]:
    """Readable files below a folder; `seen` keeps links from leading in circles."""
    try:
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as found:
            entries = sorted((each for each in found if not each.name.startswith(".")), key=_natural)
    except OSError as error:
        yield unreadable(error, visible_name(folder))
        return
    for entry in entries:
        if entry.name.lower().endswith(SUFFIXES) and _is(entry.is_file):
            yield entry.path
    for entry in entries:
        if _is(entry.is_dir):
            yield from _walk(entry.path, seen)


def _is(test: Callable[[], bool]) -> bool:
    """Whether an entry is of a kind; one that leads nowhere or in a circle is of none."""
    try:
        return test()
    except OSError:
        return False


def _natural(entry: os.DirEntry[str]) -> tuple[list[str | int], str]:
    """Sorts names as people count."""
    parts = re.split(r"(\d+)", entry.name.casefold())
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], entry.name
