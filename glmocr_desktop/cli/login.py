"""``glmocr-desktop login``, ``logout`` and ``trust``: who this program is for a server, and which one it believes."""

from __future__ import annotations

import argparse
import getpass
import sys
from urllib.parse import urlsplit

from glmocr_desktop.cli.options import settings_of
from glmocr_desktop.cli.output import complain, write_line
from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import OcrError, SettingsError
from glmocr_desktop.core.settings import normal_url
from glmocr_desktop.documents import printable
from glmocr_desktop.recognition.network.access import (
    Access,
    Certificate,
    Secret,
    SecretKind,
    fetch_certificate,
    forget_secret,
    is_loopback,
    store_secret,
    trust_certificate,
)
from glmocr_desktop.recognition.network.login import try_login, wanted_login

_LOGIN_S = 30.0


def login(options: argparse.Namespace) -> int:
    """Ask for a login, try it at the server, and store it in the system's keyring.

    Returns:
        0 when it is stored or not needed, else 1.

    Raises:
        SettingsError: A part of the login is missing, or an option cannot be used.
    """
    settings = settings_of(options)
    url = settings.servers[0]
    server = urlsplit(url).netloc
    token = CancelToken()
    token.start(_LOGIN_S)
    try:
        wanted = wanted_login(settings, url, token)
    except OcrError as error:
        return _failed(error)
    if wanted is None:
        write_line(sys.stdout, f"The server at {server} asks for no login.")
        return 0
    if urlsplit(url).scheme == "http" and not is_loopback(url):
        complain("The connection is not encrypted: others may read the password.")
    secret = _entered(SecretKind(options.kind) if options.kind else wanted, options.user)
    token = CancelToken()  # typing takes its time
    token.start(_LOGIN_S)
    try:
        try_login(settings, url, secret, token)
        store_secret(url, secret)
    except OcrError as error:
        return _failed(error)
    write_line(sys.stdout, f"The login for the server at {server} works, and is stored.")
    return 0


def logout(options: argparse.Namespace) -> int:
    """Remove the login for a server from the system's keyring.

    Returns:
        0, also when there was none; 1 when the keyring does not open.
    """
    settings = settings_of(options)
    url = settings.servers[0]
    try:
        known = forget_secret(url)
    except OcrError as error:
        return _failed(error)
    words = "is forgotten" if known else "was not stored"
    write_line(sys.stdout, f"The login for the server at {urlsplit(url).netloc} {words}.")
    return 0


def trust(options: argparse.Namespace) -> int:
    """Show a server's certificate, and accept exactly this one from now on when a person or an option says so.

    Returns:
        0 when it is trusted, else 1.

    Raises:
        SettingsError: There is no certificate, or nobody to ask.
    """
    settings = settings_of(options)
    url = normal_url(options.url if "://" in options.url else f"https://{options.url}")
    try:
        Access.of(settings, url).check()
        certificate = fetch_certificate(url)
    except OcrError as error:
        return _failed(error)
    server = urlsplit(url).netloc
    # Whoever made the certificate chose its words: they must not move about on the terminal.
    write_line(sys.stdout, f"Server       {server}\nMade out to  {printable(certificate.subject)}")
    write_line(sys.stdout, f"Valid until  {certificate.valid_until}\nSHA-256      {certificate.fingerprint}")
    if not _trusted(certificate, options, server):
        write_line(sys.stdout, "The certificate is not trusted.")
        return 1
    trust_certificate(url, certificate)
    write_line(sys.stdout, f"From now on exactly this certificate is accepted from {server}.")
    return 0


def _entered(kind: SecretKind, user: str | None) -> Secret:
    """The login as a person types it, or as a script gives it on standard input."""
    person = sys.stdin is not None and sys.stdin.isatty()
    if kind is SecretKind.BEARER:
        return Secret(kind, token=_password("Token: ", person))
    if not user and person:
        user = input("User name: ").strip()
    if not user:
        raise SettingsError("login_incomplete")
    return Secret(kind, user, _password("Password: ", person))


def _password(prompt: str, person: bool) -> str:
    if person:
        password = getpass.getpass(prompt)
    else:
        password = (sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n")
    if not password:
        raise SettingsError("login_incomplete")
    return password


def _trusted(certificate: Certificate, options: argparse.Namespace, server: str) -> bool:
    if options.fingerprint:
        return _digits(options.fingerprint) == _digits(certificate.fingerprint)
    if options.yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise SettingsError("nobody_to_ask")
    answer = input(f"Compare the SHA-256 with what {server}'s administrator says. Accept it? [y/N] ")
    return answer.strip().lower() in ("y", "yes")


def _digits(fingerprint: str) -> str:
    return fingerprint.upper().removeprefix("SHA256").replace(":", "").replace(" ", "")


def _failed(error: OcrError) -> int:
    complain(error)
    return 1
