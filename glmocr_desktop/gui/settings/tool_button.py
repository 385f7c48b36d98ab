"""The small buttons beside lists and settings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget

from glmocr_desktop.gui import icons, words

SIDE_PX = 28


def make_tool_button(
    parent: QWidget, icon_name: str, text: str, name: str, slot: Callable[[], object], keys: str = ""
) -> QToolButton:
    """A button of an icon, whose tooltip says what it does.

    Args:
        parent: Who owns it.
        icon_name: See `icons.icon`.
        text: What it does, for the tooltip and for screen readers.
        name: Its object name.
        slot: What happens then.
        keys: Those that do the same, as people read them.
    """
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setIcon(icons.icon(icon_name, QGuiApplication.palette()))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setMinimumSize(SIDE_PX, SIDE_PX)
    button.setAccessibleName(text)
    button.setToolTip(words.tip(f"{text} ({keys})" if keys else text))
    button.clicked.connect(lambda _checked=False: slot())
    return button
