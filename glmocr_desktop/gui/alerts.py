"""What a person wants to know who is doing something else meanwhile."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from glmocr_desktop.core.model import JobState, Result
from glmocr_desktop.gui.desktop_notices import DesktopNotices
from glmocr_desktop.gui.foreground import bring_to_front
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.jobs.engine import JobEngine

_LONG_S = 60.0
_MANY_PAGES = 20
_QUIET_S = 60.0  # between two alerts of a kind


class Alerts(QObject):
    """Has the desktop tell of the end of long work, and of a server that is gone, while no window of ours is in use.

    Screens that are locked may show it: it tells counts, never names or words of documents.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, engine: JobEngine, reading: Reading) -> None:
        super().__init__(window)
        self._window = window
        self._engine = engine
        self._reading = reading
        self._desktop = DesktopNotices(self)
        self._desktop.pressed.connect(self._on_pressed)
        self._began = 0.0  # when the first of the present jobs left the queue
        self._read = 0
        self._unread = 0
        self._told: dict[str, float] = {}
        engine.job_started.connect(self._on_job_started)
        engine.job_ended.connect(self._on_job_ended)  # after `Reading`, which counts what is left

    def tell_server_gone(self) -> None:
        """No server reads any more."""
        self._tell("server", self.tr("The server is not answering."))

    def _on_job_started(self, _job_id: str) -> None:
        self._began = self._began or time.monotonic()

    def _on_job_ended(self, _job_id: str, result: Result) -> None:
        self._read += result.state is JobState.DONE
        self._unread += result.state in (JobState.FAILED, JobState.TIMED_OUT)
        if self._reading.active:
            return
        pages = self._read + self._unread
        long = bool(self._began) and time.monotonic() - self._began >= _LONG_S
        if pages and (pages >= _MANY_PAGES or long):
            self._tell("pages", self._ended_words())
        self._began, self._read, self._unread = 0.0, 0, 0

    def _ended_words(self) -> str:
        parts: list[str] = []
        if self._read == 1:
            parts.append(self.tr("One page was read."))
        elif self._read:
            parts.append(self.tr("{0} pages were read.").format(self._read))
        if self._unread == 1:
            parts.append(self.tr("One page could not be read."))
        elif self._unread:
            parts.append(self.tr("{0} pages could not be read.").format(self._unread))
        return " ".join(parts)

    def _tell(self, kind: str, text: str) -> None:
        now = time.monotonic()
        wanted = self._engine.settings.desktop_notices and QApplication.activeWindow() is None
        if wanted and now - self._told.get(kind, -_QUIET_S) >= _QUIET_S:
            self._told[kind] = now
            self._desktop.show(kind, QApplication.applicationDisplayName(), text)

    def _on_pressed(self) -> None:
        bring_to_front(self._window)
