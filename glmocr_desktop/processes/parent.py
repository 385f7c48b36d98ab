"""The end of a child with its parent, also when no thread of the child can run to see it."""

from __future__ import annotations

import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Let the system end this process when its parent is gone.

    A decoder that keeps the interpreter to itself would outlive its parent by as long as it is busy. Only Linux can do
    this; elsewhere the receiving thread sees the end of the parent when it is its turn. The system looks at the thread
    that started the child, and that one lives until the child is reaped.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
