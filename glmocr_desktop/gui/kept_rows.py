"""Rows from what is kept, and what is kept of rows."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from glmocr_desktop.core.model import Document, Failure, Job, Page, Result, new_id
from glmocr_desktop.documents.names import visible_name
from glmocr_desktop.gui.rows import Opened, Row, Turn
from glmocr_desktop.jobs.kept import KeptDocument, KeptPage

_TOGETHER = 100  # pages that become rows in one turn of the loop


def kept_of(opened: Opened) -> KeptDocument:
    """A document as it is kept when it was just opened; one that could not be has a page that stands for it."""
    if opened.kept is not None:
        return opened.kept
    if not opened.pages:
        document = Document(opened.path, opened.path, visible_name(opened.path))
        return KeptDocument(document, (KeptPage(new_id(), Page(document, count=0)),), error=opened.error)
    document = opened.pages[0].document
    pages = tuple(KeptPage(new_id(), page, float(place)) for place, page in enumerate(opened.pages))
    return KeptDocument(document, pages, locked=document.password is not None)


def rows_of(kept: KeptDocument, ids: Iterator[int]) -> list[Row]:
    """The top rows of a document: one with all pages below; or one for each reading of its only page."""
    document = kept.document
    if kept.error is not None:
        row = Row(next(ids), document.name, document.path, page_id=kept.pages[0].id)
        row.error = kept.error
        return [row]
    locked = kept.locked and document.password is None
    if kept.pages[0].page.count == 1:
        return [row_of(page, next(ids), locked) for page in kept.pages]
    top = Row(next(ids), document.name, document.path)
    top.children = [row_of(page, next(ids), locked) for page in kept.pages]
    for child in top.children:
        child.parent = top
    top.counts = Counter(child.state for child in top.children)
    return [top]


def row_of(kept: KeptPage, number: int, locked: bool) -> Row:
    """The row of a page; one that is locked and not read yet needs a password first."""
    document = kept.page.document
    row = Row(number, document.name, document.path, kept.id, kept.order, page=kept.page, region=kept.region)
    row.job, row.own_limits = kept.job, kept.own_limits
    row.paused, row.turn, row.checked = kept.paused, Turn(kept.turn), kept.checked
    row.result, row.previous, row.other = _settled(kept.result), kept.previous, kept.other
    if locked and row.result is None:
        row.error = Failure("password_needed", (("name", document.name),))
    return row


def kept_page(row: Row) -> KeptPage:
    """A row as it is kept."""
    assert row.page is not None
    return KeptPage(
        row.page_id,
        row.page,
        row.order,
        row.region,
        row.job,
        row.own_limits,
        row.paused,
        int(row.turn),
        row.result,
        row.previous,
        row.other,
        row.checked,
    )


def _settled(result: Result | None) -> Result | None:
    """A cancelled page that nobody has heard of since has left the server by now."""
    if result is not None and result.error is not None and result.error.kind == "cancelled_leaving":
        return replace(result, error=Failure("cancelled"))
    return result


def prepared(
    opened: Sequence[Opened], orders: Iterator[int], plan: Callable[[Page], Job], owned: bool
) -> list[KeptDocument]:
    """Documents as they are kept, with the jobs that read them."""
    now = time.time()
    documents = []
    for each in opened:
        kept = kept_of(each)
        pages = kept.pages
        if kept.error is None:
            pages = tuple(replace(page, job=plan(page.page)) for page in pages)
        documents.append(replace(kept, pages=pages, order=float(next(orders)), added_at=now, owned=owned))
    return documents


def slices(documents: Sequence[KeptDocument]) -> Iterator[list[KeptDocument]]:
    """Documents as they can be put back together, by their pages."""
    part: list[KeptDocument] = []
    for each in documents:
        part.append(each)
        if sum(len(some.pages) for some in part) >= _TOGETHER:
            yield part
            part = []
    if part:
        yield part
