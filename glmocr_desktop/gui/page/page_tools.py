"""What can be done with the page that is looked at: its buttons, above it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.language import say
from glmocr_desktop.gui.page.page_view import PageView
from glmocr_desktop.gui.pane_header import PaneHeader


class PageTools(QObject):
    """Makes the buttons of a page's header.

    Attributes:
        regions: Whether a person draws regions.
        boxes: Whether outlines of what was read are drawn.
        sent: Whether the page is shown as a server gets it.

    Signals:
        turned(int): The page shall be turned clockwise, by so many degrees.

    Thread: GUI.
    """

    turned = Signal(int)

    def __init__(self, view: PageView, header: PaneHeader, pane: QWidget) -> None:
        super().__init__(pane)
        self._pane = pane
        self._header = header
        self._view = view
        self._zoom = QToolButton(header)
        self._make_zoom()
        self._make_turns()
        self.regions = self._toggle("region", "regionsButton", lambda: self.tr("Read regions of the page"), "Ctrl+G")
        self.boxes = self._toggle("boxes", "showBoxesButton", lambda: self.tr("Show boxes"), "Ctrl+Shift+B")
        self.boxes.setChecked(True)
        self.sent = self._toggle("sent", "asSentButton", lambda: self.tr("As sent"), "Ctrl+Shift+I")
        self._why_no_boxes: Callable[[], str] | None = None
        say(self.boxes.setToolTip, self._boxes_tip)
        say(self.sent.setToolTip, lambda: _with_keys(self.tr("Show the image that a server gets"), self.sent))
        self.show_page(shown=False)

    def show_page(self, *, shown: bool) -> None:
        """Enable what can be done with a page that is there, or that is not."""
        for action in (*self._turns, self.regions):
            action.setEnabled(shown and not self.sent.isChecked())
        if not shown:
            self._zoom.setText("")

    def explain_boxes(self, why_none: Callable[[], str] | None) -> None:
        """Say why there are no boxes to be shown; None when there are some."""
        self._why_no_boxes = why_none
        self.boxes.setEnabled(why_none is None)
        self.boxes.setToolTip(self._boxes_tip())

    def show_scale(self, factor: float) -> None:
        """Say how large the page is shown."""
        self._zoom.setText(self.tr("{0} %").format(round(factor * 100)))

    def _boxes_tip(self) -> str:
        if self._why_no_boxes is not None:
            return self._why_no_boxes()
        return _with_keys(self.tr("Show where on the page the words of the result stand"), self.boxes)

    def _make_zoom(self) -> None:
        button = self._zoom
        button.setObjectName("zoomButton")
        button.setAutoRaise(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        say(button.setAccessibleName, lambda: self.tr("Size of the page on the screen"))
        say(button.setToolTip, lambda: self.tr("Size of the page on the screen"))
        self._header.add_widget(button)
        keys = QKeySequence.StandardKey
        view = self._view
        self._button(
            "zoom-out", "zoomOutButton", lambda: self.tr("Zoom out"), QKeySequence(keys.ZoomOut), view.zoom_out
        )
        self._button("zoom-in", "zoomInButton", lambda: self.tr("Zoom in"), QKeySequence(keys.ZoomIn), view.zoom_in)
        menu = QMenu(button)
        for icon, text, shortcut, slot in (
            ("zoom-fit", lambda: self.tr("Fit the page"), "Ctrl+0", view.fit),
            ("fit-width", lambda: self.tr("Fit the width"), "Ctrl+9", view.fit_width),
            ("", lambda: self.tr("Actual size (100 %)"), "Ctrl+8", view.show_pixels),
        ):
            menu.addAction(self._action(icon, text, shortcut, slot))
        button.setMenu(menu)

    def _make_turns(self) -> None:
        left, right = partial(self.turned.emit, -90), partial(self.turned.emit, 90)
        self._turns = [
            self._button("turn-left", "turnLeftButton", lambda: self.tr("Turn left"), "Ctrl+[", left),
            self._button("turn-right", "turnRightButton", lambda: self.tr("Turn right"), "Ctrl+]", right),
        ]

    def _toggle(self, icon: str, name: str, text: Callable[[], str], shortcut: str) -> QAction:
        action = self._action(icon, text, shortcut)
        action.setCheckable(True)
        self._header.add_button(action, name)
        return action

    def _button(
        self, icon: str, name: str, text: Callable[[], str], shortcut: QKeySequence | str, slot: Callable[[], object]
    ) -> QAction:
        action = self._action(icon, text, shortcut, slot)
        self._header.add_button(action, name)
        return action

    def _action(
        self,
        icon: str,
        text: Callable[[], str],
        shortcut: QKeySequence | str,
        slot: Callable[[], object] | None = None,
    ) -> QAction:
        action = make_action(self, icon, text, slot, shortcut)
        self._pane.addAction(action)
        return action


def _with_keys(text: str, action: QAction) -> str:
    return f"{text} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
