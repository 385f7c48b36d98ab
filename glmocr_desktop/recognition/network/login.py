"""Trying a login at its server, before it is stored."""

from __future__ import annotations

from dataclasses import replace

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.recognition.network.access import Access, Secret, SecretKind
from glmocr_desktop.recognition.network.http import HttpSession
from glmocr_desktop.recognition.network.transport import Transport


def wanted_login(settings: Settings, url: str, token: CancelToken) -> SecretKind | None:
    """How a server asks for a login; None when it lets everybody in. No stored login is used.

    Raises:
        OcrError: It does not answer, or not as a server for this program does.
    """
    session, error = _ask(replace(Access.of(settings, url), stored=False), settings, token)
    if error is not None and error.kind != "server_needs_login":
        raise error
    return session.login_wanted


def try_login(settings: Settings, url: str, secret: Secret, token: CancelToken) -> None:
    """Make sure that a login opens a server.

    Raises:
        ServerUnavailable: The server refuses it, or does not answer.
        OcrError: It answers, but not as a server for this program does.
    """
    _, error = _ask(replace(Access.of(settings, url), given=secret), settings, token)
    if error is not None:
        raise error


def _ask(access: Access, settings: Settings, token: CancelToken) -> tuple[HttpSession, OcrError | None]:
    """Ask a server what it offers, and how that went."""
    transport = Transport()
    session = transport.session(access.url, connections=1, idle_timeout_s=settings.idle_timeout_s, access=access)
    try:
        token.wait_for(transport.submit(session.get_json("/config")))
    except OcrError as error:
        return session, error
    finally:
        transport.close()
    return session, None
