"""Prompts that a person writes in the settings, and chooses beside the modes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Mode, OwnPrompt
from glmocr_desktop.core.prompts import format_prompts
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, drop, files_mime, page, rendered, texts, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

_INVOICE = OwnPrompt("Invoice & more", "Give JSON:", '{"date": ""}')
_HAND = OwnPrompt("Hand", "Read the handwriting:")


def _more(window: MainWindow) -> QToolButton:
    found = window.findChild(QToolButton, "morePromptsButton")
    assert found is not None
    return found


def _offered(window: MainWindow) -> dict[str, QAction]:
    return {each.text(): each for each in _more(window).menu().actions()}


def _is_offered(window: MainWindow) -> bool:
    """Whether the menu is there, be it behind the arrow of a narrow tool bar."""
    tools = _more(window).parentWidget()
    return next(each.isVisible() for each in tools.actions() if tools.widgetForAction(each) is _more(window))


def _settings(window: MainWindow) -> QDialog:
    window.commands.settings.trigger()
    return next(each for each in window.findChildren(QDialog, "settingsDialog") if each.isVisible())


def _enter(dialog: QDialog, name: str, text: str, template: str = "") -> None:
    dialog.findChild(QLineEdit, "promptNameEdit").setText(name)
    dialog.findChild(QPlainTextEdit, "promptTextEdit").setPlainText(text)
    dialog.findChild(QPlainTextEdit, "promptTemplateEdit").setPlainText(template)


def test_pages_are_asked_the_chosen_prompt_and_keep_it(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    prompts = format_prompts([_INVOICE, _HAND])
    window = open_window(Settings(server_url=server.url, probe_interval_s=0.2, own_prompts=prompts))
    server.control(answers={_INVOICE.asked: '{"total": "7"}'})
    assert list(_offered(window)) == ["Invoice && more", "Hand"]
    _offered(window)["Invoice && more"].trigger()
    assert _more(window).isChecked()
    assert not window.findChild(QToolButton, "modeTextButton").isChecked()
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done")
    qtbot.waitUntil(lambda: '{"total": "7"}' in rendered(window))
    assert "Some of the keys that were asked for are not in the answer." in texts(window.result_view)
    window.findChild(QToolButton, "modeTableButton").click()
    assert not _more(window).isChecked()
    assert _more(window).text() == "More"
    drop(window, files_mime([numbered_image(tmp_path, 2)]))
    wait_for_states(qtbot, window, "Done", "Done")
    assert page(window, 1).result.text == "Table Recognition: page 2"
    window.reading.retry([page(window, 0)])  # as it was read before
    wait_for_states(qtbot, window, "Done", "Done")
    job = page(window, 0).job
    assert (job.mode, job.own_prompt) == (Mode.TEXT, _INVOICE)
    server.control()


def test_prompts_are_written_in_the_settings_and_used_at_once(window: MainWindow) -> None:
    assert not _is_offered(window)
    dialog = _settings(window)
    groups = dialog.findChild(QListWidget, "settingsGroups")
    groups.setCurrentRow(groups.count() - 1)
    dialog.findChild(QAbstractButton, "addPromptButton").click()
    problem = dialog.findChild(QLabel, "own_prompts_problem")
    assert problem.text() == "Prompt 1: write what the server is asked for."
    _enter(dialog, "Invoice", "Give JSON:", '{"date"}')
    assert problem.text() == "Invoice: the template is not JSON at line 1, column 8."
    button(dialog, "Save").click()
    assert dialog.isVisible()
    _enter(dialog, "Invoice", "Give JSON:", '{"date": ""}')
    dialog.findChild(QAbstractButton, "addPromptButton").click()
    _enter(dialog, "invoice", "Read:")
    assert problem.text() == "Two prompts have the name Invoice."
    _enter(dialog, "Hand", "Read:")
    assert not problem.isVisible()
    button(dialog, "Save").click()
    assert window.engine.settings.prompts == (
        OwnPrompt("Invoice", "Give JSON:", '{"date": ""}'),
        OwnPrompt("Hand", "Read:"),
    )
    assert _is_offered(window)
    _offered(window)["Hand"].trigger()
    dialog = _settings(window)
    written = dialog.findChild(QListWidget, "own_prompts_setting")
    written.setCurrentRow(1)
    _enter(dialog, "Hand", "Read it anew:")
    button(dialog, "Apply").click()
    assert window.reading.own_prompt == OwnPrompt("Hand", "Read it anew:")  # the chosen one is another one now
    dialog.findChild(QAbstractButton, "removePromptButton").click()
    button(dialog, "Save").click()
    assert list(_offered(window)) == ["Invoice"]
    assert (window.reading.mode, window.reading.own_prompt) == (Mode.TEXT, None)
    assert window.findChild(QToolButton, "modeTextButton").isChecked()
