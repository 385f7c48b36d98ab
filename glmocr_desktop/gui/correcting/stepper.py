"""Which of several is shown, and two buttons to the ones beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from glmocr_desktop.gui import icons
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.pane_header import ElidedLabel

_ICON_PX = 16


class Stepper(QWidget):
    """Words with a button to each side; the buttons go while there is only one.

    Signals:
        stepped(int): One back (-1) or on (1).

    Thread: GUI.
    """

    stepped = Signal(int)

    def __init__(
        self, name: str, back: Callable[[], str], on: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        """Make one.

        Args:
            name: Begins the object names of the buttons.
            back: What the first button does, in the language of the moment.
            on: What the second button does.
            parent: Who owns it.
        """
        super().__init__(parent)
        self._label = ElidedLabel(self)
        self._back = self._button(f"{name}Back", back, -1)
        self._on = self._button(f"{name}On", on, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._back)
        layout.addWidget(self._on)
        self._tint()

    @property
    def label(self) -> ElidedLabel:
        """The words."""
        return self._label

    def name_buttons(self, back: str, on: str) -> None:
        """Say what the buttons do."""
        for button, text in ((self._back, back), (self._on, on)):
            button.setAccessibleName(text)
            button.setToolTip(text)

    def show_place(self, text: str, number: int, count: int) -> None:
        """Show where we are.

        Args:
            text: The words.
            number: Which one is shown, from 0.
            count: Of how many.
        """
        self._label.setText(text)
        for button in (self._back, self._on):
            button.setVisible(count > 1)
        self._back.setEnabled(number > 0)
        self._on.setEnabled(number < count - 1)

    def changeEvent(self, event: QEvent) -> None:
        """The theme may change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _button(self, name: str, text: Callable[[], str], step: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        say(button.setAccessibleName, text)
        say(button.setToolTip, text)
        button.setAutoRaise(True)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setFixedSize(28, 28)
        button.clicked.connect(lambda: self.stepped.emit(step))
        return button

    def _tint(self) -> None:
        palette = QGuiApplication.palette()
        self._back.setIcon(icons.icon("back", palette))
        self._on.setIcon(icons.icon("on", palette))
