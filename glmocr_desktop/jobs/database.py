"""The file that documents and results are kept in: opened, examined, and set aside when it is damaged."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from glmocr_desktop.core.model import Failure, new_id
from glmocr_desktop.core.private import make_private_folder
from glmocr_desktop.jobs.schema import NewerSchema, prepare

_log = logging.getLogger(__name__)
_BUSY_S = 30.0  # another program may be writing
_BESIDE = ("", "-wal", "-shm")
_OPEN = "open"  # a note that is there as long as somebody uses the database
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def opened(path: Path | None) -> tuple[sqlite3.Connection, Failure | None, bool]:
    """A database that can be used, whatever is found at the path.

    Args:
        path: Its file; None for one in memory.

    Returns:
        The connection; what was wrong, if something was; whether it is the one at the path, and not in memory.

    Thread: the one that will use it. Blocks.
    """
    if path is None:
        return _in_memory(), None, False
    try:
        return _at(path), None, True
    except NewerSchema:
        return _in_memory(), Failure("store_newer", (("name", str(path)),)), False
    except (sqlite3.Error, OSError) as error:
        if not is_damage(error) and not path.is_dir():
            return _in_memory(), _unusable(path, error), False
        _log.warning("The database is damaged: %s", error)
        try:
            kept = set_aside(path)
            return _at(path), Failure("store_damaged", (("name", str(kept)),)), True
        except (sqlite3.Error, OSError) as second:
            return _in_memory(), _unusable(path, second), False


def reader(path: Path) -> sqlite3.Connection:
    """A second connection to look things up, for any thread, one at a time."""
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection


def is_damage(error: Exception) -> bool:
    """Whether a database can be used no more."""
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def set_aside(path: Path) -> Path:
    """Rename a damaged database with the files beside it.

    Raises:
        OSError: That is not allowed.
    """
    kept = path.with_name(f"{path.stem}-damaged-{new_id()[:8]}{path.suffix}")
    for ending in _BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{path}{ending}").rename(f"{kept}{ending}")
    return kept


def leave(connection: sqlite3.Connection) -> None:
    """Close a database orderly: everything is in its one file, and the next start need not examine it."""
    with suppress(sqlite3.Error):
        connection.execute("DELETE FROM notes WHERE name = ?", (_OPEN,))
    empty_log(connection)
    connection.close()


def empty_log(connection: sqlite3.Connection) -> None:
    """Bring everything into the one file of a database; what was deleted is then nowhere else."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    prepare(connection)
    return connection


def _at(path: Path) -> sqlite3.Connection:
    """The database at a path, made if there is none; nobody but its owner may look into it."""
    make_private_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives the files beside it the same rights
    for private, mode in ((path.parent, 0o700), (path, 0o600)):
        with suppress(OSError):  # on a disk without rights
            private.chmod(mode)
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        prepare(connection)
        if connection.execute("SELECT 1 FROM notes WHERE name = ?", (_OPEN,)).fetchone():
            _examine(connection)
        connection.execute("INSERT OR REPLACE INTO notes VALUES (?, '')", (_OPEN,))
    except BaseException:
        connection.close()
        raise
    return connection


def _examine(connection: sqlite3.Connection) -> None:
    """Look through a database that was not closed orderly."""
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        error = sqlite3.DatabaseError(found)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _unusable(path: Path, error: Exception) -> Failure:
    detail = (isinstance(error, OSError) and error.strerror) or str(error)
    return Failure("store_unusable", (("name", str(path)), ("detail", detail)))
