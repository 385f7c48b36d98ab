"""Results go into the files of a folder, some documents after others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Result
from glmocr_desktop.results.export import naming
from glmocr_desktop.results.export.files import remove_temporary, write_free
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.export.layout import Layout, contents
from glmocr_desktop.results.export.plan import Plan


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
        plan: Told of each file before it is written; knows those of an export that broke off.
        mark: Of temporary files; those that an export of this mark has left are removed.

    Attributes:
        written: Where the files are.
        problems: Why others are not there.
    """

    def __init__(
        self, folder: Path, formats: Sequence[Format], layout: Layout, plan: Plan | None = None, mark: str = ""
    ) -> None:
        self._folder = folder
        self._formats = formats
        self._layout = layout
        self._plan = plan or Plan()
        self._mark = mark
        self.written: list[Path] = []
        self.problems: list[ExportError] = []
        self._own = {_key(path) for path in self._plan.paths()}
        if mark:
            remove_temporary(folder, mark)

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
        part = self._part(results[0])
        for each in self._formats:
            for added, content in contents(results, each, separate_tables=self._layout.separate_tables):
                self._write_file(f"{part}{added}{each.suffix}", f"{stem}{added}{each.suffix}", content)

    def _write_file(self, part: str, name: str, content: bytes) -> None:
        try:
            path = write_free(
                self._plan.path(part) or self._folder / name,
                content,
                may_replace=lambda path: self._may_replace(part, path),
                before=lambda path: self._plan.note(part, path, content),
                mark=self._mark,
            )
        except ExportError as error:
            self.problems.append(error)
        else:
            self.written.append(path)
            self._own.add(_key(path))

    def _part(self, first: Result) -> str:
        """What a file is made of, in words that stay the same when the export is done again."""
        page = first.job.page
        if self._layout.combined:
            return "all"
        return f"{page.document.id} {page.number if naming.names_pages(self._layout.name) else ''}"

    def _may_replace(self, part: str, path: Path) -> bool:
        """Not what was written just now for another part: two documents may have the same name."""
        if self._plan.holds(part, path):
            return True
        return self._layout.overwrite and (_key(path) not in self._own or path == self._plan.path(part))


def _key(path: Path) -> str:
    """The same for names that are the same file on some systems."""
    return path.name.casefold()
