"""A screen that stands still, on which an area is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui.capture.selection import Selection
from glmocr_desktop.gui.capture.stills import Still
from glmocr_desktop.gui.theme import line_colour

_VEIL = QColor(0, 0, 0, 120)  # on whatever the screen shows, in every theme
_STEPS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
_LARGE_STEP_PX = 10


class Overlay(QWidget):
    """Covers one screen with what it showed.

    It has no parent: the window that it would belong to is hidden meanwhile, and some systems would hide it, too.

    Args:
        still: What the screen showed.
        last: The area that was chosen before, in pixels of the screen; empty for none.

    Signals:
        chosen(Still, QRect): This area of the screen, in its pixels.
        cancelled(): Nothing is to be captured.

    Thread: GUI.
    """

    chosen = Signal(object, QRect)
    cancelled = Signal()

    def __init__(self, still: Still, last: QRect) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, Qt.WindowType.Window | flags)
        self.setObjectName("captureOverlay")
        self.setWindowTitle(self.tr("Capture"))
        self.setAccessibleName(self.tr("Choose the area that is to be read"))
        self.setAccessibleDescription(self._hint())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(still.place)
        self._still = still
        self._clear = QPixmap.fromImage(still.image)
        self._dimmed = QPixmap(self._clear)
        painter = QPainter(self._dimmed)
        painter.fillRect(self._dimmed.rect(), _VEIL)
        painter.end()
        self._selection = Selection(still.image.size(), last)
        self._dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin an area, or cancel by the other button."""
        if event.button() is not Qt.MouseButton.LeftButton:
            self.cancelled.emit()
            return
        self._dragging = True
        self._selection.begin(self._pixel(event.position()))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The area grows."""
        if self._dragging:
            self._selection.drag(self._pixel(event.position()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The area is chosen; a mere click chooses none."""
        if self._dragging and event.button() is Qt.MouseButton.LeftButton:
            self._dragging = False
            self._selection.drag(self._pixel(event.position()))
            if not self._take():
                self._selection.area = QRect()
                self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything without a pointer."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._take():
                self._suggest()
        elif key in _STEPS and not self._dragging:
            self._adjust(_STEPS[key], event.modifiers())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The screen dimmed, the area as it is, and what can be done."""
        with QPainter(self) as painter:
            painter.drawPixmap(self.rect(), self._dimmed)
            area = self._selection.area
            if not area.isEmpty():
                shown = self._shown(area)
                painter.drawPixmap(shown, self._clear, QRectF(area))
                painter.setPen(Qt.GlobalColor.white)  # seen on everything that is dimmed
                painter.drawRect(shown.adjusted(-1, -1, 0, 0))
                self._draw_size(painter, shown)
            if not self._dragging:
                self._draw_hint(painter)

    def _hint(self) -> str:
        return self.tr(
            "Drag over what is to be read. Arrow keys move and, with Shift, stretch. Enter takes, Esc cancels."
        )

    def _suggest(self) -> None:
        self._selection.suggest()
        self._tell_size()

    def _adjust(self, step: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if not self._selection.usable:
            self._suggest()
            return
        by = step * (_LARGE_STEP_PX if modifiers & Qt.KeyboardModifier.ControlModifier else 1)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._selection.stretch(by)
        else:
            self._selection.move(by)
        self._tell_size()

    def _take(self) -> bool:
        if self._selection.usable:
            self.chosen.emit(self._still, self._selection.area)
        return self._selection.usable

    def _tell_size(self) -> None:
        self.update()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._size_words()))

    def _size_words(self) -> str:
        area = self._selection.area
        return self.tr("{0} × {1}").format(area.width(), area.height())

    def _draw_size(self, painter: QPainter, shown: QRectF) -> None:
        box = QRectF(QPointF(0, 0), self._box_size(painter, self._size_words()))
        box.moveTopRight(shown.bottomRight() + QPointF(0, 4))
        if box.bottom() > self.height():
            box.moveBottomRight(shown.bottomRight() - QPointF(4, 4))
        box.moveLeft(max(0.0, box.left()))
        self._draw_box(painter, box, self._size_words())

    def _draw_hint(self, painter: QPainter) -> None:
        box = QRectF(QPointF(0, 0), self._box_size(painter, self._hint()))
        box.moveCenter(QPointF(self.width() / 2, 24 + box.height() / 2))
        self._draw_box(painter, box, self._hint())

    def _box_size(self, painter: QPainter, words: str) -> QSizeF:
        bound = painter.fontMetrics().boundingRect(
            QRect(0, 0, self.width() - 48, self.height()), Qt.TextFlag.TextWordWrap, words
        )
        return QSizeF(bound.width() + 24, bound.height() + 12)

    def _draw_box(self, painter: QPainter, box: QRectF, words: str) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_colour(self.palette()))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def _pixel(self, place: QPointF) -> QPoint:
        """The pixel of the screen below a place of the widget."""
        return QPoint(int(place.x() * self._ratio_x()), int(place.y() * self._ratio_y()))

    def _shown(self, area: QRect) -> QRectF:
        """Where an area is on the widget."""
        x, y = self._ratio_x(), self._ratio_y()
        return QRectF(area.x() / x, area.y() / y, area.width() / x, area.height() / y)

    def _ratio_x(self) -> float:
        return self._still.image.width() / max(1, self.width())

    def _ratio_y(self) -> float:
        return self._still.image.height() / max(1, self.height())
