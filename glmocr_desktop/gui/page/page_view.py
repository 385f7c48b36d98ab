"""The image of a page: fitted, or as large as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsItem,
    QGraphicsPathItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from glmocr_desktop.core.model import Region
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.page.boxes import NO_BLOCK, Box, Boxes, on_picture
from glmocr_desktop.gui.page.regions import Regions
from glmocr_desktop.gui.theme import mixed

_STEP = 1.25
_LARGEST = 8.0
_SMALLEST = 0.02
_MARGIN_PX = 12
_OUTSIDE = 0.6  # how strongly what is not read steps back


class Fit(Enum):
    """What the size of the view decides about the size of the page."""

    NOTHING = auto()
    PAGE = auto()
    WIDTH = auto()


class PageView(QGraphicsView):
    """Shows one image; Ctrl and the wheel zoom, dragging moves.

    Attributes:
        boxes: Outlines of what was read.
        regions: Parts that a person draws.

    Signals:
        zoomed(float): How large the image is shown now; 1 is a pixel for a pixel.
        box_clicked(int): The box of this block was clicked.

    Thread: GUI.
    """

    zoomed = Signal(float)
    box_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageView")
        say(self.setAccessibleName, lambda: self.tr("Page"))
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._item = _PageItem()
        self._scene.addItem(self._item)
        self._outside = _outside_item()
        self._scene.addItem(self._outside)
        self.boxes = Boxes()
        self._scene.addItem(self.boxes)
        self.regions = Regions()
        self._scene.addItem(self.regions)
        self._marks: list[QGraphicsRectItem] = []
        self._pressed_at = QPoint()
        self._fit = Fit.PAGE
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

    @property
    def picture(self) -> QRectF:
        """Where the image is in the scene; empty when there is none."""
        return self._item.boundingRect()

    def show_page(self, levels: list[QImage]) -> None:
        """Show an image.

        Args:
            levels: It at its full size, and each next one at half the size of the one before; none for no image.
        """
        self._item.set_levels([QPixmap.fromImage(level) for level in levels])
        self.mark(())
        self.show_frame(None)
        self.show_boxes(())
        self.regions.begin(self.picture)
        self._scene.setSceneRect(self._item.boundingRect())
        self.fit()

    def mark(self, regions: Sequence[Region]) -> None:
        """Show where on the page something comes from; no regions take the marks away."""
        for mark in self._marks:
            self._scene.removeItem(mark)
        page = self.picture
        colour = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        pen = QPen(colour, 2)
        pen.setCosmetic(True)  # two pixels at any scale
        colour.setAlphaF(0.15)
        self._marks = []
        for region in regions if not page.isEmpty() else ():
            place = on_picture(region, page)
            mark = self._scene.addRect(place, pen, QBrush(colour))
            self._marks.append(mark)
            self.ensureVisible(place)

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Draw outlines of what was read."""
        self.boxes.show_boxes(boxes, self.picture)

    def show_frame(self, region: Region | None) -> None:
        """Let what is around a part of the page step back; None for no part."""
        path = QPainterPath()
        if region is not None and not self.picture.isEmpty():
            path.addRect(self.picture)
            path.addRect(on_picture(region, self.picture).intersected(self.picture))  # odd-even: a hole
        self._outside.setPath(path)
        self.tint()

    def tint(self) -> None:
        """Take the colours of another palette."""
        ground = QColor(self.palette().color(QPalette.ColorRole.Window))
        ground.setAlphaF(_OUTSIDE)
        self._outside.setBrush(ground)
        pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), 1)
        pen.setCosmetic(True)
        self._outside.setPen(pen)
        self.viewport().update()

    def fit(self) -> None:
        """Show the whole page."""
        self._fit_into(Fit.PAGE)

    def fit_width(self) -> None:
        """Show the page as wide as the view."""
        self._fit_into(Fit.WIDTH)

    def show_pixels(self) -> None:
        """Show a pixel for a pixel."""
        self._zoom(1 / self.scale_now)

    def _fit_into(self, fit: Fit) -> None:
        self._fit = fit
        rect = self.picture
        if rect.isEmpty():
            return
        area = self.viewport().rect().adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        largest = 1 / self.devicePixelRatioF() * 2  # a tiny image stays small
        factor = min(area.width() / rect.width(), largest)
        if fit is Fit.PAGE:
            factor = min(factor, area.height() / rect.height())
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
        if self._fit is not Fit.NOTHING:
            self._fit_into(self._fit)

    def draw_regions(self, on: bool) -> None:
        """Let a person draw parts of the page, or move the page again."""
        self.regions.setVisible(on)
        self.boxes.setEnabled(not on)
        mode = QGraphicsView.DragMode.NoDrag if on else QGraphicsView.DragMode.ScrollHandDrag
        self.setDragMode(mode)
        if on:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keys that are the window's elsewhere are for the parts while these are drawn."""
        if event.type() is not QEvent.Type.ShortcutOverride:
            return super().event(event)
        if isinstance(event, QKeyEvent) and self.regions.isVisible() and self.regions.wants(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Parts of the page can be drawn by keyboard."""
        if not (self.regions.isVisible() and self.regions.press_key(event)):
            super().keyPressEvent(event)
        elif self.regions.chosen >= 0:
            self.ensureVisible(self.regions.place_of(self.regions.chosen))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from part to part, and on from the last one."""
        if self.regions.isVisible() and self.regions.step(1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click begins."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that moves nothing is a click on a box."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        near = (place - self._pressed_at).manhattanLength() < QApplication.startDragDistance()
        if event.button() is Qt.MouseButton.LeftButton and near and self.boxes.isVisible() and self.boxes.isEnabled():
            block = self.boxes.block_at(self.mapToScene(place))
            if block != NO_BLOCK:
                self.box_clicked.emit(block)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Something darker than paper."""
        palette = self.palette()
        painter.fillRect(rect, mixed(palette, QPalette.ColorRole.WindowText, QPalette.ColorRole.Window, 0.10))

    def _zoom(self, factor: float) -> None:
        if not self.picture.isEmpty():
            self._fit = Fit.NOTHING
            wanted = self.transform().m11() * factor
            self._set_scale(min(_LARGEST, max(_SMALLEST, wanted)))

    def _set_scale(self, factor: float) -> None:
        self.resetTransform()
        self.scale(factor, factor)
        self.zoomed.emit(self.scale_now)


def _outside_item() -> QGraphicsPathItem:
    """What is not read of a page."""
    item = QGraphicsPathItem()
    item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
    return item


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
