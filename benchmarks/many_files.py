"""``recognize`` of 10,000 images into files: when does the first result come, and how does memory grow?

A real server reads them, without taking any time for a page. The program is a process of its own; its memory is looked
at when a tenth of the pages and when all have been read. Promise: between the two it grows by no more than 40 MB. It
ends with 1 if that was broken or a page was not read.

Run: ``python -m benchmarks.many_files [--files 10000] [--not-kept]``, from the project's folder (Linux).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.pages import numbered_image
from tests.support.servers import ServerProcess, running_server

_MOST_MB = 40


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--not-kept", action="store_true", help="keep nothing of the run: what does keeping cost?")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each in ("in", "server"):
            (folder / each).mkdir()
        for number in range(options.files):
            numbered_image(folder / "in", number)
        with running_server(folder / "server") as server:
            return _measure(folder, server, options.files, not_kept=options.not_kept)


def _measure(folder: Path, server: ServerProcess, files: int, *, not_kept: bool) -> int:
    environ = {"GLMOCR_HOME": str(folder / "home"), "GLMOCR_KEEP_HISTORY": "0" if not_kept else ""}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "glmocr_desktop", "recognize", "in", "-o", "out", "--server", server.url],
        cwd=folder,
        env=os.environ | environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    memory: dict[int, float] = {}
    ended = 0
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("["):
            ended += 1
            if ended in (1, files // 10, files):
                memory[ended] = _memory_mb(process.pid)
                print(f"page {ended}: after {time.monotonic() - began:.1f} s, {memory[ended]:.0f} MB", flush=True)
    code = process.wait(60)
    written = len(list((folder / "out").iterdir()))
    growth = memory.get(files, 0.0) - memory.get(files // 10, 0.0)
    print(f"exit code {code}, {written} files, memory grew by {growth:.0f} MB between a tenth and all")
    return 1 if code or written != files or growth > _MOST_MB else 0


def _memory_mb(pid: int) -> float:
    resident = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return int(resident) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main())
