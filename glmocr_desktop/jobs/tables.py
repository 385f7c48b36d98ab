"""Documents and pages in the tables: written, changed, deleted and made again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from glmocr_desktop.core.model import Document, Failure, Job, JobState, Limits, Page, Result
from glmocr_desktop.jobs.kept import KeptDocument, KeptPage
from glmocr_desktop.jobs.records import pack, pack_document, searchable, unpack, unpack_document
from glmocr_desktop.results.render import plain_text

COLUMNS = "id, document_id, position, region, paused, turn, checked, page, job, own_limits, result, previous, other"
"""Of `page_of`."""

_PLAIN = ("position", "page", "region", "job_id", "job", "own_limits", "turn")
_OF_THE_END = ("paused", "checked", "result", "previous", "other", "state", "mode", "engine", "corrected", "words")
_ENDED_SINCE = "excluded.result IS NULL AND result IS NOT NULL AND job_id IS excluded.job_id"
_WRITE_PAGE = (
    f"INSERT INTO pages (id, document_id, {', '.join(_PLAIN + _OF_THE_END)}, ended_at) "
    f"VALUES ({', '.join('?' * (len(_PLAIN + _OF_THE_END) + 3))}) ON CONFLICT(id) DO UPDATE SET "
    + ", ".join(f"{each} = excluded.{each}" for each in _PLAIN)
    + "".join(f", {each} = CASE WHEN {_ENDED_SINCE} THEN {each} ELSE excluded.{each} END" for each in _OF_THE_END)
    + ", ended_at = CASE WHEN result IS NULL AND excluded.result IS NOT NULL THEN excluded.ended_at "
    "ELSE coalesce(ended_at, excluded.ended_at) END"
)
_SOME = 500  # ids in one statement


def write_document(connection: sqlite3.Connection, kept: KeptDocument) -> None:
    """Add a document, or write it anew."""
    document = kept.document
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET record = excluded.record, "
        "name = excluded.name, position = excluded.position, error = excluded.error, owned = excluded.owned, "
        "locked = excluded.locked",
        (
            document.id,
            pack_document(document),
            searchable(document.name),
            kept.order,
            kept.added_at or time.time(),
            kept.error and pack(kept.error),
            kept.owned,
            kept.locked,
        ),
    )


def write_pages(connection: sqlite3.Connection, pages: Iterable[KeptPage]) -> None:
    """Add pages, or write them anew; where they stand, on the desk or not, stays.

    The end of a job is not undone by a page that was written down just before it.
    """
    connection.executemany(_WRITE_PAGE, [_row(each) for each in pages])


def finish(connection: sqlite3.Connection, result: Result, record: bytes, words: str) -> None:
    """A job has ended; a cancelled second reading gives the first one back."""
    waits = "job_id = ? AND result IS NULL"
    if result.state is JobState.CANCELLED:
        given_back = connection.execute(
            f"UPDATE pages SET result = previous, previous = NULL, paused = 0 WHERE {waits} AND previous IS NOT NULL",
            (result.job.id,),
        )
        if given_back.rowcount:
            return
    connection.execute(
        "UPDATE pages SET result = ?, state = ?, mode = ?, engine = ?, corrected = ?, ended_at = ?, words = ?, "
        f"other = coalesce(previous, other), previous = NULL, paused = 0, checked = 0 WHERE {waits}",
        (record, *_facts(result, words), result.job.id),
    )


def _row(kept: KeptPage) -> tuple[object, ...]:
    """The values of `_WRITE_PAGE`."""
    known = kept.result or kept.previous  # the history asks for what is given back, too
    state, mode, engine, corrected, ended_at, words = (
        _facts(known, words_of(known)) if known is not None else (None, None, None, False, None, "")
    )
    return (
        kept.id,
        kept.page.document.id,
        kept.order,
        pack(kept.page),
        kept.region,
        kept.job and kept.job.id,
        kept.job and pack(kept.job),
        kept.own_limits and pack(kept.own_limits),
        kept.turn,
        kept.paused,
        kept.checked,
        *(each and pack(each) for each in (kept.result, kept.previous, kept.other)),
        state,
        mode,
        engine,
        corrected,
        words,
        ended_at,
    )


def _facts(result: Result, words: str) -> tuple[object, ...]:
    """What the history asks for: state, mode, engine, whether it was corrected, when it ended, words."""
    engine = result.engine and result.engine.value
    return result.state.value, result.job.mode.value, engine, result.received is not None, time.time(), words


def words_of(result: Result) -> str:
    """What can be searched for: the document's name, and what was read."""
    name = result.job.page.document.name
    return searchable(f"{name}\n{plain_text(result)}" if result.state is JobState.DONE else name)


def page_of(row: Sequence[Any], document: Document) -> KeptPage:
    """A page made of its `COLUMNS`."""
    page_id, _, order, region, paused, turn, checked, page, job, own_limits, *results = row
    result, previous, other = (each and unpack(Result, each, document) for each in results)
    return KeptPage(
        page_id,
        unpack(Page, page, document),
        order,
        region,
        result.job if result else job and unpack(Job, job, document),
        own_limits and unpack(Limits, own_limits),
        bool(paused),
        turn,
        result,
        previous,
        other,
        bool(checked),
    )


def documents(connection: sqlite3.Connection, where: str, *values: object) -> dict[str, KeptDocument]:
    """Documents by their ids, in the order of the desk, without pages."""
    found = connection.execute(
        "SELECT id, record, position, added_at, error, owned, locked FROM documents "
        f"WHERE {where} ORDER BY position, added_at, rowid",
        values,
    )
    return {
        each[0]: KeptDocument(
            unpack_document(each[1], each[0]),
            (),
            each[2],
            each[3],
            each[4] and unpack(Failure, each[4]),
            bool(each[5]),
            bool(each[6]),
        )
        for each in found
    }


def ids(connection: sqlite3.Connection, where: str, *values: object) -> list[str]:
    """The pages for which something is so."""
    return [each for (each,) in connection.execute(f"SELECT id FROM pages WHERE {where}", values)]


def too_much(connection: sqlite3.Connection, limit_bytes: int, without: set[str]) -> list[str]:
    """The oldest pages of the history, as many as are beyond a size of all that is kept."""
    size = "length(page) + length(words) * 4 + coalesce(length(result), 0) + coalesce(length(other), 0)"
    (total,) = connection.execute(f"SELECT coalesce(sum({size}), 0) FROM pages").fetchone()
    found: list[str] = []
    asked = f"SELECT id, {size} FROM pages WHERE desk = 0 ORDER BY ended_at"
    for page_id, page_bytes in connection.execute(asked):
        if total <= limit_bytes:
            break
        total -= page_bytes
        if page_id not in without:
            found.append(page_id)
    return found


def delete_pages(connection: sqlite3.Connection, page_ids: Sequence[str]) -> list[str]:
    """Delete pages, and documents that have none; also documents that never had any, by their own ids.

    Returns:
        The files of deleted documents that were the program's own.
    """
    owned: list[str] = []
    for some in slices(page_ids):
        listed = places(some)
        below = connection.execute(f"SELECT DISTINCT document_id FROM pages WHERE id IN {listed}", some).fetchall()
        connection.execute(f"DELETE FROM pages WHERE id IN {listed}", some)
        concerned = [*some, *(each for (each,) in below)]
        empty = f"id IN {places(concerned)} AND id NOT IN (SELECT document_id FROM pages)"
        owned += [each.document.file for each in documents(connection, empty, *concerned).values() if each.owned]
        connection.execute(f"DELETE FROM documents WHERE {empty}", concerned)
    return owned


def delete_really(connection: sqlite3.Connection, page_ids: Sequence[str]) -> list[str]:
    """Delete as `delete_pages`, and leave no word of it in the index."""
    owned = delete_pages(connection, page_ids)
    if page_ids:
        connection.execute("INSERT INTO found(found) VALUES ('rebuild')")
    return owned


def slices(given: Sequence[str]) -> Iterator[list[str]]:
    """As many as one statement takes."""
    return (list(given[first : first + _SOME]) for first in range(0, len(given), _SOME))


def places(given: Sequence[str]) -> str:
    """A list of as many places in a statement."""
    return f"({', '.join('?' * len(given))})"
