"""What settings are entered with, made from their declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLabel, QLineEdit, QSpinBox, QWidget

from glmocr_desktop.core.settings import Settings, setting_type
from glmocr_desktop.gui.share_spin import ShareSpin
from glmocr_desktop.gui.theme import muted_colour, small_font

translate = QCoreApplication.translate
_META = {each.name: each.metadata for each in fields(Settings)}


def make_form(parent: QWidget) -> QFormLayout:
    """An empty form for `add_setting`."""
    form = QFormLayout(parent)
    form.setContentsMargins(16, 16, 16, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(4)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return form


def add_setting(form: QFormLayout, name: str, value: Any) -> QWidget:
    """Add a row for a setting, with its help below.

    Returns:
        Its editor, for `entered`.
    """
    parent, meta = form.parentWidget(), _META[name]
    assert parent is not None
    title, help_text = translate("Settings", meta["title"]), translate("Settings", meta["help"])
    editor = _editor(name, value, meta)
    editor.setParent(parent)
    editor.setObjectName(f"{name}_setting")
    editor.setAccessibleName(title)
    editor.setAccessibleDescription(help_text)
    editor.setMinimumHeight(30)
    form.addRow(title, editor)
    form.addRow("", make_hint(help_text, parent))
    return editor


def make_hint(text: str, parent: QWidget) -> QLabel:
    """A line of help that steps back."""
    hint = QLabel(text, parent)
    hint.setTextFormat(Qt.TextFormat.PlainText)
    hint.setWordWrap(True)
    hint.setFont(small_font(parent.font()))
    stepped_back = QPalette(parent.palette())
    stepped_back.setColor(QPalette.ColorRole.WindowText, muted_colour(parent.palette()))
    hint.setPalette(stepped_back)
    hint.setContentsMargins(0, 0, 0, 8)
    return hint


def _editor(name: str, value: Any, meta: Mapping[str, Any]) -> QWidget:
    wanted = setting_type(name)
    if issubclass(wanted, StrEnum):
        combo = QComboBox()
        for choice in wanted:
            combo.addItem(_choice_words(choice), str(choice))
        combo.setCurrentIndex(combo.findData(str(value)))
        return combo
    if wanted is bool:
        switch = QCheckBox(translate("Settings", "On"))
        switch.setChecked(value)
        return switch
    if wanted is str:
        return QLineEdit(str(value))
    unit = f" {meta['unit']}" if meta["unit"] else ""
    if wanted is int:
        whole = QSpinBox()
        whole.setRange(int(meta["low"]), int(meta["high"]))
        whole.setGroupSeparatorShown(True)
        whole.setSuffix(unit)
        whole.setValue(value)
        return whole
    number = ShareSpin() if meta["unit"] == "%" else QDoubleSpinBox()
    number.setDecimals(2 if meta["unit"] == "%" else 1)
    number.setRange(meta["low"], meta["high"])
    number.setSuffix(unit)
    number.setValue(value)
    return number


def entered(editor: QWidget) -> Any:
    """What was entered in an editor."""
    if isinstance(editor, QComboBox):
        return editor.currentData()
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    assert isinstance(editor, QSpinBox | QDoubleSpinBox)
    return editor.value()


def _choice_words(choice: StrEnum) -> str:
    """A choice as people read it."""
    return {
        "auto": translate("Settings", "Server, and offline when it is down"),
        "server": translate("Settings", "Server only"),
        "offline": translate("Settings", "Offline only: nothing leaves this computer"),
        "text": translate("Modes", "Text"),
        "table": translate("Modes", "Table"),
        "formula": translate("Modes", "Formula"),
        "system": translate("Settings", "As the system"),
        "light": translate("Settings", "Light"),
        "dark": translate("Settings", "Dark"),
        "en": "English",
        "zh_CN": "中文",
    }.get(str(choice), str(choice))
