"""Logins to servers: kept in the system's keyring only, never in a file, a log or a message."""

from __future__ import annotations

import base64
import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from glmocr_desktop.core.errors import ServerUnavailable, SettingsError

_log = logging.getLogger(__name__)
_SERVICE = "glmocr-desktop"


class SecretKind(StrEnum):
    """How a server wants to be told who asks."""

    GRADIO = "gradio"
    BASIC = "basic"
    BEARER = "bearer"


@dataclass(frozen=True, slots=True)
class Secret:
    """One login; its ``repr`` tells its kind only.

    Attributes:
        kind: `GRADIO` is sent to the server's login page, the others go along with every request.
        user: Empty for `BEARER`.
        password: Empty for `BEARER`.
        token: For `BEARER` only.
    """

    kind: SecretKind
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What goes along with every request; empty for `GRADIO`, whose login page gives a cookie."""
        if self.kind is SecretKind.BEARER:
            return {"Authorization": f"Bearer {self.token}"}
        if self.kind is SecretKind.BASIC:
            return {"Authorization": "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()}
        return {}


class _Kept:
    """Logins that could not be stored: they are known until the program ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._secrets: dict[str, Secret] = {}
        self.revision = 0

    def get(self, url: str) -> Secret | None:
        with self._lock:
            return self._secrets.get(url)

    def put(self, url: str, secret: Secret | None) -> None:
        with self._lock:
            self.revision += 1
            self._secrets.pop(url, None)
            if secret is not None:
                self._secrets[url] = secret


_kept = _Kept()


def revision() -> int:
    """Changes whenever this program stores or forgets a login: what failed before may work now."""
    return _kept.revision


def environment_secret(*, basic: bool, environ: Mapping[str, str] = os.environ) -> Secret | None:
    """The login that a script gives by ``GLMOCR_SERVER_TOKEN``, or ``…_USER`` and ``…_PASSWORD``.

    Args:
        basic: Whether the server asked for HTTP's own login.
        environ: Where the variables are looked up.
    """
    if token := environ.get("GLMOCR_SERVER_TOKEN"):
        return Secret(SecretKind.BEARER, token=token)
    user, password = environ.get("GLMOCR_SERVER_USER"), environ.get("GLMOCR_SERVER_PASSWORD")
    if user and password:
        return Secret(SecretKind.BASIC if basic else SecretKind.GRADIO, user, password)
    return None


def find_secret(url: str) -> Secret | None:
    """The login for a server, from this run or the keyring.

    Blocks while the keyring waits for a person who is to unlock it.

    Raises:
        ServerUnavailable: The keyring is there but does not open.
    """
    if (secret := _kept.get(url)) is not None:
        return secret
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    try:
        stored = keyring.get_password(_SERVICE, url)
    except NoKeyringError:
        return None
    except (KeyringError, OSError) as error:
        raise ServerUnavailable("password_store_locked", server=_server(url)) from error
    return _parsed(stored) if stored else None


def store_secret(url: str, secret: Secret) -> None:
    """Keep a login for a server: in the keyring, and where there is none, until the program ends.

    May block while the keyring waits for a person. Thread: any but the window's.

    Raises:
        SettingsError: There is no keyring; the login is kept for this run only.
    """
    _kept.put(url, secret)
    import keyring
    from keyring.errors import KeyringError

    text = json.dumps(asdict(secret))
    try:
        keyring.set_password(_SERVICE, url, text)
        stored = keyring.get_password(_SERVICE, url) == text  # a backend may be one that keeps nothing
    except (KeyringError, OSError) as error:
        raise SettingsError("no_password_store", server=_server(url)) from error
    if not stored:
        raise SettingsError("no_password_store", server=_server(url))
    _kept.put(url, None)


def forget_secret(url: str) -> bool:
    """Remove the login for a server; whether there was one.

    May block while the keyring waits for a person. Thread: any but the window's.

    Raises:
        ServerUnavailable: The keyring is there but does not open.
    """
    known = find_secret(url) is not None
    _kept.put(url, None)
    import keyring
    from keyring.errors import KeyringError, NoKeyringError, PasswordDeleteError

    try:
        keyring.delete_password(_SERVICE, url)
    except (NoKeyringError, PasswordDeleteError):
        return known
    except (KeyringError, OSError) as error:
        raise ServerUnavailable("password_store_locked", server=_server(url)) from error
    return True


def _parsed(text: str) -> Secret | None:
    """What `store_secret` wrote; None for what somebody else wrote under this name."""
    try:
        stored = json.loads(text)
        return Secret(SecretKind(stored["kind"]), stored["user"], stored["password"], stored["token"])
    except (ValueError, TypeError, KeyError):
        _log.info("The keyring holds something under this program's name that is no login.")
        return None


def _server(url: str) -> str:
    return urlsplit(url).netloc
