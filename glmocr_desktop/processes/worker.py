"""What every child process has in common: it answers one request after the other, and ends with its parent."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue

from glmocr_desktop.core.errors import OcrError
from glmocr_desktop.processes.limits import limit_memory
from glmocr_desktop.processes.message import Message, receive, send
from glmocr_desktop.processes.parent import end_with_parent

Answer = Callable[[Message], Message]
"""Does the work of a child. An `OcrError` that it raises is raised in the parent; a `MemoryError` ends the child."""

OUT_OF_MEMORY = 3
"""Exit code of a child that had not enough memory: what is left of it cannot be trusted."""


class Unexpected(Exception):
    """Something that no worker expects.

    Attributes:
        short: What it was, in a few words.
        trace: For the log.
    """

    def __init__(self, short: str, trace: str) -> None:
        super().__init__(short, trace)
        self.short = short
        self.trace = trace


def serve(requests: Connection, replies: Connection, begin: Callable[[], Answer], memory_bytes: int) -> None:
    """Answer requests until the parent closes its end or dies; comes back only when `begin` fails.

    Args:
        requests: Where they come from.
        replies: Where answers go to; the first one says whether `begin` has succeeded.
        begin: Loads what is needed, and gives who answers.
        memory_bytes: How much memory the child may use.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's affair
    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(10)  # with all processors busy here, the window and a cancel would wait for their turn
    _silence()
    sys.addaudithook(_refuse_network)
    waiting: SimpleQueue[Message] = SimpleQueue()
    threading.Thread(target=_receive, args=(requests, waiting), daemon=True).start()
    limit_memory(memory_bytes)
    try:
        answer = begin()
    except OcrError as error:
        send(replies, Message(error))
        return
    send(replies, Message(None, memory_bytes=_memory_bytes()))
    while True:
        send(replies, _answered(answer, waiting.get()))


def _answered(answer: Answer, request: Message) -> Message:
    try:
        reply = answer(request)
    except OcrError as error:
        reply = Message(error)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - third-party code raises anything
        reply = Message(Unexpected(short(error), traceback.format_exc()))
    return Message(reply.head, reply.body, _memory_bytes())


def short(error: Exception) -> str:
    """An error in a few words."""
    first_line = str(error).strip().partition("\n")[0]
    return first_line if 0 < len(first_line) <= 100 else type(error).__name__


def _receive(requests: Connection, waiting: SimpleQueue[Message]) -> None:
    """Body of the receiving thread: it sees the parent's end at once, also in the middle of a request."""
    try:
        while True:
            waiting.put(receive(requests))
    except (EOFError, OSError):
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _silence() -> None:
    """Keep whatever libraries print away from the parent's output, which scripts read."""
    sink = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(sink, stream)
    os.close(sink)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the whole life


def _refuse_network(event: str, _args: tuple[object, ...]) -> None:
    """Audit hook: a missing model, or an address in a file, is an error here, never a download."""
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise PermissionError("Reading does not use the network here.")


def _memory_bytes() -> int:
    import psutil

    return int(psutil.Process().memory_info().rss)
