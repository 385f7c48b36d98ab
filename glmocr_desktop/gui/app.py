"""Everything is built and wired here, once."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from glmocr_desktop import __version__
from glmocr_desktop.core.crash import CrashWatch
from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import home_dirs, load
from glmocr_desktop.gui import icons, words
from glmocr_desktop.gui.file_opening import FileOpening
from glmocr_desktop.gui.help.fall import Fall
from glmocr_desktop.gui.language import install_language
from glmocr_desktop.gui.main_window import MainWindow
from glmocr_desktop.gui.qt_messages import log_qt_messages
from glmocr_desktop.gui.screenshot import Screenshot
from glmocr_desktop.gui.single_instance import Instance, Listener
from glmocr_desktop.gui.theme import add_chinese_font, with_chinese
from glmocr_desktop.jobs.engine import JobEngine

# Pool threads hand the interpreter back to the window five times as often as Python's default has it: measured
# while 500 files were opened, the longest gap between two turns of the loop fell from 0.30 to 0.24 s.
_SWITCH_INTERVAL_S = 0.001


def run(
    paths: list[str], screenshot: Path | None = None, *, capture: bool = False, instance: Instance | None = None
) -> int:
    """Open the window, and come back when it was closed.

    Args:
        paths: Files and folders to begin with.
        screenshot: Where to write a picture of the window when all is read; the window then closes by itself.
        capture: Whether to begin with a capture of the screen.
        instance: What later starts find this window by, if it has the place; left to them at the end.

    Returns:
        The exit code of the program: 0, or 1 when no picture could be taken.

    Thread: main.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("glmocr-desktop")
    app.setApplicationDisplayName("GLM-OCR Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("glmocr-desktop")
    app.setWindowIcon(icons.app_icon())
    add_chinese_font()
    app.setFont(with_chinese(app.font()))
    # The loop has to outlive the last window, so that what was begun can be ended.
    app.setQuitOnLastWindowClosed(False)
    watch = CrashWatch()
    watch.begin()
    log_qt_messages()
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    loop = QEventLoop(app)
    with loop:
        code = int(loop.run_until_complete(_run(paths, screenshot, capture, instance)))
    watch.end()
    return code


async def _run(paths: list[str], screenshot: Path | None, capture: bool, instance: Instance | None) -> int:
    """The life of the window."""
    settings, problem = _settings()
    config_dir, data_dir, _ = home_dirs()
    install_language(settings.language)
    engine = JobEngine(settings)
    window = MainWindow(engine, config_dir, data_dir)
    closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    window.closed.connect(lambda: closed.set_result(None))
    signals = _Signals(window)
    QGuiApplication.instance().commitDataRequest.connect(window.quit_now)  # type: ignore[union-attr]
    if screenshot is None:
        window.restore()
    listener = Listener(instance, window) if instance is not None and instance.claimed else None
    if listener is not None:
        listener.asked.connect(window.serve)
        window.closed.connect(listener.close)
    if sys.platform == "darwin":  # elsewhere it would look at every event for nothing
        FileOpening(window).asked.connect(window.serve)
    kept_at = None if screenshot else data_dir / "documents.db"
    beside = instance is None or instance.elsewhere
    if capture:
        window.capture.begin()  # which shows the window at its end
    else:
        if not paths and screenshot is None:
            if kept_at is not None and kept_at.exists() and not beside:
                window.keeping.restored.connect(window.welcome)
            else:
                window.welcome()
        window.show()
    picture = Screenshot(window, screenshot, expected=bool(paths)) if screenshot else None
    window.warn_of_missing_fonts()
    if problem is not None:
        window.notices.show_notice(words.failure_words(Failure.of(problem)), alarming=True)
    window.keeping.begin(kept_at, beside=beside)
    engine.start()
    Fall(window, window.tasks, window.notices).look()
    if paths:
        window.intake.add_paths(paths)
    await closed
    await window.tasks.ended()
    signals.close()
    if instance is not None:
        instance.release()
    return 1 if picture is not None and not picture.taken else 0


def _settings() -> tuple[Settings, SettingsError | None]:
    """The stored settings; what cannot be used is told in the window, which opens all the same."""
    try:
        return load()
    except SettingsError as error:
        return Settings(), error


class _Signals(QObject):
    """Ctrl+C in a terminal, and the end of a session, close the window like its own button.

    Thread: GUI.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        # Python runs its handlers only when its own code runs: a byte in a socket wakes Qt's loop for that.
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_args: self._ours.recv(64))
        self._fd_before = signal.set_wakeup_fd(self._theirs.fileno())
        self._window = window
        self._before = {each: signal.signal(each, self._on_signal) for each in (signal.SIGINT, signal.SIGTERM)}

    def close(self) -> None:
        """Leave signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._window.quit_now()
