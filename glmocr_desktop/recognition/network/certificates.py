"""Which certificates are believed: the system's authorities, a file of further ones, or exactly one for a server."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import ssl
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from glmocr_desktop.core.errors import ServerUnavailable, SettingsError
from glmocr_desktop.core.private import make_private_folder
from glmocr_desktop.core.settings_file import home_dirs

_FETCH_S = 10.0
_NOT_YET_VALID, _EXPIRED = 9, 10  # OpenSSL's X509_V_ERR_*
REASONS = {
    _NOT_YET_VALID: "it is not valid yet",
    _EXPIRED: "it has expired",
    18: "it is self-signed",
    19: "it is signed by an authority of its own",
    20: "nobody here knows who issued it",
    21: "nobody here knows who issued it",
    62: "it was made out to another host",
    64: "it was made out to another host",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows of itself.

    Attributes:
        subject: To whom it was made out.
        fingerprint: SHA-256, as pairs of digits with colons between.
        valid_until: The last day on which it is valid.
        pem: The certificate itself.
    """

    subject: str
    fingerprint: str
    valid_until: date
    pem: str


class CertificateChanged(ssl.SSLCertVerificationError):
    """A server whose certificate was trusted shows another one."""


class _ExactObject(ssl.SSLObject):
    """Refuses every certificate but the trusted one, also those that are derived from it."""

    def do_handshake(self) -> None:
        with _only_trusted(self.context):
            super().do_handshake()
        _compare(self)


class _ExactSocket(ssl.SSLSocket):
    """The same for blocking sockets."""

    def do_handshake(self, block: bool = False) -> None:
        with _only_trusted(self.context):
            super().do_handshake(block)
        _compare(self)


class _ExactContext(ssl.SSLContext):
    """Accepts one certificate, whatever host it was made out to and whoever issued it."""

    sslobject_class = _ExactObject
    sslsocket_class = _ExactSocket
    trusted: bytes  # DER


def tls_context(url: str, ca_file: str) -> ssl.SSLContext:
    """How the certificate of a server is verified; takes some 20 ms (measured).

    Args:
        url: The server's address.
        ca_file: Authorities that are trusted beside the system's; empty for none.

    Raises:
        ServerUnavailable: One of the files cannot be used.
    """
    path = _path(url)
    with _usable(path):
        if path.is_file():
            return _exact_context(path.read_text(encoding="ascii"))
    context = ssl.create_default_context()
    if ca_file:
        with _usable(Path(ca_file)):
            context.load_verify_locations(cafile=ca_file)
    return context


def fetch_certificate(url: str) -> Certificate:
    """The certificate that a server shows now, believed or not; nothing but a greeting is sent.

    Blocks, at most 20 s. Thread: any but the window's.

    Raises:
        ServerUnavailable: Nobody answers, or the certificate could not be used even if it were trusted.
        SettingsError: The address begins with http:, so that there is no certificate.
    """
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise SettingsError("no_certificate", server=parts.netloc)
    unverified = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    try:
        with _connected(url, unverified) as greeted:
            content = greeted.getpeercert(binary_form=True) or b""
        pem = ssl.DER_cert_to_PEM_cert(content)
        with _connected(url, _exact_context(pem)) as verified:  # only a verified certificate is taken apart
            described = verified.getpeercert() or {}
    except ssl.SSLError as error:
        raise tls_error(parts.netloc, error) from error
    except OSError as error:
        raise ServerUnavailable("server_not_answering", server=parts.netloc) from error
    digest = hashlib.sha256(content).hexdigest().upper()
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(described["notAfter"])), UTC).date()
    return Certificate(_subject(described), ":".join(digest[i : i + 2] for i in range(0, 64, 2)), until, pem)


def trust_certificate(url: str, certificate: Certificate) -> None:
    """From now on accept exactly this certificate from this server.

    Raises:
        SettingsError: It could not be stored.
    """
    path = _path(url)
    try:
        make_private_folder(path.parent)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".new")  # readable by its owner only
        try:
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(certificate.pem)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise SettingsError("cannot_write", name=str(path), detail=error.strerror or "no reason given") from error


def tls_error(server: str, error: BaseException) -> ServerUnavailable:
    """Why no secure connection came about, in plain words."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return ServerUnavailable("server_broken", server=server, detail="no secure connection (https) came about")
    if isinstance(error, CertificateChanged):
        detail = "it is another one than the one that was trusted"
    else:
        detail = REASONS.get(error.verify_code, "it could not be verified")
    return ServerUnavailable("certificate_unknown", server=server, detail=detail)


def _path(url: str) -> Path:
    parts = urlsplit(url)
    host = (parts.hostname or "").replace(":", "-")  # of an IPv6 address
    return home_dirs()[0] / "certificates" / f"{host}_{parts.port or 443}.pem"


def _exact_context(pem: str) -> ssl.SSLContext:
    context = _ExactContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # it need not be an authority's
    context.load_verify_locations(cadata=pem)
    context.trusted = ssl.PEM_cert_to_DER_cert(pem)
    return context


@contextlib.contextmanager
def _only_trusted(context: ssl.SSLContext) -> Iterator[None]:
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        if error.verify_code in (_NOT_YET_VALID, _EXPIRED):
            raise
        raise CertificateChanged("another certificate than the one that was trusted") from error


def _compare(greeted: ssl.SSLObject | ssl.SSLSocket) -> None:
    context = greeted.context
    if not isinstance(context, _ExactContext) or greeted.getpeercert(binary_form=True) != context.trusted:
        raise CertificateChanged("another certificate than the one that was trusted")


@contextlib.contextmanager
def _connected(url: str, context: ssl.SSLContext) -> Iterator[ssl.SSLSocket]:
    parts = urlsplit(url)
    with (
        socket.create_connection((parts.hostname, parts.port or 443), timeout=_FETCH_S) as plain,
        context.wrap_socket(plain, server_hostname=parts.hostname) as secured,
    ):
        yield secured


@contextlib.contextmanager
def _usable(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:  # also ssl.SSLError: there is no certificate in it
        raise ServerUnavailable("certificates_unusable", name=str(path)) from error


def _subject(described: dict[str, Any]) -> str:
    names = [f"{key}={value}" for part in described.get("subject", ()) for key, value in part]
    hosts = [str(value) for _, value in described.get("subjectAltName", ())]
    return ", ".join(names or hosts)
