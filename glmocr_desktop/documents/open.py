"""The pages in a file."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import cast

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError
from glmocr_desktop.core.model import Document, Page
from glmocr_desktop.documents.decoders import decoders
from glmocr_desktop.documents.decoding import Request, Work
from glmocr_desktop.documents.names import visible_name
from glmocr_desktop.documents.paths import ask

_SPEC = re.compile(r"(\d{1,9})?\s*(-)?\s*(\d{1,9})?")
_AS_ASCII = str.maketrans({"，": ",", "、": ",", "；": ",", ";": ",", "–": "-", "—": "-", "－": "-", "～": "-"})


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
    ask(_look, where, name)
    document = Document(path=path, file=where, name=name, password=password)
    count = cast("int", decoders().call(Request(Work.COUNT, Page(document)), name, token or CancelToken()).head)
    return [Page(document, number, count) for number in _selected(pages, count, name)]


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


def _look(file: str) -> None:
    """Find out whether there is an answer; what it is, whoever opens the file tells."""
    with suppress(OSError, ValueError):
        Path(file).stat()


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
        if count == 1 and first == 1:  # a letter among reports of many pages
            last = 1
        if not 1 <= first <= last <= count:
            raise InputError("page_range", pages=pages, name=name, count=count)
        chosen.update(dict.fromkeys(range(first, last + 1)))
    return list(chosen)
