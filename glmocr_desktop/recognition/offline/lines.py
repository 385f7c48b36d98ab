"""Lines of text as they were found on a page."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Box = NDArray[np.float64]
"""Four corners (x, y) in pixels: top left, top right, bottom right, bottom left, as seen by a reader of the text."""

Pixels = NDArray[np.uint8]
"""An image: rows, columns, and blue, green and red."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Where a part of a line's text stands.

    Attributes:
        start: Where it begins in the text of its line.
        end: Where it ends in the text of its line.
    """

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A piece of text that was detected as one.

    Attributes:
        score: How sure the recognition is, 0 to 1.
        words: Its words, or single characters in Chinese; empty when their places are not known.
    """

    box: Box
    text: str
    score: float
    words: tuple[Word, ...] = ()

    @property
    def centre(self) -> Box:
        """Middle of the box: x and y."""
        return np.asarray(self.box.mean(axis=0))

    @property
    def width(self) -> float:
        """Extent along the text, in pixels."""
        return float(np.linalg.norm(self.box[1] - self.box[0]))

    @property
    def height(self) -> float:
        """Extent across the text, in pixels."""
        return float(np.linalg.norm(self.box[3] - self.box[0]))

    def moved(self, right: float, down: float) -> Line:
        """The same line further right and down, in pixels."""
        by = np.array([right, down])
        words = tuple(replace(word, box=word.box + by) for word in self.words)
        return replace(self, box=self.box + by, words=words)


def line_height(lines: list[Line]) -> float:
    """The usual height of lines in pixels, which all other distances are measured by."""
    return max(1.0, float(np.median([line.height for line in lines])))


def mean_score(lines: list[Line]) -> float:
    """How sure the recognition is, over all characters; 0 without lines."""
    if not lines:
        return 0.0
    return float(np.average([line.score for line in lines], weights=[len(line.text) for line in lines]))


def skew(lines: list[Line]) -> float:
    """Angle of the text against the horizontal in radians, clockwise."""
    height = line_height(lines)
    angles = [np.arctan2(*(line.box[1] - line.box[0])[::-1]) for line in lines if line.width > 2 * height]
    return float(np.median(angles)) if angles else 0.0


def turned(points: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    """Points turned around the origin by an angle in radians, clockwise on the screen."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([points[..., 0] * cos - points[..., 1] * sin, points[..., 0] * sin + points[..., 1] * cos], -1)


def is_chinese(character: str) -> bool:
    """Whether a character stands without spaces: Chinese, Japanese, and their punctuation."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


def joined(first: str, second: str) -> str:
    """Two pieces of text in one line: with a space, except between Chinese characters."""
    if not first or not second or (is_chinese(first[-1]) and is_chinese(second[0])):
        return first + second
    return f"{first} {second}"
