"""How much memory a process may use."""

from __future__ import annotations

import os
import sys
import threading

_LOOK_S = 0.2
_EXIT_CODE = 3  # as of a process that ran out of memory by itself


def limit_memory(most_bytes: int) -> None:
    """Let this process have no more memory than that.

    On Linux the system refuses what is beyond, and Python raises a `MemoryError`. Elsewhere a thread looks several
    times a second, and ends the process (neither macOS nor Windows was at hand to try that).

    Args:
        most_bytes: Address space on Linux, resident memory elsewhere.
    """
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    else:
        threading.Thread(target=_watch, args=(most_bytes,), daemon=True).start()


def _watch(most_bytes: int) -> None:
    import psutil

    process, wait = psutil.Process(), threading.Event()
    while not wait.wait(_LOOK_S):
        if process.memory_info().rss > most_bytes:
            os._exit(_EXIT_CODE)
