"""What a job did and for how long: the spans cover its time, whoever tells of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import EngineChoice, Job, JobState, Limits, Phase, Progress, Result, Rung, Span
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.pipeline import Pipeline
from glmocr_desktop.recognition.stopwatch import Stopwatch
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess

_AT_SERVER = [Phase.UPLOADING, Phase.LANE, Phase.QUEUED, Phase.READING]
_NEARLY_S = 0.1  # of a page: what is done before the first and after the last span, and between two clocks


@pytest.fixture
def pipeline(server: ServerProcess) -> Iterator[Pipeline]:
    with closing(Pipeline(Settings(server_url=server.url, lanes=1))) as running:
        yield running


def _phases(result: Result, rung: Rung) -> list[Phase]:
    return [each.phase for each in result.spans if each.rung is rung]


def _took_s(result: Result, phase: Phase) -> float:
    return sum(each.elapsed_s for each in result.spans if each.phase is phase)


def _covered(result: Result) -> bool:
    """Whether the spans follow each other without overlap and nearly without a gap."""
    gaps = [after.began_s - before.began_s - before.elapsed_s for before, after in pairwise(result.spans)]
    end_s = result.spans[-1].began_s + result.spans[-1].elapsed_s
    whole = result.elapsed_s - _NEARLY_S < end_s  # time at the end of a line does not count in the other one
    return whole and result.spans[0].began_s < _NEARLY_S and all(-1e-6 < gap < 0.005 for gap in gaps)


def test_each_other_phase_and_each_rung_begins_a_span() -> None:
    now_s = [10.0]
    heard: list[Progress] = []
    watch = Stopwatch(heard.append, lambda: now_s[0])
    told = [(1, Phase.UPLOADING), (2, Phase.QUEUED), (3, Phase.QUEUED), (4, Phase.READING), (5, Phase.READING)]
    watch.climb(Rung.FIRST, "http://a")
    for at_s, phase in told:
        now_s[0] = 10.0 + at_s
        watch(Progress(phase))
    now_s[0] = 16.0
    watch.climb(Rung.OFFLINE, None)
    watch(Progress(Phase.PREPARING))
    now_s[0] = 18.0
    watch(Progress(Phase.REMOVED))
    watch(Progress(Phase.READING))
    now_s[0] = 21.0
    spans = watch.stop()
    watch(Progress(Phase.QUEUED))
    assert spans == (
        Span(Phase.PREPARING, Rung.FIRST, 0, 1),
        Span(Phase.UPLOADING, Rung.FIRST, 1, 1, "http://a"),
        Span(Phase.QUEUED, Rung.FIRST, 2, 2, "http://a"),
        Span(Phase.READING, Rung.FIRST, 4, 2, "http://a"),
        Span(Phase.PREPARING, Rung.OFFLINE, 6, 2),
        Span(Phase.READING, Rung.OFFLINE, 8, 3),
    )
    assert watch.stop() == spans
    assert len(heard) == len(told) + 4  # what comes late is passed on, too


def test_a_page_at_a_server(pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    """The second page waits for the only lane as long as the first one is read."""
    server.control(delay_s=1.5)
    results: list[Result] = []
    first_is_there = threading.Event()

    def run(number: int) -> None:
        job = Job(numbered_page(tmp_path, number), engine=EngineChoice.SERVER)
        results.append(
            pipeline.run(job, CancelToken(), lambda told: told.phase is Phase.READING and first_is_there.set())
        )

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    threads[0].start()
    assert first_is_there.wait(20)
    threads[1].start()
    for each in threads:
        each.join()
    for result in results:
        assert _phases(result, Rung.FIRST) == [Phase.PREPARING, *_AT_SERVER, Phase.PARSING]
        assert [each.server for each in result.spans] == [None, *[server.url] * 4, None]
        assert _covered(result)
        assert 1.4 < _took_s(result, Phase.READING) < 2.9
    first, second = results
    assert _took_s(first, Phase.LANE) < 0.7
    assert _took_s(second, Phase.LANE) > 0.7


def test_a_page_that_goes_offline(server: ServerProcess, tmp_path: Path) -> None:
    """Each rung has its own spans; offline reading is at no server, and waits for its turn as well."""
    server.control(error="no")
    with closing(Pipeline(Settings(server_url=server.url, degraded=False))) as pipeline:
        result = pipeline.run(Job(numbered_page(tmp_path, 1)), CancelToken())
    assert (result.state, result.rung) == (JobState.DONE, Rung.OFFLINE)
    assert _phases(result, Rung.FIRST) == [Phase.PREPARING, *_AT_SERVER]
    assert _phases(result, Rung.OFFLINE) == [Phase.PREPARING, Phase.LANE, Phase.READING, Phase.PARSING]
    assert {each.server for each in result.spans if each.rung is Rung.OFFLINE} == {None}
    assert _took_s(result, Phase.READING) > 0.1
    assert _covered(result)


def test_pages_that_end_early(pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    server.control(delay_s=20)
    token = CancelToken()
    job = Job(numbered_page(tmp_path, 1), engine=EngineChoice.SERVER)
    cancelled = pipeline.run(job, token, lambda told: told.phase is Phase.READING and token.cancel())
    assert cancelled.state is JobState.CANCELLED
    limits = Limits(total_s=0.5)
    late = pipeline.run(Job(job.page, engine=EngineChoice.SERVER, limits=limits), CancelToken())
    assert late.state is JobState.TIMED_OUT
    for result in (cancelled, late):
        assert result.spans[-1].phase in _AT_SERVER
        assert _covered(result)
    server.control()


def test_a_page_that_is_not_there(pipeline: Pipeline, tmp_path: Path) -> None:
    page = numbered_page(tmp_path, 3)
    Path(page.document.file).unlink()
    result = pipeline.run(Job(page), CancelToken())
    assert result.state is JobState.FAILED
    assert _phases(result, Rung.FIRST) == [Phase.PREPARING]
