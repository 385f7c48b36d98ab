"""Results become files: one small module a format, one registry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Result
from glmocr_desktop.results.export import jsonfile, latex, markdown, plain, web, word
from glmocr_desktop.results.export.files import write_atomically
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.export.layout import Layout
from glmocr_desktop.results.export.sheets import csvfile, xlsxfile
from glmocr_desktop.results.export.writer import Export, Writer

__all__ = ["FORMATS", "Export", "Format", "Layout", "Writer", "export_file", "export_folder", "find_format"]

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        plain.FORMAT,
        markdown.FORMAT,
        web.FORMAT,
        word.FORMAT,
        xlsxfile.FORMAT,
        csvfile.CSV,
        csvfile.TSV,
        latex.FORMAT,
        jsonfile.FORMAT,
    )
}


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


def export_folder(results: Sequence[Result], folder: Path, chosen: Format, layout: Layout | None = None) -> Export:
    """Write files into a folder: one a document, unless the layout says otherwise.

    Args:
        results: In the order in which pages shall stand in a file.
        folder: Made if it is not there.
        chosen: One of `FORMATS`.
        layout: What goes into which file; by default existing files are kept, a new name is found beside them.

    Returns:
        What was written, and what could not be.

    Raises:
        ExportError: Nothing could be written.
    """
    if not results:
        raise ExportError("nothing_to_export")
    writer = Writer(folder, [chosen], layout or Layout())
    writer.write(results)
    if not writer.written:
        raise writer.problems[0]
    return Export(writer.written, writer.problems)
