"""Says when the server goes and when it comes back, and offers to read again what was read offline."""

from __future__ import annotations

from PySide6.QtCore import QObject

from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.gui import words
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.recognition.health import Health, HealthState


class Outages(QObject):
    """Watches the server's health for what a person should know.

    Thread: GUI.
    """

    def __init__(self, engine: JobEngine, reading: Reading, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._reading = reading
        self._notices = notices
        self._last = engine.health.state
        engine.health_changed.connect(self._on_health_changed)

    def _on_health_changed(self, health: Health) -> None:
        before, self._last = self._last, health.state
        if self._engine.settings.engine is not EngineChoice.AUTO:
            return
        was_seen = before not in (HealthState.DOWN, HealthState.CHECKING, HealthState.UNUSED)
        if health.state is HealthState.DOWN and was_seen:
            text = self.tr("The server at {0} is not answering. Pages are read offline until it is back.")
            self._notices.show_notice(text.format(words.host(health.server)), alarming=True)
        elif before is HealthState.DOWN and health.up:
            self._offer_second_reading(health)

    def _offer_second_reading(self, health: Health) -> None:
        rows = self._reading.read_offline()
        if not rows:
            text = self.tr("The server at {0} is back.").format(words.host(health.server))
            self._notices.show_notice(text)
            return
        text = self.tr("The server is back. {0} pages were read offline.").format(len(rows))
        if len(rows) == 1:
            text = self.tr("The server is back. One page was read offline.")
        self._notices.show_notice(text, action=self.tr("Read them again"), run=self._read_again)

    def _read_again(self) -> None:
        self._reading.retry(self._reading.read_offline())
