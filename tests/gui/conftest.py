"""A real window on a real engine, with Qt's loop as the loop of its coroutines."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QThreadPool
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from glmocr_desktop.core.model import Language
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.language import language
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.jobs.engine import JobEngine
from tests.support.servers import ServerProcess
from tests.support.session_bus import running_bus

OpenWindow = Callable[[Settings], MainWindow]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every window with a smallest size, or in front, that it has no window manager."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(r"does not support (propagateSizeHints|raise)\("))


@pytest.fixture(autouse=True)
def _no_work_left() -> Iterator[None]:
    """A test that leaves work in a thread pool fails."""
    yield
    assert QThreadPool.globalInstance().activeThreadCount() == 0


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """The language is the application's, which all tests share."""
    before = QLocale()
    yield
    if QApplication.instance() is not None and QLocale() != before:
        language().use(Language.ENGLISH)
        QLocale.setDefault(before)


@pytest.fixture
def qt_loop(qapp: QApplication) -> Iterator[None]:
    """While pytest-qt spins Qt's loop, coroutines run on it."""
    loop = QEventLoop(qapp)
    asyncio.events._set_running_loop(loop)  # the loop's own start would not return before its end
    yield
    asyncio.events._set_running_loop(None)
    loop.close()


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[DocumentModel]:
    """A model of documents that Qt's own tester watches."""
    built = DocumentModel()
    tester = QAbstractItemModelTester(built, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield built
    tester.deleteLater()
    built.deleteLater()


@pytest.fixture
def open_window(qtbot: QtBot, qt_loop: None, tmp_path: Path) -> Iterator[OpenWindow]:
    """Opens windows, and ends each as its own close button does."""
    opened: list[MainWindow] = []

    def build(settings: Settings) -> MainWindow:
        window = MainWindow(JobEngine(settings), tmp_path / "config", tmp_path / "data")
        opened.append(window)
        window.show()
        window.engine.start()
        return window

    yield build
    for window in opened:
        window.quit_now()
        qtbot.waitUntil(lambda window=window: window.tasks.running == 0)
        window.deleteLater()
    # Left on the clipboard at exit, data that was made in Python crashes the offscreen platform.
    QApplication.clipboard().clear()


@pytest.fixture
def window(open_window: OpenWindow, server: ServerProcess) -> MainWindow:
    """A window whose pages are read by a real server."""
    return open_window(Settings(server_url=server.url, probe_interval_s=0.2))


@pytest.fixture
def lone_window(open_window: OpenWindow, closed_url: str) -> MainWindow:
    """A window whose server is down."""
    return open_window(Settings(server_url=closed_url, probe_interval_s=0.2))


@pytest.fixture
def bus() -> Iterator[dict[str, str]]:
    """The environment of a session bus of a test's own."""
    with running_bus() as environ:
        yield environ
