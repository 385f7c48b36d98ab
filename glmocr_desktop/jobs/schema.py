"""The tables in which documents, pages and results are kept, and how older ones become new ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

_TABLES = """
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    record BLOB NOT NULL,           -- path, file, name
    name TEXT NOT NULL,
    position REAL NOT NULL,
    added_at REAL NOT NULL,
    error BLOB,
    owned INTEGER NOT NULL,
    locked INTEGER NOT NULL
);
CREATE TABLE pages (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    position REAL NOT NULL,
    desk INTEGER NOT NULL DEFAULT 1,
    page BLOB NOT NULL,
    region INTEGER NOT NULL,
    job_id TEXT,
    job BLOB,
    own_limits BLOB,
    paused INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    checked INTEGER NOT NULL,
    result BLOB,
    previous BLOB,
    other BLOB,
    -- what the history asks for; of the result
    state TEXT,
    mode TEXT,
    engine TEXT,
    corrected INTEGER NOT NULL DEFAULT 0,
    ended_at REAL,
    words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX pages_by_document ON pages(document_id);
CREATE INDEX pages_by_job ON pages(job_id);
CREATE INDEX pages_by_end ON pages(ended_at) WHERE result IS NOT NULL;
CREATE INDEX pages_on_desk ON pages(desk) WHERE desk = 1;
CREATE VIRTUAL TABLE found USING fts5(words, content='pages', content_rowid='key', tokenize='trigram');
CREATE TRIGGER words_came AFTER INSERT ON pages WHEN new.words <> '' BEGIN
    INSERT INTO found(rowid, words) VALUES (new.key, new.words);
END;
CREATE TRIGGER words_went AFTER DELETE ON pages WHEN old.words <> '' BEGIN
    INSERT INTO found(found, rowid, words) VALUES ('delete', old.key, old.words);
END;
CREATE TRIGGER words_changed AFTER UPDATE OF words ON pages WHEN old.words <> new.words BEGIN
    INSERT INTO found(found, rowid, words) SELECT 'delete', old.key, old.words WHERE old.words <> '';
    INSERT INTO found(rowid, words) SELECT new.key, new.words WHERE new.words <> '';
END;
"""


def _first(connection: sqlite3.Connection) -> None:
    for statement in _statements(_TABLES):
        connection.execute(statement)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first,)
"""What makes version 1 of nothing, version 2 of version 1, and so on."""


class NewerSchema(Exception):
    """The database was made by a newer version of the program."""


def prepare(connection: sqlite3.Connection) -> None:
    """Bring a database to the present version, whole or not at all.

    Raises:
        NewerSchema: It belongs to a newer program.
        sqlite3.Error: It cannot be used.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise NewerSchema(str(version))
    if version == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()  # another program may have been faster
        for migrate in MIGRATIONS[version:]:
            migrate(connection)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    """The statements of a script; those of a trigger stay together (executescript would commit in between)."""
    found, part = [], ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            found.append(part)
            part = ""
    return found
