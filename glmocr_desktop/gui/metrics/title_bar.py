"""The line above the metrics: what is shown, of which time, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QTabBar, QToolButton, QWidget

from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.language import on_language

RANGES_S = (60.0, 600.0, 3600.0)
_BUTTON_PX = 28
_MARGIN_PX = 8


class TitleBar(QWidget):
    """Tabs and buttons, beside each other or, in a narrow column, in two lines.

    Attributes:
        range_s: How much time is shown.
        pause: Checked while the figures stand still.
        reset: Counts from nothing again.
        save_csv, save_json: Write what is shown into a file.
        detach: Lets the panel float, or puts it back.
        leave: Closes the panel.
        tabs: The figures of the moment, and the page that is looked at.

    Signals:
        range_chosen(float): Another time is to be shown, in seconds.

    Thread: GUI.
    """

    range_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.range_s = RANGES_S[1]
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("metricsTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab("")
        self.tabs.addTab("")
        on_language(self, self._say_words)
        self._make_actions()
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line, or two."""
        super().resizeEvent(event)
        self._arrange(one_line=self.width() >= self._needed())

    def changeEvent(self, event: QEvent) -> None:
        """Larger words need more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange(one_line=self.width() >= self._needed())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longer one of two lines."""
        narrow = max(self._tools.sizeHint().width(), self.tabs.sizeHint().width() + self._ends.sizeHint().width())
        return QSize(narrow + 2 * _MARGIN_PX, super().minimumSizeHint().height())

    def _say_words(self) -> None:
        self.tabs.setAccessibleName(self.tr("Metrics"))
        self.tabs.setTabText(0, self.tr("Metrics"))
        self.tabs.setTabText(1, self.tr("Why was this slow?"))

    def _make_actions(self) -> None:
        self.pause = self._action("pause", lambda: self.tr("Let the figures stand still"))
        self.pause.setCheckable(True)
        self.reset = self._action("", lambda: self.tr("Forget all figures and count anew"))
        self.reset.setObjectName("metricsResetAction")
        self.save_csv = self._action("", lambda: self.tr("Save the figures as CSV…"))
        self.save_json = self._action("", lambda: self.tr("Save the figures as JSON…"))
        self.detach = self._action("detach", lambda: self.tr("Let the metrics float, or put them back"))
        self.leave = self._action("close", lambda: self.tr("Close the metrics"))

    def _lay_out(self) -> None:
        self._tools, self._ends = QWidget(self), QWidget(self)
        tools, ends = _line(self._tools), _line(self._ends)
        self._add_ranges(tools)
        tools.addSpacing(8)
        tools.addWidget(self._button(self.pause, "metricsPauseButton"))
        tools.addWidget(self._menu_button("retry", "metricsResetButton", lambda: self.tr("Reset"), [self.reset]))
        saves = [self.save_csv, self.save_json]
        tools.addWidget(self._menu_button("export", "metricsSaveButton", lambda: self.tr("Save the figures"), saves))
        ends.addWidget(self._button(self.detach, "metricsFloatButton"))
        ends.addWidget(self._button(self.leave, "metricsCloseButton"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_MARGIN_PX, 2, _MARGIN_PX, 2)
        self._grid.setSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.tabs, 0, 0)
        self._grid.addWidget(self._ends, 0, 2)
        self._one_line: bool | None = None
        self._arrange(one_line=True)
        self.tabs.currentChanged.connect(lambda index: self._tools.setVisible(index == 0))  # they are about figures

    def _arrange(self, *, one_line: bool) -> None:
        if one_line is self._one_line:
            return
        self._one_line = one_line
        self._grid.removeWidget(self._tools)
        right = Qt.AlignmentFlag.AlignRight
        if one_line:
            self._grid.addWidget(self._tools, 0, 1, right)
        else:
            self._grid.addWidget(self._tools, 1, 0, 1, 3, right)
        self.updateGeometry()

    def _needed(self) -> int:
        parts = (self.tabs, self._tools, self._ends)
        return sum(each.sizeHint().width() for each in parts) + 2 * _MARGIN_PX + 16

    def _add_ranges(self, line: QHBoxLayout) -> None:
        group = QActionGroup(self)
        names = (lambda: self.tr("1 min"), lambda: self.tr("10 min"), lambda: self.tr("1 h"))
        tips = (
            lambda: self.tr("Show the last minute"),
            lambda: self.tr("Show the last ten minutes"),
            lambda: self.tr("Show the last hour"),
        )
        for range_s, name, tip in zip(RANGES_S, names, tips, strict=True):
            action = self._action("", name, tip)
            action.setCheckable(True)
            action.setChecked(range_s == self.range_s)
            action.triggered.connect(partial(self._choose_range, range_s))
            group.addAction(action)
            line.addWidget(self._button(action, f"metricsRange{range_s:.0f}Button"))

    def _choose_range(self, range_s: float, _checked: bool = False) -> None:
        self.range_s = range_s
        self.range_chosen.emit(range_s)

    def _action(self, icon_name: str, text: Callable[[], str], tip: Callable[[], str] | None = None) -> QAction:
        return make_action(self, icon_name, text, tip=tip)

    def _button(self, action: QAction, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setDefaultAction(action)
        if action.data():
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumSize(_BUTTON_PX, _BUTTON_PX)
        return button

    def _menu_button(
        self, icon_name: str, name: str, text: Callable[[], str], entries: Sequence[QAction]
    ) -> QToolButton:
        """A button with a menu: so a second press is needed for what cannot be undone."""
        button = self._button(self._action(icon_name, text), name)
        menu = QMenu(button)
        menu.addActions(entries)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button


def _line(widget: QWidget) -> QHBoxLayout:
    line = QHBoxLayout(widget)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    return line
