"""One setting in the dialog: its title, its editor, what it does, and what is wrong with what was entered."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.settings import Settings, checked
from glmocr_desktop.gui import words
from glmocr_desktop.gui.setting_editors import Editor, help_words, make_editor, make_hint, title_words, value_words
from glmocr_desktop.gui.settings.endpoint_editor import EndpointEditor
from glmocr_desktop.gui.settings.file_editor import FileEditor
from glmocr_desktop.gui.settings.prompts_editor import PromptsEditor
from glmocr_desktop.gui.settings.servers_editor import ServersEditor
from glmocr_desktop.gui.settings.tool_button import SIDE_PX, make_tool_button

_DEFAULTS = {each.name: each.default for each in fields(Settings)}


class SettingRow(QWidget):
    """Checks what is entered at once, and can go back to the default.

    Attributes:
        name: The field of `Settings`.

    Signals:
        changed(): Something else is entered.

    Thread: GUI.
    """

    changed = Signal()

    def __init__(self, name: str, value: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._title_words, self._help_words = title_words(name), help_words(name)
        self._title = QLabel(self._title_words, self)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editor = _editor(name, self)
        self.editor.set_value(value)
        self.editor.name_as(name, self._title_words, self._help_words)
        self._problem = QLabel(self)
        self._problem.setObjectName(f"{name}_problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        tinted = QPalette(self.palette())
        tinted.setColor(QPalette.ColorRole.WindowText, words.hue("red", QGuiApplication.palette()))
        self._problem.setPalette(tinted)
        self._reset = self._reset_button()
        self._lay_out()
        self.editor.changed.connect(self._on_changed)
        self._show()

    @property
    def error(self) -> SettingsError | None:
        """Why what is entered cannot be used."""
        try:
            checked(self.name, self.editor.value())
        except SettingsError as error:
            return error
        return None

    @property
    def is_default(self) -> bool:
        """Whether the default is entered."""
        try:
            return bool(checked(self.name, self.editor.value()) == _DEFAULTS[self.name])
        except SettingsError:
            return False

    @property
    def title_width_px(self) -> int:
        """How wide the title is."""
        return self._title.sizeHint().width()

    def set_title_width(self, width_px: int) -> None:
        """Let the editors of all rows begin at one line."""
        self._title.setMinimumWidth(width_px)

    def reset(self) -> None:
        """Enter the default."""
        self.editor.set_value(_DEFAULTS[self.name])

    def matches(self, text: str) -> bool:
        """Whether its words or its name have this in them."""
        wanted = text.casefold().split()
        said = f"{self._title_words} {self._help_words} {self.name}".casefold()
        return all(each in said for each in wanted)

    def _reset_button(self) -> QToolButton:
        text = self.tr("Back to the default: {0}").format(value_words(self.name, _DEFAULTS[self.name]))
        button = make_tool_button(self, "undo", text, f"{self.name}_reset", self._on_reset_clicked)
        button.setAccessibleName(f"{self._title_words}: {text}")
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it comes and goes
        button.setSizePolicy(policy)
        return button

    def _lay_out(self) -> None:
        editor = self.editor
        assert isinstance(editor, QWidget)
        editor.setMinimumHeight(SIDE_PX)
        self._title.setBuddy(editor)
        # The title stands on the line of what is entered, also beside an editor of several lines.
        self._title.setContentsMargins(0, (SIDE_PX - self.fontMetrics().height()) // 2, 0, 0)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._title, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(editor, 0, 1)
        grid.addWidget(self._reset, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._problem, 1, 1)
        grid.addWidget(make_hint(self._help_words, self), 2, 1)

    def _show(self) -> None:
        error = self.error
        self._problem.setText(words.failure_words(Failure.of(error)) if error else "")
        self._problem.setVisible(error is not None)
        self._reset.setVisible(not self.is_default)

    def _on_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _on_reset_clicked(self) -> None:
        editor = self.editor
        assert isinstance(editor, QWidget)
        editor.setFocus()  # the button is about to go
        self.reset()


def _editor(name: str, parent: QWidget) -> Editor:
    if name == "server_url":
        return ServersEditor(parent)
    if name == "own_prompts":
        return PromptsEditor(parent)
    if name == "endpoint":
        return EndpointEditor(parent)
    return FileEditor(parent) if name.endswith("_file") else make_editor(name, parent)
