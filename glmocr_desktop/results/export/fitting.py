"""Tables on paper: rows without gaps, and columns that share the width of a page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from glmocr_desktop.core.model import Block, Cell
from glmocr_desktop.results import inline
from glmocr_desktop.results.export.script import columns
from glmocr_desktop.results.table import Table

_FORMULA = re.compile(r"\$([^$\n]+)\$")
_COMMAND = re.compile(r"\\[a-zA-Z]+ ?|\\.")
_NO_INK = re.compile(r"[{}^_&\s]")
_NUMBER = re.compile(r"[(\-−+±≤≥<>~≈]?\s*[$€£¥￥]?\s*\d[\d.,'  ]*\s*(?:%|‰|％|\))?")
_NOTHING = re.compile(r"[-–—/.…]?")


@dataclass(frozen=True, slots=True)
class Place:
    """What a row has at some of its columns.

    Attributes:
        column: The first of them, from 0.
        width: How many there are.
        height: In how many rows the cell stands.
        row: Which of these rows this is, from 0.
        cell: What stands there, in the first of the rows.
    """

    column: int
    width: int
    height: int
    row: int
    cell: Cell

    @property
    def is_last(self) -> bool:
        """Whether the cell ends in this row."""
        return self.row == self.height - 1


@dataclass(frozen=True, slots=True)
class FittedTable:
    """A table whose rows all have a place for every column.

    Attributes:
        rows: From left to right.
        widths: What each column needs for its longest line, in Latin letters.
        header_rows: How many rows at the top are headers, and no cell reaches out of them.
        numeric: Columns that hold numbers below their header.
        right_to_left: Whether the table begins with a script that runs from right to left.
    """

    rows: tuple[tuple[Place, ...], ...]
    widths: tuple[int, ...]
    header_rows: int
    numeric: frozenset[int]
    right_to_left: bool

    def shares(self, room: float, letter: float, padding: float) -> tuple[float, ...]:
        """How wide each column is drawn; narrow ones get what they need, wide ones share the rest.

        Args:
            room: The width that there is.
            letter: How wide a letter is, in the same unit.
            padding: What a column needs beside its letters.
        """
        wanted = [width * letter + padding for width in self.widths]
        shares = list(wanted)
        rest = room
        for done, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
            shares[column] = min(wanted[column], rest / (len(wanted) - done))
            rest -= shares[column]
        return tuple(shares)

    def mirrored(self) -> FittedTable:
        """The same from right to left."""
        count = len(self.widths)
        rows = (
            tuple(replace(place, column=count - place.column - place.width) for place in reversed(row))
            for row in self.rows
        )
        numeric = frozenset(count - 1 - column for column in self.numeric)
        return replace(self, rows=tuple(rows), widths=self.widths[::-1], numeric=numeric)


def fitted(block: Block, most_columns: int) -> Iterator[FittedTable]:
    """A table as one or, when it has too many columns, several tables that stand below each other.

    Args:
        block: A table.
        most_columns: How many columns a table may have.
    """
    rows, width = _rows(block, most_columns)
    parts: list[list[list[Place]]] = [[[] for _ in rows] for _ in range(0, width, most_columns)]
    for number, row in enumerate(rows):
        for place in row:
            for part in range(place.column // most_columns, (place.column + place.width - 1) // most_columns + 1):
                parts[part][number].append(_cut(place, part * most_columns, (part + 1) * most_columns))
    for part, places in enumerate(parts):
        yield _measured(places, min(most_columns, width - part * most_columns))


def _rows(block: Block, most_columns: int) -> tuple[list[list[Place]], int]:
    """The places of each row; of a span that claims hundreds of columns, those are left out in which nothing begins."""
    table = Table.of(block.rows)
    edges = list(range(table.width + 1))
    if table.width > most_columns:
        edges = sorted({place.column for place in table.places} | {table.width})
    rows: list[list[Place]] = [[] for _ in range(table.height)]
    for row, column, cell in table.places:
        begin, end = bisect_left(edges, column), bisect_left(edges, column + cell.col_span)
        for number in range(cell.row_span):
            rows[row + number].append(Place(begin, end - begin, cell.row_span, number, cell))
    for each in rows:
        each.sort(key=lambda place: place.column)
    return rows, len(edges) - 1


def _cut(place: Place, begin: int, end: int) -> Place:
    """The part of a place between two columns, counted from the first of them; words stay where a cell begins."""
    left, right = max(place.column, begin), min(place.column + place.width, end)
    cell = place.cell if left == place.column else replace(place.cell, text="")
    return Place(left - begin, right - left, place.height, place.row, cell)


def _measured(rows: list[list[Place]], width: int) -> FittedTable:
    header_rows = _header_rows(rows)
    begun = [(number, place) for number, row in enumerate(rows) for place in row if place.row == 0]
    bodies: list[list[str]] = [[] for _ in range(width)]
    for number, place in begun:
        if place.width == 1 and number >= header_rows and not place.cell.header:
            bodies[place.column].append(place.cell.text.strip())
    return FittedTable(
        tuple(map(tuple, rows)),
        _widths([place for _, place in begun], width),
        header_rows,
        frozenset(column for column, texts in enumerate(bodies) if _are_numbers(texts)),
        inline.is_right_to_left(" ".join(place.cell.text for _, place in begun[: 2 * width])),
    )


def _header_rows(rows: Sequence[Sequence[Place]]) -> int:
    count = 0
    while count < len(rows) and all(place.cell.header for place in rows[count]):
        count += 1
    if count == len(rows) or any(not place.is_last for place in rows[count - 1] if count):
        return 0  # what is repeated on every page must leave room for something
    return count


def _widths(places: Sequence[Place], width: int) -> tuple[int, ...]:
    widths = [1] * width
    for place in places:
        if place.width == 1:
            widths[place.column] = max(widths[place.column], _needed(place.cell))
    for place in places:
        covered = range(place.column, place.column + place.width)
        missing = _needed(place.cell) - sum(widths[column] for column in covered) if place.width > 1 else 0
        if missing > 0:
            for column in covered:
                widths[column] += -(-missing // place.width)
    return tuple(widths)


def _needed(cell: Cell) -> int:
    """How wide a cell wants to be, in Latin letters; bold ones are wider."""
    width = line_width(cell.text)
    return width + width // 6 + 1 if cell.header else width


def line_width(text: str) -> int:
    """How wide the longest line of a cell is about, in Latin letters."""
    return max(columns(_FORMULA.sub(_drawn, line)) for line in text.split("\n"))


def _drawn(formula: re.Match[str]) -> str:
    """As many letters as a formula is about wide."""
    return _NO_INK.sub("", _COMMAND.sub("xx", formula[1]))


def _are_numbers(texts: Sequence[str]) -> bool:
    numbers = [text for text in texts if not _NOTHING.fullmatch(text)]
    return bool(numbers) and all(_NUMBER.fullmatch(text) for text in numbers)
