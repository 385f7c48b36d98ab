"""Who may talk to whom: logins, this computer only, proxies. What is secret is told to nobody else."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import socket
import traceback
from collections.abc import Coroutine, Iterator
from typing import Any

import keyring
import pytest
from keyring.errors import KeyringError

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import OcrError, ServerUnavailable, SettingsError
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.network import sign_in
from glmocr_desktop.recognition.network.access import Access, Secret, SecretKind, forget_secret, store_secret
from glmocr_desktop.recognition.network.http import HttpSession
from glmocr_desktop.recognition.network.login import try_login, wanted_login
from glmocr_desktop.recognition.network.transport import Transport
from tests.support.guarded import COOKIE, GuardedServer, guarded_server
from tests.support.keyrings import MemoryKeyring
from tests.support.proxy import running_proxy

_LIMIT_S = 20
_PASSWORD = "pa55-wörd&=?"
_TOKEN = "t0k3n-0f-n0b0dy"
_GRADIO = Secret(SecretKind.GRADIO, "ann", _PASSWORD)
_BASIC = Secret(SecretKind.BASIC, "ann", _PASSWORD)
_BEARER = Secret(SecretKind.BEARER, token=_TOKEN)
_BASIC_HEADER = "Basic " + base64.b64encode(f"ann:{_PASSWORD}".encode()).decode()


@pytest.fixture(autouse=True)
def _nothing_secret_is_told(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, the log does not have the password."""
    caplog.set_level(logging.DEBUG)
    yield
    _check_silence(caplog.text)


def _check_silence(text: str) -> None:
    for secret in (_PASSWORD, _TOKEN, _BASIC_HEADER.removeprefix("Basic "), "pa55"):
        assert secret not in text


def _session(transport: Transport, url: str, settings: Settings | None = None) -> HttpSession:
    access = Access.of(settings or Settings(server_url=url), url)
    return transport.session(url, connections=4, idle_timeout_s=4.0, access=access)


def _run(transport: Transport, work: Coroutine[Any, Any, Any]) -> Any:
    return transport.submit(work).result(_LIMIT_S)


def _error(transport: Transport, work: Coroutine[Any, Any, Any]) -> OcrError:
    with pytest.raises(OcrError) as caught:
        _run(transport, work)
    told = "".join(traceback.format_exception(caught.value)) + str(caught.value) + repr(caught.value)
    _check_silence(told + json.dumps(caught.value.values))
    return caught.value


def _guard(server: GuardedServer, kind: SecretKind) -> Secret:
    """Let a server ask for a login of some kind; the right one."""
    if kind is SecretKind.GRADIO:
        server.login = ("ann", _PASSWORD)
        return _GRADIO
    if kind is SecretKind.BASIC:
        server.authorization, server.challenge = _BASIC_HEADER, 'Basic realm="ocr"'
        return _BASIC
    server.authorization, server.challenge = f"Bearer {_TOKEN}", "Bearer"
    return _BEARER


async def _every_kind_of_request(session: HttpSession) -> None:
    await session.post_json("/join", {})
    await session.upload("/upload", "page.png", b"png", "image/png")
    async for _ in session.events("/data", {}):
        pass
    await session.get_json("/x")


@pytest.mark.parametrize("kind", SecretKind)
def test_a_stored_login_is_used_when_the_server_asks(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring, kind: SecretKind
) -> None:
    """Once: the first request is refused and repeated, all others are let in."""
    store_secret(guarded.url, _guard(guarded, kind))
    memory.lookups.clear()
    _run(transport, _every_kind_of_request(_session(transport, guarded.url)))
    login = ["/login"] if kind is SecretKind.GRADIO else []
    assert guarded.paths == ["/join", *login, "/join", "/upload", "/data", "/x"]
    assert memory.lookups == [guarded.url]
    assert guarded.seen[0].authorization == guarded.seen[0].cookie == ""  # nothing was said before it was asked for


@pytest.mark.parametrize("first", ["upload", "events", "get"])
def test_each_kind_of_request_can_be_the_first(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring, first: str
) -> None:
    store_secret(guarded.url, _guard(guarded, SecretKind.BEARER))
    guarded.answers["/data"] = ({}, b'data: {"n": 1}\n\n')
    session = _session(transport, guarded.url)

    async def messages() -> list[Any]:
        return [each async for each in session.events("/data", {})]

    works = {"upload": session.upload("/u", "a", b"content", "b"), "events": messages(), "get": session.get_json("/x")}
    answer = _run(transport, works.pop(first))
    for rest in works.values():
        rest.close()
    assert answer == ([{"n": 1}] if first == "events" else {})
    if first == "upload":  # the whole content twice
        assert guarded.seen[0].body.count(b"content") == guarded.seen[1].body.count(b"content") == 1


def test_nobody_is_asked_for_a_login_that_is_not_needed(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring
) -> None:
    store_secret(guarded.url, _BEARER)
    memory.lookups.clear()
    _run(transport, _every_kind_of_request(_session(transport, guarded.url)))
    assert memory.lookups == []
    assert {each.authorization for each in guarded.seen} == {""}


def test_many_requests_share_one_login(transport: Transport, guarded: GuardedServer, memory: MemoryKeyring) -> None:
    store_secret(guarded.url, _guard(guarded, SecretKind.GRADIO))
    memory.lookups.clear()
    session = _session(transport, guarded.url)

    async def many() -> list[Any]:
        return await asyncio.gather(*(session.post_json("/x", {}) for _ in range(12)))

    assert _run(transport, many()) == [{}] * 12
    assert guarded.paths.count("/login") == 1
    assert len(memory.lookups) == 1


@pytest.mark.parametrize("kind", SecretKind)
def test_a_wrong_login_is_tried_once(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring, kind: SecretKind
) -> None:
    """Not again for each page: many servers lock somebody out who is wrong too often."""
    right = _guard(guarded, kind)
    store_secret(guarded.url, Secret(kind, "ann", "wrong", "wrong"))
    memory.lookups.clear()
    session = _session(transport, guarded.url)
    for _ in range(3):
        caught = _error(transport, session.get_json("/x"))
        assert (type(caught), caught.kind) == (ServerUnavailable, "login_refused")
    tried = [each for each in guarded.seen if each.authorization or each.path == "/login"]
    assert len(tried) == 1
    assert memory.lookups == [guarded.url]
    store_secret(guarded.url, right)  # as the window does while pages wait
    assert _run(transport, session.get_json("/x")) == {}


def test_many_requests_with_a_wrong_login(transport: Transport, guarded: GuardedServer, memory: MemoryKeyring) -> None:
    _guard(guarded, SecretKind.BEARER)
    store_secret(guarded.url, Secret(SecretKind.BEARER, token="wrong"))
    session = _session(transport, guarded.url)

    async def many() -> list[Any]:
        return await asyncio.gather(*(session.post_json("/x", {}) for _ in range(8)), return_exceptions=True)

    assert {error.kind for error in _run(transport, many())} == {"login_refused"}
    assert len(memory.lookups) <= 3  # storing it looks, too


def test_a_login_that_has_expired_is_renewed(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring
) -> None:
    store_secret(guarded.url, _guard(guarded, SecretKind.GRADIO))
    session = _session(transport, guarded.url)
    for ticket in ("first", "second", "third"):
        guarded.ticket = ticket
        for _ in range(3):
            assert _run(transport, session.get_json("/x")) == {}
    assert guarded.paths.count("/login") == 3


def test_without_a_login_the_sentence_says_so(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring
) -> None:
    """And the keyring is not asked again and again by the health checks."""
    _guard(guarded, SecretKind.BASIC)
    session = _session(transport, guarded.url)
    for _ in range(3):
        assert _error(transport, session.get_json("/x")).kind == "server_needs_login"
    assert memory.lookups == [guarded.url]


def test_a_person_may_take_time_to_unlock_the_keyring(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring
) -> None:
    """That time is nobody's limit; what does not need the login goes on."""
    store_secret(guarded.url, _guard(guarded, SecretKind.GRADIO))
    memory.opened.clear()
    session = _session(transport, guarded.url)
    future = transport.submit(session.get_json("/x", limit_s=0.2))
    with pytest.raises(TimeoutError):
        future.result(0.5)
    memory.opened.set()
    assert future.result(_LIMIT_S) == {}


def test_a_job_that_is_cancelled_does_not_end_the_login_of_others(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring
) -> None:
    store_secret(guarded.url, _guard(guarded, SecretKind.GRADIO))
    memory.opened.clear()
    session = _session(transport, guarded.url)
    first, second = (transport.submit(session.get_json("/x")) for _ in range(2))
    with pytest.raises(TimeoutError):
        first.result(0.3)
    first.cancel()
    memory.opened.set()
    assert second.result(_LIMIT_S) == {}


def test_a_keyring_that_waits_for_a_person_who_is_not_there(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_secret(guarded.url, _guard(guarded, SecretKind.GRADIO))
    monkeypatch.setattr(sign_in, "_PERSON_S", 0.1)
    memory.opened.clear()
    assert _error(transport, _session(transport, guarded.url).get_json("/x")).kind == "password_store_locked"


def test_a_locked_keyring(transport: Transport, guarded: GuardedServer, memory: MemoryKeyring) -> None:
    _guard(guarded, SecretKind.BASIC)
    memory.locked = True
    assert _error(transport, _session(transport, guarded.url).get_json("/x")).kind == "password_store_locked"
    with pytest.raises(ServerUnavailable) as caught:
        forget_secret(guarded.url)
    assert caught.value.kind == "password_store_locked"


@pytest.mark.parametrize("backend", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring"])
def test_without_a_keyring_a_login_is_kept_for_this_run(
    transport: Transport, guarded: GuardedServer, backend: str
) -> None:
    secret = _guard(guarded, SecretKind.BEARER)
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.core.load_keyring(backend))
    try:
        with pytest.raises(SettingsError) as caught:
            store_secret(guarded.url, secret)
        assert caught.value.kind == "no_password_store"
        assert _run(transport, _session(transport, guarded.url).get_json("/x")) == {}
        assert forget_secret(guarded.url)
        assert _error(transport, _session(transport, guarded.url).get_json("/x")).kind == "server_needs_login"
    finally:
        keyring.set_keyring(before)


def test_what_is_stored_and_forgotten(memory: MemoryKeyring) -> None:
    store_secret("http://a", _BASIC)
    assert list(memory.stored) == [("glmocr-desktop", "http://a")]
    assert Access("http://a").secret(basic=True) == _BASIC
    assert Access("http://b").secret(basic=True) is None
    assert forget_secret("http://a")
    assert not forget_secret("http://a")
    assert memory.stored == {}


@pytest.mark.parametrize("content", ["nonsense", "[]", '{"kind": "poem"}', '{"kind": "basic", "user": "ann"}'])
def test_something_else_under_our_name_in_the_keyring(memory: MemoryKeyring, content: str) -> None:
    memory.stored["glmocr-desktop", "http://a"] = content
    assert Access("http://a").secret(basic=False) is None


def test_a_keyring_that_breaks_when_storing(memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: str) -> None:
        raise KeyringError("the bus is gone")

    monkeypatch.setattr(memory, "set_password", broken)
    with pytest.raises(SettingsError, match="no password store"):
        store_secret("http://c", _BASIC)
    forget_secret("http://c")


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ({"GLMOCR_SERVER_TOKEN": _TOKEN}, SecretKind.BEARER),
        ({"GLMOCR_SERVER_USER": "ann", "GLMOCR_SERVER_PASSWORD": _PASSWORD}, SecretKind.GRADIO),
        ({"GLMOCR_SERVER_USER": "ann", "GLMOCR_SERVER_PASSWORD": _PASSWORD}, SecretKind.BASIC),
    ],
)
def test_a_script_gives_its_login_by_the_environment(
    transport: Transport,
    guarded: GuardedServer,
    memory: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    kind: SecretKind,
) -> None:
    """The keyring is not opened for it; and only the servers of this run are told."""
    _guard(guarded, kind)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert _run(transport, _session(transport, guarded.url).get_json("/x")) == {}
    assert memory.lookups == []
    elsewhere = _session(transport, guarded.url, Settings(server_url="http://another.example"))
    assert _error(transport, elsewhere.get_json("/x")).kind == "server_needs_login"


def test_a_login_is_not_sent_to_where_a_server_points(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring
) -> None:
    store_secret(guarded.url, _guard(guarded, SecretKind.BEARER))
    with guarded_server() as elsewhere:
        session = _session(transport, guarded.url)
        _run(transport, session.get_json("/x"))
        other = _session(transport, elsewhere.url)
        elsewhere.authorization = "Bearer other"
        assert _error(transport, other.get_json("/x")).kind == "server_needs_login"
        assert {each.authorization for each in elsewhere.seen} == {""}


def test_cookies_stay_with_their_server(transport: Transport, guarded: GuardedServer, memory: MemoryKeyring) -> None:
    """Two servers of one computer differ in their ports only, which cookies know nothing of."""
    store_secret(guarded.url, _guard(guarded, SecretKind.GRADIO))
    with guarded_server() as elsewhere:
        _run(transport, _session(transport, guarded.url).get_json("/x"))
        _run(transport, _session(transport, elsewhere.url).get_json("/x"))
        assert COOKIE in guarded.seen[-1].cookie
        assert elsewhere.seen[-1].cookie == ""


def test_what_is_secret_is_not_shown(transport: Transport) -> None:
    for secret in (_GRADIO, _BASIC, _BEARER):
        shown = f"{secret!r} {secret} {Access('http://a', given=secret)!r}"
        _check_silence(shown)
        assert secret.kind.value in shown.partition(">")[0]


def test_the_kind_of_login_that_a_server_wants(guarded: GuardedServer, memory: MemoryKeyring) -> None:
    """Found without telling it anything, also when a login is stored."""
    settings = Settings(server_url=guarded.url)
    assert wanted_login(settings, guarded.url, CancelToken()) is None
    store_secret(guarded.url, _guard(guarded, SecretKind.BASIC))
    assert wanted_login(settings, guarded.url, CancelToken()) is SecretKind.BASIC
    guarded.challenge = ""
    assert wanted_login(settings, guarded.url, CancelToken()) is SecretKind.GRADIO
    assert {each.authorization for each in guarded.seen} == {""}


def test_trying_a_login_that_is_not_stored(guarded: GuardedServer, memory: MemoryKeyring) -> None:
    settings = Settings(server_url=guarded.url)
    right = _guard(guarded, SecretKind.GRADIO)
    try_login(settings, guarded.url, right, CancelToken())
    with pytest.raises(ServerUnavailable) as caught:
        try_login(settings, guarded.url, Secret(SecretKind.GRADIO, "ann", "wrong"), CancelToken())
    assert caught.value.kind == "login_refused"
    assert memory.stored == {}
    assert memory.lookups == []


@pytest.mark.parametrize("url", ["http://192.0.2.1:7860", "http://server.example", "http://127.0.0.1.nip.example"])
def test_another_computer_is_refused_before_anything_is_sent(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    """Not even its name is looked up."""
    asked: list[Any] = []

    def find(host: str, *_: object) -> list[Any]:
        asked.append(host)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", find)
    session = _session(transport, url, Settings(server_url=url, local_only=True))
    works = (session.get_json("/x"), session.upload("/x", "a", b"b", "c"), session.post_json("/x", {}))
    assert {_error(transport, work).kind for work in works} == {"not_this_computer"}
    assert asked == []
    assert session.sockets.opened == 0


@pytest.mark.parametrize("address", [("192.0.2.1",), ("192.0.2.1", "192.0.2.2")])
def test_a_localhost_that_is_another_computer(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, address: tuple[str, ...]
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 7860)) for each in address]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    url = "http://localhost:7860"
    session = _session(transport, url, Settings(server_url=url, local_only=True))
    assert _error(transport, session.get_json("/x")).kind == "not_this_computer"
    assert session.sockets.opened == 0


def test_this_computer_by_its_name(transport: Transport, guarded: GuardedServer) -> None:
    url = guarded.url.replace("127.0.0.1", "localhost")
    session = _session(transport, url, Settings(server_url=url, local_only=True))
    assert _run(transport, session.get_json("/x")) == {}


def _use_proxy(monkeypatch: pytest.MonkeyPatch, url: str, excepted: str = "") -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("all_proxy", url)
    monkeypatch.setenv("no_proxy", excepted)


def test_another_computer_is_reached_through_the_proxy(
    transport: Transport, guarded: GuardedServer, memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the server's login for the server, and the proxy's for the proxy; under a path, as behind another server."""
    port = int(guarded.url.rpartition(":")[2])
    with running_proxy(port) as proxy:
        _use_proxy(monkeypatch, proxy.url.replace("//", "//bob:pr0xy@"))
        url = "http://server.example/glm"
        store_secret(url, _guard(guarded, SecretKind.BEARER))
        assert _run(transport, _session(transport, url).get_json("/config")) == {}
        assert proxy.asked == ["GET http://server.example/glm/config"] * 2
        assert guarded.paths == ["/glm/config", "/glm/config"]
        assert set(proxy.authorizations) == {"Basic " + base64.b64encode(b"bob:pr0xy").decode()}


def test_hosts_that_need_no_proxy(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, closed_url: str, guarded: GuardedServer
) -> None:
    port = int(guarded.url.rpartition(":")[2])
    with running_proxy(port) as proxy:
        _use_proxy(monkeypatch, proxy.url, excepted="server.invalid")
        assert (
            _error(transport, _session(transport, "http://server.invalid").get_json("/x")).kind
            == "server_not_answering"
        )
        assert proxy.asked == []


def test_a_proxy_that_is_not_there(transport: Transport, monkeypatch: pytest.MonkeyPatch, closed_url: str) -> None:
    _use_proxy(monkeypatch, closed_url)
    session = _session(transport, "http://server.example")
    assert _error(transport, session.get_json("/x")).kind == "server_not_answering"


def test_a_proxy_of_an_unknown_kind(transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    _use_proxy(monkeypatch, "socks5://ann:pa55@127.0.0.1:1")
    caught = _error(transport, _session(transport, "http://server.example").get_json("/x"))
    assert caught.kind == "proxy_unknown"
