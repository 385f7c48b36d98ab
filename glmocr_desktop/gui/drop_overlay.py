"""The frame over the window while something hovers over it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui import icons
from glmocr_desktop.gui.theme import heading_font

_MARGIN_PX = 12
_ICON_PX = 40


class DropOverlay(QWidget):
    """Says what a drop would do; takes no part in it.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("dropOverlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def say(self, text: str) -> None:
        """Say something else."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def cover(self) -> None:
        """Cover the parent."""
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil, a frame, and the words."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            palette = self.palette()
            ground = palette.color(QPalette.ColorRole.Window)
            ground.setAlphaF(0.9)
            painter.fillRect(self.rect(), ground)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 2, Qt.PenStyle.DashLine))
            frame = self.rect().adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
            painter.drawRoundedRect(frame, 12, 12)
            colour = palette.color(QPalette.ColorRole.WindowText)
            mark = QRect(0, 0, _ICON_PX, _ICON_PX)
            mark.moveCenter(frame.center())
            mark.translate(0, -28)
            painter.drawPixmap(mark, icons.pixmap("drop", _ICON_PX, colour, self.devicePixelRatioF()))
            painter.setPen(colour)
            painter.setFont(heading_font(self.font()))
            painter.drawText(frame.translated(0, 16), Qt.AlignmentFlag.AlignCenter, self._text)
