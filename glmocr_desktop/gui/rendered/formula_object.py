"""Formulas inside a text document: their room on the line, and how they are drawn there."""

from __future__ import annotations

import math
from collections import OrderedDict
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QFontMetricsF,
    QImage,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from glmocr_desktop.gui.rendered.formula_painter import FormulaPainter
from glmocr_desktop.gui.words import complaint_words

if TYPE_CHECKING:
    from glmocr_desktop.gui.rendered.rendering import Formula
    from glmocr_desktop.results.formulas import Typeset

OBJECT_TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
LATEX = QTextFormat.Property.UserProperty.value + 16
DISPLAY = LATEX + 1
_EM_PX = LATEX + 2
_HALF_X_PX = LATEX + 3
_SHRINK = LATEX + 4

# Where Qt keeps the colour of a selection for objects in a text; it has no public name.
_SELECTION_BRUSH = QTextFormat.Property.ForegroundBrush.value + 1
_KEPT = 4_000
_EX_EM = 0.431  # of the formulas' own font
_MOST_GROWN = 1.2
_LEAST_SHRINK = 0.6  # smaller formulas would be hard to read: wider ones can be scrolled to


class FormulaStore:
    """Formulas that are ready to be drawn, the latest some thousand.

    Thread: GUI.
    """

    def __init__(self) -> None:
        self._ready: OrderedDict[Formula, Typeset] = OrderedDict()

    def get(self, formula: Formula) -> Typeset | None:
        """A formula's drawing, or why there is none; None when nobody has made it yet."""
        typeset = self._ready.get(formula)
        if typeset is not None:
            self._ready.move_to_end(formula)
        return typeset

    def add(self, formula: Formula, typeset: Typeset) -> None:
        """Keep what was made."""
        self._ready[formula] = typeset
        if len(self._ready) > _KEPT:
            self._ready.popitem(last=False)


class FormulaObject(QPyTextObject):
    """Qt's side of formulas: it asks how large each is, and has it drawn.

    Attributes:
        colour: Of formulas, where the text around them has no colour of its own.

    Thread: GUI.
    """

    def __init__(self, store: FormulaStore, parent: QObject) -> None:
        super().__init__(parent)
        self.colour = QColor()
        self._store = store
        self._painter = FormulaPainter()
        self._covered: dict[tuple[float, float], tuple[QRectF, Typeset, QColor]] = {}
        self._scratch = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)

    def format(self, formula: Formula, words: QTextCharFormat, font: QFont, room_px: float) -> QTextCharFormat:
        """How a formula is written into a document; the store must have its drawing.

        Args:
            formula: What stands in the place of one character.
            words: The format of the words around it.
            font: Their font.
            room_px: How wide the line is; a formula on its own line is made smaller to fit, within limits.
        """
        latex, display = formula
        typeset = self._store.get(formula)
        made = QTextCharFormat(words)
        made.setFont(font)
        made.setObjectType(OBJECT_TYPE)
        made.setProperty(LATEX, latex)
        made.setProperty(DISPLAY, display)
        # Qt lets an object hang below the line in one way only: its middle stands half a small x above the line.
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        em_px = _formula_em(font)
        made.setProperty(_EM_PX, em_px)
        made.setProperty(_HALF_X_PX, QFontMetrics(font).xHeight() / 2)
        if typeset is not None:
            width_px = self._painter.size(typeset, em_px).width()
            if display and width_px > room_px > 0:
                made.setProperty(_SHRINK, max(_LEAST_SHRINK, room_px / width_px))
            self._read(typeset, words)
        return made

    def _read(self, typeset: Typeset, words: QTextCharFormat) -> None:
        """Have a drawing read now: a screen full of formulas would stop the window when it is first painted."""
        painter = QPainter(self._scratch)
        self._painter.paint(painter, QRectF(0, 0, 1, 1), typeset, self._colour(words))
        painter.end()

    def intrinsicSize(self, _document: QTextDocument, _position: int, wanted: QTextFormat) -> QSizeF:
        """The room of a formula, so high that its baseline can stand on that of the text."""
        typeset = self._typeset(wanted)
        if typeset is None:
            return QSizeF(0, 0)
        em_px = self._em_px(wanted)
        above, below = self._painter.above(typeset, em_px), self._painter.below(typeset, em_px)
        half_x = float(wanted.property(_HALF_X_PX))
        height = max(2 * above - half_x, 2 * below + half_x)
        return QSizeF(self._painter.size(typeset, em_px).width(), height)

    def drawObject(
        self, painter: QPainter, room: QRectF | QRect, _document: QTextDocument, _position: int, wanted: QTextFormat
    ) -> None:
        """Draw a formula in the room that it asked for."""
        typeset = self._typeset(wanted)
        if typeset is None:
            return
        em_px = self._em_px(wanted)
        size = self._painter.size(typeset, em_px)
        baseline = room.top() + (room.height() + float(wanted.property(_HALF_X_PX))) / 2
        place = QPointF(room.left(), baseline - self._painter.above(typeset, em_px))
        selection = wanted.property(_SELECTION_BRUSH)
        if isinstance(selection, QBrush):
            painter.fillRect(room, selection)
            seen = painter.worldTransform().mapRect(QRectF(place, size))
            self._covered[seen.x(), seen.y()] = seen, typeset, self._colour(wanted)  # Qt may ask for it twice
        else:
            self._paint(painter, QRectF(place, size), typeset, self._colour(wanted))

    def draw_selected(self, painter: QPainter) -> None:
        """Draw the formulas that are selected, after all else: Qt paints the selection over them."""
        for place, typeset, colour in self._covered.values():
            self._paint(painter, place, typeset, colour)
        self._covered.clear()

    def _paint(self, painter: QPainter, place: QRectF, typeset: Typeset, colour: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.paint(painter, place, typeset, colour)
        painter.restore()

    def tip(self, pointed_at: QTextFormat) -> str:
        """What is wrong with the formula that a format stands for; empty when it is none, or when nothing is."""
        typeset = self._typeset(pointed_at) if pointed_at.hasProperty(LATEX) else None
        return f"<p>{escape(complaint_words(typeset.error))}</p>" if typeset is not None and typeset.error else ""

    def _typeset(self, wanted: QTextFormat) -> Typeset | None:
        return self._store.get((str(wanted.property(LATEX)), bool(wanted.property(DISPLAY))))

    def _em_px(self, wanted: QTextFormat) -> float:
        shrink = wanted.property(_SHRINK)
        return float(wanted.property(_EM_PX)) * (float(shrink) if shrink else 1.0)

    def _colour(self, wanted: QTextFormat) -> QColor:
        brush = wanted.property(QTextFormat.Property.ForegroundBrush.value)
        return brush.color() if isinstance(brush, QBrush) else self.colour


def _formula_em(font: QFont) -> float:
    """The em of formulas beside a font: half the way from its own to one in which both have small letters alike."""
    em_px = float(QFontInfo(font).pixelSize())
    ratio = QFontMetricsF(font).xHeight() / (_EX_EM * em_px) if em_px else 1.0
    return em_px * min(max(math.sqrt(ratio), 1.0), _MOST_GROWN)
