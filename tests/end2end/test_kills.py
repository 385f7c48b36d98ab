"""The window is killed while it reads: every page is read, and none is read again that had ended."""

from __future__ import annotations

from pathlib import Path

from tests.support.kills import ordeal
from tests.support.servers import ServerProcess


def test_a_killed_window_goes_on_where_it_was(server: ServerProcess, tmp_path: Path) -> None:
    server.control(delay_s=0.2)
    found = ordeal(server, tmp_path, pages=40, kills=3, most_s=3, seed=7)
    assert (found.done, found.lost, found.twice, found.again) == (40, 0, 0, 0)
    assert found.integrity == "ok"
