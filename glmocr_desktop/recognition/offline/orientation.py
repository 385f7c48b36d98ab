"""Pages that lie on their side or stand on their head."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from glmocr_desktop.recognition.offline.lines import Line, Pixels, mean_score

_SURE = 0.85  # mean score of an upright page is 0.99, of one upside down 0.69 (measured)
_BETTER = 0.05  # a turn must gain as much
_LONG = 3  # width by height of lines that tell their direction


def read_upright(image: Pixels, find: Callable[[Pixels], list[Line]]) -> tuple[Pixels, list[Line]]:
    """Find the lines of a page, turning it by quarters as needed.

    Lines of a page on its side are taller than wide, and the recognition reads them from bottom to top: well when
    the page was turned clockwise, badly otherwise. A page upside down is read badly too.

    Returns:
        The page as it was read best, and its lines.
    """
    lines = find(image)
    score = mean_score(lines)
    if _lies(lines):
        # np.rot90 turns counter-clockwise.
        image = np.rot90(image, 1 if score >= _SURE else -1)
        lines = find(image)
        score = mean_score(lines)
    if lines and score < _SURE:
        over = np.rot90(image, 2)
        over_lines = find(over)
        if mean_score(over_lines) > score + _BETTER:
            return over, over_lines
    return image, lines


def _lies(lines: list[Line]) -> bool:
    """Whether most of the long lines go up or down."""
    long = 0
    upright = 0
    for line in lines:
        width, height = np.ptp(line.box, axis=0).tolist()
        long += max(width, height) > _LONG * min(width, height)
        upright += height > _LONG * width
    return 2 * upright > long
