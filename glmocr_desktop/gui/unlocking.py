"""Documents that need a password."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from glmocr_desktop.gui import words
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.intake import Intake
from glmocr_desktop.gui.password_dialog import PasswordDialog
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.tasks import Tasks


class Unlocking(QObject):
    """Asks for passwords until they fit.

    Signals:
        unlocked(list[Row]): What can be read now: a document that stands where the locked one stood, or pages.

    Thread: GUI.
    """

    unlocked = Signal(object)

    def __init__(self, window: QWidget, tasks: Tasks, intake: Intake, model: DocumentModel) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._intake = intake
        self._model = model
        self._asking: set[PasswordDialog] = set()

    def ask(self, row: Row) -> None:
        """Ask for the password of a row's document."""
        dialog = PasswordDialog(row.name, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asking.add(dialog)
        dialog.finished.connect(lambda _code: self._asking.discard(dialog))
        dialog.entered.connect(lambda password: self._tasks.start(self._try(row, password, dialog)))
        dialog.open()

    async def _try(self, row: Row, password: str, dialog: PasswordDialog) -> None:
        opened = await self._intake.unlock(row, password)
        if dialog not in self._asking:
            return  # the person gave up meanwhile
        if opened.error is not None:
            dialog.refuse(words.failure_words(opened.error))
            return
        dialog.accept()
        if not self._model.holds(row):
            return
        if row.first_page is None:
            self.unlocked.emit([self._model.replace(row, opened)])
        else:
            self.unlocked.emit(self._model.unlock(replace(row.first_page.document, password=password)))
