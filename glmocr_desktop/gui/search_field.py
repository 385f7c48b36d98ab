"""A line to look for something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from glmocr_desktop.gui.language import say

translate = QCoreApplication.translate


def make_search_field(name: str, words: Callable[[], str], parent: QWidget) -> QLineEdit:
    """A line that says what it is for while it is empty, and can be cleared by its own button.

    Args:
        name: Its object name.
        words: What it is for, in the language of the moment.
        parent: Who owns it.
    """
    field = QLineEdit(parent)
    field.setObjectName(name)
    field.setClearButtonEnabled(True)
    say(field.setPlaceholderText, words)
    say(field.setAccessibleName, words)
    for button in field.findChildren(QToolButton):
        say(button.setToolTip, lambda: translate("SearchField", "Clear"))
        say(button.setAccessibleName, lambda: translate("SearchField", "Clear"))
    return field
