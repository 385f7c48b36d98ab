"""Where pages go: this computer, the local network, or the Internet."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject

from glmocr_desktop.core.model import EngineChoice
from glmocr_desktop.gui import server_words, words
from glmocr_desktop.gui.status_bar import StatusBar
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine


class Places(QObject):
    """Finds out where servers are, each once, and has the status bar say where pages go.

    Thread: GUI.
    """

    def __init__(self, engine: JobEngine, tasks: Tasks, status: StatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._tasks = tasks
        self._status = status
        self._found: dict[str, str] = {}  # what is being asked for is empty

    def show(self) -> None:
        """Say where pages go now."""
        settings, health = self._engine.settings, self._engine.health
        here = server_words.place_words("this_computer")
        offline = settings.engine is EngineChoice.OFFLINE or (settings.engine is EngineChoice.AUTO and not health.up)
        if settings.local_only:
            text = server_words.local_words()
        elif offline:
            text = here
        else:
            of_server = zip(settings.servers, self._engine.healths, strict=True)
            url = next(url for url, each in of_server if each.server == health.server)
            text = self._place_of(url)
        ways = [] if settings.engine is EngineChoice.OFFLINE else list(settings.servers)
        lines = [server_words.way_words(words.host(url), self._place_of(url)) for url in ways]
        if settings.engine is not EngineChoice.SERVER:
            lines.append(server_words.offline_way_words(here))
        self._status.show_place(text, lines, away=text not in ("", here), local_only=settings.local_only)

    def _place_of(self, url: str) -> str:
        """Where a server is, in words; empty until that is found out."""
        if url not in self._found:
            self._found[url] = ""
            self._tasks.start(self._find(url))
        return server_words.place_words(self._found[url])

    async def _find(self, url: str) -> None:
        self._found[url] = await asyncio.wrap_future(self._engine.place(url))
        self.show()
