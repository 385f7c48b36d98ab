"""Tables with ruling lines: found, straightened, and read cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glmocr_desktop.core.model import Cell
from glmocr_desktop.recognition.offline.grid import Grid
from glmocr_desktop.recognition.offline.lines import Line, Pixels, joined, line_height

Table = tuple[list[list[Cell]], list[Line]]
"""The cells that begin in each row, and the lines of the page that went into them."""

_Mask = NDArray[np.uint8]
_Points = NDArray[np.float32]

_CANDIDATES = 12  # the largest connected structures of lines that are looked at
_LEAST_CELLS = 4  # a frame or an underlined heading has less
_MARGIN = 10  # pixels around a straightened table


def find_tables(image: Pixels, lines: list[Line]) -> list[Table]:
    """Ruled tables of a page, those with the most cells first; each line of text goes into one at most.

    Args:
        image: Blue, green, red.
        lines: All lines of the page.
    """
    import cv2

    if len(lines) < 2:
        return []
    height = line_height(lines)
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    if np.median(grey) < 110:  # light lines on a dark page
        grey = 255 - grey
    candidates = [_read(grey, corners, lines, height) for corners in _structures(grey, height)]
    found: list[Table] = []
    taken: set[int] = set()
    for rows, used in sorted(candidates, key=lambda table: -sum(len(row) for row in table[0])):
        if sum(len(row) for row in rows) >= _LEAST_CELLS and len(used) > 1 and not taken & {id(line) for line in used}:
            taken |= {id(line) for line in used}
            found.append((rows, used))
    return found


def _structures(grey: _Mask, height: float) -> list[_Points]:
    """Four corners of each large structure of connected lines."""
    import cv2

    # Short lines survive a slant of some degrees; blurring and thickening closes the steps in them.
    ink = cv2.dilate(_ink(cv2.GaussianBlur(grey, (3, 3), 0)), np.ones((2, 2), np.uint8))
    mask = cv2.dilate(np.bitwise_or(*_rulings(ink, 0.9 * height)), np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for label in (np.argsort(-stats[1:, cv2.CC_STAT_AREA])[:_CANDIDATES] + 1).tolist():
        left, top, wide, high = stats[label, :4].tolist()
        if wide < 3 * height or high < 1.5 * height:
            continue
        part = (labels[top : top + high, left : left + wide] == label).astype(np.uint8)
        outlines, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        corners = _corners(max(outlines, key=cv2.contourArea))
        if corners is not None:
            found.append(corners + np.array([left, top], np.float32))
    return found


def _ink(grey: _Mask) -> Any:
    import cv2

    return cv2.adaptiveThreshold(255 - grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 15, -8)


def _rulings(ink: _Mask, least: float) -> tuple[Any, Any]:
    """Horizontal and vertical strokes of at least so many pixels."""
    import cv2

    length = int(max(15, least))
    across, down = (
        cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        for shape in ((length, 1), (1, length))
    )
    return across, down


def _corners(outline: NDArray[np.int32]) -> _Points | None:
    """The outline as a quadrangle from its top left corner clockwise; None when it is none."""
    import cv2

    hull = cv2.convexHull(outline)
    for tolerance in (0.01, 0.02, 0.03, 0.05, 0.08):
        shape = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True)
        if len(shape) == 4:
            points = shape[:, 0].astype(np.float32)
            total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
            order = [total.argmin(), difference.argmax(), total.argmax(), difference.argmin()]
            return np.asarray(points[order]) if len(set(order)) == 4 else None
    return None


def _read(grey: _Mask, corners: _Points, lines: list[Line], height: float) -> Table:
    """Straighten what lies between the corners and read its cells."""
    import cv2

    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    wide, high = int(max(sides[0], sides[2])), int(max(sides[1], sides[3]))
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32) + _MARGIN
    transform = cv2.getPerspectiveTransform(corners, target)
    size = (wide + 2 * _MARGIN, high + 2 * _MARGIN)
    straight = cv2.warpPerspective(grey, transform, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    across, down = _rulings(_ink(straight), height)
    grid = Grid(_strokes(across, 0), _strokes(down, 1), (_MARGIN, _MARGIN, _MARGIN + wide, _MARGIN + high), height)
    pieces: dict[int, list[tuple[float, float, str]]] = {}
    used = []
    for line in lines:
        placed = _placed(line, transform, grid)
        for cell, x, y, text in placed:
            pieces.setdefault(cell, []).append((x, y, text))
        if placed:
            used.append(line)
    rows: list[list[Cell]] = [[] for _ in range(grid.row_count)]
    for index, area in enumerate(grid.areas):
        text = _cell_text(pieces.get(index, []), height)
        rows[area.top].append(Cell(text, area.bottom - area.top, area.right - area.left))
    return rows, used


def _strokes(mask: _Mask, axis: int) -> list[tuple[float, float, float]]:
    """Straight strokes: position across, begin, end; axis 0 for horizontal ones."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(mask, np.ones((3, 3), np.uint8)), connectivity=8)
    across, along = (1, 0) if axis == 0 else (0, 1)
    return [
        (float(each[across] + each[across + 2] / 2), float(each[along]), float(each[along] + each[along + 2]))
        for each in stats[1:]
    ]


def _placed(line: Line, transform: NDArray[np.float64], grid: Grid) -> list[tuple[int, float, float, str]]:
    """The cells that a line of text goes into: one, or several when detection went across a ruling."""
    import cv2

    box = cv2.perspectiveTransform(line.box.astype(np.float32)[None], transform)[0]
    x, y = box.mean(axis=0).tolist()
    ends = [0.85 * end + 0.15 * box.mean(axis=0) for end in ((box[0] + box[3]) / 2, (box[1] + box[2]) / 2)]
    first, last = (grid.cell_at(*end.tolist()) for end in ends)
    middle = grid.cell_at(x, y)
    if first == last or not line.words:
        return [(middle, x, y, line.text)] if middle is not None else []
    placed: list[tuple[int, float, float, str]] = []
    begin = 0
    for word in line.words:
        box = cv2.perspectiveTransform(word.box.astype(np.float32)[None], transform)[0]
        x, y = box.mean(axis=0).tolist()
        cell = grid.cell_at(x, y)
        if cell is None:
            return [(middle, x, y, line.text)] if middle is not None else []
        if placed and placed[-1][0] == cell:
            placed[-1] = (*placed[-1][:3], line.text[begin : word.end])
        else:
            begin = word.start
            placed.append((cell, x, y, line.text[word.start : word.end]))
    return placed


def _cell_text(pieces: list[tuple[float, float, str]], height: float) -> str:
    text = ""
    for _, _, piece in sorted(pieces, key=lambda piece: (round(piece[1] / (0.6 * height)), piece[0])):
        text = joined(text, piece)
    return text
