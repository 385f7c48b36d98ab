"""Results leave the window: to the clipboard, and into files."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.core.model import Failure, Result
from glmocr_desktop.gui import words
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.results.clipboard import flavours
from glmocr_desktop.results.export import export_file, export_folder
from glmocr_desktop.results.export.format import Format


class Sharing(QObject):
    """Copies and exports results, and says what came of it.

    Thread: GUI.
    """

    def __init__(self, window: QWidget, tasks: Tasks, notices: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._notices = notices

    def copy(self, results: Sequence[Result]) -> None:
        """Put results on the clipboard, in every flavour."""
        mime = QMimeData()
        for name, data in flavours(results).items():
            mime.setData(name, data)
        QGuiApplication.clipboard().setMimeData(mime)

    def export(self, results: Sequence[Result], chosen: Format) -> None:
        """Ask where to, and write there: one document into a file, several into a folder."""
        documents = {each.job.page.document.id: each.job.page.document for each in results}
        if len(documents) == 1:
            name = Path(next(iter(documents.values())).name).stem + chosen.suffix
            dialog = file_dialog(self._window, self.tr("Export as {0}").format(chosen.title))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(f"{chosen.title} (*{chosen.suffix})")
            dialog.setDefaultSuffix(chosen.suffix.lstrip("."))
            dialog.selectFile(name)
            write: Callable[[Path], list[Path]] = lambda path: [export_file(results, path, chosen)]  # noqa: E731
        else:
            title = self.tr("Export {0} documents as {1}: choose a folder").format(len(documents), chosen.title)
            dialog = file_dialog(self._window, title)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            write = lambda path: export_folder(results, path, chosen)  # noqa: E731
        dialog.fileSelected.connect(lambda path: self._tasks.start(self._write(write, Path(path))))
        dialog.open()

    async def _write(self, write: Callable[[Path], list[Path]], path: Path) -> None:
        try:
            written = await self._tasks.background(write, path)
        except ExportError as error:
            self._notices.show_notice(words.failure_words(Failure.of(error)), alarming=True)
            return
        folder = written[0].parent
        if len(written) == 1:
            text = self.tr("Exported to {0}").format(written[0])
        else:
            text = self.tr("Exported {0} files to {1}").format(len(written), folder)
        show = QUrl.fromLocalFile(str(folder))
        self._notices.show_notice(text, action=self.tr("Show folder"), run=lambda: QDesktopServices.openUrl(show))


def file_dialog(window: QWidget, title: str) -> QFileDialog:
    """A file dialog that deletes itself; Qt's own one where ``GLMOCR_NATIVE_DIALOGS=0`` asks for it."""
    dialog = QFileDialog(window, title)
    dialog.setObjectName("fileDialog")
    if os.environ.get("GLMOCR_NATIVE_DIALOGS") == "0":
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
