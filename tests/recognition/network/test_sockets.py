"""The sockets under a session: kept, counted, and closed when they should be."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import trustme

from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.http import HttpSession, Sockets
from glmocr_desktop.recognition.network.transport import Transport
from tests.support.guarded import GuardedServer, guarded_server
from tests.support.raw_http import Reply, raw_server

_LIMIT_S = 20


def _session(transport: Transport, url: str, idle_timeout_s: float = 4.0, ca_file: str = "") -> HttpSession:
    access = Access(url, ca_file=ca_file)
    return transport.session(url, connections=2, idle_timeout_s=idle_timeout_s, access=access)


def _run(transport: Transport, work: Coroutine[Any, Any, Any]) -> Any:
    return transport.submit(work).result(_LIMIT_S)


def _error(transport: Transport, work: Coroutine[Any, Any, Any]) -> OcrError:
    with pytest.raises(OcrError) as caught:
        _run(transport, work)
    assert str(caught.value)
    return caught.value


async def _all(session: HttpSession, connect_s: float = 3.0) -> list[dict[str, Any]]:
    return [message async for message in session.events("/data", {}, connect_s=connect_s)]


def _listening(transport: Transport, session: HttpSession) -> Future[None]:
    """A stream that has brought its first message, and brings no more."""
    begun = threading.Event()

    async def listen() -> None:
        async for _ in session.events("/silent", {}):
            begun.set()

    future = transport.submit(listen())
    assert begun.wait(_LIMIT_S)
    return future


@contextmanager
def _deaf_server() -> Iterator[tuple[str, Callable[[], int]]]:
    """A server that takes connections but reads nothing, until it is asked how much came before the end."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        listener.settimeout(_LIMIT_S)

        def read_all() -> int:
            client, _ = listener.accept()
            client.settimeout(_LIMIT_S)
            total = 0
            with client:
                try:
                    while piece := client.recv(1 << 20):
                        total += len(piece)
                except ConnectionResetError:
                    pass
            return total

        yield f"http://127.0.0.1:{listener.getsockname()[1]}", read_all


def test_a_socket_is_used_again(transport: Transport, guarded: GuardedServer) -> None:
    session = _session(transport, guarded.url)
    for _ in range(5):
        _run(transport, session.post_json("/x", {"a": 1}))
    assert guarded.opened == 1
    assert session.sockets == Sockets(opened=1, closed=0, in_use=0, idle=1)


def test_idle_sockets_are_closed_although_nothing_more_is_asked(transport: Transport, guarded: GuardedServer) -> None:
    session = _session(transport, guarded.url, idle_timeout_s=0.2)

    async def several() -> None:
        await asyncio.gather(*(session.get_json("/x") for _ in range(4)))

    _run(transport, several())
    guarded.wait_for_open(0, limit_s=5)
    assert session.sockets.idle == 0
    assert session.sockets.closed == session.sockets.opened == guarded.opened


def test_a_socket_that_the_server_closed_is_replaced(transport: Transport) -> None:
    """It is not used for a page, which would be lost with it."""
    with raw_server() as raw:  # closes after every answer, and says so by closing only
        session = _session(transport, raw.url)
        for _ in range(3):
            assert _run(transport, session.post_json("/x", {})) == {}
        assert session.sockets.opened == 3
        assert session.sockets.in_use == 0


def test_sockets_before_during_and_after_a_stream(transport: Transport, guarded: GuardedServer) -> None:
    session = _session(transport, guarded.url)
    assert session.sockets == Sockets()
    future = _listening(transport, session)
    _run(transport, session.get_json("/x"))
    assert session.sockets == Sockets(opened=2, closed=0, in_use=1, idle=1)
    future.cancel()
    guarded.wait_for_open(1)
    assert session.sockets == Sockets(opened=2, closed=1, in_use=0, idle=1)


def test_a_session_that_is_closed_has_no_sockets(guarded: GuardedServer) -> None:
    transport = Transport()
    session = _session(transport, guarded.url)
    _run(transport, session.get_json("/x"))
    transport.close()
    guarded.wait_for_open(0)
    assert session.sockets == Sockets(opened=1, closed=1, in_use=0, idle=0)


def test_a_cancelled_stream_over_tls_closes_at_once(transport: Transport, tmp_path: Any) -> None:
    """Without waiting for the other side's part in ending TLS, which a server that hangs does not do."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with guarded_server(context) as secured:
        session = _session(transport, secured.url, ca_file=str(tmp_path / "ca.pem"))
        _listening(transport, session).cancel()
        secured.wait_for_open(0)
        assert session.sockets == Sockets(opened=1, closed=1, in_use=0, idle=0)


def test_a_cancelled_upload_is_not_sent_to_its_end(transport: Transport) -> None:
    """A server that takes nothing would hold its socket for ever."""
    content = bytes(30_000_000)
    with _deaf_server() as (url, read_all):
        session = _session(transport, url)
        future = transport.submit(session.upload("/upload", "page.png", content, "image/png"))
        with pytest.raises(TimeoutError):
            future.result(0.3)
        assert session.sockets.in_use == 1
        future.cancel()
        assert 0 < read_all() < len(content)
        assert session.sockets == Sockets(opened=1, closed=1, in_use=0, idle=0)


def test_an_upload_has_its_limit(transport: Transport) -> None:
    with _deaf_server() as (url, _):
        session = _session(transport, url)
        caught = _error(transport, session.upload("/u", "page.png", bytes(30_000_000), "image/png", limit_s=0.2))
        assert (caught.kind, caught.values["limit_s"]) == ("upload_slow", 0.2)
        assert session.sockets.closed == 1


def test_connecting_has_its_limit(transport: Transport) -> None:
    """A server that takes the connection but never answers the greeting of TLS."""
    with _deaf_server() as (url, _):
        session = _session(transport, url.replace("http:", "https:"))
        for work, limit_s in (
            (session.post_json("/x", {}, connect_s=0.2), 0.2),
            (session.upload("/x", "a", b"b", "c", connect_s=0.2), 0.2),
            (_all(session, connect_s=0.2), 0.2),
            (session.get_json("/x", limit_s=0.1), 0.1),
        ):
            caught = _error(transport, work)
            assert (caught.kind, caught.values["limit_s"]) == ("connect_slow", limit_s)
        assert session.sockets.opened == session.sockets.closed == 4


_HANGING = """
import socket, threading
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.transport import Transport

asked = threading.Event()

def hang(*_):
    asked.set()
    threading.Event().wait()

socket.getaddrinfo = hang
transport = Transport()
url = "http://server.example"
session = transport.session(url, connections=1, idle_timeout_s=4, access=Access(url))
transport.submit(session.get_json("/x"))
assert asked.wait(20)
transport.close()
print("closed", flush=True)
"""


def test_a_name_server_that_hangs_does_not_keep_the_program() -> None:
    ended = subprocess.run([sys.executable, "-c", _HANGING], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "closed\n", "")


@pytest.mark.parametrize("size", [0, 3_000_000])
def test_an_upload_arrives_as_it_is(transport: Transport, guarded: GuardedServer, size: int) -> None:
    content = bytes(range(256)) * (size // 256)
    _run(transport, _session(transport, guarded.url).upload("/upload", "page.png", content, "image/png"))
    body = guarded.seen[0].body
    head, _, rest = body.partition(b"\r\n\r\n")
    boundary = head.partition(b"\r\n")[0]
    assert b'name="files"; filename="page.png"' in head
    assert b"Content-Type: image/png" in head
    assert rest == content + b"\r\n" + boundary + b"--\r\n"


def test_a_large_document_is_posted(transport: Transport, guarded: GuardedServer) -> None:
    """A page as base64 inside of JSON."""
    _run(transport, _session(transport, guarded.url).post_json("/x", {"image": "A" * 3_000_000}))
    assert len(guarded.seen[0].body) == 3_000_013


def test_messages_end_at_line_feeds_only(transport: Transport, guarded: GuardedServer) -> None:
    """Not at the other ends of lines that Unicode knows, which stand in a text as they are."""
    text = "a\u2028b\u2029c\u0085d\x0be"
    guarded.answers["/data"] = ({}, 'data: {{"text": "{}"}}\n\n'.format(text.replace("\x0b", "\\u000b")).encode())
    assert _run(transport, _all(_session(transport, guarded.url))) == [{"text": text}]


def test_a_message_may_come_in_many_pieces(transport: Transport, guarded: GuardedServer) -> None:
    long = "中" * 300_000
    guarded.answers["/data"] = ({}, f'data: {{"text": "{long}"}}\n\ndata: {{"n": 2}}'.encode())
    assert _run(transport, _all(_session(transport, guarded.url))) == [{"text": long}, {"n": 2}]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "compressed"])
def test_an_answer_that_is_too_large(transport: Transport, packed: bool) -> None:
    """Counted as it is after unpacking: 20 kB can become 20 MB."""
    body = b"data: " + b"0" * 20_000_001
    headers = {"Content-Encoding": "gzip"} if packed else {}
    with raw_server() as raw:
        raw.reply = Reply(body=gzip.compress(body) if packed else body, headers=headers)
        session = _session(transport, raw.url)
        for work in (session.get_json("/x"), _all(session)):
            assert _error(transport, work).kind == "answer_too_large"
        assert session.sockets.in_use == session.sockets.idle == 0


def test_an_answer_that_comes_compressed_is_read(transport: Transport) -> None:
    with raw_server() as raw:
        raw.reply = Reply(body=gzip.compress(b'{"a": 1}'), headers={"Content-Encoding": "gzip"})
        assert _run(transport, _session(transport, raw.url).get_json("/x")) == {"a": 1}
