"""A picture of the window, taken when nothing moves any more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from glmocr_desktop.gui.main_window import FULL_SIZE, MainWindow


class Screenshot(QObject):
    """Takes one picture after the last job and the last task ended, and then closes the window.

    Args:
        window: What to take it of.
        path: Of the PNG file.
        expected: Whether documents were given, so that there are jobs to wait for.

    Thread: GUI.
    """

    def __init__(self, window: MainWindow, path: Path, *, expected: bool) -> None:
        super().__init__(window)
        window.resize(FULL_SIZE)  # a picture needs no screen
        self._window = window
        self._path = path
        self._expected = expected
        self.taken = False
        # A turn of the loop lets what has just been said be laid out and painted, which may start new tasks.
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._look)
        for signal in (window.tasks.settled, window.reading.settled, window.engine.health_changed):
            signal.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self, *_args: object) -> None:
        if not self.taken:
            self._looking.start()

    def _look(self) -> None:
        window = self._window
        window.grab()  # painting asks for the thumbnails that are in view
        began = not self._expected or window.model.rowCount() > 0
        if not began or window.tasks.running or window.reading.active:
            return
        self.taken = True
        if not window.grab().save(str(self._path), "PNG"):
            self.taken = False
        window.close()
