"""Draws the program's icon in all sizes: ``python packaging/icons.py build/icons``.

PNGs for Linux, one file with several sizes each for Windows (.ico) and for macOS (.icns). None is scaled from
another: all are drawn.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image

_HERE = Path(__file__).resolve().parent
_DRAWING = _HERE.parent / "resources" / "icons" / "app.svg"
_SMALL_DRAWING = _HERE / "icon-small.svg"  # on a grid of 16, without what would only be a blur there
_SMALL = 32
_NAME = "glmocr-desktop"

PNG_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_ICNS_SIZES = (32, 64, 128, 256, 512, 1024)


def main(folder: str) -> int:
    """Write all icons into a folder; the exit code is returned."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    drawn = {size: _draw(size) for size in sorted({*PNG_SIZES, *_ICO_SIZES, *_ICNS_SIZES})}
    for size in PNG_SIZES:
        drawn[size].save(target / f"{_NAME}-{size}.png", optimize=True)
    _save_sizes(target / f"{_NAME}.ico", [drawn[size] for size in _ICO_SIZES])
    _save_sizes(target / f"{_NAME}.icns", [drawn[size] for size in _ICNS_SIZES])
    return 0


def _draw(size: int) -> Image.Image:
    """The icon, this many pixels wide and high."""
    from PySide6.QtCore import QBuffer, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(_SMALL_DRAWING if size <= _SMALL else _DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data())).convert("RGBA")


def _save_sizes(path: Path, images: list[Image.Image]) -> None:
    """Write a file that holds each of these sizes."""
    # Pillow takes a size from those that are given where it is among them, and scales only what is missing.
    sizes = {"sizes": [each.size for each in images]} if path.suffix == ".ico" else {}
    images[-1].save(path, append_images=images[:-1], **sizes)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
