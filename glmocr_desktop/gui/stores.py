"""Databases are opened off the GUI thread, and closed with the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from glmocr_desktop.core.model import Failure, JobState
from glmocr_desktop.jobs.kept import KeptDocument, KeptPage

if TYPE_CHECKING:
    from glmocr_desktop.jobs.store import Store


def open_store(path: Path | None, on_trouble: Callable[[Failure | None], None]) -> Store:
    """Open a database, and come back when it is known whether it can be used. Thread: background."""
    from glmocr_desktop.jobs.store import Store

    store = Store(path, on_trouble)
    _ = store.damaged  # which is known when it is open
    return store


def add_beside(path: Path, documents: list[KeptDocument], wait_s: float) -> None:
    """Add documents to what another window keeps: those that were read to its history, the others to its desk."""
    from glmocr_desktop.jobs.store import Store

    store = Store(path)
    store.add(documents)
    read = [each for each in documents if all(_is_read(page) for page in each.pages)]
    store.take_off([page.id for each in read for page in each.pages])
    store.close(wait_s)


def _is_read(page: KeptPage) -> bool:
    return page.result is not None and page.result.state is JobState.DONE


def close_late(opening: Future[Store]) -> None:
    """The window was gone before the store was open."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close(0)
