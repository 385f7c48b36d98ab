"""The grid of a ruled table: rulings become rows, columns, and cells that may span several of them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

Stroke = tuple[float, float, float]
"""Position across, begin, end; in pixels."""

_COVERED = 0.5  # least part of a cell's side that is ruled
_INSET = 4  # pixels at the ends of a side that other rulings may cover


@dataclass(frozen=True, slots=True)
class Area:
    """A cell as numbers of rulings, from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Grid:
    """Cells between rulings.

    Args:
        across: Horizontal strokes.
        down: Vertical strokes.
        frame: Left, top, right and bottom of the table; its sides count as ruled.
        height: Usual height of a line of text, in pixels.
    """

    def __init__(
        self, across: list[Stroke], down: list[Stroke], frame: tuple[float, float, float, float], height: float
    ) -> None:
        tolerance = max(6.0, 0.45 * height)
        across = [stroke for stroke in across if stroke[2] - stroke[1] >= 1.5 * height]  # else a Chinese one, a dash
        down = [stroke for stroke in down if stroke[2] - stroke[1] >= height]
        ys = _positions([stroke[0] for stroke in across], frame[1], frame[3], tolerance)
        xs = _positions([stroke[0] for stroke in down], frame[0], frame[2], tolerance)
        areas = _merged(across, down, xs, ys, tolerance)
        # A ruling that no cell begins at separates nothing.
        rows = sorted({area.top for area in areas} | {len(ys) - 1})
        columns = sorted({area.left for area in areas} | {len(xs) - 1})
        self._ys = [ys[row] for row in rows]
        self._xs = [xs[column] for column in columns]
        self.row_count = len(rows) - 1
        self.areas = sorted(
            (
                Area(rows.index(a.top), columns.index(a.left), rows.index(a.bottom), columns.index(a.right))
                for a in areas
            ),
            key=lambda area: (area.top, area.left),
        )
        self._cells = {
            (row, column): index
            for index, area in enumerate(self.areas)
            for row in range(area.top, area.bottom)
            for column in range(area.left, area.right)
        }

    def cell_at(self, x: float, y: float) -> int | None:
        """Number of the cell at a point in `areas`; None outside of the table."""
        return self._cells.get((bisect_right(self._ys, y) - 1, bisect_right(self._xs, x) - 1))


def _positions(values: list[float], low: float, high: float, tolerance: float) -> list[float]:
    """Rulings: strokes in a line are one, and those at the frame belong to it."""
    groups: list[list[float]] = []
    for value in sorted(value for value in values if low + tolerance < value < high - tolerance):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [low, *(sum(group) / len(group) for group in groups), high]


def _merged(across: list[Stroke], down: list[Stroke], xs: list[float], ys: list[float], tolerance: float) -> list[Area]:
    """Cells of the grid, those without a ruling between them as one."""
    owner: dict[tuple[int, int], Area] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            owner[row, column] = Area(row, column, row + 1, column + 1)
    for row, column in list(owner):
        if column + 2 < len(xs) and not _ruled(down, xs[column + 1], ys[row], ys[row + 1], tolerance):
            _join(owner, (row, column), (row, column + 1))
        if row + 2 < len(ys) and not _ruled(across, ys[row + 1], xs[column], xs[column + 1], tolerance):
            _join(owner, (row, column), (row + 1, column))
    return list(dict.fromkeys(owner.values()))


def _ruled(strokes: list[Stroke], position: float, begin: float, end: float, tolerance: float) -> bool:
    low, high = begin + _INSET, end - _INSET
    covered = sum(
        max(0.0, min(stroke[2], high) - max(stroke[1], low))
        for stroke in strokes
        if abs(stroke[0] - position) <= tolerance
    )
    return covered >= _COVERED * max(1.0, high - low)


def _join(owner: dict[tuple[int, int], Area], one: tuple[int, int], other: tuple[int, int]) -> None:
    """Make one rectangular cell of two, with everything that lies between them."""
    inside = {owner[one], owner[other]}
    while True:
        whole = Area(
            min(area.top for area in inside),
            min(area.left for area in inside),
            max(area.bottom for area in inside),
            max(area.right for area in inside),
        )
        places = [(r, c) for r in range(whole.top, whole.bottom) for c in range(whole.left, whole.right)]
        touched = {owner[place] for place in places}
        if touched <= inside:
            break
        inside |= touched
    for place in places:
        owner[place] = whole
