"""In which order documents and pages are seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from glmocr_desktop.gui.rows import URGENCY, Row

_DIGITS = re.compile(r"(\d+)")
_URGENCIES = {state: place for place, state in enumerate(URGENCY)}


class Order(StrEnum):
    """What comes first."""

    ADDED = "added"
    NAME = "name"
    STATE = "state"
    TIME = "time"
    SUSPECTS = "suspects"


def sorted_rows(rows: list[Row], order: Order) -> list[Row]:
    """Rows beside each other in another order; those that are alike stay as they were added."""
    return list(rows) if order is Order.ADDED else sorted(rows, key=_KEYS[order])


def _name(row: Row) -> tuple[tuple[bool, int, str], ...]:
    """Numbers in names by their value: page 9 comes before page 10."""
    if row.parent is not None:
        return ()  # pages of one document: by their number
    parts = _DIGITS.split(row.name.casefold())
    return tuple((False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts if part)


def _urgency(row: Row) -> int:
    return _URGENCIES[row.state]


def _time(row: Row) -> float:
    """The longest first."""
    return -sum(page.result.elapsed_s for page in row.pages() if page.result is not None)


def _certain(row: Row) -> bool:
    return not any(page.doubtful for page in row.pages())


_KEYS: dict[Order, Callable[[Row], Any]] = {
    Order.NAME: _name,
    Order.STATE: _urgency,
    Order.TIME: _time,
    Order.SUSPECTS: _certain,
}
