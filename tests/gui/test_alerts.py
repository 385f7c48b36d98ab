"""What the desktop tells of long work and of servers, to whom, and how often; and when many pages fail."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Attempt, Document, Engine, Failure, Job, JobState, Page, Result, Rung
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import alerts
from glmocr_desktop.gui.desktop_notices import DesktopNotices
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.share_spin import ShareSpin
from glmocr_desktop.gui.watch import Watch
from tests.gui.screen import label, notice
from tests.support.pages import numbered_image
from tests.support.session_bus import running_portal

_PORTAL = Path(__file__).parents[1] / "support" / "notification_portal.py"
_CLIENT = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from glmocr_desktop.gui.desktop_notices import DesktopNotices
app = QApplication([])
app.setApplicationDisplayName("GLM-OCR Desktop")
notices = DesktopNotices(app)
notices.pressed.connect(lambda: (print("pressed"), app.quit()))
QTimer.singleShot(0, lambda: notices.show("pages", "GLM-OCR Desktop", "3 页"))
QTimer.singleShot(LIMIT, app.quit)
app.exec()
"""


def test_a_notice_on_the_desktop_is_shown_and_pressed(bus: dict[str, str]) -> None:
    with running_portal(bus, _PORTAL) as portal:
        command = [sys.executable, "-c", _CLIENT.replace("LIMIT", "20_000")]
        done = subprocess.run(command, env=bus, capture_output=True, text=True, timeout=30, check=True)
        assert portal.stdout is not None
        name, shown = json.loads(portal.stdout.readline())
    assert (name, shown["title"], shown["body"]) == ("pages", "GLM-OCR Desktop", "3 页")
    assert done.stdout == "pressed\n"


def test_a_desktop_without_a_portal_has_its_own_program(bus: dict[str, str], tmp_path: Path) -> None:
    fifo = tmp_path / "shown"
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{fifo}.new" && mv "{fifo}.new" "{fifo}"\n')
    program.chmod(0o755)
    code = _CLIENT.replace("LIMIT", "20_000") + f"\nfrom pathlib import Path\nassert Path({str(fifo)!r}).exists()"
    code = code.replace(
        "app.exec()",
        "from PySide6.QtCore import QFileSystemWatcher\n"
        f"watcher = QFileSystemWatcher([{str(tmp_path)!r}])\n"
        f"import os; watcher.directoryChanged.connect(lambda _path: os.path.exists({str(fifo)!r}) and app.quit())\n"
        "app.exec()",
    )
    environ = bus | {"PATH": f"{tmp_path}:{bus['PATH']}"}
    subprocess.run([sys.executable, "-c", code], env=environ, timeout=30, check=True)
    assert fifo.read_text().splitlines() == ["--app-name", "GLM-OCR Desktop", "GLM-OCR Desktop", "3 页"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the desktop was asked to show, instead of showing it."""
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(DesktopNotices, "show", lambda _self, name, _title, text: shown.append((name, text)))
    return shown


def _read(qtbot: QtBot, window: MainWindow, folder: Path, numbers: range) -> None:
    count = len(list(window.model.pages())) + len(numbers)
    window.intake.add_paths([str(numbered_image(folder, number)) for number in numbers])
    qtbot.waitUntil(lambda: len(list(window.model.pages())) == count and not window.reading.active)


def test_the_end_of_long_work_is_told_to_who_does_something_else(
    qtbot: QtBot, window: MainWindow, told: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By counts only, and not again and again."""
    monkeypatch.setattr(alerts, "_MANY_PAGES", 3)
    _read(qtbot, window, tmp_path, range(3))
    window.hide()
    assert QApplication.activeWindow() is None
    _read(qtbot, window, tmp_path, range(3, 5))
    assert told == []
    _read(qtbot, window, tmp_path, range(5, 8))
    assert told == [("pages", "3 pages were read.")]
    _read(qtbot, window, tmp_path, range(8, 11))
    assert len(told) == 1
    monkeypatch.setattr(alerts, "_QUIET_S", 0.0)
    monkeypatch.setattr(alerts, "_LONG_S", 0.0)
    _read(qtbot, window, tmp_path, range(11, 12))
    window.engine.job_started.emit("x")
    window.engine.job_ended.emit("x", _result(failed=True))
    assert told[1:] == [("pages", "One page was read."), ("pages", "One page could not be read.")]
    window._alerts._desktop.pressed.emit()
    assert window.isVisible()


def test_that_no_server_reads_any_more_is_told(
    qtbot: QtBot, window: MainWindow, closed_url: str, told: list[tuple[str, str]]
) -> None:
    qtbot.waitUntil(lambda: label(window, "healthLabel").startswith("Ready"))
    window.hide()
    window.engine.apply(Settings(server_url=closed_url, probe_interval_s=0.2))
    qtbot.waitUntil(lambda: told == [("server", "The server is not answering.")])
    window.engine.apply(Settings(server_url=closed_url, probe_interval_s=0.2, desktop_notices=False))
    window._alerts._told.clear()
    window._alerts.tell_server_gone()
    assert len(told) == 1


def _result(*, failed: bool = False, offline: bool = False, elapsed_s: float = 1.0) -> Result:
    job = Job(Page(Document("a.png", "/a.png", "a.png")))
    if failed:
        return Result(job, JobState.FAILED, elapsed_s, error=Failure("server_broke_off"))
    first = Attempt(Rung.FIRST, Engine.SERVER, elapsed_s, Failure("server_broke_off") if offline else None)
    attempts = (first, Attempt(Rung.OFFLINE, Engine.OFFLINE, 0.1)) if offline else (first,)
    last = attempts[-1]
    return Result(job, JobState.DONE, elapsed_s, attempts, last.engine, rung=last.rung)


def test_many_failures_are_told_once_until_it_is_better(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.engine.health.up)
    asked: list[str] = []
    bar = NoticeBar(window)
    Watch(window.engine, bar, lambda: asked.append("metrics"), window)
    for _ in range(16):
        window.engine.job_ended.emit("x", _result())
    for number in range(5):
        assert bar.isHidden()
        window.engine.job_ended.emit("x", _result(failed=number % 2 == 0, offline=number % 2 == 1))
    assert bar.accessibleName() == "5 of the last 20 pages could not be read, or only offline."
    assert notice(window) == bar.accessibleName()
    button = bar.findChild(QAbstractButton, "noticeAction")
    assert button.text() == "Show metrics"
    button.click()
    assert asked == ["metrics"]
    for _ in range(10):
        window.engine.job_ended.emit("x", _result(failed=True))
    assert bar.isHidden()
    for failed in (False, True):
        for _ in range(20):
            window.engine.job_ended.emit("x", _result(failed=failed))
    assert not bar.isHidden()


def test_slow_pages_are_told_to_who_wants_to_know(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.engine.health.up)
    for _ in range(20):
        window.engine.job_ended.emit("x", _result(elapsed_s=9.0))
    assert notice(window) == ""
    settings = Settings(server_url=window.engine.settings.server_url, probe_interval_s=0.2, alert_latency_s=5)
    window.engine.apply(settings)
    qtbot.waitUntil(lambda: window.engine.health.up)
    window.engine.job_ended.emit("x", _result(elapsed_s=9.0))
    assert notice(window) == "The server takes about 9.0 s for a page now. You wanted to know above 5 s."


def test_a_share_is_entered_in_per_cent(window: MainWindow) -> None:
    window.commands.settings.trigger()
    spin = window.findChild(ShareSpin, "alert_error_share_setting")
    assert spin is not None
    assert spin.text() == "20 %"
    spin.lineEdit().setText("35 %")
    spin.interpretText()
    assert spin.value() == 0.35
    for wrong in ("101 %", "a %"):
        assert spin.validate(wrong, 0)[0].name == "Invalid"
