"""A page becomes an image, an upload or a thumbnail; all of it in a child process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.documents.decoders import decoders
from glmocr_desktop.documents.decoding import MAX_PIXELS, Request, Work

if TYPE_CHECKING:
    from PIL.Image import Image

    from glmocr_desktop.core.model import Page

_THUMBNAIL_WAIT_S = 20.0


def load_page(page: Page, token: CancelToken, max_pixels: int = MAX_PIXELS) -> Image:
    """What is read of the page as an image: RGB, upright, on white.

    Args:
        page: What to load; its cut is made.
        token: Ends it at once.
        max_pixels: A larger page is scaled down, a PDF rendered smaller.

    Raises:
        InputError: The page cannot be read.
        JobCancelled: The job was cancelled.
        JobTimeout: The job's deadline passed.

    Thread: any.
    """
    from PIL import Image

    reply = decoders().call(Request(Work.LOAD, page, max_pixels), page.document.name, token)
    return Image.frombytes("RGB", cast("tuple[int, int]", reply.head), reply.body)


def thumbnail(page: Page, size_px: int) -> bytes:
    """A small picture of the page as PNG; what takes too long to draw is left out of it.

    Args:
        page: What to show.
        size_px: Its longer side, at most.

    Raises:
        InputError: The page cannot be read.
        JobTimeout: It was not there within 20 s.

    Thread: any.
    """
    token = CancelToken()
    token.start(_THUMBNAIL_WAIT_S)
    return decoders().call(Request(Work.THUMBNAIL, page, size_px), page.document.name, token).body


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
    reply = decoders().call(Request(Work.PICTURE, page, max_pixels), page.document.name, token)
    pixels, blank = cast("tuple[int, bool]", reply.head)
    return Picture(reply.body, pixels, blank)
