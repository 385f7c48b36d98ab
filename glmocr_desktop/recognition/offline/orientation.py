"""Pages that lie on their side or stand on their head."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from glmocr_desktop.core.model import Region
from glmocr_desktop.recognition.offline.lines import Box, Line, Pixels, mean_score

_SURE = 0.85  # mean score of an upright page is 0.99, of one upside down 0.69 (measured)
_BETTER = 0.05  # a turn must gain as much
_LONG = 3  # width by height of lines that tell their direction


def read_upright(image: Pixels, find: Callable[[Pixels], list[Line]]) -> tuple[Pixels, list[Line], int]:
    """Find the lines of a page, turning it by quarters as needed.

    Lines of a page on its side are taller than wide, and the recognition reads them from bottom to top: well when
    the page was turned clockwise, badly otherwise. A page upside down is read badly too.

    Returns:
        The page as it was read best, its lines, and how many quarters it was turned counter-clockwise.
    """
    turns = 0
    lines = find(image)
    score = mean_score(lines)
    if _lies(lines):
        # np.rot90 turns counter-clockwise.
        turns = 1 if score >= _SURE else 3
        image = np.rot90(image, turns)
        lines = find(image)
        score = mean_score(lines)
    if lines and score < _SURE:
        over = np.rot90(image, 2)
        over_lines = find(over)
        if mean_score(over_lines) > score + _BETTER:
            return over, over_lines, (turns + 2) % 4
    return image, lines, turns


def region(boxes: list[Box], width: int, height: int, turns: int) -> Region:
    """Where some boxes stand on the page as it was before it was turned.

    Args:
        boxes: On the turned page, in pixels.
        width: Of the turned page.
        height: Of the turned page.
        turns: By how many quarters it was turned counter-clockwise.
    """
    corners = np.concatenate(boxes) / (width, height)
    for _ in range(turns):  # a quarter clockwise, which takes the top to the right
        corners = np.column_stack((1 - corners[:, 1], corners[:, 0]))
    (left, top), (right, bottom) = corners.min(axis=0).clip(0, 1).tolist(), corners.max(axis=0).clip(0, 1).tolist()
    return Region(left, top, right - left, bottom - top)


def _lies(lines: list[Line]) -> bool:
    """Whether most of the long lines go up or down."""
    long = 0
    upright = 0
    for line in lines:
        width, height = np.ptp(line.box, axis=0).tolist()
        long += max(width, height) > _LONG * min(width, height)
        upright += height > _LONG * width
    return 2 * upright > long
