"""Which file is made of what: noted before it is written, so that an export that broke off can go on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class Plan:
    """Knows of no files and notes none: an export that cannot go on when it breaks off.

    A part is what one file is made of: its documents, pages and format.
    """

    def path(self, _part: str) -> Path | None:
        """Where the file of a part was to be, when the export broke off."""
        return None

    def paths(self) -> Iterable[Path]:
        """Where any file was to be."""
        return ()

    def holds(self, _part: str, _path: Path) -> bool:
        """Whether what is at a path now is what was written for a part."""
        return False

    def note(self, _part: str, _path: Path, _content: bytes) -> None:
        """A file is written in the next moment."""
