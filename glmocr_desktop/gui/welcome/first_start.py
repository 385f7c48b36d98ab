"""The first start: a screen is shown once, and what is chosen there is used and kept."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OcrError
from glmocr_desktop.core.model import EngineChoice, Failure, Language
from glmocr_desktop.core.settings_file import nothing_stored
from glmocr_desktop.gui.preferences import Preferences
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.gui.welcome import found_words
from glmocr_desktop.gui.welcome.welcome_view import WelcomeView
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.recognition.health import Health

_SEEN = "welcomed"
_DECIDED = ("GLMOCR_SERVER_URL", "GLMOCR_ENGINE")
_LIMIT_S = 60.0


def is_first_start(kept: QSettings, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether nobody has said yet where pages shall be read."""
    decided = any(environ.get(name) for name in _DECIDED)
    return not decided and not kept.contains(_SEEN) and nothing_stored(environ)


class FirstStart(QObject):
    """Looks for a server while the first screen is shown, and does what is chosen there.

    Signals:
        ended(): The screen was left.

    Thread: GUI.
    """

    ended = Signal()

    def __init__(
        self,
        window: QWidget,
        engine: JobEngine,
        tasks: Tasks,
        preferences: Preferences,
        sample: QAction,
        kept: QSettings,
    ) -> None:
        super().__init__(window)
        self._engine = engine
        self._tasks = tasks
        self._preferences = preferences
        self._kept = kept
        self._local_url = engine.settings.servers[0]  # nobody has named another one yet
        self._looking = CancelToken()
        self._testing = CancelToken()
        self.view = WelcomeView(window)
        self.view.show_language(engine.settings.language)
        self.view.look_pressed.connect(self.look)
        self.view.use_local_pressed.connect(lambda: self._use(self._local_url))
        self.view.address.test_pressed.connect(self._on_test_pressed)
        self.view.address.use_pressed.connect(self._use)
        self.view.address.edited.connect(self._on_address_edited)
        self.view.offline_pressed.connect(self._on_offline_pressed)
        self.view.sample_pressed.connect(self.end)
        self.view.sample_pressed.connect(sample.trigger)
        self.view.skip_pressed.connect(self.end)
        self.view.language_chosen.connect(self._on_language_chosen)

    def look(self) -> None:
        """Look for a server on this computer."""
        self._looking = CancelToken()
        self.view.show_local(found_words.looking_words, looking=True)
        self._tasks.start(self._look(self._looking))

    def end(self) -> None:
        """Leave the screen, and never show it again."""
        self._looking.cancel()
        self._testing.cancel()
        self._kept.setValue(_SEEN, "true")
        self.ended.emit()

    async def _look(self, token: CancelToken) -> None:
        found = await self._asked(self._local_url, token)
        if isinstance(found, Health):
            self.view.show_local(partial(found_words.local_words, self._local_url, found), usable=found.up)
        elif found is not None:
            self.view.show_local(partial(found_words.failed_words, found))

    async def _test(self, url: str, token: CancelToken) -> None:
        found = await self._asked(url, token)
        if found is None:
            return
        local_only = self._engine.settings.local_only
        place = "" if local_only else await asyncio.wrap_future(self._engine.place(url))
        if token is self._testing:
            self.view.address.show_tested(partial(found_words.tested_words, url, found, place))

    async def _asked(self, url: str, token: CancelToken) -> Health | Failure | None:
        """What became of asking a server; None when nobody wants to know any more."""
        token.start(_LIMIT_S)
        try:
            proof = self._engine.prove_address(self._engine.settings, url, token)
            return (await asyncio.wrap_future(proof)).health
        except JobCancelled:
            return None
        except OcrError as error:
            return Failure.of(error)
        finally:
            token.cancel()  # the window may be closing

    def _on_test_pressed(self, url: str) -> None:
        self._on_address_edited()
        self.view.address.show_tested(partial(found_words.asking_words, url))
        self._tasks.start(self._test(url, self._testing))

    def _on_address_edited(self) -> None:
        self._testing.cancel()
        self._testing = CancelToken()

    def _use(self, url: str) -> None:
        settings = self._engine.settings
        engine = EngineChoice.AUTO if settings.engine is EngineChoice.OFFLINE else settings.engine
        self._preferences.use(replace(settings, server_url=url, engine=engine))
        self.end()

    def _on_offline_pressed(self) -> None:
        self._preferences.use(replace(self._engine.settings, engine=EngineChoice.OFFLINE))
        self.end()

    def _on_language_chosen(self, language: Language) -> None:
        self._preferences.use(replace(self._engine.settings, language=language))
