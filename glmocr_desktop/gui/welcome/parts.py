"""What the first screen is put together from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QPushButton, QWidget

from glmocr_desktop.gui.language import say

CONTROL_PX = 32


def make_button(parent: QWidget, name: str, text: Callable[[], str], pressed: Callable[[], object]) -> QPushButton:
    """A button that the Enter key presses too."""
    button = QPushButton(parent)
    button.setObjectName(name)
    button.setMinimumSize(112, CONTROL_PX)
    button.setAutoDefault(True)
    say(button.setText, text)
    button.clicked.connect(lambda _checked=False: pressed())
    return button


def make_title(parent: QWidget, text: Callable[[], str]) -> QLabel:
    """The words above a way to go on."""
    title = QLabel(parent)
    title.setTextFormat(Qt.TextFormat.PlainText)
    font = title.font()
    font.setBold(True)
    title.setFont(font)
    title.setContentsMargins(0, 20, 0, 0)
    say(title.setText, text)
    return title


def in_a_row(*parts: QWidget) -> QLayout:
    """Parts beside each other, of which the first takes the room that there is."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for each in parts:
        row.addWidget(each, 0 if row.count() else 1, Qt.AlignmentFlag.AlignVCenter)
    return row
