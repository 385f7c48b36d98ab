"""Small images whose first pixel says which number they are."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image

from glmocr_desktop.core.model import Document, Limits, Mode, Page
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.request import Request

_LIMITS = Limits()


def numbered_image(folder: Path, number: int) -> Path:
    """A 48 × 32 PNG that the test server reads as ``page <number>``."""
    path = folder / f"page {number}.png"
    image = Image.new("RGB", (48, 32), (number >> 16 & 255, number >> 8 & 255, number & 255))
    image.save(path)
    return path


def numbered_page(folder: Path, number: int) -> Page:
    """The same as a page."""
    path = numbered_image(folder, number)
    return Page(Document(path=str(path), file=str(path), name=path.name))


def page_request(
    folder: Path,
    number: int,
    mode: Mode = Mode.TEXT,
    *,
    prompt: str | None = None,
    limits: Limits = _LIMITS,
    reading_s: float = math.inf,
) -> Request:
    """The same as a server engine is asked for it."""
    png = numbered_image(folder, number).read_bytes()
    return Request(png, 48 * 32, mode, prompt or Settings().prompt(mode), limits, reading_s)
