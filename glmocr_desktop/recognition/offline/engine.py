"""The offline engine as the rest of the program sees it."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import JobCancelled, OfflineUnavailable
from glmocr_desktop.core.model import Answer, Mode
from glmocr_desktop.processes.child import Child, ChildGone
from glmocr_desktop.processes.message import Message
from glmocr_desktop.processes.worker import Unexpected
from glmocr_desktop.recognition.lanes import LanePool
from glmocr_desktop.recognition.offline import worker

if TYPE_CHECKING:
    from PIL.Image import Image

_log = logging.getLogger(__name__)
_MOST_BYTES = 2_000_000_000  # it uses some 300 MB; what has grown beyond this between two pages is replaced
_MAX_THREADS = 4  # a page is one line after another: more threads wait for each other


class OfflineEngine:
    """Reads pages in a child process, one at a time, in the order in which they came.

    The child is started at first need and kept. It is killed when the page that it is reading is cancelled, or when
    it has grown; the next page starts another one.

    Args:
        threads: How many processor threads the child uses; by default as many as there are, up to 4.

    Thread: any, all methods.
    """

    def __init__(self, threads: int | None = None) -> None:
        self._threads = threads or min(_MAX_THREADS, os.cpu_count() or 1)
        self._lanes = LanePool(1)
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._closed = False

    def __repr__(self) -> str:
        with self._lock:
            child, closed = self._child, self._closed
        state = "closed" if closed else "not started" if child is None else child.state
        return f"<OfflineEngine {state}, {self._lanes.waiting} waiting>"

    @property
    def pid(self) -> int | None:
        """Process id of the child; None when there is none."""
        with self._lock:
            child = self._child
        return child.pid if child is not None else None

    def start(self) -> None:
        """Start the child before it is needed; returns at once.

        Raises:
            JobCancelled: The engine is closed.
        """
        self._living_child()

    def read(self, image: Image, mode: Mode, token: CancelToken, on_turn: Callable[[], None] = lambda: None) -> Answer:
        """Read a page; blocks until it is read or the job ends.

        Args:
            image: The upright page; any size, converted to RGB.
            mode: Text or table.
            token: Ends the wait for a turn as well as the reading itself.
            on_turn: Called when the wait is over.

        Raises:
            OfflineUnavailable: The mode cannot be read offline, the engine is not installed, or it failed.
            JobCancelled: The job was cancelled, or the engine was closed.
            JobTimeout: The job's deadline passed.
        """
        if mode is Mode.FORMULA:
            raise OfflineUnavailable("offline_formula")
        with self._lanes.lane(token):
            on_turn()
            child = self._living_child()
            rgb = image.convert("RGB")
            reply = child.submit(Message((rgb.width, rgb.height, mode), rgb.tobytes()))
            try:
                return cast("Answer", token.wait_for(reply).head)
            except ChildGone as error:
                raise OfflineUnavailable("offline_crashed") from error
            except Unexpected as error:
                _log.info("The offline engine failed: %s", error.trace)
                raise OfflineUnavailable("offline_failed", detail=error.short) from error
            except BaseException:
                child.give_up(reply)
                raise

    def close(self) -> None:
        """End the child; pages that wait or are being read end as cancelled. Returns within a second."""
        with self._lock:
            self._closed = True
            child = self._child
        self._lanes.close()
        if child is not None:
            child.kill()
            child.join(timeout_s=1.0)

    def _living_child(self) -> Child:
        with self._lock:
            if self._closed:
                raise JobCancelled
            if self._child is not None and self._child.memory_bytes > _MOST_BYTES:
                self._child.kill()  # nothing is being read: the lane is ours
            if self._child is None or not self._child.usable:
                self._child = Child("offline-engine", worker.main, self._threads)
            return self._child
