"""The sheets of a workbook: cells where the table has them, cut to what Excel can hold, never short of anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from glmocr_desktop.core.model import Cell
from glmocr_desktop.results.export.script import columns
from glmocr_desktop.results.export.sheets.number import decimal_sign, number

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
_MAX_CHARACTERS = 32_767  # of a cell, in units of UTF-16
_MAX_NAME = 31
_LOWEST_PLANE = 0xFFFF
_WIDTHS = (6, 60)  # of a column, in characters
_MARGIN = 2
_HEADER_COLOUR = "#F2F2F2"
_MOST_FROZEN = 10  # rows; more would leave no room to scroll in
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_HALF = re.compile(r"[\ud800-\udfff]")
_NO_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
# What Excel would make a number, a date or a formula of as soon as somebody touches the cell.
_TOUCHY = re.compile(r"[\s'\"(]*[\d=+\-@＝＋－＠].{0,200}", re.DOTALL)


class Placed(NamedTuple):
    """A cell on a sheet.

    Attributes:
        row: From 0.
        column: From 0.
        decimal: What stands before the decimals in the numbers around it; empty when that is not known.
    """

    row: int
    column: int
    cell: Cell
    decimal: str = ""


class Table(NamedTuple):
    """A table for a workbook.

    Attributes:
        title: Of its sheet, as far as sheets can be called that.
        cells: As `blocks.places` gives them.
        decimal: What stands before the decimals in the other tables of the document, if that is known.
    """

    title: str
    cells: Sequence[tuple[int, int, Cell]]
    decimal: str

    def placed(self) -> list[Placed]:
        """Its cells; what is too long for one goes on to the right of the table, in the same row."""
        decimal = decimal_sign(cell.text for _, _, cell in self.cells) or self.decimal
        width = max((column + cell.col_span for _, column, cell in self.cells), default=0)
        ends: defaultdict[int, int] = defaultdict(lambda: width)
        placed = []
        for row, column, cell in self.cells:
            first, *others = _pieces(cell.text)
            placed.append(Placed(row, column, replace(cell, text=first), decimal))
            for text in others:
                placed.append(Placed(row, ends[row], Cell(text, header=cell.header)))
                ends[row] += 1
        return placed


class Book:
    """A workbook that is being written.

    Args:
        workbook: An empty one.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._names: set[str] = {"history"}  # which Excel keeps for itself
        self._formats: dict[tuple[bool, str], Format] = {}

    def add_table(self, table: Table) -> None:
        """Write a table on a sheet of its own, or on several when it is larger than a sheet."""
        for part in _parts(table.placed()):
            sheet = self._add_sheet(table.title)
            self._write(sheet, part)
            if frozen := _header_rows(part):
                sheet.freeze_panes(frozen, 0)

    def add_tables(self, title: str, tables: Iterable[Table]) -> None:
        """Write tables one below the other, each with its title above it."""
        cells: list[Placed] = []
        row = 0
        for table in tables:
            cells.append(Placed(row, 0, Cell(table.title, header=True)))
            placed = table.placed()
            cells += [each._replace(row=row + 1 + each.row) for each in placed]
            row += 2 + max((each.row + each.cell.row_span for each in placed), default=0)
        for part in _parts(cells):
            self._write(self._add_sheet(title), part)

    def add_text(self, title: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write lines of text; every cell but the last is short.

        Args:
            title: Of the sheet.
            heading: Of the columns; the last one is the text.
            rows: As long as the heading.
        """
        cut = [[*row[:-1], piece] for row in rows for piece in _pieces(row[-1])]
        step = MAX_ROWS - 1
        for begin in range(0, max(len(cut), 1), step):
            sheet = self._add_sheet(title)
            cells = [Placed(0, column, Cell(text, header=True)) for column, text in enumerate(heading)]
            for place, row in enumerate(cut[begin : begin + step], 1):
                cells += [Placed(place, column, Cell(text)) for column, text in enumerate(row) if text]
            self._write(sheet, cells)
            sheet.freeze_panes(1, 0)

    def _add_sheet(self, title: str) -> Worksheet:
        sheet = self._workbook.add_worksheet(self._free_name(title))
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})
        return sheet

    def _free_name(self, title: str) -> str:
        title = _HALF.sub("?", _NO_NAME.sub("_", title)).strip() or "Sheet"
        name, count = _cut(title, _MAX_NAME), 1
        while name.casefold() in self._names:
            count += 1
            added = f" ({count})"
            name = _cut(title, _MAX_NAME - len(added)) + added
        self._names.add(name.casefold())
        return name

    def _write(self, sheet: Worksheet, cells: Iterable[Placed]) -> None:
        widths: defaultdict[int, int] = defaultdict(int)
        merged: set[tuple[int, int]] = set()
        for row, column, cell, decimal in cells:
            known = number(cell.text, decimal)
            text = _HALF.sub("\ufffd", _UNWRITABLE.sub("", cell.text))
            shown = known.shown if known else "@" if _TOUCHY.fullmatch(text) else ""
            style = self._format(header=cell.header, shown=shown)
            area = {(row + i, column + j) for i in range(cell.row_span) for j in range(cell.col_span)}
            if len(area) > 1 and not area & merged:
                merged |= area
                sheet.merge_range(row, column, row + cell.row_span - 1, column + cell.col_span - 1, "", style)
            if known:
                sheet.write_number(row, column, known.value, style)
            elif text:
                sheet.write_string(row, column, text, style)
            elif len(area) == 1:
                sheet.write_blank(row, column, None, style)
            if cell.col_span == 1:
                widths[column] = max(widths[column], _width(text))
        low, high = _WIDTHS
        for column, width in widths.items():
            sheet.set_column(column, column, min(max(width + _MARGIN, low), high))

    def _format(self, *, header: bool, shown: str) -> Format:
        key = header, shown
        if key not in self._formats:
            style: dict[str, object] = {"valign": "top", "text_wrap": True}
            if header:
                style |= {"bold": True, "bg_color": _HEADER_COLOUR, "bottom": 1}
            if shown:
                style["num_format"] = shown
            self._formats[key] = self._workbook.add_format(style)
        return self._formats[key]


def _parts(cells: Iterable[Placed]) -> Iterator[list[Placed]]:
    """The cells of one sheet after another; a cell that reaches over the edge of a sheet ends there."""
    parts: defaultdict[tuple[int, int], list[Placed]] = defaultdict(list)
    for row, column, cell, decimal in cells:
        below, right = row % MAX_ROWS, column % MAX_COLUMNS
        fitting = replace(
            cell, row_span=min(cell.row_span, MAX_ROWS - below), col_span=min(cell.col_span, MAX_COLUMNS - right)
        )
        parts[row // MAX_ROWS, column // MAX_COLUMNS].append(Placed(below, right, fitting, decimal))
    for key in sorted(parts):
        yield parts[key]


def _header_rows(cells: Sequence[Placed]) -> int:
    """How many rows at the top are heads only, when there are others below them."""
    plain = min((each.row for each in cells if not each.cell.header), default=0)
    ends = max((each.row + each.cell.row_span for each in cells if each.row < plain), default=0)
    return ends if ends == plain <= _MOST_FROZEN else 0


def _width(text: str) -> int:
    most = _WIDTHS[1]
    return max(columns(line[:most]) for line in text[: most * most].split("\n"))


def _pieces(text: str) -> list[str]:
    """A text in parts that each fit into a cell; one at least."""
    step = _MAX_CHARACTERS if text.isascii() or max(map(ord, text)) <= _LOWEST_PLANE else _MAX_CHARACTERS // 2
    return [text[begin : begin + step] for begin in range(0, len(text), step)] or [""]


def _cut(title: str, most: int) -> str:
    """As much of a title as fits, in units of UTF-16."""
    return title.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").rstrip(" '")
