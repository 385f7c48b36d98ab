"""Documents, their pages and results, kept across restarts, crashes and power cuts."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from glmocr_desktop.core.errors import StoreError
from glmocr_desktop.core.model import Failure, Job, Result
from glmocr_desktop.jobs import database, searching, tables
from glmocr_desktop.jobs.kept import Asked, Found, KeptDocument, KeptPage
from glmocr_desktop.jobs.records import pack
from glmocr_desktop.jobs.writer import Writer

T = TypeVar("T")


class Store:
    """What is kept, in one database.

    Every change is done by one thread, in the order of the calls, and has a future that is done when it is on the
    disk. While the disk is full changes wait, and whoever waits for them, too.

    Args:
        path: Its file; None to keep everything in memory only.
        on_trouble: Told once when nothing can be written, and once (None) when that is over; on the store's thread.

    Thread: any, for all methods. Those that give no future block.
    """

    def __init__(self, path: Path | None, on_trouble: Callable[[Failure | None], None] = lambda _failure: None) -> None:
        self._path = path
        self._writer = Writer(path, on_trouble)
        self._reading = threading.Lock()
        self._reader: sqlite3.Connection | None = None

    @property
    def damaged(self) -> Failure | None:
        """Why what was kept before is not here. Blocks until the database is open."""
        return self._writer.damaged

    def add(self, documents: Sequence[KeptDocument]) -> Future[None]:
        """Put documents on the desk, with all their pages."""

        def work(connection: sqlite3.Connection) -> None:
            for each in documents:
                tables.write_document(connection, each)
                tables.write_pages(connection, each.pages)

        return self._writer.do(work)

    def put(self, pages: Sequence[KeptPage]) -> Future[None]:
        """Add pages to documents that are known, or write them anew with all that belongs to them."""
        return self._writer.do(lambda connection: tables.write_pages(connection, pages))

    def change_document(self, document: KeptDocument) -> Future[None]:
        """Write a document anew, but not its pages."""
        return self._writer.do(lambda connection: tables.write_document(connection, document))

    def assign(self, jobs: Sequence[tuple[str, Job]]) -> Future[None]:
        """Let pages wait for jobs; a result that they have is given back when the job is cancelled.

        Args:
            jobs: The id of each page, and its job.
        """

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE pages SET page = ?, job_id = ?, job = ?, paused = 0, turn = 0, result = NULL, "
                "previous = CASE WHEN state = 'done' AND result IS NOT NULL THEN result ELSE previous END "
                "WHERE id = ?",
                [(pack(job.page), job.id, pack(job), page_id) for page_id, job in jobs],
            )

        return self._writer.do(work)

    def finish(self, results: Sequence[Result]) -> Future[None]:
        """Jobs have ended; those that no page waits for are left out."""
        words = [tables.words_of(each) for each in results]
        packed = [pack(each) for each in results]

        def work(connection: sqlite3.Connection) -> None:
            for result, record, text in zip(results, packed, words, strict=True):
                tables.finish(connection, result, record, text)

        return self._writer.do(work)

    def take_off(self, page_ids: Sequence[str]) -> Future[None]:
        """Take pages off the desk: those with a result stay in the history, the others are deleted.

        A document that has no pages is named by its own id, here and in `delete`.
        """

        def work(connection: sqlite3.Connection) -> None:
            for some in tables.slices(page_ids):
                listed = tables.places(some)
                connection.execute(f"UPDATE pages SET desk = 0 WHERE id IN {listed}", some)
                # A second reading that has not ended gives the first one back.
                connection.execute(
                    "UPDATE pages SET result = previous, previous = NULL "
                    f"WHERE result IS NULL AND previous IS NOT NULL AND id IN {listed}",
                    some,
                )
                kept = set(tables.ids(connection, f"result IS NOT NULL AND state = 'done' AND id IN {listed}", *some))
                tables.delete_pages(connection, [each for each in some if each not in kept])

        return self._writer.do(work)

    def put_on(self, page_ids: Sequence[str]) -> Future[None]:
        """Put pages of the history back on the desk."""

        def work(connection: sqlite3.Connection) -> None:
            for some in tables.slices(page_ids):
                connection.execute(f"UPDATE pages SET desk = 1 WHERE id IN {tables.places(some)}", some)

        return self._writer.do(work)

    def delete(self, page_ids: Sequence[str]) -> Future[list[str]]:
        """Delete pages, and documents without pages: nothing of them is left in the database.

        Returns:
            The files of deleted documents that were the program's own.
        """
        return self._writer.do(lambda connection: tables.delete_really(connection, page_ids), erases=True)

    def delete_history(self) -> Future[list[str]]:
        """Delete all that is not on the desk; as `delete`."""

        def work(connection: sqlite3.Connection) -> list[str]:
            return tables.delete_really(connection, tables.ids(connection, "desk = 0"))

        return self._writer.do(work, erases=True)

    def retain(self, days: int, megabytes: int) -> Future[list[str]]:
        """Delete the oldest of the history; as `delete`.

        Args:
            days: How old a page may be; 0 for any age.
            megabytes: How large the database may be; 0 for any size.
        """

        def work(connection: sqlite3.Connection) -> list[str]:
            old: list[str] = []
            if days:
                old = tables.ids(connection, "desk = 0 AND ended_at < ?", time.time() - days * 86_400)
            if megabytes:
                old += tables.too_much(connection, megabytes * 1_000_000, set(old))
            return tables.delete_really(connection, old)

        return self._writer.do(work, erases=True)

    def desk(self) -> list[KeptDocument]:
        """What is on the desk, in its order."""

        def look(connection: sqlite3.Connection) -> list[KeptDocument]:
            documents = tables.documents(
                connection, "error IS NOT NULL OR id IN (SELECT document_id FROM pages WHERE desk = 1)"
            )
            pages: dict[str, list[KeptPage]] = {each: [] for each in documents}
            asked = f"SELECT {tables.COLUMNS} FROM pages WHERE desk = 1 ORDER BY position, key"
            for row in connection.execute(asked):
                pages[row[1]].append(tables.page_of(row, documents[row[1]].document))
            return [replace(each, pages=tuple(pages[name])) for name, each in documents.items()]

        return self._look(look)

    def pages(self, page_ids: Sequence[str]) -> list[tuple[KeptDocument, KeptPage]]:
        """Pages with all that belongs to them, in the order of the ids; unknown ones are left out."""

        def look(connection: sqlite3.Connection) -> list[tuple[KeptDocument, KeptPage]]:
            found: dict[str, tuple[KeptDocument, KeptPage]] = {}
            for some in tables.slices(page_ids):
                listed = tables.places(some)
                documents = tables.documents(
                    connection, f"id IN (SELECT document_id FROM pages WHERE id IN {listed})", *some
                )
                asked = f"SELECT {tables.COLUMNS} FROM pages WHERE id IN {listed}"
                for row in connection.execute(asked, some):
                    document = documents[row[1]]
                    found[row[0]] = document, tables.page_of(row, document.document)
            return [found[each] for each in dict.fromkeys(page_ids) if each in found]

        return self._look(look)

    def find(self, asked: Asked, limit: int = 200, offset: int = 0) -> list[Found]:
        """Pages that ended, the newest first."""
        return self._look(lambda connection: searching.find(connection, asked, limit, offset))

    def count(self, asked: Asked) -> int:
        """How many pages there are."""
        return self._look(lambda connection: searching.count(connection, asked))

    def size_bytes(self) -> int:
        """How large the database is."""

        def look(connection: sqlite3.Connection) -> int:
            (pages,), (size,) = (
                connection.execute(f"PRAGMA {each}").fetchone() for each in ("page_count", "page_size")
            )
            return int(pages) * int(size)

        return self._look(look)

    def set_note(self, key: str, value: str) -> Future[None]:
        """Keep a small fact under a name."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (f"own:{key}", value))

        return self._writer.do(work)

    def note(self, key: str) -> str:
        """What is kept under a name; empty for nothing."""
        row = self._look(
            lambda connection: connection.execute("SELECT value FROM notes WHERE name = ?", (f"own:{key}",)).fetchone()
        )
        return str(row[0]) if row else ""

    def close(self, wait_s: float = 2.0) -> bool:
        """Write what is waiting, and close; all futures have ended afterwards.

        Returns:
            Whether everything was written in time.
        """
        with self._reading:
            if self._reader is not None:
                self._reader.close()
                self._reader = None
        return self._writer.close(wait_s)

    def _look(self, look: Callable[[sqlite3.Connection], T]) -> T:
        try:
            if not self._writer.on_disk:
                return self._writer.do(look).result()
            with self._reading:
                if self._reader is None:
                    assert self._path is not None
                    self._reader = database.reader(self._path)
                return look(self._reader)
        except sqlite3.Error as error:
            raise StoreError("store_unusable", name=str(self._path), detail=str(error)) from error
