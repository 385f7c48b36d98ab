"""Settings are changed, used at once, and kept."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from glmocr_desktop.core.settings import Settings, save
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.settings_dialog import SettingsDialog
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine


class Preferences(QObject):
    """Asks for settings, and hands them to the engine and to the disk.

    Signals:
        applied(Settings, Settings): Those before, and those that are in use now.

    Thread: GUI.
    """

    applied = Signal(object, object)

    def __init__(self, window: QWidget, engine: JobEngine, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._engine = engine
        self._tasks = tasks
        self._notices = notices
        self._writing = asyncio.Lock()

    def ask(self) -> None:
        """Show the form."""
        dialog = SettingsDialog(self._engine.settings, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted_settings.connect(self.use)
        dialog.open()

    def use(self, settings: Settings) -> None:
        """Use settings from now on, and keep them."""
        before = self._engine.settings
        self._engine.apply(settings)
        self.applied.emit(before, settings)
        self._tasks.start(self._save())

    async def _save(self) -> None:
        """Keep the settings of the moment; of two changes in a row, the later one is written last."""
        try:
            async with self._writing:
                await self._tasks.background(save, self._engine.settings)
        except OSError as error:
            text = self.tr("The settings are in use, but could not be kept: {0}.").format(error.strerror)
            self._notices.show_notice(text, alarming=True)
