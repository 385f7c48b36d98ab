"""Which parts of a long document are in sight, near, or far away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTextEdit

    from glmocr_desktop.gui.rendered.page_flow import PageFlow

_LIVE_COST_US = 120_000  # what is kept written: some ten pages with tables
_PAGE_COST_US = 10_000  # of a page that is not prepared yet, about


class Vicinity:
    """Looks at a view and its document from where the reader is.

    Thread: GUI.
    """

    def __init__(self, view: QTextEdit, flow: PageFlow) -> None:
        self._view = view
        self._flow = flow

    def pinned(self) -> set[int]:
        """The slots in which a selection begins and ends: freed, they would take its place with them."""
        cursor = self._view.textCursor()
        if not cursor.hasSelection():
            return set()
        return {self._flow.at_position(cursor.selectionStart()), self._flow.at_position(cursor.selectionEnd())}

    def wanted(self) -> list[int]:
        """The slots that should be written: those in sight, then those around, two below for one above."""
        slots = self._flow.slots
        seen = self.seen()
        found = list(seen)
        below, above = seen.stop, seen.start - 1
        cost = sum(slots[at].cost_us for at in seen)
        turn = 0
        sliding = self._view.verticalScrollBar().isSliderDown()  # what is above would move the page under the hand
        while cost < _LIVE_COST_US and (below < len(slots) or above >= 0) and not sliding:
            turn += 1
            if above < 0 or (below < len(slots) and turn % 3):
                at, below = below, below + 1
            else:
                at, above = above, above - 1
            found.append(at)
            slot = slots[at]
            cost += _PAGE_COST_US if slot.chunk is None else slot.cost_us
        return found

    def seen(self) -> range:
        """The slots in sight."""
        view = self._view
        top = self._flow.at_position(view.cursorForPosition(QPoint(0, 0)).position())
        bottom = self._flow.at_position(view.cursorForPosition(view.viewport().rect().bottomRight()).position())
        return range(top, max(top, bottom) + 1)

    def far(self) -> int | None:
        """The slot that is written and farthest away, when more is written than should be; else None."""
        if self._flow.live_cost_us <= 1.2 * _LIVE_COST_US:
            return None
        wanted = self.wanted()
        near = {*wanted, *self.pinned()}
        far = (at for at, slot in enumerate(self._flow.slots) if slot.live and at not in near)
        return max(far, key=lambda at: abs(at - wanted[0]), default=None)
