"""What Qt has to say goes to the log."""

from __future__ import annotations

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Said by every platform that cannot do what a window asks for by the way; nobody can do anything about it.
_IDLE = ("does not support raise()", "does not support propagateSizeHints()")


def log_qt_messages() -> None:
    """Have Qt's messages written to the log from now on, instead of to standard error."""
    qInstallMessageHandler(_on_message)


def _on_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if not any(each in message for each in _IDLE):
        _log.log(_LEVELS[kind], "Qt: %s", message)
