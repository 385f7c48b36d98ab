"""Words on the desktop, outside the window, where the desktop shows any."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, QProcess, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from glmocr_desktop.gui import icons

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusPendingCallWatcher

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_INTERFACE = "org.freedesktop.portal.Notification"
_CALL_MS = 5_000
_SHOWN_MS = 10_000


class DesktopNotices(QObject):
    """Shows notices by the tray where there is one, else by the portal, else by the desktop's own program.

    Their own interface on the bus (`org.freedesktop.Notifications`) takes an unsigned number, which PySide cannot send.
    Where there is nothing of all this, nothing is shown.

    Signals:
        pressed(): A person wants to see the window.

    Thread: GUI.
    """

    pressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None
        self._heard = False  # whether the portal's signal is listened to
        self._calls: dict[QDBusPendingCallWatcher, tuple[str, str]] = {}

    def show(self, name: str, title: str, text: str) -> None:
        """Show a notice.

        Args:
            name: A later notice of the same name takes its place.
            title: Its first line.
            text: The rest.
        """
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            self._by_tray(title, text)
        elif sys.platform.startswith("linux"):
            self._by_portal(name, title, text)

    def _by_tray(self, title: str, text: str) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(icons.app_icon(), self)
            self._tray.messageClicked.connect(self.pressed)
            self._tray.activated.connect(lambda _reason: self.pressed.emit())
            app = QGuiApplication.instance()
            assert isinstance(app, QGuiApplication)
            app.applicationStateChanged.connect(self._on_state_changed)
        self._tray.show()
        self._tray.showMessage(title, text, icons.app_icon(), _SHOWN_MS)

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        """The icon is there for as long as there is something to be told."""
        if self._tray is not None and state is Qt.ApplicationState.ApplicationActive:
            self._tray.hide()

    def _by_portal(self, name: str, title: str, text: str) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        if not self._heard:
            slot = SLOT("_on_invoked(QString,QString,QVariantList)")
            self._heard = bus.connect(_SERVICE, _PATH, _INTERFACE, "ActionInvoked", self, slot)  # type: ignore[call-overload]
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, _INTERFACE, "AddNotification")
        message.setArguments([name, {"title": title, "body": text, "priority": "normal", "default-action": "show"}])
        call = QDBusPendingCallWatcher(bus.asyncCall(message, _CALL_MS), self)
        self._calls[call] = title, text
        call.finished.connect(self._on_called)

    def _on_called(self, call: QDBusPendingCallWatcher) -> None:
        title, text = self._calls.pop(call)
        if call.isError():  # a small desktop without a portal; nothing happens where the program is missing, too
            QProcess.startDetached("notify-send", ["--app-name", QGuiApplication.applicationDisplayName(), title, text])
        call.deleteLater()

    @Slot("QString", "QString", "QVariantList")
    def _on_invoked(self, _name: str, _action: str, _parameters: list[object]) -> None:
        self.pressed.emit()
