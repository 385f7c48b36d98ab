"""The figures of a program that reads pages: every job is counted once, and others can ask for the counts."""

from __future__ import annotations

import socket
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from pytestqt.qtbot import QtBot

from glmocr_desktop.core.model import EngineChoice, Failure, Job, Limits, Phase
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.jobs.metrics import READ, Outcome
from tests.support.faults import Fault, Step
from tests.support.faulty_server import faulty_server
from tests.support.pages import numbered_page
from tests.support.servers import ServerProcess, free_port

_ECHO = {"answers": {"Text Recognition:": "Text Recognition:"}}  # nothing of the page; the simpler prompt does better
_SHORT = Limits(total_s=0.6)


@pytest.fixture
def engine(qtbot: QtBot, server: ServerProcess) -> Iterator[JobEngine]:
    built = JobEngine(Settings(server_url=server.url, lanes=4))
    yield built
    assert built.shutdown()
    built.deleteLater()


def _figures(port: int) -> dict[tuple[str, ...], float]:
    """What a program is told: the values by name and labels, which are in the order of their names."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        text = answer.read().decode()
    samples = [each for family in text_string_to_metric_families(text) for each in family.samples]
    return {(each.name, *each.labels.values()): each.value for each in samples}


def _answers(port: int) -> bool:
    try:
        return bool(_figures(port))
    except OSError:  # also while it is ending
        return False


def test_every_job_is_counted_once_as_what_it_was(
    qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path
) -> None:
    """Also those that nobody read, and beyond a change of servers."""
    ended: list[str] = []
    engine.job_ended.connect(lambda job_id, _result: ended.append(job_id))
    pages = [numbered_page(tmp_path, number) for number in range(20)]
    special = dict.fromkeys((6, 7), _ECHO) | {number: {"error": "no"} for number in (8, 9, 10)}
    special |= {number: {"delay_s": 20} for number in range(11, 16)}
    server.control(pages=special)
    jobs = [Job(page) for page in pages[:9]]  # 6 done, 2 degraded, 1 offline
    jobs += [Job(page, engine=EngineChoice.SERVER) for page in pages[9:11]]  # failed
    jobs += [Job(page, engine=EngineChoice.SERVER, limits=_SHORT) for page in pages[11:13]]  # timed out
    engine.submit(jobs)
    qtbot.waitUntil(lambda: len(ended) == 13)
    engine.submit([Job(page, engine=EngineChoice.SERVER) for page in pages[13:]])
    qtbot.waitUntil(lambda: "start 13" in server.log())
    engine.cancel_all()
    qtbot.waitUntil(lambda: len(ended) == 20)
    truth = Counter({Outcome.DONE: 6, Outcome.DEGRADED: 2, Outcome.OFFLINE: 1, Outcome.FAILED: 2})
    truth += Counter({Outcome.TIMED_OUT: 2})
    first = engine.snapshot(600)
    read = sum(first.outcomes[each] for each in READ)  # of the last ones some may have been read before the cancel
    late = Counter({Outcome.CANCELLED: 16 - read, Outcome.DONE: read - 9})
    assert first.outcomes == first.totals == dict.fromkeys(Outcome, 0) | truth + late
    (here,) = first.servers
    assert here.outcomes[Outcome.FAILED] == here.outcomes[Outcome.DEGRADED] == here.outcomes[Outcome.TIMED_OUT] == 2
    assert (here.url, here.outcomes[Outcome.OFFLINE], here.pool.lanes, here.breaker) == (server.url, 0, 4, "closed")
    assert first.latency is not None
    assert first.latency.count == read
    assert first.phases[Phase.READING].count > read  # some were read twice
    with faulty_server() as other:
        other.faults[3] = (Step.STREAM, Fault.CLEAN_END)
        other.once = True
        engine.apply(replace(engine.settings, server_url=other.url))
        engine.submit([Job(pages[3])])
        qtbot.waitUntil(lambda: len(ended) == 21)
        second = engine.snapshot(600)
    assert second.outcomes == {**first.outcomes, Outcome.RETRIED: 1}
    assert [(each.url, each.outcomes[Outcome.RETRIED]) for each in second.servers] == [(other.url, 1)]
    engine.reset_metrics()
    assert set(engine.snapshot(600).totals.values()) == {0}
    server.control()


def test_samples_are_taken_while_it_runs(qtbot: QtBot, engine: JobEngine, server: ServerProcess) -> None:
    engine.start()
    qtbot.waitUntil(lambda: engine.snapshot(60).memory_bytes > 10_000_000)
    qtbot.waitUntil(lambda: engine.snapshot(60).health[server.url] != ())
    seen = engine.snapshot(60).health[server.url]
    engine.reconnect()
    assert engine.snapshot(60).health[server.url][: len(seen)] == seen


def test_programs_on_this_computer_can_ask(
    qtbot: QtBot, engine: JobEngine, server: ServerProcess, tmp_path: Path
) -> None:
    """At the port that is set now, without meeting the servers anew; a count there never goes back."""
    ended: list[str] = []
    engine.job_ended.connect(lambda job_id, _result: ended.append(job_id))
    first, second = free_port(), free_port()
    engine.apply(replace(engine.settings, metrics_port=first))
    qtbot.waitUntil(lambda: _answers(first))
    assert _figures(first)["glmocr_pages_total", "done", server.url] == 0
    engine.submit([Job(numbered_page(tmp_path, number)) for number in range(3)])
    qtbot.waitUntil(lambda: len(ended) == 3)
    figures = _figures(first)
    assert figures["glmocr_pages_total", "done", server.url] == 3
    assert figures["glmocr_page_seconds_count",] == figures["glmocr_page_seconds_bucket", "+Inf"] == 3
    assert figures["glmocr_phase_seconds_count", "reading"] == 3
    assert 0 < figures["glmocr_phase_seconds_sum", "reading"] < 20
    assert figures["glmocr_lanes", server.url] == 4
    assert figures["glmocr_breaker", server.url, "closed"] == 1
    opened = figures["glmocr_sockets_opened_total", server.url]
    assert opened >= 1
    engine.reset_metrics()
    engine.apply(replace(engine.settings, metrics_port=second))
    qtbot.waitUntil(lambda: _answers(second))
    assert not _answers(first)
    figures = _figures(second)
    assert figures["glmocr_pages_total", "done", server.url] == 3
    assert figures["glmocr_sockets_opened_total", server.url] == opened
    engine.apply(replace(engine.settings, metrics_port=0))
    qtbot.waitUntil(lambda: not _answers(second))


def test_a_port_in_use_is_said(qtbot: QtBot, engine: JobEngine) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with qtbot.waitSignal(engine.metrics_refused) as told:
            engine.apply(replace(engine.settings, metrics_port=port))
    failure = told.args[0]
    assert isinstance(failure, Failure)
    assert failure.message.startswith(f"Port {port} is in use")
    assert failure.kind == "metrics_port_in_use"


def test_only_this_computer_is_answered(qtbot: QtBot, engine: JobEngine) -> None:
    port = free_port()
    engine.apply(replace(engine.settings, metrics_port=port))
    qtbot.waitUntil(lambda: _answers(port))
    with socket.socket() as other:
        other.bind(("127.0.0.2", port))  # it would be taken if all addresses were listened at
