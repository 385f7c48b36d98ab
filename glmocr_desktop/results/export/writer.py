"""Results go into the files of a folder, some documents after others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Result
from glmocr_desktop.results.export.files import write_free
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.export.layout import Layout, contents


class Export(NamedTuple):
    """What came of an export.

    Attributes:
        written: Where the files are.
        problems: Why others are not there.
    """

    written: Sequence[Path]
    problems: Sequence[ExportError] = ()


class Writer:
    """Writes files into a folder; one that cannot be written does not keep others from it.

    Args:
        folder: Made if it is not there.
        formats: One file each.
        layout: What goes into which file.

    Attributes:
        written: Where the files are.
        problems: Why others are not there.
    """

    def __init__(self, folder: Path, formats: Sequence[Format], layout: Layout) -> None:
        self._folder = folder
        self._formats = formats
        self._layout = layout
        self.written: list[Path] = []
        self.problems: list[ExportError] = []
        self._own: set[str] = set()

    def write(self, results: Sequence[Result], first: int = 1) -> None:
        """Write files named after their documents.

        Args:
            results: In the order in which pages shall stand in a file.
            first: Number of the first document.
        """
        for stem, part in self._layout.files(results, first):
            self.write_as(stem, part)

    def write_as(self, stem: str, results: Sequence[Result]) -> None:
        """Write files with a name of one's own, without a suffix."""
        for each in self._formats:
            for added, content in contents(results, each, separate_tables=self._layout.separate_tables):
                try:
                    path = write_free(
                        self._folder / f"{stem}{added}{each.suffix}", content, may_replace=self._may_replace
                    )
                except ExportError as error:
                    self.problems.append(error)
                else:
                    self.written.append(path)
                    self._own.add(_key(path))

    def _may_replace(self, path: Path) -> bool:
        """Not what was written just now: two documents may have the same name."""
        return self._layout.overwrite and _key(path) not in self._own


def _key(path: Path) -> str:
    """The same for names that are the same file on some systems."""
    return path.name.casefold()
