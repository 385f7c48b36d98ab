"""PDFs written by hand, byte by byte, so that a test can break exactly what it is about."""

from __future__ import annotations

import hashlib

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_ID = b"0123456789abcdef"
BLACK_SQUARE = b"0 0 0 rg 100 600 100 100 re f"


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pages_pdf(
    *contents: bytes,
    box: bytes = b"0 0 595 842",
    count: int | None = None,
    kids: bytes | None = None,
    more: bytes = b"",
) -> bytes:
    """A PDF with one page for each content stream; `more` goes into each page."""
    numbers = range(3, 3 + 2 * len(contents), 2)
    kids = b" ".join(b"%d 0 R" % number for number in numbers) if kids is None else kids
    count = len(contents) if count is None else count
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)]
    for number, content in zip(numbers, contents, strict=True):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %d 0 R%s>>" % (box, number + 1, more),
            stream(content),
        ]
    return pdf(objects)


def encrypted_pdf(content: bytes, user: bytes, owner: bytes = b"owner") -> bytes:
    """A PDF of one page under the standard handler (revision 2, RC4 with 40 bits)."""
    permissions = (-4).to_bytes(4, "little", signed=True)
    owner_key = hashlib.md5((owner + _PADDING)[:32]).digest()[:5]
    owner_entry = _rc4(owner_key, (user + _PADDING)[:32])
    key = hashlib.md5((user + _PADDING)[:32] + owner_entry + permissions + _ID).digest()[:5]
    user_entry = _rc4(key, _PADDING)
    content_key = hashlib.md5(key + (4).to_bytes(3, "little") + b"\0\0").digest()[:10]
    encrypt = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
        owner_entry.hex().encode(),
        user_entry.hex().encode(),
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        stream(_rc4(content_key, content)),
    ]
    return pdf(objects, b"/Encrypt %s/ID[<%s><%s>]" % (encrypt, _ID.hex().encode(), _ID.hex().encode()))


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
