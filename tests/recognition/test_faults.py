"""Whatever a server does wrong: each page ends once, in time and with the right words, and no other page is harmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobTimeout, OcrError, RecognitionError, ServerBusy, ServerUnavailable
from glmocr_desktop.core.model import Limits
from tests.support.faults import Fault, Step
from tests.support.faulty_server import FaultyServer, faulty_server
from tests.support.raw_http import Reply, raw_server
from tests.support.reader import PageReader

_FAULTY, _HEALTHY = 3, 6
_GRACE_S = 5.0  # of a busy machine; what would end a page otherwise is far away
_SHORT_S = 2.5  # the deadline of a page that can only end by it
_LONG_S = 20.0
_LIMITS = Limits(silence_s=1, connect_s=1)

Ending = tuple[type[OcrError], str] | None  # None: read in spite of it
_TIMEOUT: Ending = (JobTimeout, "timeout_total")
_SILENT: Ending = (ServerUnavailable, "server_silent")
_BROKEN: Ending = (ServerUnavailable, "server_broken")
_BUSY: Ending = (ServerBusy, "server_busy")
_TOO_LARGE: Ending = (RecognitionError, "answer_too_large")

_ANYWHERE: dict[Fault, Ending] = {
    Fault.HANG: _TIMEOUT,
    Fault.DRIP: _TIMEOUT,
    Fault.CLOSED: _BROKEN,
    Fault.RESET: _BROKEN,
    Fault.HTML: _BROKEN,
    Fault.BAD_JSON: _BROKEN,
    Fault.BAD_UTF8: _BROKEN,
    Fault.HUGE: _TOO_LARGE,
    Fault.REDIRECT: _BROKEN,
    Fault.LATE: None,
    Fault.FORGETFUL: None,
    Fault.HTTP_401: (ServerUnavailable, "server_needs_login"),
    Fault.HTTP_404: _BROKEN,
    Fault.HTTP_429: _BUSY,
    Fault.HTTP_500: _BROKEN,
    Fault.HTTP_502: _BROKEN,
    Fault.HTTP_503: _BUSY,
}
_SOON_SILENT = {Fault.HANG: _SILENT, Fault.DRIP: _SILENT}  # an answer is due at once
_BEFORE_THE_STREAM = _ANYWHERE | {Fault.HANG: _SILENT, Fault.LATE: _BROKEN, Fault.FORGETFUL: _BROKEN}
_IN_THE_STREAM: dict[Fault, Ending] = {
    Fault.SILENT: _SILENT,
    Fault.HEARTBEATS: _TIMEOUT,
    Fault.STUCK: _TIMEOUT,
    Fault.PROGRESS: None,
    Fault.GENERATING: None,
    Fault.CLEAN_END: _BROKEN,
    Fault.CUT: _BROKEN,
    Fault.RESET_LATER: _BROKEN,
    Fault.HUGE_MESSAGE: _TOO_LARGE,
    Fault.BAD_MESSAGE: _BROKEN,
    Fault.BAD_TEXT: _BROKEN,
    Fault.BAD_SSE: _BROKEN,
    Fault.NO_OBJECT: _BROKEN,
    Fault.OTHER_EVENT: _TIMEOUT,
    Fault.UNEXPECTED: _BROKEN,
    Fault.APP_ERROR: (RecognitionError, "server_refused"),
    Fault.EMPTY_OUTPUT: (RecognitionError, "server_cancelled"),
    Fault.ODD_OUTPUT: _BROKEN,
    Fault.UNKNOWN: None,
    Fault.ODD_NUMBERS: None,
    Fault.ODD_LINES: None,
    Fault.NO_CLOSE_STREAM: None,
    Fault.SUDDEN_END: None,
}
_CASES = [
    *((Step.UPLOAD, fault, ending) for fault, ending in _ANYWHERE.items()),
    *((Step.JOIN, fault, ending) for fault, ending in (_ANYWHERE | _SOON_SILENT).items()),
    *((Step.STREAM, fault, ending) for fault, ending in _BEFORE_THE_STREAM.items()),
    *((Step.STREAM, fault, ending) for fault, ending in _IN_THE_STREAM.items()),
]


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_server() as running:
        yield running


@pytest.fixture
def reader(server: FaultyServer, tmp_path: Path) -> Iterator[PageReader]:
    started = PageReader(server.url, tmp_path, _LIMITS)
    yield started
    started.transport.close()
    assert server.wait_until(lambda: server.open_sockets == 0)


@pytest.mark.parametrize(
    ("step", "fault", "ending"), _CASES, ids=[f"{step.name} {fault.name}" for step, fault, _ in _CASES]
)
def test_a_fault_harms_its_own_pages_only(
    server: FaultyServer, reader: PageReader, step: Step, fault: Fault, ending: Ending
) -> None:
    with raw_server() as elsewhere:
        server.elsewhere = elsewhere.url
        reader.engine.endpoint(CancelToken())
        faulty, healthy = range(_FAULTY), range(_FAULTY, _FAULTY + _HEALTHY)
        server.faults = dict.fromkeys(faulty, (step, fault))
        short_s = _SHORT_S if ending == _TIMEOUT else _LONG_S
        deadlines = {**dict.fromkeys(faulty, short_s), **dict.fromkeys(healthy, _LONG_S)}
        ends = reader.read(deadlines)
        assert elsewhere.requests == []
    assert server.counts["injected"] in _injections(step, fault)
    for number, all_ends in ends.items():
        (end,) = all_ends
        assert end.elapsed_s < deadlines[number] + _GRACE_S
        if end.error is None:
            assert end.text.startswith(f"page {number}"), end
            assert end.text.endswith(f"page {number}"), end
        else:
            assert str(end.error)  # a sentence with all its values
        ended = (type(end.error), end.error.kind) if end.error else None
        assert ended in _endings(fault, None if number in healthy else ending), end
    if fault is Fault.FORGETFUL:  # each closing meets one request at most
        assert sum(end.error is not None for (end,) in ends.values()) <= _FAULTY
    assert server.wait_until(lambda: server.queued == []), "a page was forgotten in the queue"
    assert server.counts["joined"] == server.counts["answered"] + server.counts["cancelled"]
    assert "ConnectionPool 0 of" in repr(reader.engine.pool)


def _endings(fault: Fault, ending: Ending) -> set[Ending]:
    """How a page with a fault may end.

    A server that closes its connection after an answer, without a word of it, may do so while the next request, of
    whatever page, is on its way; one that changes something there is not repeated.
    """
    return {ending, _BROKEN} if fault is Fault.FORGETFUL else {ending}


def _injections(step: Step, fault: Fault) -> tuple[int, ...]:
    """How often a fault can have happened.

    A GET on a socket that was kept alive, and is closed before a word of the answer, is repeated once: the server may
    have closed it before the request came.
    """
    repeated = step is Step.STREAM and fault in (Fault.CLOSED, Fault.RESET)
    return tuple(range(_FAULTY, 2 * _FAULTY + 1)) if repeated else (_FAULTY,)


def test_silence_ends_a_page_at_its_limit(server: FaultyServer, reader: PageReader) -> None:
    """Not later than the second that was set, and not by the total deadline."""
    reader.engine.endpoint(CancelToken())
    server.faults = {1: (Step.STREAM, Fault.SILENT)}
    (end,) = reader.read({1: _LONG_S})[1]
    assert 1.0 <= end.elapsed_s < 1.0 + _GRACE_S


def test_half_a_character_does_not_reach_a_file(server: FaultyServer, reader: PageReader) -> None:
    server.faults = {1: (Step.STREAM, Fault.HALF_CHARACTER)}
    assert reader.read({1: _LONG_S})[1][0].text.encode() == b"half ?"


def test_pages_are_taken_back_though_their_sockets_are_gone(server: FaultyServer, reader: PageReader) -> None:
    """The server closes connections without a word of it, so that some cancels are sent on one that it closed."""
    reader.engine.endpoint(CancelToken())
    server.faults = dict.fromkeys(range(12), (Step.STREAM, Fault.FORGETFUL))
    ends = reader.read(dict.fromkeys(range(12), _LONG_S))
    assert {end.kind for (end,) in ends.values()} <= {"server_broken", "server_down"}  # it is left alone after some
    assert server.wait_until(lambda: server.queued == [])
    assert server.counts["cancelled"] == server.counts["joined"] > 0


def test_a_page_that_ended_while_it_was_joining_is_taken_back(server: FaultyServer, reader: PageReader) -> None:
    """The server answers the joining after the page's deadline; the page does not stay in its queue."""
    reader.engine.endpoint(CancelToken())
    server.faults = dict.fromkeys(range(3), (Step.JOIN, Fault.LATE))
    ends = reader.read(dict.fromkeys(range(3), 0.4))
    assert [type(end.error) for (end,) in ends.values()] == [JobTimeout] * 3
    assert server.wait_until(lambda: server.counts["cancelled"] == 3)
    assert server.queued == []


_UNDESCRIBED: dict[Fault, Ending] = {
    Fault.HANG: _SILENT,
    Fault.DRIP: _SILENT,
    Fault.CLOSED: _BROKEN,
    Fault.RESET: _BROKEN,
    Fault.HTML: (ServerUnavailable, "server_not_gradio"),
    Fault.BAD_JSON: (ServerUnavailable, "server_not_gradio"),
    Fault.BAD_UTF8: (ServerUnavailable, "server_not_gradio"),
    Fault.HUGE: (ServerUnavailable, "server_not_gradio"),
    Fault.REDIRECT: _BROKEN,
    Fault.HTTP_401: (ServerUnavailable, "server_needs_login"),
    Fault.HTTP_404: (ServerUnavailable, "server_not_gradio"),
    Fault.HTTP_429: _BUSY,
    Fault.HTTP_500: _BROKEN,
    Fault.HTTP_502: _BROKEN,
    Fault.HTTP_503: _BUSY,
}


@pytest.mark.parametrize("fault", _UNDESCRIBED, ids=[each.name for each in _UNDESCRIBED])
def test_a_server_that_does_not_say_what_it_is(server: FaultyServer, reader: PageReader, fault: Fault) -> None:
    """All pages end together, though only one of them asked; and once the server answers, pages are read."""
    server.describing = {Step.CONFIG: fault}
    ends = reader.read(dict.fromkeys(range(3), _LONG_S))
    for (end,) in ends.values():
        assert end.error is not None
        assert (type(end.error), end.error.kind) == _UNDESCRIBED[fault]
        assert end.elapsed_s < _LONG_S
    server.describing = {}
    ends = reader.read(dict.fromkeys(range(3), _LONG_S))
    assert [end.text for (end,) in ends.values()] == ["page 0", "page 1", "page 2"]


@pytest.mark.parametrize("fault", [Fault.CLOSED, Fault.HTML, Fault.REDIRECT, Fault.HTTP_404, Fault.HTTP_502])
def test_a_server_that_does_not_say_what_it_offers(server: FaultyServer, reader: PageReader, fault: Fault) -> None:
    server.describing = {Step.INFO: fault}
    (end,) = reader.read({1: _LONG_S})[1]
    assert end.error is not None
    assert (type(end.error), end.error.kind) == _BROKEN
    server.describing = {}
    assert reader.read({1: _LONG_S})[1][0].text == "page 1"


def test_a_deadline_holds_while_the_server_is_asked_what_it_is(server: FaultyServer, reader: PageReader) -> None:
    server.describing = {Step.CONFIG: Fault.HANG}
    ends = reader.read({1: 0.3, 2: 0.4, 3: 0.5})
    for number, limit_s in ((1, 0.3), (2, 0.4), (3, 0.5)):
        (end,) = ends[number]
        assert isinstance(end.error, JobTimeout)
        assert end.elapsed_s < limit_s + _GRACE_S


def test_a_fault_of_one_page_does_not_make_the_next_one_ask_everything_anew(
    server: FaultyServer, reader: PageReader
) -> None:
    """One look at whether it is still the same server is enough; after a restart everything is asked."""
    reader.engine.endpoint(CancelToken())
    server.faults = {1: (Step.STREAM, Fault.RESET)}
    asked = server.counts[Step.INFO]
    for _ in range(2):
        reader.read({1: _LONG_S})
        assert reader.read({2: _LONG_S})[2][0].text == "page 2"
    assert server.counts[Step.INFO] == asked
    reader.read({1: _LONG_S})
    server.restart()
    assert reader.read({2: _LONG_S})[2][0].text == "page 2"
    assert server.counts[Step.INFO] == asked + 1


def test_refused_and_accepted_without_an_answer(closed_url: str, tmp_path: Path) -> None:
    """Nobody listens; and somebody does, but never says a word."""
    with raw_server() as mute:
        mute.reply = Reply(body=b"", silent=True)
        for url, kind in ((closed_url, "server_not_answering"), (mute.url, "server_silent")):
            reader = PageReader(url, tmp_path, _LIMITS)
            ends = reader.read(dict.fromkeys(range(3), _LONG_S))
            reader.transport.close()
            assert [end.error and end.error.kind for (end,) in ends.values()] == [kind] * 3
            assert max(end.elapsed_s for (end,) in ends.values()) < _LONG_S / 2


def test_a_server_without_a_queue_is_none_of_gradios(tmp_path: Path) -> None:
    """Also when its health is looked at before anything is sent there."""
    with raw_server() as web:
        web.reply = Reply(404)
        reader = PageReader(web.url, tmp_path)
        health = reader.engine.probe(CancelToken())
        reader.transport.close()
    assert health.error is not None
    assert health.error.kind == "server_not_gradio"


@pytest.mark.parametrize(
    "config",
    [
        b'{"protocol": "sse_v3", "dependencies": [], "components": []}',
        b'{"version": "3.36.1", "protocol": "sse_v3", "dependencies": [], "components": []}',
        b'{"version": "6.31.0", "protocol": "sse_v3", "api_prefix": "http://%s/", "dependencies": []}',
    ],
    ids=["no version", "old version", "prefix of another host"],
)
def test_only_the_server_itself_is_asked(tmp_path: Path, config: bytes) -> None:
    """Gradio's client would send the description of an old server to a host on the internet."""
    with raw_server() as odd, raw_server() as elsewhere:
        host = elsewhere.url.removeprefix("http://").encode()
        odd.replies["/config"] = Reply(body=config.replace(b"%s", host))
        reader = PageReader(odd.url, tmp_path)
        (end,) = reader.read({1: _LONG_S})[1]
        reader.transport.close()
        assert isinstance(end.error, ServerUnavailable)
        assert end.error.kind in ("server_not_gradio", "server_no_endpoint")
        assert odd.requests == ["/config"]
        assert elsewhere.requests == []
