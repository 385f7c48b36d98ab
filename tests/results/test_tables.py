"""Tables are changed as a person expects it, whatever spans they have."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import count

import pytest

from glmocr_desktop.core.model import Cell
from glmocr_desktop.results import tables
from glmocr_desktop.results.blocks import parse
from glmocr_desktop.results.source import table_source
from glmocr_desktop.results.table import Place, Table

_SPANS = Table.of(
    (
        (Cell("A", row_span=2), Cell("B C", col_span=2)),
        (Cell("D"), Cell("E")),
        (Cell("F"), Cell("G"), Cell("H")),
    )
)

_Grid = list[list[int]]
"""Which cell is at each place: the plainest picture of a table that there is."""


def _grid(table: Table) -> list[list[str]]:
    """The words at each place; a cell is at all of its places, and no place is free or taken twice."""
    places = {
        (row, column): place.cell.text
        for place in table.places
        for row in range(place.row, place.below)
        for column in range(place.column, place.behind)
    }
    assert sum(place.cell.row_span * place.cell.col_span for place in table.places) == len(places)
    assert len(places) == table.height * table.width
    return [[places[row, column] for column in range(table.width)] for row in range(table.height)]


def _named(grid: _Grid) -> list[list[str]]:
    return [[f"c{each}" for each in line] for line in grid]


def _turned(grid: _Grid) -> _Grid:
    return [list(line) for line in zip(*grid, strict=True)]


def _inserted(grid: _Grid, at: int, ids: count[int]) -> _Grid:
    above, below = (grid[at - 1] if at else None), (grid[at] if at < len(grid) else None)
    new = [above[j] if above and below and above[j] == below[j] else next(ids) for j in range(len(grid[0]))]
    return [*grid[:at], new, *grid[at:]]


def _merged(grid: _Grid, area: tuple[int, int, int, int]) -> _Grid:
    top, left, bottom, right = area
    first = grid[top][left]
    return [
        [first if top <= i < bottom and left <= j < right else each for j, each in enumerate(line)]
        for i, line in enumerate(grid)
    ]


def _split(grid: _Grid, row: int, column: int, ids: count[int]) -> _Grid:
    whole = grid[row][column]
    first = next((i, j) for i, line in enumerate(grid) for j, each in enumerate(line) if each == whole)
    return [
        [next(ids) if each == whole and (i, j) != first else each for j, each in enumerate(line)]
        for i, line in enumerate(grid)
    ]


def _has_its_words(place: Place, grid: _Grid) -> bool:
    """Whether a cell begins with its old name; a new one has none, a merged one several."""
    words = place.cell.text.split()
    return not words or words[0] == f"c{grid[place.row][place.column]}"


def _renamed(table: Table, grid: _Grid) -> Table:
    """New cells get names, so that they can be told apart."""
    names = {(place.row, place.column): f"c{grid[place.row][place.column]}" for place in table.places}
    return tables.set_texts(table, names)


@pytest.mark.parametrize("seed", range(60))
def test_any_row_of_changes_gives_what_a_plain_grid_gives(seed: int) -> None:
    chance, ids = random.Random(seed), count()
    grid: _Grid = [[next(ids) for _ in range(3)] for _ in range(3)]
    table = _renamed(Table.of(tuple(tuple(Cell("") for _ in line) for line in grid)), grid)
    for _ in range(40):
        height, width = len(grid), len(grid[0])
        row, column = chance.randrange(height), chance.randrange(width)
        what = chance.choice(("row", "row", "column", "column", "no row", "no column", "merge", "merge", "split"))
        if what == "row":
            at = chance.randint(0, height)
            table, grid = tables.insert_rows(table, at), _inserted(grid, at, ids)
        elif what == "column":
            at = chance.randint(0, width)
            table, grid = tables.insert_columns(table, at), _turned(_inserted(_turned(grid), at, ids))
        elif what == "no row" and height > 1:
            table, grid = tables.delete_rows(table, row), grid[:row] + grid[row + 1 :]
        elif what == "no column" and width > 1:
            table = tables.delete_columns(table, column)
            grid = [line[:column] + line[column + 1 :] for line in grid]
        elif what == "merge":
            below, behind = chance.randint(row + 1, height), chance.randint(column + 1, width)
            area = table.whole(row, column, below, behind)
            table, grid = tables.merge(table, row, column, below, behind), _merged(grid, area)
        elif what == "split":
            table, grid = tables.split(table, row, column), _split(grid, row, column, ids)
        assert all(_has_its_words(place, grid) for place in table.places)
        table = _renamed(table, grid)
        assert _grid(table) == _named(grid)
    assert Table.of(parse(table_source(table.rows()))[0].rows) == table


def test_a_row_inside_a_span_makes_it_higher() -> None:
    assert _grid(tables.insert_rows(_SPANS, 1)) == [
        ["A", "B C", "B C"],
        ["A", "", ""],
        ["A", "D", "E"],
        ["F", "G", "H"],
    ]


def test_a_deleted_column_makes_a_span_narrower_and_loses_no_other_cell() -> None:
    assert _grid(tables.delete_columns(_SPANS, 1)) == [["A", "B C"], ["A", "E"], ["F", "H"]]


def test_the_first_row_of_a_span_can_go_without_its_words() -> None:
    assert _grid(tables.delete_rows(_SPANS, 0)) == [["A", "D", "E"], ["F", "G", "H"]]


def test_of_all_rows_or_columns_an_empty_cell_is_left() -> None:
    assert tables.delete_rows(_SPANS, 0, 3) == tables.delete_columns(_SPANS, 0, 9) == Table.of(())


def test_a_merged_cell_takes_whole_cells_and_all_their_words() -> None:
    merged = tables.merge(_SPANS, 1, 1, 2, 2)
    assert merged == _SPANS  # a cell alone
    merged = tables.merge(_SPANS, 0, 0, 1, 2)
    assert merged.rows()[0] == (Cell("A B C\nD E", row_span=2, col_span=3),)
    assert _grid(merged) == [["A B C\nD E"] * 3] * 2 + [["F", "G", "H"]]


def test_a_split_cell_keeps_its_words_at_the_first_place() -> None:
    assert _grid(tables.split(_SPANS, 1, 0)) == [["A", "B C", "B C"], ["", "D", "E"], ["F", "G", "H"]]
    assert tables.split(_SPANS, 2, 1) == _SPANS


def test_words_are_kept_as_the_source_can_hold_them() -> None:
    rows = tables.set_texts(_SPANS, {(0, 0): "  a <b> & \t\n\n  $x<y$ 中文 "}).rows()
    assert rows[0][0].text == "a <b> &\n$x<y$ 中文"
    assert parse(table_source(rows))[0].rows == rows


def test_headers_come_and_go_by_row() -> None:
    table = tables.set_header(_SPANS, 0, 1, True)
    assert [[cell.header for cell in line] for line in table.rows()] == [[True, True], [False, False], [False] * 3]
    assert table_source(table.rows()).startswith(
        '<table><tr><th rowspan="2">A</th><th colspan="2">B C</th></tr><tr><td>D<'
    )
    assert tables.set_header(table, 0, 3, False) == _SPANS


def test_a_new_column_is_a_header_where_all_others_are() -> None:
    table = tables.insert_columns(tables.set_header(_SPANS, 0, 1, True), 3)
    assert [line[-1].header for line in table.rows()] == [True, False, False]


def test_pasted_words_make_the_table_grow() -> None:
    assert _grid(tables.paste(_SPANS, 2, 2, [["x", "y"], ["z", "中"]])) == [
        ["A", "B C", "B C", ""],
        ["A", "D", "E", ""],
        ["F", "G", "x", "y"],
        ["", "", "z", "中"],
    ]


def test_words_pasted_over_a_span_are_joined() -> None:
    assert _grid(tables.paste(_SPANS, 0, 0, [["1", "2", "3"], ["4", "", "6"]])) == [
        ["1 4", "2 3", "2 3"],
        ["1 4", "", "6"],
        ["F", "G", "H"],
    ]


def test_a_part_has_what_is_seen_in_it() -> None:
    assert tables.part(_SPANS, 1, 0, 3, 2).rows() == ((Cell("A"), Cell("D")), (Cell("F"), Cell("G")))
    assert tables.part(_SPANS, 0, 1, 2, 3).rows() == ((Cell("B C", col_span=2),), (Cell("D"), Cell("E")))


def test_rows_of_unequal_length_and_spans_that_collide_become_a_whole_table() -> None:
    rows = ((Cell("A"), Cell("B", row_span=9)), (Cell("C", col_span=3),), (Cell("D"),), ())
    assert _grid(Table.of(rows)) == [["A", "B"], ["C", "B"], ["D", "B"], ["", "B"]]
    assert _grid(Table.of(())) == [[""]]


@pytest.mark.parametrize("change", [tables.insert_rows, tables.insert_columns, tables.delete_rows])
def test_a_large_table_is_changed_at_once(change: Callable[[Table, int], Table]) -> None:
    table = Table.of(tuple(tuple(Cell(f"{i} {j}") for j in range(10)) for i in range(500)))
    began_s = time.process_time()
    assert change(table, 3) != table
    assert time.process_time() - began_s < 5


def test_what_a_spreadsheet_copies_becomes_cells() -> None:
    assert tables.from_tsv('a\tb\r\n"two\nlines"\t"say ""hi"""\r\n') == [["a", "b"], ["two\nlines", 'say "hi"']]
    assert tables.from_tsv('5" pipe\t"never closed\nx\ty') == [['5" pipe', '"never closed'], ["x", "y"]]
    assert tables.from_tsv("中\n\n文") == [["中"], [""], ["文"]]
