"""The child process as its parent sees it: started, fed, killed and reaped by one thread of its own."""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from weakref import WeakSet

from glmocr_desktop.core.errors import JobCancelled, OcrError
from glmocr_desktop.processes.message import Message, receive, send
from glmocr_desktop.processes.worker import OUT_OF_MEMORY, Unexpected

_log = logging.getLogger(__name__)
_LAST_BREATH_S = 0.5
_Task = tuple[Message, Future[Message]]


class ChildGone(Exception):
    """The process has ended in the middle of its work."""


class ChildOutOfMemory(ChildGone):
    """It had not enough memory."""


_living: WeakSet[Child] = WeakSet()


@atexit.register  # before the like of multiprocessing, which would meet processes that are being closed here
def _end_all() -> None:
    children = list(_living)
    for each in children:
        each.kill()
    for each in children:
        each.join(_LAST_BREATH_S)


class Child:
    """One child process. Making it returns at once: all that may block happens on its own thread.

    The mutable state is the process, whether it is ready, and whether it was killed or has ended. It changes under
    the lock only. Every request gets an end.

    Args:
        name: Of the process.
        main: What runs in it: it is called with both pipes and the arguments, and calls `worker.serve`.
        arguments: What else it is called with.

    Thread: any.
    """

    def __init__(self, name: str, main: Callable[..., None], *arguments: object) -> None:
        self._name = name
        self._main = main
        self._arguments = arguments
        self._lock = threading.Lock()
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._process: SpawnProcess | None = None
        self._ready = False
        self._memory_bytes = 0
        self._killed = False
        self._working: Future[Message] | None = None
        self._ended: Exception | None = None
        _living.add(self)
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def usable(self) -> bool:
        """Whether a request may be submitted: neither killed nor dead by itself."""
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

    @property
    def memory_bytes(self) -> int:
        """What the process used when it had last answered."""
        return self._memory_bytes

    def submit(self, request: Message) -> Future[Message]:
        """Have a request answered.

        The future ends with the reply, with the `OcrError` that the process raised instead, with `Unexpected`, with
        `ChildGone` when the process has ended, or with `JobCancelled` when it was killed here.
        """
        reply: Future[Message] = Future()
        with self._lock:
            if self._ended is None:
                self._tasks.put((request, reply))
            else:
                reply.set_exception(self._ended)
        return reply

    def give_up(self, reply: Future[Message]) -> None:
        """Nobody wants this any more: the process ends if it is at it, and never begins with it if not."""
        with self._lock:
            at_it = self._working is reply
        if at_it:
            self.kill()  # before anybody hears that the request has ended, and takes the process for a free one
        reply.cancel()

    def kill(self) -> None:
        """End the process now; what it is at ends as cancelled. Does not wait for it."""
        with self._lock:
            self._killed = True
            if self._process is not None:
                self._process.kill()
        self._tasks.put(None)

    def join(self, timeout_s: float) -> None:
        """Wait until the process is gone and all requests have ended, but no longer than `timeout_s` seconds."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        """Body of the thread: from the start of the process until it is reaped."""
        _block_interrupts()
        task: _Task | None = None
        error: Exception = ChildGone(self._name)
        try:
            requests, replies = self._start()
            with requests, replies:
                self._greet(replies)
                while (task := self._tasks.get()) is not None:
                    if self._begin(task[1]):
                        send(requests, task[0])
                        reply = receive(replies)
                        with self._lock:
                            self._memory_bytes, self._working = reply.memory_bytes, None
                        _settle(task[1], reply.head if isinstance(reply.head, OcrError | Unexpected) else reply)
        except OcrError as reason:
            error = reason
        except (EOFError, OSError) as reason:
            _log.info("The process %s is gone: %r", self._name, reason)
        except Exception:  # noqa: BLE001 - whatever it is, the requests need an end
            _log.exception("The process %s could not be used.", self._name)
        code = self._reap()
        self._fail_all(ChildOutOfMemory(self._name) if code == OUT_OF_MEMORY else error, task)

    def _start(self) -> tuple[Connection, Connection]:
        """Start the process; our ends of the two pipes."""
        context = multiprocessing.get_context("spawn")  # forking a process with threads is not safe
        their_requests, requests = context.Pipe(duplex=False)
        replies, their_replies = context.Pipe(duplex=False)
        process = context.Process(
            target=self._main, args=(their_requests, their_replies, *self._arguments), name=self._name, daemon=True
        )
        with their_requests, their_replies:  # else the end of one side would not be seen by the other
            process.start()
        with self._lock:
            self._process = process
            if self._killed:
                process.kill()
        return requests, replies

    def _greet(self, replies: Connection) -> None:
        """Wait until the process is ready."""
        greeting = receive(replies)
        if isinstance(greeting.head, OcrError):
            raise greeting.head
        with self._lock:
            self._ready = True
            self._memory_bytes = greeting.memory_bytes

    def _begin(self, reply: Future[Message]) -> bool:
        """Whether a reply is still wanted; from now on giving it up ends the process."""
        with self._lock:
            self._working = None if reply.cancelled() else reply
            return self._working is not None

    def _reap(self) -> int | None:
        """Leave no process behind; its exit code, if it is known."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return None
        process.join(_LAST_BREATH_S)  # it may be about to end by itself, and say why
        process.kill()
        process.join()
        code = process.exitcode
        # Starting another child polls all of them, and may have reaped this one without having noted it yet.
        with suppress(ValueError):
            process.close()
        return code

    def _fail_all(self, error: Exception, task: _Task | None) -> None:
        """Give the requests that will not be answered an end, and those that still come."""
        with self._lock:
            self._ended = error = JobCancelled() if self._killed else error
            waiting = [task]
            while not self._tasks.empty():
                waiting.append(self._tasks.get())
        for each in waiting:
            if each is not None and not each[1].done():
                _settle(each[1], error)


def _settle(future: Future[Message], outcome: Message | Exception) -> None:
    """Give a request its end, unless it was given up."""
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(outcome, Exception):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)


def _block_interrupts() -> None:
    """Keep Ctrl+C, which goes to every process of a terminal, from the process that this thread starts."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # else starting the process starts it, which lifts the block again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
