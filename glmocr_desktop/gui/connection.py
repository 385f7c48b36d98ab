"""Servers are tested, signed in at, and trusted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError, SettingsError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import words
from glmocr_desktop.gui.certificate_dialog import CertificateDialog
from glmocr_desktop.gui.connection_dialog import ConnectionDialog
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.sign_in_dialog import Entered, SignInDialog
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.jobs.proving import Proven
from glmocr_desktop.recognition.network.access import (
    Certificate,
    Secret,
    fetch_certificate,
    forget_secret,
    store_secret,
    trust_certificate,
)
from glmocr_desktop.recognition.network.login import try_login, wanted_login


class Connection(QObject):
    """What a person does about a server; all that waits for one runs in the background.

    Dialogs stand over the window, or over another dialog that asks for them.

    Signals:
        tested(str, Proven): What came of testing the server at an address.
        access_changed(str): A login for the server there was stored or forgotten, or its certificate trusted.

    Thread: GUI.
    """

    tested = Signal(str, object)
    access_changed = Signal(str)

    def __init__(self, window: QWidget, engine: JobEngine, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._engine = engine
        self._tasks = tasks
        self._notices = notices
        self._open: set[QDialog] = set()

    def test(self) -> None:
        """Find out whether the servers read, and show what comes of it."""
        self._begin_test(self._engine.settings, self._engine.prove, self._window)

    def test_settings(self, settings: Settings, over: QWidget) -> None:
        """The same by settings that are not in use."""
        self._begin_test(settings, partial(self._engine.prove_address, settings), over)

    def _begin_test(
        self, settings: Settings, prove: Callable[[str, CancelToken], Future[Proven]], over: QWidget
    ) -> None:
        dialog = ConnectionDialog(settings.servers[0], over)
        token = CancelToken()
        dialog.finished.connect(lambda _code: token.cancel())
        dialog.sign_in_pressed.connect(dialog.accept)
        dialog.sign_in_pressed.connect(lambda url: self.sign_in(url, over))
        dialog.certificate_pressed.connect(dialog.accept)
        dialog.certificate_pressed.connect(lambda url: self.show_certificate(url, over))
        self._show(dialog)
        self._tasks.start(self._test(dialog, settings, prove, token))

    def sign_in(self, url: str, over: QWidget | None = None) -> None:
        """Ask for the login to a server."""
        dialog = SignInDialog(words.host(url), over or self._window)
        token = CancelToken()
        dialog.finished.connect(lambda _code: token.cancel())
        dialog.entered.connect(lambda entered: self._tasks.start(self._sign_in(url, entered, token, dialog)))
        dialog.forget_pressed.connect(lambda: self._tasks.start(self._forget(url, dialog)))
        self._show(dialog)

    def show_certificate(self, url: str, over: QWidget | None = None) -> None:
        """Show the certificate of a server, and let a person trust it."""
        self._tasks.start(self._show_certificate(url, over or self._window))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._open.add(dialog)
        dialog.finished.connect(lambda _code: self._open.discard(dialog))
        dialog.open()

    async def _test(
        self,
        dialog: ConnectionDialog,
        settings: Settings,
        prove: Callable[[str, CancelToken], Future[Proven]],
        token: CancelToken,
    ) -> None:
        try:
            for url in settings.servers:
                dialog.begin(url)
                token.start(settings.timeout_s)
                try:
                    proven = await asyncio.wrap_future(prove(url, token))
                except JobCancelled:
                    return
                except OcrError as error:
                    failure = Failure.of(error)
                    if dialog in self._open:
                        dialog.show_failure(url, words.failure_words(failure))
                else:
                    self.tested.emit(url, proven)
                    if dialog in self._open:
                        dialog.show_server(url, proven.health, _reads_by(proven, settings.endpoint))
        finally:
            token.cancel()  # the window may be closing
            if dialog in self._open:
                dialog.end()

    async def _sign_in(self, url: str, entered: Entered, token: CancelToken, dialog: SignInDialog) -> None:
        text, alarming = self.tr("Signed in at {0}.").format(words.host(url)), False
        try:
            needed = await self._tasks.background(_sign_in, self._engine.settings, url, entered, token)
            if not needed:
                text = self.tr("The server at {0} asks for no login.").format(words.host(url))
        except JobCancelled:
            return
        except SettingsError as error:  # it fits, but cannot be stored
            text, alarming = words.failure_words(Failure.of(error)), True
        except OcrError as error:
            if dialog in self._open:
                dialog.refuse(words.failure_words(Failure.of(error)))
            return
        self._engine.reconnect()
        self.access_changed.emit(url)
        self._notices.show_notice(text, alarming=alarming)
        if dialog in self._open:
            dialog.accept()

    async def _forget(self, url: str, dialog: SignInDialog) -> None:
        try:
            known = await self._tasks.background(forget_secret, url)
        except OcrError as error:
            if dialog in self._open:
                dialog.refuse(words.failure_words(Failure.of(error)))
            return
        text = self.tr("The login for the server at {0} is forgotten.")
        if not known:
            text = self.tr("No login was stored for the server at {0}.")
        self._engine.reconnect()
        self.access_changed.emit(url)
        self._notices.show_notice(text.format(words.host(url)))
        if dialog in self._open:
            dialog.accept()

    async def _show_certificate(self, url: str, over: QWidget) -> None:
        standing = [over]
        over.destroyed.connect(standing.clear)
        try:
            certificate = await self._tasks.background(fetch_certificate, url)
        except OcrError as error:
            self._notices.show_notice(words.failure_words(Failure.of(error)), alarming=True)
            return
        if not standing:  # who asked for it has gone
            return
        of_server = dict(zip(self._engine.settings.servers, self._engine.healths, strict=True))
        error_now = of_server[url].error if url in of_server else None
        why = words.failure_words(error_now) if error_now is not None else ""
        dialog = CertificateDialog(words.host(url), certificate, why, over)
        dialog.accepted.connect(lambda: self._tasks.start(self._trust(url, certificate)))
        self._show(dialog)

    async def _trust(self, url: str, certificate: Certificate) -> None:
        try:
            await self._tasks.background(trust_certificate, url, certificate)
        except OcrError as error:
            self._notices.show_notice(words.failure_words(Failure.of(error)), alarming=True)
            return
        text = self.tr("The certificate of the server at {0} is trusted from now on.")
        self._notices.show_notice(text.format(words.host(url)))
        self._engine.reconnect()
        self.access_changed.emit(url)


def _reads_by(proven: Proven, wanted: str) -> str:
    """The endpoint that reads, with its inputs; empty when there is none."""
    found = [each for each in proven.endpoints if each.name == wanted or not wanted]
    return found[0].signature if found else ""


def _sign_in(settings: Settings, url: str, entered: Entered, token: CancelToken) -> bool:
    """Try a login and store it; whether the server asks for one at all.

    Raises:
        SettingsError: It works, but is kept for this run only.
        OcrError: The server refuses it, or does not answer.
    """
    kind = entered.kind or wanted_login(settings, url, token)
    if kind is None:
        return False
    secret = Secret(kind, entered.user, entered.password, entered.token)
    try_login(settings, url, secret, token)
    store_secret(url, secret)
    return True
