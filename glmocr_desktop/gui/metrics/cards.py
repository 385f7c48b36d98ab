"""Cards that stand beside each other as far as there is room, and below each other otherwise."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from glmocr_desktop.gui.theme import line_colour

_GAP_PX = 8
_MARGIN_PX = 8


class Card(QWidget):
    """A few widgets below a heading.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        font = QFont()  # of which only the weight is set: the size is the panel's
        font.setBold(True)
        self.heading.setFont(font)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        self._column.addWidget(self.heading)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below the others."""
        self._column.addWidget(widget, stretch)

    def add_line(self) -> QLabel:
        """A line of words below the others."""
        line = QLabel(self)
        line.setTextFormat(Qt.TextFormat.PlainText)
        self.add(line)
        return line

    def add_stretch(self) -> None:
        """Leave free room below."""
        self._column.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground of its own, with a faint line around."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(line_colour(self.palette()), 1))
            painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def put(label: QLabel, text: str) -> None:
    """Change a label that says something else; one that does not is not laid out again."""
    if label.text() != text:
        label.setText(text)


class CardFlow(QWidget):
    """Lays cards out in rows; a row takes all of the width, and free height goes to all rows.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[Card] = []
        self._arranging = False

    def add(self, card: Card) -> None:
        """Put a card after the others."""
        self._cards.append(card)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """None: in a narrow panel, cards are narrower than they would like to be."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A card needs another size, or came or went."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _shown(self) -> list[Card]:
        return [card for card in self._cards if not card.isHidden()]

    def _arrange(self) -> None:
        if self._arranging:  # its own least height makes an event
            return
        self._arranging = True
        rows = self._rows(self.width() - 2 * _MARGIN_PX)
        heights = [max(card.sizeHint().height() for card in row) for row in rows]
        needed = sum(heights) + _GAP_PX * max(0, len(rows) - 1) + 2 * _MARGIN_PX
        self.setMinimumHeight(needed)
        more = max(0, self.height() - needed) // max(1, len(rows))
        top = _MARGIN_PX
        for row, height in zip(rows, heights, strict=True):
            self._place(row, QRect(_MARGIN_PX, top, self.width() - 2 * _MARGIN_PX, height + more))
            top += height + more + _GAP_PX
        self._arranging = False

    def _rows(self, room: int) -> list[list[Card]]:
        rows: list[list[Card]] = []
        left = 0
        for card in self._shown():
            needed = card.minimumSizeHint().width() + _GAP_PX
            if rows and needed <= left:
                rows[-1].append(card)
                left -= needed
            else:
                rows.append([card])
                left = room + _GAP_PX - needed
        return rows

    @staticmethod
    def _place(row: list[Card], room: QRect) -> None:
        widths = [card.minimumSizeHint().width() for card in row]
        # Less than nothing where one card alone is wider than the panel: it gets what there is.
        free = room.width() - sum(widths) - _GAP_PX * (len(row) - 1)
        left = room.left()
        for number, (card, width) in enumerate(zip(row, widths, strict=True)):
            part = free * (number + 1) // len(row) - free * number // len(row)
            card.setGeometry(left, room.top(), width + part, room.height())
            left += width + part + _GAP_PX
