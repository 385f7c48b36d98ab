"""How a line of the history looks: the name, what became of the page, and what was found in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.history.found_model import FoundModel
from glmocr_desktop.gui.history.found_words import facts_of, state_of, title_of
from glmocr_desktop.gui.theme import muted_colour, selection_colour, small_font
from glmocr_desktop.jobs.kept import Found

_MARGIN_PX = 8
_ICON_PX = 14
_ROOM_PX = 4  # Chinese characters are higher than the font says


class FoundDelegate(QStyledItemDelegate):
    """Paints three lines: name, facts, and an excerpt with the words that were looked for.

    Thread: GUI.
    """

    def __init__(self, model: FoundModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All lines are as high."""
        small = QFontMetrics(small_font(option.font)).height() + _ROOM_PX
        return QSize(0, option.fontMetrics.height() + 2 * small + 2 * _MARGIN_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One line."""
        line = self._model.line(index)
        if line is None:
            return
        painter.save()
        palette: QPalette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, selection_colour(palette))
        rect: QRect = option.rect.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        name_px = option.fontMetrics.height()
        small_px = QFontMetrics(small_font(option.font)).height() + _ROOM_PX
        name = QRect(rect.left(), rect.top(), rect.width(), name_px)
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        title = option.fontMetrics.elidedText(title_of(line), Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, title)
        facts = QRect(rect.left(), name.bottom() + 1, rect.width(), small_px)
        self._paint_facts(painter, option, facts, line)
        excerpt = QRect(rect.left(), facts.bottom() + 1, rect.width(), small_px)
        self._paint_excerpt(painter, option, excerpt, line)
        painter.restore()

    def _paint_facts(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, line: Found) -> None:
        state, font = state_of(line), small_font(option.font)
        colour = words.state_colour(state, option.palette)
        ratio = painter.device().devicePixelRatio()
        mark = QRect(rect.left(), rect.center().y() - _ICON_PX // 2 + 1, _ICON_PX, _ICON_PX)
        painter.drawPixmap(mark, icons.pixmap(words.state_icon(state), _ICON_PX, colour, ratio))
        text = rect.adjusted(_ICON_PX + 5, 0, 0, 0)
        painter.setFont(font)
        painter.setPen(muted_colour(option.palette))
        elided = QFontMetrics(font).elidedText(" · ".join(facts_of(line)), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_excerpt(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, line: Found) -> None:
        font = small_font(option.font)
        text = QFontMetrics(font).elidedText(line.excerpt, Qt.TextElideMode.ElideRight, rect.width())
        layout = QTextLayout(text, font)
        choice = QTextOption()
        choice.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(choice)
        layout.setFormats(_marked(text, self._model.asked.words.split()))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.setClipRect(rect)
        layout.draw(painter, rect.topLeft())


def _marked(text: str, searched: list[str]) -> list[QTextLayout.FormatRange]:
    """The places of words in a text, bold."""
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    low = text.lower()
    ranges: list[QTextLayout.FormatRange] = []
    for word in (each.lower() for each in searched):
        place = low.find(word)
        while place >= 0:
            found = QTextLayout.FormatRange()
            found.start, found.length, found.format = place, len(word), bold
            ranges.append(found)
            place = low.find(word, place + len(word))
    return ranges
