"""Files that are the program's own: what was pasted or captured, and is in no file of the user's."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from glmocr_desktop.jobs.kept import Asked

if TYPE_CHECKING:
    from glmocr_desktop.jobs.store import Store

_log = logging.getLogger(__name__)
_SOME = 1000
_STRAY_S = 24 * 3600.0  # so long a file may wait for the document that it belongs to


def remove_owned(files: Iterable[str], folder: Path) -> None:
    """Remove files that are really in the program's own folder, and no others.

    Args:
        files: As documents name them.
        folder: The program's own; a link in it is removed, but never what it leads to.

    Thread: any. Blocks.
    """
    for each in map(Path, files):
        if not _is_inside(each, folder):
            _log.info("%s is not the program's own, and stays.", each)
            continue
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            _log.info("%s could not be removed: %s", each, error)


def remove_strays(store: Store, folder: Path) -> None:
    """Remove old files of the folder that belong to no document: the program ended while they were being added.

    Thread: any. Blocks.
    """
    oldest = time.time() - _STRAY_S
    try:
        strays = {str(each) for each in folder.glob("*.png") if each.lstat().st_mtime < oldest}
    except OSError:  # somebody else has removed one of them
        return
    if strays:
        remove_owned(strays - _known(store), folder)


def _known(store: Store) -> set[str]:
    """The files of all documents."""
    known = {document.document.file for document in store.desk()}
    offset = 0
    while found := store.find(Asked(), _SOME, offset):
        known.update(each.path for each in found)
        offset += len(found)
    return known


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.parent.resolve() == folder.resolve() and path.name not in ("", "..")
    except (OSError, RuntimeError):
        return False
