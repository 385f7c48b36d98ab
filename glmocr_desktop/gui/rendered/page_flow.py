"""A text document of which only the part near the reader is written; the rest is room left free.

Qt lays a whole document out when its width changes, and takes ten milliseconds for a page with two tables. So what is
far away stands there as one empty paragraph as high as it, or about as high.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from glmocr_desktop.gui.rendered.piece_writer import PieceWriter
from glmocr_desktop.gui.rendered.rendering import Chunk, Formula

_MIN_HEIGHT_PX = 4.0


@dataclass(eq=False, slots=True)
class Slot:
    """A chunk in the document, or a whole page that is not cut into chunks yet.

    Attributes:
        page: Its place among the results that are shown.
        chunk: What is written; None for a page that is not prepared.
        height_px: How high it is, or about.
        live: Whether it is written.
        length: How many characters it takes, with the sign that ends it.
        missing: Formulas that stand there as LaTeX because they are not ready.
        stale: Whether it is to be written anew, for another width.
    """

    page: int
    chunk: Chunk | None
    height_px: float
    live: bool = False
    length: int = 1
    missing: set[Formula] = field(default_factory=set)
    stale: bool = False

    @property
    def cost_us(self) -> int:
        """About how long its layout takes."""
        return sum(piece.cost_us for piece in self.chunk) if self.chunk else 0


class PageFlow:
    """Writes slots of a document, and frees them.

    Thread: GUI.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self.slots: list[Slot] = []
        self.live_cost_us = 0
        self._starts: list[int] = []

    def reset(self, slots: Iterable[Slot]) -> None:
        """Put other slots in the place of all, none of them written."""
        self.slots = list(slots)
        self.live_cost_us = 0
        self._document.clear()
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for at, slot in enumerate(self.slots):
            slot.live, slot.stale, slot.length, slot.missing = False, False, 1, set()
            if at:
                cursor.insertBlock()
            self._leave_free(cursor, slot)
        cursor.endEditBlock()
        self._starts = []

    def append(self, slots: Iterable[Slot]) -> None:
        """Put slots behind all others, not written yet."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for slot in slots:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            self._leave_free(cursor, slot)
            self.slots.append(slot)
        cursor.endEditBlock()
        self._starts = []

    def expand(self, at: int, chunks: Sequence[Chunk], height_of: Callable[[Chunk], float]) -> None:
        """A page is prepared: put its chunks in the place of its slot, not written yet."""
        page = self.slots[at].page
        new = [Slot(page, chunk, height_of(chunk)) for chunk in chunks or ((),)]

        def fill(cursor: QTextCursor) -> None:
            for number, slot in enumerate(new):
                if number:
                    cursor.insertBlock()
                self._leave_free(cursor, slot)

        self._replace(at, fill)
        self.slots[at : at + 1] = new
        self._starts = []

    def write(self, at: int, writer: PieceWriter) -> None:
        """Write a slot, or write it anew."""
        slot = self.slots[at]
        chunk = slot.chunk
        if chunk is None:
            return

        def fill(cursor: QTextCursor) -> None:
            slot.missing = writer.write(cursor, chunk)

        self.live_cost_us += 0 if slot.live else slot.cost_us
        self._replace(at, fill)
        slot.live, slot.stale = True, False

    def free(self, indexes: Iterable[int]) -> None:
        """Leave room in the place of slots."""
        cursor = QTextCursor(self._document)
        measured = {at: self.height_px(at) for at in indexes if self.slots[at].live}
        cursor.beginEditBlock()
        for at, height_px in measured.items():
            slot = self.slots[at]
            slot.height_px = height_px
            self._replace(at, partial(self._leave_free, slot=slot))
            slot.live = False
            slot.missing = set()
            self.live_cost_us -= slot.cost_us
        cursor.endEditBlock()

    def measure_heights(self, scale: float) -> None:
        """Remember how high the slots are, before all of them become so many times as large."""
        heights = [self.height_px(at) if slot.live else slot.height_px for at, slot in enumerate(self.slots)]
        for slot, height_px in zip(self.slots, heights, strict=True):
            slot.height_px = height_px * scale

    def start(self, at: int) -> int:
        """Where a slot begins in the document; behind the last one, where the document ends."""
        self._measure()
        return self._starts[at]

    def at_position(self, position: int) -> int:
        """The slot at a place in the document."""
        self._measure()
        return min(max(0, bisect_right(self._starts, position) - 1), len(self.slots) - 1)

    def first_of_page(self, page: int) -> int | None:
        """The first slot of a page."""
        return next((at for at, slot in enumerate(self.slots) if slot.page == page), None)

    def first_block(self, at: int) -> QTextBlock:
        """The first paragraph of a slot."""
        return self._document.findBlock(self.start(at))

    def top_px(self, at: int) -> float:
        """Where a slot begins, in pixels from the top of the document."""
        return self.block_top_px(self.first_block(at))

    def block_top_px(self, block: QTextBlock) -> float:
        """Where a paragraph begins, in pixels from the top of the document."""
        return self._document.documentLayout().blockBoundingRect(block).top()

    def height_px(self, at: int) -> float:
        """How high a slot is."""
        if at + 1 < len(self.slots):
            return max(_MIN_HEIGHT_PX, self.top_px(at + 1) - self.top_px(at))
        last = self._document.lastBlock()
        return max(_MIN_HEIGHT_PX, self._document.documentLayout().blockBoundingRect(last).bottom() - self.top_px(at))

    def _measure(self) -> None:
        if self._starts:
            return
        starts, position = [0], 0
        for slot in self.slots:
            position += slot.length
            starts.append(position)
        self._starts = starts

    def _replace(self, at: int, fill: Callable[[QTextCursor], None]) -> None:
        """Write something else between the beginning of a slot and the sign that ends it."""
        slot = self.slots[at]
        before = self._document.characterCount()
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        begin = self.start(at)
        cursor.setPosition(begin)
        cursor.setPosition(begin + slot.length - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(QTextBlockFormat())
        cursor.setBlockCharFormat(QTextCharFormat())
        fill(cursor)
        cursor.endEditBlock()
        change = self._document.characterCount() - before
        slot.length += change
        if change:
            self._starts = []

    @staticmethod
    def _leave_free(cursor: QTextCursor, slot: Slot) -> None:
        block = QTextBlockFormat()
        block.setLineHeight(max(_MIN_HEIGHT_PX, slot.height_px), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
