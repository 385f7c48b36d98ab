"""A window that is killed again and again while it reads: is each page read, once, and is nothing lost?

The real program reads from a real Gradio server: single images, a TIFF and a PDF. It is killed by ``kill -9`` at random
moments after each of its starts, from before its window is there to some seconds later; after the last kill it may read
to the end. Printed is how many pages have their result and how many have none, how many rows are too many, how often
the server was asked for a page whose end had been told before, how often for one that was on its way at a kill, and
whether the database is whole.

Run: ``python -m benchmarks.kills [--pages 200] [--kills 100] [--most-seconds 5] [--seed 1]``, from the project's
folder. It ends with 1 when a page is lost or there twice, when one is read again whose end was told, or when the
database is damaged.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.support.kills import ordeal
from tests.support.servers import running_server

_AT_ONCE = 2
_DELAY_S = 0.4


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200, help="up to 255")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--most-seconds", type=float, default=5, help="after a start, to its end")
    parser.add_argument("--seed", type=int, default=1)
    choice = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        served = Path(folder) / "server"
        served.mkdir()
        with running_server(served, _AT_ONCE) as server:
            server.control(delay_s=_DELAY_S)
            window = Path(folder) / "window"
            window.mkdir()
            found = ordeal(server, window, choice.pages, choice.kills, choice.most_seconds, choice.seed)
    print(f"{found.kills} kills in {time.monotonic() - began:.0f} s")
    print(f"{found.done} pages read, {found.lost} lost, {found.twice} rows too many")
    print(f"{found.interrupted} asked for again because they were on their way, {found.again} although they had ended")
    print(f"integrity_check: {found.integrity}")
    return 0 if found.good else 1


if __name__ == "__main__":
    sys.exit(main())
