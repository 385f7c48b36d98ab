"""PNG files that a server can have as they are, without what belongs to nobody but their owner.

Encoding is most of what a page costs the client: 5 of 7 ms for a page of 100 kB (measured).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glmocr_desktop.documents.source import Source

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"IDAT", b"IEND")
_CHANGES_THE_PICTURE = (b"tRNS", b"eXIf", b"acTL")  # transparency, a turn, an animation
_RGB_OF_8_BITS = (8, 2)
_HEADER = struct.Struct(">4xII2B")  # of IHDR's content: width, height, depth, colour type; the length is before it


def plain_png(source: Source, max_pixels: int) -> tuple[bytes, int] | None:
    """A file as PNG in RGB with nothing but its pixels: no text, no place, no camera.

    Args:
        source: Its bytes; a file that was decoded without an error.
        max_pixels: Limit of width × height.

    Returns:
        The PNG and its number of pixels; None when the file is no such PNG, or when what it shows is not
        simply its pixels.

    Thread: any.
    """
    source.seek(0)
    if source.read(len(_SIGNATURE)) != _SIGNATURE:
        return None
    kept, pixels = [_SIGNATURE], 0
    while len(head := source.read(8)) == 8:
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind in _CHANGES_THE_PICTURE or length > 4 * max_pixels:
            return None
        content = source.read(length + 4)  # with its check sum
        if kind == b"IHDR":
            width, height, *colours = _HEADER.unpack(kind + content[:10])
            pixels = width * height
            if tuple(colours) != _RGB_OF_8_BITS or pixels > max_pixels:
                return None
        if kind in _KEPT:
            kept += [head, content]
        if kind == b"IEND":
            return b"".join(kept), pixels
    return None
