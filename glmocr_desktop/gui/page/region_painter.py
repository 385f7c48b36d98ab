"""How parts of a page are drawn: a frame, its number and what it is read as, and handles to hold it by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPainter, QPalette, QPen, QTransform

from glmocr_desktop.gui import words
from glmocr_desktop.gui.page.part import Part
from glmocr_desktop.gui.theme import small_font

_HANDLE_PX = 8.0
_GROUND = 0.10
_CHIP_PX = 4.0


def paint_parts(painter: QPainter, parts: Sequence[tuple[Part, QRectF]], chosen: int) -> None:
    """Draw parts at the size of the screen, however large the page is shown.

    Args:
        painter: In the coordinates of the places.
        parts: Each with its place.
        chosen: The number of the one that is chosen.
    """
    to_screen = painter.worldTransform()
    painter.save()
    painter.setWorldTransform(QTransform())
    for number, (part, place) in enumerate(parts):
        _paint_part(painter, to_screen.mapRect(place), number, part, chosen=number == chosen)
    painter.restore()


def _paint_part(painter: QPainter, frame: QRectF, number: int, part: Part, *, chosen: bool) -> None:
    palette = QGuiApplication.palette()
    accent = palette.color(QPalette.ColorRole.Highlight)
    ground = QColor(accent)
    ground.setAlphaF(_GROUND)
    painter.setPen(QPen(accent, 2, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine))
    painter.setBrush(ground)
    painter.drawRect(frame)
    font = small_font(QGuiApplication.font())
    painter.setFont(font)
    text = f"{number + 1} · {words.mode_word(part.mode)}"
    size = QFontMetricsF(font).size(0, text) + QSizeF(2 * _CHIP_PX, 2)
    chip = QRectF(frame.topLeft(), size)
    painter.fillRect(chip, accent)
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
    if chosen:
        _paint_handles(painter, frame, accent, palette.color(QPalette.ColorRole.Base))


def _paint_handles(painter: QPainter, frame: QRectF, edge: QColor, ground: QColor) -> None:
    painter.setPen(QPen(edge, 1))
    painter.setBrush(ground)
    centre = frame.center()
    for x in (frame.left(), centre.x(), frame.right()):
        for y in (frame.top(), centre.y(), frame.bottom()):
            if QPointF(x, y) != centre:
                half = _HANDLE_PX / 2
                painter.drawRect(QRectF(x - half, y - half, _HANDLE_PX, _HANDLE_PX))
