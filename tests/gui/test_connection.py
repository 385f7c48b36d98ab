"""Servers are tested, signed in at, and trusted; real ones, that ask for a login or show a certificate of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import home_dirs
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.recognition.canary import CANARIES
from glmocr_desktop.recognition.network.access import SecretKind
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, button_text, drop, files_mime, label, notice, texts, wait_for_states
from tests.support.guarded import GuardedServer
from tests.support.keyrings import MemoryKeyring
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

_PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def locked_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Asks for a login."""
    server = ServerProcess(tmp_path_factory.mktemp("locked"), login=("ann", _PASSWORD))
    server.start()
    yield server
    server.kill()


@pytest.fixture
def own_certificate_server(tmp_path: Path) -> Iterator[ServerProcess]:
    """Shows a certificate that nobody vouches for."""
    folder = tmp_path / "own"
    folder.mkdir()
    trustme.CA().issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
    server = ServerProcess(folder, certificate=folder / "server.pem")
    server.start()
    yield server
    server.kill()


def _dialog(qtbot: QtBot, window: MainWindow, name: str) -> QDialog:
    def shown() -> list[QDialog]:
        return [each for each in window.findChildren(QDialog, name) if each.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == 1)
    return shown()[0]


def _press(widget: QWidget, name: str) -> None:
    found = widget.findChild(QAbstractButton, name)
    assert found is not None
    found.click()


def _type(dialog: QDialog, **entries: str) -> None:
    for name, text in entries.items():
        edit = dialog.findChild(QLineEdit, name)
        assert edit is not None
        edit.setText(text)


def test_a_server_is_tested_in_every_mode(qtbot: QtBot, window: MainWindow, server: ServerProcess) -> None:
    server.control(answer=CANARIES[0].known)  # right for the text, wrong for the table and the formula
    _press(window, "testConnectionButton")
    dialog = _dialog(qtbot, window, "connectionDialog")
    qtbot.waitUntil(lambda: "Testing…" in texts(dialog))
    qtbot.waitUntil(lambda: server.url in texts(dialog))
    said = texts(dialog).splitlines()
    assert "Testing…" not in said
    assert said[said.index("Text") + 1].startswith("read in ")
    for mode in ("Table", "Formula"):
        assert said[said.index(mode) + 1] == "not read. The answer is not what the image says."
    qtbot.waitUntil(lambda: label(window, "healthLabel").endswith("reads 1 of 3"))
    button(dialog, "Close").click()


def test_a_server_that_answers_nonsense_does_not_read(qtbot: QtBot, window: MainWindow, server: ServerProcess) -> None:
    server.control(answer="Nothing that was asked for.")
    _press(window, "testConnectionButton")
    dialog = _dialog(qtbot, window, "connectionDialog")
    qtbot.waitUntil(lambda: "→ Look whether the server runs the GLM-OCR model" in texts(dialog))
    assert label(window, "healthLabel") == "Answers, but does not read"
    assert label(window, "engineLabel") == "Reading offline"
    assert button_text(window, "placeButton") == "This computer"
    host = server.url.removeprefix("http://")
    assert notice(window) == (f"The server at {host} answers, but does not read. Pages are read offline meanwhile.")
    server.control()


def test_a_test_can_be_ended_and_begun_again(qtbot: QtBot, window: MainWindow, server: ServerProcess) -> None:
    server.control(delay_s=30)
    _press(window, "testConnectionButton")
    dialog = _dialog(qtbot, window, "connectionDialog")
    qtbot.waitUntil(lambda: server.log() != [])  # the server is reading
    assert "Testing…" in texts(dialog)
    button(dialog, "Cancel").click()
    qtbot.waitUntil(lambda: window.tasks.running == 0, timeout=2_000)
    server.control(answer=CANARIES[0].known)
    _press(window, "testConnectionButton")
    qtbot.waitUntil(lambda: label(window, "healthLabel").endswith("reads 1 of 3"))


def test_a_server_that_is_down_is_told_with_what_can_be_done(qtbot: QtBot, lone_window: MainWindow) -> None:
    _press(lone_window, "testConnectionButton")
    dialog = _dialog(qtbot, lone_window, "connectionDialog")
    qtbot.waitUntil(lambda: "→ Start the server, or correct its address" in texts(dialog))
    assert "is not answering." in texts(dialog)


def test_signing_in_at_a_real_server(
    qtbot: QtBot, open_window: OpenWindow, locked_server: ServerProcess, memory: MemoryKeyring, tmp_path: Path
) -> None:
    """What was read offline meanwhile is then offered for a second reading."""
    window = open_window(Settings(server_url=locked_server.url, probe_interval_s=0.2))
    host = locked_server.url.removeprefix("http://")
    qtbot.waitUntil(lambda: label(window, "healthLabel") == "Sign-in needed")
    assert notice(window) == f"The server at {host} wants you to sign in. Pages are read offline meanwhile."
    drop(window, files_mime([numbered_image(tmp_path, 1)]))
    wait_for_states(qtbot, window, "Done offline")
    button(window.notices, "Sign in").click()
    dialog = _dialog(qtbot, window, "signInDialog")
    assert "keyring" in texts(dialog)
    assert not button(dialog, "Sign in").isEnabled()
    _type(dialog, userEdit="ann", loginPasswordEdit="wrong")
    button(dialog, "Sign in").click()
    qtbot.waitUntil(lambda: "did not accept the user name and password" in texts(dialog))
    assert memory.stored == {}
    _type(dialog, loginPasswordEdit=_PASSWORD)
    button(dialog, "Sign in").click()
    qtbot.waitUntil(lambda: label(window, "healthLabel").startswith("Ready"))
    (stored,) = map(json.loads, memory.stored.values())
    assert (stored["kind"], stored["user"], stored["password"]) == ("gradio", "ann", _PASSWORD)
    qtbot.waitUntil(lambda: notice(window) == "The server is back. One page was read offline.")
    button(window.notices, "Read them again").click()
    wait_for_states(qtbot, window, "Done")


@pytest.mark.parametrize("kind", ["token", "basic"])
def test_other_kinds_of_logins(
    qtbot: QtBot, open_window: OpenWindow, guarded: GuardedServer, memory: MemoryKeyring, kind: str
) -> None:
    guarded.answers["/gradio_api/queue/status"] = ({}, b'{"queue_size": 0}')
    window = open_window(Settings(server_url=guarded.url, probe_interval_s=0.2))
    window._connection.sign_in(guarded.url)
    dialog = _dialog(qtbot, window, "signInDialog")
    dialog.findChild(QCheckBox, "advancedCheck").setChecked(True)
    if kind == "token":
        guarded.authorization = "Bearer abc"
        _type(dialog, tokenEdit="abc")
    else:
        guarded.authorization = "Basic YW5uOmI="
        combo = dialog.findChild(QComboBox, "loginKindCombo")
        combo.setCurrentIndex(combo.findData(SecretKind.BASIC))
        _type(dialog, userEdit="ann", loginPasswordEdit="b")
    button(dialog, "Sign in").click()
    qtbot.waitUntil(lambda: len(memory.stored) == 1)
    qtbot.waitUntil(lambda: label(window, "healthLabel").startswith("Ready"))


def test_without_a_keyring_the_login_is_for_this_run(
    qtbot: QtBot, open_window: OpenWindow, locked_server: ServerProcess, memory: MemoryKeyring
) -> None:
    memory.locked = True
    window = open_window(Settings(server_url=locked_server.url, probe_interval_s=0.2))
    window._connection.sign_in(locked_server.url)
    dialog = _dialog(qtbot, window, "signInDialog")
    _type(dialog, userEdit="ann", loginPasswordEdit=_PASSWORD)
    button(dialog, "Sign in").click()
    qtbot.waitUntil(lambda: "is known until the program ends" in notice(window))
    qtbot.waitUntil(lambda: label(window, "healthLabel").startswith("Ready"))
    memory.locked = False
    window._connection.sign_in(locked_server.url)
    _press(_dialog(qtbot, window, "signInDialog"), "forgetLoginButton")
    qtbot.waitUntil(lambda: label(window, "healthLabel") == "Sign-in needed")


def test_a_certificate_is_shown_and_trusted(
    qtbot: QtBot, open_window: OpenWindow, own_certificate_server: ServerProcess
) -> None:
    url = own_certificate_server.url
    window = open_window(Settings(server_url=url, probe_interval_s=0.2))
    qtbot.waitUntil(lambda: "is not trusted" in notice(window))
    button(window.notices, "Show certificate").click()
    dialog = _dialog(qtbot, window, "certificateDialog")
    lines = label(dialog, "fingerprintLabel").splitlines()
    assert [len(line.split()) for line in lines] == [8] * 4
    default = next(each for each in dialog.findChildren(QPushButton) if each.isDefault())
    assert default.text() == "Cancel"
    default.click()
    assert not (home_dirs()[0] / "certificates").exists()
    window._connection.show_certificate(url)
    _press(_dialog(qtbot, window, "certificateDialog"), "trustButton")
    qtbot.waitUntil(lambda: label(window, "healthLabel").startswith("Ready"))
    assert len(list((home_dirs()[0] / "certificates").iterdir())) == 1


def test_a_certificate_that_cannot_be_fetched_is_told(qtbot: QtBot, window: MainWindow) -> None:
    window._connection.show_certificate(window.engine.settings.servers[0])
    qtbot.waitUntil(lambda: "has no certificate" in notice(window))
