"""Says when a server goes and when it comes back, what it wants, and offers to read again what was read offline."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.gui import words
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.recognition.health import Health, HealthState


class Outages(QObject):
    """Watches the servers' health for what a person should know.

    Signals:
        sign_in_wanted(str): A person wants to sign in at this address.
        certificate_wanted(str): A person wants to see the certificate of the server at this address.
        all_gone(): The last server that read does so no more.

    Thread: GUI.
    """

    sign_in_wanted = Signal(str)
    certificate_wanted = Signal(str)
    all_gone = Signal()

    def __init__(self, engine: JobEngine, reading: Reading, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._reading = reading
        self._notices = notices
        self._last: dict[str, str] = {}  # what was last known of each server
        self._any_up: bool | None = None  # whether any of them read when that was last known
        engine.health_changed.connect(self._on_health_changed)

    def _on_health_changed(self, _health: Health) -> None:
        settings = self._engine.settings
        if settings.engine is EngineChoice.OFFLINE:
            self._last.clear()
            return
        before, self._last = self._last, {}
        any_before = self._any_up
        now = dict(zip(settings.servers, self._engine.healths, strict=True))
        for url, health in now.items():
            # What is being checked is, as far as anybody knows, as it was.
            self._last[url] = before.get(url, "") if health.state is HealthState.CHECKING else _told(health)
        if any(self._last.values()):
            self._any_up = "up" in self._last.values()
            if any_before and not self._any_up:
                self.all_gone.emit()
        for url, health in now.items():
            was, told = before.get(url, ""), self._last[url]
            if told == was:
                continue
            if told == "up":
                self._say_back(url, health, new=not was, alone=any_before is False)
            elif told != "down" or was:  # a server that is down from the start is told by the status bar
                self._say_gone(url, health, told)

    def _say_gone(self, url: str, health: Health, kind: str) -> None:
        """Say what is wrong with a server, what that means for pages, and what can be done."""
        server = health.server
        text = self.tr("The server at {0} is not answering.").format(server)
        action, signal = "", None
        if kind == "login":
            text = self.tr("The server at {0} wants you to sign in.").format(server)
            if health.error is not None and health.error.kind == "login_refused":
                text = words.failure_words(health.error)
            action, signal = self.tr("Sign in"), self.sign_in_wanted
        elif kind == "certificate" and health.error is not None:
            text = words.failure_words(health.error)
            action, signal = self.tr("Show certificate"), self.certificate_wanted
        elif kind == "not_reading":
            text = self.tr("The server at {0} answers, but does not read.").format(server)
        calm = self._engine.health.up  # another server reads
        run = None if signal is None else lambda: signal.emit(url)
        text = f"{text} {self._meaning(kind)}".strip()
        self._notices.show_notice(text, alarming=not calm, action=action, run=run, subject=_subject(url))

    def _meaning(self, kind: str) -> str:
        """Where pages are read now."""
        if self._engine.health.up:
            return self.tr("Pages go to {0}.").format(self._engine.health.server)
        if self._engine.settings.engine is not EngineChoice.AUTO:
            return ""
        if len(self._engine.settings.servers) > 1:
            return self.tr("Pages are read offline until a server is back.")
        if kind == "down":
            return self.tr("Pages are read offline until it is back.")
        return self.tr("Pages are read offline meanwhile.")

    def _say_back(self, url: str, health: Health, *, new: bool, alone: bool) -> None:
        rows = self._reading.read_offline() if alone else []
        subject = _subject(url)
        if not rows:
            if not new:
                self._notices.show_notice(self.tr("The server at {0} is back.").format(health.server), subject=subject)
            return
        text = self.tr("The server is back. {0} pages were read offline.").format(len(rows))
        if len(rows) == 1:
            text = self.tr("The server is back. One page was read offline.")
        self._notices.show_notice(text, action=self.tr("Read them again"), run=self._read_again, subject=subject)

    def _read_again(self) -> None:
        self._reading.retry(self._reading.read_offline())


def _subject(url: str) -> str:
    """A server that comes and goes has one notice."""
    return f"server {url}"


def _told(health: Health) -> str:
    """What a person would call it."""
    if health.up:
        return "up"
    if health.state is HealthState.NEEDS_LOGIN:
        return "login"
    if health.state is HealthState.NOT_READING:
        return "not_reading"
    return "certificate" if health.error is not None and health.error.kind == "certificate_unknown" else "down"
