"""Which file is made of what, in the database of a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path

from glmocr_desktop.core.errors import ExportError
from glmocr_desktop.jobs.store import Store
from glmocr_desktop.results.export.plan import Plan

_HALF = 16


def document_id(place: str, content: str) -> str:
    """A name for a document, of which one half stays when the document is changed.

    Args:
        place: Which of the documents of a run it is.
        content: Stands for what is in it.
    """
    halves = (hashlib.sha256(each.encode("utf-8", "surrogatepass")).hexdigest() for each in (place, content))
    return "".join(each[:_HALF] for each in halves)


def _key(part: str) -> str:
    """A part, whatever was in its document: the file of one that was changed is written in the place of the old one."""
    document, space, rest = part.partition(" ")
    return document[:_HALF] + space + rest


class KeptPlan(Plan):
    """Which file is made of what, in the database of a run."""

    def __init__(self, store: Callable[[], Store], wait_for: Callable[[Future[None]], bool]) -> None:
        self._store = store
        self._wait_for = wait_for
        self._files: dict[str, tuple[str, str]] = {}
        self._count = 0

    def load(self) -> None:
        """Look up what was noted before."""
        store = self._store()
        while entry := store.note(f"file {self._count + 1}"):
            part, path, digest = json.loads(entry)
            self._files[_key(part)] = path, digest
            self._count += 1

    def path(self, part: str) -> Path | None:
        """Where the file of a part was to be, when the export broke off."""
        return Path(self._files[_key(part)][0]) if _key(part) in self._files else None

    def paths(self) -> Iterable[Path]:
        """Where any file was to be."""
        return [Path(path) for path, _ in self._files.values()]

    def holds(self, part: str, path: Path) -> bool:
        """Whether what is at a path now is what was written for a part."""
        noted, digest = self._files.get(_key(part), ("", ""))
        try:
            return noted == str(path) and hashlib.sha256(path.read_bytes()).hexdigest() == digest
        except OSError:
            return False

    def note(self, part: str, path: Path, content: bytes) -> None:
        """A file is written in the next moment.

        Raises:
            ExportError: That cannot be noted, so that a run that goes on would not know whose file it is.
        """
        entry = str(path), hashlib.sha256(content).hexdigest()
        self._files[_key(part)] = entry
        self._count += 1
        if not self._wait_for(self._store().set_note(f"file {self._count}", json.dumps([part, *entry]))):
            raise ExportError("cannot_write", name=path.name, detail="nothing can be kept of this run any more")
