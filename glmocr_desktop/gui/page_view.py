"""The image of a page: fitted, or as large as one likes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPalette, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from glmocr_desktop.core.model import Region
from glmocr_desktop.gui.theme import mixed

_STEP = 1.25
_LARGEST = 8.0
_SMALLEST = 0.02
_MARGIN_PX = 12


class PageView(QGraphicsView):
    """Shows one image; Ctrl and the wheel zoom, dragging moves.

    Signals:
        zoomed(float): How large the image is shown now; 1 is a pixel for a pixel.

    Thread: GUI.
    """

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageView")
        self.setAccessibleName(self.tr("Page"))
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._item = _PageItem()
        self._scene.addItem(self._item)
        self._marks: list[QGraphicsRectItem] = []
        self._fitted = True
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setBackgroundRole(QPalette.ColorRole.Mid)
        self.setAcceptDrops(False)  # the window takes them
        self.viewport().setAcceptDrops(False)

    @property
    def scale_now(self) -> float:
        """Screen pixels for a pixel of the image."""
        return self.transform().m11() * self.devicePixelRatioF()

    def show_page(self, levels: list[QImage]) -> None:
        """Show an image.

        Args:
            levels: It at its full size, and each next one at half the size of the one before; none for no image.
        """
        self._item.set_levels([QPixmap.fromImage(level) for level in levels])
        self.mark(())
        self._scene.setSceneRect(self._item.boundingRect())
        self.fit()

    def mark(self, regions: Sequence[Region]) -> None:
        """Show where on the page something comes from; no regions take the marks away."""
        for mark in self._marks:
            self._scene.removeItem(mark)
        page = self._item.boundingRect()
        colour = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        pen = QPen(colour, 2)
        pen.setCosmetic(True)  # two pixels at any scale
        colour.setAlphaF(0.15)
        self._marks = []
        for region in regions if not page.isEmpty() else ():
            place = QRectF(
                region.left * page.width(),
                region.top * page.height(),
                region.width * page.width(),
                region.height * page.height(),
            )
            mark = self._scene.addRect(place, pen, QBrush(colour))
            self._marks.append(mark)
            self.ensureVisible(place)

    def fit(self) -> None:
        """Show the whole page."""
        self._fitted = True
        rect = self._item.boundingRect()
        if rect.isEmpty():
            return
        area = self.viewport().rect().adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        largest = 1 / self.devicePixelRatioF() * 2  # a tiny image stays small
        factor = min(area.width() / rect.width(), area.height() / rect.height(), largest)
        self._set_scale(max(factor, _SMALLEST))

    def zoom_in(self) -> None:
        """Show it larger."""
        self._zoom(_STEP)

    def zoom_out(self) -> None:
        """Show it smaller."""
        self._zoom(1 / _STEP)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(_STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted page stays fitted."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Something darker than paper."""
        palette = self.palette()
        painter.fillRect(rect, mixed(palette, QPalette.ColorRole.WindowText, QPalette.ColorRole.Window, 0.10))

    def _zoom(self, factor: float) -> None:
        if not self._item.boundingRect().isEmpty():
            self._fitted = False
            wanted = self.transform().m11() * factor
            self._set_scale(min(_LARGEST, max(_SMALLEST, wanted)))

    def _set_scale(self, factor: float) -> None:
        self.resetTransform()
        self.scale(factor, factor)
        self.zoomed.emit(self.scale_now)


class _PageItem(QGraphicsItem):
    """An image that is sharp at every scale: it is painted from the level that is just large enough."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: list[QPixmap] = []

    def set_levels(self, levels: list[QPixmap]) -> None:
        self.prepareGeometryChange()
        self._levels = levels
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(self._levels[0].rect()) if self._levels else QRectF()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        if not self._levels:
            return
        full = self._levels[0]
        needed = full.width() * painter.deviceTransform().m11()
        level = next((each for each in reversed(self._levels) if each.width() >= needed), full)
        painter.drawPixmap(self.boundingRect(), level, QRectF(level.rect()))
