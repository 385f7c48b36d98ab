"""A page becomes an image, an upload or a thumbnail."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.documents.source import Source

if TYPE_CHECKING:
    from PIL.Image import Image

    from glmocr_desktop.core.model import Page

MAX_PIXELS = 20_000_000
"""Size of a loaded page, at most: a screenshot of 1,240 × 16,000 pixels stays as it is, a page of A0 is scaled down."""

_PNG_LEVEL = 1  # measured on 2.2 Mpx: half the time of level 6 (0.12 against 0.24 s), files of about the same size
_AFAR = 4  # times smaller: the grain of the paper is gone, a thin stroke is not
_FAINT = 24  # levels of 256
_THUMBNAIL_DRAWING_S = 2.0
_THUMBNAIL_WAIT_S = 20.0


def load_page(page: Page, token: CancelToken, max_pixels: int = MAX_PIXELS) -> Image:
    """What is read of the page as an image: RGB, upright, on white.

    Args:
        page: What to load; its cut is made.
        token: Ends it. A cancel frees the thread at once while a PDF is rendered, and within some ten
            milliseconds while a PNG or JPEG is decoded; other formats are decoded to their end first.
        max_pixels: A larger page is scaled down, a PDF rendered smaller.

    Raises:
        InputError: The page cannot be read.
        JobCancelled: The job was cancelled.
        JobTimeout: The job's deadline passed.

    Thread: any.
    """
    return _load(page, token, max_pixels)


def thumbnail(page: Page, size_px: int) -> bytes:
    """A small picture of the page as PNG; what takes too long to draw is left out of it.

    Args:
        page: What to show.
        size_px: Its longer side, at most.

    Raises:
        InputError: The page cannot be read.
        JobTimeout: It was not its turn within 20 s, because a PDF that cannot be interrupted is being drawn.

    Thread: any.
    """
    token = CancelToken()
    token.start(_THUMBNAIL_WAIT_S)
    return _png(_load(page, token, size_px * size_px, size_px, _THUMBNAIL_DRAWING_S))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a server gets it.

    Attributes:
        png: In RGB, without anything but the pixels.
        pixels: Width × height.
        blank: Whether nothing is on it.
    """

    png: bytes = field(repr=False)
    pixels: int
    blank: bool


def picture(page: Page, token: CancelToken, max_pixels: int) -> Picture:
    """The page as a server gets it.

    Args:
        page: What to load.
        token: Ends it, as in `load_page`.
        max_pixels: A larger page is scaled down.

    Raises:
        InputError: The page cannot be read.
        JobCancelled: The job was cancelled.
        JobTimeout: The job's deadline passed.

    Thread: any.
    """
    from glmocr_desktop.documents.plain_png import plain_png

    image = load_page(page, token, max_pixels)
    blank = _is_blank(image)
    if page.cut.whole:
        with Source(page.document.file, page.document.name, token) as source:
            if as_it_is := plain_png(source, max_pixels):
                return Picture(*as_it_is, blank)
    return Picture(_png(image), image.width * image.height, blank)


def _is_blank(image: Image) -> bool:
    """Whether nothing is on a page: even paper that was scanned is of one tone then, seen from afar."""
    low, high = image.reduce(_AFAR).convert("L").getextrema()
    return int(high) - int(low) < _FAINT  # type: ignore[arg-type]


def _load(
    page: Page, token: CancelToken, max_pixels: int, max_side: int | None = None, limit_s: float | None = None
) -> Image:
    from glmocr_desktop.documents import content, images

    token.check()
    name = page.document.name
    with Source(page.document.file, name, token) as source:
        if not content.is_pdf(source):
            return images.load(source, page, token, max_pixels, max_side)
    from glmocr_desktop.documents import pdf

    return pdf.render(page, token, max_pixels, max_side, limit_s)


def _png(image: Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=_PNG_LEVEL)
    return stream.getvalue()
