"""The buttons above everything."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QSizePolicy, QSpinBox, QToolBar, QToolButton, QWidget

from glmocr_desktop.core.model import Mode
from glmocr_desktop.gui import words
from glmocr_desktop.gui.actions import make_action

_MODES = (
    (Mode.TEXT, "text", "modeTextButton"),
    (Mode.TABLE, "table", "modeTableButton"),
    (Mode.FORMULA, "formula", "modeFormulaButton"),
)
_ICON_PX = 20
_HEIGHT_PX = 32


class ToolBar(QToolBar):
    """Buttons of actions, the modes, and the time that a page may take.

    Signals:
        mode_chosen(Mode): New pages are read as this.
        timeout_chosen(int): New pages may take this many seconds.

    Thread: GUI.
    """

    mode_chosen = Signal(object)
    timeout_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolBar")
        self.setWindowTitle(self.tr("Tools"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.toggleViewAction().setEnabled(False)  # there is no menu to bring it back
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._modes: dict[Mode, QAction] = {}
        self._timeout = QSpinBox(self)

    def add_button(self, action: QAction, name: str, *, icon_only: bool = False) -> QToolButton:
        """A button of an action."""
        button = QToolButton(self)
        button.setObjectName(name)
        button.setDefaultAction(action)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if icon_only else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        button.setToolButtonStyle(style)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text().removesuffix("…"))
        button.setMinimumHeight(_HEIGHT_PX)
        self.addWidget(button)
        return button

    def add_menu_button(self, action: QAction, name: str, entries: Sequence[QAction | None]) -> QMenu:
        """A button that opens a menu; None among its entries is a line."""
        button = self.add_button(action, name)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for entry in entries:
            menu.addSeparator() if entry is None else menu.addAction(entry)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return menu

    def add_split_button(self, action: QAction, name: str, menu: QMenu) -> None:
        """A button of an action, with a menu of its relatives beside it."""
        button = self.add_button(action, name)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def open_menu(self, name: str) -> None:
        """Open the menu of a button."""
        button = self.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.showMenu()

    def add_modes(self) -> None:
        """The buttons of the modes, of which one is pressed."""
        group = QActionGroup(self)
        tips = {
            Mode.TEXT: lambda: self.tr("Read as text"),
            Mode.TABLE: lambda: self.tr("Read as table"),
            Mode.FORMULA: lambda: self.tr("Read as formula"),
        }
        for number, (mode, icon_name, name) in enumerate(_MODES, start=1):
            keys = QKeySequence(f"Ctrl+{number}")
            action = make_action(self, icon_name, partial(words.mode_word, mode), None, keys, tips[mode])
            action.setCheckable(True)
            action.toggled.connect(lambda on, mode=mode: self.mode_chosen.emit(mode) if on else None)
            group.addAction(action)
            self._modes[mode] = action
            self.add_button(action, name)

    def add_timeout(self) -> None:
        """The time that a page may take."""
        self._timeout.setObjectName("timeoutSpin")
        self._timeout.setAccessibleName(self.tr("Time for a page, in seconds"))
        self._timeout.setToolTip(self.tr("How long a page may take, for pages that are added from now on"))
        self._timeout.setRange(1, 3600)
        self._timeout.setPrefix(self.tr("Timeout "))
        self._timeout.setSuffix(self.tr(" s"))
        self._timeout.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._timeout.setFixedSize(140, _HEIGHT_PX - 2)
        self._timeout.valueChanged.connect(self.timeout_chosen)
        self.addWidget(self._timeout)

    def add_space(self) -> None:
        """Room between what stands left and right."""
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)

    def set_mode(self, mode: Mode) -> None:
        """Press a mode's button."""
        self._modes[mode].setChecked(True)

    def set_timeout(self, timeout_s: float) -> None:
        """Show another time."""
        with QSignalBlocker(self._timeout):  # it is shown in whole seconds, which nobody has chosen
            self._timeout.setValue(round(timeout_s))
