"""What settings are entered with, made from their declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from glmocr_desktop.core.settings import Settings, setting_type
from glmocr_desktop.gui.share_spin import ShareSpin
from glmocr_desktop.gui.theme import muted_colour, small_font

translate = QCoreApplication.translate
_META = {each.name: each.metadata for each in fields(Settings)}
_LEAST_HEIGHT_PX = 28
_LINES = 2  # of a prompt that are seen at once


class Editor(Protocol):
    """Shows a value, and tells when a person changes it; every editor is a widget, too."""

    changed: Any

    def value(self) -> Any:
        """What is entered."""

    def set_value(self, value: Any) -> None:
        """Show another value."""

    def name_as(self, name: str, title: str, help_text: str) -> None:
        """Say what it is for, to tests and to screen readers."""


class _Named:
    """An editor that is one widget."""

    def name_as(self, name: str, title: str, help_text: str) -> None:
        """See `Editor`."""
        assert isinstance(self, QWidget)
        self.setObjectName(f"{name}_setting")
        self.setAccessibleName(title)
        self.setAccessibleDescription(help_text)


class ChoiceEditor(_Named, QComboBox):
    """One of some words."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        for choice in setting_type(name):  # type: ignore[attr-defined]  # an enumeration
            self.addItem(choice_words(choice), str(choice))
        self.currentIndexChanged.connect(lambda _index: self.changed.emit())

    def value(self) -> str:
        """See `Editor`."""
        return str(self.currentData())

    def set_value(self, value: object) -> None:
        """See `Editor`."""
        self.setCurrentIndex(self.findData(str(value)))


class SwitchEditor(_Named, QCheckBox):
    """On or off."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(translate("Settings", "On"), parent)
        self.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        """See `Editor`."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """See `Editor`."""
        self.setChecked(value)


class LineEditor(_Named, QLineEdit):
    """A line of text."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.textChanged.connect(lambda _text: self.changed.emit())

    def value(self) -> str:
        """See `Editor`."""
        return self.text()

    def set_value(self, value: str) -> None:
        """See `Editor`."""
        self.setText(value)


class LinesEditor(_Named, QPlainTextEdit):
    """Some lines of text; Tab goes on to what follows."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        margins_px = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + margins_px)
        self.textChanged.connect(self.changed)

    def value(self) -> str:
        """See `Editor`."""
        return self.toPlainText()

    def set_value(self, value: str) -> None:
        """See `Editor`."""
        self.setPlainText(value)


class WholeEditor(_Named, QSpinBox):
    """A whole number, with a word for 0 where that has a meaning of its own."""

    changed = Signal()

    def __init__(self, meta: Mapping[str, Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(int(meta["low"]), int(meta["high"]))
        self.setGroupSeparatorShown(True)
        self.setSuffix(_suffix(meta))
        if meta["zero"]:
            self.setSpecialValueText(translate("Settings", meta["zero"]))
        self.valueChanged.connect(lambda _value: self.changed.emit())

    def set_value(self, value: int) -> None:
        """See `Editor`."""
        self.setValue(value)


class NumberEditor(_Named, QDoubleSpinBox):
    """A number with one decimal."""

    changed = Signal()

    def __init__(self, meta: Mapping[str, Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setDecimals(1)
        self.setRange(meta["low"], meta["high"])
        self.setSuffix(_suffix(meta))
        self.valueChanged.connect(lambda _value: self.changed.emit())

    def set_value(self, value: float) -> None:
        """See `Editor`."""
        self.setValue(value)


class ShareEditor(_Named, ShareSpin):
    """A share in per cent."""

    changed = Signal()

    def __init__(self, meta: Mapping[str, Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setDecimals(2)
        self.setRange(meta["low"], meta["high"])
        self.setSuffix(_suffix(meta))
        self.valueChanged.connect(lambda _value: self.changed.emit())

    def set_value(self, value: float) -> None:
        """See `Editor`."""
        self.setValue(value)


def make_editor(name: str, parent: QWidget) -> Editor:
    """The editor that fits a setting's type, its name and its range."""
    kind, meta = setting_type(name), _META[name]
    editor: Editor
    if issubclass(kind, StrEnum):
        editor = ChoiceEditor(name, parent)
    elif kind is bool:
        editor = SwitchEditor(parent)
    elif kind is int:
        editor = WholeEditor(meta, parent)
    elif kind is float:
        editor = ShareEditor(meta, parent) if meta["unit"] == "%" else NumberEditor(meta, parent)
    elif name.endswith("_prompt"):
        editor = LinesEditor(parent)
    else:
        editor = LineEditor(parent)
    return editor


def make_form(parent: QWidget) -> QFormLayout:
    """An empty form for `add_setting`."""
    form = QFormLayout(parent)
    form.setContentsMargins(16, 16, 16, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(4)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return form


def add_setting(form: QFormLayout, name: str, value: Any) -> Editor:
    """Add a row for a setting, with its help below.

    Returns:
        Its editor.
    """
    parent = form.parentWidget()
    assert parent is not None
    title, help_text = title_words(name), help_words(name)
    editor = make_editor(name, parent)
    editor.set_value(value)
    editor.name_as(name, title, help_text)
    assert isinstance(editor, QWidget)
    editor.setMinimumHeight(_LEAST_HEIGHT_PX)
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


def title_words(name: str) -> str:
    """What a setting is called."""
    return translate("Settings", _META[name]["title"])


def help_words(name: str) -> str:
    """What it does."""
    return translate("Settings", _META[name]["help"])


def group_words(group: str) -> str:
    """The heading above some settings."""
    return translate("Settings", group)


def value_words(name: str, value: Any) -> str:
    """A value of a setting as its editor shows it."""
    kind, meta = setting_type(name), _META[name]
    if issubclass(kind, StrEnum):
        return choice_words(value)
    if kind is bool:
        return translate("Settings", "on") if value else translate("Settings", "off")
    if kind is str:
        return str(value) or translate("Settings", "empty")
    if meta["zero"] and not value:
        return translate("Settings", meta["zero"])
    if kind is float and meta["unit"] == "%":
        return f"{value:.0%}".replace("%", _suffix(meta))
    return f"{value:,g}{_suffix(meta)}" if kind is float else f"{value:,}{_suffix(meta)}"


def _suffix(meta: Mapping[str, Any]) -> str:
    return f" {translate('Settings', meta['unit'])}" if meta["unit"] else ""


def choice_words(choice: StrEnum) -> str:
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
