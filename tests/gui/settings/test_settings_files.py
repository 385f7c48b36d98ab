"""Settings go into a file, and come from one into the form, where a person sees them before they are used."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.exchange import export_settings
from glmocr_desktop.gui.language import language
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.screen import button, label


@pytest.fixture(autouse=True)
def _drivable_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLMOCR_NATIVE_DIALOGS", "0")


def _opened(window: MainWindow) -> QDialog:
    window.commands.settings.trigger()
    return _form(window)


def _form(window: MainWindow) -> QDialog:
    found = [each for each in window.findChildren(QDialog, "settingsDialog") if each.isVisible()]
    assert len(found) == 1
    return found[0]


def _choose(dialog: QDialog, path: Path) -> None:
    chooser = next(each for each in dialog.findChildren(QFileDialog) if each.isVisible())
    field = chooser.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(path))
    chooser.accept()


def test_settings_travel_by_a_file(qtbot: QtBot, lone_window: MainWindow, tmp_path: Path) -> None:
    """The form is filled; what is in use changes when a person saves it."""
    window, path = lone_window, tmp_path / "mine.json"
    dialog = _opened(window)
    spin = dialog.findChild(QDoubleSpinBox, "timeout_s_setting")
    spin.setValue(77)
    button(dialog, "Export…").click()
    _choose(dialog, path)
    qtbot.waitUntil(lambda: label(dialog, "settingsMessage") == f"The settings were written to {path}.")
    spin.setValue(55)
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert stored["timeout_s"] == 77
    path.write_text(json.dumps(stored | {"lanes": 900, "cheese": 1}))
    button(dialog, "Import…").click()
    _choose(dialog, path)
    qtbot.waitUntil(lambda: spin.value() == 77)
    assert label(dialog, "settingsMessage") == (
        "Filled in from mine.json, and used when you save: Timeout. Pages at once: 900 is not between 0 and 64. "
        "Not known to this program, and left out: cheese."
    )
    assert window.engine.settings.timeout_s == 120
    button(dialog, "Save").click()
    assert window.engine.settings.timeout_s == 77


def test_a_file_without_settings_changes_nothing(qtbot: QtBot, lone_window: MainWindow, tmp_path: Path) -> None:
    dialog = _opened(lone_window)
    path = tmp_path / "x.json"
    path.write_text("[1]")
    button(dialog, "Import…").click()
    _choose(dialog, path)
    qtbot.waitUntil(lambda: label(dialog, "settingsError") == "There are no settings in x.json.")
    export_settings(replace(lone_window.engine.settings), path)
    button(dialog, "Import…").click()
    _choose(dialog, path)
    qtbot.waitUntil(lambda: label(dialog, "settingsMessage") == "x.json has the settings that are in use.")
    assert label(dialog, "settingsError") == ""
    assert not button(dialog, "Apply").isEnabled()


def test_another_language_keeps_what_is_entered(lone_window: MainWindow) -> None:
    _opened(lone_window).findChild(QDoubleSpinBox, "timeout_s_setting").setValue(44)
    language().changed.emit()
    assert _form(lone_window).findChild(QDoubleSpinBox, "timeout_s_setting").value() == 44
    lone_window.commands.settings.trigger()  # once is enough
    button(_form(lone_window), "Cancel").click()
    _opened(lone_window)
