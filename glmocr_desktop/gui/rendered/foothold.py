"""Keeps what a reader looks at in its place while the document around it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTextEdit

    from glmocr_desktop.gui.rendered.page_flow import PageFlow, Slot


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is at the top of the view: a paragraph of a slot, and how far its beginning is above the top."""

    slot: Slot
    paragraph: int
    paragraphs: int
    above_px: float
    share: float


class Foothold:
    """Scrolls a view so that what stands at its top stays there.

    Thread: GUI.
    """

    def __init__(self, view: QTextEdit, flow: PageFlow) -> None:
        self._view = view
        self._flow = flow
        self._kept: tuple[Anchor | None, int] = None, 0

    def hold(self, edit: Callable[[], None]) -> None:
        """Change the document; what is at the top of the view stays there."""
        bar = self._view.verticalScrollBar()
        kept, value = self._kept
        if kept is None or value != bar.value() or not self._stands(kept):
            kept = self.anchor() if bar.value() else None
        edit()
        if kept is not None:
            self.restore(kept)
        # The bar knows whole pixels only: an anchor taken anew every time would drift by half of one.
        self._kept = kept, bar.value()

    def _stands(self, anchor: Anchor) -> bool:
        try:
            return self._paragraphs(self._flow.slots.index(anchor.slot)) == anchor.paragraphs
        except ValueError:
            return False

    def anchor(self) -> Anchor | None:
        """What is at the top now; None in an empty document."""
        if not self._flow.slots:
            return None
        value = self._view.verticalScrollBar().value()
        position = self._view.cursorForPosition(QPoint(0, 0)).position()
        at = self._flow.at_position(position)
        block = self._view.document().findBlock(position)
        top = self._flow.top_px(at)
        return Anchor(
            self._flow.slots[at],
            block.blockNumber() - self._flow.first_block(at).blockNumber(),
            self._paragraphs(at),
            value - self._flow.block_top_px(block),
            (value - top) / self._flow.height_px(at),
        )

    def restore(self, anchor: Anchor) -> None:
        """Scroll so that something is at the top again."""
        try:
            at = self._flow.slots.index(anchor.slot)
        except ValueError:
            at = self._flow.first_of_page(anchor.slot.page) or 0  # it was cut into chunks: the place inside it is kept
            last = at
            while last + 1 < len(self._flow.slots) and self._flow.slots[last + 1].page == anchor.slot.page:
                last += 1
            top = self._flow.top_px(at)
            height = self._flow.top_px(last) + self._flow.height_px(last) - top
            self.scroll_to(top + anchor.share * height)
            return
        if self._paragraphs(at) == anchor.paragraphs:
            block = self._view.document().findBlockByNumber(self._flow.first_block(at).blockNumber() + anchor.paragraph)
            self.scroll_to(self._flow.block_top_px(block) + anchor.above_px)
        else:
            self.scroll_to(self._flow.top_px(at) + anchor.share * self._flow.height_px(at))

    def _paragraphs(self, at: int) -> int:
        document = self._view.document()
        first = self._flow.first_block(at).blockNumber()
        if at + 1 < len(self._flow.slots):
            return self._flow.first_block(at + 1).blockNumber() - first
        return document.blockCount() - first

    def scroll_to(self, value: float) -> None:
        """Scroll to a place, in pixels from the top of the document."""
        bar = self._view.verticalScrollBar()
        wanted = max(0, round(value))
        if wanted == bar.value():
            return
        if wanted > bar.maximum():  # Qt tells the bar of a longer document in the next turn of the loop
            bar.setMaximum(max(0, ceil(self._view.document().size().height()) - self._view.viewport().height()))
        bar.setValue(wanted)
