"""Has formulas typeset in the background, a few at a time, those that are looked at first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from glmocr_desktop.results.formulas import typeset

if TYPE_CHECKING:
    from glmocr_desktop.gui.rendered.formula_object import FormulaStore
    from glmocr_desktop.gui.rendered.rendering import Formula
    from glmocr_desktop.gui.tasks import Tasks
    from glmocr_desktop.results.formulas import Typeset

_AT_ONCE = 6
_FIRST_S = 0.08  # so long a page waits for its first formulas, so that it does not change before the eyes


class Typesetting:
    """Fills a store of formulas.

    Args:
        tasks: Runs the work.
        store: Where formulas go.
        wanted: The formulas that are looked at or near, in the order in which they are wanted.
        made: Told after every few.

    Thread: GUI.
    """

    def __init__(
        self,
        tasks: Tasks,
        store: FormulaStore,
        wanted: Callable[[], Iterable[Formula]],
        made: Callable[[], None],
    ) -> None:
        self._tasks = tasks
        self._store = store
        self._wanted = wanted
        self._made = made
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether formulas are being typeset."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Typeset what is wanted, until nothing is missing."""
        if not self.running:
            self._task = self._tasks.start(self._run())

    def stop(self) -> None:
        """Other pages are shown: what was wanted is not any more."""
        if self._task is not None:
            self._task.cancel()

    async def begin_with(self, formulas: Iterable[Formula]) -> None:
        """Give a few formulas a moment; they are made also when it was too short."""
        if (missing := self._missing(formulas)) and (task := self._tasks.start(self._make(missing))):
            await asyncio.wait({task}, timeout=_FIRST_S)

    async def _run(self) -> None:
        while missing := self._missing(self._wanted()):
            await self._make(missing)

    async def _make(self, formulas: Sequence[Formula]) -> None:
        typesets = await self._tasks.background(_typeset_all, formulas)
        for formula, each in zip(formulas, typesets, strict=True):
            self._store.add(formula, each)
        self._made()

    def _missing(self, formulas: Iterable[Formula]) -> list[Formula]:
        found: dict[Formula, None] = {}
        for formula in formulas:
            if self._store.get(formula) is None:
                found[formula] = None
            if len(found) == _AT_ONCE:
                break
        return list(found)


def _typeset_all(formulas: Sequence[Formula]) -> list[Typeset]:
    """Thread: background."""
    return [typeset(latex, display=display) for latex, display in formulas]
