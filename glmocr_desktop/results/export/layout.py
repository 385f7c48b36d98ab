"""How results are spread over files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import BlockKind, Result
from glmocr_desktop.results.export import naming
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.render import not_read


@dataclass(frozen=True, slots=True)
class Layout:
    """What goes into which file.

    Attributes:
        combined: Whether all documents go into one file.
        separate_tables: Whether each table gets a file of its own, in formats that can do that.
        name: Of the files, without a suffix, with any of `naming.FIELDS`; one with a page makes one file a page.
        overwrite: Whether a file that is there already is replaced; else a new name is found beside it.

    Raises:
        ExportError: The name has other fields, or one file shall hold all and be named after a page.
    """

    combined: bool = False
    separate_tables: bool = False
    name: str = "{name}"
    overwrite: bool = False

    def __post_init__(self) -> None:
        naming.check_template(self.name)
        if self.combined and naming.names_pages(self.name):
            raise ExportError("name_of_page")

    def files(self, results: Sequence[Result], first: int = 1) -> Iterator[tuple[str, list[Result]]]:
        """What each file is called, without its suffix, and what it holds.

        Args:
            results: In the order in which pages shall stand in a file.
            first: Number of the first document.
        """
        if self.combined:
            yield naming.stem(self.name, results, first), list(results)
            return
        for number, pages in enumerate(by_document(results), first):
            for part in [[page] for page in pages] if naming.names_pages(self.name) else [pages]:
                yield naming.stem(self.name, part, number), part


def by_document(results: Sequence[Result]) -> list[list[Result]]:
    """The results of each document together, the documents in the order of their first results."""
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.job.page.document.id, []).append(result)
    return list(found.values())


def contents(results: Sequence[Result], chosen: Format, *, separate_tables: bool) -> Iterator[tuple[str, bytes]]:
    """The files that some results become: what is added to the name of each, and its content."""
    tables = [block for each in results if not not_read(each) for block in each.blocks if block.kind is BlockKind.TABLE]
    if not separate_tables or chosen.table is None or not tables:
        yield "", chosen.render(results)
        return
    for number, table in enumerate(tables, 1):
        yield f" table {number}", chosen.table(table)
    rest = [
        replace(each, blocks=tuple(block for block in each.blocks if block.kind is not BlockKind.TABLE))
        for each in results
    ]
    if any(each.blocks or not_read(each) for each in rest):
        yield " text", chosen.render(rest)
