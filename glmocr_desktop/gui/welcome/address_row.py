"""An address that a person enters, and what is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.settings import normal_url
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.welcome.found_words import Said
from glmocr_desktop.gui.welcome.parts import CONTROL_PX, in_a_row, make_button
from glmocr_desktop.gui.welcome.sentence import Sentence


class AddressRow(QWidget):
    """A field, and the buttons to test and to use what is entered.

    Signals:
        test_pressed(str): A person wants to know what is at this address.
        use_pressed(str): The server at this address shall read.
        edited(): What was found at another address says nothing any more.

    Thread: GUI.
    """

    test_pressed = Signal(str)
    use_pressed = Signal(str)
    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = QLineEdit(self)
        self._field.setObjectName("welcomeAddress")
        self._field.setMinimumHeight(CONTROL_PX)
        self._field.setPlaceholderText("http://192.168.1.20:7860")
        say(self._field.setAccessibleName, lambda: self.tr("Address of the server"))
        self._test = make_button(self, "welcomeTestButton", lambda: self.tr("Test"), self._on_test_pressed)
        say(self._test.setToolTip, lambda: self.tr("See whether a server at this address really reads"))
        self._use = make_button(self, "welcomeUseButton", lambda: self.tr("Use it"), self._on_use_pressed)
        say(self._use.setAccessibleName, lambda: self.tr("Use the server at this address"))
        self._tested = Sentence("welcomeTested", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(in_a_row(self._field, self._test, self._use))
        layout.addWidget(self._tested)
        self._field.textChanged.connect(self._on_edited)
        self._field.returnPressed.connect(self._test.click)
        self.setFocusProxy(self._field)
        self._on_edited()

    @property
    def empty(self) -> bool:
        """Whether nothing was entered."""
        return not self._field.text()

    def show_tested(self, said: Callable[[], Said] | None) -> None:
        """Say what is at the address."""
        self._tested.show_said(said)

    def _on_edited(self) -> None:
        self._tested.show_said(None)
        for button in (self._test, self._use):
            button.setEnabled(bool(self._url()))
        self.edited.emit()

    def _on_test_pressed(self) -> None:
        self.test_pressed.emit(self._url())

    def _on_use_pressed(self) -> None:
        self.use_pressed.emit(self._url())

    def _url(self) -> str:
        """What was entered, as an address; empty when it is none."""
        try:
            return normal_url(self._field.text())
        except SettingsError:
            return ""
