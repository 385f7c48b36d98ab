"""The prompts that a user wrote: a list of names, and below it what the chosen one asks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.core.model import OwnPrompt
from glmocr_desktop.core.prompts import draft_prompts, format_prompts
from glmocr_desktop.gui.setting_editors import LineEditor, LinesEditor
from glmocr_desktop.gui.settings.tool_button import SIDE_PX, make_tool_button
from glmocr_desktop.gui.theme import fixed_font

_ROWS = 3  # seen at once
_TEMPLATE_LINES = 5


class PromptsEditor(QWidget):
    """An `Editor` of the prompts as they are stored.

    Thread: GUI.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._prompts: list[OwnPrompt] = []
        self._list = QListWidget(self)
        line_px = max(self.fontMetrics().height() + 8, SIDE_PX)
        self._list.setFixedHeight(_ROWS * line_px)
        self._list.currentRowChanged.connect(lambda _row: self._show_chosen())
        self.setFocusProxy(self._list)
        self._name, self._text, self._template = LineEditor(self), LinesEditor(self), LinesEditor(self)
        self._template.setFont(fixed_font())
        self._template.setPlaceholderText('{"date": "", "total": ""}')
        self._template.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        lines_px = _TEMPLATE_LINES * self._template.fontMetrics().lineSpacing()
        self._template.setFixedHeight(lines_px + 2 * self._template.frameWidth() + 8)
        self._lay_out()
        self._name.setMinimumHeight(SIDE_PX)
        for editor in (self._name, self._text, self._template):
            editor.changed.connect(self._on_typed)
        self._show_chosen()

    def value(self) -> str:
        """See `Editor`."""
        return format_prompts(self._prompts)

    def set_value(self, value: str) -> None:
        """See `Editor`."""
        self._prompts = list(draft_prompts(value))
        self._fill(0)

    def name_as(self, name: str, title: str, help_text: str) -> None:
        """See `Editor`."""
        self._list.setObjectName(f"{name}_setting")
        self._list.setAccessibleName(title)
        self._list.setAccessibleDescription(help_text)

    def _lay_out(self) -> None:
        tools = QVBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(make_tool_button(self, "add", self.tr("Add a prompt"), "addPromptButton", self._add))
        self._remove_button = make_tool_button(
            self, "remove", self.tr("Remove the prompt"), "removePromptButton", self._remove
        )
        tools.addWidget(self._remove_button)
        tools.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._list, 1)
        top.addLayout(tools)
        form = QFormLayout()
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, editor, name in (
            (self.tr("Name"), self._name, "promptNameEdit"),
            (self.tr("Asks"), self._text, "promptTextEdit"),
            (self.tr("Template"), self._template, "promptTemplateEdit"),
        ):
            editor.setObjectName(name)
            editor.setAccessibleName(text)
            label = QLabel(text, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(editor)
            form.addRow(label, editor)
        self._template.setToolTip(self.tr("A JSON object whose keys the answer shall have; empty for any text"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(form)

    def _add(self) -> None:
        self._prompts.append(OwnPrompt(self._new_name(), ""))
        self._fill(len(self._prompts) - 1)
        self._name.setFocus()
        self._name.selectAll()

    def _new_name(self) -> str:
        names = {each.name for each in self._prompts}
        number = 1
        while (name := self.tr("Prompt {0}").format(number)) in names:
            number += 1
        return name

    def _remove(self) -> None:
        row = self._list.currentRow()
        if row >= 0:
            del self._prompts[row]
            self._fill(min(row, len(self._prompts) - 1))

    def _fill(self, row: int) -> None:
        with QSignalBlocker(self._list):
            self._list.clear()
            self._list.addItems([each.name for each in self._prompts])
            self._list.setCurrentRow(row)
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        row = self._list.currentRow()
        chosen = self._prompts[row] if row >= 0 else OwnPrompt("", "")
        shown = (self._name, chosen.name), (self._text, chosen.text), (self._template, chosen.template)
        for editor, value in shown:
            with QSignalBlocker(editor):
                editor.set_value(value)
            editor.setEnabled(row >= 0)
        self._remove_button.setEnabled(row >= 0)

    def _on_typed(self) -> None:
        row = self._list.currentRow()
        item = self._list.item(row)
        if item is None:
            return
        name, text, template = (each.value() for each in (self._name, self._text, self._template))
        self._prompts[row] = replace(self._prompts[row], name=name, text=text, template=template)
        item.setText(name)
        self.changed.emit()
