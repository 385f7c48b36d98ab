"""Tables without ruling lines: rows of words with common white space between them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from glmocr_desktop.core.model import Cell
from glmocr_desktop.recognition.offline.lines import Line, joined, line_height

Table = tuple[list[list[Cell]], list[Line]]
"""The cells that begin in each row, and the lines of the page that went into them."""

# All in line heights, measured on random tables.
_WORD_SPACE = 0.55  # less than that is a space between words
_CELL_SPACE = 0.8  # as much makes a row with several cells
_SAME_ROW = 0.5
_MARGIN = 0.12  # what detection adds at the sides of the letters
_COLUMN_SPACE = 0.3  # least white space between columns, after the margins
_ROW_STEP = 4.0  # rows further apart belong to different tables
_TEXT_COLUMN = 12.0  # usual length of lines in columns of running text

_CROSSING = 0.06  # part of the rows that may go across a column's border
_MOST_LEAN = 0.25  # of left borders, sideways by down; more is an indented text
_BETWEEN = 3  # rows with a single cell that may follow each other in a table


@dataclass(slots=True, eq=False)
class _Piece:
    """Words of a line without wide gaps between them, on the straightened page."""

    line: Line
    start: int
    end: int
    left: float
    right: float
    y: float

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end].strip()


_Row = list[_Piece]


def find_tables(lines: list[Line]) -> list[Table]:
    """Tables of a page without rulings, from top to bottom.

    Args:
        lines: All lines of the page, with their words.
    """
    if len(lines) < 2:
        return []
    height = line_height(lines)
    rows = _rows(_pieces(lines, height), height)
    tables = [_table(rows, begin, end, height) for begin, end in _ranges(rows, height)]
    return [table for table in tables if table is not None]


def _pieces(lines: list[Line], height: float) -> list[_Piece]:
    """The page as words of level rows, also when it was photographed at an angle."""
    slope, drift = _baselines(lines, height)
    centre = float(np.mean([line.centre[0] for line in lines]))
    pieces = []
    for line in lines:
        x, y = line.centre
        y -= np.tan(slope + drift * y) * (x - centre)
        places = [(word.start, word.end, word.box) for word in line.words] or [(0, len(line.text), line.box)]
        current: _Piece | None = None
        for start, end, box in places:
            left, right = float(box[:, 0].min()), float(box[:, 0].max())
            if current is not None and left - current.right < _WORD_SPACE * height:
                current.end, current.right = end, max(current.right, right)
            else:
                current = _Piece(line, start, end, left, right, float(y))
                pieces.append(current)
    return pieces


def _baselines(lines: list[Line], height: float) -> tuple[float, float]:
    """Slope of the lines in radians at the top of the page, and how it changes per pixel downwards."""
    long = [line for line in lines if line.width > 2.5 * height]
    if not long:
        return 0.0, 0.0
    ys = np.array([line.centre[1] for line in long])
    slopes = np.array([np.arctan2(*(line.box[1] - line.box[0])[::-1]) for line in long])
    if len(long) < 5 or np.ptp(ys) < 4 * height:
        return float(np.median(slopes)), 0.0
    drift, slope = np.polyfit(ys, slopes, 1)
    return float(slope), float(drift)


def _rows(pieces: list[_Piece], height: float) -> list[_Row]:
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and piece.y - np.mean([other.y for other in rows[-1]]) < _SAME_ROW * height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _several(row: _Row, height: float) -> bool:
    return any(right.left - left.right >= _CELL_SPACE * height for left, right in pairwise(row))


def _y(row: _Row) -> float:
    return float(np.mean([piece.y for piece in row]))


def _ranges(rows: list[_Row], height: float) -> list[tuple[int, int]]:
    """Where rows with several cells follow each other: first and one past the last."""
    ranges: list[tuple[int, int]] = []
    for index in (index for index, row in enumerate(rows) if _several(row, height)):
        if ranges:
            begin, end = ranges[-1]
            steps = [_y(below) - _y(above) for above, below in pairwise(rows[end - 1 : index + 1])]
            if index - end <= _BETWEEN and max(steps) <= _ROW_STEP * height:
                ranges[-1] = (begin, index + 1)
                continue
        ranges.append((index, index + 1))
    return ranges


def _table(rows: list[_Row], begin: int, end: int, height: float) -> Table | None:
    """The table in a range of rows and in those that continue its first or last one."""
    rows = _unsheared(rows, [row for row in rows[begin:end] if _several(row, height)])
    full = [row for row in rows[begin:end] if _several(row, height)]
    borders = _borders(full, height)
    if len(full) < 2 or not borders or _is_running_text(full, borders, height):
        return None
    steps = [_y(below) - _y(above) for above, below in pairwise(full)]
    near = 0.62 * min(float(np.median(steps)), 1.6 * height)
    while begin > 0 and _continues(rows[begin - 1], rows[begin], borders, near):
        begin -= 1
    while end < len(rows) and _continues(rows[end], rows[end - 1], borders, near):
        end += 1
    groups = _folded(rows[begin:end], borders, near)
    if len(groups) < 2:
        return None
    used = list({id(piece.line): piece.line for row in rows[begin:end] for piece in row}.values())
    return [_cells(group, borders) for group in groups], used


def _unsheared(rows: list[_Row], full: list[_Row]) -> list[_Row]:
    """The rows with upright left borders, which lean when the page was photographed at an angle."""
    if len(full) < 4:
        return rows
    ys = np.array([_y(row) for row in full])
    lean = float(np.polyfit(ys, [row[0].left for row in full], 1)[0])
    if abs(lean) >= _MOST_LEAN:
        return rows
    middle = float(ys.mean())

    def upright(piece: _Piece) -> _Piece:
        shift = lean * (piece.y - middle)
        return replace(piece, left=piece.left - shift, right=piece.right - shift)

    return [[upright(piece) for piece in row] for row in rows]


def _borders(rows: list[_Row], height: float) -> list[float]:
    """The middles of the white space that runs down between columns."""
    pieces = [piece for row in rows for piece in row]
    origin = min(piece.left for piece in pieces)
    used = np.zeros(int(max(piece.right for piece in pieces) - origin) + 2)
    for piece in pieces:
        left, right = (int(x - origin) for x in (piece.left + _MARGIN * height, piece.right - _MARGIN * height))
        used[max(0, left) : right + 1] += 1
    free = np.concatenate([[False], used <= _CROSSING * len(rows), [False]])
    changes = np.flatnonzero(free[1:] != free[:-1])
    spaces = zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True)
    edge = len(used) - 1 - _MARGIN * height
    return [
        origin + (left + right) / 2
        for left, right in spaces
        if right - left >= _COLUMN_SPACE * height and left > 0 and right < edge
    ]


def _is_running_text(rows: list[_Row], borders: list[float], height: float) -> bool:
    """Whether these are two columns of an article rather than of a table."""
    if len(borders) != 1 or len(rows) < 4:
        return False
    sides = ([row[0] for row in rows], [row[-1] for row in rows])
    return all(np.median([piece.right - piece.left for piece in side]) >= _TEXT_COLUMN * height for side in sides)


def _column(piece: _Piece, borders: list[float]) -> int:
    return bisect_right(borders, (piece.left + piece.right) / 2)


def _crosses(row: _Row, borders: list[float]) -> bool:
    """Whether the row is one text across several columns."""
    return len(row) == 1 and bisect_right(borders, row[0].left) != bisect_right(borders, row[0].right)


def _continues(row: _Row, neighbour: _Row, borders: list[float], near: float) -> bool:
    return abs(_y(row) - _y(neighbour)) < near and not _crosses(row, borders)


def _folded(rows: list[_Row], borders: list[float], near: float) -> list[_Row]:
    """Rows of the table: a row that fills few columns continues the nearest full one if that is near."""
    least = max(2.0, 0.6 * (len(borders) + 1))
    full = [index for index, row in enumerate(rows) if len({_column(piece, borders) for piece in row}) >= least]
    groups: dict[int, _Row] = {}
    for index, row in enumerate(rows):
        home = index
        if index not in full and full and not _crosses(row, borders):
            nearest = min(full, key=lambda other: abs(_y(rows[other]) - _y(row)))
            if abs(_y(rows[nearest]) - _y(row)) < near:
                home = nearest
        groups.setdefault(home, []).extend(row)
    return [groups[home] for home in sorted(groups)]


def _cells(row: _Row, borders: list[float]) -> list[Cell]:
    if _crosses(row, borders):
        return [Cell(row[0].text, col_span=len(borders) + 1)]
    texts = [""] * (len(borders) + 1)
    for piece in sorted(row, key=lambda piece: (piece.y, piece.left)):
        column = _column(piece, borders)
        texts[column] = joined(texts[column], piece.text)
    return [Cell(text) for text in texts]
