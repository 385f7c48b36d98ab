"""Pages of blocks, as they are given to exports of documents."""

from __future__ import annotations

from dataclasses import replace

from glmocr_desktop.core.model import Block, BlockKind, Cell, Document, Item, Result, Run, Style
from tests.support.results import done, failed

_SCAN = Document("scan.png", "/scan.png", "scan.png")


def page(*blocks: Block, document: Document | None = None, number: int = 1) -> Result:
    """A page that was read as these blocks."""
    return replace(done("", document=document or _SCAN, number=number), blocks=blocks)


def missing_page(number: int) -> Result:
    """A page of the same document that was not read."""
    return failed(document=_SCAN, number=number)


def words(*runs: str | Run, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> Block:
    """A paragraph or heading."""
    styled = tuple(Run(each) if isinstance(each, str) else each for each in runs)
    return Block(kind, "".join(run.text for run in styled), styled, level=level)


def heading(text: str, level: int = 1) -> Block:
    return words(text, kind=BlockKind.HEADING, level=level)


def formula(latex: str) -> Block:
    return Block(BlockKind.FORMULA, latex)


def inline_formula(latex: str) -> Run:
    return Run(latex, Style.FORMULA)


def items(*entries: tuple[str, int, int | None]) -> Block:
    """A list of texts with their levels and numbers."""
    return Block(BlockKind.LIST, items=tuple(Item((Run(text),), level, number) for text, level, number in entries))


def table(*rows: tuple[str | Cell, ...]) -> Block:
    return Block(
        BlockKind.TABLE,
        rows=tuple(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in row) for row in rows),
    )


SPANS = table(
    (Cell("Region", 2, 1, True), Cell("Sales", 1, 2, True)),
    (Cell("2023", header=True), Cell("2024", header=True)),
    ("North", "1,200.50", "-3.5"),
    (Cell("Sum", 1, 2), "2,287"),
)
