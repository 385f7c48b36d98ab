"""Ends of jobs are kept before they are told, and what the program ends itself is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import Job, JobState, Mode, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.engine import JobEngine
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess


class _Keeper:
    """Keeps ends when the test says so."""

    def __init__(self) -> None:
        self.asked: list[Result] = []
        self._waiting: list[Future[None]] = []
        self.open = False

    def finish(self, results: Sequence[Result]) -> Future[None]:
        self.asked += results
        kept: Future[None] = Future()
        if self.open:
            kept.set_result(None)
        else:
            self._waiting.append(kept)
        return kept

    def go(self) -> None:
        self.open = True
        for each in self._waiting:
            each.set_result(None)

    def states(self) -> dict[int, JobState]:
        return {_number(each.job): each.state for each in self.asked}


def _number(job: Job) -> int:
    return int(job.page.document.name.split()[1].split(".")[0])


@pytest.fixture
def engine(qtbot: QtBot, server: ServerProcess) -> Iterator[JobEngine]:
    built = JobEngine(Settings(server_url=server.url, probe_interval_s=0.2, lanes=2))
    built.start()
    yield built
    assert built.shutdown()
    built.deleteLater()


def test_an_end_is_told_when_it_is_kept(qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path) -> None:
    """Those that were read, and those that were cancelled before they began; reading waits meanwhile."""
    keeper = _Keeper()
    told: list[Result] = []
    engine.job_ended.connect(lambda _job_id, result: told.append(result))
    engine.keep_by(keeper.finish)
    jobs = [Job(numbered_page(tmp_path, number)) for number in range(40)]
    engine.submit(jobs)
    engine.cancel([job.id for job in jobs[30:]])
    qtbot.waitUntil(lambda: len(keeper.asked) >= 12)
    assert [keeper.states()[number] for number in range(30, 40)] == [JobState.CANCELLED] * 10
    assert told == []
    assert len(server.log()) < 60  # no page is begun for which there would be no place
    keeper.go()
    qtbot.waitUntil(lambda: len(told) == 40)
    assert {result.job.id for result in told} == {job.id for job in jobs}
    assert sorted(keeper.states()) == list(range(40))
    assert len(keeper.asked) == 40


def test_a_page_that_waits_for_the_server_has_not_ended(qtbot: QtBot, closed_url: str, tmp_path: Path) -> None:
    engine = JobEngine(Settings(server_url=closed_url, probe_interval_s=0.2))
    keeper = _Keeper()
    engine.keep_by(keeper.finish)
    engine.start()
    job = Job(numbered_page(tmp_path, 1), Mode.FORMULA)
    with qtbot.waitSignal(engine.job_parked):
        engine.submit([job])
    assert keeper.asked == []
    told: list[Result] = []
    engine.job_ended.connect(lambda _job_id, result: told.append(result))
    engine.cancel([job.id])
    assert told == []
    keeper.go()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert keeper.states() == {1: JobState.CANCELLED}
    assert engine.shutdown()


def test_shutting_down_ends_nothing_for_good(
    qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path
) -> None:
    """Nobody waits for the keeper any more; only what a person cancelled, or what was read, is kept."""
    server.control(delay_s=3)
    keeper = _Keeper()
    told: list[Result] = []
    engine.job_ended.connect(lambda _job_id, result: told.append(result))
    engine.keep_by(keeper.finish)
    jobs = [Job(numbered_page(tmp_path, number)) for number in range(20)]
    engine.submit(jobs)
    qtbot.waitUntil(lambda: len(server.log()) >= 2)
    engine.cancel([jobs[0].id, jobs[19].id])  # one that is being read, and one that waits
    assert told == []
    assert engine.shutdown()
    qtbot.waitUntil(lambda: len(told) == 20)
    assert len({result.job.id for result in told}) == 20
    assert {result.state for result in told} == {JobState.CANCELLED}
    assert keeper.states() == {0: JobState.CANCELLED, 19: JobState.CANCELLED}
