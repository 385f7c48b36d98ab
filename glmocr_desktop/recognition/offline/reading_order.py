"""The order in which people read the lines of a page: columns, rows, paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from glmocr_desktop.recognition.offline.lines import Box, Line, joined, line_height, skew, turned

_GUTTER = 1.0  # least width of the space between columns; this and the next ones in line heights
_COLUMN_LINE = 6.0  # least usual length of a column's lines: cells of tables are shorter
_COLUMN_FILL = 0.5  # least part of a column's width that its lines usually fill
_COLUMN_LINES = 3
_TRIM = 0.18  # what detection adds above and below the letters, so that boxes of neighbours overlap
_SAME_ROW = 0.5  # most distance of the middles of two lines in a row
_PARAGRAPH_PITCH = 1.35  # line distance, by the usual one, that begins a paragraph
_WIDE_PITCH = 2.4  # line distance, by the height of the lines, that always begins one
_HEADING = 1.35  # ratio of heights of lines that do not belong together


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line as an upright rectangle, after the page was straightened."""

    line: Line
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


_Row = list[_Piece]
_Spans = list[tuple[float, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """Lines of text that belong together.

    Attributes:
        lines: Their texts.
        boxes: Where all their pieces stand.
    """

    lines: list[str]
    boxes: list[Box]


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """The text of a page as paragraphs of lines, in reading order."""
    if not lines:
        return []
    height = line_height(lines)
    rows = _ordered(_pieces(lines), height)
    steps = [_step(above, below) for above, below in pairwise(rows)]
    usual = float(np.median([step for step in steps if step > 0] or [0.0]))
    groups = [[rows[0]]]
    for (above, below), step in zip(pairwise(rows), steps, strict=True):
        if _begins_paragraph(above, below, step, usual):
            groups.append([])
        groups[-1].append(below)
    return [
        Paragraph([_text(row) for row in group], [piece.line.box for row in group for piece in row]) for group in groups
    ]


def _pieces(lines: list[Line]) -> list[_Piece]:
    angle = skew(lines)
    trim = _TRIM * line_height(lines)
    pieces = []
    for line in lines:
        box = turned(line.box, -angle)
        (left, top), (right, bottom) = box.min(axis=0), box.max(axis=0)
        inset = min(trim, (bottom - top) / 3)
        pieces.append(_Piece(line, float(left), float(top + inset), float(right), float(bottom - inset)))
    return pieces


def _ordered(pieces: list[_Piece], height: float) -> list[_Row]:
    """Rows in reading order: a run of bands with a common gutter is read column by column."""
    bands = _bands(pieces)
    rows: list[_Row] = []
    index = 0
    while index < len(bands):
        end, gutter = _columns(bands, index, height)
        if gutter is None:
            rows += _rows(bands[index], height)
            index += 1
            continue
        run = [piece for band in bands[index:end] for piece in band]
        rows += _ordered([piece for piece in run if piece.right <= gutter], height)
        rows += _ordered([piece for piece in run if piece.right > gutter], height)
        index = end
    return rows


def _bands(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Groups of pieces with white space between them over the whole width, from top to bottom."""
    bands: list[list[_Piece]] = []
    bottom = -np.inf
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if piece.top >= bottom:
            bands.append([])
        bands[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    return bands


def _columns(bands: list[list[_Piece]], start: int, height: float) -> tuple[int, float | None]:
    """How far a gutter goes down from a band, and where it is; None without one."""
    gaps = [gap for gap in _gaps(bands[start]) if _wide(gap, height)]
    end = start
    common: _Spans = []
    while gaps and end < len(bands):
        common = gaps
        end += 1
        if end < len(bands):
            gaps = [gap for gap in _without(gaps, bands[end]) if _wide(gap, height)]
    run = [piece for band in bands[start:end] for piece in band]
    for left, right in sorted(common, key=lambda gap: gap[0] - gap[1]):
        middle = (left + right) / 2
        sides = ([piece for piece in run if piece.right <= middle], [piece for piece in run if piece.left >= middle])
        if all(_is_column(side, height) for side in sides):
            return end, middle
    return start, None


def _wide(gap: tuple[float, float], height: float) -> bool:
    return gap[1] - gap[0] >= _GUTTER * height


def _gaps(band: list[_Piece]) -> _Spans:
    """White space from left to right between the pieces of a band."""
    gaps: _Spans = []
    reach = np.inf
    for piece in sorted(band, key=lambda piece: piece.left):
        if piece.left > reach:
            gaps.append((reach, piece.left))
        reach = piece.right if reach == np.inf else max(reach, piece.right)
    return gaps


def _without(gaps: _Spans, band: list[_Piece]) -> _Spans:
    """What is left of gaps beside the pieces of a further band."""
    for piece in band:
        parts = [[(left, min(right, piece.left)), (max(left, piece.right), right)] for left, right in gaps]
        gaps = [(left, right) for pair in parts for left, right in pair if left < right]
    return gaps


def _is_column(side: list[_Piece], height: float) -> bool:
    """Whether this is running text rather than a column of a table."""
    if len(_rows(side, height)) < _COLUMN_LINES:
        return False
    lengths = [piece.right - piece.left for piece in side]
    usual = float(np.median(lengths))
    extent = max(piece.right for piece in side) - min(piece.left for piece in side)
    return usual >= _COLUMN_LINE * height and usual >= _COLUMN_FILL * extent


def _rows(pieces: list[_Piece], height: float) -> list[_Row]:
    """Rows from top to bottom, each from left to right."""
    rows: list[_Row] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        if rows and piece.middle - np.mean([other.middle for other in rows[-1]]) < _SAME_ROW * height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _text(row: _Row) -> str:
    text = ""
    for piece in row:
        text = joined(text, piece.line.text)
    return text


def _step(above: _Row, below: _Row) -> float:
    """Distance down from the middle of a row to that of the next one."""
    return float(np.mean([piece.middle for piece in below]) - np.mean([piece.middle for piece in above]))


def _begins_paragraph(above: _Row, below: _Row, step: float, usual: float) -> bool:
    heights = [float(np.mean([piece.line.height for piece in row])) for row in (above, below)]
    apart = below[0].left > above[-1].right or below[-1].right < above[0].left
    return (
        step <= 0  # the top of the next column
        or apart
        or step > _WIDE_PITCH * max(heights)
        or (usual > 0 and step > _PARAGRAPH_PITCH * usual)
        or max(heights) > _HEADING * min(heights)
    )
