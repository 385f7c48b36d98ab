"""What goes to a child process and comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class Message:
    """Something small, and something that may be large and is not copied more often than needed.

    Attributes:
        head: Anything that can be pickled.
        body: Bytes, as of an image.
        memory_bytes: What the child uses when it has done its work; 0 on the way to it.
    """

    head: object
    body: bytes = field(default=b"", repr=False)
    memory_bytes: int = 0


def send(connection: Connection, message: Message) -> None:
    """Send a message; blocks until the other side has taken it in."""
    connection.send((message.head, message.memory_bytes, bool(message.body)))
    if message.body:
        connection.send_bytes(message.body)


def receive(connection: Connection) -> Message:
    """Wait for a message.

    Raises:
        EOFError: The other side is gone.
    """
    head, memory_bytes, has_body = connection.recv()
    return Message(head, connection.recv_bytes() if has_body else b"", memory_bytes)
