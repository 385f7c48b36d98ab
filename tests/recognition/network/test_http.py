"""What a server can do wrong becomes one of our errors; nothing goes where it should not."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

from glmocr_desktop.core.errors import OcrError, RecognitionError, ServerBusy, ServerUnavailable
from glmocr_desktop.recognition.discovery import discover
from glmocr_desktop.recognition.network.access import Access, is_loopback
from glmocr_desktop.recognition.network.http import HttpSession
from glmocr_desktop.recognition.network.transport import Transport
from tests.support.raw_http import RawServer, Reply, raw_server


@pytest.fixture
def raw() -> Iterator[RawServer]:
    with raw_server() as running:
        yield running


def _session(transport: Transport, url: str) -> HttpSession:
    return transport.session(url, connections=2, idle_timeout_s=4.0, access=Access(url))


def _run(transport: Transport, work: Coroutine[Any, Any, Any]) -> Any:
    return transport.submit(work).result(20)


def _error(transport: Transport, work: Coroutine[Any, Any, Any]) -> OcrError:
    with pytest.raises(OcrError) as caught:
        _run(transport, work)
    assert str(caught.value)  # the sentence has all its values
    return caught.value


async def _all(session: HttpSession) -> list[dict[str, Any]]:
    return [message async for message in session.events("/queue/data", {"session_hash": "x"})]


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (301, ServerUnavailable, "server_broken"),
        (302, ServerUnavailable, "server_broken"),
        (307, ServerUnavailable, "server_broken"),
        (400, RecognitionError, "server_refused"),
        (401, ServerUnavailable, "server_needs_login"),
        (403, ServerUnavailable, "server_needs_login"),
        (404, ServerUnavailable, "server_broken"),
        (413, RecognitionError, "server_refused"),
        (422, RecognitionError, "server_refused"),
        (429, ServerBusy, "server_busy"),
        (500, ServerUnavailable, "server_broken"),
        (502, ServerUnavailable, "server_broken"),
        (503, ServerBusy, "server_busy"),
    ],
)
def test_each_status_has_its_error(
    transport: Transport, raw: RawServer, status: int, error: type[OcrError], kind: str
) -> None:
    raw.reply = Reply(status)
    session = _session(transport, raw.url)
    for work in (
        session.get_json("/x"),
        session.post_json("/x", {}),
        session.upload("/x", "a", b"b", "c"),
        _all(session),
    ):
        caught = _error(transport, work)
        assert (type(caught), caught.kind) == (error, kind)


@pytest.mark.parametrize("body", [b"", b"<html>It works!</html>", b"{", b"\xff\xfe", b"[" * 100_000])
def test_an_answer_that_is_no_json(transport: Transport, raw: RawServer, body: bytes) -> None:
    raw.reply = Reply(body=body, headers={"Content-Type": "text/html"})
    caught = _error(transport, _session(transport, raw.url).get_json("/x"))
    assert (caught.kind, caught.values["detail"]) == ("server_broken", "its answer makes no sense")


@pytest.mark.parametrize("reply", [Reply(closed=True), Reply(body=b"{", short=10)], ids=["at once", "in the middle"])
def test_a_connection_that_is_closed(transport: Transport, raw: RawServer, reply: Reply) -> None:
    raw.reply = reply
    session = _session(transport, raw.url)
    for work in (session.get_json("/x"), _all(session)):
        caught = _error(transport, work)
        assert (type(caught), caught.kind) == (ServerUnavailable, "server_broken")


def test_nobody_listens(transport: Transport, closed_url: str) -> None:
    session = _session(transport, closed_url)
    for work in (session.get_json("/x"), _all(session)):
        assert _error(transport, work).kind == "server_not_answering"


def test_a_host_that_does_not_exist(transport: Transport) -> None:
    assert (
        _error(transport, _session(transport, "http://nosuchhost.invalid").get_json("/x")).kind
        == "server_not_answering"
    )


def test_silence_ends_a_stream(transport: Transport, raw: RawServer) -> None:
    """What came before the silence has been passed on."""
    raw.reply = Reply(body=b'data: {"msg": "estimation"}\n\n', silent=True)
    session = _session(transport, raw.url)
    seen: list[Any] = []

    async def listen() -> None:
        async for message in session.events("/queue/data", {}, silence_s=0.2):
            seen.append(message)  # noqa: PERF401 - what came before the error counts

    caught = _error(transport, listen())
    assert (caught.kind, caught.values["limit_s"]) == ("server_silent", 0.2)
    assert seen == [{"msg": "estimation"}]


def test_silence_ends_a_request(transport: Transport, raw: RawServer) -> None:
    raw.reply = Reply(body=b"{", silent=True)
    caught = _error(transport, _session(transport, raw.url).get_json("/x", limit_s=0.2))
    assert (caught.kind, caught.values["limit_s"]) == ("server_silent", 0.2)


@pytest.mark.parametrize("line", [b"data: {", b"data: [1]", b"data: null", b"data:", b"data: \xff"])
def test_messages_that_make_no_sense(transport: Transport, raw: RawServer, line: bytes) -> None:
    raw.reply = Reply(body=line + b"\n\n")
    assert _error(transport, _all(_session(transport, raw.url))).kind == "server_broken"


def test_a_stream_of_messages_with_noise_between(transport: Transport, raw: RawServer) -> None:
    raw.reply = Reply(
        body=b': comment\r\nevent: x\r\ndata: {"a": 1}\r\n\r\ndata:{"b":\xe4\xb8\xad}\n\n'.replace(
            b"\xe4\xb8\xad", b'"\xe4\xb8\xad"'
        )
    )
    assert _run(transport, _all(_session(transport, raw.url))) == [{"a": 1}, {"b": "中"}]


def test_redirects_are_not_followed(transport: Transport, raw: RawServer) -> None:
    """A document for this computer only must not be sent on to another one."""
    with raw_server() as elsewhere:
        raw.reply = Reply(307, headers={"Location": f"{elsewhere.url}/stolen"})
        session = _session(transport, raw.url)
        for work in (
            session.upload("/upload", "page.png", b"secret", "image/png"),
            session.get_json("/x"),
            _all(session),
        ):
            assert _error(transport, work).kind == "server_broken"
        assert _error(transport, discover(transport, session)).kind.startswith("server_")
        assert elsewhere.requests == []


def test_a_proxy_is_not_asked_for_this_computer(
    transport: Transport, raw: RawServer, monkeypatch: pytest.MonkeyPatch, closed_url: str
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, closed_url)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert _run(transport, _session(transport, raw.url).get_json("/x")) == {}


@pytest.mark.parametrize(
    ("url", "here"),
    [
        *(
            ("http://localhost:1", True),
            ("http://127.0.0.1", True),
            ("http://127.9.9.9", True),
            ("http://[::1]:7", True),
        ),
        *(("http://LOCALHOST", True), ("http://192.168.1.2", False), ("http://localhost.evil.example", False)),
        *(("http://127.0.0.1.evil.example", False), ("http://[fe80::1]", False), ("nonsense", False)),
    ],
)
def test_which_addresses_are_on_this_computer(url: str, here: bool) -> None:
    assert is_loopback(url) is here


@pytest.mark.parametrize(
    "config",
    [
        b"{}",
        b"[]",
        b'"text"',
        b'{"version": "6.0.0", "protocol": "sse_v3", "dependencies": [], "components": []}',
        b'{"version": "6.0.0", "protocol": "ws", "dependencies": [], "components": []}',
        b'{"version": "6.0.0", "protocol": "sse_v3", "dependencies": [{"id": 0, "api_name": "predict"}]}',
        b"<html><body>Apache</body></html>",
    ],
    ids=range(7),
)
def test_a_server_that_is_no_gradio_server(transport: Transport, raw: RawServer, config: bytes) -> None:
    """Whatever it answers, a sentence comes out."""
    raw.reply = Reply(body=config)
    caught = _error(transport, discover(transport, _session(transport, raw.url)))
    assert isinstance(caught, ServerUnavailable)


def test_discovery_of_a_server_that_asks_for_a_login(transport: Transport, raw: RawServer) -> None:
    raw.reply = Reply(401, b'{"detail": "Not authenticated"}')
    assert _error(transport, discover(transport, _session(transport, raw.url))).kind == "server_needs_login"
