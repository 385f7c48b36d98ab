"""Folders and files that nobody else may look into."""

from __future__ import annotations

import os
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for this user alone; one that is there stays as it is.

    Raises:
        OSError: It cannot be made, or a file has its name.
    """
    if not folder.parent.exists():  # `parents=True` would make these for everybody
        make_private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file for this user alone, in such a folder; one that is there stays as it is.

    Raises:
        OSError: It cannot be made.
    """
    make_private_folder(path.parent)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
