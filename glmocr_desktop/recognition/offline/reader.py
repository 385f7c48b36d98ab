"""A page becomes an answer."""

from __future__ import annotations

import numpy as np

from glmocr_desktop.core.model import Answer, Mode
from glmocr_desktop.recognition.offline.finder import LineFinder
from glmocr_desktop.recognition.offline.lines import Pixels, mean_score
from glmocr_desktop.recognition.offline.orientation import read_upright, region
from glmocr_desktop.recognition.offline.reading_order import Paragraph, paragraphs
from glmocr_desktop.recognition.offline.tables import page_with_tables

_DOUBTFUL = (
    0.96  # mean score: at least 0.974 with up to 2 % wrong characters, at most 0.955 with 6 % and more (measured)
)


class PageReader:
    """Reads pages in the calling thread.

    Args:
        threads: How many processor threads are used.

    Raises:
        ImportError: A package is missing.
        FileNotFoundError: A model is missing.
    """

    def __init__(self, threads: int) -> None:
        self._finder = LineFinder(threads)

    def read(self, rgb: Pixels, mode: Mode) -> Answer:
        """Read a page as text or as a table.

        Args:
            rgb: Rows, columns, and red, green and blue.
            mode: Text or table.
        """
        wants_table = mode is Mode.TABLE
        bgr = np.ascontiguousarray(rgb[..., ::-1])
        image, lines, turns = read_upright(bgr, lambda page: self._finder.lines(page, words=wants_table))
        if not lines:
            return Answer("", formatted=False, warnings=("empty",))
        warnings = ("low_confidence",) if mean_score(lines) < _DOUBTFUL else ()
        if not wants_table:
            found = paragraphs(lines)
            height, width = image.shape[:2]
            regions = tuple(region(each.boxes, width, height, turns) for each in found)
            return Answer(_plain(found), formatted=False, warnings=warnings, regions=regions)
        page = page_with_tables(np.ascontiguousarray(image), lines)
        if page is None:
            return Answer(_plain(paragraphs(lines)), formatted=False, warnings=(*warnings, "no_table"))
        return Answer(page, formatted=True, warnings=warnings)


def _plain(found: list[Paragraph]) -> str:
    return "\n\n".join("\n".join(each.lines) for each in found)
