"""The job engine: every job ends once, on the GUI thread, whatever happens."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled
from glmocr_desktop.core.model import EngineChoice, Failure, Job, JobState, Mode, Progress, Result, Theme
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.recognition.canary import CANARIES
from glmocr_desktop.recognition.health import HealthState
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess


class _Listener(QObject):
    """Notes what the engine tells, and on which thread."""

    def __init__(self, engine: JobEngine) -> None:
        super().__init__(engine)
        self.started: list[str] = []
        self.parked: dict[str, Failure] = {}
        self.ended: list[tuple[str, Result]] = []
        self.threads: set[object] = set()
        engine.job_started.connect(self._on_job_started)
        engine.job_progressed.connect(self._on_job_progressed)
        engine.job_parked.connect(self._on_job_parked)
        engine.job_ended.connect(self._on_job_ended)

    def states(self) -> list[JobState]:
        return [result.state for _, result in self.ended]

    def _on_job_started(self, job_id: str) -> None:
        self.started.append(job_id)
        self.threads.add(QThread.currentThread())

    def _on_job_progressed(self, _job_id: str, _progress: Progress) -> None:
        self.threads.add(QThread.currentThread())

    def _on_job_parked(self, job_id: str, failure: Failure) -> None:
        self.parked[job_id] = failure

    def _on_job_ended(self, job_id: str, result: Result) -> None:
        self.ended.append((job_id, result))
        self.threads.add(QThread.currentThread())


@pytest.fixture
def engine(qtbot: QtBot, server: ServerProcess) -> Iterator[JobEngine]:
    """An engine with a real server behind it."""
    built = JobEngine(Settings(server_url=server.url, probe_interval_s=0.2))
    built.start()
    yield built
    assert built.shutdown()
    built.deleteLater()


def _jobs(folder: Path, count: int, **kwargs: object) -> list[Job]:
    return [Job(numbered_page(folder, number), **kwargs) for number in range(count)]  # type: ignore[arg-type]


def test_each_job_ends_once_on_the_gui_thread(
    qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path
) -> None:
    listener = _Listener(engine)
    jobs = _jobs(tmp_path, 30)
    engine.submit(jobs)
    qtbot.waitUntil(lambda: len(listener.ended) == 30)
    assert sorted(job_id for job_id, _ in listener.ended) == sorted(job.id for job in jobs)
    assert listener.states() == [JobState.DONE] * 30
    assert sorted(listener.started) == sorted(job.id for job in jobs)
    assert listener.threads == {QCoreApplication.instance().thread()}


def test_random_cancels_harm_no_other_job(
    qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path
) -> None:
    """Of 100 jobs, 15 are cancelled at random moments: each of the others has its own text."""
    server.control(delay_s=0.05)
    listener = _Listener(engine)
    jobs = _jobs(tmp_path, 100)
    chosen = random.Random(7).sample(jobs, 15)
    for job in chosen:
        QTimer.singleShot(random.Random(job.page.number).randrange(1500), engine, lambda i=job.id: engine.cancel([i]))
    engine.submit(jobs)
    qtbot.waitUntil(lambda: len(listener.ended) == 100)
    assert len({job_id for job_id, _ in listener.ended}) == 100
    for number, job in enumerate(jobs):
        result = dict(listener.ended)[job.id]
        if result.state is JobState.CANCELLED:
            assert job in chosen
        else:
            assert result.text == f"Text Recognition: page {number}"
    assert JobState.CANCELLED in listener.states()


def test_cancel_of_a_waiting_job_ends_it_at_once(
    qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path
) -> None:
    server.control(delay_s=1)
    listener = _Listener(engine)
    jobs = _jobs(tmp_path, 20)
    engine.submit(jobs)
    engine.cancel([jobs[-1].id])
    assert [(job_id, result.state) for job_id, result in listener.ended] == [(jobs[-1].id, JobState.CANCELLED)]
    engine.cancel_all()
    qtbot.waitUntil(lambda: len(listener.ended) == 20)
    assert set(listener.states()) == {JobState.CANCELLED}


def test_cancel_of_what_has_ended_changes_nothing(
    qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path
) -> None:
    listener = _Listener(engine)
    (job,) = _jobs(tmp_path, 1)
    engine.submit([job])
    qtbot.waitUntil(lambda: len(listener.ended) == 1)
    engine.cancel([job.id, "unknown"])
    assert listener.states() == [JobState.DONE]


def test_the_gui_thread_stays_free(qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path) -> None:
    """The event loop turns many times while pages are read; a blocking call on it would leave a few turns only."""
    server.control(delay_s=0.1)
    listener = _Listener(engine)
    turns: list[int] = []
    timer = QTimer(engine)
    timer.timeout.connect(lambda: turns.append(1))
    timer.start(10)
    engine.submit(_jobs(tmp_path, 40))
    qtbot.waitUntil(lambda: len(listener.ended) == 40)
    timer.stop()
    assert len(turns) > 40


def test_a_formula_waits_for_the_server_and_is_read_when_it_is_back(
    qtbot: QtBot, own_server: ServerProcess, tmp_path: Path
) -> None:
    engine = JobEngine(Settings(server_url=own_server.url, probe_interval_s=0.2))
    listener = _Listener(engine)
    engine.start()
    (job,) = _jobs(tmp_path, 1, mode=Mode.FORMULA)
    engine.submit([job])
    qtbot.waitUntil(lambda: job.id in listener.parked)
    assert listener.ended == []
    own_server.start()
    qtbot.waitUntil(lambda: len(listener.ended) == 1)
    assert listener.ended[0][1].text == "Formula Recognition: page 0"
    engine.shutdown()


def test_a_parked_formula_can_be_cancelled(qtbot: QtBot, closed_url: str, tmp_path: Path) -> None:
    engine = JobEngine(Settings(server_url=closed_url))
    listener = _Listener(engine)
    engine.start()
    (job,) = _jobs(tmp_path, 1, mode=Mode.FORMULA)
    engine.submit([job])
    qtbot.waitUntil(lambda: job.id in listener.parked)
    engine.cancel([job.id])
    assert listener.states() == [JobState.CANCELLED]
    engine.shutdown()


def test_a_formula_for_offline_only_fails_in_words(qtbot: QtBot, closed_url: str, tmp_path: Path) -> None:
    engine = JobEngine(Settings(server_url=closed_url))
    listener = _Listener(engine)
    engine.submit(_jobs(tmp_path, 1, mode=Mode.FORMULA, engine=EngineChoice.OFFLINE))
    qtbot.waitUntil(lambda: len(listener.ended) == 1)
    assert listener.states() == [JobState.FAILED]
    engine.shutdown()


def test_shutdown_ends_everything_and_takes_nothing_more(qtbot: QtBot, server: ServerProcess, tmp_path: Path) -> None:
    engine = JobEngine(Settings(server_url=server.url))
    listener = _Listener(engine)
    server.control(delay_s=5)
    engine.submit(_jobs(tmp_path, 20))
    qtbot.waitUntil(lambda: len(listener.started) == 4)
    assert engine.shutdown(2)
    assert engine.shutdown(2)
    engine.submit(_jobs(tmp_path, 1))
    qtbot.waitUntil(lambda: len(listener.ended) == 20)
    assert set(listener.states()) == {JobState.CANCELLED}


def test_other_settings_are_for_the_jobs_that_start_later(
    qtbot: QtBot, engine: JobEngine, own_server: ServerProcess, tmp_path: Path
) -> None:
    listener = _Listener(engine)
    own_server.start()
    engine.apply(Settings(server_url=own_server.url, probe_interval_s=0.2))
    engine.submit(_jobs(tmp_path, 1))
    qtbot.waitUntil(lambda: len(listener.ended) == 1)
    assert listener.ended[0][1].server == own_server.url


def test_background_work_runs_off_the_gui_thread(engine: JobEngine) -> None:
    future = engine.run_in_background(threading.current_thread)
    assert future.result(5) is not threading.current_thread()


def test_all_servers_are_seen_in_the_order_of_the_settings(
    qtbot: QtBot, server: ServerProcess, closed_url: str
) -> None:
    engine = JobEngine(Settings(server_url=f"{closed_url} {server.url}", probe_interval_s=0.2))
    engine.start()
    expected = [HealthState.DOWN, HealthState.READY]
    qtbot.waitUntil(lambda: [each.state for each in engine.healths] == expected)
    assert engine.health == engine.healths[1]  # pages go there
    engine.shutdown()


def test_health_is_told_when_it_holds(qtbot: QtBot, engine: JobEngine, server: ServerProcess, closed_url: str) -> None:
    """Whoever hears of a server's health finds servers and settings that fit each other, also while they change."""
    seen: list[tuple[int, int]] = []
    engine.health_changed.connect(lambda _health: seen.append((len(engine.settings.servers), len(engine.healths))))
    for urls in (f"{server.url} {closed_url}", server.url, f"{closed_url} {server.url}"):
        engine.apply(Settings(server_url=urls, probe_interval_s=0.2))
        qtbot.waitUntil(lambda: engine.health.state is HealthState.READY)
    assert seen
    assert [pair for pair in seen if pair[0] != pair[1]] == []


def test_a_server_proves_that_it_reads(qtbot: QtBot, engine: JobEngine, server: ServerProcess) -> None:
    server.control(answer=CANARIES[0].known)
    health = engine.prove(server.url, CancelToken()).result(20).health
    assert health.canaries is not None
    assert [each.reads for each in health.canaries.results] == [True, False, False]


def test_an_address_that_is_not_in_use_proves_itself_by_other_settings(
    qtbot: QtBot, closed_url: str, server: ServerProcess
) -> None:
    server.control(answers={"Read:": CANARIES[0].known})
    engine = JobEngine(Settings(server_url=closed_url))
    seen: list[object] = []
    engine.health_changed.connect(seen.append)
    settings = Settings(server_url=server.url, text_prompt="Read:")
    proven = engine.prove_address(settings, server.url, CancelToken()).result(20)
    assert proven.health.canaries is not None
    assert [each.reads for each in proven.health.canaries.results] == [True, False, False]
    assert [each.name for each in proven.endpoints] == ["/predict"]
    proven = engine.prove_address(replace(settings, endpoint="read"), server.url, CancelToken()).result(20)
    assert proven.health.canaries is not None
    assert {each.error.kind for each in proven.health.canaries.results if each.error} == {"server_no_such_endpoint"}
    assert [each.name for each in proven.endpoints] == ["/predict"]  # so that one can be chosen
    assert seen == []
    assert engine.health.server == closed_url.removeprefix("http://")
    engine.shutdown()
    server.control()


def test_a_proof_can_be_cancelled(qtbot: QtBot, engine: JobEngine, server: ServerProcess) -> None:
    server.control(delay_s=30)
    token = CancelToken()
    proof = engine.prove(server.url, token)
    qtbot.waitUntil(lambda: server.log() != [])
    token.cancel()
    with pytest.raises(JobCancelled):
        proof.result(2)
    server.control()


def test_a_server_that_is_down_is_not_asked_to_read(qtbot: QtBot, closed_url: str) -> None:
    engine = JobEngine(Settings(server_url=closed_url))
    health = engine.prove(closed_url, CancelToken()).result(10).health
    assert (health.state, health.canaries) == (HealthState.DOWN, None)
    engine.shutdown()


def test_other_colours_leave_the_servers_alone(qtbot: QtBot, engine: JobEngine) -> None:
    qtbot.waitUntil(lambda: engine.health.state is HealthState.READY)
    engine.apply(replace(engine.settings, theme=Theme.DARK))
    assert (engine.settings.theme, engine.health.state) == (Theme.DARK, HealthState.READY)


def test_servers_are_met_anew(qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path) -> None:
    """What is being read goes on, and is read once."""
    listener = _Listener(engine)
    server.control(delay_s=1)
    engine.submit(_jobs(tmp_path, 1))
    qtbot.waitUntil(lambda: server.log() != [])
    engine.reconnect()
    qtbot.waitUntil(lambda: engine.health.state in (HealthState.READY, HealthState.BUSY))
    qtbot.waitUntil(lambda: listener.states() == [JobState.DONE])
    assert len(server.log()) == 2


def test_where_a_server_is() -> None:
    assert JobEngine.place("http://127.0.0.1:7860").result(5) == "this_computer"
    assert JobEngine.place("http://192.168.1.2:7860").result(5) == "local_network"


def test_the_log_has_which_settings_were_changed_and_not_to_what(
    engine: JobEngine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "glmocr_desktop.jobs.engine")
    changed = replace(engine.settings, theme=Theme.DARK, text_prompt="Read the salaries of Bob")
    engine.apply(changed)
    engine.apply(changed)
    (record,) = caplog.records
    assert set(vars(record)["facts"]["names"].split()) == {"theme", "text_prompt"}
    assert "Bob" not in str(vars(record))
