"""Words on the clipboard that name files, as a terminal or "Copy as path" leaves them."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QUrl

from glmocr_desktop.core.errors import InputError
from glmocr_desktop.documents.paths import ask

_MOST_CHARACTERS = 100_000


def named_paths(text: str) -> list[str]:
    """The whole paths that the lines of a text are; empty when one of them is something else.

    Whether there are such files is not looked at. Shares of other computers do not count: asking for one may tell that
    computer who asks.
    """
    lines = [line.strip().strip("\"'") for line in text[: _MOST_CHARACTERS + 1].splitlines() if line.strip()]
    if len(text) > _MOST_CHARACTERS:
        return []
    paths = [QUrl(line).toLocalFile() if line.startswith("file:") else line for line in lines]
    paths = [os.path.expanduser(path) if path.startswith("~/") else path for path in paths]  # noqa: PTH111  # never raises
    return paths if all(_is_whole(path) for path in paths) else []


def _is_whole(path: str) -> bool:
    return Path(path).is_absolute() and not path.startswith(("//", "\\\\"))


def all_exist(paths: list[str]) -> bool:
    """Whether there is something at each of the paths.

    Thread: background.
    """
    try:
        return all(ask(os.path.exists, path, path) for path in paths)
    except InputError:
        return False
