"""A desktop's portal for notices on the session bus: prints each as a line of JSON, and presses it at once."""

from __future__ import annotations

import json

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection


@ClassInfo(**{"D-Bus Interface": "org.freedesktop.portal.Notification"})
class Notifications(QObject):
    ActionInvoked = Signal("QString", "QString", "QVariantList")

    @Slot("QString", "QVariantMap")
    def AddNotification(self, name: str, notice: dict[str, object]) -> None:
        print(json.dumps([name, notice]), flush=True)
        QTimer.singleShot(0, lambda: self.ActionInvoked.emit(name, notice["default-action"], []))


if __name__ == "__main__":
    app = QCoreApplication([])
    notifications = Notifications()
    bus = QDBusConnection.sessionBus()
    option = QDBusConnection.RegisterOption
    bus.registerObject(
        "/org/freedesktop/portal/desktop", notifications, option.ExportAllSlots | option.ExportAllSignals
    )
    bus.registerService("org.freedesktop.portal.Desktop")
    print("ready", flush=True)
    app.exec()
