"""Child processes in which files are opened and decoded: what crashes, hangs or swells there costs one page."""

from __future__ import annotations

import logging
import os
import threading
from collections import deque
from concurrent.futures import Future
from functools import cache

from glmocr_desktop.core.cancel import CancelToken
from glmocr_desktop.core.errors import InputError, JobCancelled
from glmocr_desktop.documents import decoding
from glmocr_desktop.processes.child import Child, ChildGone, ChildOutOfMemory
from glmocr_desktop.processes.message import Message
from glmocr_desktop.processes.worker import Unexpected

_log = logging.getLogger(__name__)
_LEAST, _MOST = 2, 4  # one for what is looked at, beside those that are read
_TRIES = 2  # a child may be ended by something that is not this file's fault
_LIMIT_S = 60.0
_GRACE_S = 1.0  # what nobody wants any more may end by itself for so long: another child takes longer to start
_MOST_BYTES = 700_000_000  # a child uses some 60 MB; what keeps more than this between two files is replaced
_MOST_REQUESTS = 5_000


class Decoders:
    """A few children, and who waits for one of them.

    Args:
        count: How many children there may be.

    Thread: any.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._requests: dict[Child, int] = {}
        self._waiting: deque[Future[Child]] = deque()

    def __repr__(self) -> str:
        with self._lock:
            return f"<Decoders {len(self._busy)} busy, {len(self._idle)} idle, {len(self._waiting)} waiting>"

    @property
    def pids(self) -> list[int]:
        """Process ids of the children that run."""
        with self._lock:
            return [pid for each in (*self._idle, *self._busy) if (pid := each.pid) is not None]

    def call(self, request: decoding.Request, name: str, token: CancelToken, limit_s: float = _LIMIT_S) -> Message:
        """Have a child do something with a file.

        Args:
            request: What to do.
            name: What errors call the file.
            token: Ends it at once, whatever the child is doing.
            limit_s: How long the child may be at it.

        Raises:
            InputError: The file cannot be read; also because a child crashed, took too long or had not enough memory.
            JobCancelled: The job was cancelled.
            JobTimeout: The job's deadline passed.
        """
        for left in reversed(range(_TRIES)):
            child = self._taken(token)
            try:
                return self._replied(child, request, name, token, limit_s)
            except ChildOutOfMemory as error:
                raise InputError("out_of_memory", name=name) from error
            except ChildGone as error:
                if not left:
                    raise InputError("decoder_crashed", name=name) from error
        raise AssertionError("unreachable")

    def _replied(
        self, child: Child, request: decoding.Request, name: str, token: CancelToken, limit_s: float
    ) -> Message:
        reply = child.submit(Message(request))
        waiting: Future[Message] = Future()
        reply.add_done_callback(lambda done: _pass_on(done, waiting))
        try:
            return token.wait_for(waiting, limit_s)
        except TimeoutError as error:
            child.give_up(reply)
            raise InputError("decoding_slow", name=name, limit_s=limit_s) from error
        except Unexpected as error:
            _log.warning("A decoder raised what it should not: %s", error.trace)
            raise InputError("damaged", name=name) from error
        finally:
            self._leave(child, reply)

    def _leave(self, child: Child, reply: Future[Message]) -> None:
        """Let others have a child, when it has done what it is at, or was too slow at it."""
        if not reply.done():
            patience = threading.Timer(_GRACE_S, child.give_up, (reply,))
            patience.daemon = True
            patience.start()
            reply.add_done_callback(lambda _done: patience.cancel())
        reply.add_done_callback(lambda _done: self._give_back(child))

    def _taken(self, token: CancelToken) -> Child:
        """A child, when it is our turn."""
        turn = self._turn()
        try:
            return token.wait_for(turn)
        except BaseException:
            if not turn.cancel():
                self._give_back(turn.result())
            raise

    def _turn(self) -> Future[Child]:
        turn: Future[Child] = Future()
        with self._lock:
            self._waiting.append(turn)
        self._serve()
        return turn

    def _give_back(self, child: Child) -> None:
        with self._lock:
            self._busy.discard(child)
            tired = self._requests[child] >= _MOST_REQUESTS or child.memory_bytes > _MOST_BYTES
            usable = child.usable
            if usable and not tired:
                self._idle.append(child)
            else:
                del self._requests[child]
        if usable and tired:
            child.kill()
        self._serve()

    def _serve(self) -> None:
        """Give children to those who wait, as far as there are any."""
        while True:
            with self._lock:
                if not self._waiting or not (self._idle or len(self._busy) < self._count):
                    return
                turn = self._waiting.popleft()
                if not turn.set_running_or_notify_cancel():
                    continue
                child = self._free_child()
                self._busy.add(child)
                self._requests[child] = self._requests.get(child, 0) + 1
            turn.set_result(child)

    def _free_child(self) -> Child:
        while self._idle:
            child = self._idle.pop()
            if child.usable:
                return child
            del self._requests[child]
        return Child("decoder", decoding.main)


@cache
def decoders() -> Decoders:
    """Those of this program; their children end with it."""
    return Decoders(max(_LEAST, min(_MOST, os.cpu_count() or 1)))


def _pass_on(reply: Future[Message], waiting: Future[Message]) -> None:
    if not waiting.set_running_or_notify_cancel():
        return
    if reply.cancelled():
        waiting.set_exception(JobCancelled())
    elif (error := reply.exception()) is not None:
        waiting.set_exception(error)
    else:
        waiting.set_result(reply.result())
