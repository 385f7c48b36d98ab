"""A form of all settings, made from their declaration."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.settings import Settings, setting_type
from glmocr_desktop.gui import words
from glmocr_desktop.gui.theme import muted_colour, small_font

_tr = QCoreApplication.translate


class SettingsDialog(QDialog):
    """Shows the settings, and tells when they shall be others.

    Signals:
        accepted_settings(Settings): What was entered, checked.

    Thread: GUI.
    """

    accepted_settings = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.resize(560, 560)
        self._editors: dict[str, QWidget] = {}
        form_widget = QWidget(self)
        form = QFormLayout(form_widget)
        form.setContentsMargins(16, 16, 16, 16)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for each in fields(Settings):
            title, help_text = _tr("Settings", each.metadata["title"]), _tr("Settings", each.metadata["help"])
            editor = _editor(each.name, getattr(settings, each.name), dict(each.metadata))
            editor.setParent(form_widget)
            editor.setObjectName(f"{each.name}_setting")
            editor.setAccessibleName(title)
            editor.setAccessibleDescription(help_text)
            editor.setMinimumHeight(30)
            form.addRow(title, editor)
            form.addRow("", self._hint(help_text))
            self._editors[each.name] = editor
        scroll = QScrollArea(self)
        scroll.setWidget(form_widget)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._error = QLabel(self)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.setObjectName("settingsError")
        self._error.setWordWrap(True)
        self._error.setContentsMargins(16, 0, 16, 0)
        tinted = QPalette(self.palette())
        tinted.setColor(QPalette.ColorRole.WindowText, words.hue("red", QGuiApplication.palette()))
        self._error.setPalette(tinted)
        self._error.hide()
        buttons = QDialogButtonBox(self)
        buttons.setContentsMargins(16, 4, 16, 12)
        buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._error)
        layout.addWidget(buttons)

    def _hint(self, text: str) -> QLabel:
        hint = QLabel(text, self)
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setWordWrap(True)
        hint.setFont(small_font(self.font()))
        stepped_back = QPalette(self.palette())
        stepped_back.setColor(QPalette.ColorRole.WindowText, muted_colour(self.palette()))
        hint.setPalette(stepped_back)
        hint.setContentsMargins(0, 0, 0, 8)
        return hint

    def _on_save(self) -> None:
        try:
            settings = Settings(**{name: _value(editor) for name, editor in self._editors.items()})
        except SettingsError as error:
            self._error.setText(words.failure_words(Failure.of(error)))
            self._error.show()
            return
        self.accepted_settings.emit(settings)
        self.accept()


def _editor(name: str, value: Any, meta: dict[str, Any]) -> QWidget:
    """What a setting of its type is entered with."""
    wanted = setting_type(name)
    if issubclass(wanted, StrEnum):
        combo = QComboBox()
        for choice in wanted:
            combo.addItem(_choice_words(choice), str(choice))
        combo.setCurrentIndex(combo.findData(str(value)))
        return combo
    if wanted is bool:
        switch = QCheckBox(_tr("Settings", "On"))
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
    number = QDoubleSpinBox()
    number.setDecimals(1)
    number.setRange(meta["low"], meta["high"])
    number.setSuffix(unit)
    number.setValue(value)
    return number


def _value(editor: QWidget) -> Any:
    """What was entered."""
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
        "auto": _tr("Settings", "Server, and offline when it is down"),
        "server": _tr("Settings", "Server only"),
        "offline": _tr("Settings", "Offline only: nothing leaves this computer"),
        "text": _tr("Modes", "Text"),
        "table": _tr("Modes", "Table"),
        "formula": _tr("Modes", "Formula"),
    }.get(str(choice), str(choice))
