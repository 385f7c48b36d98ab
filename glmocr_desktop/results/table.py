"""A table as it is seen: which cell is at each of its places.

Rows and columns are counted from 0; a cell that spans several is at each of its places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from glmocr_desktop.core.model import Cell

Rows = tuple[tuple[Cell, ...], ...]
"""The cells that begin in each row, from left to right, as in `Block.rows`."""


class Place(NamedTuple):
    """Where a cell begins."""

    row: int
    column: int
    cell: Cell

    @property
    def below(self) -> int:
        """The first row below the cell."""
        return self.row + self.cell.row_span

    @property
    def behind(self) -> int:
        """The first column to the right of the cell."""
        return self.column + self.cell.col_span

    def covers(self, row: int, column: int) -> bool:
        """Whether this place belongs to the cell."""
        return self.row <= row < self.below and self.column <= column < self.behind

    def meets(self, top: int, left: int, bottom: int, right: int) -> bool:
        """Whether the cell has a place in an area."""
        return self.row < bottom and self.below > top and self.column < right and self.behind > left

    def turned(self) -> Place:
        """The same with rows and columns exchanged."""
        cell = self.cell
        if cell.row_span != cell.col_span:
            cell = Cell(cell.text, cell.col_span, cell.row_span, cell.header)
        return Place(self.column, self.row, cell)


@dataclass(frozen=True)
class Table:
    """A table in which every place belongs to exactly one cell.

    Attributes:
        places: From left to right, row by row.
    """

    height: int
    width: int
    places: tuple[Place, ...]

    @classmethod
    def of(cls, rows: Rows) -> Table:
        """The table of these cells: missing ones are added, and what reaches into another cell is cut."""
        laid, width = _laid(rows)
        height = max(len(rows), 1)
        missing = _missing(laid, height, width)
        return cls(height, width, tuple(sorted(laid + missing) if missing else laid))

    def rows(self) -> Rows:
        """The cells that begin in each row."""
        rows: list[list[Cell]] = [[] for _ in range(self.height)]
        for place in self.places:
            rows[place.row].append(place.cell)
        return tuple(map(tuple, rows))

    @cached_property
    def spans(self) -> list[Place]:
        """The cells that have several places."""
        return [place for place in self.places if place.cell.row_span > 1 or place.cell.col_span > 1]

    def at(self, row: int, column: int) -> Place:
        """The cell to which a place belongs.

        Raises:
            IndexError: The table has no such place.
        """
        for place in self.places:
            if place.covers(row, column):
                return place
        raise IndexError((row, column))

    def whole(self, top: int, left: int, bottom: int, right: int) -> tuple[int, int, int, int]:
        """The smallest area around another that tears no cell apart."""
        area = top, left, bottom, right
        while met := [place for place in self.spans if place.meets(*area)]:
            grown = (
                min(area[0], *(place.row for place in met)),
                min(area[1], *(place.column for place in met)),
                max(area[2], *(place.below for place in met)),
                max(area[3], *(place.behind for place in met)),
            )
            if grown == area:
                break
            area = grown
        return area

    def turned(self) -> Table:
        """The same with rows and columns exchanged."""
        return Table(self.width, self.height, tuple(sorted(place.turned() for place in self.places)))


def _laid(rows: Rows) -> tuple[list[Place], int]:
    """Where the cells begin, row by row, and how wide the table is."""
    laid: list[Place] = []
    taken: dict[int, int] = {}  # by column, the first row that is free
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while taken.get(column, 0) > row:
                column += 1
            if cell.row_span == cell.col_span == 1:
                laid.append(Place(row, column, cell))
                taken[column] = row + 1
                column += 1
                continue
            height = min(cell.row_span, len(rows) - row)
            width = next((j for j in range(1, cell.col_span) if taken.get(column + j, 0) > row), cell.col_span)
            if (height, width) != (cell.row_span, cell.col_span):
                cell = replace(cell, row_span=height, col_span=width)
            laid.append(Place(row, column, cell))
            for j in range(column, column + width):
                taken[j] = row + height
            column += width
    return laid, max(taken, default=0) + 1


def _missing(laid: Sequence[Place], height: int, width: int) -> list[Place]:
    """An empty cell for each place that has none."""
    if sum(place.cell.row_span * place.cell.col_span for place in laid) == height * width:
        return []
    taken = {
        (row, column)
        for place in laid
        for row in range(place.row, place.below)
        for column in range(place.column, place.behind)
    }
    everywhere = ((row, column) for row in range(height) for column in range(width))
    return [Place(row, column, Cell("")) for row, column in everywhere if (row, column) not in taken]
