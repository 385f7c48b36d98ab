"""A page becomes an image, an upload or a thumbnail."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.documents.bounds import fitted
from glmocr_desktop.documents.source import Source

if TYPE_CHECKING:
    from PIL.Image import Image

    from glmocr_desktop.core.model import Page

MAX_PIXELS = 20_000_000
"""Size of a loaded page, at most: a screenshot of 1,240 × 16,000 pixels stays as it is, a page of A0 is scaled down."""

_PNG_LEVEL = 1  # measured on 2.2 Mpx: half the time of level 6 (0.12 against 0.24 s), files of about the same size
_THUMBNAIL_DRAWING_S = 2.0
_THUMBNAIL_WAIT_S = 20.0


def load_page(page: Page, token: CancelToken, max_pixels: int = MAX_PIXELS) -> Image:
    """The page as an image: RGB, upright, on white.

    Args:
        page: What to load.
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


def encode_png(image: Image, max_pixels: int) -> bytes:
    """An image as PNG in RGB, scaled down to a size that its reader can take.

    Args:
        image: Any image; it is not changed.
        max_pixels: Limit of width × height.

    Thread: any.
    """
    from glmocr_desktop.documents.images import scaled

    rgb = image if image.mode == "RGB" else image.convert("RGB")
    return _png(scaled(rgb, fitted(*rgb.size, max_pixels)))


def _load(
    page: Page, token: CancelToken, max_pixels: int, max_side: int | None = None, limit_s: float | None = None
) -> Image:
    from glmocr_desktop.documents import content, images

    token.check()
    name = page.document.name
    with Source(page.document.file, name, token) as source:
        if not content.is_pdf(source):
            return images.load(source, page.number, name, token, max_pixels, max_side)
    from glmocr_desktop.documents import pdf

    return pdf.render(page, token, max_pixels, max_side, limit_s)


def _png(image: Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=_PNG_LEVEL)
    return stream.getvalue()
