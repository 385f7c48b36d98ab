"""A keyring in memory, which a test can lock or let wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Keeps what it is given.

    Attributes:
        stored: Passwords by service and account.
        lookups: The accounts that were asked for.
        locked: Whether it refuses everything.
        opened: Everybody waits until it is set: a person unlocks the keyring.
    """

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.stored: dict[tuple[str, str], str] = {}
        self.lookups: list[str] = []
        self.locked = False
        self.opened = threading.Event()
        self.opened.set()

    def get_password(self, service: str, username: str) -> str | None:
        self.lookups.append(username)
        self._wait()
        return self.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._wait()
        self.stored[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._wait()
        if self.stored.pop((service, username), None) is None:
            raise PasswordDeleteError("not found")

    def _wait(self) -> None:
        self.opened.wait(30)
        if self.locked:
            raise KeyringLocked("nobody unlocked it")


@contextmanager
def memory_keyring() -> Iterator[MemoryKeyring]:
    """The keyring of this process, for a while."""
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    try:
        yield memory
    finally:
        memory.opened.set()
        keyring.set_keyring(before)
