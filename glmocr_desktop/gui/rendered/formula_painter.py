"""Draws formulas as vectors, in the size and colour of the text around them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from glmocr_desktop.results.formulas import Typeset

_EX_EM = 0.431  # a formula's ex in the text's em, so that its letters are as large as the text's
_KEPT = 512  # a screen shows some dozens; a parsed drawing takes some 10 kB


class FormulaPainter:
    """Draws what `results.formulas.typeset` made; a drawing is parsed once for each colour.

    Thread: GUI.
    """

    def __init__(self) -> None:
        self._drawings: OrderedDict[tuple[str, int], QSvgRenderer] = OrderedDict()

    def size(self, typeset: Typeset, pixel_size: float) -> QSizeF:
        """The room that a formula takes, in pixels.

        Args:
            typeset: The formula.
            pixel_size: The em of the text around it, in pixels.
        """
        height = self.above(typeset, pixel_size) + self.below(typeset, pixel_size)
        return QSizeF(typeset.width_ex * _EX_EM * pixel_size, height)

    def above(self, typeset: Typeset, pixel_size: float) -> float:
        """How far a formula reaches above the baseline, in pixels; see `size`."""
        return typeset.height_ex * _EX_EM * pixel_size

    def below(self, typeset: Typeset, pixel_size: float) -> float:
        """How far a formula reaches below the baseline, in pixels; see `size`."""
        return typeset.depth_ex * _EX_EM * pixel_size

    def paint(self, painter: QPainter, rect: QRectF, typeset: Typeset, colour: QColor) -> None:
        """Draw a formula so that it fills a rectangle; nothing when it has no drawing."""
        if typeset.svg:
            self._drawing(typeset, colour).render(painter, rect)

    def _drawing(self, typeset: Typeset, colour: QColor) -> QSvgRenderer:
        key = (typeset.svg, colour.rgb())
        drawing = self._drawings.get(key)
        if drawing is None:
            drawing = self._drawings[key] = QSvgRenderer(QByteArray(typeset.coloured(colour.name()).encode()))
            if len(self._drawings) > _KEPT:
                self._drawings.popitem(last=False)
        else:
            self._drawings.move_to_end(key)
        return drawing
