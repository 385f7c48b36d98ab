"""From a key to a page: what was on the screen is read, and the window comes back whatever happens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.capture import capture, stills
from glmocr_desktop.gui.capture.overlay import Overlay
from glmocr_desktop.gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow
from tests.gui.screen import notice, wait_for_states

_COLOURS = ("#000007", "#ff0000")  # the first is read by the test server as page 7


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no desktop whose animation has to end."""
    monkeypatch.setattr(capture, "_SETTLE_MS", 0)


@pytest.fixture
def shown(qtbot: QtBot) -> QWidget:
    """What is on the screen: two colours side by side, at 20, 30."""
    widget = QWidget(None, Qt.WindowType.FramelessWindowHint)
    qtbot.addWidget(widget)
    for number, colour in enumerate(_COLOURS):
        half = QWidget(widget)
        half.setGeometry(number * 100, 0, 100, 80)
        half.setStyleSheet(f"background: {colour}")
    widget.setGeometry(20, 30, 200, 80)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.repaint()
    return widget


def _overlay(qtbot: QtBot) -> Overlay:
    def found() -> list[Overlay]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, Overlay) and each.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    return found()[0]


def _images(window: MainWindow) -> list[QImage]:
    return [QImage(row.page.document.file) for row in window.model.pages() if row.page]


def test_an_area_is_captured_read_and_captured_again(qtbot: QtBot, window: MainWindow, shown: QWidget) -> None:
    window.commands.capture_again.trigger()  # there is none before the first: it is asked for
    overlay = _overlay(qtbot)
    assert not window.isVisible()
    window.capture.begin()  # does nothing: one at a time
    QTest.mousePress(overlay, Qt.MouseButton.LeftButton, pos=QPoint(30, 40))
    QTest.mouseRelease(overlay, Qt.MouseButton.LeftButton, pos=QPoint(179, 99))
    assert window.isVisible()
    assert not overlay.isVisible()
    wait_for_states(qtbot, window, "Done")
    left = shown.findChildren(QWidget)[0]
    left.setStyleSheet("background: #00ff00")
    left.repaint()
    window.commands.capture_again.trigger()
    wait_for_states(qtbot, window, "Done", "Done")
    first, second = _images(window)
    assert first.size().toTuple() == second.size().toTuple() == (150, 60)
    for image, colour in ((first, "#000007"), (second, "#00ff00")):
        assert {image.pixelColor(0, 0).name(), image.pixelColor(89, 59).name()} == {colour}
        assert {image.pixelColor(90, 0).name(), image.pixelColor(149, 59).name()} == {"#ff0000"}


def test_a_cancelled_capture_leaves_everything_as_it_was(qtbot: QtBot, lone_window: MainWindow) -> None:
    lone_window.commands.capture.trigger()
    QTest.keyClick(_overlay(qtbot), Qt.Key.Key_Escape)
    assert lone_window.isVisible()
    assert lone_window.model.rowCount() == 0
    lone_window.showMinimized()
    lone_window.commands.capture.trigger()
    QTest.keyClick(_overlay(qtbot), Qt.Key.Key_Escape)
    assert lone_window.isMinimized()
    lone_window.commands.capture.trigger()
    overlay = _overlay(qtbot)
    lone_window.quit_now()
    assert not overlay.isVisible()


def test_the_window_may_stay_where_it_is(qtbot: QtBot, open_window: OpenWindow, closed_url: str) -> None:
    window = open_window(Settings(server_url=closed_url, capture_hides_window=False))
    window.commands.capture.trigger()
    overlay = _overlay(qtbot)
    assert window.isVisible()
    QTest.keyClick(overlay, Qt.Key.Key_Escape)


def test_why_nothing_was_captured_is_said(
    qtbot: QtBot, lone_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Screens that are not shown, and a desktop that cannot be asked."""
    monkeypatch.setattr(capture, "take_stills", list)
    lone_window.commands.capture.trigger()
    qtbot.waitUntil(lambda: "did not let this program see the screen" in notice(lone_window))
    monkeypatch.setattr(capture.sys, "platform", "darwin")
    lone_window.commands.capture.trigger()
    qtbot.waitUntil(lambda: "Screen Recording" in notice(lone_window))
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    lone_window.commands.capture.trigger()
    qtbot.waitUntil(lambda: "Take a screenshot with the desktop's own keys" in notice(lone_window))
    assert lone_window.isVisible()


def test_on_macos_black_screens_are_ones_that_may_not_be_seen(
    qtbot: QtBot, shown: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    cover = QWidget(None, Qt.WindowType.FramelessWindowHint)
    qtbot.addWidget(cover)
    cover.setStyleSheet("background: black")
    cover.setGeometry(shown.screen().geometry())
    assert len(stills.take_stills()) == 1
    with qtbot.waitExposed(cover):
        cover.show()
    cover.repaint()
    assert len(stills.take_stills()) == 1
    monkeypatch.setattr(stills.sys, "platform", "darwin")
    assert stills.take_stills() == []
    cover.setStyleSheet("background: #101010")
    cover.repaint()
    assert len(stills.take_stills()) == 1
