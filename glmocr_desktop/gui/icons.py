"""Icons: one set of strokes, tinted from the palette."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from glmocr_desktop.core.resources import resource_path

_SIZES_PX = (16, 20)  # in menus, and on buttons


def icon(name: str, palette: QPalette) -> QIcon:
    """An icon in the colours of buttons; make it anew when the palette changes."""
    return _tinted_icon(
        name,
        max(screen.devicePixelRatio() for screen in QGuiApplication.screens()),
        palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText).rgba(),
        palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).rgba(),
    )


def app_icon() -> QIcon:
    """The icon of the program."""
    found = QIcon()
    for size_px in (16, 32, 48, 64, 128, 256):
        found.addPixmap(_drawn(resource_path("icons/app.svg").read_bytes(), size_px))
    return found


def pixmap(name: str, size_px: int, colour: QColor, ratio: float) -> QPixmap:
    """An icon as an image.

    Args:
        name: File name in `resources/icons` without its suffix.
        size_px: Its side in device-independent pixels.
        colour: Of its strokes.
        ratio: Device pixels in a device-independent one.
    """
    return _cached_pixmap(name, size_px, colour.rgba(), ratio)


@lru_cache(maxsize=256)
def _cached_pixmap(name: str, size_px: int, rgba: int, ratio: float) -> QPixmap:
    drawn = _drawn(_tinted(name, QColor.fromRgba(rgba).name()), round(size_px * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache(maxsize=128)
def _tinted_icon(name: str, ratio: float, enabled: int, disabled: int) -> QIcon:
    found = QIcon()
    # Each drawing takes a share of the start: only the sizes that the screens at hand show are made.
    sizes_px = {round(size_px * scale) for size_px in _SIZES_PX for scale in (1.0, ratio)}
    for mode, rgba in ((QIcon.Mode.Normal, enabled), (QIcon.Mode.Disabled, disabled)):
        source = _tinted(name, QColor.fromRgba(rgba).name())
        for size_px in sorted(sizes_px):
            found.addPixmap(_drawn(source, size_px), mode)
    return found


def _tinted(name: str, colour: str) -> bytes:
    return resource_path(f"icons/{name}.svg").read_bytes().replace(b"currentColor", colour.encode())


def _drawn(source: bytes, size_px: int) -> QPixmap:
    drawn = QPixmap(size_px, size_px)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return drawn
