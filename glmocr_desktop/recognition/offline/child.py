"""The child process as its parent sees it: started, fed, killed and reaped by one thread of its own."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import threading
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue

from glmocr_desktop.core.errors import JobCancelled, OcrError, OfflineUnavailable
from glmocr_desktop.core.model import Answer
from glmocr_desktop.recognition.offline import worker
from glmocr_desktop.recognition.offline.worker import Failed, PageRequest

_log = logging.getLogger(__name__)
_Task = tuple[PageRequest, Future[Answer]]


class Child:
    """One child process. Making it returns at once: all that may block happens on its own thread.

    The mutable state is the process, whether it is ready, and whether it was killed or has ended. It changes under
    the lock only. Every submitted page gets an end.

    Args:
        threads: How many processor threads the process uses.

    Thread: any.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._lock = threading.Lock()
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._process: SpawnProcess | None = None
        self._ready = False
        self._killed = False
        self._reading: Future[Answer] | None = None
        self._ended: OcrError | None = None
        self._thread = threading.Thread(target=self._run, name="offline-engine", daemon=True)
        self._thread.start()

    @property
    def usable(self) -> bool:
        """Whether a page may be submitted: neither killed nor dead by itself."""
        with self._lock:
            if self._killed or self._ended is not None:
                return False
            return self._process is None or self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """Process id; None before the start and after the end."""
        with self._lock:
            return self._process.pid if self._process is not None else None

    @property
    def state(self) -> str:
        """In words: starting, ready or ended."""
        with self._lock:
            return "ended" if self._killed or self._ended is not None else "ready" if self._ready else "starting"

    def submit(self, page: PageRequest) -> Future[Answer]:
        """Let a page be read; the future ends with its answer, or with the error of `OfflineEngine.read`."""
        answer: Future[Answer] = Future()
        with self._lock:
            if self._ended is None:
                self._tasks.put((page, answer))
            else:
                answer.set_exception(self._ended)
        return answer

    def give_up(self, answer: Future[Answer]) -> None:
        """Nobody wants this page any more: the process ends if it is reading it, and never begins with it if not."""
        with self._lock:
            being_read = self._reading is answer
        if answer.cancel() and being_read:
            self.kill()

    def kill(self) -> None:
        """End the process now; the page being read ends as cancelled. Does not wait for it."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()
        self._tasks.put(None)

    def join(self, timeout_s: float) -> None:
        """Wait until the process is gone and all its pages have ended, but no longer than `timeout_s` seconds."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        """Body of the thread: from the start of the process until it is reaped."""
        _block_interrupts()
        task: _Task | None = None
        error: OcrError = OfflineUnavailable("offline_crashed")
        try:
            pages, replies = self._start()
            with pages, replies:
                self._greet(replies)
                while (task := self._tasks.get()) is not None:
                    if self._begin(task[1]):
                        _settle(task[1], _ask(task[0], pages, replies))
        except OfflineUnavailable as reason:
            error = reason
        except (EOFError, OSError) as reason:
            _log.info("The offline engine's process is gone: %r", reason)
        except Exception:  # noqa: BLE001 - whatever it is, the pages need an end
            _log.exception("The offline engine's process could not be used.")
            error = OfflineUnavailable("offline_failed", detail="its process could not be started")
        self._reap()
        self._fail_all(error, task)

    def _start(self) -> tuple[Connection, Connection]:
        """Start the process; our ends of the two pipes."""
        context = multiprocessing.get_context("spawn")  # forking a process with threads is not safe
        their_pages, pages = context.Pipe(duplex=False)
        replies, their_replies = context.Pipe(duplex=False)
        process = context.Process(
            target=worker.main, args=(their_pages, their_replies, self._threads), name="offline-engine", daemon=True
        )
        with their_pages, their_replies:  # else the end of one side would not be seen by the other
            process.start()
        with self._lock:
            self._process = process
            if self._killed:
                process.kill()
        return pages, replies

    def _greet(self, replies: Connection) -> None:
        """Wait until the models are loaded."""
        problem = replies.recv()
        if isinstance(problem, Failed):
            raise _unavailable(problem)
        with self._lock:
            self._ready = True

    def _begin(self, answer: Future[Answer]) -> bool:
        """Whether a page is still wanted; from now on giving it up ends the process."""
        with self._lock:
            self._reading = None if answer.cancelled() else answer
            return self._reading is not None

    def _reap(self) -> None:
        """Leave no process behind."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()
            # Starting another child polls all of them, and may have reaped this one without having noted it yet.
            with suppress(ValueError):
                process.close()

    def _fail_all(self, error: OcrError, task: _Task | None) -> None:
        """Give the pages that will not be read an end, and those that still come."""
        with self._lock:
            self._ended = error = JobCancelled() if self._killed else error
            waiting = [task]
            while not self._tasks.empty():
                waiting.append(self._tasks.get())
        for each in waiting:
            if each is not None and not each[1].done():
                _settle(each[1], error)


def _ask(page: PageRequest, pages: Connection, replies: Connection) -> Answer | OcrError:
    """Have one page read by the process."""
    pages.send((page.width, page.height, page.mode))
    pages.send_bytes(page.rgb)
    reply = replies.recv()
    return _unavailable(reply) if isinstance(reply, Failed) else reply


def _settle(future: Future[Answer], outcome: Answer | OcrError) -> None:
    """Give a page its end, unless it was given up."""
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(outcome, OcrError):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


def _unavailable(failed: Failed) -> OfflineUnavailable:
    _log.info("The offline engine failed: %s", failed.trace)
    return OfflineUnavailable(failed.kind, detail=failed.detail)


def _block_interrupts() -> None:
    """Keep Ctrl+C, which goes to every process of a terminal, from the process that this thread starts."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # else starting the process starts it, which lifts the block again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
