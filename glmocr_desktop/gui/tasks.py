"""Work that the window waits for without standing still."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from glmocr_desktop.jobs.engine import JobEngine

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Tasks(QObject):
    """Runs the window's coroutines on Qt's loop, and their file work in the engine's background.

    Signals:
        settled(): The last running task ended.
        failed(Exception): A task ended by an error that nobody expected.

    Thread: GUI.
    """

    settled = Signal()
    failed = Signal(object)

    def __init__(self, engine: JobEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._running: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def running(self) -> int:
        """How many tasks have not ended."""
        return len(self._running)

    def start(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None] | None:
        """Let a coroutine run from the next turn of the loop on; none begins after the window has closed."""
        if self._closed:  # a timer ran out since
            coroutine.close()
            return None
        task = asyncio.get_running_loop().create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(self._on_done)
        return task

    async def background(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """The outcome of a function that runs in the background.

        Raises:
            Exception: Whatever the function raises.
            asyncio.CancelledError: The task was cancelled; the function may still run to its end, unseen.
        """
        return await asyncio.wrap_future(self._engine.run_in_background(function, *args, **kwargs))

    def cancel_all(self) -> None:
        """End all tasks, and let none begin from now on."""
        self._closed = True
        for task in self._running:
            task.cancel()

    async def ended(self) -> None:
        """Wait until no task runs."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("A task of the window failed.", exc_info=error)
            self.failed.emit(error)
        if not self._running:
            self.settled.emit()
