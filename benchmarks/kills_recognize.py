"""``recognize --resume`` of 200 pages, killed at 100 random moments: is a page lost, doubled, or read in vain?

Images, TIFFs and a PDF are read by a real server into files, with a journal; after each kill the run's database is
examined, and the same command is started again. Promises: every page is in the files and in the journal exactly once,
the database is never damaged, nothing is left over. It ends with 1 if a promise was broken.

Run: ``python -m benchmarks.kills_recognize [--kills 100] [--pages 200]``, from the project's folder; it takes
ten minutes or more on a busy machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.support.run_kills import kill_and_resume, make_batch
from tests.support.servers import running_server


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--page-s", type=float, default=2.0, help="the server's time for a page")
    parser.add_argument("--latest-s", type=float, default=4.0, help="the longest time from a start to its kill")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "server").mkdir()
        make_batch(folder / "in", options.pages)
        with running_server(folder / "server") as server:
            server.control(delay_s=options.page_s)
            began = time.monotonic()
            outcome = kill_and_resume(folder, server, options.pages, options.kills, options.latest_s)
            print(f"{options.pages} pages, killed {outcome.kills} times, {time.monotonic() - began:.0f} s")
    print(f"lost in files: {outcome.lost}; twice: {outcome.twice}")
    print(f"lost in the journal: {outcome.journal_lost}; twice: {outcome.journal_twice}")
    print(f"damaged databases: {outcome.damaged}; left over: {outcome.left}; last exit code: {outcome.code}")
    print(f"pages that the server was asked for more than once, as they were under way at a kill: {outcome.again}")
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
