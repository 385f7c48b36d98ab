"""The form of all settings: search, defaults, what is wrong with an entry, and how to go on by keyboard."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.settings.settings_dialog import SettingsDialog
from tests.gui.screen import button, label

_OTHERS = Settings(lanes=3, timeout_s=33, retry=False, text_prompt="Read:\nall", endpoint="/read", ca_file="/x.pem")


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    found = SettingsDialog(_OTHERS)
    qtbot.addWidget(found)
    found.show()
    return found


def _shown(dialog: SettingsDialog) -> list[str]:
    """The settings whose editors can be seen, in their order."""
    return [
        each.name
        for each in fields(Settings)
        if any(widget.isVisible() for widget in dialog.findChildren(QWidget, f"{each.name}_setting"))
    ]


def _search(dialog: SettingsDialog, text: str) -> None:
    field = dialog.findChild(QLineEdit, "settingsSearch")
    assert field is not None
    field.setText(text)


def _groups(dialog: SettingsDialog) -> QListWidget:
    found = dialog.findChild(QListWidget, "settingsGroups")
    assert found is not None
    return found


def _press(dialog: SettingsDialog, name: str) -> None:
    found = dialog.findChild(QAbstractButton, name)
    assert found is not None
    found.click()


def test_one_group_is_shown_at_a_time_and_every_setting_is_in_one(dialog: SettingsDialog) -> None:
    seen: list[str] = []
    groups = _groups(dialog)
    for index in range(groups.count()):
        groups.setCurrentRow(index)
        shown = _shown(dialog)
        assert shown
        seen += shown
    assert sorted(seen) == sorted(each.name for each in fields(Settings))


def test_what_is_in_use_is_entered(dialog: SettingsDialog) -> None:
    assert Settings(**dialog.entered()) == _OTHERS
    assert dialog.settings() == _OTHERS
    assert not button(dialog, "Apply").isEnabled()
    assert dialog.changed_titles() == []


def test_settings_are_searched_by_words_help_and_name(dialog: SettingsDialog) -> None:
    _search(dialog, "formula prompt")
    assert _shown(dialog) == ["formula_prompt"]
    _search(dialog, "SIMPLER")  # in the help of two
    assert _shown(dialog) == ["degraded_timeout_s", "degraded"]
    listed = [_groups(dialog).item(row) for row in range(_groups(dialog).count())]
    assert [each.text() for each in listed if not each.isHidden()] == ["Reading", "Time limits"]
    _search(dialog, "lane_wait_s")
    assert _shown(dialog) == ["lane_wait_s"]
    _search(dialog, "prompts")  # the name of a group is all of it
    assert _shown(dialog) == ["text_prompt", "table_prompt", "formula_prompt", "own_prompts"]
    _search(dialog, "cheese")
    assert _shown(dialog) == []
    assert label(dialog, "settingsNothingFound") == "No setting matches “cheese”."
    _search(dialog, "")
    assert "server_url" in _shown(dialog)
    assert "mode" not in _shown(dialog)


def test_each_setting_and_each_group_goes_back_to_its_default(dialog: SettingsDialog) -> None:
    _search(dialog, "page")  # beside others
    resets = {
        each.name: found
        for each in fields(Settings)
        if (found := dialog.findChild(QAbstractButton, f"{each.name}_reset")) is not None
    }
    assert resets["lanes"].isVisible()
    assert not resets["mode"].isVisible()
    assert resets["lanes"].toolTip() == "Back to the default: Automatic"
    assert resets["timeout_s"].toolTip() == "Back to the default: 120 s"
    assert resets["retry"].toolTip() == "Back to the default: on"
    assert resets["ca_file"].toolTip() == "Back to the default: empty"
    assert resets["max_image_pixels"].toolTip() == "Back to the default: 2,200,000 pixels"
    resets["lanes"].click()
    lanes = dialog.findChild(QSpinBox, "lanes_setting")
    assert (lanes.value(), lanes.text()) == (0, "Automatic")
    assert not resets["lanes"].isVisible()
    assert not dialog.findChild(QCheckBox, "retry_setting").isChecked()
    _press(dialog, "resetReadingButton")
    assert dialog.findChild(QCheckBox, "retry_setting").isChecked()
    assert dialog.findChild(QDoubleSpinBox, "timeout_s_setting").value() == 33  # another group
    assert dialog.changed_titles() == ["Pages at once", "Try again"]


def test_a_wrong_entry_is_explained_below_it_and_gone_to(qtbot: QtBot, dialog: SettingsDialog) -> None:
    told: list[Settings] = []
    dialog.accepted_settings.connect(told.append)
    prompt = dialog.findChild(QPlainTextEdit, "text_prompt_setting")
    prompt.setPlainText("  ")
    problem = dialog.findChild(QLabel, "text_prompt_problem")
    assert "is not a text that says something" in problem.text()
    assert not problem.isVisibleTo(dialog)  # its group is not shown
    button(dialog, "Save").click()
    assert told == []
    assert problem.isVisible()
    assert label(dialog, "settingsError") == problem.text()
    qtbot.waitUntil(prompt.hasFocus)
    prompt.setPlainText("Read it:")
    assert not problem.isVisible()
    assert label(dialog, "settingsError") == ""
    button(dialog, "Save").click()
    assert [each.text_prompt for each in told] == ["Read it:"]


def test_apply_keeps_the_form_open(dialog: SettingsDialog) -> None:
    told: list[Settings] = []
    dialog.accepted_settings.connect(told.append)
    endpoint = dialog.findChild(QComboBox, "endpoint_setting")
    assert endpoint.currentText() == "/read"
    endpoint.setEditText("predict")
    assert button(dialog, "Apply").isEnabled()
    button(dialog, "Apply").click()
    assert [each.endpoint for each in told] == ["/predict"]
    assert dialog.isVisible()
    assert not button(dialog, "Apply").isEnabled()


def test_the_wheel_scrolls_past_numbers(qtbot: QtBot, dialog: SettingsDialog) -> None:
    _search(dialog, "timeout_s")
    spin = dialog.findChild(QDoubleSpinBox, "timeout_s_setting")
    event = QWheelEvent(
        *(QPointF(5, 5), spin.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(spin, event)
    assert spin.value() == 33
    spin.setFocus()
    qtbot.waitUntil(spin.hasFocus)
    QApplication.sendEvent(spin, event)
    assert spin.value() == 34


def test_all_can_be_reached_by_tab_and_has_a_name(qtbot: QtBot, dialog: SettingsDialog) -> None:
    _search(dialog, "e")  # in the words of all
    assert len(_shown(dialog)) == len(fields(Settings))
    dialog.findChild(QLineEdit, "settingsSearch").setFocus()
    qtbot.waitUntil(dialog.findChild(QLineEdit, "settingsSearch").hasFocus)
    reached: list[QWidget] = []
    while (at := QApplication.focusWidget()) is not None and at not in reached:
        reached.append(at)
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    names = {each.objectName() for each in reached}
    assert {f"{each.name}_setting" for each in fields(Settings)} <= names
    assert {"settingsGroups", "lanes_reset", "addServerButton", "saveSettingsButton", "ca_file_browse"} <= names
    for each in reached:
        told = QAccessible.queryAccessibleInterface(each)
        assert told.text(QAccessible.Text.Name), each.objectName()


def test_the_form_fits_the_screen(qtbot: QtBot) -> None:
    found = SettingsDialog(Settings())
    qtbot.addWidget(found)
    found.show()
    room = found.screen().availableSize()
    assert found.height() <= room.height()
    assert found.width() <= room.width()
