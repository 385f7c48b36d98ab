"""Parts of a page that a person draws, moves and resizes, by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QGraphicsObject,
    QGraphicsSceneContextMenuEvent,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from glmocr_desktop.core.model import Mode, Region
from glmocr_desktop.gui.page.boxes import on_picture
from glmocr_desktop.gui.page.dragging import Drag, Grip, grip_at, moved, resized
from glmocr_desktop.gui.page.part import Part
from glmocr_desktop.gui.page.region_painter import paint_parts

NOTHING = -1
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_MODES = {Qt.Key.Key_1: Mode.TEXT, Qt.Key.Key_2: Mode.TABLE, Qt.Key.Key_3: Mode.FORMULA}
_STEP = 0.01  # of the page
_LEAST_PX = 6  # what is smaller on the screen was a click
_CENTRED = Region(0.25, 0.4, 0.5, 0.2)
_CURSORS = {
    Grip.INSIDE: Qt.CursorShape.SizeAllCursor,
    Grip.LEFT: Qt.CursorShape.SizeHorCursor,
    Grip.RIGHT: Qt.CursorShape.SizeHorCursor,
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Grip.TOP | Grip.LEFT: Qt.CursorShape.SizeFDiagCursor,
    Grip.BOTTOM | Grip.RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Grip.TOP | Grip.RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Grip.BOTTOM | Grip.LEFT: Qt.CursorShape.SizeBDiagCursor,
}


class Regions(QGraphicsObject):
    """Holds the parts that were drawn on a page; one of them may be chosen.

    Attributes:
        mode: What parts that are drawn from now on are read as.

    Signals:
        changed(): There are other parts, or another one is chosen.
        menu_wanted(QPoint): A part was clicked with the right button, there on the screen.
        left(): A person is done with drawing.

    Thread: GUI.
    """

    changed = Signal()
    menu_wanted = Signal(QPoint)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = Mode.TEXT
        self._parts: list[Part] = []
        self._chosen = NOTHING
        self._picture = QRectF()
        self._drag: Drag | None = None
        self.setAcceptHoverEvents(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setVisible(False)

    @property
    def parts(self) -> Sequence[Part]:
        """What was drawn, in the order of drawing."""
        return tuple(self._parts)

    @property
    def chosen(self) -> int:
        """Which part is chosen, from 0; `NOTHING` for none."""
        return self._chosen

    @property
    def picture(self) -> QRectF:
        """Where the page is in the scene."""
        return self._picture

    def begin(self, picture: QRectF) -> None:
        """Forget all parts: another picture is drawn on, which is there in the scene."""
        self.prepareGeometryChange()
        self._picture, self._parts, self._chosen, self._drag = QRectF(picture), [], NOTHING, None
        self._tell()

    def add(self) -> None:
        """Put a part into the middle of the page, to be moved from there."""
        if not self._picture.isEmpty():
            self._parts.append(Part(_CENTRED, self.mode))
            self.choose(len(self._parts) - 1)

    def remove(self) -> None:
        """Take the chosen part away."""
        if self._chosen != NOTHING:
            del self._parts[self._chosen]
            self.choose(min(self._chosen, len(self._parts) - 1))

    def choose(self, number: int) -> None:
        """Choose a part, or none."""
        self._chosen = number
        self._tell()

    def set_mode(self, mode: Mode) -> None:
        """Read the chosen part, and those that are drawn from now on, as this."""
        self.mode = mode
        if self._chosen != NOTHING:
            self._parts[self._chosen] = replace(self._parts[self._chosen], mode=mode)
        self._tell()

    def step(self, step: int) -> bool:
        """Choose the next part (1) or the one before (-1); False behind the last one."""
        wanted = self._chosen + step if self._chosen != NOTHING or step > 0 else len(self._parts) - 1
        if not 0 <= wanted < len(self._parts):
            return False
        self.choose(wanted)
        return True

    # Keys

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is for the parts, not for the window."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _KEYS:
            return self._chosen != NOTHING and held in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
            )
        if held != Qt.KeyboardModifier.NoModifier:
            return False
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return self._chosen != NOTHING
        return key in (Qt.Key.Key_Insert, Qt.Key.Key_Escape) or key in _MODES

    def press_key(self, event: QKeyEvent) -> bool:
        """Do what a key says; False when it says nothing."""
        if not self.wants(event):
            return False
        key = Qt.Key(event.key())
        if key in _KEYS:
            across, down = (_STEP * each for each in _KEYS[key])
            larger = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            region = self._parts[self._chosen].region
            change = QPointF(across, down)
            self._place(resized(region, Grip.RIGHT | Grip.BOTTOM, change) if larger else moved(region, change))
        elif key in _MODES:
            self.set_mode(_MODES[key])
        elif key == Qt.Key.Key_Insert:
            self.add()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            self.remove()
        return True

    # Mouse

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Take hold of a part, or begin one."""
        if event.button() is not Qt.MouseButton.LeftButton or self._picture.isEmpty():
            event.ignore()
            return
        at, grip = self._under(event.pos())
        if grip is Grip.NONE:
            self._drag = Drag(NOTHING, Grip.RIGHT | Grip.BOTTOM, event.pos(), self._new_at(event.pos()))
            self.choose(NOTHING)
        else:
            self._drag = Drag(at, grip, event.pos(), self._parts[at].region)
            self.choose(at)

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Move or resize the part that is held."""
        drag = self._drag
        if drag is None:
            return
        way = event.pos() - drag.begin
        if drag.part == NOTHING:
            if max(abs(way.x()), abs(way.y())) * self._scale() < _LEAST_PX:
                return
            self._parts.append(Part(drag.region, self.mode))
            drag = self._drag = replace(drag, part=len(self._parts) - 1)
            self._chosen = drag.part
        change = QPointF(way.x() / self._picture.width(), way.y() / self._picture.height())
        inside = drag.grip is Grip.INSIDE
        self._place(moved(drag.region, change) if inside else resized(drag.region, drag.grip, change))

    def mouseReleaseEvent(self, _event: QGraphicsSceneMouseEvent) -> None:
        """Let go; a line without room is no part."""
        drag, self._drag = self._drag, None
        if drag is None or drag.part == NOTHING:
            return
        place = self.place_of(drag.part)
        if min(place.width(), place.height()) * self._scale() < _LEAST_PX:
            self.remove()

    def contextMenuEvent(self, event: QGraphicsSceneContextMenuEvent) -> None:
        """A menu of the part that is there."""
        at, grip = self._under(event.pos())
        if grip is not Grip.NONE:
            self.choose(at)
            self.menu_wanted.emit(event.screenPos())

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        """The pointer shows what a press would do."""
        self.setCursor(_CURSORS.get(self._under(event.pos())[1], Qt.CursorShape.CrossCursor))

    # Places

    def place_of(self, number: int) -> QRectF:
        """Where a part is in the scene."""
        return on_picture(self._parts[number].region, self._picture)

    def boundingRect(self) -> QRectF:
        """The page, and a little around it where parts can be taken hold of."""
        margin = 20 + 0.05 * max(self._picture.width(), self._picture.height())
        return self._picture.adjusted(-margin, -margin, margin, margin) if not self._picture.isEmpty() else QRectF()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """All parts."""
        places = [(part, self.place_of(number)) for number, part in enumerate(self._parts)]
        paint_parts(painter, places, self._chosen)

    def _under(self, point: QPointF) -> tuple[int, Grip]:
        """The part at a place, and where one would take hold of it; the chosen one lies above the others."""
        order = [self._chosen] if self._chosen != NOTHING else []
        order += [at for at in reversed(range(len(self._parts))) if at != self._chosen]
        for at in order:
            if grip := grip_at(self.place_of(at), point, self._scale()):
                return at, grip
        return NOTHING, Grip.NONE

    def _new_at(self, point: QPointF) -> Region:
        across = (point.x() - self._picture.left()) / self._picture.width()
        down = (point.y() - self._picture.top()) / self._picture.height()
        return Region(min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0), 0.0, 0.0)

    def _place(self, region: Region) -> None:
        self._parts[self._chosen] = replace(self._parts[self._chosen], region=region)
        self._tell()

    def _scale(self) -> float:
        """Pixels of the screen for one of the page."""
        scene = self.scene()
        return float(scene.views()[0].transform().m11()) if scene and scene.views() else 1.0

    def _tell(self) -> None:
        self.update()
        self.changed.emit()
