"""Tables with spans leave the program and are read back by other libraries: the same grid, the same merged cells."""

from __future__ import annotations

import csv
import io
import random

import docx
import pytest
from lxml import html
from openpyxl import load_workbook

from glmocr_desktop.results.blocks import parse, places
from glmocr_desktop.results.clipboard import HTML, MARKDOWN, table_flavours
from glmocr_desktop.results.export import FORMATS
from tests.results.answers import TABLE
from tests.support.results import done

Grid = list[list[str]]


def _random_table(seed: int) -> str:
    """HTML of a table in which every place is covered once; each cell has a text of its own."""
    chance = random.Random(seed)
    height, width = chance.randint(1, 7), chance.randint(1, 7)
    taken = [[False] * width for _ in range(height)]
    rows = []
    for row in range(height):
        cells = []
        for column in range(width):
            if taken[row][column]:
                continue
            widest = next((n for n in range(1, width - column) if taken[row][column + n]), width - column)
            across = chance.randint(1, widest) if chance.random() < 0.3 else 1
            down = chance.randint(1, height - row) if chance.random() < 0.3 else 1
            for i in range(row, row + down):
                taken[i][column : column + across] = [True] * across
            tag = "th" if row == 0 else "td"
            cells.append(f'<{tag} rowspan="{down}" colspan="{across}">r{row}c{column} 格</{tag}>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


_TABLES = {
    "plain": TABLE,
    "head over two": (
        '<table><tr><th rowspan="2">A</th><th colspan="2">B</th></tr><tr><th>C</th><th>D</th></tr>'
        "<tr><td>1</td><td>2</td><td>3</td></tr></table>"
    ),
    "a whole row": '<table><tr><td colspan="3">All</td></tr><tr><td>x</td><td>y</td><td>z</td></tr></table>',
    "stairs": (
        '<table><tr><td rowspan="3">a</td><td colspan="2">b</td></tr><tr><td rowspan="2">c</td><td>d</td></tr>'
        "<tr><td>e</td></tr></table>"
    ),
} | {f"random {seed}": _random_table(seed) for seed in range(40)}


def _covered(source: str) -> Grid:
    """What stands at each place; a cell that spans stands at all of its places."""
    (table,) = parse(source)
    begun = places(table)
    height = len(table.rows)
    width = max(column + cell.col_span for _, column, cell in begun)
    grid = [[""] * width for _ in range(height)]
    for row, column, cell in begun:
        for i in range(row, row + cell.row_span):
            grid[i][column : column + cell.col_span] = [cell.text] * cell.col_span
    return grid


def _first_places(grid: Grid) -> Grid:
    """The same with each text at its first place only; texts of the tables here are different."""
    seen: set[str] = set()
    return [[text if text not in seen and not seen.add(text) else "" for text in row] for row in grid]


def _html_grid(source: str) -> Grid:
    """The grid as the standard for HTML forms it."""
    (table,) = html.fromstring(f"<div>{source}</div>").iter("table")
    found: dict[tuple[int, int], str] = {}
    rows = list(table.iter("tr"))
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iter("td", "th"):
            while (number, column) in found:
                column += 1
            for i in range(int(cell.get("rowspan", 1))):
                for j in range(int(cell.get("colspan", 1))):
                    found[number + i, column + j] = cell.text_content()
    width = 1 + max(column for _, column in found)
    return [[found.get((row, column), "") for column in range(width)] for row in range(len(rows))]


@pytest.mark.parametrize("name", _TABLES)
def test_xlsx(name: str) -> None:
    source = _TABLES[name]
    expected = _covered(source)
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].render([done(source)])))
    (sheet,) = book.worksheets
    found = [
        [_shown(sheet.cell(row + 1, column + 1)) for column in range(len(expected[0]))] for row in range(len(expected))
    ]
    for merged in sheet.merged_cells.ranges:
        text = found[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, merged.max_row):
            for column in range(merged.min_col - 1, merged.max_col):
                found[row][column] = text
    assert found == expected


def _shown(cell: object) -> str:
    value, pattern = cell.value, cell.number_format  # type: ignore[attr-defined]
    if isinstance(value, float | int):
        return f"{value:.{len(pattern.partition('.')[2])}f}"
    return value or ""


@pytest.mark.parametrize("name", _TABLES)
def test_docx(name: str) -> None:
    source = _TABLES[name]
    (table,) = docx.Document(io.BytesIO(FORMATS["docx"].render([done(source)]))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == _covered(source)


@pytest.mark.parametrize("name", _TABLES)
@pytest.mark.parametrize("way", ["html", "clipboard", "markdown"])
def test_html(name: str, way: str) -> None:
    source = _TABLES[name]
    copied = table_flavours(parse(source)[0].rows)
    shown = {"html": FORMATS["html"].render([done(source)]), "clipboard": copied[HTML], "markdown": copied[MARKDOWN]}[
        way
    ]
    if way == "markdown" and not shown.startswith(b"<table"):
        rows = [line.strip(b"| ").split(b" | ") for line in shown.splitlines()]
        assert [[cell.decode() for cell in row] for number, row in enumerate(rows) if number != 1] == _covered(source)
    else:
        assert _html_grid(shown.decode()) == _covered(source)


@pytest.mark.parametrize("name", _TABLES)
@pytest.mark.parametrize(("format_name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv(name: str, format_name: str, delimiter: str) -> None:
    source = _TABLES[name]
    content = FORMATS[format_name].render([done(source)]).decode("utf-8-sig")
    found = [row or [""] for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)]
    assert found == _first_places(_covered(source))
