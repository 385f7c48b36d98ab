"""Says when many pages fail, or take long, before a person wonders."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from statistics import median

from PySide6.QtCore import QObject

from glmocr_desktop.core.model import Engine, JobState, Result, Rung
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.jobs.engine import JobEngine

_PAGES = 20


class Watch(QObject):
    """Looks at the last pages, and says once when they go over a threshold of the settings.

    Args:
        engine: Tells of pages, and has the settings.
        notices: Where it is said.
        show_metrics: Shows more about it; None where there is no more.
        parent: Who owns it.

    Thread: GUI.
    """

    def __init__(
        self, engine: JobEngine, notices: NoticeBar, show_metrics: Callable[[], object] | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._notices = notices
        self._show_metrics = show_metrics
        self._failed: deque[bool] = deque(maxlen=_PAGES)
        self._took_s: deque[float] = deque(maxlen=_PAGES)
        self._over: set[str] = set()  # what was said, and has not become better since
        engine.job_ended.connect(self._on_job_ended)

    def _on_job_ended(self, _job_id: str, result: Result) -> None:
        if result.state is JobState.CANCELLED or not self._engine.health.up:
            return  # that the server is down is told by others
        self._failed.append(_failed(result))
        if result.engine is Engine.SERVER:
            self._took_s.append(result.attempts[-1].elapsed_s if result.attempts else result.elapsed_s)
        self._look_at_failures()
        self._look_at_times()

    def _look_at_failures(self) -> None:
        limit, failed = self._engine.settings.alert_error_share, sum(self._failed)
        if self._begins("failures", limit, failed / _PAGES, len(self._failed)):
            text = self.tr("{0} of the last {1} pages could not be read, or only offline.")
            self._say(text.format(failed, _PAGES), "failures")

    def _look_at_times(self) -> None:
        limit = self._engine.settings.alert_latency_s
        took_s = median(self._took_s) if self._took_s else 0.0
        if self._begins("times", limit, took_s, len(self._took_s)):
            text = self.tr("The server takes about {0:.1f} s for a page now. You wanted to know above {1:g} s.")
            self._say(text.format(took_s, limit), "times")

    def _begins(self, subject: str, limit: float, value: float, pages: int) -> bool:
        """Whether something goes over its threshold now; it does so again only after it was below."""
        over = limit > 0 and pages == _PAGES and value > limit
        begins = over and subject not in self._over
        self._over = self._over | {subject} if over else self._over - {subject}
        return begins

    def _say(self, text: str, subject: str) -> None:
        action = self.tr("Show metrics") if self._show_metrics is not None else ""
        self._notices.show_notice(text, action=action, run=self._show_metrics, subject=subject)


def _failed(result: Result) -> bool:
    """Whether the page has no result, or none of the server that was asked for it."""
    tried = any(each.engine is Engine.SERVER and each.error is not None for each in result.attempts)
    return result.state is not JobState.DONE or (tried and result.rung is Rung.OFFLINE)
