"""Everything that a person can do, once each: text, icon, shortcut."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui import icons
from glmocr_desktop.gui.language import on_language


def make_action(
    parent: QObject,
    icon_name: str,
    text: Callable[[], str],
    slot: Callable[[], object] | None = None,
    shortcut: QKeySequence | str | None = None,
    tip: Callable[[], str] | None = None,
) -> QAction:
    """An action whose tooltip says its shortcut.

    Args:
        parent: Who owns it.
        icon_name: See `icons.icon`; empty for none.
        text: What it does, in the language of the moment.
        slot: What happens then.
        shortcut: Its keys.
        tip: More about it, for the tooltip.
    """
    action = QAction(parent)
    if icon_name:
        action.setData(icon_name)
        action.setIcon(icons.icon(icon_name, QGuiApplication.palette()))
    if shortcut is not None:
        action.setShortcut(QKeySequence(shortcut))
    on_language(action, lambda: _name(action, text(), tip() if tip else ""))
    if slot is not None:
        action.triggered.connect(lambda _checked=False: slot())
    return action


def _name(action: QAction, text: str, tip: str) -> None:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setText(text)
    action.setToolTip((tip or text.removesuffix("…")) + (f" ({keys})" if keys else ""))


def add_action(
    window: QWidget,
    parent: QObject,
    icon_name: str,
    text: Callable[[], str],
    slot: Callable[[], object] | None = None,
    shortcut: QKeySequence | str | None = None,
    tip: Callable[[], str] | None = None,
) -> QAction:
    """An action whose keys work in the whole window; see `make_action`."""
    action = make_action(parent, icon_name, text, slot, shortcut, tip)
    window.addAction(action)
    return action


def tint_actions(parent: QObject) -> None:
    """Give the actions below a parent icons in the colours of the palette."""
    for action in parent.findChildren(QAction):
        if isinstance(name := action.data(), str) and name:
            action.setIcon(icons.icon(name, QGuiApplication.palette()))
