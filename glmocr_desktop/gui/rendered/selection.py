"""What is selected in a rendered document, as the results and blocks that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QTextBlock, QTextCursor

from glmocr_desktop.core.model import Block, BlockKind, Cell, Item, JobState, Result, Run
from glmocr_desktop.gui.rendered.document_runs import stretches
from glmocr_desktop.gui.rendered.piece_writer import BLOCK, ITEM, PAGE, ROW
from glmocr_desktop.gui.rendered.rendering import Piece
from glmocr_desktop.gui.rendered.table_slices import Grid
from glmocr_desktop.results import inline
from glmocr_desktop.results.clipboard import HTML, MARKDOWN, PLAIN, Flavours, flavours
from glmocr_desktop.results.render import encoded, html, joined, latex_html, markdown, plain_text
from glmocr_desktop.results.table import Table
from glmocr_desktop.results.tables import part

if TYPE_CHECKING:
    from glmocr_desktop.gui.rendered.formula_object import FormulaStore
    from glmocr_desktop.gui.rendered.page_loader import PageLoader

_QUICK_BLOCKS = 500  # in more, only the words are taken where there is no time


@dataclass(slots=True)
class _Taken:
    """What is taken of a block."""

    begins: bool = False
    ends: bool = False
    runs: list[Run] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    top: int | None = None
    bottom: int = 0
    area: tuple[tuple[Cell, ...], ...] = ()


class Selection:
    """A copy of what a cursor has selected; later changes of the document do not matter.

    Thread: GUI, apart from `flavours`.
    """

    def __init__(self, loader: PageLoader, cursor: QTextCursor, store: FormulaStore) -> None:
        self._loader = loader
        self._store = store
        self._taken: dict[tuple[int, int], _Taken] = {}
        self._whole: set[int] = set()
        if cursor.hasSelection() and loader.flow.slots:
            self._take(cursor)
        self.results = tuple(self._results())

    @property
    def empty(self) -> bool:
        """Whether nothing is selected."""
        return not self.results

    def flavours(self) -> Flavours:
        """All flavours of a copy. Thread: background; formulas may have to be typeset."""
        return flavours(self.results)

    def quick_flavours(self) -> Flavours:
        """What can be had at once."""
        found = {PLAIN: encoded(joined(plain_text(each) for each in self.results))}
        if sum(len(each.blocks) for each in self.results) <= _QUICK_BLOCKS:
            found[MARKDOWN] = encoded(joined(markdown(each) for each in self.results))
            text = joined(html(each, self._formula_html) for each in self.results)
            found[HTML] = encoded(f'<meta charset="utf-8">{text}')
        return found

    def _formula_html(self, latex: str, display: bool) -> str:
        typeset = self._store.get((latex, display))
        return typeset.mathml if typeset and typeset.mathml else latex_html(latex, display)

    def _results(self) -> Iterator[Result]:
        pages: dict[int, list[Block]] = {page: [] for page in self._whole}
        for (page, number), taken in self._taken.items():
            blocks = pages.setdefault(page, [])
            result = self._loader.sources[page].result
            if number >= 0 and (block := _block(result.blocks[number], taken)) is not None:
                blocks.append(block)
        for page, blocks in sorted(pages.items()):
            result = self._loader.sources[page].result
            if page in self._whole:
                yield result
            elif blocks or result.state is not JobState.DONE:
                yield replace(result, blocks=tuple(blocks))

    def _take(self, cursor: QTextCursor) -> None:
        flow = self._loader.flow
        begin, end = cursor.selectionStart(), cursor.selectionEnd()
        if self._take_area(cursor):
            return
        for at in range(flow.at_position(begin), flow.at_position(end) + 1):
            slot = flow.slots[at]
            if slot.chunk is None:
                self._whole.add(slot.page)
            elif not slot.live or (begin <= flow.start(at) and end >= flow.start(at + 1) - 1):
                for piece in slot.chunk:
                    self._take_piece(piece)
            else:
                self._take_parts(slot.chunk, flow.first_block(at), begin, min(end, flow.start(at + 1) - 1))

    def _take_area(self, cursor: QTextCursor) -> bool:
        """Cells that are selected in one table; whether that is all."""
        table = cursor.currentTable()
        if table is None or not table.format().hasProperty(ROW):
            return False
        if not cursor.hasComplexSelection():
            self._take_inside_cell(cursor)
            return True
        top, height, left, width = _selected_cells(cursor)
        block = table.cellAt(top, left).firstCursorPosition().block()
        page, number = block.blockFormat().intProperty(PAGE), block.blockFormat().intProperty(BLOCK)
        grid = self._grid(page, number, table.format().intProperty(ROW))
        rows = self._loader.sources[page].result.blocks[number].rows
        whole = Table.of(rows)
        area = part(whole, grid.rows[top], grid.edges[left], grid.rows[top + height], grid.edges[left + width])
        self._taken[page, number] = _Taken(area=area.rows())
        return True

    def _grid(self, page: int, number: int, row: int) -> Grid:
        return next(
            piece.grid
            for slot in self._loader.flow.slots
            if slot.page == page
            for piece in slot.chunk or ()
            if piece.block == number and piece.grid is not None and piece.grid.rows[0] == row
        )

    def _take_piece(self, piece: Piece) -> None:
        taken = self._taken.setdefault((piece.page, piece.block), _Taken())
        taken.begins = taken.begins or piece.begins
        taken.ends = taken.ends or piece.ends
        if piece.grid is not None:
            self._take_rows(taken, piece.grid.rows[0], piece.grid.rows[-1])
        elif piece.content.items:
            taken.items += piece.content.items
        elif piece.content.kind is BlockKind.CODE:
            taken.texts.append(piece.content.text)
        else:
            for runs in piece.texts():
                taken.runs += runs

    @staticmethod
    def _take_rows(taken: _Taken, top: int, bottom: int) -> None:
        taken.top = top if taken.top is None else min(taken.top, top)
        taken.bottom = max(taken.bottom, bottom)

    def _take_parts(self, chunk: tuple[Piece, ...], block: QTextBlock, begin: int, end: int) -> None:
        """What stands between two places inside a slot."""
        while block.isValid() and block.position() <= end:
            number = block.blockFormat().intProperty(BLOCK) if block.blockFormat().hasProperty(BLOCK) else None
            piece = next((each for each in chunk if each.block == number), None)
            if piece is not None and block.position() + block.length() > begin:
                self._take_part(piece, block, begin, end)
            block = block.next()

    def _take_part(self, piece: Piece, block: QTextBlock, begin: int, end: int) -> None:
        cursor = QTextCursor(block)
        table = cursor.currentTable()
        if piece.grid is not None:
            if table is not None:
                cell = table.cellAt(cursor)
                grid = self._grid(piece.page, piece.block, table.format().intProperty(ROW))
                taken = self._taken.setdefault((piece.page, piece.block), _Taken())
                self._take_rows(taken, grid.rows[cell.row()], grid.rows[cell.row() + cell.rowSpan()])
        elif begin <= block.position() and end >= block.position() + block.length() - 1 and not piece.content.items:
            if block.length() > 1:  # not the empty paragraphs around code
                self._take_piece(piece)
        else:
            self._take_words(piece, block, begin, end)

    def _take_words(self, piece: Piece, block: QTextBlock, begin: int, end: int) -> None:
        runs = [each.run for each in stretches(block, begin, end)]
        if not runs:
            return
        taken = self._taken.setdefault((piece.page, piece.block), _Taken())
        if piece.content.items:
            item = piece.content.items[block.blockFormat().intProperty(ITEM)]
            taken.items.append(replace(item, runs=tuple(runs)))
        elif piece.content.kind is BlockKind.CODE:
            taken.texts.append("".join(run.text for run in runs))
        else:
            taken.runs += runs

    def _take_inside_cell(self, cursor: QTextCursor) -> None:
        """Words in one cell of a table."""
        begin, end = cursor.selectionStart(), cursor.selectionEnd()
        block = cursor.document().findBlock(begin)
        words = block.blockFormat()
        taken = self._taken.setdefault((words.intProperty(PAGE), words.intProperty(BLOCK)), _Taken())
        while block.isValid() and block.position() <= end:
            taken.runs += [each.run for each in stretches(block, begin, end)]
            block = block.next()


def _block(block: Block, taken: _Taken) -> Block | None:
    """What was taken of a block; None when that is nothing."""
    if taken.area:
        return Block(BlockKind.TABLE, rows=taken.area)
    if (taken.begins and taken.ends) or block.kind is BlockKind.FORMULA:
        return block
    if block.kind is BlockKind.TABLE and taken.top is not None:
        table = Table.of(block.rows)
        return Block(BlockKind.TABLE, rows=part(table, taken.top, 0, taken.bottom, table.width).rows())
    if taken.items:
        return Block(BlockKind.LIST, _list_text(taken.items), items=tuple(taken.items))
    if taken.texts:
        return Block(BlockKind.CODE, "\n".join(taken.texts), language=block.language)
    if not taken.runs:
        return None
    kind = block.kind if block.kind is BlockKind.HEADING else BlockKind.PARAGRAPH
    return Block(kind, inline.plain(taken.runs), tuple(taken.runs), level=block.level if kind is block.kind else 0)


def _list_text(items: list[Item]) -> str:
    return "\n".join(inline.plain(item.runs) for item in items)


def _selected_cells(cursor: QTextCursor) -> tuple[int, int, int, int]:
    """First row, how many rows, first column, how many columns."""
    found: object = cursor.selectedTableCells()  # the stubs know of no result
    top, height, left, width = cast("tuple[int, int, int, int]", found)
    return top, height, left, width
