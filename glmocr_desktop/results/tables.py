"""What a person does to a table: every function takes a table, and gives a changed one.

Rows and columns are counted from 0, as they are seen: a cell that spans several is at each of its places. The end of a
range is the first row or column behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from glmocr_desktop.core.model import Cell
from glmocr_desktop.results.table import Place, Table

_VALUE = re.compile(r'(?:(?P<quoted>"(?:[^"]|"")*")(?=[\t\n]|\Z)|(?P<plain>[^\t\n]*))(?P<end>[\t\n]|\Z)')


def insert_rows(table: Table, at: int, count: int = 1) -> Table:
    """Add empty rows before a row, or at the end; a cell that reaches over the place becomes higher."""
    return _with_lines(table, at, count)


def insert_columns(table: Table, at: int, count: int = 1) -> Table:
    """Add empty columns before a column, or at the end; a cell that reaches over the place becomes wider."""
    return _with_lines(table.turned(), at, count).turned()


def delete_rows(table: Table, at: int, count: int = 1) -> Table:
    """Take rows away; a cell that reaches over them becomes lower. Of all rows, one empty cell is left."""
    return _without_lines(table, at, count)


def delete_columns(table: Table, at: int, count: int = 1) -> Table:
    """Take columns away; a cell that reaches over them becomes narrower. Of all columns, one empty cell is left."""
    return _without_lines(table.turned(), at, count).turned()


def merge(table: Table, top: int, left: int, bottom: int, right: int) -> Table:
    """Make one cell of an area, and of each cell that reaches into it; it has the words of all of them."""
    top, left, bottom, right = table.whole(top, left, bottom, right)
    inside = [place for place in table.places if place.meets(top, left, bottom, right)]
    lines: dict[int, list[str]] = {}
    for place in inside:
        if place.cell.text:
            lines.setdefault(place.row, []).append(place.cell.text)
    text = "\n".join(" ".join(each) for each in lines.values())
    merged = Place(top, left, Cell(text, bottom - top, right - left, inside[0].cell.header))
    outside = [place for place in table.places if not place.meets(top, left, bottom, right)]
    return replace(table, places=tuple(sorted([*outside, merged])))


def split(table: Table, row: int, column: int) -> Table:
    """Make a cell of each place of a cell; the first one keeps the words."""
    whole = table.at(row, column)
    parts = [
        Place(i, j, Cell("" if (i, j) != whole[:2] else whole.cell.text, header=whole.cell.header))
        for i in range(whole.row, whole.below)
        for j in range(whole.column, whole.behind)
    ]
    others = [place for place in table.places if place is not whole]
    return replace(table, places=tuple(sorted([*others, *parts])))


def set_texts(table: Table, texts: Mapping[tuple[int, int], str]) -> Table:
    """Give cells other words, by the row and column where each begins; other places are passed over."""
    return replace(
        table,
        places=tuple(
            place._replace(cell=replace(place.cell, text=tidied(texts[place[:2]]))) if place[:2] in texts else place
            for place in table.places
        ),
    )


def set_header(table: Table, top: int, bottom: int, header: bool) -> Table:
    """Make headers of the cells that begin in some rows, or make them usual cells again."""
    return replace(
        table,
        places=tuple(
            place._replace(cell=replace(place.cell, header=header)) if top <= place.row < bottom else place
            for place in table.places
        ),
    )


def paste(table: Table, top: int, left: int, values: Sequence[Sequence[str]]) -> Table:
    """Put words over the cells from a place on; the table grows when they need more room.

    Words for several places of one cell are joined.
    """
    missing = left + max(map(len, values), default=0) - table.width
    if missing > 0:
        table = insert_columns(table, table.width, missing)
    if top + len(values) > table.height:
        table = insert_rows(table, table.height, top + len(values) - table.height)
    texts: dict[tuple[int, int], str] = {}
    for place in table.places:
        lines = values[max(place.row - top, 0) : max(place.below - top, 0)]
        words = [words for line in lines for words in line[max(place.column - left, 0) : max(place.behind - left, 0)]]
        if words:
            texts[place[:2]] = " ".join(filter(None, words))
    return set_texts(table, texts)


def from_tsv(text: str) -> list[list[str]]:
    """The cells that a spreadsheet copies as text: columns behind tabs, lines within a cell between quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    values: list[list[str]] = [[]]
    for match in _VALUE.finditer(text):
        quoted = match["quoted"]
        values[-1].append(match["plain"] if quoted is None else quoted[1:-1].replace('""', '"'))
        if not match["end"]:
            break  # the end of the text would match once more
        if match["end"] == "\n":
            values.append([])
    return values


def part(table: Table, top: int, left: int, bottom: int, right: int) -> Table:
    """A table of the cells in an area; of a cell that reaches out of it, the part inside."""
    cut = [
        Place(
            max(place.row, top) - top,
            max(place.column, left) - left,
            replace(
                place.cell,
                row_span=min(place.below, bottom) - max(place.row, top),
                col_span=min(place.behind, right) - max(place.column, left),
            ),
        )
        for place in table.places
        if place.meets(top, left, bottom, right)
    ]
    return Table(bottom - top, right - left, tuple(sorted(cut)))


def tidied(text: str) -> str:
    """Words as a cell keeps them: single blanks, no empty lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _with_lines(table: Table, at: int, count: int) -> Table:
    moved: list[Place] = []
    open_columns = set(range(table.width))
    for place in table.places:
        if place.row >= at:
            moved.append(Place(place.row + count, place.column, place.cell))
        elif place.below > at:
            moved.append(place._replace(cell=replace(place.cell, row_span=place.cell.row_span + count)))
            open_columns.difference_update(range(place.column, place.behind))
        else:
            moved.append(place)
    usual = {column for place in table.places if not place.cell.header for column in range(place.column, place.behind)}
    added = [
        Place(row, column, Cell("", header=column not in usual))
        for row in range(at, at + count)
        for column in open_columns
    ]
    return Table(table.height + count, table.width, tuple(sorted([*moved, *added])))


def _without_lines(table: Table, at: int, count: int) -> Table:
    end = min(at + count, table.height)
    if end - at >= table.height:
        return Table(1, 1, (Place(0, 0, Cell("")),))
    kept: list[Place] = []
    for place in table.places:
        row, column, cell = place
        lost = max(0, min(row + cell.row_span, end) - max(row, at))
        if not lost:
            kept.append(place if row < at else Place(row - (end - at), column, cell))
        elif lost < cell.row_span:
            kept.append(Place(min(row, at), column, replace(cell, row_span=cell.row_span - lost)))
    return Table(table.height - (end - at), table.width, tuple(sorted(kept)))
