"""A desktop's portal for screenshots on the session bus, with an answer for each question as its arguments.

An answer is the number that it begins with and perhaps the address of a picture, as ``0=file:///a.png``. ``early``
before it makes the portal choose the place of the answer itself, as old ones do; ``end`` ends the portal instead.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusObjectPath

_PATH = "/org/freedesktop/portal/desktop"


@ClassInfo(**{"D-Bus Interface": "org.freedesktop.portal.Request"})
class Request(QObject):
    Response = Signal("uint", "QVariantMap")


@ClassInfo(**{"D-Bus Interface": "org.freedesktop.portal.Screenshot"})
class Screenshots(QObject):
    def __init__(self, answers: list[str]) -> None:
        super().__init__()
        self._answers = answers

    @Slot("QString", "QVariantMap", result="QDBusObjectPath")
    def Screenshot(self, _parent: str, options: dict[str, object]) -> QDBusObjectPath:
        assert options["interactive"] is True
        answer = self._answers.pop(0)
        # The bus gives its first two guests the numbers 0 and 1, and this is the first.
        path = f"{_PATH}/request/1_1/{options['handle_token']}"
        if answer.startswith("early"):
            answer, path = answer.removeprefix("early"), f"{_PATH}/request/old"
        if answer == "end":
            QTimer.singleShot(0, QCoreApplication.quit)
            return QDBusObjectPath(path)
        code, _, address = answer.partition("=")
        request = Request(self)
        bus = QDBusConnection.sessionBus()
        bus.registerObject(path, request, QDBusConnection.RegisterOption.ExportAllSignals)
        QTimer.singleShot(50, lambda: request.Response.emit(int(code), {"uri": address} if address else {}))
        return QDBusObjectPath(path)


if __name__ == "__main__":
    app = QCoreApplication([])
    screenshots = Screenshots(sys.argv[1:])
    bus = QDBusConnection.sessionBus()
    bus.registerObject(_PATH, screenshots, QDBusConnection.RegisterOption.ExportAllSlots)
    bus.registerService("org.freedesktop.portal.Desktop")
    print("ready", flush=True)
    app.exec()
