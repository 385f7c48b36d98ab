"""The first start: where is the server?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import EngineChoice, Language
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import load, nothing_stored
from glmocr_desktop.gui.language import language
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.welcome.first_start import is_first_start
from glmocr_desktop.recognition.canary import CANARIES
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button_text, drop, files_mime, label, names
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess


def _part(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def _shown(window: MainWindow) -> bool:
    view = window.findChild(QWidget, "welcomeView")
    return view is not None and view.isVisible()


def _type(qtbot: QtBot, window: MainWindow, address: str) -> None:
    field = window.findChild(QLineEdit, "welcomeAddress")
    assert isinstance(field, QLineEdit)
    field.clear()
    qtbot.keyClicks(field, address)


def test_a_server_on_this_computer_is_found_and_used(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess
) -> None:
    server.control(answer=CANARIES[0].known)
    window = open_window(Settings(server_url=server.url, probe_interval_s=0.2))
    window.welcome()
    assert _shown(window)
    qtbot.waitUntil(_part(window, "welcomeUseLocalButton").isVisible)
    found = label(window, "welcomeFound")
    assert "answers on this computer" in found
    assert found.endswith("It reads text.")
    _part(window, "welcomeUseLocalButton").click()
    assert not _shown(window)
    qtbot.waitUntil(lambda: not nothing_stored())
    assert load()[0].servers == (server.url,)
    window.welcome()  # once is enough
    assert not _shown(window)


def test_an_address_is_tested_and_used(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, closed_url: str
) -> None:
    window = open_window(Settings(server_url=closed_url, engine=EngineChoice.SERVER, probe_interval_s=0.2))
    window.welcome()
    qtbot.waitUntil(lambda: "No server answers on this computer" in label(window, "welcomeFound"))
    test, use = _part(window, "welcomeTestButton"), _part(window, "welcomeUseButton")
    _type(qtbot, window, "ftp://nothing")
    assert not test.isEnabled()
    assert not use.isEnabled()
    _type(qtbot, window, closed_url)
    test.click()
    qtbot.waitUntil(lambda: "is not answering" in label(window, "welcomeTested"))
    _type(qtbot, window, server.url)
    tested = window.findChild(QWidget, "welcomeTested")
    assert tested is not None
    assert not tested.isVisible()  # it was about another address
    test.click()
    qtbot.waitUntil(lambda: label(window, "welcomeTested").endswith("This computer."))
    assert "answers" in label(window, "welcomeTested")
    use.click()
    assert window.engine.settings.servers == (server.url,)
    assert window.engine.settings.engine is EngineChoice.SERVER
    assert not _shown(window)


def test_other_ways_to_go_on(qtbot: QtBot, open_window: OpenWindow, closed_url: str, tmp_path: Path) -> None:
    settings = Settings(server_url=closed_url, probe_interval_s=0.2)
    window = open_window(settings)
    window.welcome()
    qtbot.keyClick(_part(window, "welcomeSkipButton"), Qt.Key.Key_Space)
    assert not _shown(window)
    assert window.engine.settings == settings
    assert nothing_stored()

    _forget(tmp_path, window)
    window.welcome()
    choice = window.findChild(QComboBox, "welcomeLanguage")
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findText("中文"))
    assert window.engine.settings.language is Language.CHINESE
    _part(window, "welcomeOfflineButton").click()
    assert window.engine.settings.engine is EngineChoice.OFFLINE
    assert button_text(window, "placeButton") == "本机"
    qtbot.waitUntil(lambda: load()[0].engine is EngineChoice.OFFLINE)


def test_whoever_drops_a_file_has_found_the_way(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess, tmp_path: Path
) -> None:
    window = open_window(Settings(server_url=server.url, probe_interval_s=0.2))
    window.welcome()
    drop(window, files_mime([numbered_image(tmp_path, 3)]))
    qtbot.waitUntil(lambda: len(names(window)) == 1)
    assert not _shown(window)
    assert window.view.isVisible()


def test_every_part_is_reached_by_the_keyboard_from_top_to_bottom(
    qtbot: QtBot, open_window: OpenWindow, server: ServerProcess
) -> None:
    server.control(answer=CANARIES[0].known)
    window = open_window(Settings(server_url=server.url, probe_interval_s=0.2))
    window.welcome()
    qtbot.waitUntil(_part(window, "welcomeUseLocalButton").isVisible)
    _type(qtbot, window, "localhost:1")
    choice = window.findChild(QComboBox, "welcomeLanguage")
    assert choice is not None
    choice.setFocus()
    passed = []
    for _ in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        passed.append(focused.objectName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    parts = "Language UseLocalButton Address TestButton UseButton OfflineButton SampleButton SkipButton"
    assert passed == [f"welcome{each}" for each in parts.split()]
    language().changed.emit()  # words are said anew while it is shown
    assert label(window, "welcomeFound").endswith("It reads text.")


@pytest.mark.parametrize("name", ["GLMOCR_SERVER_URL", "GLMOCR_ENGINE"])
def test_who_has_decided_is_not_asked(tmp_path: Path, name: str) -> None:
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    home = {"GLMOCR_HOME": str(tmp_path)}
    assert is_first_start(kept, home)
    assert not is_first_start(kept, home | {name: "anything"})
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text("{}")
    assert not is_first_start(kept, home)


_START = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from glmocr_desktop.gui import app, main_window
class Window(main_window.MainWindow):
    def show(self):
        super().show()
        view = self.findChild(QWidget, "welcomeView")
        print(json.dumps(view is not None and view.isVisible()))
        QTimer.singleShot(0, self.close)
app.MainWindow = Window
sys.exit(app.run(sys.argv[1:]))
"""


@pytest.mark.parametrize("with_file", [False, True])
def test_only_a_start_without_files_asks(tmp_path: Path, with_file: bool) -> None:
    files = [str(numbered_image(tmp_path, 1))] if with_file else []
    done = subprocess.run(
        [sys.executable, "-c", _START, *files],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "GLMOCR_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout) is not with_file
    assert "Traceback" not in done.stderr


def _forget(tmp_path: Path, window: MainWindow) -> None:
    """As if nobody had started the program yet."""
    QSettings(str(tmp_path / "config" / "window.ini"), QSettings.Format.IniFormat).clear()
    window._kept.sync()  # or it remembers what was in the file
