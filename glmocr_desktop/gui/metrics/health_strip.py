"""How a server was during the last hour, as a strip of colours that says its states in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui import server_words
from glmocr_desktop.gui.metrics.amounts import clock, whole
from glmocr_desktop.gui.metrics.moments import MomentChart
from glmocr_desktop.gui.theme import line_colour, muted_colour
from glmocr_desktop.recognition.health import Seen

translate = QCoreApplication.translate

_HOUR_S = 3600.0
_STRIP_PX = 12
_LEAST_WIDTH_PX = 180
_STILL_S = 5.0  # in which an hour moves by a pixel at most


class HealthStrip(MomentChart):
    """One server's states of the last hour; every change and a few moments between can be read.

    Thread: GUI.
    """

    def __init__(self, server: str, parent: QWidget | None = None) -> None:
        super().__init__("healthStrip", parent)
        self._server = server
        self._seen: Sequence[Seen] = ()
        self._shown_s = 0.0

    def show_seen(self, now_s: float, seen: Sequence[Seen]) -> None:
        """Show other states, oldest first."""
        if seen == self._seen and now_s - self._shown_s < _STILL_S:
            return
        self._seen, self._shown_s = seen, now_s
        self.setAccessibleName(translate("HealthStrip", "Health of {0} in the last hour").format(self._server))
        self.show_moments(now_s - _HOUR_S, now_s, [each.at_s for each in seen])

    def words_at(self, index: int) -> str:
        """The server, the time, and its state."""
        seen = self._seen[index]
        state = server_words.state_words(seen.state)
        if seen.latency_ms is not None:
            took = translate("HealthStrip", "{0} ms").format(whole(round(seen.latency_ms)))
            state = f"{state} · {took}"
        return f"{self._server} · {clock(seen.at_s)}\n{state}"

    def sizeHint(self) -> QSize:
        """The server's name, and its strip below."""
        return QSize(_LEAST_WIDTH_PX, self.fontMetrics().height() + _STRIP_PX + 6)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def plot(self) -> QRectF:
        """The strip."""
        return QRectF(2, self.fontMetrics().height() + 3, self.width() - 4, _STRIP_PX)

    def draw(self, painter: QPainter) -> None:
        """A colour from each state to the next, and what that is of."""
        plot, palette = self.plot(), self.palette()
        painter.setPen(muted_colour(palette))
        above = QRectF(plot.left(), 0, plot.width(), plot.top())
        hour = translate("HealthStrip", "last hour")
        room = plot.width() - self.fontMetrics().horizontalAdvance(hour) - 12
        name = self.fontMetrics().elidedText(self._server, Qt.TextElideMode.ElideMiddle, round(room))
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, name)
        painter.drawText(above, Qt.AlignmentFlag.AlignRight, hour)
        painter.fillRect(plot, line_colour(palette))
        ends = [*self.xs, plot.right()]
        for first, after in _stretches(self._seen):
            left, right = ends[first], ends[after]
            colour = server_words.health_colour(self._seen[first].state, palette)
            painter.fillRect(QRectF(left, plot.top(), max(1.0, right - left), plot.height()), colour)


def _stretches(seen: Sequence[Seen]) -> list[tuple[int, int]]:
    """Where each state begins, and where the next one does."""
    starts = [at for at, each in enumerate(seen) if not at or each.state is not seen[at - 1].state]
    return list(pairwise([*starts, len(seen)]))
