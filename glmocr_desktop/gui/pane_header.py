"""The line above a pane: what is below, and a few buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.theme import line_colour

_HEIGHT_PX = 36


class PaneHeader(QWidget):
    """A title and buttons above a pane.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.title = ElidedLabel(self)
        self._icon = QLabel(self)
        self._icon.hide()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(12, 0, 8, 1)
        self._layout.setSpacing(4)
        self._layout.addWidget(self._icon)
        self._layout.addWidget(self.title, 1)

    def set_icon(self, picture: QPixmap) -> None:
        """Show an icon before the title."""
        self._icon.setPixmap(picture)
        self._icon.show()

    def add_button(self, action: QAction, name: str = "") -> QToolButton:
        """Show an action as a button at the right.

        Args:
            action: What it does.
            name: Of the button, for who looks for it.
        """
        button = QToolButton(self)
        button.setObjectName(name)
        button.setDefaultAction(action)
        button.setIconSize(QSize(18, 18))
        button.setFixedSize(30, 28)
        button.setAutoRaise(True)
        say(button.setAccessibleName, action.text)
        self._layout.addWidget(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Show a widget at the right."""
        self._layout.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line below."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - 1, self.width(), 1, line_colour(self.palette()))


class ElidedLabel(QLabel):
    """A label that shortens its text in the middle, and shows all of it as its tooltip.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text, shortened to the room that there is."""
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
            self.setToolTip(words.tip(self.text()) if text != self.text() else "")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
