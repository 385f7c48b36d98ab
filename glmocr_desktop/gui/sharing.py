"""Results leave the window as files."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Failure, Result
from glmocr_desktop.gui import words
from glmocr_desktop.gui.export_dialog import Choice, ExportDialog
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.export import FORMATS, Export, Format, Layout, export_file, export_folder


class Sharing(QObject):
    """Exports results, and says what came of it.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._notices = notices
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._before = Choice(FORMATS["xlsx"], Layout(), documents)

    def export(self, results: Sequence[Result], chosen: Format) -> None:
        """Ask where to, and write there: one document into a file, several into a folder."""
        documents = {each.job.page.document.id: each.job.page.document for each in results}
        title = words.format_words(chosen)
        if len(documents) == 1:
            name = Path(next(iter(documents.values())).name).stem + chosen.suffix
            dialog = file_dialog(self._window, self.tr("Export as {0}").format(title))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(f"{title} (*{chosen.suffix})")
            dialog.setDefaultSuffix(chosen.suffix.lstrip("."))
            dialog.selectFile(name)
            write: Callable[[Path], Export] = lambda path: Export([export_file(results, path, chosen)])  # noqa: E731
        else:
            text = self.tr("Export {0} documents as {1}: choose a folder").format(len(documents), title)
            dialog = self._folder_dialog(self._window, text)
            write = lambda path: export_folder(results, path, chosen)  # noqa: E731
        dialog.fileSelected.connect(lambda path: self._tasks.start(self._write(write, Path(path))))
        dialog.open()

    def export_with_dialog(self, results: Sequence[Result]) -> None:
        """Ask for the format, the names and the folder of files, and write them."""
        if not results:
            return
        dialog = ExportDialog(results, self._before, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.folder_wanted.connect(lambda: self._choose_folder(dialog))
        dialog.chosen.connect(lambda choice: self._on_chosen(results, choice))
        dialog.open()

    def _choose_folder(self, dialog: ExportDialog) -> None:
        chooser = self._folder_dialog(dialog, self.tr("Choose a folder"))
        chooser.fileSelected.connect(dialog.set_folder)
        chooser.open()

    def _on_chosen(self, results: Sequence[Result], choice: Choice) -> None:
        self._before = choice

        def write(folder: Path) -> Export:
            return export_folder(results, folder, choice.format, choice.layout)

        self._tasks.start(self._write(write, Path(choice.folder)))

    @staticmethod
    def _folder_dialog(parent: QWidget, title: str) -> QFileDialog:
        dialog = file_dialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return dialog

    async def _write(self, write: Callable[[Path], Export], path: Path) -> None:
        try:
            export = await self._tasks.background(write, path)
        except ExportError as error:
            self._notices.show_notice(words.failure_words(Failure.of(error)), alarming=True)
            return
        written = export.written
        folder = written[0].parent
        if len(written) == 1:
            text = self.tr("Exported to {0}").format(written[0])
        else:
            text = self.tr("Exported {0} files to {1}").format(len(written), folder)
        if export.problems:
            why = words.failure_words(Failure.of(export.problems[0]))
            text = self.tr("{0}. Not written: {1}. {2}").format(text, len(export.problems), why)
        show = QUrl.fromLocalFile(str(folder))
        self._notices.show_notice(
            text,
            alarming=bool(export.problems),
            action=self.tr("Show folder"),
            run=lambda: QDesktopServices.openUrl(show),
        )


def file_dialog(window: QWidget, title: str) -> QFileDialog:
    """A file dialog that deletes itself; Qt's own one where ``GLMOCR_NATIVE_DIALOGS=0`` asks for it."""
    dialog = QFileDialog(window, title)
    dialog.setObjectName("fileDialog")
    if os.environ.get("GLMOCR_NATIVE_DIALOGS") == "0":
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
