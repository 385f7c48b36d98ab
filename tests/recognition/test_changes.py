"""A server that becomes another one while pages are read: its certificate, its logins, what it offers."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.recognition.breaker import BreakerState
from tests.support.faults import Fault, Layout, Step
from tests.support.faulty_server import FaultyServer, faulty_server
from tests.support.reader import PageReader

_LONG_S = 20.0
_AT_ONCE_S = 5.0
_LOGIN = ("ann", "secret")


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_server() as running:
        yield running


@pytest.fixture
def reader(server: FaultyServer, tmp_path: Path) -> Iterator[PageReader]:
    started = PageReader(server.url, tmp_path)
    yield started
    started.transport.close()


def _texts(reader: PageReader, *numbers: int) -> list[str]:
    return [end.text for (end,) in reader.read(dict.fromkeys(numbers, _LONG_S)).values()]


def _kinds(reader: PageReader, *numbers: int) -> set[str]:
    return {end.kind for (end,) in reader.read(dict.fromkeys(numbers, _LONG_S)).values()}


def test_an_unknown_certificate(tmp_path: Path) -> None:
    """It is not taken for something else that is no GLM-OCR server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with faulty_server(context) as server:
        reader = PageReader(server.url, tmp_path)
        assert _kinds(reader, 1, 2) == {"certificate_unknown"}
        reader.transport.close()


def test_another_certificate(tmp_path: Path) -> None:
    """All pages end at once and say why; the server is not left alone for it, and is used when it is itself again."""
    contexts = [ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) for _ in range(2)]
    authorities = [trustme.CA() for _ in range(2)]
    for context, authority in zip(contexts, authorities, strict=True):
        authority.issue_cert("127.0.0.1").configure_cert(context)
    authorities[0].cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with faulty_server(contexts[0]) as server:
        reader = PageReader(server.url, tmp_path, ca_file=str(tmp_path / "ca.pem"))
        assert _texts(reader, 1, 2, 3) == ["page 1", "page 2", "page 3"]
    with faulty_server(contexts[1], server.port) as other:
        ends = reader.read(dict.fromkeys(range(6), _LONG_S))
        assert {end.kind for (end,) in ends.values()} == {"certificate_unknown"}
        assert max(end.elapsed_s for (end,) in ends.values()) < _AT_ONCE_S
        assert other.counts[Step.UPLOAD] == 0
        assert reader.engine.breaker.state is BreakerState.CLOSED
    with faulty_server(contexts[0], server.port):
        assert _texts(reader, 1, 4) == ["page 1", "page 4"]
    reader.transport.close()


def test_a_login_that_ends_in_the_middle_of_pages(
    server: FaultyServer, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their pages are there already, and then the server no longer knows who asks: one signs in again for all."""
    monkeypatch.setenv("GLMOCR_SERVER_USER", _LOGIN[0])
    monkeypatch.setenv("GLMOCR_SERVER_PASSWORD", _LOGIN[1])
    server.login = _LOGIN
    reader.engine.endpoint(CancelToken())
    server.faults = dict.fromkeys(range(6), (Step.UPLOAD, Fault.LATE))

    def end_logins() -> None:
        server.wait_until(lambda: server.counts["injected"] == 6)
        server.ticket = "second"

    ending = threading.Thread(target=end_logins)
    ending.start()
    assert _texts(reader, *range(6)) == [f"page {number}" for number in range(6)]
    ending.join()
    assert server.counts["/login"] == 2


def test_a_login_that_is_no_longer_right(
    server: FaultyServer, reader: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried once, not once for each page: servers lock out whoever tries too often."""
    monkeypatch.setenv("GLMOCR_SERVER_USER", _LOGIN[0])
    monkeypatch.setenv("GLMOCR_SERVER_PASSWORD", _LOGIN[1])
    server.login = _LOGIN
    assert _texts(reader, 1) == ["page 1"]
    server.login, server.ticket = ("ann", "changed"), "second"
    assert _kinds(reader, *range(6)) == {"login_refused"}
    assert server.counts["/login"] == 2
    assert reader.engine.breaker.state is BreakerState.CLOSED


def test_a_server_started_anew_without_the_pages_that_it_had(server: FaultyServer, reader: PageReader) -> None:
    """Nobody noticed: the page that was sent before is refused once, and then sent anew."""
    assert _texts(reader, 1) == ["page 1"]
    server.restart()
    assert _kinds(reader, 1) == {"server_refused"}
    assert _texts(reader, 1, 2) == ["page 1", "page 2"]
    assert server.counts[Step.UPLOAD] == 3


def test_a_server_started_anew_with_other_endpoints(server: FaultyServer, reader: PageReader) -> None:
    """Nobody noticed: one page is asked for as before and refused; from then on it is asked as it wants to be."""
    assert _texts(reader, 1) == ["page 1"]
    server.restart(Layout.SWAPPED)
    assert _kinds(reader, 2) == {"server_refused"}
    assert _texts(reader, 1, 2, 3) == ["page 1", "page 2", "page 3"]
    server.restart(Layout.PLAIN)
    assert _kinds(reader, 4) == {"server_refused"}
    assert _texts(reader, 1, 4) == ["page 1", "page 4"]
