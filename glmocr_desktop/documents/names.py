"""Names of files as they can be shown."""

from __future__ import annotations

import re
from pathlib import Path

_JOINERS = "\u200c\u200d"  # hold letters and emoji together
_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # of characters, which Windows allows in a name; no bytes


def visible_name(path: str) -> str:
    """The last part of a path, in characters that can be shown."""
    return printable(Path(path).name or path)


def printable(text: str) -> str:
    """A path without what would change a line or command a terminal: control and direction signs, broken bytes."""
    whole = _HALVES.sub("\ufffd", text)
    decoded = whole.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() or sign in _JOINERS else "\ufffd" for sign in decoded)
