"""How the servers in the list are, and where: found out in the background, by the settings as they are entered."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import server_words, words
from glmocr_desktop.gui.connection import Connection
from glmocr_desktop.gui.settings.endpoint_editor import EndpointEditor
from glmocr_desktop.gui.settings.servers_editor import ServersEditor
from glmocr_desktop.gui.settings.settings_dialog import SettingsDialog
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.jobs.proving import Proven


class ServerChecks(QObject):
    """Fills the list of servers in a settings dialog, for as long as that is open.

    Thread: GUI.
    """

    def __init__(self, dialog: SettingsDialog, engine: JobEngine, tasks: Tasks, connection: Connection) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._engine = engine
        self._tasks = tasks
        self._connection = connection
        self._tests: dict[str, CancelToken] = {}
        self._asked: set[str] = set()  # where these are was asked for
        self._open = True
        servers, endpoint = dialog.editor("server_url"), dialog.editor("endpoint")
        assert isinstance(servers, ServersEditor)
        assert isinstance(endpoint, EndpointEditor)
        self._servers, self._endpoint = servers, endpoint
        dialog.finished.connect(self._on_finished)
        dialog.test_wanted.connect(lambda settings: connection.test_settings(settings, dialog))
        servers.test_pressed.connect(self._on_test_pressed)
        servers.sign_in_pressed.connect(lambda url: connection.sign_in(url, dialog))
        servers.certificate_pressed.connect(lambda url: connection.show_certificate(url, dialog))
        servers.changed.connect(self._find_places)
        dialog.editor("local_only").changed.connect(self._find_places)
        connection.tested.connect(self._on_tested)
        connection.access_changed.connect(self._on_access_changed)
        for url, health in zip(engine.settings.servers, engine.healths, strict=True):
            servers.show_health(url, health)
        self._find_places()

    def _on_test_pressed(self, url: str) -> None:
        if url not in self._tests and (settings := self._dialog.settings()) is not None:
            self._test(settings, url)

    def _on_access_changed(self, url: str) -> None:
        if url in self._servers.urls():
            self._on_test_pressed(url)

    def _test(self, settings: Settings, url: str) -> None:
        token = self._tests[url] = CancelToken()
        self._servers.show_testing(url)
        self._tasks.start(self._prove(settings, url, token))

    async def _prove(self, settings: Settings, url: str, token: CancelToken) -> None:
        token.start(settings.timeout_s)
        try:
            proven = await asyncio.wrap_future(self._engine.prove_address(settings, url, token))
        except JobCancelled:
            return
        except OcrError as error:
            if self._open:
                self._servers.show_failure(url, words.failure_words(Failure.of(error)))
        else:
            self._on_tested(url, proven)
        finally:
            token.cancel()  # the window may be closing
            self._tests.pop(url, None)

    def _on_tested(self, url: str, proven: Proven) -> None:
        if self._open:
            self._servers.show_health(url, proven.health)
            self._endpoint.offer([(each.name, each.signature) for each in proven.endpoints])

    def _find_places(self) -> None:
        if self._dialog.editor("local_only").value():  # then not even a name leaves this computer
            return
        for url in self._servers.urls():
            if url not in self._asked and "://" in url:
                self._asked.add(url)
                self._tasks.start(self._find_place(url))

    async def _find_place(self, url: str) -> None:
        place = await asyncio.wrap_future(self._engine.place(url))
        if self._open:
            self._servers.show_place(url, server_words.place_words(place))

    def _on_finished(self) -> None:
        self._open = False
        for token in self._tests.values():
            token.cancel()
