"""Values over time: as stacks, or as lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.metrics.amounts import clock
from glmocr_desktop.gui.metrics.moments import MomentChart
from glmocr_desktop.gui.theme import blended

_LEAST_HEIGHT_PX = 56
_LEAST_WIDTH_PX = 180
_ROOM_FOR_GAPS_PX = 3
_STACK_STRENGTH = 0.8  # areas are louder than words


class Series(NamedTuple):
    """A value over time.

    Attributes:
        hue: Name of a colour of `words.hue`.
        values: One for each moment.
    """

    hue: str
    values: Sequence[float]


class TimeChart(MomentChart):
    """Draws series over time, and says their values at one moment.

    Args:
        name: The object's name.
        say: What the chart says of the moment with an index.
        amount: The highest value in words.
        stacked: Whether values stand on each other, as bars; otherwise they are lines.
        floor: The chart is at least so high.

    Thread: GUI.
    """

    def __init__(
        self,
        name: str,
        say: Callable[[int], str],
        amount: Callable[[float], str],
        *,
        stacked: bool,
        floor: float = 1.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._say = say
        self._amount = amount
        self._stacked = stacked
        self._floor = floor
        self._series: Sequence[Series] = ()
        self._highest = floor
        self._words_below = ("", "")

    def show_series(
        self, span: tuple[float, float], moments: list[float], series: Sequence[Series], words_below: tuple[str, str]
    ) -> None:
        """Show other values.

        Args:
            span: Where the axis begins and ends, in seconds since 1970.
            moments: When the values were taken, oldest first.
            series: The values; of stacks, the lowest first.
            words_below: What the ends of the axis are.
        """
        self._series = series
        self._words_below = words_below
        columns = zip(*(each.values for each in series), strict=True) if series else ()
        heights = (sum(column) if self._stacked else max(column) for column in columns)
        self._highest = _rounded_up(max(heights, default=0.0), self._floor)
        self.show_moments(*span, moments)

    def words_at(self, index: int) -> str:
        """The time, and the values."""
        return f"{clock(self._moments[index])}\n{self._say(index)}"

    def sizeHint(self) -> QSize:
        """Enough to see a course."""
        return QSize(_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX + 2 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def plot(self) -> QRectF:
        """Between the words above and below."""
        height = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(2, height + 1, -2, -height - 3)

    def draw(self, painter: QPainter) -> None:
        """Axis and values."""
        self.draw_axis(painter, self._amount(self._highest), self._words_below)
        if self._stacked:
            self._draw_stacks(painter)
        else:
            for each in self._series:
                self._draw_line(painter, each)

    def _draw_stacks(self, painter: QPainter) -> None:
        plot, palette = self.plot(), self.palette()
        scale = plot.height() / self._highest
        lefts = [round(x) for x in self.xs]
        rooms = [right - left for left, right in pairwise([*lefts, round(plot.right())])]
        widths = [max(1, room - (room > _ROOM_FOR_GAPS_PX)) for room in rooms]
        tops = [plot.bottom()] * len(lefts)
        painter.setPen(Qt.PenStyle.NoPen)
        for each in self._series:
            bars = []
            for at, value in enumerate(each.values):
                if value:
                    height = max(1.0, value * scale)
                    tops[at] -= height
                    bars.append(QRectF(lefts[at], tops[at], widths[at], height))
            ground = palette.color(QPalette.ColorRole.Base)
            painter.setBrush(blended(words.hue(each.hue, palette), ground, _STACK_STRENGTH))
            painter.drawRects(bars)

    def _draw_line(self, painter: QPainter, series: Series) -> None:
        plot, scale = self.plot(), self.plot().height() / self._highest
        pen = QPen(words.hue(series.hue, self.palette()))
        pen.setWidth(1)  # a wider one, or a dashed one, takes many times as long
        painter.setPen(pen)
        bottom, y = plot.bottom(), 0.0
        points: list[QPointF] = []
        for x, value in zip(self.xs, series.values, strict=True):
            if points:
                points.append(QPointF(x, y))  # it held until it was looked at again
            y = bottom - value * scale
            points.append(QPointF(x, y))
        if points:
            painter.drawPolyline([*points, QPointF(plot.right(), y)])


def _rounded_up(value: float, floor: float) -> float:
    """A round number that is not lower, so that the axis seldom changes."""
    step = floor
    while True:
        for factor in (1, 2, 5):
            if step * factor >= value:
                return step * factor
        step *= 10
