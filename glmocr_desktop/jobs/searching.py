"""The history is searched."""

from __future__ import annotations

import sqlite3
from typing import Any

from glmocr_desktop.core.model import Engine, JobState, Mode, Page
from glmocr_desktop.jobs.kept import Asked, Found
from glmocr_desktop.jobs.records import searchable, unpack, unpack_document

_INDEXED = 3  # characters of the shortest word that the index knows; most Chinese words have two
_BEFORE, _LONG = 40, 160  # characters of an excerpt


def find(connection: sqlite3.Connection, asked: Asked, limit: int, offset: int) -> list[Found]:
    """Pages that ended, the newest first."""
    where, values = _condition(asked)
    words = _searched(asked.words)
    rows = connection.execute(
        "SELECT pages.id, document_id, record, page, region, mode, engine, state, ended_at, desk, corrected, "
        f"words FROM pages JOIN documents ON documents.id = document_id WHERE {where} "
        "ORDER BY ended_at DESC, pages.key DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [_found(row, words) for row in rows]


def count(connection: sqlite3.Connection, asked: Asked) -> int:
    """How many pages there are."""
    where, values = _condition(asked)
    (number,) = connection.execute(f"SELECT count(*) FROM pages WHERE {where}", values).fetchone()
    return int(number)


def _condition(asked: Asked) -> tuple[str, list[object]]:
    parts, values = ["result IS NOT NULL"], list[object]()
    for column, value in (("mode", asked.mode), ("engine", asked.engine), ("state", asked.state)):
        if value is not None:
            parts.append(f"{column} = ?")
            values.append(value.value)
    for sign, moment in ((">=", asked.since), ("<=", asked.until)):
        if moment is not None:
            parts.append(f"ended_at {sign} ?")
            values.append(moment)
    for word in _searched(asked.words):
        if len(word) >= _INDEXED:
            parts.append("pages.key IN (SELECT rowid FROM found WHERE found MATCH ?)")
            values.append(_quoted(word))
        else:
            parts.append("words LIKE ? ESCAPE '\\'")
            values.append(_like(word))
    return " AND ".join(parts), values


def _searched(words: str) -> list[str]:
    return list(dict.fromkeys(searchable(words).split()))


def _quoted(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def _like(word: str) -> str:
    for sign in ("\\", "%", "_"):
        word = word.replace(sign, f"\\{sign}")
    return f"%{word}%"


def _found(row: tuple[Any, ...], words: list[str]) -> Found:
    page_id, document_id, record, packed, region, mode, engine, state, ended_at, desk, corrected, text = row
    document = unpack_document(record, document_id)
    page = unpack(Page, packed, document)
    return Found(
        page_id,
        document_id,
        document.name,
        document.path,
        page.number,
        page.count,
        region,
        Mode(mode),
        Engine(engine) if engine else None,
        JobState(state),
        ended_at,
        bool(desk),
        bool(corrected),
        _excerpt(text.partition("\n")[2], words),
    )


def _excerpt(text: str, words: list[str]) -> str:
    """A line of a text around the first of the words that is in it, or its beginning."""
    low = text.lower()
    places = [place for word in words if (place := low.find(word.lower())) >= 0]
    first = max(0, min(places, default=0) - _BEFORE)
    part = " ".join(text[first : first + _LONG].split())
    return ("…" if first else "") + part + ("…" if len(text) > first + _LONG else "")
