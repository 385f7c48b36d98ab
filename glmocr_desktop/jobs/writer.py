"""One thread writes, in the order in which it is asked to, and commits what is waiting together."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from glmocr_desktop.core.errors import StoreError
from glmocr_desktop.core.model import Failure
from glmocr_desktop.jobs import database

_log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
_Task = tuple[Work[Any], Future[Any], bool]
_AGAIN_S = 1.0  # how long to wait before a disk that was full is tried again
_TOGETHER = 500  # pieces of work in one commit
_FULL = sqlite3.SQLITE_FULL
# What may pass by itself: no room, a disk that is gone for a while, no right to write, another program at it.
_PASSING = {_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY}


class Writer:
    """Everything that is done to a database.

    Args:
        path: Its file; None for one in memory.
        on_trouble: Told once when nothing can be written, and once (None) when everything is. Thread: the writer's.

    Thread: any.
    """

    def __init__(self, path: Path | None, on_trouble: Callable[[Failure | None], None]) -> None:
        self._path = path
        self._on_trouble = on_trouble
        self._work: SimpleQueue[_Task | None] = SimpleQueue()
        self._opened: Future[tuple[Failure | None, bool]] = Future()
        self._closing = threading.Event()
        self._lost = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    @property
    def damaged(self) -> Failure | None:
        """What was wrong with the database; waits until it is open."""
        return self._opened.result()[0]

    @property
    def on_disk(self) -> bool:
        """Whether anything is written to the path; waits until the database is open."""
        return self._opened.result()[1]

    def do(self, work: Work[T], *, erases: bool = False) -> Future[T]:
        """Have something done; the future is done when it is on the disk.

        A piece of work that fails is undone by itself; the others with it are not touched.

        Args:
            work: Does it, within a transaction.
            erases: Whether it deletes words, which then are not left in the log beside the database either.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._closing.is_set():
                future.cancel()
            else:
                self._work.put((work, future, erases))
        return future

    def close(self, wait_s: float) -> bool:
        """End when everything is written, but wait no longer than that; whatever is left then is cancelled.

        Returns:
            Whether everything was written.
        """
        with self._lock:
            if not self._closing.is_set():
                self._closing.set()
                self._work.put(None)
        self._thread.join(wait_s)
        return not self._thread.is_alive() and not self._lost

    def _run(self) -> None:
        try:
            connection, damaged, on_disk = database.opened(self._path)
        except BaseException as error:  # else everybody would wait for ever
            self._opened.set_exception(error)
            self._closing.set()
            self._cancel_rest()
            raise
        self._opened.set_result((damaged, on_disk))
        open_still = True
        while open_still:
            taken, open_still = self._taken()
            if taken and not self._written(connection, taken):
                break
        self._cancel_rest()
        database.leave(connection)

    def _taken(self) -> tuple[list[_Task], bool]:
        """What is waiting, at least one; and whether more may come."""
        first = self._work.get()
        if first is None:
            return [], False
        taken = [first]
        while len(taken) < _TOGETHER:
            try:
                each = self._work.get_nowait()
            except Empty:
                break
            if each is None:
                return taken, False
            taken.append(each)
        return taken, True

    def _written(self, connection: sqlite3.Connection, taken: list[_Task]) -> bool:
        """Do pieces of work in one transaction, however often that has to be tried; False when there was no time."""
        troubled = False
        while True:
            try:
                outcomes = _done_together(connection, [work for work, *_ in taken])
                break
            except sqlite3.Error as error:
                failure = self._failure(error)
                if not _is_passing(error):
                    _log.exception("The database cannot be written")
                    outcomes = [StoreError(failure.kind, **dict(failure.values))] * len(taken)
                    break
                if not troubled:
                    troubled = True
                    _log.warning("Nothing can be written: %s", error)
                    self._on_trouble(failure)
                if self._closing.wait(_AGAIN_S):
                    self._lost = True
                    for _, future, _ in taken:
                        future.cancel()
                    return False
        if troubled:
            self._on_trouble(None)
        if any(erases for *_, erases in taken):
            database.empty_log(connection)
        for (_, future, _), outcome in zip(taken, outcomes, strict=True):
            _settle(future, outcome)
        return True

    def _failure(self, error: sqlite3.Error) -> Failure:
        folder = ("folder", str(self._path.parent) if self._path else "memory")
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == _FULL:
            return Failure("disk_full", (folder,))
        return Failure("store_failed", (folder, ("detail", str(error))))

    def _cancel_rest(self) -> None:
        while True:
            try:
                each = self._work.get_nowait()
            except Empty:
                return
            if each is not None:
                each[1].cancel()


def _done_together(connection: sqlite3.Connection, works: list[Work[Any]]) -> list[object]:
    """The outcome of each piece of work, or what it failed with, when all are on the disk.

    Raises:
        sqlite3.Error: Nothing could be written; nothing was changed.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes = [_done(connection, work) for work in works]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return outcomes


def _done(connection: sqlite3.Connection, work: Work[Any]) -> object:
    connection.execute("SAVEPOINT one")
    try:
        outcome = work(connection)
    except Exception as error:  # a mistake in one piece of work is that one's affair
        if database.is_damage(error) or _is_passing(error):
            raise
        connection.execute("ROLLBACK TO one")
        outcome = error
    connection.execute("RELEASE one")
    return outcome


def _is_passing(error: Exception) -> bool:
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING


def _settle(future: Future[Any], outcome: object) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
