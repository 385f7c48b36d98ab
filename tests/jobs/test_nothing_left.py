"""After thousands of pages the engine holds no more than after a few."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Document, Job, JobState, Page, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.engine import JobEngine
from tests.support.census import Census
from tests.support.instant import instant_reading

_WAVE = 250
_PAGE = Page(Document("scan.png", "/scan.png", "scan.png"))


class _Counter(QObject):
    """Counts ends, and keeps nothing of them."""

    def __init__(self, engine: JobEngine) -> None:
        super().__init__(engine)
        self.ended = self.done = 0
        engine.job_ended.connect(self._on_job_ended)

    def _on_job_ended(self, _job_id: str, result: Result) -> None:
        self.ended += 1
        self.done += result.state is JobState.DONE


@pytest.fixture
def engine(qtbot: QtBot, closed_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[JobEngine]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others use the usual one
    built = JobEngine(Settings(server_url=closed_url))
    with instant_reading():
        yield built
        assert built.shutdown()
    built.deleteLater()


def _read(qtbot: QtBot, engine: JobEngine, counter: _Counter, waves: int) -> None:
    """Pages are read, some are held back for a while, some are cancelled."""
    for _ in range(waves):
        before = counter.ended
        jobs = [Job(_PAGE) for _ in range(_WAVE)]
        engine.submit(jobs)
        engine.pause([job.id for job in jobs[100:150]])
        engine.cancel([job.id for job in jobs[200:220]])
        engine.promote([job.id for job in jobs[150:]])
        engine.resume()
        del jobs
        qtbot.waitUntil(lambda before=before: counter.ended == before + _WAVE)  # type: ignore[misc]


def test_two_thousand_pages_leave_nothing_behind(
    qtbot: QtBot, engine: JobEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "glmocr_desktop")  # pytest keeps what is logged
    counter = _Counter(engine)
    _read(qtbot, engine, counter, 2)
    before = Census.now()
    _read(qtbot, engine, counter, 6)
    after = Census.now()
    assert counter.ended == 2000
    assert counter.done >= 2000 - 8 * 20
    assert after.grown(before, _WAVE) == {}
    assert (after.sockets, after.files) == (before.sockets, before.files)
    assert after.threads <= before.threads
    assert after.handles <= before.handles
