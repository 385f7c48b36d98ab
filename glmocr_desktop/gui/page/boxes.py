"""Outlines on a page, around what was read there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from glmocr_desktop.core.model import Region

NO_BLOCK = -1
_QUIET, _GROUND = 0.55, 0.18  # of the accent's strength


class Box(NamedTuple):
    """Where a block stands on the page that is shown."""

    block: int
    region: Region


def on_picture(region: Region, picture: QRectF) -> QRectF:
    """Where a region is on a picture of its page."""
    return QRectF(
        picture.left() + region.left * picture.width(),
        picture.top() + region.top * picture.height(),
        region.width * picture.width(),
        region.height * picture.height(),
    )


class Boxes(QGraphicsObject):
    """Draws boxes quietly, and the one that is looked at more strongly.

    Signals:
        hovered(int): The pointer is on the box of this block; on none with `NO_BLOCK`.

    Thread: GUI.
    """

    hovered = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, QRectF]] = []
        self._picture = QRectF()
        self._lit = NO_BLOCK
        self._under = NO_BLOCK
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptHoverEvents(True)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)  # dragging moves the page
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def blocks(self) -> list[int]:
        """The blocks that have a box, each as often as it has one."""
        return [block for block, _ in self._places]

    @property
    def lit(self) -> int:
        """The block that is looked at; `NO_BLOCK` for none."""
        return self._lit

    def show_boxes(self, boxes: Sequence[Box], picture: QRectF) -> None:
        """Take the place of all boxes before.

        Args:
            boxes: On the picture.
            picture: Where that is in the scene.
        """
        self.prepareGeometryChange()
        self._picture = picture
        self._places = [(block, on_picture(region, picture)) for block, region in boxes]
        self._lit = NO_BLOCK
        self._enter(NO_BLOCK)
        self.update()

    def light(self, block: int) -> None:
        """Show the boxes of a block more strongly; those of none with `NO_BLOCK`."""
        if block != self._lit:
            self._lit = block
            self.update()

    def place_of(self, block: int) -> QRectF:
        """Where the boxes of a block are; empty when it has none."""
        found = QRectF()
        for each, place in self._places:
            if each == block:
                found = found.united(place)
        return found

    def block_at(self, point: QPointF) -> int:
        """The block whose box is there, the smallest if there are several."""
        found = [(place.width() * place.height(), block) for block, place in self._places if place.contains(point)]
        return min(found)[1] if found else NO_BLOCK

    def boundingRect(self) -> QRectF:
        """The whole picture."""
        return self._picture

    def shape(self) -> QPainterPath:
        """Only the boxes feel the pointer."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for _, place in self._places:
            path.addRect(place)
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """The boxes in sight."""
        accent = QColor(QGuiApplication.palette().color(QPalette.ColorRole.Highlight))
        quiet, ground = QColor(accent), QColor(accent)
        quiet.setAlphaF(_QUIET)
        ground.setAlphaF(_GROUND)
        for block, place in self._places:
            if not place.intersects(option.exposedRect.adjusted(-2, -2, 2, 2)):
                continue
            lit = block == self._lit
            pen = QPen(accent if lit else quiet, 2 if lit else 1)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(ground if lit else Qt.BrushStyle.NoBrush)
            painter.drawRect(place)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        """Another box may be under the pointer."""
        self._enter(self.block_at(event.pos()))

    def hoverLeaveEvent(self, _event: QGraphicsSceneHoverEvent) -> None:
        """The pointer is on no box any more."""
        self._enter(NO_BLOCK)

    def _enter(self, block: int) -> None:
        if block != self._under:
            self._under = block
            self.hovered.emit(block)
