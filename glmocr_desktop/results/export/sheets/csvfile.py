"""CSV and TSV: rows that spreadsheets read, and that none of them runs.

A file holds all of a document: its tables, and between them each line of other text as a row of one cell. A blank
row stands where one ends and the other begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glmocr_desktop.core.model import Block, BlockKind, Result
from glmocr_desktop.results.blocks import grid
from glmocr_desktop.results.export.format import Format
from glmocr_desktop.results.export.layout import by_document
from glmocr_desktop.results.export.naming import shown
from glmocr_desktop.results.render import block_text, encoded, not_read

_MARK = "\ufeff"  # without it Excel takes the file for one in the system's old encoding
_END = "\r\n"
# A program that separates cells by another sign than this file does sees a new cell behind it.
_PART = re.compile(r"([;\t\r\n]+)")
_TSV_PART = re.compile(r"([;,]+)")
_FORMULA = re.compile(r"""["'`\s]*[=+\-@＝＋－＠]""")
_HARMLESS = re.compile(
    r"\s*(?:[+\-－\s]*"  # a dash where nothing is
    r"|[+\-]\s?(?:\d{1,3}(?:(?P<group>[ ,.'\u00a0\u202f])\d{3})(?:(?P=group)\d{3})*|\d+)?(?:[.,]\d+)?(?:[eE][+\-]?\d+)?"
    r"\s?[%‰]?)\s*"
)
_QUOTED = re.compile(r"""[",;'\t\r\n]|^\s|\s$""")
_BLANKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def _csv(results: Sequence[Result]) -> bytes:
    return encoded(_MARK + "".join(map(_csv_row, _rows(results))))


def _csv_table(table: Block) -> bytes:
    return encoded(_MARK + "".join(map(_csv_row, grid(table))))


def _tsv(results: Sequence[Result]) -> bytes:
    return encoded("".join(map(_tsv_row, _rows(results))))


def _tsv_table(table: Block) -> bytes:
    return encoded("".join(map(_tsv_row, grid(table))))


def _csv_row(row: Sequence[str]) -> str:
    cells = (_neutral(cell, _PART) for cell in row)
    return ",".join(_quoted(cell) if _QUOTED.search(cell) else cell for cell in cells) + _END


def _tsv_row(row: Sequence[str]) -> str:
    cells = (_neutral(_BLANKS.sub(" ", cell), _TSV_PART) for cell in row)
    return "\t".join(_quoted(cell) if '"' in cell else cell for cell in cells) + _END


def _quoted(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _neutral(cell: str, part: re.Pattern[str]) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return "".join(
        f"'{each}" if _FORMULA.match(each) and not _HARMLESS.fullmatch(each) else each for each in part.split(cell)
    )


def _rows(results: Sequence[Result]) -> Iterator[Sequence[str]]:
    """All that the results hold; a blank row between text and a table, two tables, or two pages."""
    documents = by_document(results)
    first = True
    for pages in documents:
        parts = [part for each in pages for part in _parts(each)]
        if len(documents) > 1:
            parts.insert(0, [[shown(pages[0].job.page.document)]])
        for part in parts:
            if not first:
                yield ("",)
            first = False
            yield from part


def _parts(result: Result) -> Iterator[list[list[str]]]:
    """The tables of a page, and the lines around them."""
    if missing := not_read(result):
        yield [[missing]]
        return
    lines: list[list[str]] = []
    for block in result.blocks:
        if block.kind is BlockKind.TABLE:
            if lines:
                yield lines
                lines = []
            yield grid(block)
        else:
            lines += [[line] for line in block_text(block).split("\n")]
    if lines:
        yield lines


CSV = Format("csv", ".csv", "CSV", _csv, _csv_table)
TSV = Format("tsv", ".tsv", "Tab-separated values", _tsv, _tsv_table)
