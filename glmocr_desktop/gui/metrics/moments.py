"""Charts whose values are read at one place: by the pointer, or by the arrow keys."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.theme import line_colour, muted_colour

_LEAVING = frozenset({QEvent.Type.Leave, QEvent.Type.Hide})


class MomentChart(QWidget):
    """A chart along a time axis, with a readout of one moment.

    The left and right keys move the readout, Home and End go to the oldest and the newest moment, Escape takes it away.
    What it says is the chart's accessible description, too.

    Thread: GUI.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAutoFillBackground(True)  # what is behind need not be painted twice a second, too
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._from_s, self._to_s = 0.0, 1.0
        self._moments: list[float] = []
        self._xs: list[float] = []
        self._read: int | None = None

    # What a kind of chart has to know

    def words_at(self, index: int) -> str:
        """What the chart says of a moment."""
        raise NotImplementedError

    def plot(self) -> QRectF:
        """Where the values are drawn."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Draw the values."""
        raise NotImplementedError

    # What all do

    @property
    def readout(self) -> str:
        """What is read now; empty for nothing."""
        return "" if self._read is None else self.words_at(self._read)

    def show_moments(self, from_s: float, to_s: float, moments: list[float]) -> None:
        """Show other moments, oldest first; the readout stays at its moment as long as that is there.

        Args:
            from_s: Where the axis begins, in seconds since 1970.
            to_s: Where it ends.
            moments: When there are values.
        """
        before = self._moments[self._read] if self._read is not None else None
        self._from_s, self._to_s, self._moments = from_s, max(to_s, from_s + 1e-6), moments
        if before is not None:
            kept = bool(moments) and before >= moments[0]
            self._read = min(range(len(moments)), key=lambda at: abs(moments[at] - before)) if kept else None
        self._place()
        if before is not None:
            self._tell()
        self.update()

    @property
    def xs(self) -> list[float]:
        """Where the moments are drawn."""
        return self._xs

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The moments have other places."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        plot = self.plot()
        left, right, per_s = plot.left(), plot.right(), plot.width() / (self._to_s - self._from_s)
        self._xs = [min(right, max(left, left + (each - self._from_s) * per_s)) for each in self._moments]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The values, the moment that is read, and the mark of the keyboard's place."""
        with QPainter(self) as painter:
            painter.save()
            self.draw(painter)
            painter.restore()
            plot = self.plot()
            if self._read is not None:
                x = round(self._xs[self._read])
                painter.fillRect(QRectF(x, plot.top(), 1, plot.height()), self.palette().color(QPalette.ColorRole.Text))
            if self.hasFocus():
                painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read what is below the pointer."""
        if not self._moments:
            return
        self._go_to(max(0, bisect_right(self._xs, event.position().x()) - 1))  # a value holds until the next one

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read another moment."""
        last = len(self._moments) - 1
        now = last + 1 if self._read is None else self._read
        places = {
            Qt.Key.Key_Left: now - 1,
            Qt.Key.Key_Right: now + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in places and last >= 0:
            self._go_to(max(0, min(last, places[key])))
        elif key is Qt.Key.Key_Escape and self._read is not None:
            self._go_to(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is read any more."""
        super().focusOutEvent(event)
        self._go_to(None)

    def event(self, event: QEvent) -> bool:
        """The pointer left, or the chart is gone."""
        if event.type() in _LEAVING and self._read is not None and not self.hasFocus():
            self._go_to(None)
        return super().event(event)

    def _go_to(self, index: int | None) -> None:
        if index == self._read:
            return
        self._read = index
        self._tell()
        self.update()

    def _tell(self) -> None:
        text = self.readout
        self.setAccessibleDescription(text)
        if self._read is None or not self.isVisible():
            QToolTip.hideText()
            return
        place = QPoint(round(self._xs[self._read]), round(self.plot().center().y()))
        QToolTip.showText(self.mapToGlobal(place), words.tip(text), self)

    def draw_axis(self, painter: QPainter, highest: str, words_below: tuple[str, str]) -> None:
        """Two faint lines, the highest value above, and what the ends of the axis are below."""
        plot, palette = self.plot(), self.palette()
        line = line_colour(palette)
        for y in (plot.top(), plot.center().y(), plot.bottom()):
            painter.fillRect(QRectF(plot.left(), round(y), plot.width(), 1), line)
        painter.setPen(muted_colour(palette))
        height = self.fontMetrics().height()
        painter.drawText(QRectF(plot.left(), plot.top() - height, plot.width(), height), 0, highest)
        below = QRectF(plot.left(), plot.bottom() + 2, plot.width(), height)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, words_below[0])
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, words_below[1])
