"""Loads what a reader looks at, and what is near to it, a little in every turn of the loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor

from glmocr_desktop.core.model import BlockKind
from glmocr_desktop.gui.rendered.foothold import Anchor, Foothold
from glmocr_desktop.gui.rendered.page_flow import PageFlow, Slot
from glmocr_desktop.gui.rendered.rendering import Chunk, Formula, Source, prepared
from glmocr_desktop.gui.rendered.typesetting import Typesetting
from glmocr_desktop.gui.rendered.vicinity import Vicinity

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTextEdit

    from glmocr_desktop.gui.rendered.formula_object import FormulaStore
    from glmocr_desktop.gui.rendered.piece_writer import PieceWriter
    from glmocr_desktop.gui.tasks import Tasks

_TURN_S = 0.005  # of writing in a turn of the loop; a picture of the page comes on top of it
_RESIZED_COST_US = 12_000  # what may be laid out anew while the width changes
_PAGES_AT_ONCE = 4
_SLOTS_AT_ONCE = 200
_REST_MS = 150  # of a width that changes
_GROWTH_MS = 300


class PageLoader(QObject):
    """Fills the document of a view.

    Signals:
        changed(): Something was written or freed.
        replaced(): Other pages took the place of those before.
        loaded(): All that is near to the reader is written, with its formulas.

    Thread: GUI.
    """

    changed = Signal()
    replaced = Signal()
    loaded = Signal()

    def __init__(
        self, view: QTextEdit, tasks: Tasks, store: FormulaStore, new_writer: Callable[[], PieceWriter]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._tasks = tasks
        self._store = store
        self._new_writer = new_writer
        self._writer = new_writer()
        self.flow = PageFlow(view.document())
        self.foothold = Foothold(view, self.flow)
        self._vicinity = Vicinity(view, self.flow)
        self.sources: tuple[Source, ...] = ()
        self._pending: tuple[Source, ...] = ()
        self._loading: asyncio.Task[None] | None = None
        self._preparing: asyncio.Task[None] | None = None
        self._typesetting = Typesetting(tasks, store, self._missing, self.go_on)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._on_turn)
        self._growth = QTimer(self)
        self._growth.setSingleShot(True)
        self._growth.setInterval(_GROWTH_MS)
        self._growth.timeout.connect(self._begin)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.go_on())

    @property
    def busy(self) -> bool:
        """Whether something near to the reader is still to be written."""
        timers = (self._turn, self._growth, self._rest)
        tasks = (self._loading, self._preparing)
        return (
            any(timer.isActive() for timer in timers)
            or any(task is not None and not task.done() for task in tasks)
            or self._typesetting.running
        )

    def show(self, sources: Sequence[Source]) -> None:
        """Show other pages; what was shown stays until they are ready.

        The page that is looked at stays where it is if it is among them. A document that grows is shown anew a few
        times a second at most.
        """
        wanted = tuple(sources)
        if _same(wanted, self._pending):
            return
        growing = len(wanted) > len(self._pending) > 0 and _all_in(self._pending, wanted)
        appended = growing and _same(wanted[: len(self._pending)], self._pending) and not self._loads
        self._pending = wanted
        if appended:
            self.sources = wanted
            self.replaced.emit()
            self.go_on()
        elif not growing:
            self._begin()
        elif not self._growth.isActive():
            self._growth.start()

    @property
    def _loads(self) -> bool:
        """Whether other pages will take the place of these."""
        return self._growth.isActive() or (self._loading is not None and not self._loading.done())

    def restyle(self, scale: float = 1.0) -> None:
        """Write everything anew, in another look, and stay where the reader is.

        Args:
            scale: How many times as large as before everything becomes.
        """
        anchor = self.foothold.anchor()
        self.flow.measure_heights(scale)
        self.flow.reset(self.flow.slots)  # first, or another font would have all of it laid out once more
        self._writer = self._new_writer()
        if anchor is not None:
            self._fill_sight(self.flow.slots.index(anchor.slot))
            self.foothold.restore(anchor)
        self.changed.emit()
        self.go_on()

    def resized(self, resize: Callable[[], None]) -> None:
        """Let the width change; only what is seen is laid out at once."""
        anchor = self.foothold.anchor()
        if self.flow.live_cost_us > _RESIZED_COST_US:
            near = {*self._vicinity.seen(), *self._vicinity.pinned()}
            self.flow.free(at for at, slot in enumerate(self.flow.slots) if slot.live and at not in near)
            if anchor is not None:
                self.foothold.restore(anchor)
        resize()
        if anchor is not None:
            self.foothold.restore(anchor)
        self._rest.start()
        self.go_on()

    def seen(self) -> range:
        """The slots in sight."""
        return self._vicinity.seen()

    def reveal(self, at: int) -> None:
        """Bring a slot into sight, and write it now if it is prepared."""
        slot = self.flow.slots[at]
        if not slot.live:
            if slot.chunk is not None:
                self.flow.write(at, self._writer)
            self.foothold.scroll_to(self.flow.top_px(at))
            self.go_on()

    def go_on(self) -> None:
        """Load more in the next turn of the loop."""
        if not self._turn.isActive():
            self._turn.start(0)

    # What comes in from the background

    def _begin(self) -> None:
        self._growth.stop()
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self._tasks.start(self._load(self._pending))

    async def _load(self, sources: tuple[Source, ...]) -> None:
        anchor = self.foothold.anchor()
        focus = self._focus(anchor, sources)
        chunks: tuple[Chunk, ...] = ()
        if sources:
            at = focus or 0
            [chunks] = await self._tasks.background(_prepared_pages, sources[at : at + 1], (at,))
            first = chunks[0] if chunks else ()
            await self._typesetting.begin_with(each for piece in first for each in piece.formulas())
            anchor = self.foothold.anchor()
        if self._preparing is not None:
            self._preparing.cancel()
        self._typesetting.stop()
        self._put(sources, focus, chunks, anchor)
        self._view.horizontalScrollBar().setValue(0)
        self.replaced.emit()
        self.changed.emit()
        self.go_on()

    def _put(
        self, sources: tuple[Source, ...], focus: int | None, chunks: tuple[Chunk, ...], anchor: Anchor | None
    ) -> None:
        """Let pages take the place of those before; the first in sight is written at once."""
        at = focus or 0
        some = enumerate(sources[: at + _SLOTS_AT_ONCE])
        slots = [Slot(page, None, self._writer.look.page_height(source)) for page, source in some]
        slots[at : at + 1] = [Slot(at, chunk, self._writer.look.chunk_height(chunk)) for chunk in chunks or ((),)]
        if focus is not None and anchor is not None:  # the same chunk of the page, though its words may be others
            before = self.flow.slots
            first = next(number for number, slot in enumerate(before) if slot.page == anchor.slot.page)
            at += min(before.index(anchor.slot) - first, len(chunks or ((),)) - 1)
        self.sources = sources
        self._view.setTextCursor(QTextCursor(self._view.document()))
        self.flow.reset(slots)
        self._fill_sight(at)
        if focus is not None and anchor is not None:
            self.foothold.restore(replace(anchor, slot=slots[at]))
        else:
            self.foothold.scroll_to(0)

    def _focus(self, anchor: Anchor | None, sources: Sequence[Source]) -> int | None:
        """Which of other pages is the one that is looked at; None when it is not among them."""
        if anchor is None or not self.sources:
            return None
        page = self.sources[anchor.slot.page].result.job.page
        return next((at for at, source in enumerate(sources) if source.result.job.page == page), None)

    async def _prepare(self, pages: list[int]) -> None:
        made = await self._tasks.background(_prepared_pages, [self.sources[page] for page in pages], pages)
        for page, chunks in zip(pages, made, strict=True):
            at = next(at for at, slot in enumerate(self.flow.slots) if slot.page == page)
            self.foothold.hold(partial(self.flow.expand, at, chunks, self._writer.look.chunk_height))
        self.go_on()

    def _missing(self) -> Iterator[Formula]:
        for at in self._vicinity.wanted():
            yield from self.flow.slots[at].missing

    # Turns

    def _on_turn(self) -> None:
        if not self.flow.slots:
            self.loaded.emit()
            return
        end = time.perf_counter() + _TURN_S
        wanted = self._vicinity.wanted()
        unprepared: list[int] = []
        missing = False
        for at in wanted:
            slot = self.flow.slots[at]
            if slot.chunk is None:
                unprepared.append(slot.page)
            elif not slot.live or slot.stale or self._ready(slot):
                self.foothold.hold(partial(self.flow.write, at, self._writer))
                self.changed.emit()
                if time.perf_counter() > end:
                    self.go_on()
                    break
            missing = missing or bool(slot.missing)
        if not self._turn.isActive():
            self._append_slots()
        if unprepared and (self._preparing is None or self._preparing.done()):
            self._preparing = self._tasks.start(self._prepare(unprepared[:_PAGES_AT_ONCE]))
        if missing:
            self._typesetting.start()
        if not self._turn.isActive():
            self._free_far()
        if not (self._turn.isActive() or unprepared or missing):
            self.loaded.emit()

    def _ready(self, slot: Slot) -> bool:
        """Whether formulas that stand there as LaTeX can be drawn now."""
        return bool(slot.missing) and all(self._store.get(each) is not None for each in slot.missing)

    def _append_slots(self) -> None:
        """Make room for pages that have none yet, some hundred in a turn."""
        known = self.flow.slots[-1].page + 1
        if known < len(self.sources):
            some = enumerate(self.sources[known : known + _SLOTS_AT_ONCE], known)
            self.flow.append([Slot(page, None, self._writer.look.page_height(source)) for page, source in some])
            self.changed.emit()
            self.go_on()

    def _free_far(self) -> None:
        far = self._vicinity.far()
        if far is not None:
            self.foothold.hold(partial(self.flow.free, [far]))
            self.go_on()

    def _fill_sight(self, first: int) -> None:
        """Write a slot, and what is seen below it as far as there is time."""
        end = time.perf_counter() + _TURN_S
        height = self._view.viewport().height()
        for at in range(first, len(self.flow.slots)):
            below = self.flow.top_px(at) - self.flow.top_px(first) > height
            if below or self.flow.slots[at].chunk is None or (at > first and time.perf_counter() > end):
                return
            self.flow.write(at, self._writer)

    def _on_rest(self) -> None:
        """The width rests: fit what has a width of its own to it."""
        self._writer = self._new_writer()
        for slot in self.flow.slots:
            if slot.live and any(
                piece.content.kind is BlockKind.FORMULA or (piece.grid is not None and piece.grid.widths)
                for piece in slot.chunk or ()
            ):
                slot.stale = True
        self.go_on()


def _same(some: Sequence[Source], others: Sequence[Source]) -> bool:
    return len(some) == len(others) and all(
        one.result is other.result and (one.title, one.note) == (other.title, other.note)
        for one, other in zip(some, others, strict=True)
    )


def _all_in(some: Sequence[Source], others: Sequence[Source]) -> bool:
    known = {id(source.result) for source in others}
    return all(id(source.result) in known for source in some)


def _prepared_pages(sources: Sequence[Source], pages: Sequence[int]) -> list[tuple[Chunk, ...]]:
    """Thread: background."""
    return [prepared(page, source) for page, source in zip(pages, sources, strict=True)]
