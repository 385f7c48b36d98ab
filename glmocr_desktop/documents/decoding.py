"""What runs in a child process: files are opened, counted, drawn and made small."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, cast

from glmocr_desktop.documents.source import Source
from glmocr_desktop.processes.message import Message
from glmocr_desktop.processes.worker import Answer, serve

if TYPE_CHECKING:
    from PIL.Image import Image

    from glmocr_desktop.core.model import Page

MAX_PIXELS = 20_000_000
"""Size of a loaded page, at most: a screenshot of 1,240 × 16,000 pixels stays as it is, a page of A0 is scaled down."""

_MEMORY_BYTES = 4_000_000_000  # of address space; an image of 80 million pixels needs at most 1.5 GB
_PNG_LEVEL = 1  # measured on 2.2 Mpx: half the time of level 6 (0.12 against 0.24 s), files of about the same size
_AFAR = 4  # times smaller: the grain of the paper is gone, a thin stroke is not
_FAINT = 24  # levels of 256
_THUMBNAIL_DRAWING_S = 2.0


class Work(StrEnum):
    """What can be done with a file."""

    COUNT = "count"
    LOAD = "load"
    PICTURE = "picture"
    THUMBNAIL = "thumbnail"


@dataclass(frozen=True, slots=True)
class Request:
    """What to do with a page; to count, with the document that it is of.

    Attributes:
        limit: Of the pixels; of a thumbnail, of its longer side.
    """

    work: Work
    page: Page
    limit: int = MAX_PIXELS


def main(requests: Connection, replies: Connection) -> None:
    """Body of the process."""
    serve(requests, replies, _begun, _MEMORY_BYTES)


def _begun() -> Answer:
    from glmocr_desktop.documents import content  # noqa: F401 - loads Pillow, which every file needs

    return lambda message: done(cast("Request", message.head))


def done(request: Request) -> Message:
    """Do it, in this process.

    Returns:
        The number of pages; or width and height, and the pixels in RGB; or the pixels and whether the page is blank,
        and a PNG; or a PNG alone.

    Raises:
        InputError: The file cannot be read.
    """
    page, limit = request.page, request.limit
    match request.work:
        case Work.COUNT:
            return Message(_count(page))
        case Work.LOAD:
            image = _load(page, limit)
            return Message(image.size, image.tobytes())
        case Work.PICTURE:
            return _picture(page, limit)
        case Work.THUMBNAIL:
            return Message(None, _png(_load(page, limit * limit, limit, _THUMBNAIL_DRAWING_S)))


def _count(page: Page) -> int:
    from glmocr_desktop.documents import content, images

    document = page.document
    with Source(document.file, document.name) as source:
        if not content.is_pdf(source):
            return images.count_frames(source, document.name)
    from glmocr_desktop.documents import pdf

    return pdf.count_pages(document.file, document.name, document.password)


def _load(page: Page, max_pixels: int, max_side: int | None = None, limit_s: float | None = None) -> Image:
    from glmocr_desktop.documents import content, images

    with Source(page.document.file, page.document.name) as source:
        if not content.is_pdf(source):
            return images.load(source, page, max_pixels, max_side)
    from glmocr_desktop.documents import pdf

    return pdf.render(page, max_pixels, max_side, limit_s)


def _picture(page: Page, max_pixels: int) -> Message:
    from glmocr_desktop.documents.plain_png import plain_png

    image = _load(page, max_pixels)
    blank = _is_blank(image)
    if page.cut.whole:
        with Source(page.document.file, page.document.name) as source:
            if as_it_is := plain_png(source, max_pixels):
                png, pixels = as_it_is
                return Message((pixels, blank), png)
    return Message((image.width * image.height, blank), _png(image))


def _is_blank(image: Image) -> bool:
    """Whether nothing is on a page: even paper that was scanned is of one tone then, seen from afar."""
    low, high = image.reduce(_AFAR).convert("L").getextrema()
    return int(high) - int(low) < _FAINT  # type: ignore[arg-type]


def _png(image: Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=_PNG_LEVEL)
    return stream.getvalue()
