"""Excel workbooks: a sheet a table, and one for the text around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from glmocr_desktop.core.model import BlockKind, Result
from glmocr_desktop.results.blocks import places
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.export.layout import by_document
from glmocr_desktop.results.export.naming import safe_stem, shown
from glmocr_desktop.results.export.sheets.number import decimal_sign
from glmocr_desktop.results.export.sheets.sheet import Book, Table
from glmocr_desktop.results.render import block_text, not_read

_CREATED = datetime(2000, 1, 1)  # the same results make the same file
_MOST_SHEETS = 500  # with more, a workbook opens slowly and is hard to find anything in
_LONGEST_NAME = 12  # of a document, before the words that tell its sheets apart


def _render(results: Sequence[Result]) -> bytes:
    from xlsxwriter import Workbook

    stream = BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    workbook.set_properties({"created": _CREATED})
    book = Book(workbook)
    documents = by_document(results)
    tables = [table for pages in documents for table in _tables(pages, named=len(documents) > 1)]
    for table in tables[:_MOST_SHEETS]:
        book.add_table(table)
    if more := tables[_MOST_SHEETS:]:
        book.add_tables("More tables", more)
    heading = ["Page", "Text"] if len(documents) == 1 else ["Document", "Page", "Text"]
    rows = [line[-len(heading) :] for line in _lines(results)]
    if rows or not tables:
        book.add_text("Text", heading, rows)
    workbook.close()
    return stream.getvalue()


def _tables(pages: Sequence[Result], *, named: bool) -> Iterator[Table]:
    """The tables of a document; its name is in their titles when there are others."""
    blocks = [
        (page.job.page, number, block)
        for page in pages
        if not not_read(page)
        for number, block in enumerate((each for each in page.blocks if each.kind is BlockKind.TABLE), 1)
    ]
    decimal = decimal_sign(cell.text for _, _, block in blocks for row in block.rows for cell in row)
    several = len(pages) > 1 or pages[0].job.page.count > 1
    for page, number, block in blocks:
        title = f"page {page.number} table {number}" if several else f"table {number}"
        title = f"{safe_stem(page.document.name)[:_LONGEST_NAME]} {title}" if named else title.capitalize()
        yield Table(title, places(block), decimal)


def _lines(results: Sequence[Result]) -> Iterator[tuple[str, str, str]]:
    """Document, page and words of each line outside of tables; a page that was not read says so."""
    for result in results:
        page = result.job.page
        texts = [block_text(block) for block in result.blocks if block.kind is not BlockKind.TABLE]
        for text in [missing] if (missing := not_read(result)) else texts:
            yield from ((shown(page.document), str(page.number), line) for line in text.split("\n") if line.strip())


FORMAT = Format("xlsx", ".xlsx", "Excel workbook", _render)
