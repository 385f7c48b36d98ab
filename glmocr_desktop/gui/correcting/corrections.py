"""What a person changes in the results of pages, step by step, and back."""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from glmocr_desktop.core.model import Result
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.blocks import with_text

_log = logging.getLogger(__name__)
_STEPS = 100  # of a page
_PAGES = 500
_SIGNS = 20_000_000  # of all steps of all pages: a looping answer makes steps of 200 kB

Change = Callable[[Result], Result]


@dataclass(slots=True)
class _History:
    """The texts of a page before and after the one that it has now."""

    text: str
    past: deque[str] = field(default_factory=lambda: deque(maxlen=_STEPS))
    future: list[str] = field(default_factory=list)

    @property
    def signs(self) -> int:
        return sum(map(len, self.past)) + sum(map(len, self.future))

    def go_to(self, text: str) -> None:
        """The page has another text; one beside the present one is a step back or on, and no new step."""
        if text == self.text:
            return
        if self.past and self.past[-1] == text:
            self.past.pop()
            self.future.append(self.text)
        elif self.future and self.future[-1] == text:
            self.future.pop()
            self.past.append(self.text)
        else:
            self.past.append(self.text)
            self.future.clear()
        self.text = text


class Corrections(QObject):
    """Applies changes to the page that is shown, one after another, in the background, and remembers each.

    All that is done to a page, wherever it was done, is one row of steps.

    Signals:
        corrected(Row, Result): A change was made.

    Thread: GUI.
    """

    corrected = Signal(object, object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._row: Row | None = None
        self._result: Result | None = None
        self._waiting: list[tuple[object, Change]] = []
        self._running = False
        self._round = 0  # a background's work for an earlier one comes too late
        self._histories: OrderedDict[int, _History] = OrderedDict()

    @property
    def busy(self) -> bool:
        """Whether a change is on its way."""
        return bool(self._waiting)

    @property
    def result(self) -> Result | None:
        """The page with all changes that were made so far."""
        return self._result

    def begin(self, row: Row, result: Result) -> None:
        """Changes are of this page from now on; those on their way are made first."""
        self.finish()
        self._row, self._result = row, result
        history = self._histories.get(row.id)
        if history is not None and history.text != result.text:
            del self._histories[row.id]  # the page was read again

    def end(self) -> None:
        """There is no page any more; changes on their way are made first."""
        self.finish()
        self._row = self._result = None

    def add(self, key: object, change: Change) -> None:
        """Make a change.

        Args:
            key: What it changes: of several that wait for their turn, the last one with a key is enough.
            change: Runs in the background.
        """
        if self._result is None:
            return
        if self._waiting and self._waiting[-1][0] == key and (len(self._waiting) > 1 or not self._running):
            self._waiting.pop()
        self._waiting.append((key, change))
        if not self._running:
            self._running = True
            self._tasks.start(self._work())

    def finish(self) -> None:
        """Make at once what is on its way."""
        waiting, self._waiting = self._waiting, []
        self._round += 1
        for _, change in waiting:
            if self._result is None:
                return
            try:
                self._accept(change(self._result))
            except Exception as error:  # noqa: BLE001 - a bug costs one change, not the turn of the page
                _log.exception("A correction could not be made.")
                self._tasks.failed.emit(error)

    def undo(self) -> None:
        """Take the last change back."""
        self.finish()
        if (history := self._history()) is not None and history.past:
            text = history.past[-1]
            self.add("undo", lambda result: with_text(result, text))

    def redo(self) -> None:
        """Make the change that was taken back again."""
        self.finish()
        if (history := self._history()) is not None and history.future:
            text = history.future[-1]
            self.add("redo", lambda result: with_text(result, text))

    async def _work(self) -> None:
        try:
            while self._waiting and self._result is not None:
                turn, (_, change) = self._round, self._waiting[0]
                try:
                    result = await self._tasks.background(change, self._result)
                finally:
                    in_time = turn == self._round
                    if in_time:
                        self._waiting.pop(0)
                if in_time:
                    self._accept(result)
        finally:
            self._running = False

    def _accept(self, result: Result) -> None:
        if self._row is None or self._result is None or result.text == self._result.text:
            return
        history = self._histories.setdefault(self._row.id, _History(self._result.text))
        history.go_to(result.text)
        self._histories.move_to_end(self._row.id)
        self._forget()
        self._result = result
        self.corrected.emit(self._row, result)

    def _history(self) -> _History | None:
        return self._histories.get(self._row.id) if self._row is not None else None

    def _forget(self) -> None:
        """Keep the steps of the pages that were changed last."""
        signs = sum(history.signs for history in self._histories.values())
        while len(self._histories) > _PAGES or (signs > _SIGNS and len(self._histories) > 1):
            signs -= self._histories.popitem(last=False)[1].signs
        latest = next(reversed(self._histories.values()))
        while signs > _SIGNS and latest.past:
            signs -= len(latest.past.popleft())
