"""The image of a page for the screen, and smaller ones of it, made in the background."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError
from glmocr_desktop.core.model import Page
from glmocr_desktop.documents import load_page, picture

if TYPE_CHECKING:
    from PIL.Image import Image

_SMALLEST_LEVEL_PX = 400


@dataclass(frozen=True, slots=True)
class Levels:
    """What is shown of a page.

    Attributes:
        images: It at its full size, and each next one at half the size of the one before.
        sent_bytes: How much of the network it takes; None when it is not what a server gets.
    """

    images: tuple[QImage, ...]
    sent_bytes: int | None = None


def page_levels(page: Page, token: CancelToken) -> Levels:
    """What is read of a page.

    Raises:
        OcrError: It cannot be read, or it is no longer wanted.

    Thread: background.
    """
    try:
        return Levels(_halved(load_page(page, token), token))
    except MemoryError as error:
        raise InputError("out_of_memory", name=page.document.name) from error


def sent_levels(page: Page, token: CancelToken, max_pixels: int) -> Levels:
    """A page as a server gets it.

    Raises:
        OcrError: It cannot be read, or it is no longer wanted.

    Thread: background.
    """
    from PIL import Image

    try:
        png = picture(page, token, max_pixels).png
        return Levels(_halved(Image.open(io.BytesIO(png), formats=("PNG",)), token), len(png))
    except MemoryError as error:
        raise InputError("out_of_memory", name=page.document.name) from error


def _halved(image: Image, token: CancelToken) -> tuple[QImage, ...]:
    data = image.tobytes("raw", "RGB")
    width, height = image.size
    # The image does not own the bytes: the copy does.
    levels = [
        QImage(data, width, height, width * 3, QImage.Format.Format_RGB888).convertToFormat(QImage.Format.Format_RGB32)
    ]
    while min(levels[-1].width(), levels[-1].height()) > 2 * _SMALLEST_LEVEL_PX:
        token.check()
        half = levels[-1].size() / 2
        levels.append(
            levels[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
    return tuple(levels)
