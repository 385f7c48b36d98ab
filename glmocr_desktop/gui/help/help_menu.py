"""The menu of help, and what its entries do."""

from __future__ import annotations

import platform
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, qVersion
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from glmocr_desktop import __version__
from glmocr_desktop.core.resources import guide_path
from glmocr_desktop.core.settings_file import home_dirs
from glmocr_desktop.gui.actions import add_action
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.help.diagnostics import Situation, diagnostics, screen_lines
from glmocr_desktop.gui.help.licences import shown_licences
from glmocr_desktop.gui.help.parts import packages, version_of
from glmocr_desktop.gui.help.shortcuts import all_keys
from glmocr_desktop.gui.help.shortcuts_dialog import ShortcutsDialog
from glmocr_desktop.gui.help.text_dialog import TextDialog
from glmocr_desktop.gui.keeping import Keeping
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine


class Help(QObject):
    """The actions of the help menu.

    Args:
        window: Whose keys are listed.
        engine: Knows the settings and the servers.
        tasks: Reads files.
        model: Knows the documents.
        keeping: Knows where they are kept.
        notices: Says what went wrong.

    Thread: GUI.
    """

    def __init__(
        self,
        window: QWidget,
        engine: JobEngine,
        tasks: Tasks,
        model: DocumentModel,
        keeping: Keeping,
        notices: NoticeBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._engine = engine
        self._tasks = tasks
        self._model = model
        self._keeping = keeping
        self._notices = notices
        action = partial(add_action, window, self)
        self.help = action("help", lambda: self.tr("Help"), None, "F1")
        self._keys = action("keyboard", lambda: self.tr("Keyboard shortcuts…"), self._show_keys, "Ctrl+F1")
        self._guide = action("text", lambda: self.tr("User guide"), self._open_guide)
        self._diagnostics = action("copy", lambda: self.tr("Copy diagnostics…"), self._copy_diagnostics)
        self._log = action("folder", lambda: self.tr("Open the log folder"), self._open_log)
        self._about = action("info", lambda: self.tr("About GLM-OCR Desktop…"), self._show_about)
        self._guide.setVisible(guide_path() is not None)
        for each, name in (
            (self._keys, "shortcutsAction"),
            (self._guide, "guideAction"),
            (self._diagnostics, "diagnosticsAction"),
            (self._log, "logFolderAction"),
            (self._about, "aboutAction"),
        ):
            each.setObjectName(name)

    @property
    def entries(self) -> list[QAction | None]:
        """The menu; None is a line."""
        return [self._keys, self._guide, None, self._diagnostics, self._log, None, self._about]

    def _show_keys(self) -> None:
        self._open(ShortcutsDialog(all_keys(self._window), self._window))

    def _show_about(self) -> None:
        lines = [
            f"GLM-OCR Desktop {__version__}",
            self.tr("Reads documents with a GLM-OCR server, or offline."),
            f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {version_of('PySide6-Essentials')}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            self.tr("Licence: Apache-2.0. These packages come with it:"),
        ]
        dialog = TextDialog("aboutDialog", self.tr("About"), "\n".join(lines), self._window, with_icon=True)
        dialog.add_button("licencesButton", self.tr("Licences…"), self._show_licences)
        self._open(dialog)
        self._tasks.start(self._list_packages(dialog))

    async def _list_packages(self, dialog: TextDialog) -> None:
        found = await self._tasks.background(packages)
        if self._is_open(dialog):
            width = max((len(f"{name} {version}") for name, version, _ in found), default=0)
            dialog.show_text("\n".join(f"{f'{name} {version}':{width}}  {licence}" for name, version, licence in found))

    def _show_licences(self) -> None:
        about = self.tr("Under which licences the program and its parts are, and their full texts.")
        dialog = TextDialog("licencesDialog", self.tr("Licences"), about, self._window)
        self._open(dialog)
        dialog.show_text(self.tr("The licences are being gathered…"))
        self._tasks.start(self._gather_licences(dialog))

    async def _gather_licences(self, dialog: TextDialog) -> None:
        text = await self._tasks.background(shown_licences)
        if self._is_open(dialog):
            dialog.show_text(text)

    def _is_open(self, dialog: TextDialog) -> bool:
        """Whether a dialog was not closed while its text was sought."""
        return dialog in self._window.findChildren(TextDialog)

    def _copy_diagnostics(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        situation = Situation(
            self._engine.settings,
            self._engine.healths,
            {str(state): count for state, count in self._model.counts.items()},
            [name for row in self._model.documents() for name in (row.path, row.name)],
            screen_lines(app),
            home_dirs()[2],
            self._keeping.store,
        )
        self._tasks.start(self._diagnose(situation))

    async def _diagnose(self, situation: Situation) -> None:
        text = await self._tasks.background(diagnostics, situation)
        QGuiApplication.clipboard().setText(text)
        about = self.tr(
            "This was copied to the clipboard. Addresses, names, files and passwords were left out; look through it "
            "before you send it to anybody."
        )
        dialog = TextDialog("diagnosticsDialog", self.tr("Diagnostics"), about, self._window)
        dialog.show_text(text)
        self._open(dialog)

    def _open_log(self) -> None:
        self._tasks.start(self._open_folder(home_dirs()[2]))

    async def _open_folder(self, folder: Path) -> None:
        try:
            await self._tasks.background(partial(folder.mkdir, mode=0o700, parents=True, exist_ok=True))
        except OSError as error:
            text = self.tr("The log folder cannot be opened: {0}.").format(error.strerror)
            self._notices.show_notice(text, alarming=True)
            return
        self._show_file(folder)

    def _open_guide(self) -> None:
        if (guide := guide_path()) is not None:
            self._show_file(guide)

    def _show_file(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self.tr("No program opens this here. It is in {0}.").format(path)
            self._notices.show_notice(text, alarming=True)

    def _open(self, dialog: ShortcutsDialog | TextDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
