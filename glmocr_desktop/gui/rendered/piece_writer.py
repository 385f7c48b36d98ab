"""Writes pieces of results into a text document: fonts, spaces, lines and colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from glmocr_desktop.core.model import BlockKind, Item
from glmocr_desktop.gui.rendered.formula_object import FormulaObject, FormulaStore
from glmocr_desktop.gui.rendered.page_look import Look
from glmocr_desktop.gui.rendered.rendering import Formula, Piece, Role
from glmocr_desktop.gui.rendered.run_writer import RunWriter
from glmocr_desktop.gui.rendered.table_slices import Grid, Place

PAGE = QTextFormat.Property.UserProperty.value + 1
BLOCK = PAGE + 1
ITEM = PAGE + 2
ROW = PAGE + 3

_HEADING_SIZES = {1: 1.5, 2: 1.3, 3: 1.15}
_LEADING_EM = 0.3
_GAP_EM = 0.55  # between paragraphs
_BULLETS = (QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListCircle, QTextListFormat.Style.ListSquare)
_SAMPLE = 200  # characters that decide about the direction of a paragraph


class PieceWriter:
    """Writes pieces at a cursor.

    Args:
        look: Sizes and colours.
        store: Formulas that are ready.
        formulas: Draws them.

    Thread: GUI.
    """

    def __init__(self, look: Look, store: FormulaStore, formulas: FormulaObject) -> None:
        self.look = look
        self._runs = RunWriter(store, formulas, look.room_px)
        self._cursor = QTextCursor()
        self._fresh = True
        self._marks: tuple[int, int] = (0, -1)

    def write(self, cursor: QTextCursor, pieces: Iterable[Piece]) -> set[Formula]:
        """Write pieces into an empty paragraph.

        Returns:
            The formulas that were not ready, and stand there as LaTeX.
        """
        self._cursor, self._fresh, self._runs.missing = cursor, True, set()
        for piece in pieces:
            self._marks = (piece.page, piece.block)
            if piece.grid is not None:
                self._write_table(piece, piece.grid)
            elif piece.content.kind is BlockKind.CODE:
                self._write_code(piece)
            elif piece.content.kind is BlockKind.LIST:
                self._write_list(piece.content.items)
            else:
                self._write_words(piece)
        return self._runs.missing

    # Words

    def _write_words(self, piece: Piece) -> None:
        content = piece.content
        words, font = QTextCharFormat(), self.look.font
        block = self._block_format(content.text)
        em_px = self.look.em_px
        if content.kind is BlockKind.HEADING:
            font = self._scaled(_HEADING_SIZES.get(content.level, 1.0))
            font.setBold(True)
            words.setFont(font)
            block.setTopMargin(em_px * (0.8 if piece.begins else 0))
            block.setHeadingLevel(max(1, content.level))
        elif content.kind is BlockKind.FORMULA:
            block.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            block.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            block.setTopMargin(em_px * 0.3)
            block.setBottomMargin(em_px * 0.8)
        elif piece.role is not Role.BODY:
            words.setForeground(self.look.muted)
            if piece.role is Role.TITLE:
                font = self._scaled(0.9)
                words.setFont(font)
                if piece.page:
                    self._write_rule()
            else:
                words.setFontItalic(True)
        if not piece.ends:
            block.setBottomMargin(0)
        self._begin(block, words)
        for runs in piece.texts():
            self._runs.write(self._cursor, runs, words, font, display=content.kind is BlockKind.FORMULA)

    def _write_rule(self) -> None:
        """A thin line above a page."""
        block = self._block_format("")
        block.setProperty(
            QTextFormat.Property.BlockTrailingHorizontalRulerWidth.value,
            QTextLength(QTextLength.Type.PercentageLength, 100),
        )
        block.setProperty(QTextFormat.Property.BackgroundBrush.value, QBrush(self.look.line))
        block.setTopMargin(self.look.em_px)
        block.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._begin(block, QTextCharFormat())

    def _write_list(self, items: Sequence[Item]) -> None:
        open_lists: dict[int, tuple[QTextList, int | None]] = {}
        for at, item in enumerate(items):
            block = self._block_format("".join(run.text for run in item.runs))
            block.setBottomMargin(self.look.em_px * (0.2 if at + 1 < len(items) else _GAP_EM))
            block.setProperty(ITEM, at)
            self._begin(block, QTextCharFormat())
            for level in [level for level in open_lists if level > item.level]:
                del open_lists[level]
            known, number = open_lists.get(item.level, (None, None))
            follows = known is not None and (
                item.number is None if number is None else item.number is not None and item.number == number + 1
            )
            if known is not None and follows:
                known.add(self._cursor.block())
            else:
                known = self._cursor.createList(self._list_format(item))
            open_lists[item.level] = (known, item.number)
            self._runs.write(self._cursor, item.runs, QTextCharFormat(), self.look.font)

    @staticmethod
    def _list_format(item: Item) -> QTextListFormat:
        made = QTextListFormat()
        made.setIndent(item.level + 1)
        if item.number is None:
            made.setStyle(_BULLETS[min(item.level, len(_BULLETS) - 1)])
        else:
            made.setStyle(QTextListFormat.Style.ListDecimal)
            made.setStart(max(0, item.number))
        return made

    # Boxes

    def _write_code(self, piece: Piece) -> None:
        made = self._table_format(piece, spacing=0, padding_em=0.5)
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = self._insert_table(1, 1, made)
        cell = table.cellAt(0, 0)
        shade = QTextTableCellFormat()
        shade.setBackground(self.look.shade)
        cell.setFormat(shade)
        block = self._block_format("")
        block.setBottomMargin(0)
        cursor = cell.firstCursorPosition()
        cursor.setBlockFormat(block)
        self._runs.write_code(cursor, piece.content.text)

    def _write_table(self, piece: Piece, grid: Grid) -> None:
        made = self._table_format(piece, spacing=1, padding_em=0.3)
        if grid.widths:
            made.setColumnWidthConstraints(self._column_widths(grid.widths, made.cellPadding()))
        made.setProperty(ROW, grid.rows[0])
        # Lines are the ground of the table, seen between its cells: drawing them cell by cell takes four times as long.
        made.setBackground(self.look.line)
        table = self._insert_table(grid.height, grid.width, made)
        for place in grid.places:
            if place.row_span > 1 or place.col_span > 1:
                table.mergeCells(place.row, place.column, place.row_span, place.col_span)
        ground, head = QTextTableCellFormat(), QTextTableCellFormat()
        ground.setBackground(self.look.base)
        head.setBackground(self.look.shade)
        filled: set[tuple[int, int]] = set()
        for place in grid.places:
            filled.update(
                (place.row + row, place.column + column)
                for row in range(place.row_span)
                for column in range(place.col_span)
            )
            self._write_cell(table, place, head if place.header else ground)
        for row in range(grid.height):
            for column in range(grid.width):
                if (row, column) not in filled:
                    table.cellAt(row, column).setFormat(ground)

    def _write_cell(self, table: QTextTable, place: Place, ground: QTextTableCellFormat) -> None:
        cell = table.cellAt(place.row, place.column)
        cell.setFormat(ground)
        around, self._cursor = self._cursor, cell.firstCursorPosition()
        block = self._block_format("".join(run.text for run in place.runs))
        block.setBottomMargin(0)
        block.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        self._cursor.setBlockFormat(block)
        words = QTextCharFormat()
        font = self.look.font
        if place.header:
            words.setFontWeight(QFont.Weight.DemiBold)
        self._runs.write(self._cursor, place.runs, words, font)
        self._cursor = around

    def _table_format(self, piece: Piece, spacing: int, padding_em: float) -> QTextTableFormat:
        made = QTextTableFormat()
        made.setBorder(0)
        made.setBorderCollapse(False)
        made.setCellSpacing(spacing)
        made.setCellPadding(round(self.look.em_px * padding_em))
        made.setTopMargin(self.look.em_px * _GAP_EM if piece.begins else -spacing)
        made.setBottomMargin(self.look.em_px * 0.8 if piece.ends else 0)
        return made

    def _insert_table(self, rows: int, columns: int, made: QTextTableFormat) -> QTextTable:
        """A table after what was written; the cursor is behind it then, in an empty paragraph that is not shown."""
        if self._fresh:
            self._cursor.setBlockFormat(self._plain_format())
        table = self._cursor.insertTable(rows, columns, made)
        self._cursor.setPosition(table.lastPosition() + 1)
        self._cursor.setBlockFormat(self._plain_format())
        self._cursor.setBlockCharFormat(QTextCharFormat())
        self._fresh = True
        return table

    def _column_widths(self, widths: Sequence[tuple[int, int]], padding_px: float) -> list[QTextLength]:
        """Widths in pixels that fill the line at most, unless the longest words need more."""
        letter_px = self.look.letter_px
        around_px = 2 * padding_px + 1
        wanted = [letter_px * each + 1 for each, _ in widths]
        least = [letter_px * each + 1 for _, each in widths]
        room_px = self.look.room_px - around_px * len(widths) - 1
        if sum(wanted) > room_px:
            spare = max(0.0, room_px - sum(least))
            more = sum(wanted) - sum(least)
            share = spare / more if more else 0.0
            wanted = [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]
        fixed = QTextLength.Type.FixedLength
        return [QTextLength(fixed, round(each + 2 * padding_px)) for each in wanted]

    # Paragraphs

    def _begin(self, block: QTextBlockFormat, words: QTextCharFormat) -> None:
        if self._fresh:
            self._cursor.setBlockFormat(block)
            self._cursor.setBlockCharFormat(words)
        else:
            self._cursor.insertBlock(block, words)
        self._fresh = False

    def _plain_format(self) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setProperty(PAGE, self._marks[0])
        made.setProperty(BLOCK, self._marks[1])
        return made

    def _block_format(self, text: str) -> QTextBlockFormat:
        made = self._plain_format()
        made.setBottomMargin(self.look.em_px * _GAP_EM)
        made.setLineHeight(self.look.em_px * _LEADING_EM, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
        if _right_to_left(text):
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        return made

    def _scaled(self, factor: float) -> QFont:
        font = QFont(self.look.font)
        font.setPointSizeF(font.pointSizeF() * factor)
        return font


def _right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    if text.isascii():
        return False
    for sign in text[:_SAMPLE]:
        kind = unicodedata.bidirectional(sign)
        if kind == "L":
            return False
        if kind in ("R", "AL"):
            return True
    return False
