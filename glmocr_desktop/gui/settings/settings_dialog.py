"""A form of all settings, made from their declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import words
from glmocr_desktop.gui.search_field import make_search_field
from glmocr_desktop.gui.setting_editors import Editor, title_words
from glmocr_desktop.gui.settings.calm_wheel import CalmWheel
from glmocr_desktop.gui.settings.group import SettingGroup
from glmocr_desktop.gui.settings.setting_row import SettingRow

_SIZE = QSize(820, 620)
_FRAME_PX = 60  # the dialog's title, and what stands at the screen's edges
_BESIDE_PX = 48  # margins and a scroll bar
_LIST_PX = 176
_LIST_MARGIN_PX = 32
_ROW_PX = 28


class SettingsDialog(QDialog):
    """Shows the settings, and tells when they shall be others.

    Args:
        settings: Those that are in use.

    Signals:
        accepted_settings(Settings): What was entered, checked; the dialog stays open after Apply.
        test_wanted(Settings): The servers are to be tested by what is entered.
        import_wanted(): A file is to be chosen and filled in.
        export_wanted(Settings): What is entered is to be written.

    Thread: GUI.
    """

    accepted_settings = Signal(object)
    test_wanted = Signal(object)
    import_wanted = Signal()
    export_wanted = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self._used = settings
        groups = dict.fromkeys(each.metadata["group"] for each in fields(Settings))
        body = QWidget(self)
        self._groups = [SettingGroup(each, asdict(settings), body) for each in groups]
        self._rows = {row.name: row for group in self._groups for row in group.rows}
        self._scroll = self._scrolled(body)
        self._search = self._search_field()
        self._list = self._group_list()
        self._nothing = _plain_label("settingsNothingFound", body)
        self._message = _plain_label("settingsMessage", self)
        self._error = _plain_label("settingsError", self)
        tinted = QPalette(self.palette())
        tinted.setColor(QPalette.ColorRole.WindowText, words.hue("red", QGuiApplication.palette()))
        self._error.setPalette(tinted)
        self._lay_out(body)
        for group in self._groups:
            group.changed.connect(self._on_changed)
        CalmWheel(body)
        self._list.setCurrentRow(0)
        self._on_changed()
        room = (parent or self).screen().availableSize() - QSize(_FRAME_PX, _FRAME_PX)
        wide = QSize(self._list.width() + body.minimumSizeHint().width() + _BESIDE_PX, 0)
        self.resize(_SIZE.expandedTo(self.minimumSizeHint()).expandedTo(wide).boundedTo(room))

    # What is entered

    def editor(self, name: str) -> Editor:
        """The editor of a setting."""
        return self._rows[name].editor

    def entered(self) -> dict[str, Any]:
        """What is entered, whether it can be used or not."""
        return {name: row.editor.value() for name, row in self._rows.items()}

    def fill(self, values: Mapping[str, Any], message: str = "") -> None:
        """Enter other values, and say something about them."""
        for name, value in values.items():
            self._rows[name].editor.set_value(value)
        self.say(message)

    def say(self, message: str) -> None:
        """Say something about all settings."""
        self._message.setText(message)
        self._message.setVisible(bool(message))

    def show_error(self, sentence: str) -> None:
        """Say what is wrong."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def settings(self) -> Settings | None:
        """What is entered; where it cannot be used, that is shown instead."""
        wrong = next((row for row in self._rows.values() if row.error is not None), None)
        try:
            found = Settings(**self.entered())
        except SettingsError as error:
            self.show_error(words.failure_words(Failure.of(error)))
            if wrong is not None:
                self._go_to(wrong)
            return None
        self.show_error("")
        return found

    def changed_titles(self) -> list[str]:
        """What the settings are called that are not as those in use."""
        used = asdict(self._used)
        return [title_words(name) for name, value in self.entered().items() if value != used[name]]

    # How it looks

    @staticmethod
    def _scrolled(body: QWidget) -> QScrollArea:
        parent = body.parentWidget()
        scroll = QScrollArea(parent)
        scroll.setObjectName("settingsScroll")
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        return scroll

    def _search_field(self) -> QLineEdit:
        field = make_search_field("settingsSearch", lambda: self.tr("Search settings"), self)
        field.textChanged.connect(lambda _text: self._show_found())
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.activated.connect(field.setFocus)
        return field

    def _group_list(self) -> QListWidget:
        groups = QListWidget(self)
        groups.setObjectName("settingsGroups")
        groups.setAccessibleName(self.tr("Groups of settings"))
        groups.addItems([group.title for group in self._groups])
        height_px = max(groups.fontMetrics().height() + 8, _ROW_PX)
        for index in range(groups.count()):
            item = groups.item(index)
            assert item is not None
            item.setSizeHint(QSize(0, height_px))
        groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        groups.currentRowChanged.connect(lambda _row: self._show_found())
        words_px = max(groups.fontMetrics().horizontalAdvance(group.title) for group in self._groups)
        groups.setFixedWidth(max(words_px + _LIST_MARGIN_PX, _LIST_PX))
        return groups

    def _lay_out(self, body: QWidget) -> None:
        stack = QVBoxLayout(body)
        stack.setContentsMargins(16, 12, 16, 12)
        stack.setSpacing(16)
        stack.addWidget(self._nothing)
        title_width_px = max(row.title_width_px for row in self._rows.values())
        for group in self._groups:
            stack.addWidget(group)
            for row in group.rows:
                row.set_title_width(title_width_px)
        stack.addStretch(1)
        left = QVBoxLayout()
        left.setContentsMargins(12, 12, 0, 0)
        left.setSpacing(8)
        left.addWidget(self._search)
        left.addWidget(self._list, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left)
        middle.addWidget(self._scroll, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(middle, 1)
        for label in (self._message, self._error):
            label.setContentsMargins(12, 0, 12, 0)
            layout.addWidget(label)
        layout.addWidget(self._buttons())

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        box.setContentsMargins(12, 4, 12, 12)
        roles = QDialogButtonBox.ButtonRole
        test = self._button(box, self.tr("Test the connection…"), roles.ResetRole, "testSettingsButton")
        test.setToolTip(self.tr("Let the servers read small images, by the settings as they are entered"))
        test.clicked.connect(self._on_test_clicked)
        take = self._button(box, self.tr("Import…"), roles.ResetRole, "importSettingsButton")
        take.setToolTip(self.tr("Fill in settings from a file; they are used when you save them"))
        take.clicked.connect(self.import_wanted)
        give = self._button(box, self.tr("Export…"), roles.ResetRole, "exportSettingsButton")
        give.setToolTip(self.tr("Write what is entered here into a file; logins are not part of it"))
        give.clicked.connect(self._on_export_clicked)
        save = self._button(box, self.tr("Save"), roles.AcceptRole, "saveSettingsButton")
        save.setDefault(True)
        self._apply = self._button(box, self.tr("Apply"), roles.ApplyRole, "applySettingsButton")
        self._apply.clicked.connect(self._on_apply_clicked)
        self._button(box, self.tr("Cancel"), roles.RejectRole, "cancelSettingsButton")
        box.accepted.connect(self._on_save)
        box.rejected.connect(self.reject)
        return box

    @staticmethod
    def _button(box: QDialogButtonBox, text: str, role: QDialogButtonBox.ButtonRole, name: str) -> QPushButton:
        button = box.addButton(text, role)
        button.setObjectName(name)
        button.setAutoDefault(role is QDialogButtonBox.ButtonRole.AcceptRole)
        return button

    # What a person does

    def _show_found(self) -> None:
        """Show the chosen group; while something is searched, all rows that match."""
        text = self._search.text()
        chosen = self._groups[max(0, self._list.currentRow())]
        some = False
        for index, group in enumerate(self._groups):
            found = group.search(text)
            some = some or found
            group.setVisible(found and (bool(text.strip()) or group is chosen))
            item = self._list.item(index)
            assert item is not None
            item.setHidden(not found)
        self._nothing.setText(self.tr("No setting matches “{0}”.").format(text.strip()))
        self._nothing.setVisible(not some)
        if text.strip() and chosen.isVisibleTo(self):
            self._scroll.ensureWidgetVisible(chosen)

    def _go_to(self, row: SettingRow) -> None:
        self._search.clear()
        for index, group in enumerate(self._groups):
            if row in group.rows:
                self._list.setCurrentRow(index)
        editor = row.editor
        assert isinstance(editor, QWidget)
        editor.setFocus()
        self._scroll.ensureWidgetVisible(row)

    def _on_changed(self) -> None:
        self.show_error("")
        try:
            self._apply.setEnabled(Settings(**self.entered()) != self._used)
        except SettingsError:
            self._apply.setEnabled(True)  # it says what is wrong

    def _on_test_clicked(self) -> None:
        if (settings := self.settings()) is not None:
            self.test_wanted.emit(settings)

    def _on_export_clicked(self) -> None:
        if (settings := self.settings()) is not None:
            self.export_wanted.emit(settings)

    def _on_apply_clicked(self) -> None:
        if (settings := self.settings()) is not None:
            self._used = settings
            self.say("")
            self._on_changed()
            self.accepted_settings.emit(settings)

    def _on_save(self) -> None:
        if (settings := self.settings()) is not None:
            self.accepted_settings.emit(settings)
            self.accept()


def _plain_label(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    return label
