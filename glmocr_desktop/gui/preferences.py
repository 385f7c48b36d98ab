"""Settings are changed, used at once, and kept; or come from a file, and go into one."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from glmocr_desktop.core.errors import SettingsError
from glmocr_desktop.core.exchange import Imported, export_settings, import_settings
from glmocr_desktop.core.model import Failure
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.core.settings_file import save
from glmocr_desktop.gui import words
from glmocr_desktop.gui.connection import Connection
from glmocr_desktop.gui.language import language
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.settings.server_checks import ServerChecks
from glmocr_desktop.gui.settings.settings_dialog import SettingsDialog
from glmocr_desktop.gui.sharing import file_dialog
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine

_FILE_NAME = "glmocr-settings.json"


class Preferences(QObject):
    """Asks for settings, and hands them to the engine and to the disk.

    Signals:
        applied(Settings, Settings): Those before, and those that are in use now.

    Thread: GUI.
    """

    applied = Signal(object, object)

    def __init__(
        self, window: QWidget, engine: JobEngine, tasks: Tasks, notices: NoticeBar, connection: Connection
    ) -> None:
        super().__init__(window)
        self._window = window
        self._engine = engine
        self._tasks = tasks
        self._notices = notices
        self._connection = connection
        self._dialog: SettingsDialog | None = None
        self._writing = asyncio.Lock()
        language().changed.connect(self._on_language_changed)

    def ask(self) -> None:
        """Show the form."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        dialog = self._dialog = SettingsDialog(self._engine.settings, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted_settings.connect(self.use)
        dialog.import_wanted.connect(self._on_import_wanted)
        dialog.export_wanted.connect(self._on_export_wanted)
        dialog.finished.connect(self._on_finished)
        ServerChecks(dialog, self._engine, self._tasks, self._connection)
        dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None

    def _on_language_changed(self) -> None:
        """A form that is open stands there anew, with all that was entered."""
        if self._dialog is not None:
            entered = self._dialog.entered()
            self._dialog.reject()
            self.ask()
            self._dialog.fill(entered)

    def set_local_only(self, local_only: bool) -> None:
        """Let pages never leave this computer, or let them."""
        self.use(replace(self._engine.settings, local_only=local_only))

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

    # Files

    def _on_export_wanted(self, settings: Settings) -> None:
        chooser = self._chooser(self.tr("Export the settings"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("json")
        chooser.selectFile(_FILE_NAME)
        chooser.fileSelected.connect(lambda path: self._tasks.start(self._export(settings, Path(path))))
        chooser.open()

    def _on_import_wanted(self) -> None:
        chooser = self._chooser(self.tr("Import settings"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda path: self._tasks.start(self._import(Path(path))))
        chooser.open()

    def _chooser(self, title: str) -> QFileDialog:
        chooser = file_dialog(self._dialog or self._window, title)
        chooser.setNameFilter(self.tr("Settings (*.json)"))
        return chooser

    async def _export(self, settings: Settings, path: Path) -> None:
        try:
            await self._tasks.background(export_settings, settings, path)
        except SettingsError as error:
            self._show_error(error)
        else:
            self._say(self.tr("The settings were written to {0}.").format(path))

    async def _import(self, path: Path) -> None:
        try:
            imported = await self._tasks.background(import_settings, path)
        except SettingsError as error:
            self._show_error(error)
            return
        if self._dialog is not None:
            self._dialog.fill(imported.values)
            self._say(self._import_words(imported, path.name, self._dialog.changed_titles()))

    def _import_words(self, imported: Imported, name: str, changed: list[str]) -> str:
        """What came of a file: what would be others, and what was left out."""
        if changed:
            said = [self.tr("Filled in from {0}, and used when you save: {1}.").format(name, ", ".join(changed))]
        else:
            said = [self.tr("{0} has the settings that are in use.").format(name)]
        said += [words.failure_words(Failure.of(each)) for each in imported.refused]
        if imported.unknown:
            some = ", ".join(each[:40] for each in imported.unknown[:5])
            said.append(self.tr("Not known to this program, and left out: {0}.").format(some))
        return " ".join(said)

    def _say(self, text: str) -> None:
        if self._dialog is not None:
            self._dialog.say(text)

    def _show_error(self, error: SettingsError) -> None:
        if self._dialog is not None:
            self._dialog.show_error(words.failure_words(Failure.of(error)))
