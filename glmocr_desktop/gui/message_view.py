"""What stands in place of a result while there is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from glmocr_desktop.gui import icons
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.theme import heading_font

_ICON_PX = 40
_WIDTH_PX = 360
_SMALLEST_WIDTH_PX = 160
_MARGIN_PX = 24


class MessageView(QWidget):
    """An icon, a word, a sentence and buttons, in the middle.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._icon = QLabel(self)
        self._title = QLabel(self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(heading_font(self.font()))
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._icon)
        layout.addWidget(self._title)
        layout.addWidget(self._text, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(8)
        layout.addLayout(self._buttons)
        layout.addStretch(3)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)

    def add_button(self, text: Callable[[], str]) -> QPushButton:
        """Another button, hidden until a message wants it; its text is given in the language of the moment."""
        button = QPushButton(self)
        say(button.setText, text)
        button.setMinimumHeight(32)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        button.hide()
        return button

    def show_message(self, icon_name: str, colour: QColor, title: str, text: str) -> None:
        """Say something else."""
        self._icon.setPixmap(icons.pixmap(icon_name, _ICON_PX, colour, self.devicePixelRatioF()))
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._fit_text()

    def clear(self) -> None:
        """Say nothing."""
        self._title.clear()
        self._text.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence takes the width that there is."""
        super().resizeEvent(event)
        self._fit_text()

    def _fit_text(self) -> None:
        """Give the sentence its size: a label that wraps asks for neither the width nor the height that it needs."""
        needed = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 8
        width = max(_SMALLEST_WIDTH_PX, min(_WIDTH_PX, needed, self.width() - 2 * _MARGIN_PX))
        self._text.setFixedSize(width, max(0, self._text.heightForWidth(width)))
