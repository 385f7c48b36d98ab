"""Files that the desktop hands to the running program, as macOS does for a double click or a drop on the Dock."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent

from glmocr_desktop.gui.single_instance import Request


class FileOpening(QObject):
    """Hears of such files; there are none on other systems, which start the program anew instead.

    Signals:
        asked(Request): A file shall be opened.

    Thread: GUI.
    """

    asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QCoreApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See to files; all else goes its way."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit(Request.of_start([event.file()], capture=False))
            return True
        return super().eventFilter(watched, event)
