"""How a part of a page follows the hand that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

from PySide6.QtCore import QPointF, QRectF

from glmocr_desktop.core.model import Region

_REACH_PX = 7  # how far from an edge one still takes hold of it
_LEAST = 0.005  # of the page


class Grip(Flag):
    """Where a part is held: inside, at an edge, or at the corner of two."""

    NONE = 0
    INSIDE = auto()
    LEFT = auto()
    RIGHT = auto()
    TOP = auto()
    BOTTOM = auto()


@dataclass(frozen=True, slots=True)
class Drag:
    """A part in somebody's hand.

    Attributes:
        part: Its number; negative while it is not there yet.
        begin: Where in the scene it was taken.
        region: Where it was then.
    """

    part: int
    grip: Grip
    begin: QPointF
    region: Region


def grip_at(place: QRectF, point: QPointF, scale: float) -> Grip:
    """Where one takes hold of a part.

    Args:
        place: Of the part.
        point: Of the pointer.
        scale: Pixels of the screen for a unit of both.
    """
    reach = _REACH_PX / scale
    if not place.adjusted(-reach, -reach, reach, reach).contains(point):
        return Grip.NONE
    grip = Grip.NONE
    inner = min(reach, place.width() / 4, place.height() / 4)  # a small part has an inside, too
    if point.x() < place.left() + inner:
        grip |= Grip.LEFT
    elif point.x() > place.right() - inner:
        grip |= Grip.RIGHT
    if point.y() < place.top() + inner:
        grip |= Grip.TOP
    elif point.y() > place.bottom() - inner:
        grip |= Grip.BOTTOM
    return grip or Grip.INSIDE


def moved(region: Region, way: QPointF) -> Region:
    """A part somewhere else, still on the page; the way is in shares of the page."""
    left = min(max(region.left + way.x(), 0.0), 1.0 - region.width)
    top = min(max(region.top + way.y(), 0.0), 1.0 - region.height)
    return Region(left, top, region.width, region.height)


def resized(region: Region, grip: Grip, way: QPointF) -> Region:
    """A part of which an edge or a corner was moved; it may be turned inside out on the way."""
    left, right = _span(region.left, region.width, way.x(), first=Grip.LEFT in grip, last=Grip.RIGHT in grip)
    top, bottom = _span(region.top, region.height, way.y(), first=Grip.TOP in grip, last=Grip.BOTTOM in grip)
    return Region(left, top, right - left, bottom - top)


def _span(begin: float, length: float, way: float, *, first: bool, last: bool) -> tuple[float, float]:
    one = begin + (way if first else 0.0)
    other = begin + length + (way if last else 0.0)
    low, high = (min(max(each, 0.0), 1.0) for each in sorted((one, other)))
    if high - low < _LEAST and (first or last):
        low = min(low, 1.0 - _LEAST)
        high = low + _LEAST
    return low, high
