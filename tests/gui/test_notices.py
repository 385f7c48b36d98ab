"""What the window says, and for how long; and that nobody else's markup comes alive in it."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from glmocr_desktop.gui import notice_bar
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.notice_bar import NoticeBar
from tests.gui.screen import files_mime, notice, wait_for_states
from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess


@pytest.fixture
def bar(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> NoticeBar:
    """A bar whose passing notices pass quickly."""
    monkeypatch.setattr(notice_bar, "_PASSING_MS", 50)
    built = NoticeBar()
    qtbot.addWidget(built)
    return built


def test_news_that_ask_for_nothing_go_by_themselves(qtbot: QtBot, bar: NoticeBar) -> None:
    bar.show_notice("The server is back.")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_what_went_wrong_or_can_be_done_waits_until_it_was_read(qtbot: QtBot, bar: NoticeBar) -> None:
    """Each comes while a passing notice would already be on its way out."""
    for kind in ({"alarming": True}, {"action": "Read them again"}):
        bar.show_notice("The server is back.")
        bar.show_notice("12 pages were read offline.", **kind)  # type: ignore[arg-type]
        with qtbot.assertNotEmitted(bar._passing.timeout, wait=150):
            pass
        assert bar.isVisible()


def _seen(bar: NoticeBar) -> tuple[str, str]:
    """The notice that is seen, and where it stands."""
    count = bar.findChild(QLabel, "noticeCount")
    assert isinstance(count, QLabel)
    return bar.accessibleName(), count.text() if count.isVisible() else ""


def _press(bar: NoticeBar, name: str) -> None:
    pressed = bar.findChild(QAbstractButton, name)
    assert isinstance(pressed, QAbstractButton)
    assert pressed.isEnabled()
    pressed.click()


def test_nothing_that_asks_for_something_is_lost(qtbot: QtBot, bar: NoticeBar) -> None:
    """Three wait, and a passing one goes by itself without taking any of them along."""
    done: list[str] = []
    bar.show_notice("One page was read offline.", action="Read it again", run=lambda: done.append("read"))
    assert _seen(bar)[1] == ""
    bar.show_notice("The file could not be written.", alarming=True)
    bar.show_notice("The log has the details.", alarming=True)
    bar.show_notice("The file could not be written.", alarming=True)  # again: it is not doubled
    bar.show_notice("Copied.")
    assert _seen(bar) == ("Copied.", "4 of 4")
    qtbot.waitUntil(lambda: _seen(bar) == ("The file could not be written.", "3 of 3"))
    _press(bar, "noticePrevious")
    _press(bar, "noticePrevious")
    assert _seen(bar) == ("One page was read offline.", "1 of 3")
    assert not bar.findChild(QAbstractButton, "noticePrevious").isEnabled()
    _press(bar, "noticeNext")
    _press(bar, "noticeClose")
    assert _seen(bar) == ("The file could not be written.", "2 of 2")
    _press(bar, "noticePrevious")
    _press(bar, "noticeAction")
    assert done == ["read"]
    assert _seen(bar) == ("The file could not be written.", "")
    _press(bar, "noticeClose")
    assert not bar.isVisible()


def test_a_newer_notice_of_a_subject_replaces_its_elder(bar: NoticeBar) -> None:
    """As of a server that comes and goes: what else waits stays."""
    bar.show_notice("The file could not be written.", alarming=True)
    for _ in range(50):
        bar.show_notice("The server is not answering.", alarming=True, subject="server a")
        bar.show_notice("The server is back.", action="Read them again", subject="server a")
    assert _seen(bar) == ("The server is back.", "2 of 2")
    bar.show_refusal("One.")
    bar.show_refusal("Two.")
    _press(bar, "noticePrevious")
    bar.dismiss_refusal()
    assert _seen(bar) == ("The server is back.", "2 of 2")
    for number in range(100):
        bar.show_notice(f"File {number} could not be written.", alarming=True)
    assert _seen(bar) == ("File 99 could not be written.", "20 of 20")


def test_a_refusal_is_forgotten_when_something_was_added(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    QApplication.clipboard().setText("only words")
    window.commands.paste.trigger()
    assert notice(window)
    QApplication.clipboard().setMimeData(files_mime([numbered_image(tmp_path, 1)]))
    window.commands.paste.trigger()
    wait_for_states(qtbot, window, "Done")
    assert not window.notices.isVisible()


def test_a_port_for_metrics_that_cannot_be_had_is_said(qtbot: QtBot, window: MainWindow) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        window.engine.apply(replace(window.engine.settings, metrics_port=port))
        qtbot.waitUntil(lambda: f"Port {port} is in use" in notice(window))


def test_what_was_added_alone_is_looked_at(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    for number in (1, 2):
        window.intake.add_paths([str(numbered_image(tmp_path, number))])
        wait_for_states(qtbot, window, *["Done"] * number)
        row = window.view.current_row()
        assert row is not None
        assert row.name == f"page {number}.png"


def test_an_emptied_window_offers_nothing_to_read(
    qtbot: QtBot, window: MainWindow, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(error="unreadable")
    window.intake.add_paths([str(numbered_image(tmp_path, 1))])
    qtbot.waitUntil(lambda: window.reading.active == 0 and window.model.rowCount() == 1)
    window.commands.remove.trigger()
    qtbot.waitUntil(lambda: not window.commands.read.isEnabled())
    assert window.model.rowCount() == 0


def test_no_label_shows_markup(window: MainWindow) -> None:
    """File names, settings and answers of servers reach labels; a tag in them must stay a tag."""
    window.commands.settings.trigger()
    written = [each for each in window.findChildren(QLabel) if each.text() and each.buddy() is None]
    assert len(written) > 10
    assert [each.text() for each in written if each.textFormat() is not Qt.TextFormat.PlainText] == []


def test_the_smallest_window_shows_every_button(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(200, 200)
    settings = window.findChild(QToolButton, "settingsButton")
    assert isinstance(settings, QToolButton)

    def inside() -> bool:
        return settings.isVisible() and settings.mapTo(window, settings.rect().bottomRight()).x() < window.width()

    qtbot.waitUntil(inside)
