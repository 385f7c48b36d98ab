"""What was handed over and is not on the desk yet, as it is kept for the next start."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaitingFiles:
    """Files and folders that were not all opened.

    Attributes:
        paths: As they were given, whole.
        known: Files among them, or in them, that were opened and are no longer on the desk.
    """

    paths: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> WaitingFiles:
        """Those that `text` gave; none when it is empty or damaged."""
        try:
            paths, known = json.loads(text or "[[], []]")
            return cls(tuple(map(str, paths)), tuple(map(str, known)))
        except (ValueError, TypeError, RecursionError):
            return cls()

    def text(self) -> str:
        """One line of ASCII, whatever bytes the names have; empty for none."""
        return json.dumps([self.paths, self.known]) if self.paths else ""
