"""What a program holds at one moment: objects by type, threads, handles, temporary files, memory."""

from __future__ import annotations

import gc
import os
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Census:
    """A count of everything that may leak.

    Attributes:
        objects: Live objects of Python, by their type.
        memory_mb: What the process holds of the computer's memory.
    """

    objects: Counter[str] = field(repr=False)
    threads: int
    handles: int
    sockets: int
    files: int
    memory_mb: float

    @classmethod
    def now(cls) -> Census:
        """Count, after everything that nobody holds is gone."""
        gc.collect()
        process = psutil.Process()
        return cls(
            Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects()),
            threading.active_count(),
            process.num_handles() if os.name == "nt" else process.num_fds(),
            len(process.net_connections()),
            sum(1 for _ in Path(tempfile.gettempdir()).iterdir()),
            process.memory_info().rss / 2**20,
        )

    def grown(self, before: Census, least: int) -> dict[str, int]:
        """Types of which there are at least so many more than before."""
        return {name: more for name, more in (self.objects - before.objects).items() if more >= least}
