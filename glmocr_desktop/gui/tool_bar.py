"""The buttons above everything."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QSpinBox, QToolBar, QToolButton, QWidget

from glmocr_desktop.core.model import Mode, OwnPrompt
from glmocr_desktop.gui import words
from glmocr_desktop.gui.actions import make_action
from glmocr_desktop.gui.language import on_language, say

_MODES = (
    (Mode.TEXT, "text", "modeTextButton"),
    (Mode.TABLE, "table", "modeTableButton"),
    (Mode.FORMULA, "formula", "modeFormulaButton"),
)
_ICON_PX = 20
_HEIGHT_PX = 32
_ICON_GAP_PX = 4  # that Qt leaves between an icon and its words
_NAME_LETTERS = 14  # of an own prompt, on its button

# Whose words are needed most comes last; the words of buttons that are not named here go before all of these.
_WORDS_GO = (
    ("pasteButton",),
    ("timeoutSpin",),
    ("exportButton",),
    ("copyButton",),
    ("cancelAllButton",),
    ("modeTextButton", "modeTableButton", "modeFormulaButton"),
    ("addFilesButton",),
    ("readButton",),
)


class ToolBar(QToolBar):
    """Buttons of actions, the modes, and the time that a page may take.

    When there is too little room, buttons lose their words, the less used ones first, so that none is hidden.

    Signals:
        mode_chosen(Mode): New pages are read as this.
        prompt_chosen(OwnPrompt): New pages are asked this.
        timeout_chosen(int): New pages may take this many seconds.

    Thread: GUI.
    """

    mode_chosen = Signal(object)
    prompt_chosen = Signal(object)
    timeout_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolBar")
        say(self.setWindowTitle, lambda: self.tr("Tools"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.toggleViewAction().setEnabled(False)  # there is no menu to bring it back
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._modes: dict[Mode, QAction] = {}
        self._choices = QActionGroup(self)  # the modes and the own prompts: one of them all
        self._prompts: dict[OwnPrompt, QAction] = {}
        self._timeout = QSpinBox(self)
        self._worded: list[QToolButton | QSpinBox] = []  # that have words when there is room
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit)

    def add_button(self, action: QAction, name: str, *, icon_only: bool = False) -> QToolButton:
        """A button of an action."""
        button = QToolButton(self)
        button.setObjectName(name)
        button.setDefaultAction(action)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if icon_only else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        button.setToolButtonStyle(style)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        say(button.setAccessibleName, lambda: action.text().removesuffix("…"))
        button.setMinimumHeight(_HEIGHT_PX)
        self.addWidget(button)
        if not icon_only:
            self._worded.append(button)
        return button

    def add_menu_button(
        self, action: QAction, name: str, entries: Sequence[QAction | None], *, icon_only: bool = False
    ) -> QMenu:
        """A button that opens a menu; None among its entries is a line."""
        button = self.add_button(action, name, icon_only=icon_only)
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
            self._choices.addAction(action)
            self._modes[mode] = action
            self.add_button(action, name)
        self._add_more()

    def _add_more(self) -> None:
        """The menu of the user's own prompts; it is seen when there are any."""
        self._more = make_action(self, "prompt", lambda: self.tr("More"))
        self._more.setCheckable(True)
        self._more_menu = self.add_menu_button(self._more, "morePromptsButton", [])
        self._more_place = self.actions()[-1]
        self._more_place.setVisible(False)
        self._choices.triggered.connect(self._show_chosen_prompt)
        on_language(self, self._show_chosen_prompt)

    def set_prompts(self, prompts: Sequence[OwnPrompt]) -> None:
        """Offer these own prompts; when the chosen one is gone, the first mode is pressed."""
        chosen = self._chosen_prompt()
        for action in self._prompts.values():
            self._choices.removeAction(action)
            self._more_menu.removeAction(action)
            action.deleteLater()
        self._prompts = {}
        for prompt in prompts:
            action = QAction(prompt.name.replace("&", "&&"), self._more_menu)
            action.setCheckable(True)
            action.toggled.connect(lambda on, prompt=prompt: self.prompt_chosen.emit(prompt) if on else None)
            self._choices.addAction(action)
            self._more_menu.addAction(action)
            self._prompts[prompt] = action
        self._more_place.setVisible(bool(prompts))
        if chosen is not None:
            same = next((each for each in prompts if each.name == chosen.name), None)
            (self._prompts[same] if same else self._modes[Mode.TEXT]).setChecked(True)
        self._show_chosen_prompt()

    def _chosen_prompt(self) -> OwnPrompt | None:
        return next((prompt for prompt, action in self._prompts.items() if action.isChecked()), None)

    def _show_chosen_prompt(self, *_action: object) -> None:
        chosen = self._chosen_prompt()
        self._more.setChecked(chosen is not None)
        if chosen is None:
            self._more.setText(self.tr("More"))
            self._more.setToolTip(self.tr("Ask a prompt of your own"))
            return
        short_px = _NAME_LETTERS * self.fontMetrics().averageCharWidth()
        self._more.setText(self.fontMetrics().elidedText(chosen.name, Qt.TextElideMode.ElideRight, short_px))
        self._more.setToolTip(words.tip(self.tr("Pages are asked: {0}").format(chosen.name)))

    def add_timeout(self) -> None:
        """The time that a page may take."""
        self._timeout.setObjectName("timeoutSpin")
        say(self._timeout.setAccessibleName, lambda: self.tr("Time for a page, in seconds"))
        say(self._timeout.setToolTip, lambda: self.tr("How long a page may take, for pages that are added from now on"))
        self._timeout.setRange(1, 3600)
        say(self._timeout.setSuffix, lambda: self.tr(" s"))
        self._timeout.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._timeout.setMinimumHeight(_HEIGHT_PX - 2)
        self._timeout.valueChanged.connect(self.timeout_chosen)
        self._worded.append(self._timeout)
        on_language(self, lambda: self._show_words(self._timeout, shown=True))
        self.addWidget(self._timeout)

    def add_space(self) -> None:
        """Room between what stands left and right."""
        space = QWidget(self)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)

    def set_mode(self, mode: Mode) -> None:
        """Press a mode's button."""
        self._modes[mode].setChecked(True)
        self._show_chosen_prompt()

    def set_timeout(self, timeout_s: float) -> None:
        """Show another time."""
        with QSignalBlocker(self._timeout):  # it is shown in whole seconds, which nobody has chosen
            self._timeout.setValue(round(timeout_s))

    @property
    def least_width(self) -> int:
        """How wide it has to be for all buttons to be seen, with their icons only."""
        return self._width() - sum(map(self._words_width, self._having_words()))

    def event(self, event: QEvent) -> bool:
        """Buttons that come, go, or get other words may need other room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fitting.start()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more or less room for words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave as many buttons their words as there is room for."""
        shown, having = self._shown(), self._having_words()
        width = self._width() + sum(self._words_width(each) for each in self._worded if each in shown - having)
        silent: set[QWidget] = set()
        for group in self._by_need():
            if width < self.width():  # the line below takes a pixel
                break
            silent |= set(group)
            width -= sum(self._words_width(each) for each in group if each in shown)
        for each in self._worded:
            self._show_words(each, shown=each not in silent)

    def _show_words(self, part: QToolButton | QSpinBox, *, shown: bool) -> None:
        if isinstance(part, QSpinBox):
            prefix = self.tr("Timeout ") if shown else ""
            if part.prefix() != prefix:  # even the same one asks for another layout, which ends here again
                part.setPrefix(prefix)
        else:
            beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
            part.setToolButtonStyle(beside if shown else alone)

    def _words_width(self, part: QToolButton | QSpinBox) -> int:
        """How much wider it is with its words: what Qt adds to an icon, or the words before a number."""
        metrics = part.fontMetrics()
        if isinstance(part, QSpinBox):
            return metrics.horizontalAdvance(self.tr("Timeout "))
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, part.text()).width()
        return text + 2 * metrics.horizontalAdvance(" ") + _ICON_GAP_PX

    def _by_need(self) -> list[list[QToolButton | QSpinBox]]:
        """What keeps or loses its words together, those that can do without them first."""
        named = {name for names in _WORDS_GO for name in names}
        groups = [[each] for each in self._worded if each.objectName() not in named]
        return groups + [[each for each in self._worded if each.objectName() in names] for names in _WORDS_GO]

    def _having_words(self) -> set[QToolButton | QSpinBox]:
        return {each for each in self._worded if each in self._shown() and _has_words(each)}

    def _shown(self) -> set[QWidget]:
        """What has a place here; Qt hides some of it when there is too little room."""
        return {self.widgetForAction(action) for action in self.actions() if action.isVisible()}

    def _width(self) -> int:
        """How wide all that is shown would like to be, as it is now."""
        layout, parts = self.layout(), self._shown()
        assert layout is not None
        margins = layout.contentsMargins()
        spaces = layout.spacing() * max(0, len(parts) - 1)
        return sum(each.sizeHint().width() for each in parts) + spaces + margins.left() + margins.right()


def _has_words(part: QToolButton | QSpinBox) -> bool:
    if isinstance(part, QSpinBox):
        return bool(part.prefix())
    return part.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
