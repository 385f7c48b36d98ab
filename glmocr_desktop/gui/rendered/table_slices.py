"""Tables cut into slices of rows that can be shown one at a time."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from glmocr_desktop.core.model import Block, Cell, Run, Style
from glmocr_desktop.results import inline
from glmocr_desktop.results.blocks import places

CHUNK_COST_US = 4_000
"""How long the layout of what is written at once may take: it must fit, with a picture of it, between two frames."""

_CELL_COST_US = 90  # measured: Qt lays the text of every cell out three times
_FORMULA_COST_US = 600  # most of it for reading its drawing, once
_MAX_CELL = 10_000  # characters of a cell that are shown: a cell cannot be cut
_MAX_WIDTH = 40  # characters
_LONGEST_WORD = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table where it is shown; columns in which no cell begins are left out.

    Attributes:
        row: From the first row of its piece.
    """

    row: int
    column: int
    row_span: int
    col_span: int
    header: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The part of a table that is shown at once.

    Attributes:
        rows: Where each shown row begins in the whole table, and where the last one ends.
        edges: The same of columns.
        widths: How wide the columns of the whole table would be, and may not be less, in characters; empty when the
            table is in one piece and finds its widths by itself.
    """

    rows: tuple[int, ...]
    edges: tuple[int, ...]
    places: tuple[Place, ...]
    widths: tuple[tuple[int, int], ...] = ()

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows) - 1

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.edges) - 1


def cells_cost(cells: Iterable[Place]) -> int:
    """About how long the layout of cells takes, in microseconds."""
    return sum(_CELL_COST_US + runs_cost(cell.runs) for cell in cells)


def runs_cost(runs: Iterable[Run]) -> int:
    """About how long the layout of words takes, in microseconds, apart from their paragraph."""
    return sum(_FORMULA_COST_US if Style.FORMULA in run.style else len(run.text) for run in runs)


def slices(block: Block) -> list[Grid]:
    """A table in slices of rows, cut where no cell spans as far as that can be had."""
    cells = places(block)
    if not cells:
        return []
    edges = sorted({column for _, column, _ in cells} | {column + cell.col_span for _, column, cell in cells})
    rows = sorted({row for row, _, _ in cells} | {row + cell.row_span for row, _, cell in cells})
    placed = [
        Place(
            bisect_left(rows, row),
            bisect_left(edges, column),
            bisect_left(rows, row + cell.row_span) - bisect_left(rows, row),
            bisect_left(edges, column + cell.col_span) - bisect_left(edges, column),
            cell.header,
            inline.runs(shown_cell(cell)),
        )
        for row, column, cell in cells
    ]
    cuts = _cuts(placed, len(rows) - 1)
    widths = _widths(placed, len(edges) - 1) if len(cuts) > 2 else ()
    return [
        Grid(tuple(rows[top : bottom + 1]), tuple(edges), _slice(placed, top, bottom), widths)
        for top, bottom in pairwise(cuts)
    ]


def shown_cell(cell: Cell) -> str:
    """The words of a cell, without the end of very long ones."""
    return cell.text if len(cell.text) <= _MAX_CELL else f"{cell.text[:_MAX_CELL]}…"


def _cuts(placed: list[Place], height: int) -> list[int]:
    costs = [0] * height
    ends = [0] * height
    for place in placed:
        costs[place.row] += cells_cost((place,))
        ends[place.row] = max(ends[place.row], place.row + place.row_span)
    cuts, cost, end = [0], 0, 0
    for row in range(height):
        too_long = cost + costs[row] > CHUNK_COST_US
        if row > cuts[-1] and ((too_long and end <= row) or cost > 2 * CHUNK_COST_US):
            cuts.append(row)
            cost = 0
        cost += costs[row]
        end = max(end, ends[row])
    return [*cuts, height]


def _slice(placed: list[Place], top: int, bottom: int) -> tuple[Place, ...]:
    """The cells of some rows; one that spans across a cut goes on below it, empty."""
    found = []
    for place in placed:
        begin, end = max(place.row, top), min(place.row + place.row_span, bottom)
        if begin < end:
            runs = place.runs if begin == place.row else ()
            found.append(replace(place, row=begin - top, row_span=end - begin, runs=runs))
    return tuple(found)


def _widths(placed: list[Place], width: int) -> tuple[tuple[int, int], ...]:
    wanted, least = [3] * width, [3] * width
    for place in placed:
        if place.col_span == 1:
            text = inline.plain(place.runs)
            longest = max((_columns(line) for line in text.split("\n")), default=0)
            wanted[place.column] = max(wanted[place.column], min(longest, _MAX_WIDTH))
            word = max((_columns(each) for each in text.split()), default=0)
            least[place.column] = max(least[place.column], min(word, _LONGEST_WORD))
    return tuple(zip(wanted, least, strict=True))


def _columns(text: str) -> int:
    """How wide a text is, in Latin letters."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
