"""Words that keep up with the colours and the language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.language import on_language
from glmocr_desktop.gui.theme import muted_colour, tinted
from glmocr_desktop.gui.welcome.found_words import Said

_ICON_PX = 20


class MutedLabel(QLabel):
    """A paragraph that steps back.

    Thread: GUI.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours are in use."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        self.setPalette(tinted({QPalette.ColorRole.WindowText: muted_colour(QGuiApplication.palette())}))


class Sentence(QWidget):
    """An icon and a sentence that may change.

    Thread: GUI.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setObjectName(name)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setWordWrap(True)
        self._said: Callable[[], Said] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        on_language(self, self._show_said)

    def show_said(self, said: Callable[[], Said] | None) -> None:
        """Say something else, or nothing.

        Args:
            said: Gives the sentence in the language of the moment.
        """
        self._said = said
        self._show_said()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours are in use."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show_said()

    def _show_said(self) -> None:
        self.setVisible(self._said is not None)
        if self._said is not None:
            said = self._said()
            colour = words.hue(said.hue, QGuiApplication.palette())
            self._icon.setPixmap(icons.pixmap(said.icon, _ICON_PX, colour, self.devicePixelRatioF()))
            self._text.setText(said.text)
