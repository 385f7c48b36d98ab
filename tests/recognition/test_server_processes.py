"""Real servers that stop, are killed, come back and come back as others, while pages are read by the real pipeline."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Engine, EngineChoice, Job, JobState, Limits, Phase, Progress, Result, Rung
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.breaker import BreakerState
from glmocr_desktop.recognition.health import Health, HealthState
from glmocr_desktop.recognition.offline import OfflineEngine
from glmocr_desktop.recognition.pipeline import Pipeline, Services
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess

_LONG_S = 30.0
_GRACE_S = 5.0  # of a busy machine; what would end a page otherwise is far away
_SILENCE_S = 3.0
_DAY_S = 86400.0
_SERVER_ONLY = EngineChoice.SERVER


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[ServerProcess]]:
    both = [ServerProcess(tmp_path_factory.mktemp("server")) for _ in range(2)]
    yield both
    for each in both:
        each.kill()


@pytest.fixture
def servers(processes: list[ServerProcess]) -> list[ServerProcess]:
    """Two that run; a test may leave them killed."""
    for each in processes:
        each.control()
    with ThreadPoolExecutor() as starting:
        list(starting.map(ServerProcess.start, [each for each in processes if not each.running]))
    return processes


@pytest.fixture(scope="module")
def offline() -> Iterator[OfflineEngine]:
    """One for all tests: its process takes seconds to start."""
    engine = OfflineEngine()
    yield engine
    engine.close()


class _Healths:
    """What the pipeline told of its servers' health."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._last: Health | None = None

    def __call__(self, health: Health) -> None:
        with self._changed:
            self._last = health
            self._changed.notify_all()

    def wait_for(self, up: bool) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._last is not None and self._last.up is up, _LONG_S), self._last


@dataclass
class _Run:
    """One page on its way."""

    job: Job
    token: CancelToken = field(default_factory=CancelToken)
    reading: threading.Event = field(default_factory=threading.Event)
    results: list[Result] = field(default_factory=list)
    ended_at: float = 0.0
    thread: threading.Thread | None = None

    def on_progress(self, progress: Progress) -> None:
        if progress.phase is Phase.READING:
            self.reading.set()

    def result(self) -> Result:
        assert self.thread is not None
        self.thread.join(_LONG_S)
        (result,) = self.results  # one, and one only
        return result


class _Reader:
    """The pipeline under test."""

    def __init__(self, folder: Path, pipeline: Pipeline, healths: _Healths) -> None:
        self.pipeline = pipeline
        self.healths = healths
        self._folder = folder

    def begin(self, *numbers: int, **job: Any) -> list[_Run]:
        """Pages that are read, each on a thread of its own."""
        runs = [_Run(Job(numbered_page(self._folder, number), **job)) for number in numbers]
        for each in runs:
            each.thread = threading.Thread(target=self._run, args=(each,), name="reading")
            each.thread.start()
        return runs

    def read(self, *numbers: int, **job: Any) -> list[Result]:
        return [each.result() for each in self.begin(*numbers, **job)]

    def _run(self, run: _Run) -> None:
        run.results.append(self.pipeline.run(run.job, run.token, run.on_progress))
        run.ended_at = time.monotonic()


@contextmanager
def _reader(folder: Path, offline: OfflineEngine, *servers: ServerProcess, **settings: Any) -> Iterator[_Reader]:
    healths = _Healths()
    given = Settings(server_url=" ".join(each.url for each in servers), probe_interval_s=0.2, **settings)
    services = Services(offline=offline)
    pipeline = Pipeline(given, on_health=healths, services=services)
    pipeline.start()
    healths.wait_for(up=True)
    try:
        yield _Reader(folder, pipeline, healths)
    finally:
        services.transport.close()


def _texts(results: list[Result]) -> list[str]:
    return [each.text.removeprefix("Text Recognition: ") for each in results]


def _pages(*numbers: int) -> list[str]:
    return [f"page {number}" for number in numbers]


def test_pages_go_to_the_preferred_server_until_it_is_full(
    servers: list[ServerProcess], offline: OfflineEngine, tmp_path: Path
) -> None:
    with _reader(tmp_path, offline, *servers, lanes=2) as reader:
        assert {each.server for number in range(3) for each in reader.read(number)} == {servers[0].url}
        for each in servers:
            each.control(delay_s=1)
        runs = []
        for number in range(10, 14):
            runs += reader.begin(number)
            assert runs[-1].reading.wait(_LONG_S)
        results = [each.result() for each in runs]
        assert [each.server for each in results] == [servers[0].url] * 2 + [servers[1].url] * 2
        assert _texts(results) == _pages(10, 11, 12, 13)


@pytest.mark.parametrize("jump_s", [_DAY_S, -_DAY_S])
def test_a_clock_that_jumps_moves_no_limit(
    servers: list[ServerProcess],
    offline: OfflineEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    jump_s: float,
) -> None:
    """Nothing ends early or late when the computer's clock is set while pages are read."""
    server = servers[0]
    real = time.time
    with _reader(tmp_path, offline, server, lanes=4) as reader:
        assert _texts(reader.read(0)) == _pages(0)
        server.control(delay_s=2)
        late = reader.begin(1, engine=_SERVER_ONLY, limits=Limits(total_s=1.5))
        read = reader.begin(2, 3, engine=_SERVER_ONLY, limits=Limits(total_s=_LONG_S, silence_s=10, first_s=5))
        assert all(each.reading.wait(_LONG_S) for each in (*late, *read))
        monkeypatch.setattr(time, "time", lambda: real() + jump_s)
        ended = late[0].result()
        assert ended.error is not None
        assert ended.error.kind == "timeout_total"
        assert 1.5 <= ended.elapsed_s < 1.5 + _GRACE_S
        results = [each.result() for each in read]
        assert _texts(results) == _pages(2, 3)
        assert all(2 <= each.elapsed_s < 2 + _GRACE_S for each in results)
        server.control()
        assert _texts(reader.read(4, 5, engine=_SERVER_ONLY)) == _pages(4, 5)
        assert reader.pipeline.health.up


def test_a_server_that_stops_for_a_while(servers: list[ServerProcess], offline: OfflineEngine, tmp_path: Path) -> None:
    """Pages on it can be cancelled at once, the others end by its silence, and then it is used again."""
    server = servers[0]
    with _reader(tmp_path, offline, server, lanes=6, retry=False, degraded=False) as reader:
        assert _texts(reader.read(0)) == _pages(0)
        server.control(delay_s=8)
        runs = reader.begin(1, 2, 3, engine=_SERVER_ONLY, limits=Limits(silence_s=_SILENCE_S))
        assert all(each.reading.wait(_LONG_S) for each in runs)
        server.pause()
        try:
            stopped = time.monotonic()
            assert runs[0].token.cancel()
            assert runs[0].result().state is JobState.CANCELLED
            assert runs[0].ended_at - stopped < _SILENCE_S * 0.8
            for each in runs[1:]:
                error = each.result().error
                assert error is not None
                assert error.kind == "server_silent"
                assert each.ended_at - stopped < _SILENCE_S + _GRACE_S
            (unsent,) = reader.begin(4, engine=_SERVER_ONLY)  # the server takes the connection, and no more
            began = time.monotonic()
            unsent.token.cancel()
            assert unsent.result().state is JobState.CANCELLED
            assert unsent.ended_at - began < _GRACE_S
        finally:
            server.resume()
        server.control()
        assert _texts(reader.read(5, 6, engine=_SERVER_ONLY)) == _pages(5, 6)


def test_a_server_that_is_killed_and_comes_back_as_another_one(
    servers: list[ServerProcess], offline: OfflineEngine, tmp_path: Path
) -> None:
    """All its pages end by the ladder; at its next start the same pages are sent anew, as it wants them now."""
    server = servers[0]
    with _reader(tmp_path, offline, server, lanes=6) as reader:
        assert _texts(reader.read(1)) == _pages(1)
        server.control(delay_s=20)
        runs = reader.begin(1, 2, 3, 4, 5, 6)
        assert all(each.reading.wait(_LONG_S) for each in runs)
        server.kill()
        killed = time.monotonic()
        for each in runs:
            result = each.result()
            assert (result.state, result.engine) == (JobState.DONE, Engine.OFFLINE)
            assert result.attempts[0].error is not None
            assert result.attempts[0].error.kind == "server_broken"
            assert each.ended_at - killed < 10
        reader.healths.wait_for(up=False)
        (alone,) = reader.read(7, engine=_SERVER_ONLY)
        assert alone.error is not None
        assert alone.error.kind == "server_down"
        for swapped in (True, False):
            server.control(swapped=swapped)
            server.start()
            reader.healths.wait_for(up=True)
            again = [result for number in (1, 2, 3) for result in reader.read(number, engine=_SERVER_ONLY)]
            assert _texts(again) == _pages(1, 2, 3)
            assert [each.rung for each in again] == [Rung.FIRST] * 3
            if swapped:
                server.kill()
                reader.healths.wait_for(up=False)


def test_of_two_servers_one_dies(servers: list[ServerProcess], offline: OfflineEngine, tmp_path: Path) -> None:
    """Its pages go to the other one, and offline only when both are gone; each has its own breaker and health."""
    first, second = servers
    with _reader(tmp_path, offline, first, second, lanes=4) as reader:
        own, others = reader.pipeline.servers.all
        first.control(delay_s=20)
        runs = reader.begin(1, 2, 3, 4)
        assert all(each.reading.wait(_LONG_S) for each in runs)
        first.kill()
        moved = [each.result() for each in runs]
        assert _texts(moved) == _pages(1, 2, 3, 4)
        assert {each.server for each in moved} == {second.url}
        assert own.probe(CancelToken()).state is HealthState.DOWN
        assert others.health.up
        assert others.breaker.state is BreakerState.CLOSED
        assert {each.server for each in reader.read(5, 6)} == {second.url}
        second.kill()
        assert others.probe(CancelToken()).state is HealthState.DOWN
        (alone,) = reader.read(7)
        assert (alone.state, alone.engine) == (JobState.DONE, Engine.OFFLINE)
        for each in servers:
            each.control()
        second.start()
        reader.healths.wait_for(up=True)
        (back,) = reader.read(8)
        assert (back.server, _texts([back])) == (second.url, _pages(8))
        assert own.health.state is HealthState.DOWN
