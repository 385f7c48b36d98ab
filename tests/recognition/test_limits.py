"""Each limit ends a page by itself: at its time, and with a sentence that names it. Progress keeps a page alive."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.model import Limits
from tests.support.faults import Fault, Step
from tests.support.faulty_server import FaultyServer, faulty_server
from tests.support.raw_http import full_backlog
from tests.support.reader import PageReader

_LIMIT_S = 0.5
_GRACE_S = 5.0  # of a busy machine; the other limits are far away
_LONG_S = 20.0
_OTHERS = Limits(total_s=_LONG_S, connect_s=_LONG_S, upload_s=_LONG_S, silence_s=_LONG_S)
_LARGE_BYTES = 8_000_000  # far more than what the system takes for a server that does not


@contextmanager
def _reader(url: str, folder: Path, limits: Limits = _OTHERS, reading_s: float = math.inf) -> Iterator[PageReader]:
    """One that knows already what the server offers."""
    reader = PageReader(url, folder, limits, reading_s)
    try:
        reader.engine.endpoint(CancelToken())
        yield reader
    finally:
        reader.transport.close()


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_server() as running:
        yield running


@pytest.mark.parametrize(
    ("kind", "step", "fault"),
    [
        ("upload_slow", Step.UPLOAD, Fault.HANG),
        ("queue_wait", Step.STREAM, Fault.STUCK),
        ("server_silent", Step.STREAM, Fault.SILENT),
        ("rung_timeout", Step.STREAM, Fault.HEARTBEATS),
        ("timeout_total", Step.STREAM, Fault.HEARTBEATS),
    ],
)
def test_a_limit_ends_its_pages_at_its_time(
    server: FaultyServer, tmp_path: Path, kind: str, step: Step, fault: Fault
) -> None:
    name = {"upload_slow": "upload_s", "queue_wait": "queue_wait_s", "server_silent": "silence_s"}.get(kind)
    limits = replace(_OTHERS, **{name: _LIMIT_S}) if name else _OTHERS
    reading_s = _LIMIT_S if kind == "rung_timeout" else _LONG_S
    faulty, healthy = range(2), range(2, 6)
    server.faults = dict.fromkeys(faulty, (step, fault))
    deadlines = dict.fromkeys(range(6), _LONG_S)
    if kind == "timeout_total":
        deadlines |= dict.fromkeys(faulty, _LIMIT_S)
    with _reader(server.url, tmp_path, limits, reading_s) as reader:
        ends = reader.read(deadlines)
    for number in faulty:
        (end,) = ends[number]
        assert end.kind == kind
        assert f"{_LIMIT_S:g} s" in str(end.error)
        assert _LIMIT_S <= end.elapsed_s < _LIMIT_S + _GRACE_S
    assert [ends[number][0].text for number in healthy] == [f"page {number}" for number in healthy]
    assert server.wait_until(lambda: server.queued == [])


def test_a_page_that_is_taken_too_slowly(server: FaultyServer, tmp_path: Path) -> None:
    server.most_bytes = 100_000
    with _reader(server.url, tmp_path, replace(_OTHERS, upload_s=_LIMIT_S)) as reader:
        small = reader.request(1)
        end = reader.read_one(replace(small, png=small.png + bytes(_LARGE_BYTES)), _LONG_S)
        assert end.kind == "upload_slow"
        assert _LIMIT_S <= end.elapsed_s < _LIMIT_S + _GRACE_S
        assert reader.read({2: _LONG_S})[2][0].text == "page 2"
    assert server.counts[Step.UPLOAD] == 1  # the large page never came to its end


def test_a_server_that_takes_no_connection_and_comes_back(tmp_path: Path) -> None:
    with faulty_server() as server, _reader(server.url, tmp_path, replace(_OTHERS, connect_s=_LIMIT_S)) as reader:
        server.stop()
        assert server.wait_until(lambda: server.open_sockets == 0)
        with full_backlog(server.port):
            ends = reader.read(dict.fromkeys(range(3), _LONG_S))
        for (end,) in ends.values():
            assert end.kind == "connect_slow"
            assert f"{_LIMIT_S:g} s" in str(end.error)
            assert _LIMIT_S <= end.elapsed_s < _LIMIT_S + _GRACE_S
        with faulty_server(port=server.port):
            assert reader.read({4: _LONG_S})[4][0].text == "page 4"


def test_no_place_at_the_server(server: FaultyServer, tmp_path: Path) -> None:
    """The page that has the only place is not hurried by the one that waits for it, and read."""
    server.faults = {1: (Step.STREAM, Fault.PROGRESS)}
    reader = PageReader(server.url, tmp_path, replace(_OTHERS, lane_wait_s=_LIMIT_S), lanes=1)
    reader.engine.endpoint(CancelToken())
    texts: list[str] = []
    first = threading.Thread(target=lambda: texts.append(reader.read_one(reader.request(1), _LONG_S).text))
    first.start()
    assert server.wait_until(lambda: server.counts["injected"] == 1)
    end = reader.read_one(reader.request(2), _LONG_S)
    first.join(_LONG_S)
    reader.transport.close()
    assert end.kind == "lane_wait"
    assert f"{_LIMIT_S:g} s" in str(end.error)
    assert _LIMIT_S <= end.elapsed_s < _LIMIT_S + _GRACE_S
    assert texts == ["page 1"]
    assert server.counts["joined"] == 1


@pytest.mark.parametrize("fault", [Fault.PROGRESS, Fault.GENERATING])
def test_progress_gives_a_page_time_anew(server: FaultyServer, tmp_path: Path, fault: Fault) -> None:
    """It is read for three times as long as it might be without a word."""
    server.faults = {1: (Step.STREAM, fault)}
    with _reader(server.url, tmp_path, reading_s=_LIMIT_S) as reader:
        (end,) = reader.read({1: _LONG_S})[1]
    assert end.text == "page 1"
    assert end.elapsed_s > 2 * _LIMIT_S
