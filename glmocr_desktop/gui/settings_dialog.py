"""A form of all settings, made from their declaration."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import words
from glmocr_desktop.gui.setting_editors import add_setting, entered, make_form
from glmocr_desktop.gui.theme import heading_font

translate = QCoreApplication.translate


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
        form = make_form(form_widget)
        for group in dict.fromkeys(each.metadata["group"] for each in fields(Settings)):
            form.addRow(self._heading(translate("Settings", group), first=not self._editors))
            for each in fields(Settings):
                if each.metadata["group"] == group:
                    self._editors[each.name] = add_setting(form, each.name, getattr(settings, each.name))
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

    def _heading(self, text: str, *, first: bool) -> QLabel:
        heading = QLabel(text, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(heading_font(self.font()))
        heading.setContentsMargins(0, 0 if first else 16, 0, 8)
        return heading

    def _on_save(self) -> None:
        try:
            settings = Settings(**{name: entered(editor) for name, editor in self._editors.items()})
        except SettingsError as error:
            self._error.setText(words.failure_words(Failure.of(error)))
            self._error.show()
            return
        self.accepted_settings.emit(settings)
        self.accept()
