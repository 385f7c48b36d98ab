"""Which servers are believed to be who they say: authorities, one exact certificate, and nothing else."""

from __future__ import annotations

import logging
import ssl
import stat
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from glmocr_desktop.core.errors import OcrError, ServerUnavailable, SettingsError
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import home_dirs
from glmocr_desktop.recognition.discovery import discover
from glmocr_desktop.recognition.network.access import (
    Access,
    Secret,
    SecretKind,
    fetch_certificate,
    store_secret,
    trust_certificate,
)
from glmocr_desktop.recognition.network.http import HttpSession
from glmocr_desktop.recognition.network.transport import Transport
from tests.support.guarded import guarded_server
from tests.support.keyrings import memory_keyring
from tests.support.proxy import running_proxy
from tests.support.servers import ServerProcess

_LIMIT_S = 20
_HERE = "127.0.0.1"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="The authority")


def _tls(*pem: bytes, folder: Path) -> ssl.SSLContext:
    """A server's side, with its key and its certificates."""
    path = folder / "server.pem"
    path.write_bytes(b"".join(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def _leaf(authority: trustme.CA, *hosts: str, days: int = 30) -> trustme.LeafCert:
    now = datetime.now(UTC)
    return authority.issue_cert(
        *(hosts or (_HERE,)), not_before=now - timedelta(days=60), not_after=now + timedelta(days=days)
    )


def _leaf_pem(leaf: trustme.LeafCert) -> bytes:
    return leaf.private_key_and_cert_chain_pem.bytes()


def _self_signed(authority: trustme.CA) -> bytes:
    return authority.private_key_pem.bytes() + authority.cert_pem.bytes()


def _session(transport: Transport, url: str, ca_file: str = "") -> HttpSession:
    access = Access.of(Settings(server_url=url, ca_file=ca_file), url)
    return transport.session(url, connections=2, idle_timeout_s=4.0, access=access)


def _run(transport: Transport, work: Coroutine[Any, Any, Any]) -> Any:
    return transport.submit(work).result(_LIMIT_S)


def _detail(transport: Transport, session: HttpSession) -> str:
    """Why a server's certificate is not trusted."""
    with pytest.raises(OcrError) as caught:
        _run(transport, session.get_json("/x"))
    assert (type(caught.value), caught.value.kind) == (ServerUnavailable, "certificate_unknown")
    assert str(caught.value).startswith("The certificate of the server at 127.0.0.1:")
    return str(caught.value.values["detail"])


def test_an_authority_of_ones_own(transport: Transport, authority: trustme.CA, tmp_path: Path) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with guarded_server(_tls(_leaf_pem(_leaf(authority)), folder=tmp_path)) as server:
        assert _run(transport, _session(transport, server.url, str(tmp_path / "ca.pem")).get_json("/x")) == {}
        assert _detail(transport, _session(transport, server.url)) == "nobody here knows who issued it"


@pytest.mark.parametrize(
    ("hosts", "days", "detail"),
    [
        ((_HERE,), -10, "it has expired"),
        (("127.0.0.2",), 30, "it was made out to another host"),
        (("ocr.example",), 30, "it was made out to another host"),
    ],
)
def test_certificates_of_a_known_authority_that_are_wrong(
    transport: Transport, authority: trustme.CA, tmp_path: Path, hosts: tuple[str, ...], days: int, detail: str
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    leaf = _leaf(authority, *hosts, days=days)
    with guarded_server(_tls(_leaf_pem(leaf), folder=tmp_path)) as server:
        assert _detail(transport, _session(transport, server.url, str(tmp_path / "ca.pem"))) == detail
        assert server.seen == []


def test_one_certificate_is_accepted_after_somebody_said_so(
    transport: Transport, authority: trustme.CA, tmp_path: Path
) -> None:
    """At once, in a session that has refused it; whatever host it names."""
    with guarded_server(_tls(_self_signed(authority), folder=tmp_path)) as server:
        session = _session(transport, server.url)
        assert _detail(transport, session) == "it is self-signed"
        certificate = fetch_certificate(server.url)
        assert "The authority" in certificate.subject
        assert len(certificate.fingerprint) == 64 + 31
        assert certificate.valid_until > datetime.now(UTC).date()
        assert ssl.PEM_cert_to_DER_cert(certificate.pem)
        trust_certificate(server.url, certificate)
        assert _run(transport, session.get_json("/x")) == {}
        assert {each.path for each in server.seen} == {"/x"}
        (stored,) = (home_dirs()[0] / "certificates").iterdir()
        assert stored.name == f"127.0.0.1_{server.url.rpartition(':')[2]}.pem"
        assert stat.S_IMODE(stored.stat().st_mode) == 0o600


@pytest.mark.parametrize("hosts", [(_HERE,), ("ocr.example",)])
def test_a_certificate_need_not_be_an_authoritys(
    transport: Transport, authority: trustme.CA, tmp_path: Path, hosts: tuple[str, ...]
) -> None:
    with guarded_server(_tls(_leaf_pem(_leaf(authority, *hosts)), folder=tmp_path)) as server:
        certificate = fetch_certificate(server.url)
        trust_certificate(server.url, certificate)
        assert _run(transport, _session(transport, server.url).get_json("/x")) == {}


@pytest.mark.parametrize("kind", ["another", "derived"])
def test_another_certificate_than_the_trusted_one_is_refused(
    transport: Transport, authority: trustme.CA, tmp_path: Path, kind: str
) -> None:
    """Also one that the trusted one has signed, and one of which the system knows the authority."""
    with guarded_server(_tls(_self_signed(authority), folder=tmp_path)) as server:
        trust_certificate(server.url, fetch_certificate(server.url))
        port = int(server.url.rpartition(":")[2])
    other = trustme.CA() if kind == "another" else authority
    (tmp_path / "ca.pem").write_bytes(other.cert_pem.bytes())
    with guarded_server(_tls(_leaf_pem(_leaf(other)), folder=tmp_path), port) as server:
        detail = _detail(transport, _session(transport, server.url, str(tmp_path / "ca.pem")))
        assert detail == "it is another one than the one that was trusted"
        assert server.seen == []


def test_a_trusted_certificate_expires(transport: Transport, authority: trustme.CA, tmp_path: Path) -> None:
    expired = _leaf(authority, days=-10)
    with guarded_server(_tls(_leaf_pem(expired), folder=tmp_path)) as server:
        with pytest.raises(ServerUnavailable, match="it has expired"):
            fetch_certificate(server.url)
        folder = home_dirs()[0] / "certificates"
        folder.mkdir(parents=True)
        (folder / f"127.0.0.1_{server.url.rpartition(':')[2]}.pem").write_bytes(expired.cert_chain_pems[0].bytes())
        assert _detail(transport, _session(transport, server.url)) == "it has expired"


def test_a_certificate_that_is_not_there(closed_url: str, transport: Transport) -> None:
    with pytest.raises(SettingsError) as no_certificate:
        fetch_certificate("http://127.0.0.1:7860")
    assert no_certificate.value.kind == "no_certificate"
    with pytest.raises(ServerUnavailable) as nobody:
        fetch_certificate(closed_url.replace("http:", "https:"))
    assert nobody.value.kind == "server_not_answering"
    with guarded_server() as plain:
        url = plain.url.replace("http:", "https:")
        with pytest.raises(ServerUnavailable, match="no secure connection"):
            fetch_certificate(url)
        with pytest.raises(ServerUnavailable, match="no secure connection"):
            _run(transport, _session(transport, url).get_json("/x"))


@pytest.mark.parametrize("content", [None, b"", b"no certificate", b"\xff\xfe"])
def test_a_file_of_certificates_that_cannot_be_used(
    transport: Transport, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ServerUnavailable) as caught:
        _run(transport, _session(transport, "https://127.0.0.1:1", str(path)).get_json("/x"))
    assert caught.value.kind == "certificates_unusable"
    assert str(path) in str(caught.value)


def test_a_trusted_certificate_whose_file_is_damaged(transport: Transport) -> None:
    """It is not taken for the permission to accept others."""
    folder = home_dirs()[0] / "certificates"
    folder.mkdir(parents=True)
    (folder / "127.0.0.1_1.pem").write_text("damaged")
    with pytest.raises(ServerUnavailable) as caught:
        _run(transport, _session(transport, "https://127.0.0.1:1").get_json("/x"))
    assert caught.value.kind == "certificates_unusable"


def test_tls_through_a_proxy(
    transport: Transport, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy sees the host's name and nothing else."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    tls = _tls(_leaf_pem(_leaf(authority, "ocr.example")), folder=tmp_path)
    with guarded_server(tls) as server, running_proxy(int(server.url.rpartition(":")[2])) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        session = _session(transport, "https://ocr.example", str(tmp_path / "ca.pem"))
        assert _run(transport, session.get_json("/x")) == {}
        assert proxy.asked == ["CONNECT ocr.example:443"]
        _run(transport, session.close())


def test_a_real_server_with_a_certificate_and_a_login(
    transport: Transport, authority: trustme.CA, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Gradio's own client trusts and signs in as we do."""
    caplog.set_level(logging.DEBUG)
    pem = tmp_path / "own.pem"
    pem.write_bytes(_leaf_pem(_leaf(authority, "somebody.example")))
    server = ServerProcess(tmp_path, login=("ann", "s3cret"), certificate=pem)
    with memory_keyring():
        try:
            server.start()
            session = _session(transport, server.url)
            assert _detail(transport, session) == "nobody here knows who issued it"
            trust_certificate(server.url, fetch_certificate(server.url))
            store_secret(server.url, Secret(SecretKind.GRADIO, "ann", "s3cret"))
            assert _run(transport, discover(transport, session))[0].name == "/predict"
        finally:
            server.kill()
    assert "s3cret" not in caplog.text
