"""Time limits: for pages to come, for some pages alone, and back to those of the settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QLabel, QMenu, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Limits
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.limits_dialog import LimitsDialog
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, drop, files_mime, page, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess


def _dialog(window: MainWindow) -> LimitsDialog:
    found = window.findChild(LimitsDialog, "limitsDialog")
    assert found is not None
    assert found.isVisible()
    return found


def _spin(dialog: QWidget, name: str) -> QDoubleSpinBox:
    found = dialog.findChild(QDoubleSpinBox, f"{name}_setting")
    assert found is not None
    return found


def test_each_part_of_the_time_is_set_for_pages_to_come(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done")
    window.findChild(QAbstractButton, "limitsButton").click()
    dialog = _dialog(window)
    values = {
        "connect_timeout_s": 1.5,
        "upload_timeout_s": 20,
        "lane_wait_s": 30,
        "queue_wait_s": 40,
        "silence_s": 50,
        "timeout_s": 60,
        "first_timeout_s": 7,
        "retry_timeout_s": 8,
        "degraded_timeout_s": 9,
    }
    for name, value in values.items():
        _spin(dialog, name).setValue(value)
    button(dialog, "Use").click()
    assert window.findChild(QSpinBox, "timeoutSpin").value() == 60
    drop(window, files_mime([numbered_image(tmp_path, 2)]))
    wait_for_states(qtbot, window, "Done", "Done")
    first, second = (page(window, number).job for number in range(2))
    assert first is not None
    assert first.limits == Limits()
    assert second is not None
    assert second.limits == replace(window.engine.settings, **values).limits


def test_the_limits_of_the_settings_come_back(window: MainWindow) -> None:
    window.findChild(QSpinBox, "timeoutSpin").setValue(33)
    window.findChild(QAbstractButton, "limitsButton").click()
    dialog = _dialog(window)
    assert _spin(dialog, "timeout_s").value() == 33
    _spin(dialog, "silence_s").setValue(5)
    button(dialog, "Reset to the settings").click()
    assert _spin(dialog, "silence_s").value() == 40
    button(dialog, "Use").click()
    assert window.reading.limits == Limits()


def test_a_chosen_fraction_of_a_second_is_kept(window: MainWindow) -> None:
    window.findChild(QAbstractButton, "limitsButton").click()
    _spin(_dialog(window), "timeout_s").setValue(12.5)
    button(_dialog(window), "Use").click()
    assert window.reading.limits.total_s == 12.5


def test_selected_pages_are_read_again_with_limits_of_their_own(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    """The page that is not selected, and pages to come, keep theirs; reading it once more keeps what was chosen."""
    window = open_window(Settings(server_url=server.url, engine="server"))  # type: ignore[arg-type]
    drop(window, files_mime([numbered_image(tmp_path, 1), numbered_image(tmp_path, 2)]))
    wait_for_states(qtbot, window, "Done", "Done")
    server.control(delay_s=30)
    window.commands.check()
    window.commands.retry_limits.trigger()
    dialog = _dialog(window)
    assert "For this page" in dialog.findChild(QLabel).text()
    _spin(dialog, "timeout_s").setValue(1)
    button(dialog, "Read again").click()
    wait_for_states(qtbot, window, "Timed out", "Done")
    assert window.reading.limits == Limits()
    window.commands.check()
    window.commands.retry.trigger()
    wait_for_states(qtbot, window, "Reading", "Done")
    wait_for_states(qtbot, window, "Timed out", "Done")
    job = page(window, 0).job
    assert job is not None
    assert job.limits == Limits(total_s=1)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_row_offers_other_limits(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done")
    window.view.menu_wanted.emit(window.mapToGlobal(window.rect().center()))
    menu = next(each for each in window.findChildren(QMenu) if each.isVisible())
    offered = {each.text(): each.isEnabled() for each in menu.actions()}
    assert offered["Read again with other limits…"]
    menu.close()
