"""Documents are kept as they come and change, and are there again at the next start."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.core.model import Failure, Job, Page, Result
from glmocr_desktop.core.settings import Settings
from glmocr_desktop.gui import words
from glmocr_desktop.gui.document_model import DocumentModel
from glmocr_desktop.gui.kept_rows import kept_page, prepared, slices
from glmocr_desktop.gui.notice_bar import NoticeBar
from glmocr_desktop.gui.reading import Reading
from glmocr_desktop.gui.rows import Opened, Row
from glmocr_desktop.gui.stores import add_beside, close_late, open_store
from glmocr_desktop.gui.tasks import Tasks
from glmocr_desktop.gui.waiting_files import WaitingFiles
from glmocr_desktop.jobs.engine import JobEngine
from glmocr_desktop.jobs.kept import KeptDocument, KeptPage
from glmocr_desktop.jobs.owned import remove_owned, remove_strays

if TYPE_CHECKING:
    from glmocr_desktop.jobs.store import Store

_log = logging.getLogger(__name__)
_TROUBLE = "store"
_ALL_PAUSED = "all_paused"
_WAITING = "waiting"


class Keeping(QObject):
    """Stands between the desk and the store.

    Before `begin` nothing is kept, and nothing waits.

    Signals:
        returned(list[Row]): Documents of the last time stand there again; those that follow come soon.
        unfinished(list[str], set[str]): Files and folders of the last time that were not all opened, and the files
            that were.
        restored(): All of them are there.
        opened(Store): Documents are kept there from now on.

    Thread: GUI.
    """

    returned = Signal(object)
    unfinished = Signal(object, object)
    restored = Signal()
    opened = Signal(object)
    _trouble_told = Signal(object)

    def __init__(
        self,
        engine: JobEngine,
        tasks: Tasks,
        model: DocumentModel,
        reading: Reading,
        notices: NoticeBar,
        pasted_dir: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._tasks = tasks
        self._model = model
        self._reading = reading
        self._notices = notices
        self._pasted_dir = pasted_dir
        self._path: Path | None = None
        self._beside = False
        self._left: list[KeptDocument] = []  # for the window of the next start
        self._store: Store | None = None
        self._opening: Future[Store] | None = None
        self._ready: asyncio.Future[None] | None = None
        self._documents: dict[str, KeptDocument] = {}  # on the desk, without their pages
        self._unopened: dict[str, str] = {}  # the page that stands for a document that could not be opened
        self._orders: Iterator[int] = itertools.count()
        self._put_meanwhile: dict[str, Row] = {}  # by the jobs that they waited for
        self._waiting = WaitingFiles()
        self._restored = False
        self._troubled = False
        self._lasting = False
        self._leaving = False
        self._trouble_told.connect(self._on_trouble_told)
        model.assigned.connect(self._on_assigned)
        model.altered.connect(self._on_altered)
        model.removed.connect(self._on_removed)
        engine.job_ended.connect(self._on_job_ended)
        engine.paused_changed.connect(self._on_paused_changed)

    @property
    def store(self) -> Store | None:
        """Where documents are kept; None while that is not open."""
        return self._store

    @property
    def path(self) -> Path | None:
        """The database of what lasts, whether it is in use or not."""
        return self._path

    @property
    def lasting(self) -> bool:
        """Whether what is kept is there at the next start."""
        damaged = self._store.damaged if self._store is not None else None
        return self._lasting and self._store is not None and (damaged is None or damaged.kind == "store_damaged")

    @property
    def waiting_lasts(self) -> bool:
        """Whether files that are still being opened will be at the next start."""
        return self.lasting and not self._beside and not self._troubled

    def note_waiting(self, paths: list[str]) -> None:
        """Keep which files and folders are still being opened."""
        if not self._leaving:
            self._waiting = WaitingFiles(tuple(paths), self._waiting.known if paths else ())
            self._note_waiting()

    def begin(self, path: Path | None, *, beside: bool = False) -> None:
        """Keep all that is added from now on, after what was kept the last time is back.

        Args:
            path: The database; None keeps in memory only, and so do the settings if they say so.
            beside: Whether another window goes on with what is there: this one adds to it when it closes.
        """
        self._path, self._beside = path, beside
        self._lasting = path is not None and _keeps(self._engine.settings)
        path = path if self._lasting and not beside else None
        self._ready = asyncio.get_running_loop().create_future()
        self._opening = self._engine.run_in_background(open_store, path, self._trouble_told.emit)
        self._tasks.start(self._begin(self._opening))

    async def keep(self, opened: list[Opened], *, owned: bool = False, instead_of: Row | None = None) -> list[Opened]:
        """Come back when documents are kept.

        Args:
            opened: They become rows afterwards.
            owned: Whether their files are the program's own.
            instead_of: The row whose place they take; None puts them at the end.
        """
        if self._ready is None:
            return opened
        await asyncio.shield(self._ready)
        if self._store is None:
            return opened
        orders = self._orders
        if instead_of is not None and (document := self._documents.get(self._unopened.get(instead_of.page_id, ""))):
            orders = itertools.repeat(int(document.order))  # the one that is replaced goes
        documents = await self._tasks.background(prepared, opened, orders, self._reading.plan(), owned)
        try:
            await asyncio.wrap_future(self._store.add(documents))
        except Exception:  # noqa: BLE001 - a mistake in keeping them costs that, and not the documents
            _log.exception("Documents could not be kept.")
            return opened
        self._learn(documents)
        return [replace(each, kept=kept) for each, kept in zip(opened, documents, strict=True)]

    def show(self, pages: Iterable[tuple[KeptDocument, KeptPage]]) -> list[Row]:
        """Put rows of pages on the desk that are kept there again: `Store.put_on` comes before.

        Returns:
            The top rows that are new.
        """
        there = {row.page_id for row in self._model.pages()}
        documents: dict[str, KeptDocument] = {}
        for document, page in pages:
            if page.id not in there:
                known = documents.setdefault(document.document.id, document)
                documents[document.document.id] = replace(known, pages=(*known.pages, page))
        ordered = [
            replace(each, pages=tuple(sorted(each.pages, key=lambda page: page.order)), order=float(next(self._orders)))
            for each in documents.values()
        ]
        if self._store is not None:
            for each in ordered:
                self._store.change_document(each)
        self._learn(ordered)
        rows = self._model.append_kept(ordered)
        if rows:
            self.returned.emit(rows)
        return rows

    def follow(self, before: Settings, now: Settings) -> None:
        """Do what other settings say."""
        if _keeps(before) != _keeps(now):
            self.keep_on_disk(_keeps(now))

    def keep_on_disk(self, on_disk: bool) -> None:
        """Keep on the disk from now on, or no more: what is on the desk is then deleted there."""
        if self._beside:
            self._lasting = on_disk
        elif self._path is not None and self._store is not None:
            self._tasks.start(self._move(self._store, self._path if on_disk else None))

    def leave(self) -> None:
        """The window is closing: what ends from now on was not ended by anybody."""
        self._leaving = True
        if self._beside and self.lasting:
            self._left = self._on_desk(self._model.pages())
        elif self._store is not None and not self._engine.settings.reopen:
            read = self._read_documents()
            self._store.take_off([page.page_id for row in read for page in row.pages()])
            known = (*self._waiting.known, *(row.path for row in read))
            self._waiting = replace(self._waiting, known=known)
            self._note_waiting()

    def close(self, wait_s: float) -> None:
        """Wait until all is kept, but not for longer."""
        if self._store is not None:
            if not self._store.close(wait_s):
                _log.info("Not everything could be kept.")
            if not self.lasting:
                owned = (each.document.file for each in self._documents.values() if each.owned)
                remove_owned(owned, self._pasted_dir)
            elif self._left and self._path is not None:
                add_beside(self._path, self._left, wait_s)
        elif self._opening is not None:
            self._opening.add_done_callback(close_late)

    async def _begin(self, opening: Future[Store]) -> None:
        assert self._ready is not None
        try:
            store = await asyncio.wrap_future(opening)
            self._store = store
            self._engine.keep_by(store.finish)
            if store.damaged is not None:
                self._notices.show_notice(words.failure_words(store.damaged), alarming=True)
            await self._restore(store)
            self.opened.emit(store)
            if self.lasting and not self._beside and store.damaged is None:
                await self._tasks.background(remove_strays, store, self._pasted_dir)
        except OcrError as error:
            self._notices.show_notice(words.failure_words(Failure.of(error)), alarming=True)
        finally:
            self._ready.set_result(None)

    async def _restore(self, store: Store) -> None:
        """Put back what was on the desk, a slice at a time, and have read what was not."""
        documents = await self._tasks.background(store.desk)
        if await self._tasks.background(store.note, _ALL_PAUSED):
            self._engine.pause()
        self._learn(documents)
        self._orders = itertools.count(int(max((each.order for each in documents), default=0)) + 1)
        rows: list[Row] = []
        for part in slices(documents):
            back = self._model.append_kept(part)
            rows += back
            self.returned.emit(back)
            await asyncio.sleep(0)
        self._reading.go_on(rows)
        left = WaitingFiles.of(await self._tasks.background(store.note, _WAITING))
        self._restored = True
        if left.paths:
            self._waiting = left
            self.unfinished.emit(list(left.paths), {row.path for row in rows}.union(left.known))
        else:
            self._note_waiting()
        self.restored.emit()

    async def _move(self, old: Store, path: Path | None) -> None:
        """Keep what is on the desk elsewhere, and no more where it was."""
        store = await self._tasks.background(open_store, path, self._trouble_told.emit)
        # In this one turn of the loop, so that nothing that changes is missed.
        self._lasting = path is not None
        rows = [row for row in self._model.pages() if row.page is not None]
        store.add(self._on_desk(rows))
        self._store = store
        self._note_waiting()
        self._engine.keep_by(store.finish)
        self._put_meanwhile.update((row.job.id, row) for row in rows if row.job is not None and row.state.active)
        old.set_note(_WAITING, "")
        await asyncio.wrap_future(old.delete([*(row.page_id for row in rows), *self._unopened]))
        await self._tasks.background(old.close)
        self.opened.emit(store)

    def _on_desk(self, rows: Iterable[Row]) -> list[KeptDocument]:
        pages: dict[str, list[KeptPage]] = {}
        for row in self._known(rows):
            page = kept_page(row)
            pages.setdefault(page.page.document.id, []).append(page)
        for row in self._model.documents():
            if (document_id := self._unopened.get(row.page_id)) is not None:
                page = KeptPage(row.page_id, Page(self._documents[document_id].document, count=0))
                pages[document_id] = [page]
        return [replace(self._documents[each], pages=tuple(some)) for each, some in pages.items()]

    def _note_waiting(self) -> None:
        if self._store is not None and self._restored:
            self._store.set_note(_WAITING, self._waiting.text())

    def _learn(self, documents: Iterable[KeptDocument]) -> None:
        for each in documents:
            self._documents[each.document.id] = replace(each, pages=())
            if each.error is not None:
                self._unopened.update((page.id, each.document.id) for page in each.pages)

    def _known(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if row.page is not None and row.page.document.id in self._documents]

    def _read_documents(self) -> list[Row]:
        return [row for row in self._model.documents() if all(page.state.done for page in row.pages())]

    # What happens on the desk

    def _on_assigned(self, jobs: list[tuple[Row, Job]]) -> None:
        if self._store is not None:
            known = set(self._known(row for row, _ in jobs))
            self._store.assign([(row.page_id, job) for row, job in jobs if row in known])

    def _on_altered(self, rows: list[Row]) -> None:
        if self._store is None or not (known := self._known(rows)):
            return
        self._put_meanwhile.update((row.job.id, row) for row in known if row.job is not None and row.state.active)
        self._store.put([kept_page(row) for row in known])

    def _on_removed(self, rows: list[Row]) -> None:
        if self._store is not None:
            unopened = [row.page_id for row in rows if row.page_id in self._unopened]
            self._store.take_off([*unopened, *(row.page_id for row in self._known(rows))])

    def _on_job_ended(self, job_id: str, _result: Result) -> None:
        """An end that was kept while the page was put again as it was before is kept once more."""
        row = self._put_meanwhile.pop(job_id, None)
        if row is not None and self._model.holds(row) and not self._leaving:
            self._on_altered([row])

    def _on_paused_changed(self, paused: bool) -> None:
        if self._store is not None:
            self._store.set_note(_ALL_PAUSED, "1" if paused else "")

    def _on_trouble_told(self, failure: Failure | None) -> None:
        self._troubled = failure is not None
        if failure is None:
            self._notices.dismiss(_TROUBLE)
        else:
            self._notices.show_notice(words.failure_words(failure), alarming=True, subject=_TROUBLE)


def _keeps(settings: Settings) -> bool:
    return settings.keep_history
