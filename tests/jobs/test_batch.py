"""Many jobs at once without Qt, with the real pipeline."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from glmocr_desktop.core.errors import InputError
from glmocr_desktop.core.model import Document, EngineChoice, Job, JobState, Limits, Page
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.batch import Batch
from glmocr_desktop.recognition.pipeline import Pipeline
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess


@pytest.fixture
def pipeline(server: ServerProcess) -> Iterator[Pipeline]:
    with closing(Pipeline(Settings(server_url=server.url, engine=EngineChoice.SERVER, lanes=4))) as running:
        yield running


def _missing(count: int) -> Iterator[Job]:
    """Jobs that end at once: their file is not there."""
    for number in range(count):
        yield Job(Page(Document(f"{number}", f"/nowhere/{number}.png", f"{number}")), engine=EngineChoice.SERVER)


def _pages(folder: Path, count: int, timeout_s: float = 30) -> list[Job]:
    limits = Limits(total_s=timeout_s)
    return [Job(numbered_page(folder, n), engine=EngineChoice.SERVER, limits=limits) for n in range(count)]


def test_every_job_ends_once(pipeline: Pipeline) -> None:
    jobs = list(_missing(1000))
    results = list(Batch(pipeline).run(jobs))
    assert sorted(each.job.id for each in results) == sorted(job.id for job in jobs)
    assert {each.state for each in results} == {JobState.FAILED}
    assert {each.error.kind for each in results if each.error} == {"not_found"}


def test_no_jobs_no_results(pipeline: Pipeline) -> None:
    assert list(Batch(pipeline).run([])) == []


def test_jobs_are_asked_for_only_when_they_are_needed(pipeline: Pipeline) -> None:
    """An archive of 100,000 pages does not stand in memory."""
    asked = 0

    def source() -> Iterator[Job]:
        nonlocal asked
        for job in _missing(100_000):
            asked += 1
            yield job

    with closing(Batch(pipeline).run(source())) as results:
        for _ in range(10):
            next(results)
        assert asked <= 10 + pipeline.places


def test_pages_are_read_side_by_side(pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    """Four threads keep four pages on the server at a time."""
    server.control(delay_s=0.2)
    results = list(Batch(pipeline).run(_pages(tmp_path, 8)))
    assert sorted(each.text for each in results) == [f"Text Recognition: page {n}" for n in range(8)]
    open_pages = most = 0
    for line in server.log():
        open_pages += 1 if line.startswith("start") else -1
        most = max(most, open_pages)
    assert most == 4


def test_a_cancel_ends_what_runs_and_takes_no_more(pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    """Pages that were read before are kept; the others end within a moment, though the server needs 20 s."""
    jobs = _pages(tmp_path, 30)
    batch = Batch(pipeline)
    results = batch.run(jobs)
    assert next(results).state is JobState.DONE
    server.control(delay_s=20)
    threading.Timer(0.3, batch.cancel).start()
    rest = list(results)
    assert batch.cancelled
    assert {each.state for each in rest} <= {JobState.DONE, JobState.CANCELLED}
    assert rest[-1].state is JobState.CANCELLED
    assert len(rest) < 29 or rest.count(rest[-1]) == 1


def test_who_stops_asking_waits_for_nobody(pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    """As when the program that reads our output ends: pages that take 20 s are not waited for."""
    batch = Batch(pipeline)
    jobs = iter(_pages(tmp_path, 20))
    results = batch.run(jobs)
    next(results)
    server.control(delay_s=20)
    next(results)
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 15
    assert batch.cancelled


def test_a_source_that_fails_ends_the_batch_at_once(pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    server.control(delay_s=20)

    def source() -> Iterator[Job]:
        yield from _pages(tmp_path, 1)
        raise InputError("no_pages", name="x")

    began = time.monotonic()
    with pytest.raises(InputError):
        list(Batch(pipeline).run(source()))
    assert time.monotonic() - began < 15


def test_a_batch_that_was_cancelled_before_runs_nothing(pipeline: Pipeline) -> None:
    batch = Batch(pipeline)
    batch.cancel()
    assert list(batch.run(_missing(10))) == []


def test_a_deadline_costs_only_its_page(pipeline: Pipeline, server: ServerProcess, tmp_path: Path) -> None:
    server.control(delay_s=0.6)
    patient, hasty = _pages(tmp_path, 2), _pages(tmp_path, 2, timeout_s=0.2)
    states = {each.job.id: each.state for each in Batch(pipeline).run([*patient, *hasty])}
    assert [states[job.id] for job in patient] == [JobState.DONE] * 2
    assert [states[job.id] for job in hasty] == [JobState.TIMED_OUT] * 2
