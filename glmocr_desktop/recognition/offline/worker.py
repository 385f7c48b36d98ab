"""What runs in the child process: receive a page, read it, answer.

Qt is never imported here, and everything heavy only once the process runs.
"""

from __future__ import annotations

import os
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, cast

from glmocr_desktop.core.errors import OfflineUnavailable
from glmocr_desktop.core.model import Mode
from glmocr_desktop.processes.message import Message
from glmocr_desktop.processes.worker import Answer, serve, short

if TYPE_CHECKING:
    from glmocr_desktop.recognition.offline.reader import PageReader

_MEMORY_BYTES = 12_000_000_000  # of address space, of which the models and their threads take most without using it


def main(pages: Connection, replies: Connection, threads: int) -> None:
    """Read pages until the parent closes its end or dies; never returns before that, except for a failed start."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime would report to its makers, past the hook
    serve(pages, replies, lambda: _begun(threads), _MEMORY_BYTES)


def _begun(threads: int) -> Answer:
    """Load the models."""
    try:
        from glmocr_desktop.recognition.offline.reader import PageReader

        reader = PageReader(threads)
    except (ImportError, FileNotFoundError) as error:
        raise OfflineUnavailable("offline_not_installed", detail=short(error)) from error
    return lambda page: _read(reader, page)


def _read(reader: PageReader, page: Message) -> Message:
    """Read one page."""
    import numpy as np

    width, height, mode = cast("tuple[int, int, Mode]", page.head)
    pixels = np.frombuffer(page.body, np.uint8).reshape(height, width, 3)
    return Message(reader.read(pixels, mode))
