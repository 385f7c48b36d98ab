"""Small images whose first pixel says which number they are."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from glmocr_desktop.core.model import Document, Page


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
