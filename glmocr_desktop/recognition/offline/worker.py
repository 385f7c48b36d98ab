"""What runs in the child process: receive a page, read it, answer.

Qt is never imported here, and everything heavy only once the process runs.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING

from glmocr_desktop.core.model import Answer, Mode

if TYPE_CHECKING:
    from glmocr_desktop.recognition.offline.reader import PageReader


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page on its way to the process.

    Attributes:
        width: In pixels.
        height: In pixels.
        rgb: Three bytes a pixel, row by row.
    """

    width: int
    height: int
    mode: Mode
    rgb: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a page, or the start of the process, failed.

    Attributes:
        kind: A kind of `OfflineUnavailable`.
        detail: A few words for the user.
        trace: For the log.
    """

    kind: str
    detail: str
    trace: str = field(default="", repr=False)


def main(pages: Connection, replies: Connection, threads: int) -> None:
    """Read pages until the parent closes its end or dies; never returns before that, except for a failed start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's affair
    if hasattr(os, "nice"):
        os.nice(10)  # with all processors busy here, the window and a cancel would wait for their turn
    _silence()
    sys.addaudithook(_refuse_network)
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime would report to its makers, past the hook
    requests: SimpleQueue[PageRequest] = SimpleQueue()
    threading.Thread(target=_receive, args=(pages, requests), daemon=True).start()
    try:
        from glmocr_desktop.recognition.offline.reader import PageReader

        reader = PageReader(threads)
    except (ImportError, FileNotFoundError) as error:
        replies.send(Failed("offline_not_installed", _short(error), traceback.format_exc()))
        return
    replies.send(None)
    while True:
        replies.send(_read(reader, requests.get()))


def _read(reader: PageReader, page: PageRequest) -> Answer | Failed:
    """Read one page; whatever goes wrong is this page's affair."""
    import numpy as np

    try:
        pixels = np.frombuffer(page.rgb, np.uint8).reshape(page.height, page.width, 3)
        return reader.read(pixels, page.mode)
    except MemoryError:
        os._exit(1)  # what is left of the process cannot be trusted; the parent starts another one
    except Exception as error:  # noqa: BLE001 - third-party code raises anything
        return Failed("offline_failed", _short(error), traceback.format_exc())


def _receive(pages: Connection, requests: SimpleQueue[PageRequest]) -> None:
    """Body of the receiving thread: it sees the parent's end at once, also in the middle of a page."""
    try:
        while True:
            width, height, mode = pages.recv()
            requests.put(PageRequest(width, height, mode, pages.recv_bytes()))
    except (EOFError, OSError):
        os._exit(0)


def _silence() -> None:
    """Keep whatever libraries print away from the parent's output, which scripts read."""
    sink = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(sink, stream)
    os.close(sink)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the whole life


def _refuse_network(event: str, _args: tuple[object, ...]) -> None:
    """Audit hook: a missing model is an error here, never a download."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise PermissionError("Offline reading does not use the network.")


def _short(error: Exception) -> str:
    """An error in a few words."""
    first_line = str(error).strip().partition("\n")[0]
    return first_line if 0 < len(first_line) <= 100 else type(error).__name__
