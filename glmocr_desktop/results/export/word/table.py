"""Tables of a word processor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from glmocr_desktop.core.model import Block, Style
from glmocr_desktop.results import inline
from glmocr_desktop.results.export.fitting import FittedTable, Place, fitted
from glmocr_desktop.results.export.word.words import element, paragraph, value, words

_MOST_COLUMNS = 63  # a word processor opens no file with more
_PADDING = 220  # of a column, both sides together, in twentieths of a point
_SIZES = ((8, 20), (12, 16), (18, 13), (30, 10))  # up to so many columns: half points
_SMALLEST = 8
_LONG = 1000  # characters of a row that may be spread over two pages
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDER_COLOUR = "A6A6A6"
_HEADER_COLOUR = "F0F0F0"


def tables(block: Block, room: int) -> Iterator[str]:
    """A table, in several parts when it has too many columns.

    Args:
        block: The table.
        room: The width of the text, in twentieths of a point.
    """
    for table in fitted(block, _MOST_COLUMNS):
        yield _table(table, room)


def _table(table: FittedTable, room: int) -> str:
    size = next((size for columns, size in _SIZES if len(table.widths) <= columns), _SMALLEST)
    # A letter is 0.63 times as wide as its font is high, at most on average; half points are ten twentieths.
    shares = [int(share) for share in table.shares(room, 6.3 * size, min(_PADDING, room / len(table.widths) / 2))]
    rows = (_row(table, row, shares, size, number < table.header_rows) for number, row in enumerate(table.rows))
    grid = element("w:tblGrid", None, *(element("w:gridCol", {"w": share}) for share in shares))
    return element("w:tbl", None, _properties(table, sum(shares)), grid, *rows)


def _properties(table: FittedTable, width: int) -> str:
    line = {"val": "single", "sz": 4, "space": 0, "color": _BORDER_COLOUR}
    margins = [element(f"w:{side}", {"w": _PADDING // 2, "type": "dxa"}) for side in ("left", "right")]
    if len(table.widths) > _SIZES[0][0]:
        margins = [element(f"w:{side}", {"w": 20, "type": "dxa"}) for side in ("left", "right")]
    properties = [element("w:bidiVisual")] if table.right_to_left else []
    return element(
        "w:tblPr",
        None,
        *properties,
        element("w:tblW", {"w": width, "type": "dxa"}),
        element("w:tblBorders", None, *(element(f"w:{side}", line) for side in _BORDERS)),
        element("w:tblLayout", {"type": "autofit"}),
        element("w:tblCellMar", None, *margins),
    )


def _row(table: FittedTable, places: Sequence[Place], shares: Sequence[int], size: int, is_header: bool) -> str:
    properties = [element("w:cantSplit")] if sum(len(place.cell.text) for place in places) < _LONG else []
    if is_header:
        properties.append(element("w:tblHeader"))
    layout = element("w:trPr", None, *properties) if properties else ""
    return element("w:tr", None, layout, *(_cell(table, place, shares, size) for place in places))


def _cell(table: FittedTable, place: Place, shares: Sequence[int], size: int) -> str:
    covered = range(place.column, place.column + place.width)
    properties = [element("w:tcW", {"w": sum(shares[column] for column in covered), "type": "dxa"})]
    if place.width > 1:
        properties.append(value("w:gridSpan", place.width))
    if place.height > 1:
        properties.append(value("w:vMerge", "continue" if place.row else "restart"))
    if place.cell.header:
        properties.append(element("w:shd", {"val": "clear", "color": "auto", "fill": _HEADER_COLOUR}))
    if place.height > 1 or place.cell.header:
        properties.append(value("w:vAlign", "center"))
    text = "" if place.row else place.cell.text
    return element("w:tc", None, element("w:tcPr", None, *properties), _words(table, place, text, size))


def _words(table: FittedTable, place: Place, text: str, size: int) -> str:
    properties = [value("w:pStyle", "TableWords")]
    if inline.is_right_to_left(text):
        properties.append(element("w:bidi"))
    if place.width > 1 and place.cell.header:
        properties.append(value("w:jc", "center"))
    elif place.width == 1 and place.column in table.numeric:
        properties.append(value("w:jc", "right"))
    bold = Style.BOLD if place.cell.header else Style.PLAIN
    runs = [replace(run, style=run.style | bold) for run in inline.runs(text)]
    return paragraph(words(runs, value("w:sz", size) + value("w:szCs", size)), *properties)
