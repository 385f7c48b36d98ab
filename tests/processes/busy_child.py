"""A program with a child that is busy where no other of its threads may run: it prints the child's id and waits."""

from __future__ import annotations

import re
import sys
import threading
from typing import TYPE_CHECKING

from glmocr_desktop.processes.child import Child
from glmocr_desktop.processes.message import Message
from glmocr_desktop.processes.worker import serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def _main(requests: Connection, replies: Connection) -> None:
    serve(requests, replies, lambda: _answer, 2_000_000_000)


def _answer(request: Message) -> Message:
    if request.head == "hang":
        re.match("(a+)+$", "a" * 60 + "b")  # takes years, and keeps the interpreter to itself
    return request


if __name__ == "__main__":
    child = Child("busy", _main)
    child.submit(Message("well")).result(60)
    if sys.argv[1] == "busy":
        child.submit(Message("hang"))
    sys.stdout.write(f"{child.pid}\n")
    sys.stdout.flush()
    threading.Event().wait()
