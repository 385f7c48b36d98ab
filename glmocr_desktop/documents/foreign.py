"""What a file is that can be no page, told by a few of its bytes, so that a user reads what to do with it."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glmocr_desktop.documents.source import Source

_TAIL_BYTES = 65_536  # a ZIP lists its files at its end, an old Office document somewhere near it
_SPACES = "\t\n\r\f"

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    *((each, "is_archive") for each in (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")),
    *((each, "is_archive") for each in (b"\x28\xb5\x2f\xfd", b"MSCF\0\0\0\0")),
    *((each, "is_film_or_sound") for each in (b"\x1aE\xdf\xa3", b"ID3", b"OggS", b"fLaC", b"FLV\1", b"\0\0\1\xba")),
    *((each, "is_program") for each in (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")),
    *((each, "is_other_image") for each in (b"8BPS", b"gimp xcf", b"\xff\x0a", b"\0\0\0\x0cJXL ", b"v/1\1")),
    *((each, "is_other_image") for each in (b"AT&TFORM", b"%!PS", b"\xc5\xd0\xd3\xc6", b"qoif")),
    (b"{\\rtf", "is_word"),
)
# What is found in the beginning or the end of a container, where the first that is there tells what it is.
_IN_ZIP = (
    (b"word/", "is_word"),
    (b"application/vnd.oasis.opendocument.text", "is_word"),
    (b"xl/", "is_spreadsheet"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "is_spreadsheet"),
    (b"ppt/", "is_presentation"),
    (b"application/vnd.oasis.opendocument.presentation", "is_presentation"),
    (b"application/epub+zip", "is_book"),
)


def _wide(letters: bytes) -> bytes:
    """Letters in UTF-16, whose codec a process without rights may not be able to load any more."""
    return bytes(each for letter in letters for each in (letter, 0))


_IN_OLD_OFFICE = (
    (_wide(b"WordDocument"), "is_word"),
    (_wide(b"Workbook"), "is_spreadsheet"),
    (_wide(b"PowerPoint Document"), "is_presentation"),
    (_wide(b"__substg1.0_"), "is_message"),
)
_MESSAGE = ("from:", "received:", "return-path:", "delivered-to:", "message-id:", "mime-version:", "x-mozilla-status:")


def foreign_kind(source: Source) -> str:
    """The kind of error for a file that is neither an image nor a PDF.

    Args:
        source: Its bytes; a kilobyte of its beginning and its last 64 are read, however large it is.
    """
    head = source.head()
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _within(source, head, _IN_ZIP) or "is_archive"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _within(source, head, _IN_OLD_OFFICE) or "unknown_format"
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] in (b"AVI ", b"WAVE")):
        return "is_film_or_sound"
    return _kind_of_text(head) or "unknown_format"


def _within(source: Source, head: bytes, known: tuple[tuple[bytes, str], ...]) -> str | None:
    source.seek(max(0, source.seek(0, os.SEEK_END) - _TAIL_BYTES))
    seen = head + source.read(_TAIL_BYTES)
    source.seek(0)
    return next((kind for mark, kind in known if mark in seen), None)


def _kind_of_text(head: bytes) -> str | None:
    text = _text(head)
    if text is None:
        return None
    begin = text.lstrip("\ufeff \t\r\n").lower()
    if begin.startswith(("<!doctype html", "<html", "<head", "<body")):
        return "is_web_page"
    if "<svg" in begin:
        return "is_other_image"
    if begin.startswith(_MESSAGE):
        return "is_message"
    return "is_text" if begin else None


def _text(head: bytes) -> str | None:
    """The beginning of a text, or None when it is none; a letter may be cut in two where the beginning ends."""
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None
    return text if all(sign.isprintable() or sign in _SPACES or sign == "\ufeff" for sign in text) else None
