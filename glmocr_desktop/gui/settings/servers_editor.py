"""The list of servers: their addresses in order, how they are, and where."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.core.settings import normal_url
from glmocr_desktop.gui import icons, server_words, words
from glmocr_desktop.gui.settings.tool_button import SIDE_PX, make_tool_button
from glmocr_desktop.gui.theme import selection_colour
from glmocr_desktop.recognition.health import Health, HealthState

_ADDRESS, _STATE, _PLACE = range(3)
_ROWS = 4  # seen at once
_ICON_PX = 16


class ServersEditor(QWidget):
    """An `Editor` of the addresses as one text, the preferred one first.

    Signals:
        changed(): Other addresses are entered, or another order.
        test_pressed(str), sign_in_pressed(str), certificate_pressed(str): A person wants this for the server at an
            address.

    Thread: GUI.
    """

    changed = Signal()
    test_pressed = Signal(str)
    sign_in_pressed = Signal(str)
    certificate_pressed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._states: dict[str, tuple[str, Health | None]] = {}
        self._places: dict[str, str] = {}
        self._list = QTreeWidget(self)
        self._list.setColumnCount(3)
        self._list.setHeaderLabels([self.tr("Address"), self.tr("State"), self.tr("Where")])
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self._list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        quiet = QPalette(self.palette())  # the colours of states can be read on it
        quiet.setColor(QPalette.ColorRole.Highlight, selection_colour(self.palette()))
        quiet.setColor(QPalette.ColorRole.HighlightedText, self.palette().color(QPalette.ColorRole.Text))
        self._list.setPalette(quiet)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_ADDRESS, QHeaderView.ResizeMode.Stretch)
        for column in (_STATE, _PLACE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        line_px = max(self.fontMetrics().height() + 8, SIDE_PX)
        self._list.setFixedHeight(_ROWS * line_px + header.sizeHint().height())
        self._list.installEventFilter(self)
        # What was typed is tidied when the cell's editor has gone: the rows may be others then.
        self._tidying = QTimer(self)
        self._tidying.setSingleShot(True)
        self._tidying.timeout.connect(self._tidy)
        self._list.itemChanged.connect(self._on_item_changed)
        self._list.itemDelegate().closeEditor.connect(lambda *_args: self._tidying.start())
        self._list.currentItemChanged.connect(lambda *_items: self._show_possible())
        self.setFocusProxy(self._list)
        self._lay_out()
        self._show_possible()

    def value(self) -> str:
        """See `Editor`."""
        return " ".join(self.urls())

    def set_value(self, value: str) -> None:
        """See `Editor`."""
        self._fill(value.split(), 0)

    def name_as(self, name: str, title: str, help_text: str) -> None:
        """See `Editor`."""
        self._list.setObjectName(f"{name}_setting")
        self._list.setAccessibleName(title)
        self._list.setAccessibleDescription(help_text)

    def urls(self) -> list[str]:
        """The addresses as they are entered, in their order."""
        return [text for item in self._items() if (text := item.text(_ADDRESS).strip())]

    def show_testing(self, url: str) -> None:
        """A test of the server at this address is under way."""
        self._states[url] = (self.tr("Checking"), None)
        self._show_known()

    def show_health(self, url: str, health: Health) -> None:
        """How the server at this address is."""
        self._states[url] = ("", health)
        self._show_known()

    def show_failure(self, url: str, sentence: str) -> None:
        """Why it could not be tested to the end."""
        self._states[url] = (sentence, None)
        self._show_known()

    def show_place(self, url: str, text: str) -> None:
        """Where the server at this address is."""
        self._places[url] = text
        self._show_known()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list."""
        if watched is self._list and event.type() is QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            done = {
                (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier): lambda: self._move(-1),
                (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier): lambda: self._move(1),
                (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): self._remove,
                (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier): self._add,
            }.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))
            if done is not None:
                done()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(4)
        add = make_tool_button(self, "add", self.tr("Add a server"), "addServerButton", self._add, "Ins")
        self._edit_button = make_tool_button(
            self, "edit", self.tr("Change the address"), "editServerButton", self._edit, "F2"
        )
        self._remove_button = make_tool_button(
            self, "remove", self.tr("Remove"), "removeServerButton", self._remove, "Del"
        )
        self._up = make_tool_button(
            self, "move-up", self.tr("Prefer"), "serverUpButton", lambda: self._move(-1), "Alt+Up"
        )
        self._down = make_tool_button(
            self, "move-down", self.tr("Prefer less"), "serverDownButton", lambda: self._move(1), "Alt+Down"
        )
        for button in (add, self._edit_button, self._remove_button, self._up, self._down):
            tools.addWidget(button)
        tools.addStretch(1)
        self._test = self._button(self.tr("Test"), "testServerButton", lambda: self.test_pressed.emit(self._url()))
        self._test.setToolTip(self.tr("Let the chosen server read small images, by the settings as they are entered"))
        self._login = self._button(
            self.tr("Sign in…"), "signInServerButton", lambda: self.sign_in_pressed.emit(self._url())
        )
        self._certificate = self._button(
            self.tr("Certificate…"), "certificateServerButton", lambda: self.certificate_pressed.emit(self._url())
        )
        for push in (self._test, self._login, self._certificate):
            tools.addWidget(push)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._list)
        layout.addLayout(tools)

    def _button(self, text: str, name: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: slot())
        return button

    def _add(self) -> None:
        with QSignalBlocker(self._list):
            item = self._item("")
            self._list.addTopLevelItem(item)
            self._list.setCurrentItem(item)
        self._show_possible()
        self._edit()

    def _edit(self) -> None:
        self._list.setFocus()
        if (item := self._list.currentItem()) is not None:
            self._list.editItem(item, _ADDRESS)

    def _remove(self) -> None:
        index = self._row()
        if index < 0:
            return
        rest = [item.text(_ADDRESS) for item in self._items()]
        del rest[index]
        self._fill(rest, min(index, len(rest) - 1))

    def _move(self, step: int) -> None:
        index, urls = self._row(), [item.text(_ADDRESS) for item in self._items()]
        if index < 0 or not 0 <= index + step < len(urls):
            return
        urls[index], urls[index + step] = urls[index + step], urls[index]
        self._fill(urls, index + step)

    def _on_item_changed(self, _item: QTreeWidgetItem, column: int) -> None:
        if column == _ADDRESS:
            self._tidying.start()
            self.changed.emit()

    def _tidy(self) -> None:
        """Write addresses as they are stored, each in a row of its own; a row without one goes."""
        tidied = [_tidied(each) for url in self.urls() for each in url.replace(",", " ").split()]
        if tidied != [item.text(_ADDRESS) for item in self._items()]:
            self._fill(tidied, min(self._row(), len(tidied) - 1))
        self._show_known()
        self._show_possible()

    def _fill(self, urls: list[str], current: int) -> None:
        """Show other addresses; those that are known keep what is known of them."""
        with QSignalBlocker(self._list):
            self._list.clear()
            self._list.addTopLevelItems([self._item(each) for each in dict.fromkeys(urls)])
            if (item := self._list.topLevelItem(max(0, current))) is not None:
                self._list.setCurrentItem(item)
        self._show_known()
        self._show_possible()
        self.changed.emit()

    def _item(self, url: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([url])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable)
        item.setToolTip(_ADDRESS, words.tip(url))
        item.setSizeHint(_ADDRESS, QSize(0, max(self.fontMetrics().height() + 8, SIDE_PX)))
        return item

    def _show_known(self) -> None:
        with QSignalBlocker(self._list):
            for item in self._items():
                self._show_state(item, *self._states.get(item.text(_ADDRESS), ("", None)))
                item.setText(_PLACE, self._places.get(item.text(_ADDRESS), ""))
        self._list.viewport().update()

    def _show_state(self, item: QTreeWidgetItem, text: str, health: Health | None) -> None:
        if health is None or health.state is HealthState.UNUSED:
            item.setText(_STATE, text)
            item.setToolTip(_STATE, words.tip(text))
            for role in (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole):
                item.setData(_STATE, role, None)
            return
        palette = QGuiApplication.palette()
        colour = server_words.health_colour(health.state, palette)
        item.setText(_STATE, server_words.health_words(health, EngineChoice.SERVER))
        item.setForeground(_STATE, colour)
        name = "done" if health.up else "warning"
        item.setIcon(_STATE, QIcon(icons.pixmap(name, _ICON_PX, colour, self.devicePixelRatioF())))
        item.setToolTip(_STATE, words.tip(server_words.server_tip(item.text(_ADDRESS), health)))

    def _show_possible(self) -> None:
        index, count = self._row(), self._list.topLevelItemCount()
        known = index >= 0 and _is_url(self._url())
        self._edit_button.setEnabled(index >= 0)
        self._remove_button.setEnabled(index >= 0)
        self._up.setEnabled(index > 0)
        self._down.setEnabled(0 <= index < count - 1)
        for button in (self._test, self._login):
            button.setEnabled(known)
        self._certificate.setEnabled(known and self._url().startswith("https:"))

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self._list.topLevelItem(index) for index in range(self._list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _row(self) -> int:
        item = self._list.currentItem()
        return self._list.indexOfTopLevelItem(item) if item is not None else -1

    def _url(self) -> str:
        item = self._list.currentItem()
        return item.text(_ADDRESS) if item is not None else ""


def _tidied(text: str) -> str:
    """The address as it is stored; one that cannot be used stays as it was typed."""
    try:
        return normal_url(text)
    except SettingsError:
        return text


def _is_url(text: str) -> bool:
    try:
        return normal_url(text) == text
    except SettingsError:
        return False
