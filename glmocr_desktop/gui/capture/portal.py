"""On Wayland, no program may look at the screen: the desktop asks the person, and hands over a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, QTimer, QUrl, Signal, Slot

from glmocr_desktop.core.model import new_id

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusPendingCallWatcher

_SERVICE = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_REQUEST = "org.freedesktop.portal.Request"
_CALL_MS = 30_000
_PERSON_MS = 180_000  # the window is hidden meanwhile: it has to come back some time
_TAKEN, _CANCELLED = 0, 1  # answers; any other is a refusal


class Portal(QObject):
    """Asks the desktop for one picture at a time.

    Signals:
        taken(str): The picture is in this file.
        cancelled(): The person wants none.
        refused(str): There is none, in words.

    Thread: GUI.
    """

    taken = Signal(str)
    cancelled = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._handles: set[str] = set()  # where the answer to the present question comes from
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._on_patience_ended)

    def ask(self) -> None:
        """Let the person choose what is captured; exactly one signal tells the outcome."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusServiceWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            self._tell_missing()
            return
        token = f"glmocr{new_id()}"
        sender = bus.baseService().removeprefix(":").replace(".", "_")
        self._listen(f"{_PATH}/request/{sender}/{token}")
        self._patience.start(_PERSON_MS)
        watch = QDBusServiceWatcher.WatchModeFlag.WatchForUnregistration
        self._alive = QDBusServiceWatcher(_SERVICE, bus, watch, self)
        self._alive.serviceUnregistered.connect(self._on_gone)
        message = QDBusMessage.createMethodCall(_SERVICE, _PATH, "org.freedesktop.portal.Screenshot", "Screenshot")
        # GNOME refuses pictures that the person was not asked for.
        message.setArguments(["", {"interactive": True, "handle_token": token}])
        self._call = QDBusPendingCallWatcher(bus.asyncCall(message, _CALL_MS), self)
        self._call.finished.connect(self._on_called)

    def close(self) -> None:
        """Ask no more; nothing is told after it."""
        from PySide6.QtDBus import QDBusConnection

        self._patience.stop()
        handles, self._handles = self._handles, set()
        if not handles:
            return
        bus = QDBusConnection.sessionBus()
        for handle in handles:
            bus.disconnect(_SERVICE, handle, _REQUEST, "Response", self, _ANSWER)  # type: ignore[call-overload]
        self._alive.deleteLater()
        self._call.deleteLater()

    def _listen(self, handle: str) -> None:
        from PySide6.QtDBus import QDBusConnection

        if handle not in self._handles:
            self._handles.add(handle)
            bus = QDBusConnection.sessionBus()
            bus.connect(_SERVICE, handle, _REQUEST, "Response", self, _ANSWER)  # type: ignore[call-overload]

    def _on_called(self, call: QDBusPendingCallWatcher) -> None:
        if not self._handles:
            return
        if call.isError():
            self._tell_missing()
        else:  # portals of before 2019 choose the place of the answer themselves
            self._listen(call.reply().arguments()[0].path())

    @Slot("uint", "QVariantMap")
    def _on_answered(self, code: int, results: dict[str, object]) -> None:
        if not self._handles:
            return
        self.close()
        path = QUrl(str(results.get("uri", ""))).toLocalFile()
        if code == _TAKEN and path:
            self.taken.emit(path)
        elif code == _CANCELLED:
            self.cancelled.emit()
        else:
            self.refused.emit(self.tr("The desktop refused to capture the screen. Its privacy settings may allow it."))

    def _on_gone(self, _service: str) -> None:
        if self._handles:
            self._tell_missing()

    def _tell_missing(self) -> None:
        self.close()
        text = self.tr(
            "This desktop does not let programs capture the screen. Take a screenshot with the desktop's own keys, "
            "and paste it here."
        )
        self.refused.emit(text)

    def _on_patience_ended(self) -> None:
        self.close()
        self.refused.emit(self.tr("The desktop did not answer, so nothing was captured."))


_ANSWER = SLOT("_on_answered(uint,QVariantMap)")  # a str, though the stubs of PySide want bytes
