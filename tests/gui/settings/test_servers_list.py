"""The list of servers: addresses are typed, ordered and tested by what is entered; endpoints come from the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import load
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.recognition.canary import CANARIES
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, texts
from tests.support.keyrings import MemoryKeyring
from tests.support.servers import ServerProcess


@pytest.fixture
def dialog(window: MainWindow) -> QDialog:
    return _opened(window)


@pytest.fixture
def guarded_twice(tmp_path: Path) -> Iterator[ServerProcess]:
    """Shows a certificate of its own, and then asks for a login."""
    folder = tmp_path / "guarded"
    folder.mkdir()
    trustme.CA().issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
    server = ServerProcess(folder, login=("ann", "secret"), certificate=folder / "server.pem")
    server.start()
    yield server
    server.kill()


def _opened(window: MainWindow) -> QDialog:
    window.commands.settings.trigger()
    found = window.findChild(QDialog, "settingsDialog")
    assert found is not None
    return found


def _list(dialog: QDialog) -> QTreeWidget:
    found = dialog.findChild(QTreeWidget, "server_url_setting")
    assert found is not None
    return found


def _addresses(dialog: QDialog) -> list[str]:
    return [_cell(dialog, row, 0) for row in range(_list(dialog).topLevelItemCount())]


def _cell(dialog: QDialog, row: int, column: int) -> str:
    return str(_list(dialog).topLevelItem(row).text(column))


def _button(dialog: QWidget, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert found is not None
    return found


def _over(qtbot: QtBot, dialog: QDialog, name: str) -> QDialog:
    """A dialog that stands over the settings."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in dialog.findChildren(QDialog, name)))
    return next(each for each in dialog.findChildren(QDialog, name) if each.isVisible())


def _type(qtbot: QtBot, dialog: QDialog, text: str) -> None:
    """Type into the cell that is being edited, and leave it by Return."""
    edit = _list(dialog).findChild(QLineEdit)
    assert edit is not None
    edit.setText(text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    QApplication.sendPostedEvents()
    qtbot.waitUntil(lambda: _list(dialog).findChild(QLineEdit) is None)


def test_addresses_are_added_ordered_and_removed_by_keyboard(
    qtbot: QtBot, window: MainWindow, dialog: QDialog, server: ServerProcess, closed_url: str
) -> None:
    servers = _list(dialog)
    qtbot.keyClick(servers, Qt.Key.Key_Insert)
    _type(qtbot, dialog, f" {closed_url.removeprefix('http://')}/, other:1 ")
    qtbot.waitUntil(lambda: _addresses(dialog) == [server.url, closed_url, "http://other:1"])
    servers.setCurrentItem(servers.topLevelItem(2))
    qtbot.keyClick(servers, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(servers, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _addresses(dialog) == ["http://other:1", server.url, closed_url]
    assert not _button(dialog, "serverUpButton").isEnabled()
    qtbot.keyClick(servers, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _addresses(dialog) == [server.url, "http://other:1", closed_url]
    qtbot.keyClick(servers, Qt.Key.Key_Delete)
    assert _addresses(dialog) == [server.url, closed_url]
    qtbot.waitUntil(lambda: _cell(dialog, 0, 2) == "This computer")
    button(dialog, "Save").click()
    assert window.engine.settings.servers == (server.url, closed_url)
    qtbot.waitUntil(lambda: load()[0].servers == (server.url, closed_url))


def test_a_wrong_address_stays_as_it_was_typed_and_is_explained(qtbot: QtBot, dialog: QDialog) -> None:
    _button(dialog, "addServerButton").click()
    _type(qtbot, dialog, "ftp://x")
    qtbot.waitUntil(lambda: "ftp://x" in _addresses(dialog))
    problem = dialog.findChild(QLabel, "server_url_problem")
    assert "'ftp://x' is not the address of a server" in problem.text()
    assert not _button(dialog, "testServerButton").isEnabled()
    button(dialog, "Save").click()
    assert dialog.isVisible()
    _button(dialog, "editServerButton").click()
    _type(qtbot, dialog, "http://me:secret@x")
    assert "sign in" in problem.text()
    assert "secret" not in problem.text()
    _button(dialog, "editServerButton").click()
    _type(qtbot, dialog, "")  # an address that is taken away
    qtbot.waitUntil(lambda: len(_addresses(dialog)) == 1)
    assert problem.text() == ""
    _button(dialog, "removeServerButton").click()
    assert "is not the address of a server" in problem.text()  # one is needed


def test_a_server_that_is_not_in_use_is_tested_by_what_is_entered(
    qtbot: QtBot, lone_window: MainWindow, server: ServerProcess
) -> None:
    """Nothing that is in use hears of it; afterwards its endpoints can be chosen."""
    server.control(answers={"Read it all:": CANARIES[0].known})
    dialog = _opened(lone_window)
    qtbot.waitUntil(lambda: _cell(dialog, 0, 1) == "Down")
    dialog.findChild(QWidget, "text_prompt_setting").setPlainText("Read it all:")
    _button(dialog, "addServerButton").click()
    _type(qtbot, dialog, server.url)
    qtbot.waitUntil(_button(dialog, "testServerButton").isEnabled)
    _button(dialog, "testServerButton").click()
    assert _cell(dialog, 1, 1) == "Checking"
    qtbot.waitUntil(lambda: _cell(dialog, 1, 1).startswith("Ready"))
    assert _cell(dialog, 1, 1).endswith("reads 1 of 3")
    assert "read in" in _list(dialog).topLevelItem(1).toolTip(1)
    endpoint = dialog.findChild(QComboBox, "endpoint_setting")
    offered = [endpoint.itemText(row) for row in range(endpoint.count())]
    assert offered == ["Found automatically: /predict (image_path, prompt)", "/predict (image_path, prompt)"]
    assert endpoint.currentIndex() == 0
    assert len(lone_window.engine.healths) == 1
    endpoint.setCurrentIndex(1)
    button(dialog, "Apply").click()
    assert lone_window.engine.settings.endpoint == "/predict"
    server.control()


def test_the_connection_is_tested_by_what_is_entered(
    qtbot: QtBot, lone_window: MainWindow, server: ServerProcess
) -> None:
    server.control(answer=CANARIES[0].known)
    dialog = _opened(lone_window)
    _button(dialog, "addServerButton").click()
    _type(qtbot, dialog, server.url)
    button(dialog, "Test the connection…").click()
    shown = _over(qtbot, dialog, "connectionDialog")
    qtbot.waitUntil(lambda: "Pages are read by /predict (image_path, prompt)." in texts(shown))
    assert "is not answering." in texts(shown)  # the other one, which is in use
    assert _cell(dialog, 1, 1).endswith("reads 1 of 3")
    button(shown, "Close").click()
    dialog.findChild(QComboBox, "endpoint_setting").setEditText("/nothing")
    _button(dialog, "removeServerButton").setFocus()
    button(dialog, "Test the connection…").click()
    shown = _over(qtbot, dialog, "connectionDialog")
    host = server.url.removeprefix("http://")
    said = f"The server at {host} has no endpoint /nothing that reads an image. It has: /predict."
    qtbot.waitUntil(lambda: said in texts(shown))
    assert "→ Choose one of these in the settings, or let it be found." in texts(shown)
    server.control()


def test_a_test_ends_with_the_form(qtbot: QtBot, window: MainWindow, dialog: QDialog, server: ServerProcess) -> None:
    server.control(delay_s=30)
    _button(dialog, "testServerButton").click()
    qtbot.waitUntil(lambda: server.log() != [])  # it is reading
    button(dialog, "Cancel").click()
    qtbot.waitUntil(lambda: window.tasks.running == 0, timeout=5_000)
    server.control()


def test_trust_and_login_are_at_hand_in_the_list(
    qtbot: QtBot, lone_window: MainWindow, guarded_twice: ServerProcess, memory: MemoryKeyring
) -> None:
    """After each the server is looked at once more, though it is not in use yet."""
    dialog = _opened(lone_window)
    _button(dialog, "addServerButton").click()
    _type(qtbot, dialog, guarded_twice.url)
    qtbot.waitUntil(_button(dialog, "certificateServerButton").isEnabled)
    _button(dialog, "certificateServerButton").click()
    _button(_over(qtbot, dialog, "certificateDialog"), "trustButton").click()
    qtbot.waitUntil(lambda: _cell(dialog, 1, 1) == "Sign-in needed")
    _button(dialog, "signInServerButton").click()
    login = _over(qtbot, dialog, "signInDialog")
    login.findChild(QLineEdit, "userEdit").setText("ann")
    login.findChild(QLineEdit, "loginPasswordEdit").setText("secret")
    guarded_twice.control(answer=CANARIES[0].known)
    button(login, "Sign in").click()
    qtbot.waitUntil(lambda: _cell(dialog, 1, 1).endswith("reads 1 of 3"))
    assert len(memory.stored) == 1


def test_only_this_computer_is_asked_when_that_is_entered(qtbot: QtBot, open_window: OpenWindow) -> None:
    """The address is one that no packet is sent to."""
    window = open_window(Settings(server_url="http://240.0.0.1:9", engine="offline"))  # type: ignore[arg-type]
    dialog = _opened(window)
    dialog.findChild(QCheckBox, "local_only_setting").setChecked(True)
    _button(dialog, "testServerButton").click()
    qtbot.waitUntil(lambda: _cell(dialog, 0, 1) == "Down")
    assert "is another computer, and pages are to stay on this one" in _list(dialog).topLevelItem(0).toolTip(1)
