"""The area that a person chooses on a screen, in its pixels."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize

_LEAST_PX = 4  # less is a click


class Selection:
    """An area that always lies on its screen.

    Args:
        size: Of the screen.
        area: What to begin with, if it fits.
    """

    def __init__(self, size: QSize, area: QRect) -> None:
        self._screen = QRect(QPoint(0, 0), size)
        self._from = QPoint()
        self.area = area if self._screen.contains(area) else QRect()

    @property
    def usable(self) -> bool:
        """Whether it is large enough to be read."""
        return self.area.width() >= _LEAST_PX and self.area.height() >= _LEAST_PX

    def begin(self, place: QPoint) -> None:
        """A drag begins here."""
        self._from = self._inside(place)
        self.area = QRect()

    def drag(self, place: QPoint) -> None:
        """It has come here: both pixels belong to the area."""
        to = self._inside(place)
        left, right = sorted((self._from.x(), to.x()))
        top, bottom = sorted((self._from.y(), to.y()))
        self.area = QRect(QPoint(left, top), QPoint(right, bottom))

    def suggest(self) -> None:
        """The middle of the screen, for those who have no pointer."""
        size = self._screen.size() / 2
        self.area = QRect(QPoint(size.width() // 2, size.height() // 2), size)

    def move(self, by: QPoint) -> None:
        """Move the area as far as the screen goes."""
        most = self._screen.bottomRight() - QPoint(self.area.width() - 1, self.area.height() - 1)
        to = self.area.topLeft() + by
        self.area.moveTopLeft(QPoint(max(0, min(to.x(), most.x())), max(0, min(to.y(), most.y()))))

    def stretch(self, by: QPoint) -> None:
        """Move its lower right corner, as far as the screen goes."""
        corner = self._inside(self.area.bottomRight() + by)
        least = self.area.topLeft() + QPoint(_LEAST_PX - 1, _LEAST_PX - 1)
        self.area.setBottomRight(QPoint(max(least.x(), corner.x()), max(least.y(), corner.y())))

    def _inside(self, place: QPoint) -> QPoint:
        return QPoint(
            max(0, min(place.x(), self._screen.right())),
            max(0, min(place.y(), self._screen.bottom())),
        )
