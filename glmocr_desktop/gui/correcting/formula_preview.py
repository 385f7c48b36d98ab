"""A formula as it will look."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.rendered.formula_painter import FormulaPainter
from glmocr_desktop.results.formulas import Typeset

_LARGER = 2.0  # than the words of the window
_MARGIN_PX = 16
_HEIGHT_PX = 120


class FormulaPreview(QWidget):
    """Draws a formula in its middle, smaller when there is not enough room.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formulaPreview")
        say(self.setAccessibleName, lambda: self.tr("The formula as it will look"))
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_HEIGHT_PX // 2)
        self._painter = FormulaPainter()
        self._typeset = Typeset()

    @property
    def typeset(self) -> Typeset:
        """What is shown."""
        return self._typeset

    def show_typeset(self, typeset: Typeset) -> None:
        """Show another formula."""
        self._typeset = typeset
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a usual formula."""
        return QSize(260, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The formula, in the colour of words."""
        if not self._typeset.svg:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            size = self._painter.size(self._typeset, QFontInfo(self.font()).pixelSize() * _LARGER)
            width, height = self.width() - 2 * _MARGIN_PX, self.height() - 2 * _MARGIN_PX
            if size.width() > width or size.height() > height:
                size.scale(width, height, Qt.AspectRatioMode.KeepAspectRatio)
            rect = QRectF(QPointF(), size)
            rect.moveCenter(QRectF(self.rect()).center())
            self._painter.paint(painter, rect, self._typeset, self.palette().color(QPalette.ColorRole.Text))
