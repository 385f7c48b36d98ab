"""Where the details go that a user's sentence leaves out."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler

from glmocr_desktop.core.settings_file import home_dirs

LOG_FILE = "glmocr-desktop.log"
"""The newest log in the log folder."""

_FILE_BYTES = 1_000_000
_OLD_FILES = 2


def start_log() -> None:
    """Send warnings and worse to standard error and to a file in the log folder.

    The file is made when there is something to write. Without a folder to write to, there is only standard error.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    folder = home_dirs()[2]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / LOG_FILE, maxBytes=_FILE_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True
        )
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        handlers.append(file)
    except OSError:
        pass
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s", handlers=handlers)
    logging.captureWarnings(True)
