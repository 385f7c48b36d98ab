"""What was kept is deleted as a whole."""

from __future__ import annotations

from pathlib import Path

from glmocr_desktop.jobs.kept import Asked
from glmocr_desktop.jobs.owned import remove_owned
from glmocr_desktop.jobs.store import Store

_BESIDE = ("", "-wal", "-shm")


def erase(path: Path, folder: Path) -> None:
    """Delete a database that nobody uses any more, with all that is in it.

    Args:
        path: Its file.
        folder: Where the program's own files are, of which those of its documents are removed.

    Raises:
        StoreError: It cannot be used.
        OSError: It cannot be removed.

    Thread: any. Blocks.
    """
    if not path.exists():
        return
    store = Store(path)
    desk = [page.id for document in store.desk() for page in document.pages]
    owned = [*store.delete(desk).result(), *store.delete_history().result()]
    left = store.count(Asked())
    store.close()
    remove_owned(owned, folder)
    if not left:
        for ending in _BESIDE:
            Path(f"{path}{ending}").unlink(missing_ok=True)
