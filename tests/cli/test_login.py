"""``login``, ``logout`` and ``trust``: what they ask, store and say."""

from __future__ import annotations

import getpass
import io
import json
import logging
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from glmocr_desktop.cli import main
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import home_dirs, save
from glmocr_desktop.recognition.network.access import fetch_certificate
from tests.support.guarded import GuardedServer, guarded_server
from tests.support.keyrings import MemoryKeyring
from tests.support.pages import numbered_image
from tests.support.proxy import running_proxy
from tests.support.servers import ServerProcess

_PASSWORD = "pa55-wörd"


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[GuardedServer]:
    """A server with a self-signed certificate."""
    authority = trustme.CA()
    path = tmp_path / "server.pem"
    path.write_bytes(authority.private_key_pem.bytes() + authority.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with guarded_server(context) as running:
        yield running


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _type(monkeypatch: pytest.MonkeyPatch, text: str, *, terminal: bool = False) -> None:
    monkeypatch.setattr(sys, "stdin", _Terminal(text) if terminal else io.StringIO(text))


def _stored(memory: MemoryKeyring, url: str) -> dict[str, str]:
    value = json.loads(memory.stored["glmocr-desktop", url])
    assert isinstance(value, dict)
    return value


def test_a_login_by_a_script(
    guarded: GuardedServer,
    memory: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The password comes from standard input; the server says which kind it wants; pages can be read then."""
    guarded.login = ("ann", _PASSWORD)
    _type(monkeypatch, f"{_PASSWORD}\nmore\n")
    assert main(["login", "--server", guarded.url, "--user", "ann"]) == 0
    output, errors = capsys.readouterr()
    server = guarded.url.removeprefix("http://")
    assert output == f"The login for the server at {server} works, and is stored.\n"
    assert errors == ""
    assert _stored(memory, guarded.url) == {"kind": "gradio", "user": "ann", "password": _PASSWORD, "token": ""}
    assert not any(_PASSWORD in path.read_text() for path in home_dirs()[0].parent.rglob("*") if path.is_file())
    assert main(["logout", "--server", guarded.url]) == 0
    assert main(["logout", "--server", guarded.url]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"The login for the server at {server} is forgotten.",
        f"The login for the server at {server} was not stored.",
    ]
    assert memory.stored == {}


def test_pages_are_read_after_a_login(
    memory: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    """By a real server; neither the results nor the log have the password."""
    caplog.set_level(logging.DEBUG)
    server = ServerProcess(tmp_path, login=("ann", _PASSWORD))
    page = numbered_image(tmp_path, 7)
    arguments = ["recognize", str(page), "--server", server.url, "--engine", "server", "--json"]
    try:
        server.start()
        assert main(arguments) == 1
        assert json.loads(capsys.readouterr().out)["error"]["kind"] == "server_needs_login"
        for typed, code in (("wr0ng", 1), (_PASSWORD, 0)):
            _type(monkeypatch, f"{typed}\n")
            assert main(["login", "--server", server.url, "--user", "ann"]) == code
        assert "did not accept" in capsys.readouterr().err
        assert main(arguments) == 0
        output, errors = capsys.readouterr()
        assert json.loads(output)["text"] == "Text Recognition: page 7"
        assert _PASSWORD not in output + errors + caplog.text
    finally:
        server.kill()


@pytest.mark.parametrize("kind", ["basic", "bearer"])
def test_a_login_by_a_person(
    guarded: GuardedServer, memory: MemoryKeyring, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """For the server of the settings; the password is not shown while it is typed."""
    save(Settings(server_url=guarded.url))
    guarded.authorization = {"basic": "Basic YW5uOng=", "bearer": "Bearer x"}[kind]
    prompts = []

    def typed(prompt: str) -> str:
        prompts.append(prompt)
        return "x"

    monkeypatch.setattr(getpass, "getpass", typed)
    _type(monkeypatch, "ann\n", terminal=True)
    assert main(["login", "--kind", kind]) == 0
    assert prompts == ["Password: " if kind == "basic" else "Token: "]
    assert _stored(memory, guarded.url)["kind"] == kind


def test_a_wrong_login_is_not_stored(
    guarded: GuardedServer,
    memory: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    guarded.login = ("ann", _PASSWORD)
    _type(monkeypatch, "wr0ng\n")
    assert main(["login", "--server", guarded.url, "--user", "ann"]) == 1
    output, errors = capsys.readouterr()
    assert "did not accept the user name and password" in errors
    assert "wr0ng" not in output + errors
    assert memory.stored == {}


def test_a_server_without_a_login(
    guarded: GuardedServer, memory: MemoryKeyring, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["login", "--server", guarded.url]) == 0
    assert "asks for no login" in capsys.readouterr().out
    assert memory.stored == {}


@pytest.mark.parametrize(("arguments", "typed"), [([], "x\n"), (["--user", "ann"], ""), (["--kind", "bearer"], "\n")])
def test_a_login_that_is_incomplete(
    guarded: GuardedServer,
    memory: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    typed: str,
) -> None:
    guarded.login = ("ann", _PASSWORD)
    _type(monkeypatch, typed)
    assert main(["login", "--server", guarded.url, *arguments]) == 2
    assert "--user" in capsys.readouterr().err


def test_a_password_that_others_could_read(
    guarded: GuardedServer,
    memory: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of a server on another computer, without https: said before it is typed."""
    guarded.login = ("ann", _PASSWORD)
    _type(monkeypatch, f"{_PASSWORD}\n")
    with running_proxy(int(guarded.url.rpartition(":")[2])) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        assert main(["login", "--server", "http://ocr.example", "--user", "ann"]) == 0
    assert "not encrypted" in capsys.readouterr().err


def test_a_login_where_there_is_no_keyring(
    guarded: GuardedServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guarded.login = ("ann", _PASSWORD)
    _type(monkeypatch, f"{_PASSWORD}\n")
    assert main(["login", "--server", guarded.url, "--user", "ann"]) == 1
    assert "no password store" in capsys.readouterr().err


def test_a_server_that_does_not_answer(closed_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["login", "--server", closed_url]) == 1
    assert "is not answering" in capsys.readouterr().err
    assert main(["trust", closed_url.replace("http:", "https:")]) == 1
    assert "is not answering" in capsys.readouterr().err


@pytest.mark.parametrize("answer", ["y\n", "yes\n", " Y \n"])
def test_a_person_trusts_a_certificate(
    secured: GuardedServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    _type(monkeypatch, answer, terminal=True)
    host = secured.url.removeprefix("https://")
    assert main(["trust", host]) == 0
    output = capsys.readouterr().out
    certificate = fetch_certificate(secured.url)
    assert certificate.fingerprint in output
    assert str(certificate.valid_until) in output
    assert len(list((home_dirs()[0] / "certificates").iterdir())) == 1


@pytest.mark.parametrize("answer", ["n\n", "\n", "yesterday\n"])
def test_a_person_does_not_trust_a_certificate(
    secured: GuardedServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    _type(monkeypatch, answer, terminal=True)
    assert main(["trust", secured.url]) == 1
    assert "is not trusted" in capsys.readouterr().out
    assert not (home_dirs()[0] / "certificates").exists()


@pytest.mark.parametrize(
    ("given", "trusted"),
    [("exact", True), ("small", True), ("AB:CD", False), ("", None)],
)
def test_a_script_trusts_a_certificate(
    secured: GuardedServer, monkeypatch: pytest.MonkeyPatch, given: str, trusted: bool | None
) -> None:
    """By its fingerprint, as other programs write it, too."""
    fingerprint = fetch_certificate(secured.url).fingerprint
    written = {"exact": fingerprint, "small": "sha256:" + fingerprint.replace(":", "").lower()}.get(given, given)
    _type(monkeypatch, "")
    arguments = ["trust", secured.url, *(["--fingerprint", written] if written else [])]
    assert main(arguments) == {True: 0, False: 1, None: 2}[trusted]
    assert (home_dirs()[0] / "certificates").exists() is bool(trusted)
    if trusted is None:
        assert main([*arguments, "--yes"]) == 0


def test_trust_where_it_makes_no_sense(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, guarded: GuardedServer
) -> None:
    assert main(["trust", guarded.url]) == 1
    assert "does not begin with https" in capsys.readouterr().err
    assert main(["trust", "not an address"]) == 2
    monkeypatch.setenv("GLMOCR_LOCAL_ONLY", "1")
    assert main(["trust", "https://192.0.2.1"]) == 1
    assert "is another computer" in capsys.readouterr().err
    assert guarded.seen == []
