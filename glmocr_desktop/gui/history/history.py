"""What can be done with what was read before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.model import Failure, JobState, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import words
from glmocr_desktop.gui.copying import Copying
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.foreground import bring_to_front
from glmocr_desktop.gui.history.found_words import amount_words
from glmocr_desktop.gui.history.history_window import HistoryWindow
from glmocr_desktop.gui.keeping import Keeping
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.gui.rows import Row
from glmocr_desktop.gui.sharing import Sharing
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.jobs.erasing import erase
from glmocr_desktop.jobs.kept import Asked, Found
from glmocr_desktop.jobs.owned import remove_owned
from glmocr_desktop.jobs.store import Store

_RETAINING_MS = 3_600_000


class History(QObject):
    """Opens the window of the history, and does what is wanted there.

    Args:
        window: The main window.
        keeping: Knows the store, and puts pages on the desk.
        pasted_dir: Below which files are the program's own.
        kept: Remembers the window's place and sizes.

    Signals:
        opened(list[Row]): These stand on the desk again.
        settings_wanted(): The settings of the history are wanted.

    Thread: GUI.
    """

    opened = Signal(object)
    settings_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        engine: JobEngine,
        tasks: Tasks,
        model: DocumentModel,
        reading: Reading,
        keeping: Keeping,
        copying: Copying,
        sharing: Sharing,
        notices: NoticeBar,
        pasted_dir: Path,
        kept: QSettings,
    ) -> None:
        super().__init__(window)
        self._main = window
        self._engine = engine
        self._tasks = tasks
        self._model = model
        self._reading = reading
        self._keeping = keeping
        self._copying = copying
        self._sharing = sharing
        self._notices = notices
        self._pasted_dir = pasted_dir
        self._kept = kept
        self._window: HistoryWindow | None = None
        self._switched_off = False
        self._retaining = QTimer(self)
        self._retaining.setInterval(_RETAINING_MS)
        self._retaining.timeout.connect(self._retain)
        keeping.opened.connect(self._on_store_opened)

    def show(self) -> None:
        """Open the window, or bring it to the front."""
        if self._window is None:
            self._window = self._made()
        if not self._window.isVisible():
            self._window.look()
        self._window.show()
        bring_to_front(self._window)
        self._window.asking.words.setFocus()

    def follow(self, before: Settings, now: Settings) -> None:
        """Do what other settings say."""
        self._switched_off = before.keep_history and not now.keep_history
        if (before.history_days, before.history_mb) != (now.history_days, now.history_mb):
            self._retain()

    def _made(self) -> HistoryWindow:
        window = HistoryWindow(
            self._tasks,
            lambda: self._keeping.store,
            self._kept,
            lambda: self._engine.settings.keep_history,
            self._main,
        )
        window.restore()
        window.open_wanted.connect(lambda lines: self._tasks.start(self._open(lines)))
        window.copy_wanted.connect(lambda lines: self._tasks.start(self._with_results(lines, self._copying.copy)))
        export = self._sharing.export_with_dialog
        window.export_wanted.connect(lambda lines: self._tasks.start(self._with_results(lines, export)))
        window.delete_wanted.connect(self._ask_to_delete)
        window.delete_all_wanted.connect(lambda: self._tasks.start(self._ask_to_delete_all()))
        window.settings_wanted.connect(self.settings_wanted)
        window.erase_wanted.connect(self._ask_to_erase)
        return window

    def _on_store_opened(self, _store: Store) -> None:
        self._retaining.start()
        self._retain()
        if self._window is not None:
            self._window.look()
        if self._switched_off:
            self._switched_off = False
            self._ask_to_erase()

    def _retain(self) -> None:
        """Delete what is too old, or too much."""
        store, settings = self._keeping.store, self._engine.settings
        if store is not None and (settings.history_days or settings.history_mb):
            self._tasks.start(self._delete(store.retain(settings.history_days, settings.history_mb)))

    async def _open(self, lines: list[Found]) -> None:
        store = self._keeping.store
        if store is None:
            return
        ids = [each.page_id for each in lines]
        await asyncio.wrap_future(store.put_on(ids))
        rows = self._keeping.show(await self._tasks.background(store.pages, ids))
        there = {row.page_id: row for row in self._model.pages()}
        self.opened.emit(rows or [there[each] for each in ids if each in there])
        bring_to_front(self._main)

    async def _with_results(self, lines: list[Found], use: Callable[[list[Result]], object]) -> None:
        store = self._keeping.store
        if store is None:
            return
        found = await self._tasks.background(store.pages, [each.page_id for each in lines])
        results = [page.result for _, page in found if page.result and page.result.state is JobState.DONE]
        if results:
            use(results)
        else:
            self._notices.show_notice(words.failure_words(Failure("nothing_to_export")), alarming=True)

    def _ask_to_delete(self, lines: list[Found]) -> None:
        count = len(lines)
        text = self.tr("Delete this page?") if count == 1 else self.tr("Delete {0}?").format(amount_words(count))
        more = self.tr("Results and corrections are gone then, and cannot be brought back. Your own files stay.")
        self._ask(text, more, lambda: self._delete_lines(lines))

    async def _ask_to_delete_all(self) -> None:
        store = self._keeping.store
        if store is None:
            return
        count = await self._tasks.background(store.count, Asked())
        size_bytes = await self._tasks.background(store.size_bytes)
        text = self.tr("Delete all of the history?")
        more = self.tr("{0}. What is open in the window stays, and so do your own files.")
        self._ask(text, more.format(amount_words(count, size_bytes)), self._delete_all)

    def _ask_to_erase(self) -> None:
        text = self.tr("Delete what was kept earlier?")
        more = self.tr("Nothing is kept any more, but what was is still on the disk. Your own files stay in any case.")
        self._ask(text, more, self._erase)

    async def _erase(self) -> None:
        path = self._keeping.path
        if path is None or self._keeping.lasting:
            return
        try:
            await self._tasks.background(erase, path, self._pasted_dir)
        except (OcrError, OSError) as error:
            text = self.tr("What was kept could not be deleted: {0}.")
            self._notices.show_notice(text.format(error), alarming=True)
            return
        self._notices.show_notice(self.tr("What was kept earlier is deleted."))

    def _ask(self, text: str, more: str, delete: Callable[[], Coroutine[Any, Any, None]]) -> None:
        question = QMessageBox(self._window if self._window is not None and self._window.isVisible() else self._main)
        question.setObjectName("historyQuestion")
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setText(text)
        question.setInformativeText(more)
        yes = question.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda _checked=False: self._tasks.start(delete()))
        question.open()

    async def _delete_lines(self, lines: list[Found]) -> None:
        store = self._keeping.store
        ids = {each.page_id for each in lines}
        rows: list[Row] = [row for row in self._model.pages() if row.page_id in ids]
        self._reading.remove(rows)
        if store is not None:
            await self._delete(store.delete([each.page_id for each in lines]))

    async def _delete_all(self) -> None:
        store = self._keeping.store
        if store is not None:
            await self._delete(store.delete_history())

    async def _delete(self, deletion: Future[list[str]]) -> None:
        try:
            owned = await asyncio.wrap_future(deletion)
        except OcrError as error:
            self._notices.show_notice(words.failure_words(Failure.of(error)), alarming=True)
            return
        await self._tasks.background(remove_owned, owned, self._pasted_dir)
        if self._window is not None:
            self._window.look()
