"""A call of the command line that can be continued: what it has read and written, on the disk until it is complete."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from glmocr_desktop.core.errors import OcrError, StoreError
from glmocr_desktop.core.model import Failure, Job, JobState, Page, Result
from glmocr_desktop.core.private import make_private_folder
from glmocr_desktop.jobs.kept import Asked, KeptDocument, KeptPage
from glmocr_desktop.jobs.kept_plan import KeptPlan, document_id
from glmocr_desktop.jobs.lock import HeldElsewhere, Lock
from glmocr_desktop.jobs.passing_run import PassingRun
from glmocr_desktop.jobs.store import Store

_OLD_S = 30 * 86_400  # nobody continues what was given up a month ago
_CLOSE_S = 10.0
_BESIDE = ("", "-wal", "-shm")


class KeptRun(PassingRun):
    """A run that is kept in a database.

    Args:
        folder: Of all runs.
        key: The same for the same command.

    Raises:
        StoreError: The same command is running now, or nothing can be kept.

    Thread: the one that made it; `begin` comes first, `end` last.
    """

    def __init__(self, folder: Path, key: str) -> None:
        super().__init__()
        self._path = folder / f"{key}.db"
        self._lock = _locked(folder, key)
        self._store: Store | None = None
        self._lost: Future[Failure] = Future()
        self._trouble: Failure | None = None
        self._same: dict[str, int] = {}
        self._pages = 0
        self._continues = False
        self.mark = key[:16]
        self.plan = self._plan = KeptPlan(self._opened, self._wait_for)

    def begin(self, *, resume: bool, tell: Callable[[str], None]) -> bool:
        """Go on with the run that broke off, or begin anew.

        Args:
            resume: Whether to go on.
            tell: Told what became of the run before.

        Returns:
            Whether this run goes on with another one.

        Raises:
            StoreError: Nothing can be kept.
        """
        _forget_old(self._path)
        before = self._path.exists()
        store = self._open()
        known = store.count(Asked(state=JobState.DONE))
        counts = json.loads(store.note("counts") or "{}")
        if resume and not before:
            tell("There is nothing to go on with; this run begins anew.")
        if before and not resume:
            if known:
                done = f"{known:,} of {counts['pages']:,}"
                tell(f"Beginning anew, though {done} pages were read before. --resume would have gone on.")
            self._close()
            self._remove()
            store = self._open()
        elif before and counts:
            self.id = store.note("id")
            self._documents, self._pages = counts["documents"], counts["pages"]
            self._plan.load()
            self._continues = True
            tell(f"Going on: {_pages(known)} read before.")
            return True
        store.set_note("id", self.id)
        return False

    @property
    def trouble(self) -> Failure | None:
        """Why nothing can be kept any more, although it should be."""
        if self._trouble is None and self._lost.done():
            self._trouble = _for_a_run(self._lost.result())
        return self._trouble

    def identified(self, pages: Sequence[Page], content: str = "") -> list[Page]:
        """The pages of a document under the name that the document has in each continuation.

        Args:
            pages: Of one document.
            content: Stands for what is in it; empty when that is told by the time and size of its file.
        """
        document = pages[0].document
        if not content:
            with suppress(OSError):
                status = Path(document.file).stat()
                content = f"{status.st_size} {status.st_mtime_ns}"
        self._same[document.path] = self._same.get(document.path, 0) + 1  # a file may be given twice
        name = document_id(f"{document.path}\0{self._same[document.path]}", content)
        document = replace(document, id=name)
        return [replace(page, document=document) for page in pages]

    def read_before(self, pages: Sequence[Page]) -> list[Result]:
        """What is kept of a document's pages; they need not be read again."""
        by_id = {_page_id(page): page for page in pages}
        return [
            replace(kept.result, job=replace(kept.result.job, page=by_id[kept.id]))  # with its password
            for _, kept in self._known(by_id)
            if kept.result is not None and kept.result.state is JobState.DONE
        ]

    def expect(self, pages: Sequence[Page], jobs: Sequence[Job]) -> int:
        """A document is read next, by jobs for those pages that were not read before; its number, from 1."""
        store = self._opened()
        ids = {_page_id(job.page): job for job in jobs}
        for known, _ in self._known([_page_id(pages[0])]):
            store.assign(list(ids.items()))
            return int(known.order)
        number = super().expect(pages, jobs)
        self._pages += len(pages)
        kept = [
            KeptPage(_page_id(page), page, float(place), job=ids.get(_page_id(page)))
            for place, page in enumerate(pages)
        ]
        document = pages[0].document
        store.add([KeptDocument(document, tuple(kept), float(number), locked=document.password is not None)])
        store.set_note("counts", json.dumps({"documents": self._documents, "pages": self._pages}))
        return number

    def finish(self, result: Result) -> None:
        """A job has ended; returns when that is on the disk."""
        self._wait_for(self._opened().finish([result]))

    def give(self, page: Page) -> None:
        """The result of a page is printed."""
        self._opened().set_note(f"given {_page_id(page)}", "yes")

    def was_given(self, page: Page) -> bool:
        """Whether the result of a page was printed by a run that this one continues."""
        return self._continues and bool(self._opened().note(f"given {_page_id(page)}"))

    def wrote(self, part: str, results: Sequence[Result]) -> None:
        """All files of a part are written, from these results."""
        self._wait_for(self._opened().set_note(f"written {part}", _jobs_of(results)))

    def has_written(self, part: str, results: Sequence[Result]) -> bool:
        """Whether a part was written from exactly these results."""
        return self._continues and self._opened().note(f"written {part}") == _jobs_of(results)

    def end(self) -> None:
        """Nothing more will come."""
        self._close()
        if self.complete or not self._documents:
            self._remove()
        self._lock.release()

    def _known(self, page_ids: Iterable[str]) -> list[tuple[KeptDocument, KeptPage]]:
        return self._opened().pages(list(page_ids)) if self._continues else []

    def _open(self) -> Store:
        self._store = Store(self._path, self._on_trouble)
        problem = self._store.damaged
        if problem is not None and problem.kind != "store_damaged":
            detail = dict(problem.values).get("detail", "it was made by a newer version")
            self._close()
            raise StoreError("run_not_kept", name=str(self._path), detail=detail)
        return self._store

    def _opened(self) -> Store:
        assert self._store is not None, "begin() comes first"
        return self._store

    def _wait_for(self, future: Future[None]) -> bool:
        """Wait until something is on the disk, or it is clear that it will not be."""
        if self.trouble is not None:
            return False
        waited: list[Future[Any]] = [future, self._lost]
        wait(waited, return_when=FIRST_COMPLETED)
        if future.done() and isinstance(error := future.exception(), OcrError):
            self._trouble = _for_a_run(Failure.of(error))
        return self.trouble is None

    def _on_trouble(self, failure: Failure | None) -> None:
        """Thread: the store's."""
        if failure is not None and not self._lost.done():
            self._lost.set_result(failure)

    def _close(self) -> None:
        if self._store is not None:
            self._store.close(_CLOSE_S)
            self._store = None

    def _remove(self) -> None:
        for ending in _BESIDE:
            with suppress(OSError):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)


def run_key(*asked: object) -> str:
    """What is the same for the same command in the same folder."""
    return _digest(json.dumps([str(Path.cwd()), *asked], default=str))


def _locked(folder: Path, key: str) -> Lock:
    try:
        make_private_folder(folder)
        return Lock(folder / f"{key}.lock")
    except HeldElsewhere as error:
        raise StoreError("run_busy") from error
    except OSError as error:
        detail = (error.strerror or "input or output error").lower()
        raise StoreError("run_not_kept", name=str(folder), detail=detail) from error


def _forget_old(path: Path) -> None:
    """Remove runs that were given up long ago; nobody runs them, or their files would be newer."""
    with suppress(OSError), os.scandir(path.parent) as found:
        for each in found:
            if each.path != str(path) and time.time() - each.stat().st_mtime > _OLD_S:
                Path(each.path).unlink()


def _for_a_run(failure: Failure) -> Failure:
    values = dict(failure.values)
    detail = values.get("detail", "the disk is full")
    return Failure("run_stopped", (("folder", values.get("folder", "")), ("detail", detail)))


def _jobs_of(results: Sequence[Result]) -> str:
    return _digest(" ".join(each.job.id for each in results))


def _page_id(page: Page) -> str:
    return f"{page.document.id}-{page.number}"


def _pages(count: int) -> str:
    return "1 page was" if count == 1 else f"{count:,} pages were"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
