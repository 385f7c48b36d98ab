"""The window as a whole: names, settings, colours, closing, and how it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAction, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QToolBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.resources import resource_path
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import load
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.page.page_view import PageView
from tests.gui.conftest import OpenWindow
from tests.gui.screen import button, drop, files_mime, label, names, states, texts, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess

_NAMES = [
    "addFilesButton",
    "pasteButton",
    "captureButton",
    "modeTextButton",
    "modeTableButton",
    "modeFormulaButton",
    "timeoutSpin",
    "limitsButton",
    "readButton",
    "cancelAllButton",
    "pauseButton",
    "filterEdit",
    "filterButton",
    "sortButton",
    "copyButton",
    "exportButton",
    "settingsButton",
    "helpButton",
    "documentView",
    "pageView",
    "resultTabs",
    "renderedView",
    "sourceEdit",
    "healthLabel",
    "testConnectionButton",
    "engineLabel",
    "progressLabel",
    "placeButton",
    "noticeBar",
]


def test_every_widget_is_found_by_its_name(window: MainWindow) -> None:
    assert window.objectName() == "mainWindow"
    missing = [name for name in _NAMES if window.findChild(QWidget, name) is None]
    assert missing == []


def test_every_widget_that_takes_the_keyboard_has_an_accessible_name(window: MainWindow) -> None:
    window.notices.show_notice("Something happened.", action="Do something")
    nameless = []
    for widget in window.findChildren(QWidget):
        own = not widget.objectName().startswith("qt_") and type(widget).__name__ != "QTabBar"
        reached = own and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget.parent(), PageView)
        if reached and not _name_of(widget):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def test_every_button_without_words_has_a_tooltip_and_a_name(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.intake.add_paths([str(numbered_image(tmp_path, 1))])
    wait_for_states(qtbot, window, "Done")
    window.result_pane.open_find_bar()
    window.notices.show_notice("Something happened.")
    window.resize(window.minimumSize())  # where most buttons have lost their words
    for name in ("shortcutsAction", "aboutAction"):
        action = window.findChild(QAction, name)
        assert action is not None
        action.trigger()
    window.commands.settings.trigger()
    parts = QToolButton | QPushButton
    bare = [
        (each.objectName(), each.parent())
        for each in window.findChildren(QAbstractButton)
        if isinstance(each, parts) and _wordless(each) and not (each.toolTip().strip() and _name_of(each))
    ]
    assert bare == []


def _wordless(button: QAbstractButton) -> bool:
    own = not isinstance(button.parent(), QTabBar) and not button.objectName().startswith("qt_")
    icon_only = isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    return own and not button.icon().isNull() and (icon_only or not button.text())


def _name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def test_the_empty_window_says_where_reading_will_happen(window: MainWindow, server: ServerProcess) -> None:
    assert f"Reading by {server.url.removeprefix('http://')}" in texts(window)
    assert button(window, "Try a sample").isEnabled()


def test_the_samples_can_be_added(qtbot: QtBot, window: MainWindow) -> None:
    button(window, "Try a sample").click()
    count = sum(1 for each in resource_path("samples").iterdir() if each.suffix != ".json")
    qtbot.waitUntil(lambda: len(names(window)) == count)
    window.reading.cancel_all()


def test_the_page_is_fitted_and_can_be_zoomed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    image = QImage(QSize(2000, 3000), QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    image.save(str(path))
    drop(window, files_mime([path]))
    view = window.page_pane.view
    qtbot.waitUntil(lambda: not view.sceneRect().isEmpty())
    fitted = view.scale_now
    assert 0.05 < fitted < 0.3
    view.zoom_in()
    assert view.scale_now == pytest.approx(fitted * 1.25)
    view.fit()
    assert view.scale_now == pytest.approx(fitted)
    wait_for_states(qtbot, window, "Done")


def test_settings_are_used_at_once_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.settings.trigger()
    dialog = window.findChild(QWidget, "settingsDialog")
    assert dialog is not None
    engine = dialog.findChild(QComboBox, "engine_setting")
    engine.setCurrentIndex(engine.findData("offline"))
    dialog.findChild(QDoubleSpinBox, "timeout_s_setting").setValue(33)
    button(dialog, "Save").click()
    assert label(window, "engineLabel") == "Reading offline, on this computer only"
    assert label(window, "healthLabel") == "Not used"
    assert window.reading.limits.total_s == 33
    qtbot.waitUntil(lambda: load()[0].timeout_s == 33)
    assert load()[0].engine == "offline"


def test_a_wrong_setting_is_explained_and_nothing_changes(window: MainWindow) -> None:
    before = window.engine.settings
    window.commands.settings.trigger()
    dialog = window.findChild(QWidget, "settingsDialog")
    assert dialog is not None
    dialog.findChild(QPlainTextEdit, "text_prompt_setting").setPlainText(" ")
    button(dialog, "Save").click()
    assert "is not a text that says something" in label(dialog, "settingsError")
    assert dialog.isVisible()
    assert window.engine.settings == before
    button(dialog, "Cancel").click()


def test_closing_asks_while_pages_are_read(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(delay_s=30)
    drop(window, files_mime([numbered_image(tmp_path, number) for number in range(6)]))
    qtbot.waitUntil(lambda: "Reading" in states(window))
    window.close()
    question = window.findChild(QMessageBox, "closingQuestion")
    assert question is not None
    assert "still being read" in question.text()
    assert window.isVisible()
    button(question, "Go on reading").click()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox, "closingQuestion") is None)
    window.close()
    question = window.findChild(QMessageBox, "closingQuestion")
    with qtbot.waitSignal(window.closed):
        button(question, "Cancel and quit").click()
    assert not window.isVisible()


def test_an_idle_window_closes_without_a_question(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()


def test_the_window_stands_where_it_stood(open_window: OpenWindow, closed_url: str) -> None:
    first = open_window(Settings(server_url=closed_url))
    first.resize(first.minimumWidth(), 520)
    first.quit_now()
    second = open_window(Settings(server_url=closed_url))
    second.restore()
    assert second.size() == QSize(second.minimumWidth(), 520)


class _Source(QObject):
    told = Signal(int)


def test_signals_do_not_lose_references(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 lost one reference to True for each emit, and aborted after some hundred."""
    source = _Source()
    source.told.connect(lambda _number: None)
    before = sys.getrefcount(True)
    for number in range(5000):
        source.told.emit(number)
    assert abs(sys.getrefcount(True) - before) < 50
    source.deleteLater()


_START = """
import json, sys
from PySide6.QtCore import QTimer
from glmocr_desktop.gui import app, main_window
HEAVY = ("gradio_client", "onnxruntime", "rapidocr", "pypdfium2", "PIL", "pi_heif", "httpx", "cv2", "numpy")
class Window(main_window.MainWindow):
    def show(self):
        super().show()
        self.grab()
        print(json.dumps([name for name in HEAVY if name in sys.modules]))
        QTimer.singleShot(0, self.close)
app.MainWindow = Window
sys.exit(app.run([]))
"""


def _run(code: list[str], tmp_path: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "GLMOCR_HOME": str(tmp_path / "home"), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def test_nothing_heavy_is_loaded_before_the_window_is_painted(tmp_path: Path, closed_url: str) -> None:
    done = _run(["-c", _START], tmp_path, GLMOCR_SERVER_URL=closed_url)
    assert json.loads(done.stdout) == []
    assert "Traceback" not in done.stderr


def test_a_picture_is_taken_when_all_is_read(tmp_path: Path, server: ServerProcess) -> None:
    picture = tmp_path / "window.png"
    code = "import sys; from pathlib import Path; from glmocr_desktop.gui import app; "
    code += "sys.exit(app.run(sys.argv[2:], Path(sys.argv[1])))"
    done = _run(["-c", code, str(picture), str(numbered_image(tmp_path, 1))], tmp_path, GLMOCR_SERVER_URL=server.url)
    assert QImage(str(picture)).size() == QSize(1366, 768)
    assert "Traceback" not in done.stderr


def test_a_wrong_environment_is_told_in_the_window(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    code = "import sys; from pathlib import Path; from glmocr_desktop.gui import app; "
    code += "sys.exit(app.run([], Path(sys.argv[1])))"
    _run(["-c", code, str(picture)], tmp_path, GLMOCR_TIMEOUT_S="soon")
    assert picture.exists()


def test_the_clipboard_is_left_alone_by_closing(qtbot: QtBot, window: MainWindow) -> None:
    QApplication.clipboard().setText("mine")
    window.close()
    assert QApplication.clipboard().text() == "mine"


def test_a_window_in_which_nothing_happens_lays_nothing_out(qtbot: QtBot, window: MainWindow) -> None:
    """A layout that asks for another one keeps a processor busy for nothing."""
    tools = window.findChild(QToolBar)
    assert tools is not None

    class Requests(QObject):
        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            self.count += event.type() is QEvent.Type.LayoutRequest
            return super().eventFilter(watched, event)

    requests = Requests()
    tools.installEventFilter(requests)
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(requests.count))
    timer.start(10)
    qtbot.waitUntil(lambda: len(ticks) >= 10 and ticks[-1] == ticks[-10])


def test_mode_buttons_exclude_each_other(window: MainWindow) -> None:
    modes = [window.findChild(QAbstractButton, f"mode{name}Button") for name in ("Text", "Table", "Formula")]
    modes[2].click()
    assert [each.isChecked() for each in modes] == [False, False, True]


def test_a_new_window_leaves_room_for_its_title(window: MainWindow) -> None:
    """Else the line at the bottom, with the server's state, would be below the end of a small screen."""
    assert window.height() + 40 <= window.screen().availableSize().height()
