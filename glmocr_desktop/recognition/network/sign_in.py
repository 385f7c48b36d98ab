"""Signing in at a server, once for all requests that wait for it, and only when it asks for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from glmocr_desktop.core.errors import OcrError, ServerUnavailable
from glmocr_desktop.recognition.network import secrets
from glmocr_desktop.recognition.network.access import Access
from glmocr_desktop.recognition.network.background import in_thread
from glmocr_desktop.recognition.network.secrets import Secret, SecretKind

_PERSON_S = 60.0  # a keyring may wait for a person who is to unlock it
_AGAIN_S = 30.0  # a login that failed is looked up no earlier than this


class LoginNeeded(Exception):
    """A server answered that it wants to know who asks.

    Args:
        turn: `SignIn.turn` when the request was sent.
        challenge: How it said so (``WWW-Authenticate``); empty from a Gradio server.
    """

    def __init__(self, turn: int, challenge: str) -> None:
        super().__init__(turn, challenge)
        self.turn = turn
        scheme = challenge.split(" ")[0].lower()
        self.kind = {"basic": SecretKind.BASIC, "bearer": SecretKind.BEARER}.get(scheme, SecretKind.GRADIO)


class SignIn:
    """The login to one server.

    Args:
        access: Knows the login, once it is asked.
        server: How messages name the server.
        enter: Sends user and password to the server's login page; whether they were right.

    Attributes:
        turn: Counts how often it was signed in.
        headers: What goes along with every request.
        wanted: How the server asked for a login; None when it has not asked so far.

    Thread: transport only, except the constructor.
    """

    def __init__(self, access: Access, server: str, enter: Callable[[Secret], Awaitable[bool]]) -> None:
        self.turn = 0
        self.headers: dict[str, str] = {}
        self.wanted: SecretKind | None = None
        self._access = access
        self._server = server
        self._enter = enter
        self._used: Secret | None = None
        self._refused: Secret | None = None
        self._failure: OcrError | None = None
        self._failed_at = 0.0
        self._revision = secrets.revision()
        self._under_way: asyncio.Task[None] | None = None

    async def renew(self, needed: LoginNeeded) -> None:
        """Sign in, or wait for somebody who does so already; then the request can be repeated.

        Raises:
            ServerUnavailable: There is no login for this server, it is wrong, or the keyring does not open.
        """
        if needed.turn != self.turn:  # somebody signed in since the request was sent
            return
        if self._under_way is None:
            self._under_way = asyncio.get_running_loop().create_task(self._renewed(needed.kind))
            self._under_way.add_done_callback(self._on_ended)
        await asyncio.shield(self._under_way)  # the others wait for it, too

    def refused(self, needed: LoginNeeded) -> ServerUnavailable:
        """The server wants a login although it was just given one: it is not given again."""
        error = ServerUnavailable("login_refused", server=self._server)
        if needed.turn == self.turn:
            self._refused, self.headers = self._used, {}
            self._note(error)
        return error

    def stop(self) -> None:
        """Give up a login that is under way."""
        if self._under_way is not None:
            self._under_way.cancel()

    async def _renewed(self, kind: SecretKind) -> None:
        self.wanted = kind
        if self._revision != secrets.revision():  # a person gave another login
            self._revision = secrets.revision()
            self._failure = self._refused = None
        if self._failure is not None and time.monotonic() < self._failed_at + _AGAIN_S:
            raise type(self._failure)(self._failure.kind, **self._failure.values)
        secret = await self._found(kind)
        refused = secret == self._refused
        if not refused:
            self.headers = secret.headers
            refused = secret.kind is SecretKind.GRADIO and not await self._enter(secret)
        if refused:
            self._refused = secret
            raise self._noted(ServerUnavailable("login_refused", server=self._server))
        self._used, self._failure = secret, None
        self.turn += 1

    async def _found(self, kind: SecretKind) -> Secret:
        try:
            async with asyncio.timeout(_PERSON_S):
                secret = await in_thread(lambda: self._access.secret(basic=kind is SecretKind.BASIC))
        except TimeoutError as error:
            raise self._noted(ServerUnavailable("password_store_locked", server=self._server)) from error
        except OcrError as error:
            raise self._noted(error) from None
        if secret is None:
            raise self._noted(ServerUnavailable("server_needs_login", server=self._server))
        return secret

    def _note(self, error: OcrError) -> None:
        self._failure, self._failed_at = error, time.monotonic()

    def _noted(self, error: OcrError) -> OcrError:
        self._note(error)
        return error

    def _on_ended(self, task: asyncio.Task[None]) -> None:
        self._under_way = None
        if not task.cancelled():
            task.exception()  # seen, also when everybody who waited for it has gone
