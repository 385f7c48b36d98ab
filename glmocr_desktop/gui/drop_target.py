"""The whole window takes what is dropped on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.drop_overlay import DropOverlay
from glmocr_desktop.gui.intake import Intake
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.reading import Reading


class DropTarget(QObject):
    """Watches a window for drops, and shows the overlay meanwhile.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, intake: Intake, reading: Reading) -> None:
        super().__init__(window)
        self._intake = intake
        self._reading = reading
        self._overlay = DropOverlay(window)
        on_language(self, self._say_words)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes drags and drops before the window sees them."""
        if isinstance(event, QDragEnterEvent):
            return self._on_entered(event)
        if event.type() is QEvent.Type.DragLeave:
            self._overlay.hide()
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            return self._on_dropped(event)
        return super().eventFilter(watched, event)

    def _on_entered(self, event: QDragEnterEvent) -> bool:
        if self._intake.takes(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._say_words()
            self._overlay.cover()
        return True

    def _say_words(self) -> None:
        self._overlay.say(words.drop_words(self._reading.mode))

    def _on_dropped(self, event: QDropEvent) -> bool:
        self._overlay.hide()
        event.setDropAction(Qt.DropAction.CopyAction)  # the files stay where they are
        event.accept()
        self._intake.add_mime(event.mimeData())
        return True
