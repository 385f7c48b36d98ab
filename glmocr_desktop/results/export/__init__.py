"""Results become files: one small module a format, one registry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Result
from glmocr_desktop.results.export import jsonfile, markdown, plain
from glmocr_desktop.results.export.files import free_path, write_atomically
from glmocr_desktop.results.export.format import Format

FORMATS: dict[str, Format] = {each.name: each for each in (plain.FORMAT, markdown.FORMAT, jsonfile.FORMAT)}


def find_format(name: str) -> Format:
    """The format of a name such as ``md``.

    Raises:
        ExportError: There is none.
    """
    try:
        return FORMATS[name.strip().lower().lstrip(".")]
    except KeyError:
        raise ExportError("unknown_export", name=name, known=", ".join(FORMATS)) from None


def export_file(results: Sequence[Result], path: Path, chosen: Format) -> Path:
    """Write all results into one file, whole or not at all; an existing file is replaced.

    Raises:
        ExportError: It could not be written.
    """
    if not results:
        raise ExportError("nothing_to_export")
    write_atomically(path, chosen.render(results))
    return path


def export_folder(results: Sequence[Result], folder: Path, chosen: Format) -> list[Path]:
    """Write one file a document into a folder; existing files are kept, a new name is found beside them.

    Args:
        results: In the order in which pages shall stand in a file.
        folder: Made if it is not there.
        chosen: One of `FORMATS`.

    Raises:
        ExportError: A file could not be written; those before it are complete.
    """
    if not results:
        raise ExportError("nothing_to_export")
    by_document: dict[str, list[Result]] = {}
    for result in results:
        by_document.setdefault(result.job.page.document.id, []).append(result)
    written: list[Path] = []
    for pages in by_document.values():
        path = free_path(folder, pages[0].job.page.document.name, chosen.suffix)
        written.append(export_file(pages, path, chosen))
    return written
