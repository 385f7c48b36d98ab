from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from glmocr_desktop.core.errors import InputError
from glmocr_desktop.documents import open_document

if TYPE_CHECKING:
    from pathlib import Path


def packed(*names: str, first: bytes = b"") -> bytes:
    """A ZIP of these files, so large that what tells them lies far from its beginning."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        archive.writestr("[Content_Types].xml", bytes(range(256)) * 300)
        for name in names:
            archive.writestr(name, b"x")
    return stream.getvalue()


def old_office(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9000) + name.encode("utf-16-le") + bytes(500)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (packed("word/document.xml"), "is_word"),
        (packed(first=b"application/vnd.oasis.opendocument.text"), "is_word"),
        (b"{\\rtf1\\ansi Hello}", "is_word"),
        (old_office("WordDocument"), "is_word"),
        (packed("xl/workbook.xml"), "is_spreadsheet"),
        (old_office("Workbook"), "is_spreadsheet"),
        (packed("ppt/presentation.xml"), "is_presentation"),
        (packed(first=b"application/epub+zip"), "is_book"),
        (old_office("__substg1.0_0037"), "is_message"),
        (old_office("Something"), "unknown_format"),
        (packed("scan.png"), "is_archive"),
        (b"PK\3\4 and no more", "is_archive"),
        (b"\x1f\x8b\x08\0" + bytes(99), "is_archive"),
        (b"From: a@b.c\nTo: d@e.f\nSubject: x\n\nHello", "is_message"),
        (b"\n <HTML><body>", "is_web_page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "is_other_image"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "is_other_image"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "is_film_or_sound"),
        (b"RIFF\0\0\0\0AVI LIST", "is_film_or_sound"),
        (b"\x7fELF\2\1\1", "is_program"),
        ("Grüße, 你好\n".encode() * 300, "is_text"),
        (b"a" * 1023 + "é".encode(), "is_text"),
        ("Grüße".encode("utf-16"), "is_text"),
        (b"\xe9\xe8\xff" * 99, "unknown_format"),
        (b" \n\t", "unknown_format"),
        (b"\x1b[2Jred", "unknown_format"),
        (bytes(5000), "unknown_format"),
    ],
)
def test_what_it_is_is_said(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(InputError) as caught:
        open_document(str(tmp_path / "x.pdf"))
    assert caught.value.kind == kind
    assert "x.pdf" in str(caught.value)
